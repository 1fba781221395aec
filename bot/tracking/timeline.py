"""Tell from an order's stored history which steps a person would name, each with its time. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.tracking.card_content import PastStep
from bot.tracking.model import Shipment, Wall
from bot.tracking.shipping import counted_shipments
from bot.tracking.statuses import IMPLYING_ON_ROUTE, ON_ROUTE, SHIPMENT_ENDS, TROUBLES, Stage, is_further, look_up

LONGEST_TIMELINE = 8  # lines
_SEEN = "seen"  # a GET showed it, so that it happened before
_STATE_KINDS = frozenset({"heard", "chain", _SEEN})
_WELL = IMPLYING_ON_ROUTE | {"CREATED", "PENDING", "ASSIGNED"}  # a trouble is over


class What(StrEnum):
    """What a step is about: the order's own status, or one package."""

    STATUS = "status"
    COURIER = "courier"  # the courier chose who will bring it
    LEFT = "left"
    DELIVERED = "delivered"
    RETURNED = "returned"
    INCIDENT = "incident"
    HOLD = "hold"
    SOLVED = "solved"  # an incident is over
    GOES_ON = "goes-on"  # a hold is over
    AGAIN = "again"  # on its way, though its end was reported before


_OF_SERVICE = {
    "ASSIGNED": What.COURIER,
    "DELIVERED": What.DELIVERED,
    "RETURNED": What.RETURNED,
    "INCIDENT": What.INCIDENT,
    "ON_HOLD": What.HOLD,
    **dict.fromkeys(IMPLYING_ON_ROUTE, What.LEFT),
}
_ENDS = frozenset({What.DELIVERED, What.RETURNED})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the past. `status`: of What.STATUS; `package`: of all others the key of the shipment.

    `by`: nobody told when it happened; it was seen at this time.
    """

    at: Wall
    what: What
    status: str = ""
    package: str = ""
    by: bool = False

    @property
    def stage(self) -> Stage:
        """The stage of its status."""
        return look_up(self.status).stage


def timeline(history: Iterable[PastStep], shipments: Iterable[Shipment]) -> tuple[Step, ...]:
    """Return what a card shows of its past, the newest first: of a past stage only its first step.

    `history`: the newest first. `shipments`: the order's, as they are now.
    """
    steps = _of_past_stages_the_first(list(_steps(history, shipments)))
    if any(step.what is What.LEFT for step in steps):  # each package has a line of its own
        steps = [step for step in steps if step.status != ON_ROUTE]
    return tuple(reversed(steps[-LONGEST_TIMELINE:]))


def states(history: Iterable[PastStep], shipments: Iterable[Shipment]) -> tuple[Step, ...]:
    """Return the steps of the order itself, the first of each stage, the oldest first."""
    own = [step for step in _steps(history, shipments) if step.what is What.STATUS]
    return tuple(step for n, step in enumerate(own) if n == 0 or own[n - 1].stage is not step.stage)


def last_of_packages(history: Iterable[PastStep], shipments: Iterable[Shipment]) -> tuple[Step, ...]:
    """Return the last step of each package that has one, the newest first."""
    of_packages = {step.package: step for step in _steps(history, shipments) if step.what is not What.STATUS}
    return tuple(sorted(of_packages.values(), key=lambda step: step.at, reverse=True))


def _steps(history: Iterable[PastStep], shipments: Iterable[Shipment]) -> Iterator[Step]:
    """List all steps, the oldest first, none of them twice in a row."""
    counted = [one.key for one in counted_shipments(shipments)]
    steps = list(_Reading(counted).read(list(history)[::-1]))
    last: dict[str, tuple[What, str]] = {}
    for n, step in enumerate(steps):
        said = (step.what, step.status)
        if last.get(step.package) != said and not _is_said_by_the_order(step, steps[n + 1 :], counted):
            last[step.package] = said
            yield step


def _is_said_by_the_order(step: Step, later: Sequence[Step], counted: Sequence[str]) -> bool:
    """Return whether this is the end of an only package, and the order ended so itself."""
    is_end = step.what in _ENDS and len(counted) == 1
    return is_end and any(one.status == step.what.value.upper() for one in later)


class _Reading:
    """Reads the history of an order with these packages line by line, from the oldest."""

    def __init__(self, counted: Collection[str]) -> None:
        self._counted = counted
        self._own = ""
        self._left: set[str] = set()  # the packages that left the store

    def read(self, lines: Iterable[PastStep]) -> Iterator[Step]:
        """Return the steps in the order of the lines."""
        for line in lines:
            if line.kind in _STATE_KINDS and line.new:
                yield from self._own_step(line, line.new)
            elif line.kind == "service" and line.new and line.detail in self._counted:
                yield from self._package_step(line, line.new, line.detail or "")

    def _own_step(self, line: PastStep, status: str) -> Iterator[Step]:
        if is_further(self._own, status):
            self._left.clear()
        self._own = status
        if not (self._left and is_further(ON_ROUTE, status)):  # a package is further on, and that was told
            yield Step(line.at, What.STATUS, status, by=line.kind == _SEEN)

    def _package_step(self, line: PastStep, status: str, package: str) -> Iterator[Step]:
        what = _turn(line.old, status) or _OF_SERVICE.get(status)
        if what is None or look_up(self._own).final:
            return
        if what is not What.LEFT:
            yield Step(line.at, what, package=package, by=True)
        elif package not in self._left:
            self._left.add(package)
            yield from self._leaving(line, package)

    def _leaving(self, line: PastStep, package: str) -> Iterator[Step]:
        if len(self._counted) > 1:
            yield Step(line.at, What.LEFT, package=package, by=True)
        elif is_further(ON_ROUTE, self._own) or not self._own:
            yield Step(line.at, What.STATUS, ON_ROUTE, by=True)


def _turn(old: str | None, status: str) -> What | None:
    """Return what a package's change takes back: a trouble, or its end."""
    if old in TROUBLES and status in _WELL:
        return What.SOLVED if old == "INCIDENT" else What.GOES_ON
    return What.AGAIN if old in SHIPMENT_ENDS and status in IMPLYING_ON_ROUTE else None


def _of_past_stages_the_first(steps: Sequence[Step]) -> list[Step]:
    """Leave out the later steps of each stage that is over. What packages did stays."""
    kept: list[Step] = []
    stage: Stage | None = None
    now = next((step.stage for step in reversed(steps) if step.what is What.STATUS), None)
    since = _begin_of_the_last_run(steps, now)
    for n, step in enumerate(steps):
        if step.what is not What.STATUS or n >= since or step.stage is not stage:
            kept.append(step)
        stage = step.stage if step.what is What.STATUS else stage
    return kept


def _begin_of_the_last_run(steps: Sequence[Step], stage: Stage | None) -> int:
    """Return from where on the order has been at this stage without a break."""
    begin = len(steps)
    for n in range(len(steps) - 1, -1, -1):
        if steps[n].what is What.STATUS:
            if steps[n].stage is not stage:
                break
            begin = n
    return begin
