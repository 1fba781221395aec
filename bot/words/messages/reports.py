"""What staff see of one order with /check: raw words of Pick and Pack, times, and what followers were told."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.tracking.deciding import effective
from bot.tracking.model import Order, Shipment
from bot.words.fluent.voice import Voice
from bot.words.html.escaping import Markup, code, public_link

MOST_LINES = 10  # of the history, and of what was told


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A row of the order's history; `at` is wall time; `kind` as in HistoryEntry; `count` how often it came."""

    at: float
    kind: str
    old: str | None = None
    new: str | None = None
    detail: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A row of the outbox: its kind, the status it told, its state (sent, open, claimed, closed, aside), and why."""

    at: float
    kind: str
    state: str
    status: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StaffReport:
    """Everything that /check shows. `history` and `told` newest first; `followers` counts chats, `paused` those of
    them that can't be written to, `awaiting` chats that wait for this number.
    """

    order: Order
    followers: int = 0
    paused: int = 0
    awaiting: int = 0
    history: tuple[HistoryLine, ...] = ()
    told: tuple[ToldLine, ...] = ()


def lines(voice: Voice, report: StaffReport) -> Iterator[Markup]:
    """The report, line by line."""
    order = report.order
    yield voice.line("check-heading", number=order.order_id)
    yield from _statuses(voice, order)
    yield from _times(voice, order)
    yield from (_service(voice, one) for one in sorted(order.shipments, key=lambda one: one.position))
    if not order.shipments:
        yield voice.line("check-no-services")
    yield voice.line("check-followers", followers=report.followers, paused=report.paused, awaiting=report.awaiting)
    yield from (_told(voice, one) for one in report.told[:MOST_LINES])
    if not report.told:
        yield voice.line("check-nothing-told")
    yield from (_history(voice, one) for one in report.history[:MOST_LINES])


def _statuses(voice: Voice, order: Order) -> Iterator[Markup]:
    yield voice.line("check-status", raw=order.status or "-")
    told_as = effective(order)
    if told_as and told_as != order.status:
        yield voice.line("check-lifted", raw=told_as)
    if order.unsure_at is not None and order.unsure_status:
        yield voice.line("check-divergence", raw=order.unsure_status, time=order.unsure_at)
    if order.misses:
        yield voice.line("check-misses", count=order.misses)
    if order.failures:
        yield voice.line("check-failures", count=order.failures)


def _times(voice: Voice, order: Order) -> Iterator[Markup]:
    times = {
        "check-since": order.since,
        "check-heard": order.heard_at,
        "check-asked": order.asked_at,
        "check-next": order.next_poll_at,
    }
    return (voice.line(key, time=at) for key, at in times.items() if at is not None)


def _service(voice: Voice, shipment: Shipment) -> Markup:
    address = shipment.link or shipment.raw_url
    return voice.line(
        "check-service",
        n=shipment.position,
        raw=shipment.status,
        courier=shipment.courier or "-",
        vehicle=shipment.vehicle or "-",
        link=code(address) if address else Markup("-"),
        shown="yes" if shipment.link and public_link(shipment.link) else "no",
        closed=shipment.closed,
    )


def _told(voice: Voice, line: ToldLine) -> Markup:
    what = f"{line.kind} {line.status}" if line.status else line.kind
    outcome = f"{line.state}: {line.reason}" if line.reason else line.state
    return voice.line("check-told", time=line.at, raw=what, reason=outcome)


def _history(voice: Voice, line: HistoryLine) -> Markup:
    change = f"{line.old or '-'} → {line.new or '-'}"
    what = " ".join(part for part in (line.kind, change, line.detail) if part)
    return voice.line("check-history", time=line.at, raw=what, count=line.count)
