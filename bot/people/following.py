"""Follow, await, look again, stop: what a chat wants to hear, and who may want it.

Plain values in, plain values out. The answer to a follow is itself a notice in the outbox, so it survives a crash and
folds with whatever happens meanwhile; the other answers are words for the handler to send.
"""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from bot.people.chatting import Asker, ChatCare
from bot.people.limits import MOST_AWAITED, MOST_FOLLOWED, MOST_LOOKED_UP, Guesses
from bot.people.looking import Asking, Look, Looking
from bot.pickpack.errors import PickPackError
from bot.process.clock import Clock
from bot.store import chats, orders, outbox
from bot.store.chats import Awaited
from bot.store.database import Database
from bot.store.owing import Moment, reschedule
from bot.tracking import timing
from bot.tracking.model import Order, Subscription
from bot.tracking.notifying import ANSWER_WAIT, answer_to_follow
from bot.tracking.numbers import candidates

__all__ = ["Asker", "Asking", "Awaited", "Following", "Look", "Said", "Wish"]

log = logging.getLogger(__name__)
T = TypeVar("T")

LONGEST_LABEL = 64
TROUBLE_WAIT = 15.0  # seconds until a number that the API gave no answer about is asked for again


class Said(StrEnum):
    """What became of a wish to follow."""

    FOLLOWING = "following"  # the answer is in the outbox
    AWAITING = "awaiting"  # no such order (yet)
    AWAITING_ALREADY = "awaiting-already"
    TROUBLE = "trouble"  # the API can't be asked: awaited too
    TOO_MANY_FOLLOWED = "too-many-followed"
    TOO_MANY_AWAITED = "too-many-awaited"
    TOO_MANY_MISSES = "too-many-misses"
    TOO_MANY_LOOKED_UP = "too-many-looked-up"
    LOOKING_UP = "looking-up"  # it is not its turn yet, or the API is slow: `later` brings the result
    STOPPED = "stopped"  # nobody wants to know any more
    LINK_NEEDED = "link-needed"


@dataclass(frozen=True, slots=True)
class Wish:
    """The result of `follow`: what was said, the number as understood, seconds to wait where there are any.

    `later` is there with LOOKING_UP: it ends with the result that the look-up comes to.
    """

    said: Said
    number: str
    wait: float = 0.0
    later: "asyncio.Task[Wish] | None" = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, and by whom. `possible`: the order ids that the number may mean."""

    asker: Asker
    number: str
    possible: Sequence[str]
    verified: bool
    label: str | None


class Following(ChatCare):
    """The use cases of a shopper."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        asking: Asking,
        *,
        moment: Callable[[], Moment],
        woke: Callable[[], None],
        prefixes: Sequence[str] = (),
        needs_link: bool = False,
        trusted: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(database, clock, moment=moment, woke=woke)
        self._asking = asking
        self._prefixes = prefixes
        self._needs_link = needs_link
        self._trusted = trusted  # staff do not run into the limits on guessing
        self._guesses = Guesses()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._looked_up: Counter[int] = Counter()  # by person, numbers that the API is being asked for
        self._looking = Looking(database, clock, asking)

    async def follow(self, asker: Asker, number: str, *, verified: bool = False, label: str | None = None) -> Wish:
        """Follow the order that a number means (with `verified` it is the id of a signed link).

        `label` is what the chat calls it from now on.
        """
        possible = (number,) if verified else candidates(number, self._prefixes)
        known = orders.find(self._database.reader, possible)
        followed = [
            one for one in known if one.id and chats.subscription_of(self._database.reader, asker.chat_id, one.id)
        ]
        if followed:
            return await self._follow_known(asker, followed[0], number, verified=verified, label=label)
        refusal = self._refusal(asker, number, verified=verified)
        if refusal is not None:
            return refusal
        if known:
            return await self._follow_known(asker, known[0], number, verified=verified, label=label)
        if self._looked_up[asker.person] >= MOST_LOOKED_UP:
            return Wish(Said.TOO_MANY_LOOKED_UP, number)
        return await self._follow_unknown(_Asked(asker, number, possible, verified, label))

    async def _follow_unknown(self, asked: _Asked) -> Wish:
        """The API is asked first: a number that means nothing makes no order."""
        look_up = self._keep(self._look_up(asked), "look-up")
        await asyncio.wait([look_up], timeout=ANSWER_WAIT)
        if look_up.done():
            return await self._conclude(asked, look_up)
        kept = await self._await(asked, Said.LOOKING_UP)
        later = self._keep(self._conclude_later(asked, look_up, kept=kept.said is Said.LOOKING_UP), "late look-up")
        return Wish(Said.LOOKING_UP, asked.number, later=later)

    async def _conclude(self, asked: _Asked, look_up: "asyncio.Task[Order | None]") -> Wish:
        try:
            found = await look_up
        except PickPackError as trouble:
            log.info("A number could not be looked up: %s", trouble)
            return await self._await(asked, Said.TROUBLE)
        if found is not None:
            return await self._follow_found(asked, found)
        self._guesses.missed(asked.asker.person, self._clock.now())
        return await self._await(asked, Said.AWAITING)

    async def _conclude_later(self, asked: _Asked, look_up: "asyncio.Task[Order | None]", *, kept: bool) -> Wish:
        """The person was told that it takes longer. `kept`: the number is awaited meanwhile, over a restart too."""
        await asyncio.wait([look_up])
        chat_id, reader = asked.asker.chat_id, self._database.reader
        if kept and asked.number not in {one.number for one in chats.awaited_of(reader, chat_id)}:
            return Wish(Said.STOPPED, asked.number)  # or it has appeared: then the card is in the outbox already
        if chats.load(reader, chat_id) is None:
            return Wish(Said.STOPPED, asked.number)  # the chat was forgotten
        wish = await self._conclude(asked, look_up)
        return replace(wish, said=Said.AWAITING) if wish.said is Said.AWAITING_ALREADY else wish

    async def show_card(self, asker: Asker, subscription: int) -> bool:
        """The card of an order that the chat follows, once more; False if that subscription isn't its."""
        mine = self.subscription(asker.chat_id, subscription)
        order = orders.load_by_id(self._database.reader, mine.order) if mine is not None else None
        if order is None:
            return False
        await self._follow_known(asker, order, order.order_id, verified=False)
        return True

    async def look_again(self, asker: Asker, subscription: int) -> Look | None:
        """Ask the API about an order that the chat follows, politely; None if that subscription isn't its."""
        mine = self.subscription(asker.chat_id, subscription)
        return await self._looking.again(mine, asker.person) if mine is not None else None

    async def stop(self, chat_id: int, subscription: int) -> Order | None:
        """End a subscription of this chat; the order it was about, or None if there was none such."""

        def work(connection: sqlite3.Connection) -> Order | None:
            mine = chats.subscription(connection, subscription)
            if mine is None or mine.chat_id != chat_id:
                return None
            return self._stop(connection, mine)

        return await self._database.write(work)

    async def stop_all(self, chat_id: int) -> int:
        """Follow and await nothing any more; how many there were."""

        def work(connection: sqlite3.Connection) -> int:
            followed = chats.subscriptions(connection, chat_id)
            for subscription in followed:
                self._stop(connection, subscription)
            numbers = chats.awaited_of(connection, chat_id)
            for one in numbers:
                chats.stop_awaiting(connection, chat_id, one.number)
            return len(followed) + len(numbers)

        return await self._database.write(work)

    async def stop_awaiting(self, chat_id: int, number: str) -> bool:
        """The chat no longer awaits this number; True if it did."""
        return await self._database.write(partial(chats.stop_awaiting, chat_id=chat_id, number=number))

    def followed(self, chat_id: int) -> list[tuple[Subscription, Order]]:
        """All that a chat follows, the oldest first."""
        reader = self._database.reader
        pairs = ((one, orders.load_by_id(reader, one.order)) for one in chats.subscriptions(reader, chat_id))
        return [(subscription, order) for subscription, order in pairs if order is not None]

    def awaited(self, chat_id: int) -> list[Awaited]:
        """The numbers that a chat awaits."""
        return chats.awaited_of(self._database.reader, chat_id)

    def meant(self, chat_id: int, number: str) -> tuple[Subscription | None, Awaited | None]:
        """What of this chat's a number means: an order that it follows, or a number that it awaits."""
        possible = candidates(number, self._prefixes)
        reader = self._database.reader
        found = [chats.subscription_of(reader, chat_id, one.id) for one in orders.find(reader, possible) if one.id]
        waiting = (one for one in chats.awaited_of(reader, chat_id) if set(one.candidates) & set(possible))
        return next((one for one in found if one is not None), None), next(waiting, None)

    def subscription(self, chat_id: int, number: int) -> Subscription | None:
        """A subscription, if it is this chat's."""
        found = chats.subscription(self._database.reader, number)
        return found if found is not None and found.chat_id == chat_id else None

    def follower_of(self, number: int) -> int | None:
        """Who, in a group, asked for this subscription."""
        return chats.follower_of(self._database.reader, number)

    def _refusal(self, asker: Asker, number: str, *, verified: bool) -> Wish | None:
        """Checked before any call is made, and before anything says whether an order is known."""
        now = self._clock.now()
        if asker.person in self._trusted:
            return None
        if self._needs_link and not verified:
            return Wish(Said.LINK_NEEDED, number)
        wait = self._guesses.wait(asker.person, now)
        if wait > 0 and not verified:
            return Wish(Said.TOO_MANY_MISSES, number, wait)
        followed, _awaited = chats.count_followed(self._database.reader, asker.chat_id)
        if followed >= MOST_FOLLOWED:
            return Wish(Said.TOO_MANY_FOLLOWED, number)
        return None

    async def _look_up(self, asked: _Asked) -> Order | None:
        person = asked.asker.person
        self._looked_up[person] += 1
        try:
            for order_id in asked.possible:
                found = await self._asking.ask(order_id, person=person)
                if found is not None:
                    return found
            return None
        finally:
            self._looked_up[person] -= 1
            if not self._looked_up[person]:
                del self._looked_up[person]

    def _keep(self, work: Coroutine[Any, Any, T], name: str) -> "asyncio.Task[T]":
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # who waits for it has seen it; nobody may be left

    async def _follow_known(
        self, asker: Asker, order: Order, number: str, *, verified: bool, label: str | None = None
    ) -> Wish:
        """The answer waits for the API a little; a question that is under way already serves too."""
        ask = self._asking.can_ask
        record = partial(
            self._record_follow, asker=asker, order=order, verified=verified, ask=ask, fresh=False, label=label
        )
        await self._database.write(record)
        self._woke()
        if ask:
            self._keep(self._question(asker.person, order), "question")
        return Wish(Said.FOLLOWING, number)

    async def _question(self, person: int, order: Order) -> None:
        try:
            await self._asking.ask(order.order_id, person=person, known=order.id)
        except PickPackError as trouble:
            log.info("Order %s could not be asked for: %s", order.order_id, trouble)
        except Exception:  # the outer edge of a task: the answer goes without what was asked
            log.exception("A question about an order failed")

    async def _follow_found(self, asked: _Asked, order: Order) -> Wish:
        record = partial(
            self._record_follow,
            asker=asked.asker,
            order=order,
            verified=asked.verified,
            ask=False,
            fresh=True,
            label=asked.label,
        )
        await self._database.write(record)
        self._woke()
        return Wish(Said.FOLLOWING, asked.number)

    def _record_follow(
        self,
        connection: sqlite3.Connection,
        asker: Asker,
        order: Order,
        *,
        verified: bool,
        ask: bool,
        fresh: bool,
        label: str | None,
    ) -> None:
        moment = self._moment()
        assert order.id is not None  # noqa: S101 - a stored order
        current = orders.load_by_id(connection, order.id) or order
        self._touch(connection, asker)
        for possible in chats.awaiting(connection, current.order_id):
            if possible.chat_id == asker.chat_id:
                chats.stop_awaiting(connection, asker.chat_id, possible.number)
        subscription = chats.follow(
            connection,
            asker.chat_id,
            order.id,
            level=chats.level_of(connection, asker.chat_id),
            thread_id=asker.thread_id,
            verified=verified,
            follower=None if asker.private else asker.person,
            label=label[:LONGEST_LABEL] if label is not None else None,
            now=moment.now,
        )
        outbox.close_for_order(connection, asker.chat_id, order.id, reason="answered", now=moment.now)
        answer = answer_to_follow(subscription, current, now=moment.now, ask=ask, message=asker.message_id)
        if fresh:  # the API has just answered: its age need not be told
            answer = replace(answer, payload={key: one for key, one in answer.payload.items() if key != "asked_at"})
        outbox.put(connection, [answer])
        reschedule(connection, current, moment)

    async def _await(self, asked: _Asked, said: Said) -> Wish:
        return Wish(await self._database.write(partial(self._record_await, asked=asked, said=said)), asked.number)

    def _record_await(self, connection: sqlite3.Connection, asked: _Asked, said: Said) -> Said:
        asker, now = asked.asker, self._clock.now()
        label = asked.label[:LONGEST_LABEL] if asked.label is not None else None
        self._touch(connection, asker)
        mine = {one.number for one in chats.awaited_of(connection, asker.chat_id)}
        if asked.number in mine:
            if label is not None:
                chats.label_awaited(connection, asker.chat_id, asked.number, label)
            return Said.AWAITING_ALREADY if said is Said.AWAITING else said
        if len(mine) >= MOST_AWAITED:
            return Said.TOO_MANY_AWAITED
        awaited = Awaited(
            chat_id=asker.chat_id,
            number=asked.number,
            candidates=tuple(asked.possible),
            level=chats.level_of(connection, asker.chat_id),
            thread_id=asker.thread_id,
            verified=asked.verified,
            follower=None if asker.private else asker.person,
            label=label,
        )
        first = TROUBLE_WAIT if said is Said.TROUBLE else timing.next_awaited(1)
        chats.await_number(connection, awaited, next_ask_at=now + first, ends_at=now + timing.AWAITED_FOR, now=now)
        return said

    def _stop(self, connection: sqlite3.Connection, subscription: Subscription) -> Order | None:
        order = orders.load_by_id(connection, subscription.order)
        outbox.close_for_order(
            connection, subscription.chat_id, subscription.order, reason="stopped", now=self._clock.now()
        )
        chats.stop(connection, subscription.id)
        self._reschedule(connection, subscription.order)
        return order
