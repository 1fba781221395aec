"""Which words of a text may be orders' numbers where staff write: more than in a shopper's sentence. Pure.

Staff know the numbers that they write, so a word that looks like one is one; of other words with a digit the store says
whether there is such an order.
"""

import re
from dataclasses import dataclass

from bot.understanding.numbers import is_number
from bot.understanding.order_forms import form_of
from bot.understanding.other_numbers import is_never_an_order, without_other_numbers

_AROUND = ".,;:!?¡¿()[]{}<>\"'“”‘’«»…*`"
# letters and digits joined by a sign: MRC-1, v527103anml-01
_JOINED = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*[-_][A-Za-z0-9]*[0-9]")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """`words`: all that may be numbers; `alike`: those that look like one; `is_alone`: there are no other words."""

    words: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    is_alone: bool = False


NOTHING_MENTIONED = Mentioned()


def mentioned(text: str) -> Mentioned:
    """Return the words of a text that may be orders' numbers, each once."""
    parts = [bare for part in without_other_numbers(text).split() if (bare := part.strip(_AROUND))]
    words = tuple(dict.fromkeys(one for one in parts if is_number(one) and not is_never_an_order(one)))
    alike = tuple(one for one in words if _JOINED.fullmatch(one) or form_of(one) is not None)
    return Mentioned(words, alike, is_alone=bool(words) and set(parts) == set(words))
