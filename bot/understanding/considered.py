"""A text while its numbers are judged: what was decided of it, and what is left and around."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.understanding.label_words import ORDER_KIND
from bot.understanding.labels import Label, Labels
from bot.understanding.number_words import COURTESY
from bot.understanding.order_forms import OrderForm, blanked

LONGEST_ALONE = 400  # signs of a message that is nothing but a number
MOST_WORDS_ALONE = 12
LIST = re.compile(r"\s*(?:[,;&+/|\n]|\b(?:and|y|e|or|o|ou|u)\b|\s)*[#*\s]*")
SAME_LINE = re.compile(r"(?:[ \t,;&/]|\b(?:and|y|e)\b)*")
_WORDS = re.compile(r"[^\W_]+|\0")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one thing in a text; `why` shows no number that isn't an order's."""

    start: int
    end: int
    number: str
    is_order: bool
    reason: str
    is_guess: bool = False

    @property
    def why(self) -> str:
        """The decision and its reason, for whoever asks."""
        return f"{self.number if self.is_order or self.is_guess else f'at {self.start}'}: {self.reason}"


@dataclass
class Considered:
    """A text of which more and more is decided: what is taken is `\\0` in it, and no label of the rest."""

    text: str
    said: str  # the same in small letters
    is_certain: bool  # an order is known already
    verdicts: list[Verdict] = field(default_factory=list)
    labels: Labels = field(init=False)

    def __post_init__(self) -> None:
        self.labels = Labels(self.said)

    def decide(self, one: OrderForm, *, order: bool, reason: str) -> None:
        """Take a number of an order's form for one, or for something else."""
        self.take(Verdict(*one.span, one.number, order, reason))

    def take(self, verdict: Verdict) -> None:
        """Take a decision: its place is not considered any more."""
        self.verdicts.append(verdict)
        self.labels.take(verdict.start, verdict.end)
        span = [(verdict.start, verdict.end)]
        self.text, self.said = blanked(self.text, span), blanked(self.said, span)

    def take_all(self, verdicts: Sequence[Verdict]) -> None:
        """Take decisions that don't depend on each other, at once."""
        signs, small = list(self.text), list(self.said)
        for one in verdicts:
            self.labels.take(one.start, one.end)
            signs[one.start : one.end] = small[one.start : one.end] = "\0" * (one.end - one.start)
        self.verdicts += verdicts
        self.text, self.said = "".join(signs), "".join(small)

    def is_alone(self, *spans: tuple[int, int]) -> bool:
        """Return whether the rest of the message is nothing but politeness."""
        if len(self.text) > LONGEST_ALONE:
            return False
        words = _WORDS.findall(blanked(self.said, spans).replace("\0", " ") + "\0" * self.has_others)
        return len(words) <= MOST_WORDS_ALONE and COURTESY.issuperset(words)

    @property
    def has_others(self) -> bool:
        """Return whether something stands in the text that is no order."""
        return any(not one.is_order for one in self.verdicts)

    def follows(self, start: int, some: Sequence[tuple[int, int]], between: re.Pattern[str]) -> bool:
        """Return whether nothing but `between` parts a place from the last of these spans before it."""
        before = max((end for _, end in some if end <= start), default=None)
        return before is not None and between.fullmatch(self.said, before, start) is not None

    def precedes(self, end: int, some: Sequence[tuple[int, int]], between: re.Pattern[str]) -> bool:
        """Return whether nothing but `between` parts a place from the first of these spans behind it."""
        behind = min((start for start, _ in some if start >= end), default=None)
        return behind is not None and between.fullmatch(self.said, end, behind) is not None

    def line_around(self, start: int, end: int) -> str:
        """Return the rest of the line that a number stands in."""
        begins, ends = self.said.rfind("\n", 0, start) + 1, self.said.find("\n", end)
        return self.said[begins:start] + " " + self.said[end : ends if ends >= 0 else None]

    def called_an_order(self, start: int, end: int) -> bool:
        """Return whether the words beside a number make it an order's, or the head of its column does."""
        before, behind, column = self.labels.before(start), self.labels.behind(end), self.labels.column(start)
        if before is not None and before.above and column is not None:
            before = None  # the head of another column, maybe
        return names(before) or (behind is not None and behind.is_order) or column == ORDER_KIND

    def called_other(self, start: int, end: int) -> str | None:
        """Return what else the words beside a number call it, or the head of its column does."""
        before, behind, column = self.labels.before(start), self.labels.behind(end), self.labels.column(start)
        if before is not None and not before.is_order and before.is_close and not (before.above and column is not None):
            return f"called {before.word}"
        if behind is not None and not behind.is_order:
            return f"called {behind.word}"
        return f"in a column of {column or 'something else'}" if column not in (None, ORDER_KIND) else None


def names(label: Label | None) -> bool:
    """Return whether the words before name an order's number: "order no. X", "the order that I placed is X"."""
    if label is None or not label.is_order:
        return False
    return label.is_direct or label.is_heading or (label.is_said and not label.above)
