"""What a person typed → which order ids it may mean. Pure.

What a shopper holds often differs from Pick and Pack's id: no suffix, no seller's prefix, a `#`, another case, a
typographic dash, a pasted link, blanks or dots between its digits, a word grown onto its front.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote

LONGEST = 80
MOST_CANDIDATES = 8
MOST_NUMBERS = 3
LEAST_DIGITS = 4
LONGEST_GROUP = 5
SHORTEST_SPELLED, LONGEST_SPELLED = 10, 20
_WORD = re.compile(r"[A-Za-z0-9\-_.#]{1,80}\Z")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-") | dict.fromkeys("＃", "#"))
_SUM = re.compile(r"\d{1,3}(?:\.\d{3})*\.\d{1,2}\Z")
# "pedido:150", "N°150", "order#150", "No.150": a word before the number that no blank parts from it
_GROWN = re.compile(r"\A(?:[^\W\d_]*[:=°º]+#?|[^\W\d_]+#|(?:n|no|nr|nro|num)\.[°º]?)(?=[^\W_])", re.IGNORECASE)
_SPELLED = re.compile(r"[^\d+/@]{0,40}?#?(?P<groups>[0-9]+(?:[ .]{1,2}[0-9]+)*)(?: ?- ?(?P<suffix>[0-9]{2}))?\Z")
_SUFFIX = re.compile(r"-\d{2}\Z")
_AROUND = ".,;:!?()[]{}<>\"'“”‘’«»„*`…¿¡"


def is_number(word: str) -> bool:
    """Is this one word of the contract's form: 1 to 80 of `A-Z a-z 0-9 - _ . #`, with a digit?"""
    return _WORD.match(word) is not None and any(sign.isdigit() for sign in word)


def find_number(text: str) -> str | None:
    """The order number in a text, or None: the first of `find_numbers`."""
    return next(iter(find_numbers(text)), None)


def find_numbers(text: str) -> tuple[str, ...]:
    """The order numbers in a text: its words of the right form with most digits, at most MOST_NUMBERS of them.

    Other words with a digit are phones, dates and sums: they seldom have just as many.
    """
    spaced = spelled(text)
    if spaced is not None:
        return (spaced,)
    words = [word for part in text.translate(_DASHES).split()[:200] for word in _words_of(part)]
    alone = len(words) == 1
    numbers = [word for word in words if is_number(word) and (alone or _tells(word))]
    most = max(map(_digits, numbers), default=0)
    return tuple(dict.fromkeys(word for word in numbers if _digits(word) == most))[:MOST_NUMBERS]


def spelled(text: str) -> str | None:
    """A number whose digits are written in groups ("1 509 750 516 096 - 01"), put together; None if it is no such."""
    found = _SPELLED.match(text.translate(_DASHES).strip(_AROUND + " "))
    if found is None:
        return None
    groups, suffix = re.split(r"[ .]+", found["groups"]), found["suffix"]
    if suffix is None and len(groups) > 1 and len(groups[-1]) == 2:
        suffix = groups.pop()
    if len(groups) == 1 and suffix is None:
        return None
    if len(groups) > 1 and any(len(group) > LONGEST_GROUP for group in groups):
        return None  # numbers side by side
    digits = "".join(groups)
    if not SHORTEST_SPELLED <= len(digits) <= LONGEST_SPELLED:  # more likely a date, a phone, two small numbers
        return None
    return digits if suffix is None else f"{digits}-{suffix}"


def _digits(word: str) -> int:
    return sum(sign.isdigit() for sign in word)


def _tells(word: str) -> bool:
    """In a sentence "2 bags", "at 5pm" and "50.00" are no orders: what begins with a digit takes four, or a dash."""
    bare = word.strip("#.")
    if word.startswith("#") or bare[:1].isalpha():
        return True
    has_letter = any(sign.isalpha() for sign in bare)
    return ("-" in bare and has_letter) or (_digits(bare) >= LEAST_DIGITS and not _SUM.match(bare))


def candidates(number: str, prefixes: Iterable[str] = ()) -> tuple[str, ...]:
    """The order ids that a number may mean, the likeliest first: as typed, completed, prefixed, in another case."""
    bare = number.translate(_DASHES).strip("#.").strip()
    if not bare:
        return ()
    whole = [bare] if _SUFFIX.search(bare) else [bare, f"{bare}-01"]
    found = [*whole, *(f"{prefix}{one}" for prefix in prefixes for one in whole if not one.startswith(prefix))]
    cased = [variant for one in found for variant in (one.lower(), one.upper())]
    return tuple(dict.fromkeys([*found, *cased]))[:MOST_CANDIDATES]


def _words_of(part: str) -> list[str]:
    """A word without what surrounds it; of a pasted link, the pieces of its path and query."""
    if "://" in part or part.startswith("www."):
        address = unquote(part.split("://", 1)[-1])
        return [piece for piece in re.split(r"[/?&=#]+", address)[1:] if len(piece) <= LONGEST]
    return [_GROWN.sub("", part.strip(_AROUND)).strip(_AROUND)]
