"""The HTTP server: receives webhooks within limits of size and time, and answers 200 once an event is on disk.

It also answers /healthz, /readyz and /metrics, and passes Telegram's updates on. Nothing is decided here.
"""

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

from bot.ingest.connections import ConnectionGuard, ConnectionLimits, Connections, explain_listen_error
from bot.ingest.webhook import (
    NO_HEADERS,
    RETRY_AFTER,
    EventSink,
    MetricsSink,
    RequestRejectedError,
    WebhookReceiver,
    bearer_token,
)

log = logging.getLogger(__name__)

MAX_WEBHOOK_BYTES = 64 * 1024
MAX_BODY_BYTES = 1024 * 1024  # on other paths
BODY_SECONDS = 9.5  # from the last header to the last byte, so that the response is out within ten
LINGER_SECONDS = 2.0  # how long the rest of a refused body is read, so that its sender gets to see the response
STOP_SECONDS = 5.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
State = Literal["ok", "degraded", "down"]
METRICS: web.AppKey[MetricsSink] = web.AppKey("metrics")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What /readyz says. `ready`: started, and the database can store; it stays True while Pick and Pack is down."""

    ready: bool
    database: State
    telegram: State
    pickpack: State


class ListenError(Exception):
    """The service can't listen; the text says why and which setting to change."""


# ── every request ────────────────────────────────────────────────────────────


def _json(content: object, status: int = 200, headers: Mapping[str, str] = NO_HEADERS) -> web.Response:
    body = json.dumps(content).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


@web.middleware
async def _handle_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into JSON, and close the connection where a part of the request was not read."""
    connection = request.protocol
    if isinstance(connection, ConnectionGuard):
        connection.headers_received()
    try:
        response = await _response_or_error(request, handler)
    finally:
        if isinstance(connection, ConnectionGuard):
            connection.response_ready(discards_body=not request.content.is_eof())
    if not request.content.is_eof() or (isinstance(connection, ConnectionGuard) and connection.closes_after_response):
        response.force_close()
    return response


async def _response_or_error(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except RequestRejectedError as rejection:
        return _json({"error": rejection.error}, rejection.status, rejection.headers)
    except web.HTTPException as error:
        kept = {name: value for name, value in error.headers.items() if name in ("Allow", "Location")}
        return _json({"error": error.reason.lower()}, error.status, kept)
    except Exception:  # the outer edge: the sender may repeat a 503, and learns no details
        request.app[METRICS].error("listener")
        log.exception("A request to %s could not be answered", request.rel_url.raw_path[:200])
        return _json({"error": "could not be answered"}, 503, RETRY_AFTER)


async def read_body(request: web.Request, largest: int, seconds: float) -> bytes:
    """Return the whole body. Raises RequestRejectedError: encoded, too large (announced or counted), too slow, cut."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise RequestRejectedError(400, "malformed", "Content-Encoding is not taken: send the body as it is")
    if (request.content_length or 0) > largest:
        raise _too_large(largest)
    body = bytearray()
    async with _reading_body(request, seconds):
        async for part in request.content.iter_any():
            body += part
            if len(body) > largest:
                raise _too_large(largest)
    return bytes(body)


@asynccontextmanager
async def _reading_body(request: web.Request, seconds: float) -> AsyncIterator[None]:
    """Limit the time in which the body is read. Raises RequestRejectedError: too slow, cut or badly framed."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise RequestRejectedError(408, "too-slow", "the body took too long") from None
    except (web.RequestPayloadError, OSError):
        raise RequestRejectedError(400, "malformed", "the body is cut or badly framed") from None
    if isinstance(request.protocol, ConnectionGuard):
        request.protocol.body_received()


def _too_large(largest: int) -> RequestRejectedError:
    return RequestRejectedError(413, "too-large", f"the body is larger than {largest} bytes")


def _webhook_handler(webhook: WebhookReceiver) -> Handler:
    """Return the handler of Pick and Pack's events: it passes the request on in plain values."""

    async def handle(request: web.Request) -> web.Response:
        presented_secrets = [*request.headers.getall(webhook.header, []), *request.query.getall("secret", [])]
        presented_secrets += [bearer_token(value) for value in request.headers.getall("Authorization", [])]
        read = partial(read_body, request, MAX_WEBHOOK_BYTES, webhook.body_seconds)
        return _json({"result": await webhook.handle(presented_secrets, read)})

    return handle


# ── the other paths ──────────────────────────────────────────────────────────


class DeferredRoute:
    """A path whose handler is set later: what the handler needs may still be loading. Until then it answers 503."""

    def __init__(self, seconds: float) -> None:
        self.handler: Handler | None = None
        self._seconds = seconds

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Read the body within the limits that hold for every body, and call the handler."""
        if self.handler is None:
            raise RequestRejectedError(503, "other", "not ready yet, send it again", RETRY_AFTER)
        if (request.content_length or 0) > MAX_BODY_BYTES:
            raise _too_large(MAX_BODY_BYTES)
        async with _reading_body(request, self._seconds):
            await request.read()  # the request keeps it: the handler's own read finds it there
        return await self.handler(request)


async def _health(_request: web.Request) -> web.Response:
    return _json({"status": "ok"})


async def _ready(_request: web.Request, *, readiness: Callable[[], Readiness]) -> web.Response:
    state = asdict(readiness())
    return _json(state, 200 if state["ready"] else 503)


async def _metrics(_request: web.Request, *, metrics: MetricsSink) -> web.Response:
    return web.Response(body=metrics.render(), headers={"Content-Type": metrics.content_type})


DEFERRED_ROUTES: web.AppKey[dict[str, DeferredRoute]] = web.AppKey("deferred routes")


def build_application(
    *,
    events: EventSink,
    metrics: MetricsSink,
    readiness: Callable[[], Readiness],
    secrets: Iterable[str],
    header: str,
    known_hostname: Callable[[], str | None],
    deferred_paths: Iterable[str] = (),
    body_seconds: float = BODY_SECONDS,
) -> web.Application:
    """Build the application. `deferred_paths` get their handlers later; without a secret every event is refused."""
    webhook = WebhookReceiver(
        events, metrics, secrets=secrets, header=header, known_hostname=known_hostname, body_seconds=body_seconds
    )
    app = web.Application(middlewares=[_handle_errors], client_max_size=MAX_BODY_BYTES)
    app[METRICS] = metrics
    app[DEFERRED_ROUTES] = {path: DeferredRoute(body_seconds) for path in deferred_paths}
    app.router.add_post("/webhooks/pickpack", _webhook_handler(webhook))
    app.router.add_get("/healthz", _health)
    app.router.add_get("/readyz", partial(_ready, readiness=readiness))
    app.router.add_get("/metrics", partial(_metrics, metrics=metrics))
    for path, route in app[DEFERRED_ROUTES].items():
        app.router.add_post(path, route.handle)
    return app


def set_handler(app: web.Application, path: str, handler: Handler) -> None:
    """Set the handler of a deferred path, at any time. Raises KeyError for any other path."""
    app[DEFERRED_ROUTES][path].handler = handler


# ── the server ───────────────────────────────────────────────────────────────


class _AccessLog(AbstractAccessLogger):
    """Method, path, status, time. Never the query string or a header: the secret may be in them."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        level = logging.DEBUG if response.status < 400 else logging.INFO
        path = request.rel_url.raw_path[:200]
        self.logger.log(level, "%s %s: %d in %.1f ms", request.method, path, response.status, time * 1000)


class _Connection(ConnectionGuard, web.RequestHandler):  # type: ignore[misc] # its own types are narrower than asyncio's
    """One connection. Bytes that are not HTTP are answered in JSON too, and logged in one line without a traceback."""

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
    """Serves an application. `port` is the real one, also where `start` was called with port 0."""

    app: web.Application
    limits: ConnectionLimits = field(default_factory=ConnectionLimits)
    port: int = 0
    _connections: Connections = field(init=False)
    _runner: web.AppRunner | None = field(init=False, default=None)
    _server: asyncio.Server | None = field(init=False, default=None)
    _sweep: asyncio.Task[None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._connections = Connections(self.limits)

    async def start(self, host: str, port: int) -> None:
        """Listen. Raises ListenError."""
        self._runner = web.AppRunner(self.app, handle_signals=False, shutdown_timeout=0.5)
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._new_connection, host, port, backlog=2048)
        except (OSError, OverflowError) as error:
            await self._runner.cleanup()
            raise ListenError(explain_listen_error(error, host, port)) from None
        self.port = self._server.sockets[0].getsockname()[1]
        self._sweep = asyncio.create_task(self._connections.sweep(), name="connections")

    def set_handler(self, path: str, handler: Handler) -> None:
        """Set the handler of a deferred path."""
        set_handler(self.app, path, handler)

    def stop_accepting(self) -> None:
        """Accept no new connections, and answer at most one more request on each open one."""
        if self._server is not None:
            self._server.close()
        self._connections.close_idle()

    async def stop(self, *, within: float = STOP_SECONDS) -> None:
        """Wait for the requests under way, at most `within` seconds, and close everything."""
        self.stop_accepting()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._connections.active_requests:  # noqa: ASYNC110 - once per process: not worth an event for each request
                    await asyncio.sleep(0.02)
        if self._sweep is not None:
            self._sweep.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    def _new_connection(self) -> _Connection:
        assert self._runner is not None and self._runner.server is not None  # noqa: S101 - set up in `start`
        connection = _Connection(
            self._runner.server,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=self.limits.idle,
            access_log_class=_AccessLog,
            max_field_size=4096,
            max_headers=64,
            lingering_time=LINGER_SECONDS,
            read_bufsize=2**14,
            auto_decompress=False,
        )
        connection.connections = self._connections
        return connection
