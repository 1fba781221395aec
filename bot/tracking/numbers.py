"""What a person typed → which order ids it may mean. Pure.

What a shopper holds often differs from Pick and Pack's id: no suffix, no seller's prefix, a `#`, another case, a
typographic dash, a pasted link.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote

LONGEST = 80
MOST_CANDIDATES = 8
_WORD = re.compile(r"[A-Za-z0-9\-_.#]{1,80}\Z")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-") | dict.fromkeys("＃", "#"))
_SUFFIX = re.compile(r"-\d{2}\Z")
_AROUND = ".,;:!?()[]{}<>\"'“”‘’«»„*`…¿¡"


def is_number(word: str) -> bool:
    """Is this one word of the contract's form: 1 to 80 of `A-Z a-z 0-9 - _ . #`, with a digit?"""
    return _WORD.match(word) is not None and any(sign.isdigit() for sign in word)


def find_number(text: str) -> str | None:
    """The order number in a text, or None: the word of the right form with most digits, the first of equals."""
    words = [word for part in text.translate(_DASHES).split()[:200] for word in _words_of(part)]
    numbers = [word for word in words if is_number(word)]
    return max(numbers, key=lambda word: sum(sign.isdigit() for sign in word), default=None)


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
    return [part.strip(_AROUND)]
