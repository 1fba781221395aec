"""Put zeros into the numbers of a text that must not be kept, so that the text itself can be kept for a while. Pure.

Zeros, as they are read like the digits that they stand for: what was a card's number is one still, and no order's.
"""

import re
from collections.abc import Iterator

from bot.tracking.number_shapes import normalised
from bot.tracking.numbers import LONGEST_PAYLOAD, LONGEST_TEXT, find_numbers
from bot.tracking.other_numbers import other_places

# a signature has letters
_MAY_BE_SIGNED = re.compile(rf"/start(?:@\w+)?\s+\S+(?=\S{{{LONGEST_PAYLOAD}}}(?:\s|\Z))(?=\S*[A-Za-z])", re.IGNORECASE)


def masked(text: str) -> str:
    """Give the text with zeros in cards, keys, phones …; the orders that it names stay, and so does a signed link."""
    if not any(map(str.isdigit, text)) or _MAY_BE_SIGNED.match(text.strip()):
        return text
    whole = normalised(text[:LONGEST_TEXT])  # what is behind that is not read for numbers either
    hidden = other_places(whole)
    if not hidden:
        return text[:LONGEST_TEXT]
    hidden -= set(_places_of(find_numbers(text), whole))
    return "".join("0" if place in hidden and sign.isdigit() else sign for place, sign in enumerate(whole))


def _places_of(numbers: tuple[str, ...], whole: str) -> Iterator[int]:
    """Give the places of the numbers' digits, however they are written in the text."""
    digits = [place for place, sign in enumerate(whole) if sign.isdigit()]
    in_a_row = "".join(whole[place] for place in digits)
    for number in numbers:
        for found in re.finditer("".join(re.findall("[0-9]", number)), in_a_row):
            yield from digits[slice(*found.span())]
