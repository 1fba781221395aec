"""Sends the notices of the outbox that are due: claim → render → deliver → mark.

The outbox holds what is to be sent. In memory is only the pacer, which knows which chats may be sent to now.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from bot.process.clock import Clock
from bot.sending.deliver_notice import Transport, deliver
from bot.sending.log_lines import fields, named
from bot.sending.outcome import (
    Gone,
    Malformed,
    Moved,
    NotSent,
    Outcome,
    RetryAfter,
    Sent,
    TargetGone,
    Unknown,
)
from bot.sending.pacing import MAX_CONCURRENT_CALLS, Pacer
from bot.sending.pauses import LONG_PAUSE
from bot.store import chats, outbox
from bot.store.database import Database
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking.card_content import CardContent
from bot.tracking.model import Chat, Kind, Notice, NoticeId, Order, Priority, Subscription
from bot.tracking.timing import resend_wait
from bot.transactions import delivery_results
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from bot.transactions.context import ContextSource
from bot.words.texts import Text

log = logging.getLogger(__name__)

MAX_SLEEP_SECONDS = 30.0
STORE_RETRY_SECONDS = 1.0


class MessageRenderer(Protocol):
    """Renders texts: what the sender needs of the words room."""

    def notice(
        self,
        notice: Notice,
        order: Order | None,
        subscription: Subscription | None,
        chat: Chat,
        *,
        now: float,
        content: CardContent,
    ) -> Text:
        """Return a notice's text in the chat's language."""


class Sender:
    """Sends what is due whenever `due` is set. `on_result` gets each notice, its outcome and its age in seconds."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        contexts: ContextSource,
        pacer: Pacer,
        *,
        renderer: MessageRenderer,
        transport: Transport,
        due: asyncio.Event,
        on_result: Callable[[Notice, Outcome, float], None] = lambda _notice, _outcome, _age: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._contexts = contexts
        self._pacer = pacer
        self._renderer = renderer
        self._transport = transport
        self._on_result = on_result
        self._due = due
        self._tasks: set[asyncio.Task[None]] = set()
        self._calls = asyncio.Semaphore(MAX_CONCURRENT_CALLS)
        self._stopping = False

    @property
    def busy(self) -> bool:
        """True while a call is under way."""
        return bool(self._tasks)

    async def run(self) -> None:
        """Send what is due until `stop`, after releasing what was under way when the last process ended."""
        work = partial(delivery_results.release_at_start, context=self._contexts.current())
        released = await self._database.write(work)
        if released:
            log.info("%d messages were under way when the last process ended: sent again", released)
        while not self._stopping:
            self._due.clear()
            wait = MAX_SLEEP_SECONDS
            try:
                wait = self.start_due()
            except StoreError as error:
                log.debug("Could not look for due messages: %s", error)
                wait = STORE_RETRY_SECONDS
            await self._sleep(wait)

    async def stop(self) -> None:
        """Claim nothing more and finish what is under way."""
        self._stopping = True
        self._due.set()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def start_due(self) -> float:
        """Start all calls that may be made now; return the seconds until there may be more."""
        now = self._clock.now()
        waits = [MAX_SLEEP_SECONDS]
        for priority in Priority:
            waits.append(self._start_priority(priority, now))
        due = outbox.next_due(self._database.reader)
        if due is not None and due > now:
            waits.append(due - now)
        return max(0.0, min(waits))

    def _start_priority(self, priority: Priority, now: float) -> float:
        """Start what is due with a priority; return the seconds until more of it may be sent."""
        while len(self._tasks) < self._pacer.most_under_way:
            # each commit asks, so at the bot's pace most are answered without a look into the outbox
            if (wait := self._pacer.wait_for_bot(now, priority)) > 0:
                return wait
            blocked = self._pacer.blocked_chats(now, priority)
            room = self._pacer.most_under_way - len(self._tasks)
            due = outbox.due(self._database.reader, now, priority=priority, without=blocked, limit=room)
            if not due:
                release = self._pacer.wait_for_blocked_chat(now, priority)
                return MAX_SLEEP_SECONDS if release is None else max(release, 0.001)
            for notice_id, chat_id in due:
                wait = self._pacer.wait_to_send(chat_id, priority, now)
                if wait > 0:
                    return wait
                self._start(notice_id, chat_id, priority, now)
        return MAX_SLEEP_SECONDS  # the end of a call sets `due`

    def _start(self, notice_id: NoticeId, chat_id: int, priority: Priority, now: float) -> None:
        self._pacer.call_started(chat_id, priority, now)
        task = asyncio.create_task(self._send(notice_id, chat_id), name="send")
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, chat_id))

    def _ended(self, chat_id: int, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._pacer.call_ended(chat_id)
        if not task.cancelled() and task.exception() is not None:
            log.error("A message could not be handled", exc_info=task.exception())
        self._due.set()

    async def _send(self, notice_id: NoticeId, chat_id: int) -> None:
        take = partial(claim, notice_id=notice_id, chat_id=chat_id, context=self._contexts.current())
        try:
            claimed = await self._database.write(take)
        except StoreError as error:
            log.debug("Could not claim a message: %s", error)
            self._pacer.pause_chat(chat_id, STORE_RETRY_SECONDS, self._clock.now())
            return
        if claimed is None:
            return
        try:
            text = self._renderer.notice(
                claimed.notice,
                claimed.order,
                claimed.subscription,
                claimed.chat,
                now=self._clock.wall(),
                content=claimed.content,
            )
        except Exception as error:  # a broken override file or an unforeseen case must not block the queue
            log.exception("Notice %s (%s) could not be worded", notice_id, claimed.notice.kind)
            reason = f"could not be worded: {type(error).__name__}"
            await self._write_mark(self._mark_with(delivery_results.mark_failed, claimed, reason=reason), claimed)
            return
        has_to_wait = self._calls.locked()
        async with self._calls:  # until it is marked: a kill before that repeats the message
            if self._stopping and has_to_wait:  # the next start sends it, as after a 429
                leave = self._mark_with(delivery_results.mark_rate_limited, claimed, until=None)
                await self._write_mark(leave, claimed)
                return
            outcome = await self._deliver(claimed, text)
            self._on_result(claimed.notice, outcome, self._clock.now() - claimed.notice.made_at)
            await self._record(claimed, text, outcome)

    async def _deliver(self, claimed: ClaimedNotice, text: Text) -> Outcome:
        """Show the text; no call is made where the card shows it already."""
        shown = claimed.subscription.card_hash if claimed.subscription is not None else None
        if claimed.notice.kind is Kind.EDIT and shown is not None and text.fingerprint == shown:
            return Sent(claimed.target)
        forget_topic = partial(self._forget_topic, claimed.notice)
        self._pacer.call_leaves(claimed.notice.chat_id, self._clock.now())
        try:
            outcome = await deliver(self._transport, claimed.notice, text, forget_topic, target=claimed.target)
        except Exception as error:  # an unforeseen case must not leave the notice claimed and the chat silent
            log.exception("Notice %s (%s) could not be delivered", claimed.notice.id, claimed.notice.kind)
            return Unknown(type(error).__name__)
        if isinstance(outcome, Sent):
            did = "Edited" if claimed.target is not None else "Sent"
            log.info("%s: %s", did, named(claimed), extra=fields(claimed))
        return outcome

    async def _record(self, claimed: ClaimedNotice, text: Text, outcome: Outcome) -> None:
        """Mark what became of the message, and leave the chat alone for a while where the call failed."""
        now = self._clock.now()
        chat_id = claimed.notice.chat_id
        mark = partial(self._mark_with, claimed=claimed)
        match outcome:
            case Sent(message_id):
                work = mark(delivery_results.mark_sent, text=text, message_id=message_id)
            case RetryAfter(seconds):
                self._pacer.note_retry_after(chat_id, seconds, now)
                until = self._pacer.until(chat_id) if seconds > LONG_PAUSE else None
                work = mark(delivery_results.mark_rate_limited, until=until)
            case NotSent(reason):
                wait = resend_wait(claimed.notice.attempts)
                self._pacer.pause_chat(chat_id, wait, now)
                log.debug("Not sent: %s; again in %.0f s: %s", named(claimed), wait, reason)
                work = mark(delivery_results.mark_not_sent)
            case Unknown(reason):
                is_last = claimed.target is None and claimed.notice.unknown_outcomes > 0
                level = logging.WARNING if is_last else logging.DEBUG
                log.log(level, "Perhaps sent: %s: %s", named(claimed), reason, extra=fields(claimed))
                # edits and folds are made as often as needed, so ever more rarely
                wait = resend_wait(claimed.notice.attempts) if claimed.target is not None else 0.0
                self._pacer.pause_chat(chat_id, max(delivery_results.RELEASED_WAIT, wait), now)
                work = mark(delivery_results.mark_unknown, reason=reason)
            case Gone(reason):
                log.info("Chat %s can't be written to: %s", chat_id, reason)
                work = mark(delivery_results.mark_gone, reason=reason)
            case Moved(new_id):
                work = mark(delivery_results.mark_moved, chat_id=new_id)
            case TargetGone() if claimed.target is not None:
                work = mark(delivery_results.mark_target_gone)
            case TargetGone(reason) | Malformed(reason):
                log.error(
                    "Telegram refuses a message (%s): set aside: %s", reason, named(claimed), extra=fields(claimed)
                )
                work = mark(delivery_results.mark_failed, reason=reason)
        await self._write_mark(work, claimed)

    async def _forget_topic(self, notice: Notice) -> None:
        """Let later messages not try a topic that was deleted."""
        assert notice.thread_id is not None  # noqa: S101 - only a notice with a topic learns that it is gone
        forget = partial(chats.forget_topic, chat_id=notice.chat_id, thread_id=notice.thread_id)
        try:
            await self._database.write(forget)
        except StoreError as error:
            log.debug("Could not store that a topic is gone: %s", error)

    def _mark_with(
        self, mark: Callable[..., None], claimed: ClaimedNotice, **how: object
    ) -> Callable[[sqlite3.Connection], None]:
        context = self._contexts.current()
        return lambda connection: mark(connection, claimed, context=context, **how)

    async def _write_mark(self, work: Callable[[sqlite3.Connection], None], claimed: ClaimedNotice) -> None:
        """Store a mark, trying until it succeeds: without it the message would be sent twice."""
        while True:
            try:
                await self._database.write(work)
            except InvalidValueError as error:
                log.error("What became of a message can't be stored, it is closed: %s", error)
                work = self._mark_with(delivery_results.mark_closed, claimed, reason="how it went can't be kept")
            except StoreError as error:
                log.debug("Could not mark a message: %s", error)
                if self._stopping:
                    return  # the notice is still claimed, so the next start sends it again
                await asyncio.sleep(STORE_RETRY_SECONDS)
            else:
                return

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._due.wait()
