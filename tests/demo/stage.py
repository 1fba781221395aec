"""The demo's page over a simulated Telegram without a bot: the test sends what a bot would, by the Bot API."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from bot.demo.page.controller import DemoController
from bot.demo.page.personas import PERSONAS
from bot.demo.page.server import PageServer
from bot.simulators.world import SimulatedWorld

CHAT = PERSONAS[0].id
CALL_SECONDS = 10

Result = TypeVar("Result")


class Stage:
    """A served page whose first chat the test fills."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.controller: DemoController
        self.server: PageServer

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Run something on the page's event loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(CALL_SECONDS)

    def start(self, folder: Path) -> None:
        """Start both simulators and the page."""
        self._thread.start()
        self.run(self._start(folder))

    async def _start(self, folder: Path) -> None:
        self.controller = DemoController(SimulatedWorld())
        await self.controller.world.start_simulators(folder)
        self.server = PageServer(self.controller)
        await self.server.start(0)

    def stop(self) -> None:
        """End everything, and the event loop's thread."""
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CALL_SECONDS)
        self._loop.close()

    async def _stop(self) -> None:
        await self.server.stop()
        await self.controller.close()
        await self.controller.world.stop()

    def call(self, method: str, **parameters: object) -> Any:
        """Call the Bot API about the first chat, and return the result."""
        telegram = self.controller.world.telegram
        body = json.dumps({"chat_id": CHAT, "parse_mode": "HTML", **parameters}).encode()
        url = f"{telegram.api_url}/bot{telegram.token}/{method}"
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - the simulator
        with urllib.request.urlopen(request, timeout=CALL_SECONDS) as answer:  # noqa: S310 - the simulator
            return json.load(answer)["result"]

    def send(self, text: str, *rows: list[dict[str, Any]], silent: bool = False, reply_to: int | None = None) -> int:
        """Send a message, and return its number."""
        reply = {"reply_parameters": {"message_id": reply_to}} if reply_to else {}
        shown = self.call("sendMessage", text=text, reply_markup=_markup(rows), disable_notification=silent, **reply)
        return int(shown["message_id"])

    def edit(self, number: int, text: str, *rows: list[dict[str, Any]]) -> None:
        """Edit a message: text and keyboard."""
        self.call("editMessageText", message_id=number, text=text, reply_markup=_markup(rows))

    def edit_keyboard(self, number: int, *rows: list[dict[str, Any]]) -> None:
        """Edit a message's keyboard alone."""
        self.call("editMessageReplyMarkup", message_id=number, reply_markup=_markup(rows))

    def press(self, number: int, data: str) -> str:
        """Press a button of a message in the first chat, and return the press's name."""

        async def press() -> str:
            return self.controller.world.telegram.user_presses(CHAT, number, data).id

        return self.run(press())


def _markup(rows: tuple[list[dict[str, Any]], ...]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    stage = Stage()
    stage.start(folder)
    try:
        yield stage
    finally:
        stage.stop()
