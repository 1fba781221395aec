"""What concerns a chat as a whole: known, paused, moved, its language and level, its data given out or forgotten."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.process.clock import Clock
from bot.store import chats, orders, outbox, reports
from bot.store.database import Database
from bot.store.owing import Moment, compare_again, reschedule
from bot.tracking.model import Chat, Level
from bot.tracking.notifying import answer_to_follow


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, from where: the chat, the person, what Telegram says of them, the message that an answer replies to."""

    chat_id: int
    person: int
    kind: str = "private"
    language_code: str | None = None
    thread_id: int | None = None
    message_id: int | None = None

    @property
    def private(self) -> bool:
        """A chat with one person."""
        return self.kind == "private"


class ChatCare:
    """The use cases of a chat, whatever it follows."""

    def __init__(
        self, database: Database, clock: Clock, *, moment: Callable[[], Moment], woke: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._moment = moment
        self._woke = woke

    async def touch(self, asker: Asker) -> Chat:
        """A message came from the chat: it is known from now on, and written to again if it was paused."""

        def work(connection: sqlite3.Connection) -> Chat:
            self._touch(connection, asker)
            if chats.resume(connection, asker.chat_id):
                self._welcome_back(connection, asker.chat_id)
            chat = chats.load(connection, asker.chat_id)
            assert chat is not None  # noqa: S101 - touched above
            return chat

        known = chats.load(self._database.reader, asker.chat_id)
        if known is not None and known.paused is None and self._is_as_known(known, asker):
            return known
        chat = await self._database.write(work)
        self._woke()
        return chat

    async def pause(self, chat_id: int, reason: str) -> None:
        """The chat has blocked the bot, or removed it."""

        def work(connection: sqlite3.Connection) -> None:
            chats.pause(connection, chat_id, reason)
            outbox.close_for_chat(connection, chat_id, reason="gone", now=self._clock.now())
            for subscription in chats.subscriptions(connection, chat_id):
                self._reschedule(connection, subscription.order)

        await self._database.write(work)

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        await self._database.write(partial(chats.move, old=old, new=new))

    async def set_language(self, chat_id: int, language: str | None) -> None:
        """The chat's language from now on; None to go by Telegram's."""
        await self._database.write(partial(chats.set_language, chat_id=chat_id, language=language))

    async def set_level(self, chat_id: int, level: Level) -> None:
        """How much the chat wants to hear of all it follows and will follow."""

        def work(connection: sqlite3.Connection) -> None:
            chats.set_level(connection, chat_id, level)
            for subscription in chats.subscriptions(connection, chat_id):
                order = orders.load_by_id(connection, subscription.order)
                if order is not None:
                    compare_again(connection, chat_id, order, self._moment())

        await self._database.write(work)
        self._woke()

    async def forget(self, chat_id: int) -> None:
        """Everything about the chat is gone, in one transaction."""

        def work(connection: sqlite3.Connection) -> None:
            followed = chats.subscriptions(connection, chat_id)
            chats.forget(connection, chat_id)
            for subscription in followed:
                self._reschedule(connection, subscription.order)

        await self._database.write(work)

    async def export(self, chat_id: int) -> bytes | None:
        """All that is held of a chat, as a JSON document; None if nothing is."""
        held = await self._database.scan(partial(reports.everything_about, chat_id=chat_id))
        return None if held is None else json.dumps(held, ensure_ascii=False, indent=2).encode()

    def chat(self, chat_id: int) -> Chat | None:
        """What is known of a chat."""
        return chats.load(self._database.reader, chat_id)

    def level(self, chat_id: int) -> Level:
        """What the chat wants to hear of what it will follow."""
        return chats.level_of(self._database.reader, chat_id)

    def _touch(self, connection: sqlite3.Connection, asker: Asker) -> None:
        code = asker.language_code if asker.private else None
        chats.touch(connection, asker.chat_id, kind=asker.kind, language_code=code, now=self._clock.now())

    def _reschedule(self, connection: sqlite3.Connection, row: int) -> None:
        order = orders.load_by_id(connection, row)
        if order is not None:
            reschedule(connection, order, self._moment())

    def _welcome_back(self, connection: sqlite3.Connection, chat_id: int) -> None:
        """What the chat saw last is long ago: one card for each order it follows."""
        for subscription in chats.subscriptions(connection, chat_id):
            order = orders.load_by_id(connection, subscription.order)
            if order is not None and order.status is not None:
                now = self._clock.now()
                # what was on the wire when the chat was paused may have come back since: the card stands for it
                outbox.close_for_order(connection, chat_id, subscription.order, reason="answered", now=now)
                outbox.put(connection, [answer_to_follow(subscription, order, now=now, ask=False, message=None)])
                self._reschedule(connection, subscription.order)

    @staticmethod
    def _is_as_known(known: Chat, asker: Asker) -> bool:
        code = asker.language_code if asker.private else None
        return known.kind == asker.kind and (code is None or code == known.language_code)
