"""What only the store's staff reads."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from bot.demo.samples import NUMBER, WHEN
from bot.demo.specimens.chapters.lists import phrases
from bot.demo.specimens.chapters.staff_alerts import alerts
from bot.demo.specimens.chapters.staff_check import checks
from bot.demo.specimens.chapters.stores import COUNTS, E_MERCADO, ECOLO, OTHER_NUMBERS
from bot.demo.specimens.conversation import MESSAGE, PRESS, Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.people.open_alerts import OpenAlert
from bot.people.order_arguments import named_before
from bot.telegram import beginning, callbacks, panel, staff
from bot.telegram.commands import Command
from bot.tracking.model import Order, OrderFollower, OrderPk, Subscription, SubscriptionId, Wall
from bot.tracking.overview import (
    FailedNotices,
    Period,
    StageLimit,
    StageTimes,
    Stats,
    StuckList,
    StuckOrder,
    TroubledOrder,
    Why,
)
from bot.tracking.statuses import DELIVERED, ON_ROUTE, Stage
from bot.transactions.inbox import Done, DoneKind
from bot.transactions.staff import Dispatch
from bot.understanding.understood import Intent
from bot.words.callbacks import (
    PANEL_ALERTS,
    PANEL_SEARCH,
    PANEL_SETTINGS,
    PANEL_WRITE,
    CallbackAction,
    CallbackData,
)
from bot.words.messages.check_context import OrderCheck

_FOLLOWERS = (
    OrderFollower(
        Subscription(SubscriptionId(1), 7123456, OrderPk(1), verified=True, notified_status=ON_ROUTE),
        told_at=Wall(WHEN - 600),
    ),
    OrderFollower(Subscription(SubscriptionId(2), -100123, OrderPk(1)), paused="blocked"),
)


def scenes(edition: Edition) -> Iterator[Scene]:
    """Be alerted, and use every command of staff."""
    yield _first(Conversation(edition, ECOLO, "The first minute", staff=True))
    yield alerts(Conversation(edition, E_MERCADO, "Alerts, each when it happens", staff=True))
    yield checks(Conversation(edition, E_MERCADO, "All that is known of an order", staff=True))
    yield _lists(Conversation(edition, E_MERCADO, "What doesn’t move, and the numbers of the day", staff=True))
    yield _followers(Conversation(edition, E_MERCADO, "Who follows an order, and writing to them", staff=True))
    yield _links(Conversation(edition, E_MERCADO, "Links", staff=True))
    yield phrases(Conversation(edition, E_MERCADO, "How a list words each order", staff=True))
    yield _counts(Conversation(edition, E_MERCADO, "The same, with each count", staff=True))


def _first(chat: Conversation) -> Scene:
    request, context = chat.request, chat.context
    chat.types("/start", beginning.start(MESSAGE, request, context, Command("start")))
    chat.types("/help", panel.help_(MESSAGE, request, context))
    chat.answered("you answer [Search order] with words", "panel-search-unclear")
    looking = replace(request, is_admin=False)
    chat.does("[Settings], of staff who may only look", panel.turn(PRESS, looking, context, _page(PANEL_SETTINGS)))
    for intent in (Intent.GREETING, Intent.WHERE_IS_IT, Intent.CANCEL):
        chat.asks(intent)
    chat.answered("(somebody runs `doctor --send-test`)", "staff-test")
    return chat.scene


def _of(name: str) -> Command:
    return Command(name, rest=NUMBER)


def _use(chat: Conversation, order: Order | None = None, api_error: str | None = None, **service: Any) -> None:
    """Let the handlers of this chat ask a staff service that answers so, and find this order."""
    check = OrderCheck(NUMBER, order, api_error=api_error)

    async def find_before(_who: int, text: str) -> tuple[OrderCheck | None, str]:
        number, words = named_before(text, NUMBER.__eq__)
        return (None if number is None else check), words

    stored = SimpleNamespace(order_id=NUMBER)
    named = SimpleNamespace(order_of=lambda _: stored, find=_always([check]), find_before=find_before)
    chat.context = replace(
        chat.context, staff_service=cast("Any", SimpleNamespace(**service)), order_checks=cast("Any", named)
    )


def _always(value: object) -> Any:
    async def answer(*_: object) -> object:
        return value

    return answer


def _lists(chat: Conversation) -> Scene:
    request = chat.request
    for title, found in _found(chat.now).items():
        _use(chat, stuck=_always((chat.now, found)))
        chat.does(f"you: /stuck ({title})", panel.stuck(MESSAGE, request, chat.context))
    for title, counted in _counted().items():
        _use(chat, stats=_always(counted))
        chat.does(f"you: /stats ({title})", panel.stats(MESSAGE, request, chat.context))
    for title, wrong in _open(chat.now).items():
        muted = min(len(wrong), 1)
        _use(chat, open_alerts=lambda shown=wrong: (chat.now, shown), muted=lambda _, n=muted: (n, chat.now))
        chat.does(f"[Alerts] ({title})", panel.turn(PRESS, request, chat.context, _page(PANEL_ALERTS)))
    chat.does("[Settings]", panel.turn(PRESS, request, chat.context, _page(PANEL_SETTINGS)))
    for page in (PANEL_SEARCH, PANEL_WRITE):
        chat.does(f"[{page}]", panel.turn(PRESS, request, chat.context, _page(page)))
    return chat.scene


def _page(name: str) -> CallbackData:
    return CallbackData(CallbackAction.PANEL, name)


def _found(now: Wall) -> dict[str, StuckList]:
    two_hours_ago, own = Wall(now - 7200), StageLimit(4200.0, is_own=True)
    first, second, third = OTHER_NUMBERS[:3]
    orders = (
        StuckOrder(OrderPk(1), NUMBER, "PICKING", Wall(now - 90_000), Why.SLOW, own),
        StuckOrder(OrderPk(2), first, "ON_ROUTE", Wall(now - 400_000), Why.SLOW, StageLimit(259_200.0)),
        StuckOrder(OrderPk(3), second, "READY_FOR_SHIPPING", two_hours_ago, Why.COURIER, own, reported=DELIVERED),
        StuckOrder(OrderPk(4), third, "PACKING", two_hours_ago, Why.IN_TURNS, own, times=21),
        StuckOrder(OrderPk(5), first, "PACKING", two_hours_ago, Why.NOT_FOUND, own),
        StuckOrder(OrderPk(6), second, DELIVERED, two_hours_ago, Why.UNCONFIRMED, None),
    )
    failed = (
        FailedNotices(OrderPk(1), NUMBER, "can't parse entities", Wall(now - 600)),
        FailedNotices(OrderPk(2), first, "message is too long", Wall(now - 90_000), messages=5),
        FailedNotices(None, None, "Bad Request: STRANGE", Wall(now - 700)),
        FailedNotices(OrderPk(3), second, "perhaps told: timeout", Wall(now - 900), is_unknown=True),
        FailedNotices(None, None, "can't parse entities", Wall(now - 900), is_alert=True),
    )
    many = tuple(replace(orders[0], id=OrderPk(one)) for one in range(20, 50))
    troubled = (
        TroubledOrder(OrderPk(3), second, "INCIDENT", Wall(now - 90_000), "Blue Van"),
        TroubledOrder(OrderPk(4), third, "ON_HOLD", two_hours_ago),
    )
    return {"several kinds": StuckList(orders, failed, troubled), "many": StuckList(many), "nothing": StuckList()}


def _counted() -> dict[str, Stats]:
    today = Period(42, 31, 2, 120, 1, 0, 12, 1, 0, 3, median=0.0, p99=14.0)
    week = Period(301, 280, 9, 911, 6, 2, 80, 4, 3, 21, median=2.4, p99=190.0)
    stages = {
        Stage.RECEIVED: StageTimes(301, 600.0, 5400.0),
        Stage.BEING_PREPARED: StageTimes(290, 1500.0, 4800.0),
        Stage.ON_ITS_WAY: StageTimes(1, 90_000.0, 90_000.0),
    }
    full = Stats(today, week, stages, followed=21, chats=101, waiting=5, pauses=1, longest_pause=35.0)
    return {"a week": full, "the first minute": Stats()}


def _open(now: Wall) -> dict[str, list[OpenAlert]]:
    keys = ("open-database", "open-telegram", "open-pickpack")
    wrong = [
        OpenAlert(key, Wall(now - 600), values={"how": how}) for key in keys for how in ("down", "failing", "limited")
    ]
    return {"much is wrong": wrong, "nothing is": []}


def _followers(chat: Conversation) -> Scene:
    order = Life(chat, ON_ROUTE).order
    _use(
        chat,
        order,
        who=_always((order, list(_FOLLOWERS))),
        resend=_always((order, Dispatch(2))),
        count_followers=lambda _: 2,
        draft=_always("draft"),
        unreachable_followers=lambda _: [("blocked", 1)],
        send_draft=_always((Done(DoneKind.TOLD, NUMBER, count=2, text="…"), Dispatch(2))),
        discard_draft=_always(True),
    )
    request, context = chat.request, chat.context
    chat.types(f"/who {NUMBER}", staff.who(MESSAGE, request, context, _of("who")))
    chat.types(f"/resend {NUMBER}", staff.resend(MESSAGE, request, context, _of("resend")))
    for key, press in (("button-send", callbacks.send_draft), ("button-cancel", callbacks.discard_draft)):
        chat.types(f"/tell {NUMBER} …", staff.tell(MESSAGE, request, context, Command("tell", rest=f"{NUMBER} …")))
        chat.presses(chat.plain(key), press(PRESS, request, context, _draft(chat)))
    for did, rest in _unfinished_notes().items():
        chat.types(did, staff.tell(MESSAGE, request, context, Command("tell", rest=rest)))
    chat.answered("you: /who", "staff-usage", command=f"/who {NUMBER}")
    for key in ("toast-asked-already", "toast-below", "toast-asking"):
        chat.toasts(key)
    for by in ("you", "another"):
        chat.toasts("toast-sent-already", by=by, time=chat.clock)
    chat.toasts("toast-draft-gone")
    _use(chat, order, count_followers=lambda _: 2, resend=_always((order, Dispatch(before=chat.now))))
    chat.types(f"/resend {NUMBER}", staff.resend(MESSAGE, request, chat.context, _of("resend")))
    chat.toasts("toast-resent-already", time=chat.clock)
    for unreachable in ([("blocked", 1)], [("blocked", 2), ("kicked", 1)], []):
        _use(chat, order, who=_always((order, [])), count_followers=lambda _: 0,
             unreachable_followers=lambda _, counted=unreachable: counted)  # fmt: skip
        chat.types(f"/resend {NUMBER}", staff.resend(MESSAGE, request, chat.context, _of("resend")))
    chat.types(f"/who {NUMBER}", staff.who(MESSAGE, request, chat.context, _of("who")))
    _use(chat, None)
    chat.types(f"/who {NUMBER} (nobody knows it)", staff.who(MESSAGE, request, chat.context, _of("who")))
    chat.types("/tell, from staff who may only look", staff.not_admin(MESSAGE, request, chat.context))
    return chat.scene


def _unfinished_notes() -> dict[str, str]:
    """Return notes that lack something, or have too much."""
    return {
        "/tell": "",
        f"/tell {NUMBER}": NUMBER,
        "/tell (a text without a number)": "…",
        f"/tell {NUMBER} (a long text)": f"{NUMBER} {'x' * 2100}",
    }


def _draft(chat: Conversation) -> CallbackData:
    """Return what the newest message's first button sends."""
    text = chat.turns[-1].text
    data = None if text is None else CallbackData.unpack(text.buttons[0][0].value)
    return data or CallbackData(CallbackAction.SEND_DRAFT)


def _links(chat: Conversation) -> Scene:
    _use(chat, Life(chat, ON_ROUTE).order, linked=_always(None))
    request = chat.request
    chat.types(f"/link {NUMBER}", staff.link(MESSAGE, request, chat.context, _of("link")))
    for title, error in (("nobody knows it yet", None), ("while nobody answers", "timeout")):
        _use(chat, None, error, linked=_always(None))
        chat.does(f"you: /link {NUMBER} ({title})", staff.link(MESSAGE, request, chat.context, _of("link")))
    chat.types("/link (a long number)", staff.make_link(request, chat.context, "V" + "7" * 60))
    without = replace(chat.context, config=replace(chat.context.config, link_secrets=()))
    chat.does(f"you: /link {NUMBER} (no secret is set)", staff.link(MESSAGE, request, without, _of("link")))
    return chat.scene


_PANEL_COUNTS = (
    "open-muted", "stuck-in-turns", "stuck-failed", "stuck-perhaps", "stuck-failed-alert", "stats-kept", "stats-stage",
    "stats-followed", "stats-chats", "stats-waiting", "stats-pauses",
)  # fmt: skip


def _counts(chat: Conversation) -> Scene:
    why = chat.plain("check-why-blocked")
    for key in ("who-heading", "resend-done", "tell-confirm", "tell-done", "who-unreachable", "who-rest",
                "check-misses", "check-failures"):  # fmt: skip
        for count in COUNTS:
            chat.answered(
                f"(an answer about {count})", key, number=NUMBER, count=count, why=chat.plain("check-why-blocked")
            )
    named: dict[str, Any] = {
        "number": NUMBER,
        "time": chat.clock,
        "why": why,
        "status": ON_ROUTE,
    }
    named |= {"lasted": 4800.0, "median": 1500.0, "most": 4800.0}
    for key in _PANEL_COUNTS:
        for count in COUNTS:
            chat.answered(f"(a line of the panel about {count})", key, count=count, days=count, **named)
    return chat.scene
