"""Simulates one order: its true status, webhooks that get lost, an API behind a cache, and chats that follow it.

It knows what is true and what each chat sees; the bot learns of it only by webhooks and GETs. All of the
bot's code is real (recording, store, marking), except the sender's loop, for which `drain`, `claim` and `mark` stand.
"""

import sqlite3
from dataclasses import dataclass, field

from bot.store import chats, orders, outbox
from bot.tracking import chains
from bot.tracking.deciding import effective_status
from bot.tracking.events import NotFound, OrderSnapshot, StatusChanged
from bot.tracking.model import Kind, Level, NoticeId, NoticeState, Order, Priority, Ticks
from bot.tracking.notifying import Policy
from bot.tracking.order_facts import order_facts
from bot.tracking.statuses import ON_ROUTE, look_up
from bot.tracking.timing import PollIntervals
from bot.transactions import delivery_results, record
from bot.transactions.cards import put_card
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from bot.transactions.context import DecisionContext
from bot.transactions.schedule import schedule_poll
from bot.words.texts import Text
from tests.builders import HOST, ORDER_ID, row_of, service, text_for
from tests.fakes import ManualClock

LEVELS = {11: Level.EVERY, 12: Level.MAIN, 13: Level.KEY}
IMPLYING_ON_ROUTE = {"PICKED", "ON_ROUTE"}
QUIET = 2.5 * 3600  # longer than two of the longest silences


@dataclass
class Told:
    """A card that told a state. `doubtful`: since the one before, something may or may not have come."""

    status: str
    is_reply: bool
    reverted_from: str | None
    doubtful: bool


@dataclass
class Screen:
    """What one chat sees. `cards`: what each card of which the bot knows the message shows, until it is folded."""

    states: list[Told] = field(default_factory=list)
    news: list[ClaimedNotice] = field(default_factory=list)
    cards: dict[int, str | None] = field(default_factory=dict)
    doubtful: bool = False

    def show(self, claimed: ClaimedNotice, text: Text, message_id: int | None) -> None:
        """Show a message or an edit in the chat; None: the bot doesn't learn which message it is."""
        match claimed.notice.kind:
            case Kind.CARD:
                self._tell(claimed)
                if message_id is not None:
                    self.cards[message_id] = text.fingerprint
            case Kind.EDIT if claimed.target is not None:
                assert claimed.target in self.cards, "what was folded is edited"
                self.cards[claimed.target] = text.fingerprint
            case Kind.FOLD if claimed.target is not None:
                self.cards.pop(claimed.target, None)
            case _:
                raise AssertionError(claimed)

    def _tell(self, claimed: ClaimedNotice) -> None:
        """Note a card: as a state, unless it only has news of a package in the state that was told."""
        notice, lead = claimed.notice, claimed.content.lead
        assert notice.status is not None
        if notice.status == self.last and (lead.news or lead.links):
            self.news.append(claimed)
        else:
            self.states.append(Told(notice.status, notice.is_reply, lead.reverted_from, self.doubtful))
            self.doubtful = False

    @property
    def last(self) -> str | None:
        """The state that the chat was told last."""
        return self.states[-1].status if self.states else None


class SimulatedOrder:
    """One order, from outside and from inside."""

    def __init__(self, connection: sqlite3.Connection, status: str, *, cache_seconds: float, debounce: float) -> None:
        self.connection = connection
        self.clock = ManualClock()
        self.status = status
        self.services: dict[str, tuple[str, str | None]] = {}
        self.was_true = {status}
        self.on_the_way: list[StatusChanged] = []  # webhooks
        self.screens = {chat_id: Screen() for chat_id in LEVELS}
        self.extra_polls = 0
        self.api_away = False  # each GET fails
        self._settle = debounce
        self._cache_seconds = cache_seconds
        self._cache: tuple[OrderSnapshot, float] | None = None
        self._open_get: tuple[OrderSnapshot, float] | None = None
        self._in_flight: dict[int, tuple[ClaimedNotice, Text]] = {}
        self._messages = 0
        record.apply_snapshot(connection, self.truth(), sent_at=self.clock.now(), context=self.moment())
        for chat_id, level in LEVELS.items():
            chats.touch(connection, chat_id, now=self.clock.now())
            chats.set_level(connection, chat_id, level)
            self.follow(chat_id)
        self.answer_get()
        self.drain()

    # ── what is true ─────────────────────────────────────────────────────────

    def truth(self) -> OrderSnapshot:
        services = tuple(service(status, key, link) for key, (status, link) in self.services.items())
        return OrderSnapshot(HOST, ORDER_ID, self.status, services)

    def walk(self, status: str) -> None:
        """Move the order to another status, and put its webhook on the way."""
        if status != self.status:
            self.on_the_way.append(StatusChanged(HOST, ORDER_ID, self.status, status))
            self.status = status
            self.was_true.add(status)

    def work(self, key: str, status: str, link: str | None) -> None:
        """Move a service to another status."""
        self.services[key] = (status, link)
        if status in IMPLYING_ON_ROUTE:
            self.was_true.add(ON_ROUTE)

    # ── what the bot learns ──────────────────────────────────────────────────

    def deliver(self, which: int, *, keep: bool = False) -> None:
        """Deliver one of the webhooks on the way; with `keep` it will arrive once more."""
        if self.on_the_way:
            which %= len(self.on_the_way)
            self.hear(self.on_the_way[which] if keep else self.on_the_way.pop(which))

    def hear(self, event: StatusChanged) -> None:
        record.apply_webhook(self.connection, event, self.moment())

    def lose(self, which: int) -> None:
        if self.on_the_way:
            self.on_the_way.pop(which % len(self.on_the_way))

    def ask(self) -> None:
        """Send a GET that is answered at once."""
        self.send_get()
        self.answer_get()

    def send_get(self) -> None:
        if self._open_get is None:
            self._open_get = (self._cached(), self.clock.now())
            self.extra_polls += 1

    def answer_get(self) -> None:
        if self.api_away:
            self.fail_get()
        if self._open_get is not None:
            (snapshot, sent_at), self._open_get = self._open_get, None
            moment = self.moment()
            record.apply_snapshot(
                self.connection, snapshot, sent_at=Ticks(sent_at), context=moment, known=row_of(self.order)
            )

    def fail_get(self) -> None:
        if self._open_get is not None:
            self._open_get = None
            record.apply_failure(self.connection, self.moment(), known=row_of(self.order))

    def miss_get(self) -> None:
        if self._open_get is not None:
            (_, sent_at), self._open_get = self._open_get, None
            moment = self.moment()
            record.apply_not_found(
                self.connection, NotFound(ORDER_ID), moment, sent_at=Ticks(sent_at), known=row_of(self.order)
            )

    def _cached(self) -> OrderSnapshot:
        now = self.clock.now()
        if self._cache is None or now - self._cache[1] >= self._cache_seconds:
            self._cache = (self.truth(), now)
        return self._cache[0]

    @property
    def order(self) -> Order:
        found = orders.load(self.connection, HOST, ORDER_ID)
        assert found is not None
        return found

    def moment(self) -> DecisionContext:
        return DecisionContext(self.clock.now(), self.clock.wall(), Policy(self._settle), PollIntervals())

    # ── what the chats see ───────────────────────────────────────────────────

    def follow(self, chat_id: int) -> None:
        """Follow the order (perhaps once more): put the card that answers, and send a GET."""
        now = self.clock.now()
        order = self.order
        level = chats.level_of(self.connection, chat_id)
        subscription = chats.follow(
            self.connection,
            chat_id,
            row_of(order),
            level=level,
            thread_id=None,
            verified=False,
            follower=None,
            now=now,
        )
        put_card(self.connection, subscription, order, self.moment(), waits_for_api=True)
        schedule_poll(self.connection, order, self.moment())
        self.send_get()

    def drain(self) -> None:
        """Send all that is due to the chats that nothing is on the wire to."""
        for _ in range(50):
            found = [one for priority in Priority for one in self._due(priority)]
            if not found:
                return
            for number, chat_id in found:
                if chat_id not in self._in_flight and self._claim(number, chat_id):
                    self.mark(chat_id, "sent")
        raise AssertionError("the outbox never gets empty")

    def claim(self, chat_id: int) -> None:
        """Claim one message to the chat; it is being sent from now on."""
        for priority in Priority:
            for number, chat in self._due(priority):
                if chat == chat_id and chat_id not in self._in_flight and self._claim(number, chat_id):
                    return

    def mark(self, chat_id: int, outcome: str) -> None:
        """Mark the message that is being sent: sent, shown or lost (both unknown to the bot), not sent, or a 429."""
        if chat_id not in self._in_flight:
            return
        claimed, text = self._in_flight.pop(chat_id)
        screen = self.screens[chat_id]
        match outcome:
            case "sent":
                self._messages += 1
                screen.show(claimed, text, self._messages)
                number = self._messages if claimed.target is None else claimed.target
                delivery_results.mark_sent(self.connection, claimed, text, number, context=self.moment())
            case "shown" | "lost":
                if outcome == "shown" or claimed.notice.unknown_outcomes > 0:  # the second time it did arrive
                    screen.show(claimed, text, None)
                screen.doubtful = True
                delivery_results.mark_unknown(self.connection, claimed, "time-out", context=self.moment())
            case "not sent":
                delivery_results.mark_not_sent(self.connection, claimed, context=self.moment())
            case _:
                delivery_results.mark_rate_limited(self.connection, claimed, until=None, context=self.moment())

    def crash(self, *, shown: bool) -> None:
        """End the process while messages are being sent, and start it again."""
        for chat_id, (claimed, text) in self._in_flight.items():
            if shown:
                self.screens[chat_id].show(claimed, text, None)
            self.screens[chat_id].doubtful = True
        self._in_flight.clear()
        self._open_get = None
        delivery_results.release_at_start(self.connection, context=self.moment())

    def _due(self, priority: Priority) -> list[tuple[NoticeId, int]]:
        return outbox.due(
            self.connection, self.clock.now(), priority=priority, without=self._in_flight.keys(), limit=50
        )

    def _claim(self, number: NoticeId, chat_id: int) -> bool:
        claimed = claim(self.connection, number, chat_id, self.moment())
        if claimed is None:
            return False
        self._in_flight[chat_id] = (claimed, text_for(claimed.order))
        return True

    # ── time ─────────────────────────────────────────────────────────────────

    def wait(self, seconds: float) -> None:
        """Let time pass, and ask and send what becomes due."""
        until = self.clock.now() + seconds
        while (due := self._next_due()) is not None and due <= until:
            self._go_on(due)
        self.clock.advance(max(0.0, until - self.clock.now()))
        self.drain()

    def settle(self) -> None:
        """Let nothing more happen, and run the order's own schedule until it has nothing left to find out."""
        for chat_id in list(self._in_flight):
            self.mark(chat_id, "sent")
        self.answer_get()
        quiet_since = self.clock.now()
        while (due := self._next_due()) is not None and (self._is_final() or due <= quiet_since + QUIET):
            before = self._known()
            self._go_on(due)
            if self._known() != before:
                quiet_since = self.clock.now()
        self.drain()

    def _is_final(self) -> bool:
        """After the end an order is asked for 6 h, 24 h, 72 h later, and then no more."""
        return look_up(self.order.status or "").final

    def _go_on(self, due: float) -> None:
        self.clock.advance(max(0.0, due - self.clock.now()))
        self.drain()
        record.take_chains(self.connection, self.moment())
        at = self.order.next_poll_at
        if at is not None and at <= self.clock.now():
            if self._open_get is None:
                self.send_get()
            self.answer_get()
        self.drain()

    def _next_due(self) -> float | None:
        order = self.order
        times = [order.next_poll_at, chains.due_at(order), self._next_message()]
        return min((at for at in times if at is not None), default=None)

    def _next_message(self) -> float | None:
        rows = self.connection.execute("SELECT chat_id, due_at FROM outbox WHERE state = 'open'")
        return min((row["due_at"] for row in rows if row["chat_id"] not in self._in_flight), default=None)

    def _known(self) -> tuple[object, ...]:
        order = self.order
        return order.status, effective_status(order), order.shipments

    # ── what must hold at any moment ─────────────────────────────────────────

    def check_outbox(self) -> None:
        """At most one open card and one open edit a chat, and no card but an answer while one is on the wire."""
        for chat_id in LEVELS:
            notices = outbox.open_notices(self.connection, chat_id, row_of(self.order))
            cards = [one for one in notices if one.kind is Kind.CARD]
            waiting = [one for one in cards if one.state is NoticeState.OPEN]
            edits = [one for one in notices if one.kind is Kind.EDIT and one.state is NoticeState.OPEN]
            assert len(waiting) <= 1 and len(edits) <= 1, notices
            if len(waiting) < len(cards):
                assert all(one.is_reply for one in waiting)

    def check_at_rest(self) -> None:
        """Nothing waits; of each chat's cards one is not folded, the newest, and it shows what the bot knows."""
        order = self.order
        for chat_id, screen in self.screens.items():
            assert outbox.open_notices(self.connection, chat_id, row_of(order)) == []
            subscription = chats.subscription_of(self.connection, chat_id, row_of(order))
            assert subscription is not None
            assert screen.cards == {subscription.notified_message_id: order_facts(order)}
