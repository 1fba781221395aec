"""Leave out of a long text what stands far from anything that may be a number: no label reaches that far. Pure."""

import re
from itertools import pairwise

from bot.understanding.normalising import Normalised, plain
from bot.understanding.number_words import DIGITS, REPEATS, TEENS, TENS, one_of

REACH = 200  # signs around a number: more than the words take that may name it
LEFT_OUT = "\0"  # stands for it: nobody's sign, so that nothing is read across it
_DIGIT = re.compile(r"[0-9]+")
_START = re.compile("start")  # of a link whose payload may have no digit
_SAID_WORD = rf"(?:{one_of([*DIGITS, *TEENS, *TENS, *REPEATS])})"
_SAID = re.compile(rf"(?<![^\W_]){_SAID_WORD}[ \t,.-]{{1,3}}(?:(?:y|e|and) )?{_SAID_WORD}(?![^\W_])")
_GAP = re.compile(r"\s.*\s", re.DOTALL)  # between blanks: a long link stays whole


def near_numbers(whole: Normalised) -> Normalised:
    """Return the text around its numbers, be they written in digits, said in words, or in a start link."""
    if len(whole.text) <= REACH:
        return whole
    said = plain(whole.text)
    marks = sorted(found.span() for pattern in (_DIGIT, _START, _SAID) for found in pattern.finditer(said))
    reached = [(0, -REACH), *marks, (len(said) + REACH, 0)]
    between = ((end + REACH, start - REACH) for (_, end), (start, _) in pairwise(reached))
    gaps = (_GAP.search(said, begin, end) for begin, end in between if begin < end)
    return whole.replaced((*gap.span(), LEFT_OUT) for gap in gaps if gap is not None)
