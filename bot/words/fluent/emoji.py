"""Choose the one emoji that a message begins with. Without it, the text must still say everything."""

import re

from bot.tracking.statuses import TABLE, Stage, look_up

OF_STAGE = {
    Stage.RECEIVED: "📝",
    Stage.BEING_PREPARED: "🛒",
    Stage.PACKED: "📦",
    Stage.AWAITING_COURIER: "⏳",
    Stage.ON_ITS_WAY: "🚚",
    Stage.READY_FOR_PICKUP: "🛍️",
    Stage.DELIVERED: "✅",
    Stage.RETURNED: "↩️",
    Stage.CANCELED: "❌",
    Stage.HANDED_OFF: "💬",
    Stage.UNKNOWN: "ℹ️",
}
PROBLEM = "⚠️"
HOLD = "⏸️"
WITHOUT_A_WAY = frozenset({"PREPARING_SHIPPING"})  # it is arranged for orders that are picked up too
VARIABLE = "{emoji}"  # the message begins with the variable $emoji: the order's stage decides

# also what phones show in colour without being asked, and the parts of a sign made of several
ANY = re.compile(
    "[\u00a9\u00ae\u200d\u203c\u2049\u20e3\u2122\u2139\u2194-\u2199\u21a9\u21aa\u2300-\u23ff\u24c2\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]"
)
_OF_KEY = {
    **{f"headline-{stage.value}": sign for stage, sign in OF_STAGE.items()},
    "headline-collected": OF_STAGE[Stage.DELIVERED],
    "headline-missing": PROBLEM,
    "headline-uncollected": PROBLEM,
    "headline-partly-there": OF_STAGE[Stage.READY_FOR_PICKUP],
    "headline-unreported": OF_STAGE[Stage.READY_FOR_PICKUP],
    "headline-reminder": OF_STAGE[Stage.READY_FOR_PICKUP],
    "headline-package-delivered": OF_STAGE[Stage.ON_ITS_WAY],
    "headline-package-returned": OF_STAGE[Stage.RETURNED],
    "headline-partly": OF_STAGE[Stage.RETURNED],
    "headline-arranging": OF_STAGE[Stage.AWAITING_COURIER],
    "headline-incident": PROBLEM,
    "headline-hold": HOLD,
    "fold": VARIABLE,
    "never-seen": OF_STAGE[Stage.UNKNOWN],
    "archived": OF_STAGE[Stage.UNKNOWN],
    "note": OF_STAGE[Stage.HANDED_OFF],
    "not-there": OF_STAGE[Stage.UNKNOWN],
    "alert-digest": OF_STAGE[Stage.UNKNOWN],
}
_GOOD_NEWS = frozenset(
    {
        "alert-api-up",
        "alert-backup-made",
        "alert-database-up",
        "alert-disk-free",
        "alert-found-again",
        "alert-key-accepted",
        "alert-moves-again",
        "alert-received",
        "alert-token-accepted",
        "alert-webhooks-back",
        "alert-webhooks-readable",
    }
)


def of_status(status: str) -> str:
    """Return the emoji of the stage that a status belongs to."""
    return OF_STAGE[look_up(status).stage]


def of_key(key: str) -> str | None:
    """Return the emoji that a message must begin with; None if it must have no emoji at all."""
    if key.startswith("alert-") and key not in _OF_KEY:
        return OF_STAGE[Stage.DELIVERED] if key in _GOOD_NEWS else PROBLEM
    return _OF_KEY.get(key)


def headline_key(status: str) -> str:
    """Return the key of line 1 of a card."""
    return f"headline-{_phrase(status)}"


def state_key(status: str) -> str:
    """Return the key of the sentence that says what a status means."""
    return f"state-{_slug(status)}"


def past_key(status: str) -> str:
    """Return the key of a status's line in the timeline."""
    return f"past-{_slug(status)}"


def short_key(status: str) -> str:
    """Return the key of a status's short phrase, which lists and sentences use: the headline's words."""
    return f"short-{_phrase(status)}"


def _phrase(status: str) -> str:
    """Return the name of a status's phrase, which is that of its stage; where no courier need come, one of its own."""
    return "arranging" if status in WITHOUT_A_WAY else look_up(status).stage.value


def _slug(status: str) -> str:
    return status.lower().replace("_", "-") if status in TABLE else "unknown"
