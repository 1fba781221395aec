"""Handle updates, however they come: each once, in order within a chat, different chats side by side.

Each is in the inbox before Telegram is told that it was taken, and stays there until it has been handled; here is only
what the inbox holds. One exception: while the store can't be written, and as many wait at Telegram as it brings at
once, these are held here, or nobody behind them would hear why they are not answered.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiogram.types import Update

from bot.people.update_inbox import UpdateInbox
from bot.telegram.received import ReceivedUpdate
from bot.transactions.inbox import handling

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_WAITING = 5000
MAX_WAITING_OF_A_CHAT = 20  # of one person there
MAX_WAITING_OF_A_PERSON = 200  # in all groups together
BROUGHT_AT_ONCE = 100  # Telegram's limit; it brings the same again until they are taken
MAX_HELD = 1000  # held in memory, while the store can't be written; what comes behind them waits at Telegram
MAX_UNKEPT = MAX_HELD + BROUGHT_AT_ONCE
Handle = Callable[[ReceivedUpdate], Awaitable[None]]
Place = tuple[str, int]  # what updates wait in: a chat's, or one of its own for an update that belongs to no chat
Sender = tuple[str, int]  # a person; where nobody is named, the chat
UNKEPT = "unkept"  # such places have no part in the order of what is in the inbox


async def say_nothing(update: ReceivedUpdate) -> None:
    """Skip an update without a word."""


@dataclass(frozen=True, slots=True, eq=False)
class _Accepted:
    """An update that is to be handled, and by what."""

    received: ReceivedUpdate
    handle: Handle
    place: Place
    sender: Sender


class UpdateProcessor:
    """Runs `handle` for each update. A chat's updates wait for each other, and for nothing of another chat.

    In a group its people take turns; each one's own updates keep their order.

    So whoever can't be answered keeps nobody else waiting. What a person sends while MAX_WAITING_OF_A_CHAT of theirs
    wait there is skipped; the first of it gets to `refuse`, which says so. While `most` wait in all, nothing is taken.
    Nothing is kept of what `concerns` says no to.
    """

    def __init__(
        self,
        handle: Handle,
        inbox: UpdateInbox,
        *,
        refuse: Handle = say_nothing,
        concerns: Callable[[Update], bool] = lambda _: True,
        most: int = MAX_WAITING,
    ) -> None:
        self._handle = handle
        self._inbox = inbox
        self._refuse = refuse
        self._concerns = concerns
        self._most = most
        self._queues: dict[Place, deque[_Accepted]] = {}
        self._waiting: Counter[tuple[Place, Sender]] = Counter()  # what is under way included
        self._of_sender: Counter[Sender] = Counter()
        self._flooding: set[Sender] = set()
        self._is_full = False
        self._unkept: set[int] = set()  # updates that were handled although they could not be kept
        self._held: list[ReceivedUpdate] = []  # taken from Telegram, and not in the inbox yet
        self._tasks: set[asyncio.Task[Any]] = set()
        self.closed = False

    def resume(self, left: Iterable[tuple[ReceivedUpdate, Handle]]) -> None:
        """Handle first what the last process has left in the inbox, each update by what is named with it."""
        for one, handle in left:
            self._queue(self._add(one, handle))

    async def take(self, received: Iterable[ReceivedUpdate]) -> bool:
        """Keep updates, all in one commit, and handle each when it is its turn; False: all of it must come again."""
        if self.closed or self._has_too_many():
            return False
        brought = list(received)
        admitted = (self._admit(one) for one in [*self._held, *brought] if self._concerns(one.update))
        accepted = [one for one in admitted if one is not None]
        # not given up when who waits for it is: what is stored here is known to be handled, and is not taken again
        return await asyncio.shield(self._start(self._keep_or_hold(accepted, brought), "inbox"))

    @property
    def is_holding(self) -> bool:
        """Return whether something waits here for a store that can be written: the next `take` keeps that, too."""
        return bool(self._held)

    def close(self) -> None:
        """Begin nothing more: what waits stays in the inbox, for the next start."""
        self.closed = True
        if self._held:
            log.error(
                "%d updates could not be stored until the end and are lost: their senders heard so", len(self._held)
            )

    async def finish(self) -> None:
        """Wait for the handlers under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def cancel(self) -> None:
        """End the handlers that are still under way; the next start begins anew with what they have not done."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _has_too_many(self) -> bool:
        was_full, self._is_full = self._is_full, self._of_sender.total() >= self._most
        if self._is_full and not was_full:
            log.warning(
                "%d updates wait to be handled: until there is room, all others are left to Telegram", self._most
            )
        return self._is_full

    def _admit(self, one: ReceivedUpdate) -> _Accepted | None:
        """Count an update among those that wait; None if it is skipped: its sender floods, and is told so once."""
        place, sender = _place_of(one), _sender_of(one)
        here, everywhere = self._waiting[place, sender], self._of_sender[sender]
        if here < MAX_WAITING_OF_A_CHAT and everywhere < MAX_WAITING_OF_A_PERSON:
            return self._add(one, self._handle)
        if sender in self._flooding:
            return None
        self._flooding.add(sender)
        log.warning("In chat %s somebody sends more than can be answered: until it is, more is skipped", place[1])
        return self._add(one, self._refuse)

    def _add(self, one: ReceivedUpdate, handle: Handle, *, is_kept: bool = True) -> _Accepted:
        place, sender = _place_of(one), _sender_of(one)
        added = _Accepted(one, handle, place if is_kept else (UNKEPT, place[1]), sender)
        self._waiting[added.place, sender] += 1
        self._of_sender[sender] += 1
        return added

    async def _keep_or_hold(self, accepted: list[_Accepted], brought: list[ReceivedUpdate]) -> bool:
        if await self._keep_and_queue(accepted):
            self._held.clear()
            return True
        if len(brought) < BROUGHT_AT_ONCE or len(self._held) + len(brought) > MAX_HELD:
            return False
        log.warning("%d updates are held in memory until the store can be written", len(self._held) + len(brought))
        self._held += brought
        return True

    async def _keep_and_queue(self, accepted: list[_Accepted]) -> bool:
        new = await self._inbox.keep([one.received.kept for one in accepted])
        for one in accepted:
            number = one.received.kept.update_id
            if new is not None and number in new:
                self._queue(one)
            else:
                self._left(one)
                if one.handle is self._refuse:
                    self._flooding.discard(one.sender)  # nobody was told: it had come before, or comes again
            if new is None:
                self._handle_unkept(one.received)
            else:
                self._unkept.discard(number)
        return new is not None

    def _handle_unkept(self, one: ReceivedUpdate) -> None:
        """Answer at once what needs no store, and apologise for all else. It comes again, and is done then."""
        if one.update.update_id not in self._unkept and len(self._unkept) < MAX_UNKEPT:
            self._unkept.add(one.update.update_id)
            self._queue(self._add(one, self._handle, is_kept=False))

    def _queue(self, one: _Accepted) -> None:
        queue = self._queues.get(one.place)
        if queue is None:
            queue = self._queues[one.place] = deque()
            self._start(self._handle_all(one.place, queue), "updates")
        queue.append(one)

    async def _handle_all(self, place: Place, queue: deque[_Accepted]) -> None:
        """Handle what a chat sends, until there is no more; who was handled least is next, of these who came first.

        Whoever comes late begins with the round that the others are at: what was answered before gives no first turns.
        """
        turns, current = Counter[Sender](), 0

        def turn_of(waiting: _Accepted) -> int:
            return max(turns[waiting.sender], current)

        try:
            while queue and not self.closed:
                one = min(queue, key=turn_of)
                queue.remove(one)
                current = turn_of(one)
                turns[one.sender] = current + 1
                await self._handle_one(one, is_kept=place[0] != UNKEPT)
                self._left(one)
        finally:
            del self._queues[place]

    async def _handle_one(self, one: _Accepted, *, is_kept: bool) -> None:
        number = one.received.kept.update_id
        try:
            with handling(number if is_kept else None):
                await one.handle(one.received)
        except Exception:  # the outer edge of a task: the chat's next updates must not wait for ever
            log.exception("An update could not be handled")
        if is_kept:
            await self._inbox.remove(number)

    def _left(self, one: _Accepted) -> None:
        self._waiting[one.place, one.sender] -= 1
        if not self._waiting[one.place, one.sender]:  # the last there: nothing of it is kept
            del self._waiting[one.place, one.sender]
        self._of_sender[one.sender] -= 1
        if not self._of_sender[one.sender]:
            del self._of_sender[one.sender]
            self._flooding.discard(one.sender)

    def _start(self, work: Coroutine[Any, Any, T], name: str) -> "asyncio.Task[T]":
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _place_of(one: ReceivedUpdate) -> Place:
    """Return what an update waits in: behind those of its chat; what belongs to no chat waits behind nothing."""
    chat_id = one.kept.chat_id
    return ("chat", chat_id) if chat_id is not None else ("update", one.kept.update_id)


def _sender_of(one: ReceivedUpdate) -> Sender:
    """Return who is counted: the person, in whatever chat; the chat, where Telegram hides or does not name anybody."""
    message, query = one.update.message, one.update.callback_query
    person = query.from_user if query is not None else None
    if message is not None and message.sender_chat is None:
        person = message.from_user
    return ("person", person.id) if person is not None else _place_of(one)
