"""Use cases of a chat: what it follows, pause, move, set language and level, export and delete its data."""

import json
import logging
from collections.abc import Callable
from functools import partial

from bot.store import awaited_numbers, chats, orders, outbox, reports
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.tracking.model import Chat, Kind, Level, Order, Subscription, SubscriptionId
from bot.transactions import chat_state, follow, inbox
from bot.transactions.context import ContextSource
from bot.transactions.follow import Requester
from bot.transactions.inbox import Done, DoneKind

log = logging.getLogger(__name__)


class ChatService:
    """The use cases of a chat. `on_due` is called where something may have become due."""

    def __init__(self, database: Database, contexts: ContextSource, *, on_due: Callable[[], None]) -> None:
        self._database = database
        self._contexts = contexts
        self._on_due = on_due

    async def touch(self, requester: Requester) -> Chat:
        """Store the chat that an update came from, and return it; a chat that was paused gets messages again."""
        known = self.chat(requester.chat_id)
        try:
            chat = await self._database.write(
                partial(chat_state.meet, requester=requester, context=self._contexts.current())
            )
        except StoreError as error:
            if known is None or known.paused is not None:
                raise
            log.debug("That a chat was met could not be stored: %s", error)
            return known  # what is asked for may need no write
        if known is None or known.paused is not None:
            self._on_due()
        return chat

    async def pause(self, chat_id: int, reason: str, *, met: int | None = None) -> None:
        """Write no more to a chat that has blocked the bot, or removed it.

        `met`: the chat's when the call was begun that says so; if somebody has written since, nothing happens.
        """
        context = self._contexts.current()
        await self._database.write(partial(chat_state.pause, context=context, chat_id=chat_id, reason=reason, met=met))

    async def move(self, old: int, new: int) -> None:
        """Give everything of a group to the supergroup that it became."""
        await self._database.write(partial(chat_state.move, context=self._contexts.current(), old=old, new=new))
        self._on_due()

    async def forget_topic(self, chat_id: int, thread_id: int) -> None:
        """Send nothing more to a topic that was deleted."""
        await self._database.write(partial(chats.forget_topic, chat_id=chat_id, thread_id=thread_id))

    async def set_language(self, chat_id: int, language: str | None) -> None:
        """Set the chat's language; None to use Telegram's."""
        context = self._contexts.current()
        await self._database.write(
            partial(chat_state.set_language, context=context, chat_id=chat_id, language=language)
        )
        self._on_due()

    async def set_level(self, chat_id: int, level: Level) -> None:
        """Set how many messages the chat gets about all that it follows and will follow."""
        context = self._contexts.current()
        await self._database.write(partial(chat_state.set_level, context=context, chat_id=chat_id, level=level))
        self._on_due()

    async def set_quiet_nights(self, chat_id: int, is_quiet: bool) -> None:
        """Set whether nothing rings at night in this chat."""
        await self._database.write(partial(chats.set_quiet_nights, chat_id=chat_id, is_quiet=is_quiet))

    async def stop(self, chat_id: int, subscription_id: SubscriptionId) -> Order | None:
        """End a subscription of this chat; return its order, or None if this chat has no such subscription."""
        context, mine = self._contexts.current(), self.subscription(chat_id, subscription_id)
        label = mine.label if mine is not None else None

        def what(stopped: Order | None) -> Done | None:
            return None if stopped is None else Done(DoneKind.STOPPED, stopped.order_id, label)

        work = partial(follow.stop, context=context, chat_id=chat_id, subscription_id=subscription_id)
        return await self._database.write(inbox.noting(work, what))

    async def stop_all(self, chat_id: int) -> int:
        """Follow and await nothing any more; return how many there were."""
        work = partial(follow.stop_all, context=self._contexts.current(), chat_id=chat_id)
        return await self._database.write(inbox.noting(work, lambda _: Done(DoneKind.STOPPED_ALL)))

    async def stop_awaiting(self, chat_id: int, number: str) -> bool:
        """Await a number no longer; return whether the chat awaited it."""
        work = partial(awaited_numbers.remove, chat_id=chat_id, number=number)
        return await self._database.write(inbox.noting(work, lambda _: Done(DoneKind.STOPPED_AWAITING, number)))

    async def forget(self, chat_id: int) -> None:
        """Delete everything about the chat, in one transaction; what was said since is still to be handled."""
        context, until = self._contexts.current(), inbox.under_way()
        await self._database.write(partial(chat_state.forget, context=context, chat_id=chat_id, until=until))

    def card_messages(self, chat_id: int) -> list[int]:
        """List the messages that may show the chat's orders with buttons, the newest first.

        Also those of before, and of orders that are followed no longer: what is still on the screen has buttons.
        """
        reader = self._database.reader
        latest = {one.notified_message_id for one in chats.subscriptions(reader, chat_id)}
        sent = outbox.messages_about_orders(reader, chat_id)
        return sorted((one for one in latest | sent if one is not None), reverse=True)

    async def export(self, chat_id: int) -> bytes | None:
        """Return all that is stored about a chat, as a JSON document; None if nothing is."""
        stored = await self._database.scan(partial(reports.everything_about, chat_id=chat_id))
        return None if stored is None else json.dumps(stored, ensure_ascii=False, indent=2).encode()

    def chat(self, chat_id: int) -> Chat | None:
        """Return the chat, or None if it isn't known."""
        return chats.load(self._database.reader, chat_id)

    def level(self, chat_id: int) -> Level:
        """Return the level that the chat's new subscriptions get."""
        return chats.level_of(self._database.reader, chat_id)

    def followed(self, chat_id: int) -> list[tuple[Subscription, Order]]:
        """Return all that a chat follows, the oldest first."""
        reader = self._database.reader
        pairs = ((one, orders.load_by_id(reader, one.order)) for one in chats.subscriptions(reader, chat_id))
        return [(subscription, order) for subscription, order in pairs if order is not None]

    def awaited(self, chat_id: int) -> list[AwaitedNumber]:
        """Return the numbers that a chat awaits."""
        return awaited_numbers.of_chat(self._database.reader, chat_id)

    def subscription(self, chat_id: int, subscription_id: SubscriptionId) -> Subscription | None:
        """Return a subscription, if it is this chat's."""
        found = chats.subscription(self._database.reader, subscription_id)
        return found if found is not None and found.chat_id == chat_id else None

    def order_of_message(self, chat_id: int, message_id: int) -> tuple[Subscription, Order] | None:
        """Return what a message of ours is about, if the chat follows it still."""
        reader = self._database.reader
        named = outbox.order_of_message(reader, chat_id, message_id)
        found = chats.subscription_of(reader, chat_id, named[0]) if named is not None else None
        order = orders.load_by_id(reader, found.order) if found is not None else None
        return (found, order) if found is not None and order is not None else None

    def is_note(self, chat_id: int, message_id: int) -> bool:
        """Tell whether a message of ours is what the store's staff wrote to the followers of an order."""
        named = outbox.order_of_message(self._database.reader, chat_id, message_id)
        return named is not None and named[1] is Kind.NOTE

    def asks_name(self, chat_id: int, message_id: int) -> bool:
        """Tell whether a message of ours asks what an order is to be called that the chat follows still."""
        named = outbox.order_of_message(self._database.reader, chat_id, message_id)
        is_question = named is not None and named[1] is Kind.NAME
        return is_question and self.order_of_message(chat_id, message_id) is not None

    def follower_of(self, subscription_id: SubscriptionId) -> int | None:
        """Return who, in a group, asked for this subscription."""
        return chats.follower_of(self._database.reader, subscription_id)
