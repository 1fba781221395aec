"""Control the simulated world for the demo's page: chats, orders, faults. Takes and returns plain JSON values."""

import asyncio
from collections.abc import Callable

from bot.demo.page.calls import Causes, newest_calls
from bot.demo.page.fault_switches import FaultSwitches
from bot.demo.page.personas import PERSONAS, STAFF_ID, Persona
from bot.demo.page.snapshot import chats_json, orders_json
from bot.demo.page.statuses import OTHER_STATUSES, USUAL_PATH, next_status
from bot.simulators.pickpack.orders import SimulatedItem, SimulatedOrder
from bot.simulators.service_process import ServiceError
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramEvent
from bot.simulators.telegram.state import BotStatus
from bot.simulators.telegram.text import MAX_TEXT_LENGTH
from bot.simulators.world import SimulatedWorld

FIRST_ORDER = "1509750516095-01"


class ActionError(Exception):
    """An action of the page is impossible now; the text says why."""


class DemoController:
    """Controls a world for the page. `changed` is called whenever the page has something new to show."""

    def __init__(self, world: SimulatedWorld, *, language: str = "en", speed: float = 1.0) -> None:
        self.world = world
        self.speed = speed
        self._phase = "starting"
        self.changed: Callable[[], None] = lambda: None
        self.causes = Causes()
        self.switches = FaultSwitches(world)
        self._walks: dict[str, asyncio.Task[None]] = {}
        self._starts: set[asyncio.Task[None]] = set()
        self._order_count = 0
        self._toast: Json = {"number": 0, "chat": 0, "text": ""}
        self._personas = (Persona(PERSONAS[0].id, PERSONAS[0].name, language), *PERSONAS[1:])
        for persona in self._personas:
            world.telegram.add_user(persona.id, first_name=persona.name, language_code=persona.language)
        world.telegram.subscribe(self._on_event)

    def _on_event(self, event: TelegramEvent) -> None:
        if event.kind == "answered" and event.data["text"]:
            said = {"chat": event.data["chat_id"], "text": event.data["text"]}
            self._toast = {"number": self._toast["number"] + 1, **said}
        self.changed()

    # ── the state ────────────────────────────────────────────────────────────

    @property
    def phase(self) -> str:
        """The service's phase: starting, ready, killed, or ended (by itself)."""
        return "ended" if self._phase == "ready" and self.world.service.pid is None else self._phase

    def snapshot(self) -> Json:
        """Return everything that the page shows as JSON values, without secrets."""
        return {
            "phase": self.phase,
            "chats": chats_json(self.world, self._personas),
            "orders": orders_json(self.world, self._walks),
            "toast": self._toast,
            "statuses": [*USUAL_PATH, *OTHER_STATUSES],
            "switches": self.switches.states(),
            "calls": newest_calls(self.world, self.causes, {one.id: one.name for one in self._personas}),
        }

    def begin(self) -> None:
        """Let a persona follow an order that moves, so that there is something to see without a click."""
        number = self.make_order()
        self.say(self._personas[0].id, number)
        self.walk(number, on=True)
        self.changed()

    # ── people ───────────────────────────────────────────────────────────────

    def say(self, chat: int, text: str, reply: int | None = None) -> None:
        """Send a text as a persona, which may reply to a message of the chat."""
        self._persona(chat)
        if not text.strip():
            raise ActionError("there is nothing to send")
        if reply is not None and self.world.telegram.state.find(chat, reply) is None:
            raise ActionError("the message to reply to is no longer there")
        if self.world.telegram.state.chats[chat].bot_status is BotStatus.KICKED:
            self.block(chat, on=False)
        self.world.telegram.user_says(chat, text[:MAX_TEXT_LENGTH], reply_to=reply)
        self.causes.add_chat_input(chat, self._wall())
        if chat == STAFF_ID:
            self.causes.add_staff_command(text, self._wall())

    def press(self, chat: int, message: int, data: str) -> None:
        """Press a button as a persona; the bot's answer appears in `toast`."""
        self._persona(chat)
        try:
            self.world.telegram.user_presses(chat, message, data)
        except LookupError:
            raise ActionError("this button is no longer there") from None
        self.causes.add_chat_input(chat, self._wall())
        if chat == STAFF_ID:
            self.causes.add_staff_press(self._wall())

    def language(self, chat: int, code: str) -> None:
        """Change the language of a persona's Telegram; a choice made with /language stays."""
        self._persona(chat)
        self.world.telegram.add_user(chat, language_code=code[:35] or None)

    def block(self, chat: int, *, on: bool) -> None:
        """Block or unblock the bot as a persona."""
        self._persona(chat)
        (self.world.telegram.user_blocks if on else self.world.telegram.user_unblocks)(chat)
        self.causes.add_chat_input(chat, self._wall())

    def _persona(self, chat: int) -> Persona:
        found = next((persona for persona in self._personas if persona.id == chat), None)
        if found is None:
            raise ActionError(f"there is no chat {chat}")
        return found

    # ── the store ────────────────────────────────────────────────────────────

    def make_order(self) -> str:
        """Create an order in the store, and return its number."""
        number = FIRST_ORDER if self._order_count == 0 else f"15097505{16095 + self._order_count}-01"
        self._order_count += 1
        items = [SimulatedItem("Oat milk", 2), SimulatedItem("Bread")]
        self.world.pickpack.put_order(number, USUAL_PATH[0], items=items)
        return number

    def move(self, order: str, status: str | None) -> None:
        """Give an order a status, or (None) the next one on its path."""
        known = self._order(order)
        new = status or next_status(known.status)
        if new is None:
            raise ActionError(f"{order} is at the end of its way")
        if new == "ON_ROUTE":
            self._send_courier(known)
        if new == "DELIVERED":
            for service in known.services:
                service.status = "DELIVERED"
        self.causes.add_order_change(order, self._wall())
        self.world.pickpack.set_status(order, new[:64])

    def walk(self, order: str, *, on: bool, pause: float = 1.4) -> None:
        """Let an order move to its end by itself, or stop it."""
        self._order(order)
        walking = self._walks.pop(order, None)
        if walking is not None:
            walking.cancel()
        if on:
            self._walks[order] = asyncio.create_task(self._walk(order, pause))

    async def _walk(self, order: str, pause: float) -> None:
        try:
            while (status := next_status(self._order(order).status)) is not None:
                # leave time to look at the courier's button
                await asyncio.sleep(pause * (5 if status == "DELIVERED" else 1) / self.speed)
                self.move(order, status)
                self.changed()
        except ActionError:
            pass  # the order was removed
        self._walks.pop(order, None)
        self.changed()

    def couriers(self, order: str) -> None:
        """Add a second courier with a link of its own."""
        known = self._order(order)
        self._send_courier(known)
        store = self.world.pickpack
        url = f"https://track.example.com/blue/{order[-5:]}"
        store.set_service(order, "S-2", status="ON_ROUTE", courier="Blue Van", tracking_url=url)
        if known.status != "ON_ROUTE":
            self.move(order, "ON_ROUTE")
        self.causes.add_order_change(order, self._wall())

    def service(self, order: str, status: str) -> None:
        """Set the status of the first courier's service: INCIDENT, ON_ROUTE (it continues) or RETURNED."""
        known = self._order(order)
        if not known.services:
            raise ActionError(f"{order} has no courier yet: send it on its way first")
        known.services[0].status = status
        self.causes.add_order_change(order, self._wall())

    def _send_courier(self, order: SimulatedOrder) -> None:
        url = f"https://track.example.com/swift/{order.order_id[-5:]}"
        self.world.pickpack.set_service(order.order_id, "S-1", status="ON_ROUTE", tracking_url=url)

    def _order(self, order: str) -> SimulatedOrder:
        found = self.world.pickpack.orders.get(order)
        if found is None:
            raise ActionError(f"the store has no order {order!r}")
        return found

    # ── faults and the service ───────────────────────────────────────────────

    def switch(self, name: str, *, on: bool) -> None:
        """Switch a fault on or off."""
        try:
            self.switches.set(name, on=on)
        except LookupError:
            raise ActionError(f"there is no switch {name!r}") from None

    def expire_tokens(self) -> None:
        """Invalidate the API token, so that the service must get another one."""
        self.world.pickpack.expire_tokens()

    async def kill(self) -> None:
        """Kill the service with SIGKILL."""
        if self.phase == "ready":
            self._phase = "killed"
            await self.world.kill()
            self.changed()

    def start_again(self) -> None:
        """Start the service again in the background, on the same database."""
        if self.phase in ("killed", "ended"):
            self._phase = "starting"
            task = asyncio.create_task(self._restart())
            self._starts.add(task)
            task.add_done_callback(self._starts.discard)

    async def _restart(self) -> None:
        await self.world.restart()
        await self.wait_until_ready()

    async def wait_until_ready(self) -> bool:
        """Wait for the service; return False if it ends or takes too long."""
        try:
            await self.world.wait_until_ready()
            self._phase = "ready"
        except ServiceError:
            self._phase = "killed"
        self.changed()
        return self.phase == "ready"

    async def close(self) -> None:
        """Stop all orders that move by themselves, and a start under way."""
        tasks = [*self._walks.values(), *self._starts]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _wall(self) -> float:
        return self.world.telegram.clock.wall()
