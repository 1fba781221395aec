"""The bot in a test's own loop: real handlers, use cases, store and sender against a simulated Telegram.

Only the questions to the API are a fake: it answers from a dict, and records what it answers as the poller does.
"""

import asyncio
import itertools
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.ingest.recorder import EventRecorder
from bot.people.card_service import CardService
from bot.people.follow_service import FollowService
from bot.people.menu_state import MenuState
from bot.people.open_alerts import lasting
from bot.people.order_checks import OrderChecks
from bot.people.server_features import ServerFeatures
from bot.people.staff_service import StaffService
from bot.people.update_inbox import UpdateInbox
from bot.process.condition import Condition
from bot.sending.pacing import Pacer, PauseGate
from bot.sending.sender import Sender
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.simulators.telegram.state import ShownMessage
from bot.store.database import Database
from bot.telegram.config import TelegramConfig
from bot.telegram.room import TelegramRoom
from bot.telegram.said import Understand
from bot.telegram.session import TelegramSession
from bot.tracking.hours import StoreHours
from bot.tracking.model import Order, OrderPk
from bot.transactions.context import ContextSource
from bot.understanding.found import Link
from bot.understanding.numbers import find
from bot.understanding.understood import Intent, Understood
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.builders import contexts, open_database, snapshot_of, status_changed
from tests.fakes import ManualClock
from tests.key_catalog import ENGLISH, key_catalog
from tests.message_keys import button_of, says

ANA, BEN, STAFF, ADMIN = 1001, 1002, 4242, 4343
STAFF_GROUP = -1004242
LINK_SECRET = "a-secret-only-for-these-tests"
_NUMBERS = itertools.count(900_000)  # of messages that the simulator knows nothing of
NO_ORDERS: Mapping[str, str] = {}
_TAG = re.compile(r"\[(\w+)\]")
_GUESS = re.compile(r"~(\S+)")


def understand_tags(text: str, language: str, links: Iterable[Link] = ()) -> Understood:
    """The real finder; the intent stands in brackets ("[cancel] it"), guesses behind a `~`.

    So the tests of what is answered don't depend on how well people are understood.
    """
    found = find(_GUESS.sub("", _TAG.sub("", text)), links)
    tag = _TAG.search(text)
    intent = Intent(tag[1]) if tag is not None else Intent.SMALLTALK_OR_UNKNOWN
    why = (*found.why, f"read in {text}")  # reasons may repeat the text: nobody may keep them
    return Understood(found.numbers, (*found.guesses, *_GUESS.findall(text)), found.payloads, intent, why)


@dataclass
class FakeOrderLookup:
    """The poller's questions: `orders` maps ids to statuses; `failing` is raised instead of an answer."""

    recorder: EventRecorder
    clock: ManualClock
    orders: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    failing: Exception | None = None
    is_available: bool = True
    open: asyncio.Event = field(default_factory=asyncio.Event)  # cleared: nobody is answered until it is set

    def __post_init__(self) -> None:
        self.open.set()

    async def look_up(
        self, order_id: str, *, person: int = 0, known: OrderPk | None = None, first: bool = False
    ) -> Order | None:
        self.asked.append(order_id)
        await self.open.wait()
        if self.failing is not None:
            raise self.failing
        if order_id not in self.orders:
            return None
        snapshot = snapshot_of(self.orders[order_id], order_id=order_id)
        return await self.recorder.apply_snapshot(snapshot, sent_at=self.clock.now(), known=known)


@dataclass
class Talk:
    """A chat as its people see it; what came before `looked` counts as read."""

    telegram: TelegramSimulator
    id: int
    looked: int = 0

    def says(self, text: str, **how: Any) -> ShownMessage:
        return self.telegram.user_says(self.id, text, **how)

    def brings(self, **content: Any) -> int:
        """Sends a message with whatever Telegram may put into one; its number."""
        number = next(_NUMBERS)
        person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        chat = {"id": self.id, "type": "private" if self.id > 0 else "supergroup", "first_name": "Ana", "title": "G"}
        message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": person, **content}
        self.telegram.push_update({"message": message})
        return number

    async def hears(self, key: str | None = None, *, language: str = ENGLISH, **values: object) -> ShownMessage:
        """The next message of the bot, or the next that says this key."""
        wanted = None if key is None else lambda message: says(message, key, language=language, **values)
        message = await self.telegram.wait_for_message(self.id, wanted, after=self.looked)
        self.looked = message.message_id
        return message

    async def asks(self, text: str, **how: Any) -> ShownMessage:
        """Says something; the next message of the bot."""
        self.says(text, **how)
        return await self.hears()

    async def hears_nothing(self, **how: Any) -> None:
        """What was said before is not answered: the next answer is that to a later question."""
        self.says("/privacy", **how)
        message = await self.hears()
        assert says(message, "privacy"), self.telegram.transcript(self.id)

    async def presses(self, name: str, *, user_id: int | None = None) -> str:
        """Presses the newest button with this key, label or data; what the toast says."""
        for message in reversed(self.telegram.bot_messages(self.id)):
            with suppress(LookupError):
                data = button_of(message, name)["callback_data"]
                return await self.presses_data(message, data, user_id=user_id)
        raise LookupError(f"no button {name!r}")

    async def presses_data(self, message: ShownMessage, data: str, *, user_id: int | None = None) -> str:
        """Presses what may not even be there; what the toast says."""
        press = self.telegram.user_presses(self.id, message.message_id, data, user_id=user_id, forged=True)
        answer = await self.telegram.wait_for_answer(press)
        return str(answer["text"])

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.telegram.bot_messages(self.id)]


@dataclass
class BotHarness:
    """A running bot without a process."""

    telegram: TelegramSimulator
    database: Database
    clock: ManualClock
    order_lookup: FakeOrderLookup
    recorder: EventRecorder
    follow_service: FollowService
    sender: Sender
    sending_due: asyncio.Event
    bot: TelegramRoom
    inbox: UpdateInbox
    errors: list[str]

    def talk(self, person: int, **changes: Any) -> Talk:
        """The private chat of somebody."""
        return Talk(self.telegram, self.telegram.add_user(person, **changes))

    def group(self, chat_id: int, *members: int, **how: Any) -> Talk:
        """A group with these members."""
        self.telegram.add_group(chat_id, **how)
        for person in members:
            self.telegram.add_user(person)
            self.telegram.add_member(chat_id, person)
        return Talk(self.telegram, chat_id)

    def put(self, order_id: str, status: str = "PACKING") -> str:
        """An order that the API knows."""
        self.order_lookup.orders[order_id] = status
        return order_id

    async def moves(self, order_id: str, status: str) -> None:
        """A webhook tells that an order has moved."""
        old, self.order_lookup.orders[order_id] = self.order_lookup.orders[order_id], status
        await self.recorder.apply_webhook(status_changed(old, status, order_id))

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits for what the database says once the bot has written it, of which nothing else tells."""
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 - the database has no reason to tell anybody
                await asyncio.sleep(0.002)

    async def shown(self, talk: Talk, said: str, **how: Any) -> ShownMessage:
        """The card that answers, once it is written down as the living one: only then do its buttons act."""
        card = await talk.asks(said, **how)

        def is_marked() -> bool:
            followed = self.follow_service.followed(talk.id)
            return any(one.notified_message_id == card.message_id for one, _order in followed)

        await self.until(is_marked)
        return card

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the database answers."""
        return [tuple(row) for row in self.database.reader.execute(sql, values)]


@asynccontextmanager
async def running_bot(
    folder: Path,
    *,
    updates: str = "polling",
    by_link_only: bool = False,
    link_secrets: Sequence[str] = (LINK_SECRET,),
    admins: frozenset[int] = frozenset({ADMIN}),
    staff: frozenset[int] = frozenset({STAFF, ADMIN, STAFF_GROUP}),
    telegram: TelegramSimulator | None = None,
    catalog: Catalog | None = None,
    menus: bool = False,
    makes_backups: bool = False,
    orders: Mapping[str, str] = NO_ORDERS,
    waits_for_menus: bool = True,
    store: StoreInfo | None = None,
    understand: Understand = understand_tags,
    follows_per_day: int = 0,
    clock: ManualClock | None = None,
    alerted: Iterable[int] = (),
    store_hours: StoreHours | None = None,
    keep_days: int = 30,
) -> AsyncIterator[BotHarness]:
    """A bot that takes updates; everything is closed at the end, a `telegram` that was given too.

    The API knows `orders`. Without a `catalog` it says keys instead of words. Its command menus are dozens of calls:
    only where a test wants `menus`. `alerted`: who gets the alerts to staff.
    """
    async with telegram or TelegramSimulator() as simulator:
        database = open_database(folder, busy_seconds=0.05)
        try:
            harness = _build(
                simulator,
                database,
                updates=updates,
                by_link_only=by_link_only,
                link_secrets=list(link_secrets),
                admins=admins,
                staff_ids=staff,
                catalog=catalog or key_catalog(),
                makes_backups=makes_backups,
                store=store or StoreInfo(),
                understand=understand,
                clock=clock or ManualClock(),
                keep_days=keep_days,
                where=partial(contexts, follows_per_day=follows_per_day, staff=alerted, store_hours=store_hours),
            )
            harness.order_lookup.orders.update(orders)
            async with _running(harness, menus=menus, waits_for_menus=waits_for_menus):
                yield harness
        finally:
            await asyncio.to_thread(database.close)


def _build(
    telegram: TelegramSimulator,
    database: Database,
    *,
    updates: Any,
    by_link_only: bool,
    link_secrets: Sequence[str],
    admins: frozenset[int],
    staff_ids: frozenset[int],
    catalog: Catalog,
    makes_backups: bool,
    store: StoreInfo,
    understand: Understand,
    clock: ManualClock,
    keep_days: int,
    where: Callable[[ManualClock], ContextSource],
) -> BotHarness:
    pacer, errors = Pacer(0), list[str]()

    due = asyncio.Event()
    source = where(clock)
    recorder = EventRecorder(database, source, on_due=due.set)
    order_lookup = FakeOrderLookup(recorder, clock)
    follow_service = FollowService(
        database, clock, source, order_lookup, on_due=due.set, needs_link=by_link_only, trusted=staff_ids
    )
    renderer = Renderer(catalog, store)
    inbox = UpdateInbox(database, clock)
    config = TelegramConfig(
        token=telegram.token,
        api_url=telegram.api_url,
        updates=updates,
        public_url="https://bot.example.com" if updates == "webhook" else None,
        staff_ids=staff_ids,
        admins=admins,
        link_secrets=link_secrets,
        by_link_only=by_link_only,
        keep_days=keep_days,
        makes_backups=makes_backups,
    )
    door = TelegramRoom(
        config,
        gate=PauseGate(pacer, clock),
        follow_service=follow_service,
        card_service=CardService(database, clock, source, order_lookup, on_due=due.set),
        staff_service=StaffService(
            database,
            clock,
            source,
            on_due=due.set,
            pauses=lambda: pacer.pauses_in_force(clock.now()),
            open_alerts=lambda: lasting(database, source),
        ),
        order_checks=OrderChecks(database, source, order_lookup),
        renderer=renderer,
        update_inbox=inbox,
        menu_state=MenuState(database),
        features=ServerFeatures(database, clock, telegram.api_url),
        clock=clock,
        condition=Condition("telegram", clock),
        on_error=errors.append,
        understand=understand,
    )
    sender = Sender(database, clock, source, pacer, renderer=renderer, transport=door.delivery, due=due)
    return BotHarness(
        telegram, database, clock, order_lookup, recorder, follow_service, sender, due, door, inbox, errors
    )


@asynccontextmanager
async def _running(harness: BotHarness, *, menus: bool, waits_for_menus: bool) -> AsyncIterator[None]:
    await harness.bot.meet()
    await harness.bot.start()
    sending, taking = asyncio.create_task(harness.sender.run()), asyncio.create_task(harness.bot.run())
    setting = asyncio.create_task(harness.bot.set_menus() if menus else asyncio.sleep(0))
    try:
        if waits_for_menus:
            await asyncio.wait_for(asyncio.shield(setting), 10)
        yield
    finally:
        await harness.sender.stop()
        taking.cancel()
        setting.cancel()
        await harness.bot.stop_taking()
        await asyncio.gather(sending, taking, setting, return_exceptions=True)
        with patch.object(TelegramSession, "close", _close_at_once):
            await harness.bot.stop()


async def _close_at_once(session: TelegramSession) -> None:
    """aiogram's own close waits a quarter of a second for TLS that isn't there."""
    await (await session.create_session()).close()


def hold(database: Database) -> Callable[[], None]:
    """Another program writes to the database for long; what is returned ends it."""
    connection = sqlite3.connect(database.path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return partial(connection.close)
