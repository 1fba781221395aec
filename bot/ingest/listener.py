"""The HTTP side: secret, size, time, then the event is recorded. No decisions; a 200 means that it is on disk."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Literal

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bot.ingest.connections import ConnectionGuard, ConnectionLimits, Connections, why_not
from bot.ingest.webhook import NO_HEADERS, RETRY_AFTER, EventSink, MetricsSink, Refused, Webhook, bearer

log = logging.getLogger(__name__)

LARGEST_WEBHOOK = 64 * 1024  # bytes
LARGEST_OTHER = 1024 * 1024  # bytes; what a mounted handler may get
BODY_SECONDS = 9.5  # from the last header to the last byte; the answer is then out within ten
LINGER_SECONDS = 2.0  # how long the rest of a refused body is read away, so that its sender gets to see the answer
STOP_SECONDS = 5.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
State = Literal["ok", "degraded", "down"]
METRICS: web.AppKey[MetricsSink] = web.AppKey("metrics")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What /readyz says. `ready`: started, and the database can store; a neighbour's trouble leaves it True."""

    ready: bool
    database: State
    telegram: State
    pickpack: State


class ListenError(Exception):
    """It can't listen; the text says why and which setting to change."""


# ── what every request meets ─────────────────────────────────────────────────


def _json(content: object, status: int = 200, headers: Mapping[str, str] = NO_HEADERS) -> web.Response:
    body = json.dumps(content).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


@web.middleware
async def _answering(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything that is raised becomes JSON, and a connection is kept only where nothing of the request is left."""
    door = request.protocol
    if isinstance(door, ConnectionGuard):
        door.request_begins()
    try:
        response = await _caught(request, handler)
    finally:
        if isinstance(door, ConnectionGuard):
            door.request_ends(refused_body=not request.content.is_eof())
    if not request.content.is_eof() or (isinstance(door, ConnectionGuard) and door.last_request):
        response.force_close()
    return response


async def _caught(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        return _json({"error": refused.error}, refused.status, refused.headers)
    except web.HTTPException as error:
        kept = {name: value for name, value in error.headers.items() if name in ("Allow", "Location")}
        return _json({"error": error.reason.lower()}, error.status, kept)
    except Exception:  # the outer edge: the sender may repeat a 503, and learns nothing of our insides
        request.app[METRICS].error("listener")
        log.exception("A request to %s could not be answered", request.rel_url.raw_path[:200])
        return _json({"error": "could not be answered"}, 503, RETRY_AFTER)


async def read_body(request: web.Request, largest: int, seconds: float) -> bytes:
    """The whole body. Raises Refused: encoded, too large (announced or counted), too slow, broken."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refused(400, "malformed", "Content-Encoding is not taken: send the body as it is")
    if (request.content_length or 0) > largest:
        raise _too_large(largest)
    body = bytearray()
    async with _patiently(request, seconds):
        async for part in request.content.iter_any():
            body += part
            if len(body) > largest:
                raise _too_large(largest)
    return bytes(body)


@asynccontextmanager
async def _patiently(request: web.Request, seconds: float) -> AsyncIterator[None]:
    """The body is read in here. Raises Refused: too slow, broken."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise Refused(408, "too-slow", "the body took too long") from None
    except (web.RequestPayloadError, OSError):
        raise Refused(400, "malformed", "the body is cut or badly framed") from None
    if isinstance(request.protocol, ConnectionGuard):
        request.protocol.request_is_whole()


def _too_large(largest: int) -> Refused:
    return Refused(413, "too-large", f"the body is larger than {largest} bytes")


def _webhook(webhook: Webhook) -> Handler:
    """Pick and Pack's events: what the request brings, in plain values."""

    async def take(request: web.Request) -> web.Response:
        brought = [*request.headers.getall(webhook.header, []), *request.query.getall("secret", [])]
        brought += [bearer(value) for value in request.headers.getall("Authorization", [])]
        read = partial(read_body, request, LARGEST_WEBHOOK, webhook.body_seconds)
        return _json({"result": await webhook.take(brought, read)})

    return take


# ── the other paths ──────────────────────────────────────────────────────────


class Slot:
    """A path whose handler comes later: what it would need may still be loading."""

    def __init__(self, seconds: float) -> None:
        self.handler: Handler | None = None
        self._seconds = seconds

    async def take(self, request: web.Request) -> web.StreamResponse:
        """503 until there is a handler. The body is read here, with the limits that hold for every body."""
        if self.handler is None:
            raise Refused(503, "other", "not ready yet, send it again", RETRY_AFTER)
        if (request.content_length or 0) > LARGEST_OTHER:
            raise _too_large(LARGEST_OTHER)
        async with _patiently(request, self._seconds):
            await request.read()  # the request keeps it: the handler's own read finds it there
        return await self.handler(request)


async def _health(_request: web.Request) -> web.Response:
    return _json({"status": "ok"})


async def _ready(_request: web.Request, *, readiness: Callable[[], Readiness]) -> web.Response:
    state = asdict(readiness())
    return _json(state, 200 if state["ready"] else 503)


async def _metrics(_request: web.Request, *, metrics: MetricsSink) -> web.Response:
    return web.Response(body=metrics.render(), headers={"Content-Type": metrics.content_type})


SLOTS: web.AppKey[dict[str, Slot]] = web.AppKey("slots")


def build(
    *,
    events: EventSink,
    metrics: MetricsSink,
    readiness: Callable[[], Readiness],
    secrets: Iterable[str],
    header: str,
    known_hostname: Callable[[], str | None],
    slots: Iterable[str] = (),
    body_seconds: float = BODY_SECONDS,
) -> web.Application:
    """The application. `slots` are paths that `mount` fills later; without any valid secret nothing is taken."""
    webhook = Webhook(
        events, metrics, secrets=secrets, header=header, known_hostname=known_hostname, body_seconds=body_seconds
    )
    app = web.Application(middlewares=[_answering], client_max_size=LARGEST_OTHER)
    app[METRICS] = metrics
    app[SLOTS] = {path: Slot(body_seconds) for path in slots}
    app.router.add_post("/webhooks/pickpack", _webhook(webhook))
    app.router.add_get("/healthz", _health)
    app.router.add_get("/readyz", partial(_ready, readiness=readiness))
    app.router.add_get("/metrics", partial(_metrics, metrics=metrics))
    for path, slot in app[SLOTS].items():
        app.router.add_post(path, slot.take)
    return app


def mount(app: web.Application, path: str, handler: Handler) -> None:
    """Fills a slot, at any time. Raises KeyError where `build` was not told of the path."""
    app[SLOTS][path].handler = handler


# ── the server ───────────────────────────────────────────────────────────────


class _AccessLog(AbstractAccessLogger):
    """Method, path, status, time. Never the query string or a header: the secret may be in them."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        level = logging.DEBUG if response.status < 400 else logging.INFO
        path = request.rel_url.raw_path[:200]
        self.logger.log(level, "%s %s: %d in %.1f ms", request.method, path, response.status, time * 1000)


class _Door(ConnectionGuard, web.RequestHandler):  # type: ignore[misc] # its own types are narrower than asyncio's
    """One connection. What is no HTTP is answered in JSON too, and is no error of ours to be logged at length."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - it repeats what was sent
    ) -> web.StreamResponse:
        log.info("A request could not be read: %s", type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer is under way already")
        response = _json({"error": "bad request" if status < 500 else "could not be answered"}, min(status, 503))
        response.force_close()
        return response

    def log_exception(self, *args: object, **named: object) -> None:
        if not isinstance(named.get("exc_info"), web.RequestPayloadError):
            super().log_exception(*args, **named)


@dataclass(slots=True)
class Listener:
    """Serves an application. `port` is the one it really has, for those who ask for port 0."""

    app: web.Application
    patience: ConnectionLimits = field(default_factory=ConnectionLimits)
    port: int = 0
    _connections: Connections = field(init=False)
    _runner: web.AppRunner | None = field(init=False, default=None)
    _server: asyncio.Server | None = field(init=False, default=None)
    _sweep: asyncio.Task[None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._connections = Connections(self.patience)

    async def start(self, host: str, port: int) -> None:
        """Listens. Raises ListenError."""
        self._runner = web.AppRunner(self.app, handle_signals=False, shutdown_timeout=0.5)
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._door, host, port, backlog=2048)
        except (OSError, OverflowError) as error:
            await self._runner.cleanup()
            raise ListenError(why_not(error, host, port)) from None
        self.port = self._server.sockets[0].getsockname()[1]
        self._sweep = asyncio.create_task(self._connections.sweep(), name="connections")

    def mount(self, path: str, handler: Handler) -> None:
        """Fills a slot of the application."""
        mount(self.app, path, handler)

    def stop_accepting(self) -> None:
        """No new connections, and one more answer at most on each of those that are open."""
        if self._server is not None:
            self._server.close()
        self._connections.close_idle()

    async def stop(self, *, within: float = STOP_SECONDS) -> None:
        """Waits for the requests under way, at most so many seconds, and closes everything."""
        self.stop_accepting()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._connections.under_way:  # noqa: ASYNC110 - once in a life: no event for each request
                    await asyncio.sleep(0.02)
        if self._sweep is not None:
            self._sweep.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    def _door(self) -> _Door:
        assert self._runner is not None and self._runner.server is not None  # noqa: S101 - set up in `start`
        door = _Door(
            self._runner.server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=self.patience.idle,
            access_log_class=_AccessLog,
            max_field_size=4096,
            max_headers=64,
            lingering_time=LINGER_SECONDS,
            read_bufsize=2**14,
            auto_decompress=False,
        )
        door.connections = self._connections
        return door
