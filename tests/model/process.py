"""The product around a real database file, between its two neighbours, with a life that can be cut short."""

import asyncio
from pathlib import Path
from typing import Any

from bot.ingest.recorder import EventRecorder
from bot.people.card_service import CardService
from bot.people.follow_service import FollowService
from bot.pickpack.health import Breaker
from bot.sending.pacing import Pacer
from bot.sending.persisted_pauses import PersistedPauses
from bot.sending.sender import Sender
from tests.builders import contexts
from tests.fakes import ManualClock
from tests.model.model import Model
from tests.model.pickpack import Parcel, PickPack
from tests.model.store import LoopDatabase, migrated_file
from tests.model.telegram import ScriptedTelegram, Words

CHATS = {11: "every", 12: "main", -13: "key"}
KNOWN, LATER = "1001-01", "1002-01"  # the first is followed by all from the start, the second nobody knows yet
RATE = 28.0
SETTLE = 3.0
OWN_TASKS = {"send", "question"}


class Tasks:
    """The tasks of one loop: those that all loops of a process have made, asyncio gives, and they may be thousands."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        loop.set_task_factory(self._make)

    def own(self) -> list[asyncio.Task[Any]]:
        """Those of the product that end by themselves."""
        return [task for task in self._running if task.get_name() in OWN_TASKS]

    def _make(self, loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(work, loop=loop, **more)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


class Process:
    """One bot, two orders, three chats, and the life of the process."""

    def __init__(self, folder: Path) -> None:
        self.model = Model(CHATS, (KNOWN, LATER))
        self.clock = ManualClock()
        self.telegram = ScriptedTelegram(self.model, self.clock)
        self._path = folder / "bot.db"
        self._path.write_bytes(migrated_file())
        self.breaker = Breaker(lambda: 0.0)
        self._open()
        self.pickpack = PickPack(self.model, self.clock, self.database, self.recorder)
        self.pickpack.begin(KNOWN, Parcel("one", "id-one"), Parcel("two", "id-two"))
        self.pickpack.begin(LATER, Parcel("one", None), Parcel("two", None))

    async def start(self) -> None:
        """The first process begins."""
        self._tasks = Tasks(asyncio.get_running_loop())
        await self._start()

    def _open(self) -> None:
        self.database = LoopDatabase(self._path)
        self.database.open()
        self.pacer = Pacer(RATE)
        self.telegram.refuse_bot = self._refuse_bot
        self.due = asyncio.Event()
        self.contexts = contexts(self.clock, debounce=SETTLE, breaker=self.breaker)
        self.recorder = EventRecorder(self.database, self.contexts, on_due=self.due.set)
        self.sender = Sender(
            self.database,
            self.clock,
            self.contexts,
            self.pacer,
            renderer=Words(),
            transport=self.telegram,
            due=self.due,
        )

    async def _refuse_bot(self, seconds: float) -> None:
        """Telegram refuses getUpdates: the gate of all calls notes that, and the pause is stored."""
        self.pacer.note_retry_after(None, seconds, self.clock.now())
        await PersistedPauses(self.database, self.clock, self.pacer).save()

    async def _start(self) -> None:
        self.pickpack.database, self.pickpack.recorder = self.database, self.recorder
        self.follow_service = FollowService(
            self.database,
            self.clock,
            self.contexts,
            self.pickpack,
            on_due=self.due.set,
            trusted=frozenset({*CHATS, *map(abs, CHATS)}),
        )
        self.card_service = CardService(self.database, self.clock, self.contexts, self.pickpack, on_due=self.due.set)
        PersistedPauses(self.database, self.clock, self.pacer).restore()
        self._running = asyncio.create_task(self.sender.run(), name="sender")
        await asyncio.sleep(0)
        await self.database.write(lambda _connection: None)  # what was under way has been released before this

    async def crash(self, *, shown: bool) -> None:
        """The process is killed: what is in memory is lost, the file stays as it is."""
        await self.end()
        self.telegram.cut(shown=shown)
        self.database.close()
        self._open()
        await self._start()

    async def restart(self) -> None:
        """The service is stopped as it should be, and started."""
        stopping = asyncio.create_task(self.sender.stop())
        await asyncio.sleep(0)
        while not stopping.done():
            self.telegram.land_all()  # a second try of a refused text goes out too
            await asyncio.sleep(0)
        await stopping
        await self._running
        self.database.close()
        self.model.starts_anew()
        self._open()
        await self._start()

    async def end(self) -> None:
        """Nothing more is claimed, and what is under way is cut off."""
        stopping = asyncio.create_task(self.sender.stop())
        await self._running
        own = self._tasks.own()
        for task in own:
            task.cancel()
        await asyncio.gather(stopping, *own, return_exceptions=True)

    def close(self) -> None:
        self.database.close()

    async def run_on(self) -> None:
        """Everything that can go on without the clock goes on."""
        while True:
            while self._under_way() > len(self.telegram.waiting):  # noqa: ASYNC110 - calls on the wire end no task
                await asyncio.sleep(0)
            await asyncio.sleep(0)  # what follows the end of a task follows it in the loop's next round
            self.sender.start_due()
            if self._under_way() <= len(self.telegram.waiting):
                return

    def _under_way(self) -> int:
        return len(self._tasks.own())

    async def wait(self, seconds: float, hops: int = 4) -> None:
        for _ in range(hops):
            self.clock.advance(seconds / hops)
            await self.pickpack.take_chains()
            await self.run_on()

    def unfinished(self) -> list[tuple[object, ...]]:
        """The rows of the outbox that still wait, or are still under way."""
        rows = self.database.reader.execute(
            "SELECT chat_id, order_id, kind, outbox.status, due_at, outbox.state FROM outbox "
            "LEFT JOIN orders ON orders.id = outbox.\"order\" WHERE outbox.state IN ('open', 'claimed')"
        )
        return [tuple(row) for row in rows]

    def crowded(self) -> list[tuple[object, ...]]:
        """Chats for which more than one card, or more than one edit, of the same order waits."""
        rows = self.database.reader.execute(
            "SELECT chat_id, \"order\", kind FROM outbox WHERE state = 'open' AND kind IN ('card', 'edit') "
            'GROUP BY chat_id, "order", kind HAVING count(*) > 1'
        )
        return [tuple(row) for row in rows]

    def silenced(self) -> set[int]:
        """The chats that the bot takes for gone."""
        rows = self.database.reader.execute("SELECT chat_id FROM chats WHERE paused IS NOT NULL")
        return {self.telegram.known_as(row["chat_id"]) for row in rows}

    def believed(self) -> dict[str, str]:
        """The status of each order as the store has it."""
        return self.pickpack.believed()
