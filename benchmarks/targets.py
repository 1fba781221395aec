"""Compare the figures of the benchmarks with their targets."""

from collections.abc import Sequence

from bot.simulators.world import SimulatedWorld


class Targets:
    """Prints each figure with its target; `missed` counts the targets that are not met."""

    def __init__(self) -> None:
        self.missed = 0

    def check(self, name: str, figure: float, *, least: float | None = None, most: float | None = None) -> None:
        """Print a figure, and check that it is not below `least` or above `most`."""
        met = (least is None or figure >= least) and (most is None or figure <= most)
        self.missed += not met
        target = f"at least {least:g}" if least is not None else f"at most {most:g}"
        print(f"{'met   ' if met else 'MISSED'} {name:44} {figure:10.2f}   {target}")

    def check_limits(self, world: SimulatedWorld, calls: int) -> None:
        """Check that there are few 429s, and no calls before the pause of one is over."""
        self.check("429s, % of the calls", 100 * world.telegram.flood_control.refusals / max(1, calls), most=1)
        self.check("calls inside a running retry_after", world.telegram.early_calls, most=0)


def rate(times: Sequence[float]) -> float:
    """Return the messages per second between the first and the last."""
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0
