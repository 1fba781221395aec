"""Updates from Telegram, one way or the other: the long poll, and what both ways share: once each, in order in a chat.

Our own loop and not aiogram's: one that can't be decoded must not take the others with it, and stopping must wait for
the handlers that are under way.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError
from aiogram.types import Update

from bot.people.remembering import Remembering
from bot.telegram.retrying import wait_before_retry

log = logging.getLogger(__name__)

KINDS = ("message", "callback_query", "my_chat_member")
POLL_SECONDS = 25
MOST_UNDER_WAY = 100
MOST_OF_A_CHAT = 20
Handle = Callable[[Update], Awaitable[None]]


def chat_in(update: Update) -> int | None:
    """The chat that an update belongs to; what belongs to none may overtake."""
    if update.message is not None:
        return update.message.chat.id
    if update.callback_query is not None and update.callback_query.message is not None:
        return update.callback_query.message.chat.id
    return update.my_chat_member.chat.id if update.my_chat_member is not None else None


class Handling:
    """Runs a handler for each update: once, one after the other in a chat, different chats side by side.

    What a chat sends while MOST_OF_A_CHAT of its updates wait is skipped: a flood, which would take every place.
    """

    def __init__(self, handle: Handle, remembering: Remembering, *, most: int = MOST_UNDER_WAY) -> None:
        self._handle = handle
        self._remembering = remembering
        self._places = asyncio.Semaphore(most)
        self._last: dict[int, asyncio.Task[None]] = {}
        self._waiting: Counter[int] = Counter()  # by chat, what is under way included
        self._flooding: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def take(self, update: Update) -> bool:
        """Begin to handle an update, as soon as there is a place for it; False once closed: it must come again."""
        await self._places.acquire()
        if self._closed:
            self._places.release()
            return False
        chat_id = chat_in(update)
        if chat_id is not None and self._waiting[chat_id] >= MOST_OF_A_CHAT:
            self._places.release()
            self._skip(chat_id)
            return True
        before = self._last.get(chat_id) if chat_id is not None else None
        task = asyncio.create_task(self._run(update, before), name="update")
        self._tasks.add(task)
        if chat_id is not None:
            self._last[chat_id] = task
            self._waiting[chat_id] += 1
        task.add_done_callback(lambda done: self._ended(chat_id, done))
        return True

    def _skip(self, chat_id: int) -> None:
        if chat_id not in self._flooding:
            self._flooding.add(chat_id)
            log.warning("Chat %s sends more than can be answered: until it is, more is skipped", chat_id)

    def close(self) -> None:
        """Begin nothing more."""
        self._closed = True

    async def settle(self) -> None:
        """Wait for the handlers under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _run(self, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.wait([before])
        if await self._remembering.first_time(update.update_id):
            await self._handle(update)

    def _ended(self, chat_id: int | None, task: asyncio.Task[None]) -> None:
        self._places.release()
        self._tasks.discard(task)
        if chat_id is not None:
            self._waiting[chat_id] -= 1
            if self._last.get(chat_id) is task:  # the chat's last: nothing of it is kept
                del self._last[chat_id], self._waiting[chat_id]
                self._flooding.discard(chat_id)
        if not task.cancelled() and task.exception() is not None:
            log.error("An update could not be handled", exc_info=task.exception())


class LongPoll:
    """getUpdates, again and again. The next call confirms what this one brought: all of it is being handled by then."""

    def __init__(self, bot: Bot, handling: Handling, *, kinds: Sequence[str] = KINDS) -> None:
        self._bot = bot
        self._handling = handling
        self._kinds = list(kinds)
        self._offset: int | None = None
        self._failures = 0
        self._conflict_said = False

    async def run(self) -> None:
        """Until cancelled, or nothing more is begun. Only what has been begun is ever confirmed."""
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=self._offset,
                    timeout=POLL_SECONDS,
                    allowed_updates=self._kinds,
                    request_timeout=POLL_SECONDS + 10,
                )
            except TelegramConflictError as error:
                await self._conflict(error)
            except (AiogramError, OSError) as error:
                await self._failed(error)
            else:
                self._failures, self._conflict_said = 0, False
                for update in updates:
                    if not await self._handling.take(update):
                        return
                    self._offset = update.update_id + 1

    async def confirm(self) -> None:
        """Tell Telegram what has been handled, so that the next start does not get it again."""
        if self._offset is not None:
            with suppress(AiogramError, OSError):
                await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, request_timeout=2)

    async def _conflict(self, error: TelegramConflictError) -> None:
        if "webhook" in error.message.lower():
            log.warning("A webhook is still set for this bot: it is removed, what waits is kept")
            with suppress(AiogramError, OSError):
                await self._bot.delete_webhook(drop_pending_updates=False)
            await asyncio.sleep(0.5)
            return
        if not self._conflict_said:
            self._conflict_said = True
            log.error("Another program reads this bot's updates: stop it, or give this one a bot of its own")
        await self._wait()

    async def _failed(self, error: Exception) -> None:
        if self._failures == 0:
            log.warning("Telegram's updates could not be asked for (%s); asking on", type(error).__name__)
        await self._wait()

    async def _wait(self) -> None:
        self._failures += 1
        await wait_before_retry(self._failures, first=1.0)
