"""From the outbox to a chat: claim → render → deliver → mark. Right of the one durable cut.

Nothing here remembers what is to be sent: the table does. Only who may be sent to now is remembered, by the pacer.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.process.clock import Clock
from bot.sending.outcome import (
    Gone,
    Malformed,
    Moved,
    NotSent,
    Outcome,
    RetryAfter,
    SendOptions,
    Sent,
    TargetGone,
    Unknown,
    corrected,
)
from bot.sending.pacing import CALLS_UNDER_WAY, Pacer
from bot.sending.pauses import LONG_PAUSE
from bot.store import outbox
from bot.store.database import Database
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking.model import Chat, Kind, Notice, NoticeId, Order, Priority, Subscription
from bot.transactions import delivery_results
from bot.transactions.context import ContextSource
from bot.transactions.delivery_results import ClaimedNotice
from bot.words.texts import Text

log = logging.getLogger(__name__)

LONGEST_NAP = 30.0
STORE_NAP = 1.0


class Transport(Protocol):
    """What the sender needs of the Telegram room."""

    async def send(
        self,
        chat_id: int,
        text: Text,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        plain: bool = False,
    ) -> Outcome:
        """A new message."""

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        """Another text for a message of ours."""


class MessageRenderer(Protocol):
    """What the sender needs of the words room."""

    def notice(
        self, notice: Notice, order: Order | None, subscription: Subscription | None, chat: Chat, *, now: float
    ) -> Text:
        """The words for a notice, in the chat's language."""


class Sender:
    """Sends what is due, woken by `due`. `told` gets each notice's kind, outcome and age in seconds."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        pacer: Pacer,
        *,
        wording: MessageRenderer,
        delivery: Transport,
        due: asyncio.Event,
        told: Callable[[Notice, Outcome, float], None] = lambda _notice, _outcome, _age: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._contexts = contexts
        self._pacer = pacer
        self._wording = wording
        self._delivery = delivery
        self._told = told
        self._due = due
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Is a call under way?"""
        return bool(self._tasks)

    async def run(self) -> None:
        """Send what is due until `stop`; what was under way when the last process ended first."""
        work = partial(delivery_results.release_at_start, context=self._contexts.current())
        released = await self._database.write(work)
        if released:
            log.info("%d messages were under way when the last process ended: sent again", released)
        while not self._stopping:
            self._due.clear()
            nap = LONGEST_NAP
            try:
                nap = self.step()
            except StoreError as error:
                log.warning("Could not look for due messages: %s", error)
                nap = STORE_NAP
            await self._sleep(nap)

    async def stop(self) -> None:
        """Claim nothing more and finish what is under way."""
        self._stopping = True
        self._due.set()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def step(self) -> float:
        """Start all that may be sent now; returns the seconds until the next look is worth it."""
        now = self._clock.now()
        naps = [LONGEST_NAP]
        for priority in Priority:
            naps.append(self._start_lane(priority, now))
        due = outbox.next_due(self._database.reader)
        if due is not None and due > now:
            naps.append(due - now)
        return max(0.0, min(naps))

    def _start_lane(self, priority: Priority, now: float) -> float:
        """Start what is due in a lane; seconds until a place is free, where there is a backlog."""
        while len(self._tasks) < CALLS_UNDER_WAY:
            held = self._pacer.held(now, priority)
            room = CALLS_UNDER_WAY - len(self._tasks)
            due = outbox.due(self._database.reader, now, priority=priority, without=held, limit=room)
            if not due:
                release = self._pacer.next_release(now, priority)
                return LONGEST_NAP if release is None else max(release, 0.001)
            started = 0
            for notice_id, chat_id in due:
                wait = self._pacer.may_send(chat_id, priority, now)
                if wait > 0:
                    return wait
                self._start(notice_id, chat_id, priority, now)
                started += 1
            if not started:
                break
        return LONGEST_NAP  # a call that ends wakes us

    def _start(self, notice_id: NoticeId, chat_id: int, priority: Priority, now: float) -> None:
        self._pacer.started(chat_id, priority, now)
        task = asyncio.create_task(self._send_one(notice_id, chat_id), name="send")
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, chat_id))

    def _ended(self, chat_id: int, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pacer.finished(chat_id, self._clock.now())
        if not task.cancelled() and task.exception() is not None:
            log.error("A message could not be handled", exc_info=task.exception())
        self._due.set()

    async def _send_one(self, notice_id: NoticeId, chat_id: int) -> None:
        try:
            claimed = await self._database.write(
                partial(delivery_results.claim, notice_id=notice_id, context=self._contexts.current())
            )
        except StoreError as error:
            log.warning("Could not claim a message: %s", error)
            self._pacer.note_trouble(chat_id, STORE_NAP, self._clock.now())
            return
        if claimed is None:
            return
        claimed = replace(claimed, notice=self._aged(claimed))
        try:
            text = self._wording.notice(
                claimed.notice, claimed.order, claimed.subscription, claimed.chat, now=self._clock.wall()
            )
        except Exception as error:  # a broken override file or a case nobody thought of must not block the queue
            log.exception("Notice %s (%s) could not be worded", notice_id, claimed.notice.kind)
            reason = f"could not be worded: {type(error).__name__}"
            await self._mark(self._marking(claimed, delivery_results.mark_failed, text=None, reason=reason), claimed)
            return
        try:
            outcome = await self._deliver(claimed, text)
        except Exception as error:  # a case nobody thought of must not leave the notice claimed, and the chat silent
            log.exception("Notice %s (%s) could not be delivered", notice_id, claimed.notice.kind)
            outcome = Unknown(type(error).__name__)
        self._told(claimed.notice, outcome, self._clock.now() - claimed.notice.made_at)
        await self._settle(claimed, text, outcome)

    def _aged(self, claimed: ClaimedNotice) -> Notice:
        """An answer that goes before the API has answered says how old its knowledge is."""
        polled_at = claimed.notice.payload.get("asked_at")
        if polled_at is None or claimed.order is None:
            return claimed.notice
        known_at = max(claimed.order.confirmed_at or 0.0, claimed.order.webhook_at or 0.0)
        if known_at >= polled_at:
            return claimed.notice
        return replace(claimed.notice, payload={**claimed.notice.payload, "stale_age": self._clock.now() - known_at})

    async def _deliver(self, claimed: ClaimedNotice, text: Text) -> Outcome:
        """Call Telegram, and again at once without what it has refused, where the message can do without."""
        notice = claimed.notice
        options = SendOptions(
            notice.chat_id, notice.thread_id, notice.payload.get("reply_to"), silent=not notice.audible
        )
        outcome = await self._call(notice, text, options)
        while (retry := corrected(outcome, options)) is not None:
            if isinstance(outcome, TargetGone) and notice.kind is Kind.EDIT:
                return outcome  # an edit has no other target
            options = retry
            outcome = await self._call(notice, text, options)
        return outcome

    async def _call(self, notice: Notice, text: Text, options: SendOptions) -> Outcome:
        message_id = notice.payload.get("message_id")
        if notice.kind is Kind.EDIT and message_id is not None:
            outcome = await self._delivery.edit(options.chat_id, message_id, text, plain=options.plain)
            # an edit makes no message: what was told is still the message that was edited
            return Sent(message_id) if isinstance(outcome, Sent) else outcome
        return await self._delivery.send(
            options.chat_id,
            text,
            thread_id=options.thread_id,
            reply_to=options.reply_to,
            silent=options.silent,
            plain=options.plain,
        )

    async def _settle(self, claimed: ClaimedNotice, text: Text, outcome: Outcome) -> None:
        now = self._clock.now()
        chat_id = claimed.notice.chat_id
        mark = partial(self._marking, claimed)
        match outcome:
            case Sent(message_id):
                work = mark(delivery_results.mark_sent, text=text, message_id=message_id)
            case RetryAfter(seconds, whole_bot):
                self._pacer.note_retry_after(None if whole_bot else chat_id, seconds, now)
                until = self._pacer.until(chat_id) if seconds > LONG_PAUSE else None
                work = mark(delivery_results.mark_rate_limited, until=until, whole_bot=whole_bot)
            case NotSent(reason):
                wait = delivery_results.retry_wait(claimed.notice)
                self._pacer.note_trouble(chat_id, wait, now)
                log.warning("Telegram did not take a message (%s); again in %.0f s", reason, wait)
                work = mark(delivery_results.mark_not_sent)
            case Unknown(reason):
                log.warning("Nobody knows whether a message arrived: %s", reason)
                self._pacer.note_trouble(chat_id, delivery_results.RELEASED_WAIT, now)
                work = mark(delivery_results.mark_unknown, text=text, reason=reason)
            case Gone(reason):
                log.info("Chat %s can't be written to: %s", chat_id, reason)
                work = mark(delivery_results.mark_gone, reason=reason)
            case Moved(new_id):
                work = mark(delivery_results.mark_moved, chat_id=new_id)
            case TargetGone():
                work = mark(delivery_results.mark_edit_gone)
            case Malformed(reason):
                log.error("Telegram refuses a message (%s): set aside", reason)
                work = mark(delivery_results.mark_failed, text=text, reason=reason)
        await self._mark(work, claimed)

    def _marking(
        self, claimed: ClaimedNotice, mark: Callable[..., None], **how: object
    ) -> Callable[[sqlite3.Connection], None]:
        return partial(mark, claimed=claimed, context=self._contexts.current(), **how)

    async def _mark(self, work: Callable[[sqlite3.Connection], None], claimed: ClaimedNotice) -> None:
        """The mark must be stored, or the message goes out twice: try until the store takes it."""
        while True:
            try:
                await self._database.write(work)
            except InvalidValueError as error:
                log.error("How a message went can't be kept, it is closed: %s", error)
                work = self._marking(claimed, delivery_results.mark_closed, reason="how it went can't be kept")
            except StoreError as error:
                log.warning("Could not mark a message: %s", error)
                if self._stopping:
                    return  # it is claimed still: sent again at the next start
                await asyncio.sleep(STORE_NAP)
            else:
                return

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._due.wait(), seconds)
