"""Which order staff mean by what they type behind a command: any id as it stands, numbers in a sentence, a pasted link.

It is the same for all commands of staff. `is_known` tells whether an order with this very id is stored.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.people.links import ids_meant
from bot.understanding.numbers import find, is_never_an_order, leading_number, order_arguments
from bot.understanding.order_forms import form_of
from bot.understanding.other_numbers import without_other_numbers
from bot.understanding.pasted_links import LINK, links_in

LONGEST_ID = 200  # characters; no order's id is longer
MOST_NUMBERS = 10  # of one command
LEAST_WORDS = 3  # of a sentence without a digit; an id with so many blanks has one
MOST_GUESSES = 3
MOST_WORDS = 12  # of an id with blanks, before the words of a note
_SLASHED = re.compile(r"[0-9]{1,6}[/:][0-9]{1,6}")  # with so few digits it says nothing of a person
_OWN_FORM = re.compile(r"#?[A-Za-z][A-Za-z0-9]{0,11}(?:[-_/:][A-Za-z0-9]{1,20})+")  # MRC-1
_AROUND = ".,;:!?¿¡()[]\"'“”«»*`"

IsKnown = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class OrdersNamed:
    """`whole`: an id that the text may be as it stands, to be tried first; else `numbers`, the orders it speaks of."""

    whole: str | None = None
    numbers: tuple[str, ...] = ()


def named_by(text: str, is_known: IsKnown) -> OrdersNamed:
    """Return the orders that a text names; none where it can name no order."""
    whole = text.strip()
    if whole and is_known(whole):
        return OrdersNamed(whole)
    if LINK.search(whole):
        return OrdersNamed(numbers=tuple(_linked(whole, is_known))[:MOST_NUMBERS])
    numbers = tuple(_numbers(whole, is_known))[:MOST_NUMBERS]
    if may_be_an_id(whole) and not (_is_list(whole, numbers) or _is_sentence(whole, numbers)):
        return OrdersNamed(whole, numbers)
    return OrdersNamed(numbers=numbers)


def named_before(text: str, is_known: IsKnown) -> tuple[str | None, str]:
    """Return the order that a text begins with, and the words behind it; None and the text if it begins otherwise."""
    text = text.strip()
    ends = [found.start() for found in re.finditer(r"\s+|\Z", text)][:MOST_WORDS]
    known = next((end for end in reversed(ends) if is_known(text[:end])), None)
    if known:
        return text[:known], text[known:].strip()
    if (link := LINK.match(text)) is not None:
        linked = next(_linked(link[0], is_known), None)
        return linked, text[link.end() :].strip()
    number, words = leading_number(text)
    first = text.split(maxsplit=1)[0] if text else ""
    is_longer = number is not None and number != first and number in first
    if (number is None or is_longer) and _looks_like_an_id(first) and first in without_other_numbers(text):
        return first, text[len(first) :].strip()
    is_further_on = number is not None and not words and "".join(text.split()).casefold() != number.casefold()
    return (None, text) if number is None or (is_further_on and len(text.split()) > 1) else (number, words)


def misspelled(text: str) -> tuple[str, ...]:
    """Return the orders' numbers that a text may mean, where letters stand for digits in it: only to be offered."""
    return find(text).guesses[:MOST_GUESSES]


def may_be_an_id(whole: str) -> bool:
    """Tell whether a text may be an order's id as it stands; a card or a phone is never sent anywhere."""
    is_one = 0 < len(whole) <= LONGEST_ID and any(map(str.isalnum, whole)) and whole.isprintable()
    if not is_one or is_slashed(whole):
        return is_one
    is_word = len(whole.split()) == 1 and any(map(str.isalpha, whole))
    return not is_never_an_order(whole) and (is_word or without_other_numbers(whole) == whole)


def is_slashed(number: str) -> bool:
    """Tell whether it is two short numbers with a sign between them, such as 10/452."""
    return _SLASHED.fullmatch(number) is not None


def _looks_like_an_id(word: str) -> bool:
    is_written = is_slashed(word) or any(map(str.isalpha, word))
    return is_written and may_be_an_id(word) and (any(map(str.isdigit, word)) or any(sign in word for sign in "/:"))


def _linked(text: str, is_known: IsKnown) -> Iterator[str]:
    """Yield the orders that pasted links name; of a signed one whatever is known, or what it says it is for."""
    seen = set[str]()
    for link in links_in(text):
        meant = [ids_meant(payload) for payload in link.payloads]
        signed = [next(filter(is_known, ids), ids[-1]) for ids in meant if ids]
        for number in signed or link.numbers:
            if number not in seen:
                seen.add(number)
                yield number


def _numbers(text: str, is_known: IsKnown) -> Iterator[str]:
    """Yield the numbers that a text begins with, or is about, and every word in it that is an order's."""
    seen = list(order_arguments(text)[0])
    yield from seen
    for word in (one.strip(_AROUND) for one in re.split(r"[\s,;]+", without_other_numbers(text))):
        if word and not any(one.casefold() in word.casefold() for one in seen) and (is_known(word) or _is_own(word)):
            seen.append(word)
            yield word


def _is_own(word: str) -> bool:
    return _OWN_FORM.fullmatch(word) is not None and any(map(str.isdigit, word)) and not is_never_an_order(word)


def _is_list(whole: str, numbers: Sequence[str]) -> bool:
    """Tell whether a text is nothing but these numbers, one after the other."""
    return bool(numbers) and whole.replace(",", " ").replace(";", " ").split()[:MOST_NUMBERS] == list(numbers)


def _is_sentence(whole: str, numbers: Sequence[str]) -> bool:
    """Tell whether a text has words around what is, or may be, an order's number, asks something or only tells."""
    words = whole.split()
    if len(words) < 2:
        return False
    only_tells = len(words) >= LEAST_WORDS and not any(map(str.isdigit, whole))
    asks = not {"?", "¿"}.isdisjoint(whole)
    return asks or only_tells or any(form_of(one) is not None for one in numbers) or bool(misspelled(whole))
