"""Questions of ours that staff reply to: each person has one in a chat, and one that is answered goes.

What is open is only in memory: after a restart one question may be left, which still takes its answer.
"""

from dataclasses import dataclass

from bot.telegram.late_answers import FollowUps
from bot.telegram.replying import Replies

JUST_NOW = 10.0  # seconds, in which the same question is not asked once more


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """A question that waits for a reply: what it asks, the message that asks it, and when that was sent."""

    question: str
    message_id: int
    asked_at: float


class Prompts:
    """The newest question in each chat to each person."""

    def __init__(self, replies: Replies, follow_ups: FollowUps) -> None:
        self._replies = replies
        self._follow_ups = follow_ups
        self._open: dict[tuple[int, int], OpenPrompt] = {}

    def is_asked(self, chat_id: int, person: int, question: str, *, now: float) -> bool:
        """Return whether this very question has just been asked, and waits."""
        before = self._open.get((chat_id, person))
        return before is not None and before.question == question and 0.0 <= now - before.asked_at < JUST_NOW

    def note(self, chat_id: int, person: int, asked: OpenPrompt) -> None:
        """Let a question be the one that waits; the one before it goes."""
        before = self._open.get((chat_id, person))
        self._open[chat_id, person] = asked
        if before is not None:
            self._follow_ups.start(self._replies.delete(chat_id, before.message_id))

    def close(self, chat_id: int, person: int, message_id: int) -> None:
        """Take a question away that has its answer."""
        before = self._open.get((chat_id, person))
        if before is not None and before.message_id == message_id:
            del self._open[chat_id, person]
        self._follow_ups.start(self._replies.delete(chat_id, message_id))
