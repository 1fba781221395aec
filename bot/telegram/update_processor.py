"""Handle updates, however they come: each once, in order within a chat, different chats side by side.

Each is in the inbox before Telegram is told that it was taken, and stays there until it has been handled; here is only
what the inbox holds.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from aiogram.types import Update

from bot.people.update_inbox import UpdateInbox
from bot.telegram.received import ReceivedUpdate
from bot.transactions.inbox import handling

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_WAITING = 5000
MAX_WAITING_OF_A_CHAT = 20
MAX_UNKEPT = 1000
Handle = Callable[[ReceivedUpdate], Awaitable[None]]
Place = tuple[str, int]  # what updates wait in: a chat's, or one of its own for an update that belongs to no chat
UNKEPT = "unkept"  # such places have no part in the order of what is in the inbox


class UpdateProcessor:
    """Runs `handle` for each update. A chat's updates wait for each other, and for nothing of another chat.

    So whoever can't be answered keeps nobody else waiting. What a chat sends while MAX_WAITING_OF_A_CHAT of its updates
    wait is skipped; while `most` wait in all, nothing is taken. Nothing is kept of what `concerns` says no to.
    """

    def __init__(
        self,
        handle: Handle,
        inbox: UpdateInbox,
        *,
        concerns: Callable[[Update], bool] = lambda _: True,
        most: int = MAX_WAITING,
    ) -> None:
        self._handle = handle
        self._inbox = inbox
        self._concerns = concerns
        self._most = most
        self._queues: dict[Place, deque[ReceivedUpdate]] = {}
        self._waiting: Counter[Place] = Counter()  # what is under way included
        self._flooding: set[Place] = set()
        self._unkept: set[int] = set()  # updates that were handled although they could not be kept
        self._tasks: set[asyncio.Task[Any]] = set()
        self.closed = False

    def resume(self, left: Iterable[ReceivedUpdate]) -> None:
        """Handle first what the last process has left in the inbox."""
        for one in left:
            self._waiting[_place_of(one)] += 1
            self._queue(one, _place_of(one))

    async def take(self, received: Iterable[ReceivedUpdate]) -> bool:
        """Keep updates, all in one commit, and handle each when it is its turn; False: all of it must come again."""
        if self.closed or self._waiting.total() >= self._most:
            return False
        accepted = [one for one in received if self._concerns(one.update) and self._is_accepted(one)]
        # not given up when who waits for it is: what is stored here is known to be handled, and is not taken again
        return await asyncio.shield(self._start(self._keep_and_queue(accepted), "inbox"))

    def close(self) -> None:
        """Begin nothing more: what waits stays in the inbox, for the next start."""
        self.closed = True

    async def finish(self) -> None:
        """Wait for the handlers under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def cancel(self) -> None:
        """End the handlers that are still under way; the next start begins anew with what they have not done."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _is_accepted(self, one: ReceivedUpdate) -> bool:
        place = _place_of(one)
        if self._waiting[place] < MAX_WAITING_OF_A_CHAT:
            self._waiting[place] += 1
            return True
        if place not in self._flooding:
            self._flooding.add(place)
            log.warning("Chat %s sends more than can be answered: until it is, more is skipped", place[1])
        return False

    async def _keep_and_queue(self, accepted: list[ReceivedUpdate]) -> bool:
        new = await self._inbox.keep([one.kept for one in accepted])
        for one in accepted:
            if new is not None and one.update.update_id in new:
                self._queue(one, _place_of(one))
            else:
                self._left(_place_of(one))
            if new is None:
                self._handle_unkept(one)
            else:
                self._unkept.discard(one.update.update_id)
        return new is not None

    def _handle_unkept(self, one: ReceivedUpdate) -> None:
        """Answer at once what needs no store, and apologise for all else. It comes again, and is done then."""
        if one.update.update_id not in self._unkept and len(self._unkept) < MAX_UNKEPT:
            self._unkept.add(one.update.update_id)
            place = (UNKEPT, _place_of(one)[1])
            self._waiting[place] += 1
            self._queue(one, place)

    def _queue(self, one: ReceivedUpdate, place: Place) -> None:
        queue = self._queues.get(place)
        if queue is None:
            queue = self._queues[place] = deque()
            self._start(self._handle_all(place, queue), "updates")
        queue.append(one)

    async def _handle_all(self, place: Place, queue: deque[ReceivedUpdate]) -> None:
        """Handle what a chat sends, until there is no more."""
        try:
            while queue and not self.closed:
                await self._handle_one(queue.popleft(), is_kept=place[0] != UNKEPT)
                self._left(place)
        finally:
            del self._queues[place]

    async def _handle_one(self, one: ReceivedUpdate, *, is_kept: bool) -> None:
        try:
            with handling(one.update.update_id if is_kept else None):
                await self._handle(one)
        except Exception:  # the outer edge of a task: the chat's next updates must not wait for ever
            log.exception("An update could not be handled")
        if is_kept:
            await self._inbox.remove(one.update.update_id)

    def _left(self, place: Place) -> None:
        self._waiting[place] -= 1
        if not self._waiting[place]:  # the chat's last: nothing of it is kept
            del self._waiting[place]
            self._flooding.discard(place)

    def _start(self, work: Coroutine[Any, Any, T], name: str) -> "asyncio.Task[T]":
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _place_of(one: ReceivedUpdate) -> Place:
    """Return what an update waits in: behind those of its chat; what belongs to no chat waits behind nothing."""
    chat_id = one.kept.chat_id
    return ("chat", chat_id) if chat_id is not None else ("update", one.kept.update_id)
