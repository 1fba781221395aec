"""Hand-made fakes that every room's tests share."""


class ManualClock:
    """A clock that moves when it is told to; `wall` and `now` move together unless `jump` moves the wall alone."""

    def __init__(self, start: float = 1_790_000_000.0) -> None:
        self._now = start
        self._skew = 0.0

    def now(self) -> float:
        return self._now

    def wall(self) -> float:
        return self._now + self._skew

    def advance(self, seconds: float) -> None:
        self._now += seconds

    def jump(self, seconds: float) -> None:
        self._skew += seconds
