"""Serves the demo's page to a browser on this machine: its files, the state of the world as events, and its actions."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from importlib import resources
from pathlib import Path

from aiohttp import web

from bot.demo import samples
from bot.demo.page.actions import perform
from bot.demo.page.controller import Stage, WrongAction
from bot.simulators.telegram.errors import Json

HOST = "127.0.0.1"
FILES = {
    "/": ("index.html", "text/html"),
    "/words": ("words.html", "text/html"),
    "/page.js": ("page.js", "text/javascript"),
    "/chat.js": ("chat.js", "text/javascript"),
    "/words.js": ("words.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
TOGETHER_SECONDS = 0.05  # what changes within this is shown at once
AT_LEAST_SECONDS = 0.5  # calls come in that nobody tells us of
LARGEST_BODY = 20_000


class PageServer:
    """The page of a stage; `words` is a folder of the store's own. Raises OSError from `start` if the port is taken."""

    def __init__(self, stage: Stage, *, words: Path | None = None) -> None:
        self._stage = stage
        self._own_words = words
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._number = 0
        self._runner: web.AppRunner | None = None
        self.port = 0
        stage.changed = self._changed.set

    @property
    def url(self) -> str:
        """What to open in a browser. Known once started."""
        return f"http://{HOST}:{self.port}/"

    async def start(self, port: int) -> None:
        """Listen on the loopback address; port 0 takes a free one."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[self._guard])
        for path in FILES:
            app.router.add_get(path, _file)
        app.router.add_get("/words.json", self._words)
        app.router.add_get("/events", self._events)
        app.router.add_post("/act", self._act)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; open event streams end."""
        self._closing.set()
        self._changed.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Another site's name may lead to this address, and another site's page may post to it: both are refused."""
        hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        if request.host not in hosts:
            return _refused(403, "this page is for this machine: open it by the address that was printed")
        if request.headers.get("Origin", f"http://{request.host}") not in {f"http://{host}" for host in hosts}:
            return _refused(403, "only this page may ask for that")
        try:
            return await handler(request)
        except web.HTTPException as refusal:
            return _refused(refusal.status, refusal.reason)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The whole state at once and after each change: whoever comes back later has missed nothing."""
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        last = ""
        while not self._closing.is_set():
            state = json.dumps(self._stage.snapshot(), ensure_ascii=False)
            if state != last:
                last = state
                self._number += 1
                try:
                    await response.write(f"id: {self._number}\ndata: {state}\n\n".encode())
                except ConnectionError:
                    break
            await self._something_new()
        return response

    async def _something_new(self) -> None:
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), AT_LEAST_SECONDS)
        except TimeoutError:
            return
        await asyncio.sleep(TOGETHER_SECONDS)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            return _refused(415, "an action is a JSON object")
        try:
            asked = json.loads(await request.read())
            await perform(self._stage, asked["do"], asked)
        except WrongAction as wrong:
            return _refused(409, str(wrong))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _refused(400, "this is no action of the page")
        self._changed.set()
        return web.json_response({"done": True}, headers=HEADERS)

    async def _words(self, _request: web.Request) -> web.Response:
        """Read anew each time: who writes words sees them by loading the page again."""
        return web.json_response(await asyncio.to_thread(every_message, self._own_words), headers=HEADERS)


# ── files and words ──────────────────────────────────────────────────────────


async def _file(request: web.Request) -> web.Response:
    name, kind = FILES[request.path]
    content = resources.files("bot.demo.page").joinpath("static", name).read_bytes()
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=HEADERS)


def every_message(override: Path | None = None) -> Json:
    """Every message in every language: `languages` as [code, name], `rows` with `key` and `texts` by code."""
    renderer = samples.renderer_for(samples.STORES[1], override)
    languages = renderer.languages()
    rows: dict[str, dict[str, Json]] = {}
    for code, _name in languages:
        for key, text in (*samples.messages(renderer, code), *samples.answers(renderer, code)):
            buttons = [[{"text": one.label} for one in row] for row in text.buttons]
            rows.setdefault(key, {})[code] = {"html": text.html, "buttons": buttons}
    return {"languages": languages, "rows": [{"key": key, "texts": texts} for key, texts in rows.items()]}


def _refused(status: int, why: str) -> web.Response:
    return web.json_response({"error": why}, status=status, headers=HEADERS)
