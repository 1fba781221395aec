"""Why Telegram didn't take a message, in a few words of staff's language: its own are English, and technical."""

from collections.abc import Iterable

from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, escape

LONGEST_QUOTED = 40  # of a reason that has no words here
# what the reason says, in small letters, and the key of it in a few words; the first that fits
_WHY = (
    ("block", "check-why-blocked"),
    ("kick", "check-why-removed"),
    ("not a member", "check-why-removed"),
    ("removed", "check-why-removed"),
    ("left", "check-why-removed"),
    ("deactivated", "check-why-deleted"),
    ("too long", "check-why-too-long"),
    ("too big", "check-why-too-long"),
    ("too_long", "check-why-too-long"),
    ("message to edit not found", "check-why-message-gone"),
    ("message is gone", "check-why-message-gone"),
    ("message to be replied not found", "check-why-message-gone"),
    ("thread not found", "check-why-topic-gone"),
    ("topic", "check-why-topic-gone"),
    ("not found", "check-why-deleted"),
    ("peer_id", "check-why-deleted"),
    ("parse", "check-why-format"),
    ("unsupported start tag", "check-why-format"),
    ("button", "check-why-button"),
    ("right", "check-why-no-right"),
    ("restricted", "check-why-no-right"),
    ("forbidden", "check-why-no-right"),
    ("too many requests", "check-why-busy"),
    ("retry after", "check-why-busy"),
    ("perhaps told", "check-why-no-answer"),
    ("timed out", "check-why-no-answer"),
    ("timeout", "check-why-no-answer"),
    ("cannot connect", "check-why-no-answer"),
    ("disconnected", "check-why-no-answer"),
    ("gateway", "check-why-no-answer"),
    ("internal server error", "check-why-no-answer"),
)
_PREFIXES = ("gone:", "gone", "malformed:", "malformed", "Bad Request:", "Forbidden:")  # of ours, of the Bot API


def why(localizer: Localizer, reason: str | None) -> Markup:
    """Return in a few words why a message did not arrive; a reason that has none is quoted as it is."""
    said = (reason or "").lower()
    key = next((key for part, key in _WHY if part in said), None)
    if key is not None:
        return localizer.html(key)
    quoted = _quoted(reason or "")
    return localizer.html("check-why-quoted", text=escape(quoted)) if quoted else localizer.html("check-why-other")


def reasons(localizer: Localizer, counted: Iterable[tuple[str | None, int]]) -> Markup:
    """Return why so many chats can't be written to; with how many each where there are several reasons."""
    by_reason: dict[Markup, int] = {}
    for reason, count in counted:
        words = why(localizer, reason)
        by_reason[words] = by_reason.get(words, 0) + count
    if len(by_reason) == 1:
        return next(iter(by_reason))
    return Markup(", ".join(f"{count} × {words}" for words, count in by_reason.items()))


def _quoted(reason: str) -> str:
    for prefix in _PREFIXES:
        reason = reason.removeprefix(prefix).strip()
    return reason if len(reason) <= LONGEST_QUOTED else f"{reason[:LONGEST_QUOTED]}…"
