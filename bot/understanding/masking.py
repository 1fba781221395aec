"""Put zeros into the numbers of a text that must not be kept, so that the text itself can be kept for a while. Pure.

Zeros, as they are mostly read like the digits that they stand for: what was a card's number is one still, and no
order's. Where that is not so (a carrier's code with other digits is a word like an order's) the number is left out.
"""

import re
from collections.abc import Iterable, Iterator

from bot.understanding.normalising import LONGEST_TEXT, normalised
from bot.understanding.numbers import find_numbers, leading_number
from bot.understanding.order_forms import SIGNATURE
from bot.understanding.other_numbers import other_places

LEFT_OUT = "…"  # nobody's sign: neither a digit nor a letter
# a signature has letters
_MAY_BE_SIGNED = re.compile(rf"/start(?:@\w+)?\s+\S+(?=\S{{{SIGNATURE}}}(?:\s|\Z))(?=\S*[A-Za-z])\S+", re.IGNORECASE)
_COMMAND = re.compile(r"\s*(/\w+(?:@\w+)?)(?=\s|\Z)", re.ASCII)


def masked(text: str) -> str:
    """Give the text with zeros in cards, keys, phones …; the orders that it names stay, and so does a signed link."""
    if not any(map(str.isdigit, text)):
        return text
    signed = _MAY_BE_SIGNED.match(text.strip())
    if signed is not None:
        return signed[0] + masked(text.strip()[signed.end() :])
    whole = normalised(text[:LONGEST_TEXT])  # what is behind that is not read for numbers either
    hidden = other_places(whole)
    if not hidden:
        return text[:LONGEST_TEXT]
    named = _orders_in(text)
    command = " ".join(filter(None, (_command_of(whole), named[-1])))
    ways = _ways_to_keep(whole, hidden, named)
    return next((kept for kept in ways if _orders_in(kept) == named), command or LEFT_OUT)


def _orders_in(text: str) -> tuple[str, ...]:
    """Give the orders that are read in a text, and last the one behind its command (or ""), which is read otherwise."""
    command = _COMMAND.match(text)
    behind = leading_number(text[command.end() :])[0] if command is not None else None
    return (*find_numbers(text), behind or "")


def _ways_to_keep(whole: str, hidden: set[int], named: tuple[str, ...]) -> Iterator[str]:
    """Give what may be kept of a text, the most telling first: each may be read in another way than the text was."""
    orders = tuple(dict.fromkeys(filter(None, named)))
    but_orders = hidden.difference(_places_of(orders, whole))  # a part of an order's number may look like another's
    yield _with_zeros(whole, hidden)
    yield _with_zeros(whole, but_orders)
    yield _left_out(whole, hidden)
    yield _left_out(whole, but_orders)
    yield " ".join(filter(None, (_command_of(whole), *orders)))


def _with_zeros(whole: str, hidden: set[int]) -> str:
    return "".join("0" if place in hidden and sign.isdigit() else sign for place, sign in enumerate(whole))


def _left_out(whole: str, hidden: set[int]) -> str:
    return re.sub("\0+", LEFT_OUT, "".join("\0" if place in hidden else sign for place, sign in enumerate(whole)))


def _command_of(whole: str) -> str:
    command = _COMMAND.match(whole)
    return command[1] if command is not None else ""


def _places_of(numbers: Iterable[str], whole: str) -> Iterator[int]:
    """Give the places of the numbers' digits, however they are written in the text."""
    digits = [place for place, sign in enumerate(whole) if sign.isdigit()]
    in_a_row = "".join(whole[place] for place in digits)
    for number in numbers:
        for found in re.finditer("".join(re.findall("[0-9]", number)), in_a_row):
            yield from digits[slice(*found.span())]
