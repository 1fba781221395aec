"""What staff see of one order with /check: raw statuses of Pick and Pack, times, and what followers were told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.process.redaction import Redaction
from bot.tracking.addresses import public_link
from bot.tracking.deciding import effective_status
from bot.tracking.link_secrets import without_secrets
from bot.tracking.model import Order, Shipment, Wall
from bot.tracking.shipping import courier_ahead
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, code
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import TEXT_UNITS
from bot.words.messages.told_lines import ToldRow, event_lines, first_that_fit

MAX_ROWS = 10  # of the history
FIRST_UNITS, PAGE_UNITS = 1200, 3000  # of what was told: beside the raw values, and on a page of its own
LEAST_UNITS = 800  # where the raw values leave less room, what was told is on pages of its own


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
class StaffReport:
    """Everything that /check shows; `history` with the newest first.

    `followers` counts chats, `paused` those of them that can't be written to, `awaiting` chats that wait for the order
    to appear. `clock_offset`: seconds to add to the order's times on the service's clock to get wall time.
    """

    order: Order
    followers: int = 0
    paused: int = 0
    awaiting: int = 0
    history: tuple[HistoryRow, ...] = ()
    told: tuple[ToldRow, ...] = ()
    clock_offset: float = 0.0


def report_pages(localizer: Localizer, report: StaffReport, now: float) -> list[list[Markup]]:
    """Return the report line by line: the raw values, and on as many pages as it takes all that was told."""

    def clock(wall: float) -> Markup:
        return localizer.clock(wall, now=now)

    told: Sequence[Markup] = event_lines(localizer, report.told, clock, current=effective_status(report.order))
    heading = localizer.html("check-heading", number=report.order.order_id)
    raw, history = [heading, *_raw_lines(localizer, report, now)], _history(localizer, report, now)
    room = min(FIRST_UNITS, TEXT_UNITS - _units([*raw, *history]))
    first = first_that_fit(told, room) if room > LEAST_UNITS else []
    pages = [[*raw, *(_told(localizer, first) if first or not told else []), *history]]
    told = told[len(first) :]
    while told:
        fit = first_that_fit(told, PAGE_UNITS)
        pages.append([heading, *_told(localizer, fit)])
        told = told[len(fit) :]
    return pages


def _units(lines: Iterable[Markup]) -> int:
    return sum(utf16_length(visible_text(line)) + 1 for line in lines)


def _told(localizer: Localizer, lines: Sequence[Markup]) -> list[Markup]:
    return [localizer.html("check-told-to"), *(lines or [localizer.html("check-nothing-told")])]


def _history(localizer: Localizer, report: StaffReport, now: float) -> list[Markup]:
    lines = [_history_line(localizer, row, now) for row in report.history[:MAX_ROWS]]
    return [localizer.html("details-history"), *lines] if lines else []


def _raw_lines(localizer: Localizer, report: StaffReport, now: float) -> Iterator[Markup]:
    order, none = report.order, localizer.html("details-none")
    yield from _status_lines(localizer, order, report.clock_offset, now)
    yield from _time_lines(localizer, order, report.clock_offset, now)
    shipments = sorted(order.shipments, key=lambda shipment: shipment.position)
    for shipment in shipments:
        yield _shipment_line(localizer, shipment)
        if shipment.tracking_id or shipment.tracking_status:
            tracking = code(shipment.tracking_id) if shipment.tracking_id else none
            yield localizer.html("check-tracking", tracking=tracking, raw=shipment.tracking_status or none)
    if not shipments:
        yield localizer.html("check-no-services")
    counts = {"followers": report.followers, "paused": report.paused, "awaiting": report.awaiting}
    yield localizer.html("check-followers", **counts)


def _status_lines(localizer: Localizer, order: Order, clock_offset: float, now: float) -> Iterator[Markup]:
    none = localizer.html("details-none")
    yield localizer.html("check-status", raw=order.status or none)
    told_as = effective_status(order)
    if told_as and told_as != order.status:
        yield localizer.html("check-lifted", raw=told_as)
    reported = courier_ahead(order)
    if reported and reported != told_as:
        yield localizer.html("check-courier-ahead", raw=reported)
    if order.unconfirmed_at is not None and order.unconfirmed_status:
        webhook_at = localizer.clock(order.unconfirmed_at + clock_offset, now=now)
        yield localizer.html("check-divergence", raw=order.unconfirmed_status, time=webhook_at)
    if order.ended is not None and order.diverged_at is not None:
        asked_at = localizer.clock(order.diverged_at + clock_offset, now=now)
        yield localizer.html("check-differs", raw=order.ended.old or none, time=asked_at)
    if order.not_found_count:
        yield localizer.html("check-misses", count=order.not_found_count)
    if order.failures:
        yield localizer.html("check-failures", count=order.failures)


def _time_lines(localizer: Localizer, order: Order, clock_offset: float, now: float) -> Iterator[Markup]:
    if order.since is not None:
        yield localizer.html("check-since", time=localizer.clock(order.since, now=now))
    times = {
        "check-heard": order.webhook_at,
        "check-asked": order.confirmed_at,
        "check-next": order.next_poll_at,
    }
    for key, at in times.items():
        if at is not None:
            yield localizer.html(key, time=localizer.clock(at + clock_offset, now=now))


def _shipment_line(localizer: Localizer, shipment: Shipment) -> Markup:
    raw, none = shipment.link or shipment.raw_url, localizer.html("details-none")
    # enough to see whose it is: what identifies somebody, or lets them in, is in what is left out
    address = without_secrets(Redaction().clean(raw), "…") if raw else None
    return localizer.html(
        "check-service",
        n=shipment.position,
        raw=shipment.status,
        courier=shipment.courier or none,
        vehicle=shipment.vehicle or none,
        link=code(address) if address else none,
        shown=bool(shipment.link and public_link(shipment.link)),
        closed=shipment.closed,
    )


def _history_line(localizer: Localizer, row: HistoryRow, now: float) -> Markup:
    what = localizer.html("details-kind", kind=row.kind, raw=row.kind)
    raw = " · ".join(filter(None, (" → ".join(filter(None, (row.old, row.new))), row.detail)))
    line = Markup(": ".join([what, code(raw)])) if raw else what
    return localizer.html("check-history", time=localizer.clock(row.at, now=now), what=line, count=row.count)
