"""Measure two things in turns (A B B A …), so that what else the machine does meets both; ratios, and their median."""

import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

ROUNDS = 6  # the first is thrown away: five count
Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Turns:
    """What the rounds gave, in their order, without the first: a pair of figures each."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return ours / theirs of each round."""
        return tuple(one / other for one, other in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """Return the median of the ratios."""
        return statistics.median(self.ratios)

    def described(self, unit: str, *, names: tuple[str, str] = ("ours", "theirs")) -> str:
        """Return the medians of both in words, with the least and the largest ratio."""
        both = (statistics.median(self.ours), statistics.median(self.theirs))
        told = ", ".join(f"{name} {value:.4g} {unit}" for name, value in zip(names, both, strict=True))
        return f"{told}; ratios {min(self.ratios):.3g} to {max(self.ratios):.3g} over {len(self.ratios)} rounds"


async def in_turns(ours: Measure, theirs: Measure, *, rounds: int = ROUNDS) -> Turns:
    """Measure both in each round, in the other order each time; the first round only warms up."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            other, own = await theirs(), await ours()
        else:
            own, other = await ours(), await theirs()
        pairs.append((own, other))
    return Turns(*zip(*pairs[1:], strict=True))
