"""How the database and both neighbours are, since when, and when each last answered: what /readyz and metrics show.

Whoever calls one of them notes here how that went. One line is logged when a trouble starts, and one when it ends.
"""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from bot.process.clock import Clock

log = logging.getLogger(__name__)


class State(StrEnum):
    """How something is that the service depends on."""

    STARTING = "starting"  # nobody has asked it yet
    OK = "ok"
    DEGRADED = "degraded"  # the last call failed, or it answers and yet something is wrong
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something is down. `reason` is short; `starts` and `ends` are the lines of the log, without the times.

    `serious`: an error that somebody has to mend; it lasts until it is over, whatever lesser trouble comes.
    """

    reason: str
    starts: str
    ends: str
    serious: bool = False


@dataclass(slots=True)
class Condition:
    """How one of them is. `since` and `last_answer_at` are wall time, which people are shown."""

    name: str
    clock: Clock
    state: State = State.STARTING
    since: float = field(init=False)
    last_answer_at: float | None = field(init=False, default=None)
    reason: str = field(init=False, default="")
    _trouble: Trouble | None = field(init=False, default=None)
    _trouble_at: float = field(init=False, default=0.0)  # service clock
    _failing_since: tuple[float, float] | None = field(init=False, default=None)  # service clock, wall
    _limitation: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.since = self.clock.wall()

    @property
    def up(self) -> bool:
        """Whether it answers, as far as is known."""
        return self.state in {State.OK, State.DEGRADED}

    @property
    def failing_since(self) -> float | None:
        """Since when (wall time) every call has failed; None if the last one was answered."""
        return None if self._failing_since is None else self._failing_since[1]

    @property
    def refused(self) -> bool:
        """Whether it is down for what somebody has to mend: a key or a token that is not taken."""
        return self._trouble is not None and self._trouble.serious

    def is_outdated(self, asked_at: float) -> bool:
        """Return whether a call was begun before the trouble that lasts: its answer says nothing of its end."""
        return self._trouble is not None and asked_at < self._trouble_at

    def answered(self) -> None:
        """Note an answer: whatever was wrong is over."""
        self.last_answer_at = self.clock.wall()
        if self._trouble is not None:
            self._end(self._trouble)
        self._failing_since = None
        self._enter(State.DEGRADED if self._limitation else State.OK, self._limitation)

    def doubt(self, reason: str) -> None:
        """Note a call that failed, which alone says little."""
        self._begin_failing()
        if self.state in {State.OK, State.DEGRADED}:
            self._enter(State.DEGRADED, reason)

    def limit(self, limitation: str) -> None:
        """Note what is wrong though it answers; empty: nothing is any more."""
        self._limitation = limitation
        if self.up and self._failing_since is None:
            self._enter(State.DEGRADED if limitation else State.OK, limitation)

    def fail(self, trouble: Trouble) -> None:
        """Note that it is down. The same trouble is logged once, however many calls meet it."""
        self._begin_failing()
        known = self._trouble
        if known is not None and known.serious and not trouble.serious:
            return
        if known is None or known.ends != trouble.ends:
            self._start(trouble)
        self._trouble = trouble
        self._enter(State.DOWN, trouble.reason)
        assert self._failing_since is not None  # noqa: S101 - begun above
        self.since = self._failing_since[1]  # as the log says it

    def _start(self, trouble: Trouble) -> None:
        if self._trouble is not None:
            self._end(self._trouble)
            self._begin_failing()
        assert self._failing_since is not None  # noqa: S101 - begun by the caller
        self._trouble_at = self.clock.now()
        level = logging.ERROR if trouble.serious else logging.WARNING
        since = "" if trouble.serious else f", since {iso(self._failing_since[1])}"
        log.log(level, "%s%s", trouble.starts, since, extra=self._fields("down", trouble))

    def _end(self, trouble: Trouble) -> None:
        assert self._failing_since is not None  # noqa: S101 - a trouble has begun
        lasted = duration(self.clock.now() - self._failing_since[0])
        self._trouble = self._failing_since = None
        log.info("%s after %s", trouble.ends, lasted, extra=self._fields("ok", trouble))

    def _fields(self, state: str, trouble: Trouble) -> dict[str, object]:
        return {"fields": {"neighbour": self.name, "state": state, "reason": trouble.reason}}

    def _begin_failing(self) -> None:
        if self._failing_since is None:
            self._failing_since = (self.clock.now(), self.clock.wall())

    def _enter(self, state: State, reason: str) -> None:
        if state is not self.state:
            self.since = self.clock.wall()
        self.state, self.reason = state, reason


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that the service depends on: handed to whoever notes how it is, and to whoever shows that."""

    database: Condition
    telegram: Condition
    pickpack: Condition

    @classmethod
    def unknown(cls, clock: Clock) -> Self:
        """Return what is known at the start: nothing."""
        return cls(*(Condition(name, clock) for name in ("database", "telegram", "pickpack")))


def iso(wall: float) -> str:
    """Return a time in UTC, to the second."""
    return datetime.fromtimestamp(wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: float) -> str:
    """Return how long something lasted, as people say it."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
