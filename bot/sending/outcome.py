"""What became of a call to Telegram, told by what the caller must do next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Shown in the chat ("not modified" too). `message_id` None where the call made no message."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """429: not an attempt; nothing before `seconds` are over. `whole_bot`: Telegram named no chat's limit."""

    seconds: float
    whole_bot: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not shown (connection refused, 5xx): try again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request had left and no answer came: perhaps shown."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can't be written to: blocked, kicked, deactivated, not found, no right to write."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with a new chat id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class TargetGone:
    """The message to edit or to reply to, or the thread, is gone: without it. `what`: edit, reply or thread."""

    what: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """Telegram refuses the message itself: entity, button, length."""

    reason: str


Outcome = Sent | RetryAfter | NotSent | Unknown | Gone | Moved | TargetGone | Malformed
