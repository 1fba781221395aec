"""What staff see of one order with /check: raw statuses of Pick and Pack, times, and what followers were told."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.process.redaction import Redaction
from bot.tracking.addresses import public_link
from bot.tracking.deciding import effective_status
from bot.tracking.link_secrets import without_secrets
from bot.tracking.model import Order, Shipment, Wall
from bot.tracking.shipping import courier_ahead
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, code

MAX_ROWS = 10  # of the history, and of the notices


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A row of the order's history. `at` is wall time, `kind` as in HistoryEntry, `count` how often it repeated."""

    at: Wall
    kind: str
    old: str | None = None
    new: str | None = None
    detail: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice of the outbox: its kind, its status, its state (sent, open, claimed, closed, aside), and why.

    `at` is wall time.
    """

    at: Wall
    kind: str
    state: str
    status: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StaffReport:
    """Everything that /check shows; `history` and `notices` with the newest first.

    `followers` counts chats, `paused` those of them that can't be written to, `awaiting` chats that wait for the order
    to appear. `clock_offset`: seconds to add to the order's times on the service's clock to get wall time.
    """

    order: Order
    followers: int = 0
    paused: int = 0
    awaiting: int = 0
    history: tuple[HistoryRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    clock_offset: float = 0.0


def report_lines(localizer: Localizer, report: StaffReport) -> Iterator[Markup]:
    """Return the report line by line."""
    order = report.order
    yield localizer.html("check-heading", number=order.order_id)
    yield from _status_lines(localizer, order, report.clock_offset)
    yield from _time_lines(localizer, order, report.clock_offset)
    shipments = sorted(order.shipments, key=lambda shipment: shipment.position)
    for shipment in shipments:
        yield _shipment_line(localizer, shipment)
        if shipment.tracking_id or shipment.tracking_status:
            tracking = code(shipment.tracking_id or "-")
            yield localizer.html("check-tracking", tracking=tracking, raw=shipment.tracking_status or "-")
    if not shipments:
        yield localizer.html("check-no-services")
    counts = {"followers": report.followers, "paused": report.paused, "awaiting": report.awaiting}
    yield localizer.html("check-followers", **counts)
    yield from (_notice_line(localizer, row) for row in report.notices[:MAX_ROWS])
    if not report.notices:
        yield localizer.html("check-nothing-told")
    yield from (_history_line(localizer, row) for row in report.history[:MAX_ROWS])


def _status_lines(localizer: Localizer, order: Order, clock_offset: float) -> Iterator[Markup]:
    yield localizer.html("check-status", raw=order.status or "-")
    told_as = effective_status(order)
    if told_as and told_as != order.status:
        yield localizer.html("check-lifted", raw=told_as)
    reported = courier_ahead(order)
    if reported and reported != told_as:
        yield localizer.html("check-courier-ahead", raw=reported)
    if order.unconfirmed_at is not None and order.unconfirmed_status:
        webhook_at = order.unconfirmed_at + clock_offset
        yield localizer.html("check-divergence", raw=order.unconfirmed_status, time=webhook_at)
    if order.ended is not None and order.diverged_at is not None:
        yield localizer.html("check-differs", raw=order.ended.old or "-", time=order.diverged_at + clock_offset)
    if order.not_found_count:
        yield localizer.html("check-misses", count=order.not_found_count)
    if order.failures:
        yield localizer.html("check-failures", count=order.failures)


def _time_lines(localizer: Localizer, order: Order, clock_offset: float) -> Iterator[Markup]:
    if order.since is not None:
        yield localizer.html("check-since", time=order.since)
    times = {
        "check-heard": order.webhook_at,
        "check-asked": order.confirmed_at,
        "check-next": order.next_poll_at,
    }
    yield from (localizer.html(key, time=at + clock_offset) for key, at in times.items() if at is not None)


def _shipment_line(localizer: Localizer, shipment: Shipment) -> Markup:
    raw = shipment.link or shipment.raw_url
    # enough to see whose it is: what identifies somebody, or lets them in, is in what is left out
    address = without_secrets(Redaction().clean(raw), "…") if raw else None
    return localizer.html(
        "check-service",
        n=shipment.position,
        raw=shipment.status,
        courier=shipment.courier or "-",
        vehicle=shipment.vehicle or "-",
        link=code(address) if address else Markup("-"),
        shown=bool(shipment.link and public_link(shipment.link)),
        closed=shipment.closed,
    )


def _notice_line(localizer: Localizer, row: NoticeRow) -> Markup:
    notice = f"{row.kind} {row.status}" if row.status else row.kind
    state = f"{row.state}: {row.reason}" if row.reason else row.state
    return localizer.html("check-told", time=row.at, raw=notice, reason=state)


def _history_line(localizer: Localizer, row: HistoryRow) -> Markup:
    change = f"{row.old or '-'} → {row.new or '-'}"
    entry = " ".join(part for part in (row.kind, change, row.detail) if part)
    return localizer.html("check-history", time=row.at, raw=entry, count=row.count)
