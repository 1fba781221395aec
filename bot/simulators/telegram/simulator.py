"""Simulate Telegram's Bot API strictly, over real HTTP, for tests and the demo.

It refuses a call where Telegram would, in Telegram's words; the `user_*` methods act as people.
"""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from bot.process.clock import Clock, SystemClock
from bot.simulators.loopback import HOST
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.faults import ActiveTelegramFault, TelegramFault, TelegramFaultInjector
from bot.simulators.telegram.flood_control import FloodControl
from bot.simulators.telegram.messages import ButtonPress, MessageMethods
from bot.simulators.telegram.profile import ProfileMethods
from bot.simulators.telegram.server import BotApiServer, TelegramCall, method_table
from bot.simulators.telegram.state import ShownMessage, TelegramState
from bot.simulators.telegram.updates import UpdateQueue
from bot.simulators.telegram.user_actions import UserActions

TOKEN = "123456789:AAsimulatorsimulatorsimulatorsimulat"  # noqa: S105 - opens nothing but this simulator
USERNAME = "onroute_bot"
CLOSE_SECONDS = 0.01  # until clients in this process have noticed that their idle connections are closed

MessageFilter = str | Callable[[ShownMessage], bool] | None
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class TelegramEvent:
    """Something that happened, at wall time `at`.

    `kind`: said (a person's message), shown (the bot's), edited, deleted, pressed, answered, member (the bot's status
    changed), calling (a call came in), call (it ended), webhook (an update was sent to the webhook).
    """

    kind: str
    at: float
    data: Json


class TelegramSimulator(UserActions):
    """The Bot API of one bot. Use it as an async context manager, or with `start` and `stop`.

    `enforce_limits` switches flood control on. `deliver_webhooks_to` is the base URL that replaces the https host of
    the bot's webhook, and `webhook_retry_seconds` the time between attempts to deliver an update to it.
    """

    def __init__(
        self,
        token: str = TOKEN,
        clock: Clock | None = None,
        *,
        enforce_limits: bool = False,
        deliver_webhooks_to: str | None = None,
        webhook_retry_seconds: float = 0.2,
    ) -> None:
        self.token = token
        self.clock = clock or SystemClock()
        bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "OnRoute", "username": USERNAME}
        state = TelegramState(self.clock, bot)
        updates = UpdateQueue(self.clock, self._notify, deliver_webhooks_to, webhook_retry_seconds)
        self._messages = MessageMethods(state, self._notify)
        super().__init__(state, updates, self._notify, self._messages.presses)
        self.profile = ProfileMethods(state)
        self.faults = TelegramFaultInjector()
        self.flood_control = FloodControl(enforced=enforce_limits)
        self._server = BotApiServer(
            token,
            method_table(self._messages, self.profile, updates),
            clock=self.clock,
            faults=self.faults,
            flood_control=self.flood_control,
            notify=self._notify,
        )
        self._listeners: list[Callable[[TelegramEvent], None]] = []
        self._changed = asyncio.Event()

    # ── running ──────────────────────────────────────────────────────────────

    @property
    def api_url(self) -> str:
        """The value for TELEGRAM_API_URL; the same after `go_down` and `come_back`."""
        return self._server.url

    @property
    def latency(self) -> float:
        """Seconds added to every call; may be changed at any time."""
        return self._server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._server.latency = seconds

    @property
    def is_older(self) -> bool:
        """Whether the server is an older one, which refuses what `older_server` names; may be changed at any time."""
        return self._server.is_older

    @is_older.setter
    def is_older(self, is_older: bool) -> None:
        self._server.is_older = is_older

    async def start(self, host: str = HOST, port: int = 0) -> None:
        """Start listening; port 0 takes a free one."""
        await self._server.start(host, port)
        self.updates.resume()

    async def stop(self) -> None:
        """Stop listening and sending to the webhook; running calls are cut off."""
        await self.updates.close()
        await self._server.stop()

    async def go_down(self) -> None:
        """Refuse connections from now on, but keep all state."""
        await self.stop()
        await asyncio.sleep(CLOSE_SECONDS)

    async def come_back(self) -> None:
        """Listen again on the same port."""
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
        """Switch a fault on, for the next `times` calls or until it is healed; see `ActiveTelegramFault`."""
        names = None if methods is None else frozenset(name.lower() for name in methods)
        return self.faults.add(
            ActiveTelegramFault(TelegramFault(kind), chat_id, times, names, seconds, new_chat_id, location)
        )

    def heal(self, fault: ActiveTelegramFault | None = None) -> None:
        """Switch one fault off, or all."""
        self.faults.heal(fault)

    @property
    def early_calls(self) -> int:
        """The number of calls made before the retry_after of a 429 was over."""
        return self.flood_control.early_calls

    # ── updates ──────────────────────────────────────────────────────────────

    def push_update(self, update: Json) -> int:
        """Deliver any update, valid or not; one with a known id is delivered again."""
        return self.updates.push(update)

    # ── inspecting ───────────────────────────────────────────────────────────

    @property
    def calls(self) -> list[TelegramCall]:
        """Every call that came in, oldest first."""
        return self._server.calls

    def calls_of(self, *methods: str, chat_id: int | None = None) -> list[TelegramCall]:
        """Return the calls of these methods (in any case), of one chat if given."""
        names = {method.lower() for method in methods}
        return [c for c in self.calls if c.method.lower() in names and chat_id in (None, c.chat_id)]

    def messages(self, chat_id: int, *, from_bot: bool | None = None, deleted: bool = False) -> list[ShownMessage]:
        """Return the messages of a chat, oldest first: all, the bot's or the people's, without or with deleted ones."""
        shown = self.state.in_chat(chat_id)
        return [m for m in shown if from_bot in (None, m.from_bot) and (deleted or not m.deleted)]

    def bot_messages(self, chat_id: int) -> list[ShownMessage]:
        """Return the bot's messages in a chat, oldest first."""
        return self.messages(chat_id, from_bot=True)

    def rung(self, chat_id: int) -> list[ShownMessage]:
        """Return the bot's messages that people's phones rang for, deleted ones too: edits ring nothing."""
        return [m for m in self.messages(chat_id, from_bot=True, deleted=True) if not m.silent]

    def shown_commands(self, chat_id: int, user_id: int | None = None) -> list[Json]:
        """Return the command menu that a person sees in a chat."""
        person = self.state.person(chat_id if user_id is None else user_id)
        return self.profile.shown_commands(chat_id, person.id, person.language_code or "")

    async def wait_for_message(
        self,
        chat_id: int,
        wanted: MessageFilter = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - the error's message needs it
        *,
        after: int = 0,
    ) -> ShownMessage:
        """Wait for the first message of the bot with an id above `after` that has the text or meets the predicate.

        Raises TimeoutError, which lists the chat's messages, after `timeout` seconds.
        """
        matches = _predicate(wanted)

        def found() -> ShownMessage | None:
            shown = (m for m in self.bot_messages(chat_id) if m.message_id > after and matches(m))
            return next(shown, None)

        return await self.wait_for(found, timeout, lambda: f"chat {chat_id}: {self.transcript(chat_id)}")

    async def wait_for_answer(self, press: ButtonPress, timeout: float = 5.0) -> Json:  # noqa: ASYNC109 - as above
        """Wait for the bot's first answer to a pressed button: text, show_alert, url. Raises TimeoutError."""
        return await self.wait_for(lambda: press.answers[0] if press.answers else None, timeout)

    async def wait_for(
        self,
        condition: Callable[[], Found | None],
        timeout: float = 5.0,  # noqa: ASYNC109 - as above
        explain: Callable[[], str] = lambda: "the condition did not come true",
    ) -> Found:
        """Check `condition` after every event, and return its first true value. Raises TimeoutError."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout
        while not (found := condition()):
            try:
                await asyncio.wait_for(self._changed.wait(), until - loop.time())
            except TimeoutError:
                raise TimeoutError(f"nothing in {timeout} s; {explain()}") from None
        return found

    def transcript(self, chat_id: int) -> list[str]:
        """List a chat's messages, one per line, for failed tests."""
        return [f"{'bot' if m.from_bot else 'user'} #{m.message_id}: {m.text!r}" for m in self.messages(chat_id)]

    def subscribe(self, callback: Callable[[TelegramEvent], None]) -> Callable[[], None]:
        """Call `callback` at every event, immediately and in order; return a function that ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def _notify(self, kind: str, subject: Any) -> None:
        if self._listeners:
            data = subject if isinstance(subject, dict) else subject.as_dict()
            event = TelegramEvent(kind, self.clock.wall(), data)
            for callback in tuple(self._listeners):
                callback(event)
        self._changed.set()
        self._changed = asyncio.Event()


def _predicate(wanted: MessageFilter) -> Callable[[ShownMessage], bool]:
    if wanted is None:
        return lambda _: True
    return wanted if callable(wanted) else lambda message: wanted in message.text
