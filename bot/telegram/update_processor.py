"""Handle updates, however they come: each once, in order within a chat, different chats side by side."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiogram.types import Update

from bot.people.processed_updates import ProcessedUpdates

log = logging.getLogger(__name__)

MAX_CONCURRENT_UPDATES = 100
MAX_WAITING_OF_A_CHAT = 20
Handle = Callable[[Update], Awaitable[None]]


def _chat_id_of(update: Update) -> int | None:
    """Return the chat that an update belongs to; what belongs to none may overtake."""
    if update.message is not None:
        return update.message.chat.id
    if update.callback_query is not None and update.callback_query.message is not None:
        return update.callback_query.message.chat.id
    return update.my_chat_member.chat.id if update.my_chat_member is not None else None


class UpdateProcessor:
    """Runs `handle` for each update. A chat holds one slot, however many of its updates wait for each other.

    What a chat sends while MAX_WAITING_OF_A_CHAT of its updates wait is skipped.
    """

    def __init__(self, handle: Handle, processed: ProcessedUpdates, *, most: int = MAX_CONCURRENT_UPDATES) -> None:
        self._handle = handle
        self._processed = processed
        self._free_slots = asyncio.Semaphore(most)
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._waiting: Counter[int] = Counter()  # by chat, what is under way included
        self._slots: Counter[int] = Counter()  # by chat
        self._flooding: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def begin(self, update: Update) -> bool:
        """Begin to handle an update, as soon as there is a slot for it; False once closed: it must come again."""
        chat_id = _chat_id_of(update)
        follows_another = chat_id is not None and self._waiting[chat_id] > 0
        if not follows_another:
            await self._free_slots.acquire()
        if self._closed or (chat_id is not None and self._waiting[chat_id] >= MAX_WAITING_OF_A_CHAT):
            if not follows_another:
                self._free_slots.release()
            if not self._closed and chat_id is not None:
                self._skip(chat_id)
            return not self._closed
        self._start(update, chat_id, takes_slot=not follows_another)
        return True

    def _start(self, update: Update, chat_id: int | None, *, takes_slot: bool) -> None:
        before = self._last_of_chat.get(chat_id) if chat_id is not None else None
        task = asyncio.create_task(self._run(update, before), name="update")
        self._tasks.add(task)
        if chat_id is not None:
            self._last_of_chat[chat_id] = task
            self._waiting[chat_id] += 1
            self._slots[chat_id] += takes_slot
        task.add_done_callback(lambda done: self._ended(chat_id, done))

    def _skip(self, chat_id: int) -> None:
        if chat_id not in self._flooding:
            self._flooding.add(chat_id)
            log.warning("Chat %s sends more than can be answered: until it is, more is skipped", chat_id)

    def close(self) -> None:
        """Begin nothing more."""
        self._closed = True

    async def finish(self) -> None:
        """Wait for the handlers under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def cancel(self) -> None:
        """End the handlers that are still under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.wait([before])
        if await self._processed.first_time(update.update_id):
            await self._handle(update)

    def _ended(self, chat_id: int | None, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if chat_id is None:
            self._free_slots.release()
        else:
            self._pass_on(chat_id, task)
        if not task.cancelled() and task.exception() is not None:
            log.error("An update could not be handled", exc_info=task.exception())

    def _pass_on(self, chat_id: int, task: asyncio.Task[None]) -> None:
        """Leave the slot to the chat's next update, or free it."""
        self._waiting[chat_id] -= 1
        if self._slots[chat_id] > self._waiting[chat_id]:
            self._slots[chat_id] -= 1
            self._free_slots.release()
        if self._last_of_chat.get(chat_id) is task:  # the chat's last: nothing of it is kept
            del self._last_of_chat[chat_id], self._waiting[chat_id], self._slots[chat_id]
            self._flooding.discard(chat_id)
