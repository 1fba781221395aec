"""What staff see of one order: the card of `/check` in each state, its buttons, and the raw values behind it."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import AMAZON, COUNTS, OSCAR
from bot.demo.specimens.conversation import MESSAGE, PRESS, Conversation
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.telegram import staff_check
from bot.telegram.commands import Command
from bot.tracking.card_content import StaffTold
from bot.tracking.model import Keep, Kind, NoticeState, Order, Priority, Receipt, RecentWebhook, Ticks, Wall
from bot.tracking.statuses import DELIVERED, ON_ROUTE
from bot.understanding.understood import Intent
from bot.words.messages.check_context import CardsShown, Missed, OrderCheck, Stopped, Waiting
from bot.words.messages.staff_report import HistoryRow, StaffReport
from bot.words.messages.told_lines import MAYBE, Found, ToldRow


def checks(chat: Conversation) -> Scene:
    """Look at orders in each state, and press each button."""
    for title, check in _checked(chat).items():
        _looks(chat, check=_answers([check]))
        chat.does(f"you: /check {NUMBER} ({title})", staff_check.check(MESSAGE, chat.request, chat.context, _CHECK))
    _buttons(chat)
    _lines(chat)
    _looks(chat, check=_answers([]))
    chat.types("/check", staff_check.check(MESSAGE, chat.request, chat.context, Command("check")))
    chat.toasts("toast-admins-only", f"(staff who may only look press [{chat.plain('button-resend')}])")
    chat.toasts("toast-unreachable", f"(you press [{chat.plain('button-refresh')}] while nobody answers)")
    chat.asks(Intent.SMALLTALK_OR_UNKNOWN)
    return chat.scene


def _lines(chat: Conversation) -> None:
    for key in _COUNTED:
        for count in COUNTS:
            values: dict[str, Any] = {"count": count, "messages": count + 1, "total": count + 1, "staff": min(count, 1)}
            chat.answered(f"(a line of /check about {count})", key, why="A", what="A", clock=chat.clock, **values)
    for timed in ("since", "seen", "no"):
        chat.answered("(the status, by how its time is known)", "check-state", what="A", timed=timed, clock=chat.clock)


_COUNTED = (
    "check-link-seen", "check-gone", "check-failing", "check-more-packages", "check-followed", "check-cannot-write",
    "check-waited", "check-received", "check-not-told", "check-stopped", "check-card-private", "check-card-group",
    "check-other-cards", "check-no-card", "check-to", "check-undelivered", "check-maybe", "check-pending",
    "check-pending-tried", "check-earlier", "check-waited-since", "check-messages",
)  # fmt: skip
_CHECK = Command("check", rest=NUMBER)


def _looks(chat: Conversation, **checks: Any) -> None:
    """Let the handlers of this chat look at an order so, at the time of the scene."""
    clock = SimpleNamespace(wall=lambda: chat.now, now=lambda: chat.now)
    chat.context = replace(chat.context, order_checks=cast("Any", SimpleNamespace(**checks)), clock=cast("Any", clock))


def _buttons(chat: Conversation) -> None:
    life = Life(chat, "READY_FOR_SHIPPING")
    order = life.order
    service = SimpleNamespace(count_followers=lambda _: 2, linked=_answers(None))
    chat.context = replace(chat.context, staff_service=cast("Any", service))
    reports = [StaffReport(order)]
    life.parcel(1, ON_ROUTE, courier=AMAZON, link=True).parcel(2, "CREATED", courier=OSCAR)
    reports += [
        _full_report(chat, life),
        StaffReport(_all_delivered(life.order)),
        StaffReport(_differing(life.order, chat.now)),
        *_every_word(order, chat.now),
    ]
    for one in reports:
        _looks(chat, report=_answers(one))
        for page, button in enumerate(("button-details", "button-earlier") if one.told else ("button-details",)):
            turned = staff_check.details(PRESS, chat.request, chat.context, order, page)
            chat.presses(chat.plain(button), turned)
    chat.presses(chat.plain("button-link"), staff_check.link(PRESS, chat.request, chat.context, order))
    chat.presses(chat.plain("button-write"), staff_check.write(PRESS, chat.request, chat.context, order))


def _checked(chat: Conversation) -> dict[str, OrderCheck]:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", "READY_FOR_SHIPPING")
    fresh = life.order
    life.parcel(1, ON_ROUTE, courier=AMAZON, link=True).parcel(2, "CREATED", courier=OSCAR)
    waiting = Waiting(2, chat.now, Wall(chat.now + 600))
    return {
        "nobody follows it": OrderCheck(NUMBER, fresh),
        "much has happened": _full_check(chat, life),
        **_missed(_full_check(chat, life), chat.now),
        "the courier is ahead": OrderCheck(
            NUMBER, _all_delivered(life.order), cards=(CardsShown(1, is_private=False, status=ON_ROUTE),)
        ),
        "ended, and the API differs": OrderCheck(NUMBER, _differing(life.order, chat.now), api_error="timeout"),
        "on its way in many packages": OrderCheck(NUMBER, _in_many(life.order), cards=_many_cards()),
        "a problem on the road": OrderCheck(NUMBER, _troubled(life.order, AMAZON), found=Found.WEBHOOK_MISSED),
        "a package of nobody is on hold": OrderCheck(NUMBER, _troubled(life.order, None), found=Found.WEBHOOK_MAY_COME),
        "every kind of message": OrderCheck(NUMBER, fresh, told=_every_kind(chat)),
        "it is awaited": OrderCheck(NUMBER, waiting=waiting),
        "one chat awaits it": OrderCheck(NUMBER, waiting=replace(waiting, chats=1)),
        "the API is down, and it is not known here": OrderCheck(NUMBER, api_error="timeout"),
        "nobody knows it": OrderCheck(NUMBER),
    }


def _full_check(chat: Conversation, life: Life) -> OrderCheck:
    cards = (
        CardsShown(2, status="READY_FOR_SHIPPING", receipt=Receipt.MISSING),
        CardsShown(1, is_private=False, status="READY_FOR_SHIPPING", receipt=Receipt.GOOD, paused="bot was blocked"),
        CardsShown(1, paused="bot was kicked"),
        CardsShown(1),
    )
    told = (
        ToldRow(Wall(chat.now - 90), Kind.CARD, NoticeState.SENT, _chats(2), ON_ROUTE, event=2, last_at=chat.now),
        ToldRow(chat.now, Kind.CARD, NoticeState.CLOSED, _chats(1), ON_ROUTE, reason="gone: bot was blocked", event=2),
        ToldRow(chat.now, Kind.CARD, NoticeState.OPEN, _chats(1), ON_ROUTE, event=2),
        ToldRow(Wall(chat.now - 600), Kind.CARD, NoticeState.FAILED, _chats(1), "PICKING", reason=MAYBE, event=1),
        ToldRow(Wall(chat.now - 600), Kind.CARD, NoticeState.FAILED, _chats(1), "PICKING", reason="malformed", event=1),
    )
    order, waiting = _full_report(chat, life).order, Waiting(1)
    missed, stopped = Missed(chat.now, chat.now), Stopped(1, chat.now)
    return OrderCheck(NUMBER, order, cards, told, waiting, staff_told=StaffTold.TOLD, missed=missed, stopped=stopped)


def _missed(check: OrderCheck, now: Wall) -> dict[str, OrderCheck]:
    return {
        "somebody is on it": replace(check, missed=Missed(now, now, "Sam")),
        "somebody of whom nothing is known is on it": replace(check, missed=Missed(None, now, "")),
        "staff hear of it in the morning": replace(check, staff_told=StaffTold.LATER, stopped=Stopped(2, now)),
        "staff don't hear of it": replace(check, missed=Missed(now), staff_told=StaffTold.NOBODY),
    }


def _troubled(order: Order, courier: str | None) -> Order:
    first = replace(order.shipments[0], status="INCIDENT" if courier else "ON_HOLD", courier=courier)
    return replace(order, status=ON_ROUTE, shipments=(first, *order.shipments[1:]) if courier else (first,))


def _chats(count: int) -> frozenset[int]:
    return frozenset(range(count))


def _in_many(order: Order) -> Order:
    first = order.shipments[0]
    parcels = (replace(first, key=f"S{n}", position=n, link=None, raw_url=raw) for n, raw in enumerate(_URLS, 1))
    return replace(order, status=ON_ROUTE, failures=1, shipments=tuple(parcels))


_URLS = ("ask <us>", "-", None, None, None, None, None, None)


def _many_cards() -> tuple[CardsShown, ...]:
    statuses = ("PENDING", "PICKING", "PACKING", "INVOICED", ON_ROUTE)
    return tuple(CardsShown(21 - n, status=one) for n, one in enumerate(statuses))


def _every_kind(chat: Conversation) -> tuple[ToldRow, ...]:
    def told(n: int, kind: Kind = Kind.CARD, **more: Any) -> ToldRow:
        return ToldRow(Wall(chat.now - 900 * n), kind, NoticeState.SENT, _chats(1), ON_ROUTE, **more)

    whys = ("blocked", "kicked", "deactivated", "no right", "message is too long", "message is gone", "topic closed",
            "can't parse entities", "BUTTON_INVALID", "Too Many Requests", "timeout", "something", "")  # fmt: skip
    return (
        *(told(n, kind) for n, kind in enumerate((Kind.NOTE, Kind.NEVER_SEEN, Kind.ARCHIVED))),
        told(1, Kind.NOTE, text="Your cake is ready <early>", is_silent=True),
        told(2, found=Found.WEBHOOK_MISSED),
        told(2, found=Found.WEBHOOK_MAY_COME, event=4),
        told(3, keep=frozenset({Keep.REMINDER})),
        told(4, keep=frozenset({Keep.LATE})),
        told(5, keep=frozenset({Keep.ANSWER}), priority=Priority.ANSWER),
        told(6, keep=frozenset({Keep.ANSWER})),
        told(7, event=1, service="DELIVERED"),
        told(8, event=2, service="RETURNED"),
        told(9, event=3, service="INCIDENT"),
        told(10, event=5, service="ON_ROUTE", service_before="INCIDENT"),
        replace(told(1, Kind.NOTE, text="Early", author="Sam"), state=NoticeState.OPEN),
        *(
            replace(told(1, Kind.NOTE), state=NoticeState.OPEN, waits_until=chat.now, is_held=one)
            for one in (True, False)
        ),
        *(replace(told(1, Kind.NEVER_SEEN), is_silent=one) for one in (True, False)),
        *(replace(told(1, Kind.NOTE), state=NoticeState.CLOSED, reason=f"gone: {one}") for one in whys),
    )


def _full_report(chat: Conversation, life: Life) -> StaffReport:
    order = life.order
    now = Ticks(chat.now)
    if order.shipments:
        first, second = order.shipments
        shipments = (
            replace(first, implies_on_route=True, vehicle="VAN", tracking_id="TRK-1", tracking_status="OUT"),
            replace(second, closed=True, raw_url="ask <us>"),
        )
        order = replace(order, shipments=shipments)
    order = replace(
        order, webhook_at=now, confirmed_at=now, next_poll_at=Ticks(now + 60), unconfirmed_at=now,
        unconfirmed_status="RETURNED", not_found_count=1, failures=2,
    )  # fmt: skip
    rows = (
        HistoryRow(chat.now, "heard", "PICKING", "READY_FOR_SHIPPING"),
        HistoryRow(Wall(chat.now - 600), "seen", None, "PICKING", count=2),
    )
    notes = (
        ToldRow(Wall(chat.now - 900 * n), Kind.NOTE, NoticeState.SENT, _chats(1), text="A" * 160) for n in range(9)
    )
    return StaffReport(order, 3, 1, 2, history=rows, told=tuple(notes))


def _every_word(order: Order, now: Wall) -> Iterator[StaffReport]:
    """Yield reports with each kind of line; one is of a newer version."""
    kinds = (
        *("heard", "chain", "seen", "unseen", "repeat", "held", "doubtful", "stale", "differs", "missed"),
        *("service", "link", "receipt", "of-tomorrow"),
    )
    half = len(kinds) // 2
    for some in (kinds[:half], kinds[half:]):
        yield StaffReport(order, history=tuple(HistoryRow(now, one) for one in some))


def _all_delivered(order: Order) -> Order:
    return replace(order, shipments=tuple(replace(one, status="DELIVERED") for one in order.shipments), failures=1)


def _differing(order: Order, now: Wall) -> Order:
    ended = RecentWebhook(ON_ROUTE, DELIVERED, Ticks(now))
    return replace(order, status=DELIVERED, ended=ended, diverged_at=Ticks(now), not_found_count=5)


def _answers(value: object) -> Any:
    async def answer(*_: object) -> object:
        return value

    return answer
