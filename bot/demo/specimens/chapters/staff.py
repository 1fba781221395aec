"""What only the store's staff reads."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import AMAZON, COUNTS, E_MERCADO, ECOLO, OSCAR, OTHER_NUMBERS
from bot.demo.specimens.conversation import MESSAGE, PRESS, Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.people.staff_service import Checked
from bot.store.reports import FailedNotice, OrderFollower, Stats, StuckOrder
from bot.telegram import beginning, callbacks, shopper, staff
from bot.telegram.commands import Command
from bot.tracking.model import Kind, Order, RecentWebhook, Ticks, Wall
from bot.tracking.statuses import DELIVERED, ON_ROUTE
from bot.transactions.alerting import Alert
from bot.understanding.understood import Intent
from bot.words.callbacks import CallbackAction, CallbackData
from bot.words.messages.staff_report import HistoryRow, NoticeRow, StaffReport

_FOLLOWERS = (
    OrderFollower(7123456, verified=True, notified_status=ON_ROUTE, paused=None),
    OrderFollower(-100123, verified=False, notified_status=None, paused="blocked"),
)


def scenes(edition: Edition) -> Iterator[Scene]:
    """Be alerted, and use every command of staff."""
    yield _first(Conversation(edition, ECOLO, "The first minute", staff=True))
    yield _alerts(Conversation(edition, E_MERCADO, "Alerts, each when it happens", staff=True))
    yield _checks(Conversation(edition, E_MERCADO, "All that is known of an order", staff=True))
    yield _lists(Conversation(edition, E_MERCADO, "What doesn’t move, and the numbers of the day", staff=True))
    yield _followers(Conversation(edition, E_MERCADO, "Who follows an order, and writing to them", staff=True))
    yield _links(Conversation(edition, E_MERCADO, "Links", staff=True))
    yield _counts(Conversation(edition, E_MERCADO, "The same, with each count", staff=True))


def _first(chat: Conversation) -> Scene:
    request, context = chat.request, chat.context
    chat.types("/start", beginning.start(MESSAGE, request, context, Command("start")))
    chat.types("/help", shopper.help_(MESSAGE, request, context))
    for intent in (Intent.GREETING, Intent.WHERE_IS_IT, Intent.CANCEL):
        chat.asks(intent)
    chat.answered("(somebody runs `doctor --send-test`)", "staff-test")
    return chat.scene


def _alerts(chat: Conversation) -> Scene:
    life = Life(chat, ON_ROUTE, DELIVERED)
    for alert, args in _ALERTS.items():
        chat.minutes_later(30)
        row = None if alert in _ENDS else 1
        life.sends(Kind.ALERT, f"({chat.clock}, later)", row=row, alert=alert, args=args)
    for count, verified in zip(COUNTS[1:], (True, False) * 3, strict=True):
        told = {"number": NUMBER, "order": 1, "verified": verified, "since": chat.now - 90_000.0,
                "followers": count, "good": 0 if count == 1 else 1, "missing": 1}  # fmt: skip
        life.sends(Kind.ALERT, f"({chat.clock}, later)", row=1, alert=Alert.NOT_RECEIVED, args=told)
    _more_alerts(chat, life)
    life.sends(Kind.ALERT, f"({chat.clock}, later: an alert of a newer version)", alert="of-tomorrow", args={})
    return chat.scene


def _more_alerts(chat: Conversation, life: Life) -> None:
    """Be alerted to what is said with a time or in two ways; mute a kind, and be done with one."""
    since = chat.now - 90_000.0
    for secret in (True, False):
        life.sends(Kind.ALERT, f"({chat.clock}, later)", row=1, alert=Alert.WEBHOOKS_REFUSED, args={"secret": secret})
    life.sends(Kind.ALERT, f"({chat.clock}, later)", alert=Alert.TOKEN_ACCEPTED, args={"since": since})
    stuck: dict[str, Any] = {
        "alert": Alert.STUCK,
        "args": {"number": NUMBER, "order": 1, "raw": "PICKING", "since": since},
    }
    life.sends(Kind.ALERT, f"({chat.clock}, later)", row=1, **stuck)
    for key in ("toast-muted", "toast-alert-done", "toast-alert-already"):
        chat.toasts(key)
    for name in ("Bea", ""):
        life.sends(Kind.ALERT_EDIT, "(somebody of staff is done with it)", **stuck, done_by=name)
    day = {"orders": 41, "delivered": 17, "missing": 1, "undelivered": 2, "lost": 3, "stuck": 2}
    life.sends(Kind.ALERT, f"({chat.clock}, when the store closes)", alert=Alert.DIGEST, args={"time": chat.now, **day})


_ENDS = frozenset(
    {
        Alert.API_UP,
        Alert.KEY_ACCEPTED,
        Alert.WEBHOOKS_BACK,
        Alert.WEBHOOKS_READABLE,
        Alert.FOUND_AGAIN,
        Alert.DISK_FREE,
        Alert.BACKUP_MADE,
        Alert.DATABASE_DOWN,  # it can't be stored either
        Alert.DATABASE_UP,
        Alert.RECEIVED,
        Alert.MOVES_AGAIN,
    }
)
_ALERTS: Mapping[str, Mapping[str, object]] = {
    Alert.API_DOWN: {},
    Alert.API_UP: {},
    Alert.KEY_REFUSED: {},
    Alert.KEY_ACCEPTED: {},
    Alert.UNKNOWN_STATUS: {"raw": "ROBOT_AT_WORK", "number": NUMBER},
    Alert.UNREADABLE_LINK: {"raw": "ask <us>", "courier": OSCAR, "number": NUMBER},
    Alert.OTHER_ACCOUNT: {"raw": "other-shop"},
    Alert.BACKUP_FAILED: {"reason": "no space left on device"},
    Alert.NOTICE_FAILED: {"number": NUMBER, "reason": "chat not found"},
    Alert.WEBHOOK_MISMAPPED: {"raw": "order, state"},
    Alert.WEBHOOKS_SILENT: {"lost": 4},
    Alert.WEBHOOKS_BACK: {},
    Alert.WEBHOOKS_READABLE: {},
    Alert.NOTHING_FOUND: {"count": 5},
    Alert.FOUND_AGAIN: {},
    Alert.DISK_LOW: {"free": 312},
    Alert.DISK_FREE: {"free": 5_120},
    Alert.BACKUP_MADE: {},
    Alert.DATABASE_DOWN: {},
    Alert.DATABASE_UP: {},
    Alert.RECEIVED: {"number": NUMBER},
    Alert.MOVES_AGAIN: {"number": NUMBER},
}


def _use(chat: Conversation, **service: Any) -> None:
    """Let the handlers of this chat ask a staff service that answers so."""
    chat.context = replace(chat.context, staff_service=cast("Any", SimpleNamespace(**service)))


def _always(value: object) -> Any:
    async def answer(*_: object) -> object:
        return value

    return answer


def _checks(chat: Conversation) -> Scene:
    for title, checked in _checked(chat).items():
        _use(chat, check=_always(checked))
        chat.does(f"you: /check {NUMBER} ({title})", staff.check(MESSAGE, chat.request, chat.context, [NUMBER]))
    chat.types("/check", staff.usage(MESSAGE, chat.request, chat.context, Command("check")))
    chat.asks(Intent.SMALLTALK_OR_UNKNOWN)
    return chat.scene


def _checked(chat: Conversation) -> dict[str, Checked]:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", "READY_FOR_SHIPPING")
    fresh = life.order
    life.parcel(1, ON_ROUTE, courier=AMAZON, link=True).parcel(2, "CREATED", courier=OSCAR)
    return {
        "quiet": Checked(StaffReport(fresh)),
        "much has happened": Checked(_full_report(chat, life)),
        "the courier is ahead": Checked(StaffReport(_all_delivered(life.order), followers=1)),
        "ended, and the API differs": Checked(StaffReport(_differing(life.order, chat.now))),
        "the API is down, and it is not known here": Checked(None, "timeout"),
        "nobody knows it": Checked(None),
    }


def _full_report(chat: Conversation, life: Life) -> StaffReport:
    first, second = life.order.shipments
    now = Ticks(chat.now)
    order = replace(
        life.order,
        shipments=(
            replace(first, implies_on_route=True, vehicle="VAN", tracking_id="TRK-1", tracking_status="OUT"),
            replace(second, closed=True, raw_url="ask <us>"),
        ),
        webhook_at=now, confirmed_at=now, next_poll_at=Ticks(now + 60), unconfirmed_at=now,
        unconfirmed_status="RETURNED", not_found_count=1, failures=2,
    )  # fmt: skip
    rows = (
        HistoryRow(chat.now, "heard", "PICKING", "READY_FOR_SHIPPING"),
        HistoryRow(Wall(chat.now - 600), "seen", None, "PICKING", count=2),
    )
    told = (
        NoticeRow(chat.now, "card", "sent", ON_ROUTE),
        NoticeRow(chat.now, "edit", "aside", ON_ROUTE, "chat not found"),
    )
    return StaffReport(order, 3, 1, 2, history=rows, notices=told)


def _all_delivered(order: Order) -> Order:
    return replace(order, shipments=tuple(replace(one, status="DELIVERED") for one in order.shipments), failures=1)


def _differing(order: Order, now: Wall) -> Order:
    ended = RecentWebhook(ON_ROUTE, DELIVERED, Ticks(now))
    return replace(order, status=DELIVERED, ended=ended, diverged_at=Ticks(now), not_found_count=5)


def _lists(chat: Conversation) -> Scene:
    still = [
        StuckOrder(NUMBER, "PICKING", chat.now - 90_000, 2, "still"),
        StuckOrder(OTHER_NUMBERS[0], "READY_FOR_SHIPPING", chat.now - 7200, 1, "still", reported=DELIVERED),
        StuckOrder(
            OTHER_NUMBERS[1], "PACKING", chat.now - 7200, 1, "turns", in_turns=("PACKING", "INVOICED"), times=21
        ),
    ]
    stats = Stats(21, 101, 5, 0, 1, 2, 1.4, good=20, missing=1, found=1, pauses=1, longest_pause=35.0)
    _use(
        chat,
        stuck=_always((still, [FailedNotice(NUMBER, "chat not found", chat.now)])),
        stats=_always((chat.now - 86_400, stats)),
    )
    chat.types("/stuck", staff.stuck(MESSAGE, chat.request, chat.context))
    chat.types("/stats", staff.stats(MESSAGE, chat.request, chat.context))
    _use(chat, stuck=_always(([], [])))
    chat.types("/stuck", staff.stuck(MESSAGE, chat.request, chat.context))
    return chat.scene


def _followers(chat: Conversation) -> Scene:
    order = Life(chat, ON_ROUTE).order
    _use(
        chat,
        who=_always((order, list(_FOLLOWERS))),
        resend=_always((order, 2)),
        find=lambda _: order,
        count_followers=lambda _: 2,
        draft=_always("draft"),
        send_draft=_always((order, 2)),
        discard_draft=_always(True),
    )
    request, context = chat.request, chat.context
    chat.types(f"/who {NUMBER}", staff.who(MESSAGE, request, context, [NUMBER]))
    chat.types(f"/resend {NUMBER}", staff.resend(MESSAGE, request, context, [NUMBER]))
    for key, press in (("button-send", callbacks.send_draft), ("button-cancel", callbacks.discard_draft)):
        chat.types(f"/tell {NUMBER} …", staff.tell(MESSAGE, request, context, NUMBER, "…"))
        chat.presses(chat.plain(key), press(PRESS, request, context, _draft(chat)))
    chat.types(f"/tell {NUMBER} (a long text)", staff.tell(MESSAGE, request, context, NUMBER, "x" * 2100))
    _use(chat, who=_always((order, [])), resend=_always(None))
    chat.types(f"/who {NUMBER}", staff.who(MESSAGE, request, chat.context, [NUMBER]))
    chat.types(f"/resend {NUMBER}", staff.resend(MESSAGE, request, chat.context, [NUMBER]))
    chat.types("/tell, from staff who may only look", staff.not_admin(MESSAGE, request, chat.context))
    return chat.scene


def _draft(chat: Conversation) -> CallbackData:
    """Return what the newest message's first button sends."""
    text = chat.turns[-1].text
    data = None if text is None else CallbackData.unpack(text.buttons[0][0].value)
    return data or CallbackData(CallbackAction.SEND_DRAFT)


def _links(chat: Conversation) -> Scene:
    _use(chat, linked=_always(None))
    request, context = chat.request, chat.context
    chat.types(f"/link {NUMBER}", staff.link(MESSAGE, request, context, [NUMBER]))
    chat.types("/link (a long number)", staff.link(MESSAGE, request, context, ["V" + "7" * 60]))
    without = replace(context, config=replace(context.config, link_secrets=()))
    chat.does(f"you: /link {NUMBER} (no secret is set)", staff.link(MESSAGE, request, without, [NUMBER]))
    return chat.scene


def _counts(chat: Conversation) -> Scene:
    for key in ("who-heading", "resend-done", "tell-confirm", "tell-done"):
        for count in COUNTS:
            chat.answered(f"(an answer about {count})", key, number=NUMBER, count=count)
    for key in ("check-misses", "check-failures"):
        for count in COUNTS:
            chat.answered(f"(a line of /check about {count})", key, count=count)
    return chat.scene
