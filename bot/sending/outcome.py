"""The possible outcomes of a call to Telegram, one class for each way to go on, and what to try next.

`name` is an outcome's name in the metrics.
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar, get_args

from bot.tracking.timing import backoff


@dataclass(frozen=True, slots=True)
class Sent:
    """The chat shows it ("not modified" too). `message_id` is None where the call made no message."""

    name: ClassVar[str] = "sent"
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """429: not an attempt; no call to the chat before `seconds` have passed."""

    name: ClassVar[str] = "retry-after"
    seconds: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not shown (connection refused, 5xx): to be tried again."""

    name: ClassVar[str] = "not-sent"
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request had left and no answer came: perhaps shown."""

    name: ClassVar[str] = "unknown"
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can't be written to: blocked, kicked, deactivated, not found, no right to write."""

    name: ClassVar[str] = "gone"
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with a new chat id."""

    name: ClassVar[str] = "moved"
    chat_id: int


@dataclass(frozen=True, slots=True)
class TargetGone:
    """The message to edit or reply to, or the thread, does not exist. `what`: edit, reply or thread.

    `for_good`: False where it is a topic that is closed, and may be opened again.
    """

    name: ClassVar[str] = "target-gone"
    what: str
    for_good: bool = field(default=True, compare=False)

    @property
    def is_topic(self) -> bool:
        """Whether the topic was deleted: it is not tried again."""
        return self.what == "thread" and self.for_good


@dataclass(frozen=True, slots=True)
class Malformed:
    """Telegram refuses the message itself: entity, button, length."""

    name: ClassVar[str] = "malformed"
    reason: str


Outcome = Sent | RetryAfter | NotSent | Unknown | Gone | Moved | TargetGone | Malformed
OUTCOME_NAMES: tuple[str, ...] = tuple(kind.name for kind in get_args(Outcome))


@dataclass(frozen=True, slots=True)
class SendOptions:
    """How a message goes out. `plain`: without tags and buttons that Telegram could refuse."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None
    silent: bool = False
    plain: bool = False


def corrected(outcome: Outcome, options: SendOptions) -> SendOptions | None:
    """Return the options for the same call at once, without what was refused; None if there is nothing to leave out."""
    match outcome:
        case TargetGone("thread") if options.thread_id is not None or options.reply_to is not None:
            return replace(options, thread_id=None, reply_to=None)
        case TargetGone("reply") if options.reply_to is not None:
            return replace(options, reply_to=None)
        case Malformed() if not options.plain:
            return replace(options, plain=True)
    return None


def retry_wait(outcome: Outcome, failures: int, *, first: float, most: float) -> float | None:
    """Return the seconds until the same call may be made again, after this many failures in a row; None for never.

    Never after Unknown either: an answer to a person is perhaps shown, and twice would be worse than once. (A notice
    is sent once more: `transactions.delivery_results.mark_unknown`.)
    """
    match outcome:
        case RetryAfter(seconds):
            return seconds
        case NotSent():
            return backoff(failures, first=first, most=most)
    return None
