"""Serve the demo's page to a browser on this machine: its files, the state as server-sent events, and its actions."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from aiohttp import web

from bot.demo.page.actions import perform
from bot.demo.page.controller import ActionError, DemoController
from bot.demo.specimens.chapters import chapters
from bot.demo.specimens.conversation import Edition
from bot.demo.specimens.turns import Turn
from bot.simulators.loopback import HOST
from bot.simulators.telegram.errors import Json
from bot.words.fluent.catalog import Catalog
from bot.words.texts import Text

SCRIPTS = ("page", "words", "bubble", "chat", "elements", "replying", "times")
FILES = {
    "/": ("index.html", "text/html"),
    "/words": ("words.html", "text/html"),
    **{f"/{name}.js": (f"{name}.js", "text/javascript") for name in SCRIPTS},
    "/page.css": ("page.css", "text/css"),
    "/chat.css": ("chat.css", "text/css"),
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
BATCH_SECONDS = 0.05  # changes within this time are sent together
REFRESH_SECONDS = 0.5  # not every call is announced as an event
MAX_BODY_SIZE = 20_000


class PageServer:
    """Serves the page of a controller. `words` is a folder of the store's own texts."""

    def __init__(self, controller: DemoController, *, words: Path | None = None) -> None:
        self._controller = controller
        self._own_words = words
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._event_id = 0
        self._runner: web.AppRunner | None = None
        self.port = 0
        controller.changed = self._changed.set

    @property
    def url(self) -> str:
        """The URL to open in a browser; known once started."""
        return f"http://{HOST}:{self.port}/"

    async def start(self, port: int) -> None:
        """Listen on the loopback address; port 0 takes a free one. Raises OSError if the port is taken."""
        app = web.Application(client_max_size=MAX_BODY_SIZE, middlewares=[self._guard])
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
        """Refuse requests under another host name (DNS rebinding) and from another site's page (CSRF)."""
        hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        if request.host not in hosts:
            return _error_response(403, "this page is for this machine: open it by the address that was printed")
        if request.headers.get("Origin", f"http://{request.host}") not in {f"http://{host}" for host in hosts}:
            return _error_response(403, "only this page may ask for that")
        try:
            return await handler(request)
        except web.HTTPException as error:
            return _error_response(error.status, error.reason)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Send the whole state now and after each change, so that a page that reconnects has missed nothing."""
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        last = ""
        while not self._closing.is_set():
            state = json.dumps(self._controller.snapshot(), ensure_ascii=False)
            if state != last:
                last = state
                self._event_id += 1
                try:
                    await response.write(f"id: {self._event_id}\ndata: {state}\n\n".encode())
                except ConnectionError:
                    break
            await self._wait_for_change()
        return response

    async def _wait_for_change(self) -> None:
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), REFRESH_SECONDS)
        except TimeoutError:
            return
        await asyncio.sleep(BATCH_SECONDS)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            return _error_response(415, "an action is a JSON object")
        try:
            action = json.loads(await request.read())
            await perform(self._controller, action["do"], action)
        except ActionError as error:
            return _error_response(409, str(error))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _error_response(400, "this is no action of the page")
        self._changed.set()
        return web.json_response({"done": True}, headers=HEADERS)

    async def _words(self, _request: web.Request) -> web.Response:
        """Render all messages, reading the texts anew each time so that authors see changes by a reload."""
        return web.json_response(await asyncio.to_thread(all_messages, self._own_words), headers=HEADERS)


# ── files and words ──────────────────────────────────────────────────────────


async def _file(request: web.Request) -> web.Response:
    name, kind = FILES[request.path]
    content = resources.files("bot.demo.page").joinpath("static", name).read_bytes()
    return web.Response(body=content, content_type=kind, charset="utf-8", headers=HEADERS)


def all_messages(override: Path | None = None) -> Json:
    """Render the transcript in all languages: `languages` as [code, name], `rows` with a `title` or `key` and `texts`.

    `texts` are by code: `did` says what was done, `html` and `buttons` what the bot showed then.
    """
    catalog = Catalog(override=override)
    languages = catalog.available()
    texts: dict[str, dict[str, Json]] = {}
    titles: dict[str, str] = {}
    for code, _name in languages:
        for place, chapter in enumerate(chapters(Edition(catalog, code)), 1):
            turns = ((scene, turn) for scene in chapter.scenes for turn in scene.turns)
            for count, (scene, turn) in enumerate(turns, 1):
                key = f"{place}.{count}"
                titles.setdefault(key, f"{chapter.title} – {scene.title}")
                texts.setdefault(key, {})[code] = _turn(turn)
    return {"languages": languages, "rows": list(_titled(titles, texts))}


def _turn(turn: Turn) -> Json:
    text = turn.text or Text("")
    buttons = [[{"text": one.label} for one in row] for row in text.buttons]
    return {"did": turn.did, "aside": turn.aside, "html": text.html, "buttons": buttons}


def _titled(titles: Mapping[str, str], texts: Mapping[str, Json]) -> Iterator[Json]:
    """Return a row with the title where a scene begins, then those of its turns."""
    before = ""
    for key, title in titles.items():
        if title != before:
            before = title
            yield {"title": title}
        yield {"key": key, "texts": texts[key]}


def _error_response(status: int, why: str) -> web.Response:
    return web.json_response({"error": why}, status=status, headers=HEADERS)
