"""Find the order numbers in whatever a person typed, pasted or forwarded, and the order ids that each may mean. Pure.

The measure is a clerk in the store: what would they type into the order search? Links are read apart; then the numbers
of an order's form are taken, then what is something else by its form, and of what is left only what the words beside
it, or the silence around it, make an order (`judging`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.understanding.arguments import leading_number, order_arguments
from bot.understanding.dictation import written_down
from bot.understanding.found import Found, Link
from bot.understanding.judging import judge
from bot.understanding.near_numbers import near_numbers
from bot.understanding.normalising import Normalised, normalise, normalised
from bot.understanding.order_forms import OrderForm, blanked, form_of
from bot.understanding.other_numbers import is_never_an_order
from bot.understanding.pasted_links import links_in, read_link

__all__ = [
    "Found", "Link", "candidates", "find", "find_numbers", "is_never_an_order", "is_number", "leading_number",
    "order_arguments",
]  # fmt: skip

LONGEST = 80
MOST_CANDIDATES = 8
MOST_FOUND = 50
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")  # what is left of an address
_WORD = re.compile(r"[A-Za-z0-9\-_.#]{1,80}\Z")


def is_number(word: str) -> bool:
    """Is this one word of the contract's form: 1 to 80 of `A-Z a-z 0-9 - _ . #`, with a digit?"""
    return _WORD.match(word) is not None and any(sign.isdigit() for sign in word)


def find(text: str, links: Iterable[Link] = ()) -> Found:
    """Find the order numbers of a text, and of the addresses that hide behind its words."""
    whole = near_numbers(normalise(text))
    pasted = list(links_in(whole.text))
    places = [(whole.place(one.start), one.numbers, one.payloads) for one in pasted]
    for link in links:
        read = read_link(normalised(link.url))
        places.append((link.start, read.numbers, read.payloads))
    linked = [(place, number) for place, numbers, _ in places for number in numbers]
    rest = blanked(whole.text, ((one.start, one.end) for one in pasted))
    rest = _ESCAPED.sub("   ", rest)
    said = written_down(Normalised(rest, whole.places))
    verdicts = judge(said.text, certain=bool(linked))
    found = [*linked, *((said.place(one.start), one.number) for one in verdicts if one.is_order)]
    numbers = _once(number for _, number in sorted(found, key=lambda one: one[0]))
    guesses = _once(one.number for one in verdicts if one.is_guess)
    return Found(
        numbers,
        tuple(one for one in guesses if one not in numbers),
        _once(payload for _, _, payloads in places for payload in payloads),
        (*(f"{number}: an address names it" for _, number in linked), *(one.why for one in verdicts)),
    )


def find_numbers(text: str) -> tuple[str, ...]:
    """List the order numbers in a text, in its order."""
    return find(text).numbers


def candidates(number: str, prefixes: Iterable[str] = ()) -> tuple[str, ...]:
    """List the order ids that a number may mean, the likeliest first; none for what is plainly something else.

    Each costs a call: a prefix that was typed is kept and tried off, others are not tried beside it.
    """
    typed = normalised(number).strip().strip("#.").strip()
    if not typed or is_never_an_order(typed):
        return ()
    form = form_of(typed)
    found = _of_word(typed, prefixes) if form is None else _of_form(form, tuple(prefixes))
    return tuple(dict.fromkeys(found))[:MOST_CANDIDATES]


def _once(numbers: Iterable[str]) -> tuple[str, ...]:
    """Give each once, whatever the case of its letters; of a purchase that has a part in sight none without it."""
    first: dict[str, str] = {}
    for number in numbers:
        first.setdefault(number.lower(), number)
    wholes = {re.sub(r"-[0-9]{2}\Z", "", one) for one in first if re.search(r".{9}-[0-9]{2}\Z", one)}
    bodies = wholes | {one.rpartition("-")[2] for one in wholes}
    return tuple(number for small, number in first.items() if small not in bodies)[:MOST_FOUND]


def _of_form(form: OrderForm, prefixes: Sequence[str]) -> Iterator[str]:
    wholes = [f"{body}{form.part or '-01'}" for body in _cases(form.body)]
    known = next((one for one in prefixes if one.lower() == form.prefix.lower()), None)
    before = known or form.prefix.upper()
    for whole in wholes:
        yield f"{before}{whole}"
        yield whole
    if known is None and form.prefix:
        yield f"{form.prefix}{wholes[0]}"
    if not form.part:
        yield form.number
    if not form.prefix:
        yield from (f"{prefix}{wholes[0]}" for prefix in prefixes)


def _cases(body: str) -> tuple[str, ...]:
    """Digits have one case; the account's letters behind a small `v` are typed (if not all large), small or large."""
    if body.isdigit():
        return (body,)
    typed, small, large = f"v{body[1:]}", body.lower(), f"v{body[1:].upper()}"
    return tuple(dict.fromkeys((typed, small, large) if body[0] == "v" else (small, typed, large)))


def _of_word(bare: str, prefixes: Iterable[str]) -> list[str]:
    whole = [bare] if re.search(r"-\d{2}\Z", bare) else [bare, f"{bare}-01"]
    found = [*whole, *(f"{prefix}{one}" for prefix in prefixes for one in whole if not one.startswith(prefix))]
    return [*found, *(variant for one in found for variant in (one.lower(), one.upper()))]
