""" "News came": load, decide, save order + history + outbox, in one function on the writer's thread, in one commit.

There is no second road: the listener and the poller both enter here.
"""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

from bot.process.clock import Clock
from bot.store import chats, facts, orders, outbox
from bot.store.database import Database
from bot.store.owing import Moment, reschedule
from bot.tracking import deciding, timing
from bot.tracking.deciding import Decision, Verdict
from bot.tracking.model import NotFound, Order, SnapshotSeen, StatusHeard
from bot.tracking.notifying import Case, Policy, answer_to_follow, plan
from bot.tracking.statuses import ON_ROUTE, look_up
from bot.tracking.timing import Silence

HOSTNAME_FACT = "hostname"


Alert = Callable[[sqlite3.Connection, Order], None]


class Intake:
    """Records news. `woke` is called after each commit that may have made something due at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        silence: Silence,
        policy: Callable[[], Policy],
        woke: Callable[[], None],
        on_unknown_status: Alert | None = None,
        chance: Callable[[], float] = lambda: random.uniform(-1, 1),  # noqa: S311 - spreads polls, keeps no secret
    ) -> None:
        self._database = database
        self._clock = clock
        self._silence = silence
        self._policy = policy
        self._woke = woke
        self._alert = on_unknown_status
        self._chance = chance

    def moment(self) -> Moment:
        """Now, as deciding sees it."""
        return Moment(self._clock.now(), self._clock.wall(), self._policy(), self._silence, self._chance())

    async def hear(self, event: StatusHeard) -> Literal["stored", "repeat"]:
        """A webhook came. Returns after the commit; raises StoreTrouble if it could not be stored."""
        decision = await self._database.write(
            partial(record_heard, event=event, moment=self.moment(), alert=self._alert)
        )
        self._woke()
        return "repeat" if decision.verdict is Verdict.REPEAT else "stored"

    async def see(self, snapshot: SnapshotSeen, *, sent_at: float, known: int | None = None) -> Order:
        """A GET that was sent at `sent_at` answered. `known` is the row of the order that was asked for."""
        work = partial(
            record_seen, snapshot=snapshot, sent_at=sent_at, known=known, moment=self.moment(), alert=self._alert
        )
        decision = await self._database.write(work)
        self._woke()
        return decision.order

    async def miss(self, news: NotFound, *, sent_at: float, known: int) -> None:
        """A GET of a known order answered that there is none."""
        await self._database.write(
            partial(record_missed, news=news, sent_at=sent_at, known=known, moment=self.moment())
        )
        self._woke()

    async def fail(self, known: int, *, wait: float | None = None) -> None:
        """A GET of a known order failed: it backs off (`wait` seconds, if the API named them), nothing waits for it."""
        await self._database.write(partial(record_failed, known=known, wait=wait, moment=self.moment()))
        self._woke()


def record_heard(
    connection: sqlite3.Connection, event: StatusHeard, moment: Moment, alert: Alert | None = None
) -> Decision:
    """Record a webhook; the decision's order carries its row."""
    before = orders.load(connection, event.hostname, event.order_id)
    order = before or Order(event.hostname.casefold(), event.order_id)
    decision = deciding.hear(order, event, now=moment.now, wall=moment.wall)
    return _record(connection, before, decision, moment, alert)


def record_seen(
    connection: sqlite3.Connection,
    snapshot: SnapshotSeen,
    *,
    sent_at: float,
    moment: Moment,
    known: int | None = None,
    alert: Alert | None = None,
) -> Decision:
    """Record a GET's answer."""
    hostname = snapshot.hostname or facts.get(connection, HOSTNAME_FACT) or ""
    before = orders.load_by_id(connection, known) if known is not None else None
    before = before or orders.load(connection, hostname, snapshot.order_id)
    order = before or Order(hostname.casefold(), snapshot.order_id)
    decision = deciding.see(order, snapshot, sent_at=sent_at, now=moment.now, wall=moment.wall)
    return _record(connection, before, decision, moment, alert)


def record_missed(connection: sqlite3.Connection, news: NotFound, sent_at: float, known: int, moment: Moment) -> None:
    """Record that the API does not know an order that we know. Nothing is told; nothing waits for details."""
    before = orders.load_by_id(connection, known)
    if before is not None:
        decision = replace(deciding.miss(before, news, sent_at=sent_at), fresh=True)
        _record(connection, before, decision, moment, None)


def record_failed(connection: sqlite3.Connection, known: int, wait: float | None, moment: Moment) -> None:
    """Record that asking for an order failed."""
    before = orders.load_by_id(connection, known)
    if before is None:
        return
    failures = before.failures + 1
    pause = wait if wait is not None else timing.backoff(failures, jitter=moment.jitter)
    order = replace(before, failures=failures, retry_at=moment.now + pause)
    _record(connection, before, Decision(Verdict.SAME, order, fresh=True), moment, None)


def _record(
    connection: sqlite3.Connection, before: Order | None, decision: Decision, moment: Moment, alert: Alert | None
) -> Decision:
    order = orders.save(connection, decision.order, before=before, now=moment.now)
    orders.remember(connection, order, decision.history, wall=moment.wall)
    assert order.id is not None  # noqa: S101 - saved in the line above
    for subscription in chats.followers(connection, order.id):
        notices = outbox.open_notices(connection, subscription.chat_id, order.id)
        case = Case(subscription, order, notices, moment.policy, moment.now, decision.fresh)
        outbox.apply(connection, plan(case, decision.events), now=moment.now)
    # looked for each time: the order may have come in while the number was being asked for, and awaited only then
    _match_awaited(connection, order, moment)
    if alert is not None and order.status is not None and look_up(order.status).rank is None:
        alert(connection, order)
    return replace(decision, order=reschedule(connection, order, moment))


def _match_awaited(connection: sqlite3.Connection, order: Order, moment: Moment) -> None:
    """The order has appeared: whoever awaits a number that may mean it follows it from now on, and is told."""
    assert order.id is not None  # noqa: S101 - a stored order
    for awaited in chats.awaiting(connection, order.order_id):
        chats.stop_awaiting(connection, awaited.chat_id, awaited.number)
        subscription = chats.follow(
            connection,
            awaited.chat_id,
            order.id,
            level=awaited.level,
            thread_id=awaited.thread_id,
            verified=awaited.verified,
            follower=awaited.follower,
            label=awaited.label,
            now=moment.now,
        )
        chat = chats.load(connection, awaited.chat_id)
        if chat is not None and chat.paused is None:
            # it may await this order under two numbers, or follow it already: one answer stands for all
            outbox.close_for_order(connection, awaited.chat_id, order.id, reason="answered", now=moment.now)
            waits = deciding.effective(order) == ON_ROUTE and moment.policy.details_possible
            outbox.put(connection, [answer_to_follow(subscription, order, now=moment.now, ask=waits, message=None)])
