"""What the demo's page shows and changes: the cast, the store, the switches. Plain values in, plain values out."""

import asyncio
from collections.abc import Callable

from bot.demo.page import calls
from bot.demo.page.fault_switches import Switches
from bot.demo.page.personas import CAST, Actor
from bot.demo.page.snapshot import show_chats, show_orders
from bot.demo.page.statuses import ASIDE, WALK, next_status
from bot.simulators.pickpack.orders import SimulatedItem, SimulatedOrder
from bot.simulators.service_process import ServiceError
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramEvent
from bot.simulators.telegram.state import BotStatus
from bot.simulators.world import SimulatedWorld

FIRST_ORDER = "1509750516095-01"
LONGEST_TEXT = 4096


class WrongAction(Exception):
    """What the page asked for can't be done; the text says why."""


class Stage:
    """The world with its cast. `changed` is called whenever the page has something new to show."""

    def __init__(self, world: SimulatedWorld, *, language: str = "en", speed: float = 1.0) -> None:
        self.world = world
        self.speed = speed
        self._phase = "starting"
        self.changed: Callable[[], None] = lambda: None
        self.causes = calls.Causes()
        self.switches = Switches(world)
        self._walks: dict[str, asyncio.Task[None]] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._orders_made = 0
        self._toast: Json = {"number": 0, "text": ""}
        self._cast = (Actor(CAST[0].id, CAST[0].name, language), *CAST[1:])
        for actor in self._cast:
            world.telegram.add_user(actor.id, first_name=actor.name, language_code=actor.language)
        world.telegram.subscribe(self._hear)

    def _hear(self, event: TelegramEvent) -> None:
        if event.kind == "answered" and event.data["text"]:
            self._toast = {"number": self._toast["number"] + 1, "text": event.data["text"]}
        self.changed()

    # ── what is shown ────────────────────────────────────────────────────────

    @property
    def phase(self) -> str:
        """Of the service: starting, ready, killed, or ended, which nobody asked it to."""
        return "ended" if self._phase == "ready" and self.world.service.pid is None else self._phase

    def snapshot(self) -> Json:
        """Everything that the page draws, as JSON values; no secrets are in it."""
        return {
            "phase": self.phase,
            "chats": show_chats(self.world, self._cast),
            "orders": show_orders(self.world, self._walks),
            "toast": self._toast,
            "statuses": [*WALK, *ASIDE],
            "switches": self.switches.shown(),
            "calls": calls.newest(self.world, self.causes, {actor.id: actor.name for actor in self._cast}),
        }

    def begin(self) -> None:
        """Somebody follows an order, and it walks: there is something to see without a click."""
        number = self.make_order()
        self.say(self._cast[0].id, number)
        self.walk(number, on=True)
        self.changed()

    # ── the phone ────────────────────────────────────────────────────────────

    def say(self, chat: int, text: str) -> None:
        """Somebody writes."""
        self._actor(chat)
        if not text.strip():
            raise WrongAction("there is nothing to send")
        if self.world.telegram.state.chats[chat].bot_status is BotStatus.KICKED:
            self.block(chat, on=False)
        self.world.telegram.user_says(chat, text[:LONGEST_TEXT])
        self.causes.said(chat, self._wall())

    def press(self, chat: int, message: int, data: str) -> None:
        """Somebody presses a button; what the bot answers is in `toast`."""
        self._actor(chat)
        try:
            self.world.telegram.user_presses(chat, message, data)
        except LookupError:
            raise WrongAction("this button is no longer there") from None
        self.causes.said(chat, self._wall())

    def language(self, chat: int, code: str) -> None:
        """Somebody's Telegram is in another language now; what they chose with /language stays."""
        self._actor(chat)
        self.world.telegram.add_user(chat, language_code=code[:35] or None)

    def block(self, chat: int, *, on: bool) -> None:
        """Somebody blocks the bot, or lets it in again."""
        self._actor(chat)
        (self.world.telegram.user_blocks if on else self.world.telegram.user_unblocks)(chat)
        self.causes.said(chat, self._wall())

    def _actor(self, chat: int) -> Actor:
        found = next((actor for actor in self._cast if actor.id == chat), None)
        if found is None:
            raise WrongAction(f"there is no chat {chat}")
        return found

    # ── the store ────────────────────────────────────────────────────────────

    def make_order(self) -> str:
        """The store has a new order; its number."""
        number = FIRST_ORDER if self._orders_made == 0 else f"15097505{16095 + self._orders_made}-01"
        self._orders_made += 1
        items = [SimulatedItem("Oat milk", 2), SimulatedItem("Bread")]
        self.world.pickpack.put_order(number, WALK[0], items=items)
        return number

    def move(self, order: str, status: str | None) -> None:
        """An order gets a status, or (None) the next one of its way."""
        known = self._known(order)
        new = status or next_status(known.status)
        if new is None:
            raise WrongAction(f"{order} is at the end of its way")
        if new == "ON_ROUTE":
            self._leave(known)
        if new == "DELIVERED":
            for service in known.services:
                service.status = "DELIVERED"
        self.causes.moved(order, self._wall())
        self.world.pickpack.set_status(order, new[:64])

    def walk(self, order: str, *, on: bool, pause: float = 1.4) -> None:
        """An order walks to its end by itself, or stops doing so."""
        self._known(order)
        walking = self._walks.pop(order, None)
        if walking is not None:
            walking.cancel()
        if on:
            self._walks[order] = asyncio.create_task(self._walk(order, pause))

    async def _walk(self, order: str, pause: float) -> None:
        try:
            while (status := next_status(self._known(order).status)) is not None:
                # on the road there is something to look at: the courier's button
                await asyncio.sleep(pause * (5 if status == "DELIVERED" else 1) / self.speed)
                self.move(order, status)
                self.changed()
        except WrongAction:
            pass  # the order is gone
        self._walks.pop(order, None)
        self.changed()

    def couriers(self, order: str) -> None:
        """A second courier shares the order; each has a link of its own."""
        known = self._known(order)
        self._leave(known)
        store = self.world.pickpack
        url = f"https://track.example.com/blue/{order[-5:]}"
        store.set_service(order, "S-2", status="ON_ROUTE", courier="Blue Van", tracking_url=url)
        if known.status != "ON_ROUTE":
            self.move(order, "ON_ROUTE")
        self.causes.moved(order, self._wall())

    def service(self, order: str, status: str) -> None:
        """What the first courier reports: INCIDENT, ON_ROUTE (it goes on) or RETURNED."""
        known = self._known(order)
        if not known.services:
            raise WrongAction(f"{order} has no courier yet: send it on its way first")
        known.services[0].status = status
        self.causes.moved(order, self._wall())

    def _leave(self, order: SimulatedOrder) -> None:
        url = f"https://track.example.com/swift/{order.order_id[-5:]}"
        self.world.pickpack.set_service(order.order_id, "S-1", status="ON_ROUTE", tracking_url=url)

    def _known(self, order: str) -> SimulatedOrder:
        found = self.world.pickpack.orders.get(order)
        if found is None:
            raise WrongAction(f"the store has no order {order!r}")
        return found

    # ── trouble ──────────────────────────────────────────────────────────────

    def switch(self, name: str, *, on: bool) -> None:
        """A fault is switched on or off."""
        try:
            self.switches.turn(name, on=on)
        except LookupError:
            raise WrongAction(f"there is no switch {name!r}") from None

    def expire_tokens(self) -> None:
        """The API refuses the token from now on: the service must get another one."""
        self.world.pickpack.expire_tokens()

    async def kill(self) -> None:
        """SIGKILL the service."""
        if self.phase == "ready":
            self._phase = "killed"
            await self.world.kill()
            self.changed()

    def start_soon(self) -> None:
        """The service is started again on the same file."""
        if self.phase in ("killed", "ended"):
            self._phase = "starting"
            task = asyncio.create_task(self._start_again())
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def _start_again(self) -> None:
        await self.world.restart()
        await self.until_ready()

    async def until_ready(self) -> bool:
        """Wait for the service; False where it ends meanwhile, or takes too long."""
        try:
            await self.world.wait_until_ready()
            self._phase = "ready"
        except ServiceError:
            self._phase = "killed"
        self.changed()
        return self.phase == "ready"

    async def close(self) -> None:
        """Nothing walks on."""
        tasks = [*self._walks.values(), *self._work]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _wall(self) -> float:
        return self.world.telegram.clock.wall()
