"""Split what stands behind a command (`/order 1509750516095-01 Mom's groceries`) into order numbers and a name. Pure.

The command itself says that an order follows, so more is taken for a number here than in a sentence.
"""

import re
from collections.abc import Iterator

from bot.understanding.considered import Verdict
from bot.understanding.dictation import written_down
from bot.understanding.judging import judge
from bot.understanding.normalising import Normalised, normalise
from bot.understanding.number_words import UNITS, one_of
from bot.understanding.order_forms import form_of
from bot.understanding.other_numbers import is_never_an_order

_CALLED = "order "
_GAP = re.compile(r"[\s#(\"'“*`_]*")
_NEXT = re.compile(r"(?:[\s,;&+/#)\"'*`_]|(?:and|y|e)\s)*", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_.#]{0,79}(?!\S)")
_COUNTED = re.compile(rf"\s+(?:{one_of(UNITS)})(?![a-z0-9])", re.IGNORECASE)
MOST_DIGITS = 9  # with more it is a phone


def order_arguments(text: str) -> tuple[tuple[str, ...], str]:
    """Return the order numbers that a text begins with, and the words behind them: what they are called.

    A second one counts if it has all of an order's form, or if nothing but numbers follows: in "10452 15 boxes" it is
    a name. A text that begins with something else still names orders, maybe; then it holds no name.
    """
    whole, leading = _leading(text)
    taken: list[Verdict] = []
    for one in leading:
        if not taken or _is_whole(one.number) or _only_numbers_follow(whole.text, one, leading):
            taken.append(one)
        else:
            break
    if not taken:
        return _named_anywhere(text), ""
    return _each_once(taken), _rest(text, whole, taken[-1])


def leading_number(text: str) -> tuple[str | None, str]:
    """Return the order number that a text begins with, and all that follows it."""
    whole, leading = _leading(text)
    if not leading:
        return next(iter(_named_anywhere(text)), None), ""
    return leading[0].number, _rest(text, whole, leading[0])


def _leading(text: str) -> tuple[Normalised, list[Verdict]]:
    """Give the text as it is read, and the numbers that it begins with, one after the other."""
    whole = written_down(normalise(text))
    shift = len(_CALLED)
    verdicts = [_moved(one, -shift) for one in judge(_CALLED + whole.text)]
    return whole, list(_in_a_row(whole.text, verdicts))


def _in_a_row(said: str, verdicts: list[Verdict]) -> Iterator[Verdict]:
    by_start = {one.start: one for one in verdicts}
    at = _end(_GAP, said, 0)
    first = by_start.get(at) or by_start.get(at - 1) or _first_word(said, at, verdicts)
    while first is not None and first.is_order:
        yield first
        at = _end(_NEXT, said, first.end)
        first = by_start.get(at) or by_start.get(at - 1) if at > first.end else None


def _first_word(said: str, at: int, verdicts: list[Verdict]) -> Verdict | None:
    """Take any word with a digit that begins it, unless it is plainly something else."""
    found = _WORD.match(said, at)
    if found is None or any(one.start <= at < one.end for one in verdicts) or _COUNTED.match(said, found.end()):
        return None
    word = found[0].rstrip(".")
    digits = sum(map(str.isdigit, word))
    if not digits or is_never_an_order(word) or (word.isdigit() and digits > MOST_DIGITS):
        return None
    return Verdict(at, at + len(word), word, True, "the first word behind a command")


def _only_numbers_follow(said: str, one: Verdict, leading: list[Verdict]) -> bool:
    behind = [other.start for other in leading if other.start > one.start]
    at = _end(_NEXT, said, one.end)
    return at >= len(said) or at in behind


def _is_whole(number: str) -> bool:
    return form_of(number) is not None


def _named_anywhere(text: str) -> tuple[str, ...]:
    whole = written_down(normalise(text))
    return _each_once([one for one in judge(whole.text) if one.is_order])


def _each_once(verdicts: list[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.number for one in verdicts))


def _rest(text: str, whole: Normalised, last: Verdict) -> str:
    return text[whole.place(last.end) :].strip(" \t\n,;") if last.end < len(whole.text) else ""


def _moved(one: Verdict, by: int) -> Verdict:
    return Verdict(one.start + by, one.end + by, one.number, one.is_order, one.reason, is_guess=one.is_guess)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found is not None else at
