"""Answers to people: at once, past the outbox, and as persistent as an answer deserves; never an exception.

What must survive a crash (a card, a notice) is a row of the outbox instead.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.people.following import Following
from bot.sending.outcome import Gone, Malformed, Moved, NotSent, Outcome, RetryAfter, Sent, TargetGone, Unknown
from bot.telegram.delivery import Delivery
from bot.words.texts import Text

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds; an answer that is later than this answers nothing any more
ATTEMPTS = 5
FIRST_WAIT = 0.5

Call = Callable[["Way"], Awaitable[Outcome]]


class Way:
    """How the next call is made; each refusal takes away what was refused."""

    def __init__(self, chat_id: int, thread_id: int | None = None, reply_to: int | None = None) -> None:
        self.chat_id = chat_id
        self.thread_id = thread_id
        self.reply_to = reply_to
        self.plain = False


class Replies:
    """Sends and edits through the delivery, and does what each outcome asks for."""

    def __init__(self, delivery: Delivery, following: Following, *, first_wait: float = FIRST_WAIT) -> None:
        self.delivery = delivery
        self._following = following
        self._first_wait = first_wait

    async def send(
        self, chat_id: int, text: Text, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        """A new message; the outcome is that of the last call."""

        async def call(way: Way) -> Outcome:
            return await self.delivery.send(
                way.chat_id, text, thread_id=way.thread_id, reply_to=way.reply_to, plain=way.plain
            )

        return await self._persist(call, Way(chat_id, thread_id, reply_to))

    async def edit(self, chat_id: int, message_id: int, text: Text) -> Outcome:
        """Another text for a message of ours; one that is gone is not sent anew."""

        async def call(way: Way) -> Outcome:
            return await self.delivery.edit(way.chat_id, message_id, text, plain=way.plain)

        return await self._persist(call, Way(chat_id))

    async def document(
        self, chat_id: int, name: str, content: bytes, caption: Text, *, thread_id: int | None = None
    ) -> Outcome:
        """A file."""

        async def call(way: Way) -> Outcome:
            return await self.delivery.document(way.chat_id, name, content, caption, thread_id=way.thread_id)

        return await self._persist(call, Way(chat_id, thread_id))

    async def toast(self, callback_id: str, said: str = "", *, alert: bool = False) -> Outcome:
        """End a press's wait. One call: a second would come too late."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.delivery.answer(callback_id, said, alert=alert)
        except TimeoutError:
            return NotSent("held back by a pause")

    async def _persist(self, call: Call, way: Way) -> Outcome:
        outcome: Outcome = NotSent("held back by a pause")
        try:
            async with asyncio.timeout(PATIENCE):
                for attempt in range(ATTEMPTS):
                    outcome = await call(way)
                    if await self._is_settled(outcome, way, attempt):
                        return outcome
        except TimeoutError:
            pass
        log.warning("An answer to chat %s was given up: %s", way.chat_id, outcome)
        return outcome

    async def _is_settled(self, outcome: Outcome, way: Way, attempt: int) -> bool:
        """Do what the outcome asks for; False if the call is to be made again."""
        match outcome:
            case Sent() | Unknown():  # perhaps shown: twice would be worse than once
                return True
            case Gone(reason):
                await self._following.pause(way.chat_id, reason)
                return True
            case Moved(chat_id):
                await self._following.move(way.chat_id, chat_id)
                way.chat_id, way.reply_to = chat_id, None
            case TargetGone(what):
                if what == "edit":
                    return True
                way.reply_to = None
                way.thread_id = None if what == "thread" else way.thread_id
            case Malformed(reason):
                log.error("Telegram refuses an answer: %s", reason)
                if way.plain:
                    return True
                way.plain = True
            case RetryAfter(seconds):
                await asyncio.sleep(seconds)  # the gate knows it too; without one this alone obeys
            case NotSent():
                await asyncio.sleep(self._first_wait * 2**attempt)
        return False
