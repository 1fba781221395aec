"""A strict simulator of Telegram's Bot API over real HTTP: for the tests and the demo, never for the product.

Where Telegram would refuse a call, so does this, in Telegram's words; people act by the `user_*` methods.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from bot.process.clock import Clock, SystemClock
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.faults import ActiveTelegramFault, TelegramFault, TelegramFaultInjector
from bot.simulators.telegram.flood_control import Limits
from bot.simulators.telegram.messages import Messages, Press
from bot.simulators.telegram.profile import Profile
from bot.simulators.telegram.server import Call, Server, method_table
from bot.simulators.telegram.state import ShownMessage, World
from bot.simulators.telegram.updates import Updates
from bot.simulators.telegram.user_actions import People

TOKEN = "123456789:AAsimulatorsimulatorsimulatorsimulat"  # noqa: S105 - opens nothing but this simulator
CALLBACK_TIMEOUT = 60.0
SECONDS_TO_NOTICE = 0.01  # for clients in this process, whose idle connections are closed

Wanted = str | Callable[[ShownMessage], bool] | None
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class SimulatorEvent:
    """Something that the demo page may show. `at` is wall time.

    `kind`: said, shown, edited, deleted (a message), pressed, answered, member, calling (a call came in), call (it
    ended), webhook (an update was pushed).
    """

    kind: str
    at: float
    data: Json


class TelegramSimulator(People):
    """Telegram as one bot sees it. Use it as an async context manager, or with `start` and `stop`.

    `latency` (seconds) is added to every call. `deliver_webhooks_to` is the address that stands in for the https host
    of a webhook. With `enforce_limits` too many messages are answered with 429. `callback_timeout`: seconds until a
    press can't be answered any more.
    """

    def __init__(
        self,
        token: str = TOKEN,
        clock: Clock | None = None,
        *,
        username: str = "onroute_bot",
        enforce_limits: bool = False,
        latency: float = 0.0,
        callback_timeout: float = CALLBACK_TIMEOUT,
        privacy_mode: bool = True,
        deliver_webhooks_to: str | None = None,
        webhook_retry_seconds: float = 0.2,
    ) -> None:
        self.token = token
        self.clock = clock or SystemClock()
        bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "OnRoute", "username": username}
        world = World(self.clock, bot)
        updates = Updates(self.clock, self._notify, deliver_webhooks_to, webhook_retry_seconds)
        self._messages = Messages(world, self._notify, callback_timeout=callback_timeout)
        super().__init__(world, updates, self._notify, self._messages.presses, privacy_mode=privacy_mode)
        self.profile = Profile(world)
        self.faults = TelegramFaultInjector()
        self.limits = Limits(enforced=enforce_limits)
        self._server = Server(
            token,
            method_table(self._messages, self.profile, updates),
            clock=self.clock,
            faults=self.faults,
            limits=self.limits,
            notify=self._notify,
            latency=latency,
        )
        self._listeners: list[Callable[[SimulatorEvent], None]] = []
        self._changed = asyncio.Event()

    # ── running ──────────────────────────────────────────────────────────────

    @property
    def api_url(self) -> str:
        """What TELEGRAM_API_URL is set to; the same after `go_down` and `come_back`."""
        return self._server.url

    @property
    def latency(self) -> float:
        """Seconds added to every call; may be changed at any time."""
        return self._server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._server.latency = seconds

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; port 0 takes a free one."""
        await self._server.start(host, port)
        self.updates.resume()

    async def stop(self) -> None:
        """Stops listening and pushing; calls under way are cut off."""
        await self.updates.close()
        await self._server.stop()

    async def go_down(self) -> None:
        """Connections are refused from now on; nothing is forgotten."""
        await self.stop()
        await asyncio.sleep(SECONDS_TO_NOTICE)

    async def come_back(self) -> None:
        """Listens again where it did before."""
        await self.start(self._server.host, self._server.port)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # ── faults ───────────────────────────────────────────────────────────────

    def fail(
        self,
        kind: TelegramFault | str,
        *,
        chat_id: int | None = None,
        times: int | None = None,
        methods: Collection[str] | None = None,
        seconds: float = 1.0,
        new_chat_id: int = 0,
        location: str = "",
    ) -> ActiveTelegramFault:
        """Switches a fault on, for the next `times` calls or until it is healed; see `ActiveTelegramFault`."""
        names = None if methods is None else frozenset(name.lower() for name in methods)
        return self.faults.add(
            ActiveTelegramFault(TelegramFault(kind), chat_id, times, names, seconds, new_chat_id, location)
        )

    def heal(self, fault: ActiveTelegramFault | None = None) -> None:
        """Switches one fault off, or all."""
        self.faults.heal(fault)

    @property
    def early_calls(self) -> int:
        """Calls made inside a running retry_after."""
        return self.limits.early_calls

    # ── updates ──────────────────────────────────────────────────────────────

    def push_update(self, update: Json) -> int:
        """Delivers any update, decodable or not; one with a number of before is delivered again."""
        return self.updates.push(update)

    # ── looking ──────────────────────────────────────────────────────────────

    @property
    def calls(self) -> list[Call]:
        """Every call that came in, oldest first."""
        return self._server.calls

    def calls_of(self, *methods: str, chat_id: int | None = None) -> list[Call]:
        """The calls of these methods (any case), of one chat where given."""
        names = {method.lower() for method in methods}
        return [c for c in self.calls if c.method.lower() in names and chat_id in (None, c.chat_id)]

    def messages(self, chat_id: int, *, from_bot: bool | None = None, deleted: bool = False) -> list[ShownMessage]:
        """The messages of a chat, oldest first: all, the bot's or the people's; deleted ones only when asked for."""
        shown = self.world.in_chat(chat_id)
        return [m for m in shown if from_bot in (None, m.from_bot) and (deleted or not m.deleted)]

    def bot_messages(self, chat_id: int) -> list[ShownMessage]:
        """What the bot has shown in a chat."""
        return self.messages(chat_id, from_bot=True)

    def shown_commands(self, chat_id: int, user_id: int | None = None) -> list[Json]:
        """The command menu as a person sees it in a chat."""
        person = self.world.person(chat_id if user_id is None else user_id)
        return self.profile.shown_commands(chat_id, person.id, person.language_code or "")

    async def wait_for_message(
        self,
        chat_id: int,
        wanted: Wanted = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - the message of the error is worth more than a cancel scope
        *,
        after: int = 0,
    ) -> ShownMessage:
        """The first message of the bot with a number above `after` that holds the text or satisfies the predicate.

        Raises TimeoutError, which tells what was shown instead, after `timeout` seconds.
        """
        fits = _predicate(wanted)

        def found() -> ShownMessage | None:
            shown = (m for m in self.bot_messages(chat_id) if m.message_id > after and fits(m))
            return next(shown, None)

        return await self.wait_for(found, timeout, lambda: f"chat {chat_id}: {self.transcript(chat_id)}")

    async def wait_for_answer(self, press: Press, timeout: float = 5.0) -> Json:  # noqa: ASYNC109 - as above
        """The bot's first answer to a press: text, show_alert, url. Raises TimeoutError."""
        return await self.wait_for(lambda: press.answers[0] if press.answers else None, timeout)

    async def wait_for(
        self,
        condition: Callable[[], Found | None],
        timeout: float = 5.0,  # noqa: ASYNC109 - as above
        explain: Callable[[], str] = lambda: "the condition did not come true",
    ) -> Found:
        """What `condition` returns once it is true, asked after every event. Raises TimeoutError."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout
        while not (found := condition()):
            try:
                await asyncio.wait_for(self._changed.wait(), until - loop.time())
            except TimeoutError:
                raise TimeoutError(f"nothing in {timeout} s; {explain()}") from None
        return found

    def transcript(self, chat_id: int) -> list[str]:
        """A line a message, for people who read a failed test."""
        return [f"{'bot' if m.from_bot else 'user'} #{m.message_id}: {m.text!r}" for m in self.messages(chat_id)]

    def subscribe(self, callback: Callable[[SimulatorEvent], None]) -> Callable[[], None]:
        """Calls back at every event, at once and in order; returns what ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def _notify(self, kind: str, subject: Any) -> None:
        if self._listeners:
            data = subject if isinstance(subject, dict) else subject.as_dict()
            event = SimulatorEvent(kind, self.clock.wall(), data)
            for callback in tuple(self._listeners):
                callback(event)
        self._changed.set()
        self._changed = asyncio.Event()


def _predicate(wanted: Wanted) -> Callable[[ShownMessage], bool]:
    if wanted is None:
        return lambda _: True
    return wanted if callable(wanted) else lambda message: wanted in message.text
