"""The pages of staff's panel that show how things stand: what to look at, the numbers, what is wrong now."""

from collections.abc import Iterator, Mapping, Sequence

from bot.people.open_alerts import OpenAlert
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import Rows, with_buttons
from bot.telegram.request import Request
from bot.tracking.model import OrderPk, Wall
from bot.tracking.overview import FailedNotices, Stats, StuckList, StuckOrder, TroubledOrder, Why
from bot.tracking.statuses import TABLE, Stage
from bot.words.callbacks import CallbackAction, callback_button
from bot.words.messages.buttons import button_label
from bot.words.texts import Text

MOST_LINES = 9  # of a section: with four of them the page fits into a message, and its buttons onto a screen
BUTTONS_IN_A_ROW = 2
WEEK_DAYS = 7
Row = tuple[str, Mapping[str, object]]
Line = StuckOrder | TroubledOrder | FailedNotices
_WITHOUT_TIME = {Why.NOT_FOUND: "stuck-not-found", Why.UNCONFIRMED: "stuck-unconfirmed", Why.IN_TURNS: "stuck-in-turns"}
COUNTS = ("orders", "delivered", "late", "told", "not_delivered", "perhaps", "good", "missing", "found", "lost")
DELAYS = ("median", "p99")  # seconds


class StuckPage:
    """What staff have to look at, in working order: each line is a button that shows the order."""

    def __init__(self, request: Request, context: HandlerContext, now: Wall, found: StuckList) -> None:
        self._renderer, self._locale = context.renderer, request.locale
        self._now = now
        self._found = found

    def text(self) -> Text:
        """Return the page without the buttons that lead away from it."""
        courier = [one for one in self._found.orders if one.why is Why.COURIER]
        others = [one for one in self._found.orders if one.why is not Why.COURIER]
        if self._found.is_empty:
            return self._renderer.answer(self._locale, "stuck-none")
        sections: list[list[Row]] = [
            [("stuck-heading", {})],
            _section("stuck-section-trouble", [self._troubled(one) for one in self._found.troubled]),
            _section("stuck-section-slow", [self._order(one) for one in others]),
            _section("stuck-section-courier", [self._order(one) for one in courier]),
            _section("stuck-section-failed", [self._failed(one) for one in self._found.failed]),
        ]
        shown: list[Line] = [
            *self._found.troubled[:MOST_LINES],
            *others[:MOST_LINES],
            *courier[:MOST_LINES],
            *self._found.failed[:MOST_LINES],
        ]
        return with_buttons(self._renderer.sections(self._locale, sections), _order_buttons(shown))

    def _troubled(self, one: TroubledOrder) -> Row:
        what = self._renderer.trouble_phrase(self._locale, one.trouble)
        values = {"number": one.order_id, "what": what, "lasted": max(self._now - one.since, 0.0)}
        return "stuck-trouble", {**values, "named": bool(one.courier), "courier": one.courier or ""}

    def _order(self, one: StuckOrder) -> Row:
        values = {"number": one.order_id, "status": one.status, "lasted": max(self._now - one.since, 0.0)}
        if one.why is Why.COURIER:
            reported = self._renderer.status_phrase(self._locale, one.reported or "")
            return "stuck-courier-ahead", {**values, "reported": reported}
        if one.why in _WITHOUT_TIME:
            return _WITHOUT_TIME[one.why], {**values, "count": one.times}
        is_own = one.usual is not None and one.usual.is_own
        return "stuck-slow", {**values, "own": is_own, "usual": one.usual.seconds if one.usual else 0.0}

    def _failed(self, one: FailedNotices) -> Row:
        key = "stuck-failed-alert" if one.is_alert else "stuck-perhaps" if one.is_unknown else "stuck-failed"
        time = self._renderer.clock(self._locale, one.at, now=self._now)
        number = one.number or self._renderer.answer(self._locale, "stuck-no-number").html
        why = self._renderer.telegram_reasons(self._locale, [(one.reason, 1)])
        return key, {"number": number, "count": one.messages, "time": time, "why": why}


def stats_page(request: Request, context: HandlerContext, counted: Stats) -> Text:
    """Return the numbers of today and of the last seven days, the time by stage, and how things stand now."""
    stages = list(_stage_rows(counted))
    return context.renderer.sections(
        request.locale,
        (
            [("stats-heading", {}), *_number_rows(request, context, counted)],
            [("stats-stages", {}), *(stages or [("stats-stages-none", {})])],
            [("stats-now", {}), *_rows_of_now(counted)],
        ),
    )


def _number_rows(request: Request, context: HandlerContext, counted: Stats) -> Iterator[Row]:
    for name in COUNTS:
        numbers = {"today": getattr(counted.today, name), "week": getattr(counted.week, name)}
        yield "stats-row", {"name": _name(request, context, name), **numbers}
    none = context.renderer.plain(request.locale, "stats-none")
    for name in DELAYS:
        seconds = {"today": getattr(counted.today, name), "week": getattr(counted.week, name)}
        shown = {
            period: none if value is None else context.renderer.duration(request.locale, value)
            for period, value in seconds.items()
        }
        yield "stats-row", {"name": _name(request, context, name), **shown}
    if context.config.keep_days < WEEK_DAYS:
        yield "stats-kept", {"days": context.config.keep_days}


def _name(request: Request, context: HandlerContext, name: str) -> str:
    return context.renderer.plain(request.locale, f"stats-name-{name.replace('_', '-')}")


def _stage_rows(counted: Stats) -> Iterator[Row]:
    for stage in Stage:
        if (times := counted.stages.get(stage)) is not None:
            status = next((one.name for one in TABLE.values() if one.stage is stage), "")
            values = {"count": times.stays, "median": times.median, "most": times.nine_in_ten}
            yield "stats-stage", {"status": status, **values}


def _rows_of_now(counted: Stats) -> Iterator[Row]:
    yield "stats-followed", {"count": counted.followed}
    yield "stats-chats", {"count": counted.chats}
    yield "stats-waiting", {"count": counted.waiting}
    if counted.pauses:
        yield "stats-pauses", {"count": counted.pauses, "lasted": counted.longest_pause}


def alerts_page(
    request: Request, context: HandlerContext, now: Wall, found: Sequence[OpenAlert], *, muted: tuple[int, Wall]
) -> Text:
    """Return what is wrong at the moment; a line about an order has a button that shows it.

    `muted`: of how many kinds of alerts this chat hears nothing, and until when.
    """
    silent: list[Row] = []
    if muted[0]:
        until = context.renderer.clock(request.locale, muted[1], now=now)
        silent = [("open-muted", {"count": muted[0], "time": until})]
    if not found:
        return context.renderer.sections(request.locale, ([("open-none", {})], silent))
    rows = [
        (one.key, context.renderer.alert_values(request.locale, {**one.values, "time": one.since}, now=now))
        for one in found[:MOST_LINES]
    ]
    orders = {one.order: context.order_checks.order_of(one.order) for one in found if one.order is not None}
    buttons = _check_buttons({order_pk: order.order_id for order_pk, order in orders.items() if order is not None})
    return with_buttons(context.renderer.sections(request.locale, ([("open-heading", {})], rows, silent)), buttons)


def _section(key: str, rows: Sequence[Row]) -> list[Row]:
    if not rows:
        return []
    more: list[Row] = [("stuck-more", {"count": len(rows) - MOST_LINES})] if len(rows) > MOST_LINES else []
    return [(key, {"count": len(rows)}), *rows[:MOST_LINES], *more]


def _order_buttons(shown: Sequence[Line]) -> Rows:
    """Return a button for each order, once, in the order of the lines."""
    numbers = dict[OrderPk, str]()
    for one in shown:
        if one.id is not None:
            number = one.number if isinstance(one, FailedNotices) else one.order_id
            numbers.setdefault(one.id, number or "")
    return _check_buttons(numbers)


def _check_buttons(numbers: Mapping[OrderPk, str]) -> Rows:
    buttons = [callback_button(button_label(number), CallbackAction.CHECK, pk) for pk, number in numbers.items()]
    return [buttons[start : start + BUTTONS_IN_A_ROW] for start in range(0, len(buttons), BUTTONS_IN_A_ROW)]
