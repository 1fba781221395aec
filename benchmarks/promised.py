"""What the benchmarks against the whole service share: figures held against what is promised, and who breaks it."""

from collections.abc import Sequence

from bot.simulators.world import SimulatedWorld


class Promises:
    """Prints each figure beside its promise; `broken` counts those that are not kept."""

    def __init__(self) -> None:
        self.broken = 0

    def hold(self, name: str, figure: float, *, least: float | None = None, most: float | None = None) -> None:
        """Print a figure that must not be below `least` or above `most`."""
        kept = (least is None or figure >= least) and (most is None or figure <= most)
        self.broken += not kept
        bound = f"at least {least:g}" if least is not None else f"at most {most:g}"
        print(f"{'kept  ' if kept else 'BROKEN'} {name:44} {figure:10.2f}   {bound}")

    def hold_limits(self, world: SimulatedWorld, calls: int) -> None:
        """Telegram's limits: few 429s, and no call inside the pause that one has asked for."""
        self.hold("429s, % of the calls", 100 * world.telegram.flood_control.refusals / max(1, calls), most=1)
        self.hold("calls inside a running retry_after", world.telegram.early_calls, most=0)


def pace(times: Sequence[float]) -> float:
    """Messages a second, between the first and the last."""
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0
