"""What a benchmark has measured, beside what it must reach: printed a line each, and kept for RESULTS.md."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

MISSED = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `must` and `goal` are most values, or least ones where `more_is_better`; None: only told.

    `detail`: what stands behind it (rates, counts, processor time). `why`: what keeps it from the goal, by evidence.
    """

    name: str
    value: float
    unit: str = "×"
    must: float | None = None
    goal: float | None = None
    more_is_better: bool = False
    detail: str = ""
    why: str = ""

    def reaches(self, bound: float | None) -> bool:
        """Return whether the figure is as good as a bound, or there is none."""
        return bound is None or (self.value >= bound if self.more_is_better else self.value <= bound)

    @property
    def verdict(self) -> str:
        """Return `goal`, `must` or `short`: what the figure reaches; `told` for one with no bounds."""
        if self.must is None and self.goal is None:
            return "told"
        if not self.reaches(self.must):
            return "short"
        return "goal" if self.reaches(self.goal) else "must"

    def bound(self, value: float | None) -> str:
        """Return a bound in words, such as `≤ 20 calls`."""
        return "–" if value is None else f"{'≥' if self.more_is_better else '≤'} {value:g}{spaced(self.unit)}"

    def __str__(self) -> str:
        value = f"{self.value:.3g}{spaced(self.unit)}"
        bounds = f"must {self.bound(self.must)}, go for {self.bound(self.goal)}"
        return f"{self.verdict:6} {self.name:64} {value:>12}   {bounds}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that could not be asked here, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{'skip':6} {self.name:64} {self.reason}"


Measured = Figure | Skipped


def spaced(unit: str) -> str:
    """Return a unit as it follows its number."""
    return unit if unit in {"×", "%", ""} else f" {unit}"


def run(description: str | None, measure: Callable[[], Iterable[Measured]]) -> int:
    """Run a benchmark as a program: print each figure as it is measured, return 1 if one is short of what it must be.

    `--to FILE` writes the figures as JSON as well.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, help="a file for the figures, as JSON")
    options = parser.parse_args()
    measured = []
    for one in measure():
        print(one, flush=True)
        if isinstance(one, Figure) and one.detail:
            print(f"{'':6} {one.detail}", flush=True)
        measured.append(one)
    if options.to is not None:
        options.to.write_text(json.dumps([{"type": type(one).__name__, **asdict(one)} for one in measured]), "utf-8")
    return MISSED if any(isinstance(one, Figure) and one.verdict == "short" for one in measured) else 0


def read(file: Path) -> list[Measured]:
    """Read what `run` has written."""
    kinds: dict[str, type[Figure] | type[Skipped]] = {"Figure": Figure, "Skipped": Skipped}
    return [kinds[row.pop("type")](**row) for row in json.loads(file.read_text(encoding="utf-8"))]


def say(text: str) -> None:
    """Say how far a benchmark is, apart from its figures."""
    print(f"       {text}", file=sys.stderr, flush=True)
