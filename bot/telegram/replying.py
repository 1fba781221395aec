"""Answers to people: at once, past the outbox, and as persistent as an answer deserves; never an exception.

What must survive a crash (a card, a notice) is a row of the outbox instead.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.people.follow_service import FollowService
from bot.sending.outcome import (
    Gone,
    Malformed,
    Moved,
    NotSent,
    Outcome,
    SendOptions,
    Sent,
    TargetGone,
    corrected,
    retry_wait,
)
from bot.sending.pacing import CallGate
from bot.telegram.delivery import Delivery
from bot.words.texts import Text

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds; an answer that is later than this answers nothing any more
ATTEMPTS = 5
FIRST_WAIT = 0.5
BUTTONS_SECONDS = 5.0
HELD_BACK = NotSent("held back by a pause")

Call = Callable[[SendOptions], Awaitable[Outcome]]


class Replies:
    """Sends and edits through the delivery, and does what each outcome asks for."""

    def __init__(
        self, delivery: Delivery, follow_service: FollowService, gate: CallGate, *, first_wait: float = FIRST_WAIT
    ) -> None:
        self.delivery = delivery
        self._follow_service = follow_service
        self._gate = gate
        self._first_wait = first_wait

    async def send(
        self, chat_id: int, text: Text, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        """Send a new message; return the outcome of the last call."""

        async def call(options: SendOptions) -> Outcome:
            return await self.delivery.send(
                options.chat_id, text, thread_id=options.thread_id, reply_to=options.reply_to, plain=options.plain
            )

        return await self._persist(call, SendOptions(chat_id, thread_id, reply_to))

    async def edit(self, chat_id: int, message_id: int, text: Text) -> Outcome:
        """Show another text in a message of ours; one that is gone is not sent anew."""

        async def call(options: SendOptions) -> Outcome:
            return await self.delivery.edit(options.chat_id, message_id, text, plain=options.plain)

        return await self._persist(call, SendOptions(chat_id))

    async def document(
        self, chat_id: int, name: str, content: bytes, caption: Text, *, thread_id: int | None = None
    ) -> Outcome:
        """Send a file."""

        async def call(options: SendOptions) -> Outcome:
            return await self.delivery.document(options.chat_id, name, content, caption, thread_id=options.thread_id)

        return await self._persist(call, SendOptions(chat_id, thread_id))

    async def remove_buttons(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Take the buttons of messages away in this order, at the chat's pace and within BUTTONS_SECONDS."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BUTTONS_SECONDS):
                for message_id in message_ids:
                    await self._gate.take_turn(chat_id)
                    await self.delivery.remove_buttons(chat_id, message_id)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message of ours that nobody needs any more, if Telegram still can."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BUTTONS_SECONDS):
                await self._gate.take_turn(chat_id)
                await self.delivery.delete(chat_id, message_id)

    async def toast(self, callback_id: str, said: str = "", *, chat_id: int, alert: bool = False) -> Outcome:
        """End the wait of a press in this chat. One call: a second would come too late."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._gate.take_turn(chat_id, toast=True)
                return await self.delivery.answer(callback_id, said, chat_id=chat_id, alert=alert)
        except TimeoutError:
            return HELD_BACK

    async def _persist(self, call: Call, options: SendOptions) -> Outcome:
        outcome: Outcome = HELD_BACK
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for failures in range(1, ATTEMPTS + 1):
                    await self._gate.take_turn(options.chat_id)
                    chat = self._follow_service.chat(options.chat_id)
                    outcome = await call(options)
                    await self._note(outcome, options, met=None if chat is None else chat.met)
                    retry = await self._next_attempt(outcome, options, failures)
                    if retry is None:
                        _log_answer(outcome, options.chat_id, failures)
                        return outcome
                    options = retry
        log.warning("An answer to chat %s was given up: %s", options.chat_id, outcome)
        return outcome

    async def _next_attempt(self, outcome: Outcome, options: SendOptions, failures: int) -> SendOptions | None:
        """Return how the next call is made, once its time has come; None if this was the last one."""
        if isinstance(outcome, Moved):
            return replace(options, chat_id=outcome.chat_id, reply_to=None)
        wait = retry_wait(outcome, failures, first=self._first_wait, most=PATIENCE)
        if wait is None:
            return corrected(outcome, options)
        await asyncio.sleep(wait)  # after a 429 the gate waits too; without one this alone obeys
        return options

    async def _note(self, outcome: Outcome, options: SendOptions, *, met: int | None) -> None:
        """Keep what an outcome says of the chat. `met`: the chat's when the call was begun; None: it was not known."""
        chat_id, thread_id = options.chat_id, options.thread_id
        match outcome:
            case TargetGone() if outcome.is_topic and thread_id is not None:
                await self._follow_service.forget_topic(chat_id, thread_id)
            case Gone(reason) if met is not None:
                await self._follow_service.pause(chat_id, reason, met=met)
            case Moved(new_id):
                await self._follow_service.move(chat_id, new_id)
            case Malformed(reason):
                log.error("Telegram refuses an answer: %s", reason)


def _log_answer(outcome: Outcome, chat_id: int, attempts: int) -> None:
    """Log that somebody was answered: where, never what."""
    if isinstance(outcome, Sent):
        named = {"chat": chat_id, "kind": "answer", "attempts": attempts}
        log.info("Answered: chat %s, attempt %d", chat_id, attempts, extra={"fields": named})
