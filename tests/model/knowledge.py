"""What the bot may believe of one order, kept by hand: what it heard when, and what the API answered.

Each method takes what the bot believed before and after, and returns what is wrong with that, or None.
"""

import math
from dataclasses import dataclass, field
from itertools import pairwise

DAY = 24 * 3600.0
MOST_STEPS = 50  # more than an order takes in a day: of those before, the bot may or may not know a copy
WAIT = 60.0  # after the last webhook of a chain
CACHE = 60.0
ENDS = ("DELIVERED", "CANCELED")

Step = tuple[str | None, str]


@dataclass
class Knowledge:
    """`steps`: when each was heard or seen last. `silent_since`: the webhooks since the API last answered.

    `ended`: what was left for the end that is known, and for ends before it, and when; that end; when it was heard.
    """

    ranks: dict[str, int]
    steps: dict[Step, float] = field(default_factory=dict)
    silent_since: list[tuple[Step, float]] = field(default_factory=list)
    ended: tuple[dict[str | None, float], str, float] | None = None

    def hears(self, step: Step, before: str | None, after: str | None, now: float) -> str | None:
        """A webhook counts if it leaves what is known, unless it is a copy; else it has to be confirmed."""
        old, new = step
        follows = old is not None and (old == before or (before not in self.ranks and new in self.ranks))
        taken = before is None or (follows and not self._is_copy(step, now))
        is_either = follows and self._is_long_past(step)
        self.steps[step] = now
        if not self.silent_since or self.silent_since[-1][0] != step:
            self.silent_since.append((step, now))
        self._moves(step, before, after, now)
        expected = {new, before} if is_either else {new if taken else before}
        return None if after in expected else f"{before} and the webhook {step} made {after}"

    def chains(self, before: str, after: str, now: float) -> str | None:
        """Time alone made this of it: only the end of a chain may be taken, unanswered for a minute."""
        linked = [
            (last, at)
            for (_, at), first, last in self._pairs()
            if last[1] == after and at + WAIT <= now and (first[0] == before or self._is_further(first[0], before))
        ]
        if not linked:
            return f"{before} became {after} though no chain of webhooks says so: {self.silent_since}"
        self._moves(linked[-1][0], before, after, linked[-1][1])
        return None

    def expects_chain(self, steps: list[str], before: str | None, now: float) -> bool:
        """Return whether webhooks along these statuses are a chain, if the API stays silent."""
        pairs = list(pairwise(steps))
        return (
            before is not None
            and all(one in self.ranks for one in (before, *steps))
            and self._is_further(steps[0], before)
            and not any(self._is_copy(pair, now) for pair in pairs)
        )

    def is_answered(self, shown: str | None, before: str | None, after: str | None, now: float) -> str | None:
        """The API answered `shown`, None where it knows no such order."""
        heard_lately = any(at > now - CACHE for at in self.steps.values())
        self.silent_since = []
        may_stand = after == before and self._may_be_disputed(shown, before, now)
        disputed = may_stand or self._is_disputed(shown, before, now)
        if after != before:
            self.steps[before, after or ""] = now
        confirmed = shown == before and not self._left(shown, now)
        if shown is not None and not disputed and (confirmed or not heard_lately):
            self.ended = None
        if shown is None or disputed:
            return None if after == before else f"{before} became {after} though the API answered {shown}"
        return None if heard_lately or after == shown else f"{before} stayed {after} though the API answered {shown}"

    def _moves(self, step: Step, before: str | None, after: str | None, at: float) -> None:
        if after == before:
            return
        earlier = self.ended[0] if self.ended is not None and self.ended[1] == step[0] else {}
        self.ended = ({**earlier, step[0]: at}, step[1], at) if step[1] in ENDS else None

    def _is_disputed(self, shown: str | None, before: str | None, now: float) -> bool:
        """Return whether an answer shows what was left for an end within a day: the end stands for now."""
        if self.ended is None or before != self.ended[1] or shown == before:
            return False
        return now < self.ended[2] + DAY and now < self.ended[0].get(shown, -DAY) + DAY

    def _may_be_disputed(self, shown: str | None, before: str | None, now: float) -> bool:
        """Return whether webhooks in another order would dispute it, or older ones: then either is right."""
        if self.ended is None or before != self.ended[1] or shown == before or now >= self.ended[2] + DAY:
            return False
        left = set(self.ended[0])
        for _ in self.steps:
            left |= {old for old, new in self.steps if new in left and new in ENDS}
        return shown in left

    def _pairs(self) -> list[tuple[tuple[Step, float], Step, Step]]:
        """Each webhook with each of those that lead to it without a gap."""
        return [
            ((step, at), self.silent_since[first][0], step)
            for place, (step, at) in enumerate(self.silent_since)
            for first in self._leading_to(place)
        ]

    def _leading_to(self, place: int) -> set[int]:
        """Those that lead to a webhook, the nearest ones and before them theirs."""
        leading, reached = set[int](), [place]
        while reached:
            nearest = self._nearest_to(reached.pop()) - leading
            leading |= nearest
            reached += nearest
        return leading

    def _nearest_to(self, place: int) -> set[int]:
        """Those from whose end a webhook goes on: what comes between the two says nothing if it comes late."""
        old, nearest = self.silent_since[place][0][0], set[int]()
        for before in range(place - 1, -1, -1):
            (_, new), between = self.silent_since[before][0], self.silent_since[before + 1 : place]
            if new == old and all(self._comes_late(step, new) for step, _ in between):
                nearest.add(before)
        return nearest

    def _comes_late(self, step: Step, reached: str) -> bool:
        old = step[0]
        return {old, reached} <= self.ranks.keys() and old != reached and not self._is_further(old, reached)

    def _left(self, status: str | None, now: float) -> bool:
        """Return whether a webhook said so lately: an answer that shows it may come out of the cache."""
        return any(old == status and at > now - CACHE for (old, _), at in self.steps.items())

    def _is_copy(self, step: Step, now: float) -> bool:
        return step in self.steps and now < self.steps[step] + DAY

    def _is_long_past(self, step: Step) -> bool:
        return sum(at >= self.steps.get(step, math.inf) for at in self.steps.values()) > MOST_STEPS

    def _is_further(self, one: str | None, other: str | None) -> bool:
        return self.ranks.get(one or "", -1) > self.ranks.get(other or "", 99)
