"""Choose the one emoji that a message begins with. Without it, the text must still say everything."""

from bot.tracking.statuses import TABLE, Stage, look_up

OF_STAGE = {
    Stage.RECEIVED: "📝",
    Stage.PICKING: "🛒",
    Stage.PACKING: "📦",
    Stage.PACKED: "🧾",
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
PACKAGE = "📦"
VARIABLE = "{emoji}"  # the message begins with the variable $emoji: the order's stage decides

_OF_KEY = {
    "state-unknown": OF_STAGE[Stage.UNKNOWN],
    "state-collected": OF_STAGE[Stage.DELIVERED],
    "back": VARIABLE,
    "corrected": VARIABLE,
    "mistaken": VARIABLE,
    "went-back": OF_STAGE[Stage.RETURNED],
    "assigned": VARIABLE,
    "solved": VARIABLE,
    "late": VARIABLE,
    "incident": PROBLEM,
    "hold": HOLD,
    "parcel-delivered": PACKAGE,
    "all-delivered": PACKAGE,
    "parcel-returned": OF_STAGE[Stage.RETURNED],
    "parcel-mistaken": PACKAGE,
    "link": OF_STAGE[Stage.ON_ITS_WAY],
    "reminder": OF_STAGE[Stage.READY_FOR_PICKUP],
    "never-seen": OF_STAGE[Stage.UNKNOWN],
    "archived": OF_STAGE[Stage.UNKNOWN],
    "note": OF_STAGE[Stage.HANDED_OFF],
    "not-there": OF_STAGE[Stage.UNKNOWN],
}
_GOOD_NEWS = frozenset({"alert-api-up", "alert-key-accepted"})


def of_status(status: str) -> str:
    """Return the emoji of the stage that a status belongs to."""
    return OF_STAGE[look_up(status).stage]


def of_key(key: str) -> str | None:
    """Return the emoji that a message must begin with; None if it must have no emoji at all."""
    if key.startswith("alert-"):
        return OF_STAGE[Stage.DELIVERED] if key in _GOOD_NEWS else PROBLEM
    return _OF_KEY.get(key) or _OF_STATE_KEY.get(key)


def state_key(status: str) -> str:
    """Return the key of the message that tells a status."""
    return f"state-{_slug(status)}"


def short_key(status: str) -> str:
    """Return the key of a status's short phrase, which lists and sentences use."""
    return f"short-{_slug(status)}"


def _slug(status: str) -> str:
    return status.lower().replace("_", "-") if status in TABLE else "unknown"


_OF_STATE_KEY = {state_key(status): of_status(status) for status in TABLE}
