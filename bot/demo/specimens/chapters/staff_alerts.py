"""What staff are alerted to, and what they press under it."""

from collections.abc import Mapping
from typing import Any

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import COUNTS, OSCAR
from bot.demo.specimens.conversation import Conversation
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.tracking.model import Kind
from bot.tracking.statuses import DELIVERED, ON_ROUTE
from bot.transactions.alerting import Alert


def alerts(chat: Conversation) -> Scene:
    """Be alerted to all that there is, and press what stands below."""
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
        "args": {"number": NUMBER, "order": 1, "status": "PICKING", "since": since, "why": "slow"},
    }
    life.sends(Kind.ALERT, f"({chat.clock}, later)", row=1, **stuck)
    for why in ("courier", "not-found", "unconfirmed", "in-turns"):
        args = {**stuck["args"], "why": why, "reported": DELIVERED, "times": 4}
        life.sends(Kind.ALERT, f"({chat.clock}, later)", row=1, alert=Alert.STUCK, args=args)
    nobodys = {**_ALERTS[Alert.UNREADABLE_LINK], "courier": "-"}
    life.sends(Kind.ALERT, f"({chat.clock}, later)", row=1, alert=Alert.UNREADABLE_LINK, args=nobodys)
    _alert_presses(chat, life, stuck)
    day = {"orders": 41, "delivered": 17, "missing": 1, "undelivered": 2, "lost": 3, "stuck": 2}
    life.sends(Kind.ALERT, f"({chat.clock}, when the store closes)", alert=Alert.DIGEST, args={"time": chat.now, **day})


def _alert_presses(chat: Conversation, life: Life, alert: dict[str, Any]) -> None:
    """Mute a kind and take that back, be done with an alert, and press again what has been pressed."""
    life.sends(Kind.ALERT_EDIT, "(you have muted its kind)", row=1, **alert, muted_until=chat.now + 3600.0)
    life.sends(Kind.ALERT_EDIT, "(it is over)", row=1, **alert, over_at=chat.now)
    for name in ("Bea", ""):
        life.sends(Kind.ALERT_EDIT, "(somebody of staff is done with it)", **alert, done_by=name)
    for key in ("toast-muted", "toast-muted-already"):
        chat.toasts(key, time=chat.clock)
    for key in ("toast-unmuted", "toast-not-muted", "toast-alert-over", "toast-alert-done"):
        chat.toasts(key)
    for by in ("you", "another", "unknown"):
        chat.toasts("toast-alert-already", by=by, name="Bea")
    for named in (True, False):
        chat.toasts("toast-staff-old", named=named, number=NUMBER)


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
