"""What only the store's staff reads."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.staff_check import checks
from bot.demo.specimens.chapters.stores import COUNTS, E_MERCADO, ECOLO, OSCAR, OTHER_NUMBERS
from bot.demo.specimens.conversation import MESSAGE, PRESS, Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.store.reports import FailedNotice, OrderFollower, Stats, StuckOrder
from bot.telegram import beginning, callbacks, shopper, staff
from bot.telegram.commands import Command
from bot.tracking.model import Kind
from bot.tracking.statuses import DELIVERED, ON_ROUTE
from bot.transactions.alerts import Alert
from bot.understanding.understood import Intent
from bot.words.callbacks import CallbackAction, CallbackData

_FOLLOWERS = (
    OrderFollower(7123456, verified=True, notified_status=ON_ROUTE, paused=None),
    OrderFollower(-100123, verified=False, notified_status=None, paused="blocked"),
)


def scenes(edition: Edition) -> Iterator[Scene]:
    """Be alerted, and use every command of staff."""
    yield _first(Conversation(edition, ECOLO, "The first minute", staff=True))
    yield _alerts(Conversation(edition, E_MERCADO, "Alerts, each when it happens", staff=True))
    yield checks(Conversation(edition, E_MERCADO, "All that is known of an order", staff=True))
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
        life.sends(Kind.ALERT, f"({chat.clock}, later)", alert=alert, args=args)
    for count, verified in zip(COUNTS[1:], (True, False) * 3, strict=True):
        told = {"number": NUMBER, "order": 1, "verified": verified, "since": chat.now - 90_000.0,
                "followers": count, "good": 0 if count == 1 else 1, "missing": 1}  # fmt: skip
        life.sends(Kind.ALERT, f"({chat.clock}, later)", alert=Alert.NOT_RECEIVED, args=told)
    life.sends(Kind.ALERT, f"({chat.clock}, later: an alert of a newer version)", alert="of-tomorrow", args={})
    return chat.scene


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
}


def _use(chat: Conversation, **service: Any) -> None:
    """Let the handlers of this chat ask a staff service that answers so."""
    chat.context = replace(chat.context, staff_service=cast("Any", SimpleNamespace(**service)))


def _always(value: object) -> Any:
    async def answer(*_: object) -> object:
        return value

    return answer


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
        tell=_always((order, 2)),
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
