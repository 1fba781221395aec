"""Guess the order numbers in which letters stand for digits that look alike: O for 0, l and I for 1. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understanding.order_forms import form_of, is_a_prefix_word

_LOOK_ALIKE = str.maketrans("OoQDIl|!SsBZz", "0000111155822")
_SIGN = r"[0-9OoQDIl|!SsBZz]"
LEAST_TRUE = 7  # digits that are typed as such
_DASH = r"[ \t]{0,2}[-_][ \t]{0,2}"
_PREFIX = r"(?P<prefix>(?:[A-Za-z][A-Za-z0-9]{1,11}-|00-){0,3})"
_BEGINS, _ENDS = r"(?<![A-Za-z0-9|!])", r"(?![A-Za-z0-9|-])"
_PART = rf"{_DASH}(?P<part>{_SIGN}{{2}})"
_FORMS = (
    re.compile(rf"{_BEGINS}{_PREFIX}(?P<body>{_SIGN}(?:[ .]?{_SIGN}){{12}})(?:{_PART})?{_ENDS}"),
    re.compile(rf"{_BEGINS}{_PREFIX}(?P<body>[vV]{_SIGN}{{2,11}}[0-9](?P<letters>[A-Za-z]{{2,30}})){_PART}{_ENDS}"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A number as it may be meant, and where it stands as it was typed."""

    number: str
    start: int
    end: int

    @property
    def has_part(self) -> bool:
        """Whether all of an order's form is there: without its part other things have as many digits."""
        return re.search(r"-[0-9]{2}\Z", self.number) is not None


def guesses_in(text: str) -> Iterator[Guess]:
    """Give what would be an order if letters that look like digits were some."""
    for form in _FORMS:
        for found in form.finditer(text):
            guess = _guess(found)
            if guess is not None:
                yield guess


def _guess(found: re.Match[str]) -> Guess | None:
    prefix, letters = found["prefix"], found.groupdict().get("letters") or ""
    if prefix and not all(is_a_prefix_word(word) for word in prefix.strip("-").split("-")):
        return None
    body = re.sub("[ .]", "", found["body"])
    digits = body[: len(body) - len(letters)]
    read = digits[0] + digits[1:].translate(_LOOK_ALIKE) if letters else digits.translate(_LOOK_ALIKE)
    part = f"-{found['part'].translate(_LOOK_ALIKE)}" if found["part"] else ""
    number = f"{prefix}{read}{letters}{part}"
    enough = sum(map(str.isdigit, found[0])) >= (4 if letters else LEAST_TRUE)
    is_new = not _is_typed(found, digits)
    return Guess(number, *found.span()) if enough and is_new and form_of(number) is not None else None


def _is_typed(found: re.Match[str], digits: str) -> bool:
    """Return whether it is typed in digits as it is."""
    return digits.lstrip("vV").isdigit() and (found["part"] or "0").isdigit()
