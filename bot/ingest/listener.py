"""The HTTP server: listens, bounds its connections, and stops once the requests under way are answered."""

import asyncio
import logging
import socket
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bot.ingest.application import Handler, HeadCheck, any_head, json_response, set_handler
from bot.ingest.connections import (
    ACCEPTED_AT_ONCE,
    ConnectionGuard,
    ConnectionLimits,
    Connections,
    explain_listen_error,
    may_pass,
)

log = logging.getLogger(__name__)

WAITING_CONNECTIONS = 2048  # that the kernel keeps until we accept them
LINGER_SECONDS = 2.0  # how long the rest of a refused body is read, so that its sender gets to see the response
STOP_SECONDS = 5.0
RETRY_SECONDS = 0.5


class ListenError(Exception):
    """The service can't listen; the text says why and which setting to change.

    `may_pass`: the port or the address is not free yet, which may end by itself.
    """

    def __init__(self, text: str, *, may_pass: bool = False) -> None:
        super().__init__(text)
        self.may_pass = may_pass


class _AccessLog(AbstractAccessLogger):
    """Method, path, status, time. Never the query string or a header: the secret may be in them."""

    @property
    def enabled(self) -> bool:
        """Return whether any line would be written."""
        return self.logger.isEnabledFor(logging.INFO)

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
        response = json_response(
            {"error": "bad request" if status < 500 else "could not be answered"}, min(status, 503)
        )
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

    async def start(self, host: str, port: int, *, patience: float = 0.0, handed: socket.socket | None = None) -> None:
        """Listen; where the port is in use, try again for `patience` seconds. Raises ListenError.

        `handed` is a socket that listens already, instead of an own one.
        """
        self._runner = web.AppRunner(self.app, handle_signals=False, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            self._server = await (self._listen(host, port, patience) if handed is None else self._take(handed, port))
        except ListenError:
            await self._runner.cleanup()
            raise
        _let_more_wait(self._server)
        self.port = self._server.sockets[0].getsockname()[1]
        self._sweep = asyncio.create_task(self._connections.sweep(), name="connections")

    async def _listen(self, host: str, port: int, patience: float) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        began_at, waits = loop.time(), False
        while True:
            try:
                server = await loop.create_server(self._new_connection, host, port, backlog=ACCEPTED_AT_ONCE)
            except (OSError, OverflowError) as error:
                reason = ListenError(explain_listen_error(error, host, port), may_pass=may_pass(error))
            else:
                if waits:
                    log.info("The port is free after %.0f s", loop.time() - began_at)
                return server
            if not reason.may_pass or loop.time() >= began_at + patience:
                raise reason
            if not waits:
                log.warning("Not listening yet: %s. Trying for %.0f s", reason, patience)
            waits = True
            await asyncio.sleep(RETRY_SECONDS)

    async def _take(self, handed: socket.socket, port: int) -> asyncio.Server:
        real = handed.getsockname()[1]
        log.info("systemd's socket is used: whoever connects while the service is started again waits there")
        if real != port:
            log.warning("systemd's socket has port %d, HTTP_PORT says %d: write %d there too", real, port, real)
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._new_connection, sock=handed, backlog=ACCEPTED_AT_ONCE)

    def set_handler(self, path: str, handler: Handler, *, is_genuine: HeadCheck = any_head) -> None:
        """Set the handler of a deferred path. `is_genuine` tells by the headers whose body is read at all."""
        set_handler(self.app, path, handler, is_genuine=is_genuine)

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


def _let_more_wait(server: asyncio.Server) -> None:
    """Let the kernel keep more connections than asyncio accepts at once: to asyncio both are the same number."""
    for listening in server.sockets:
        with listening.dup() as same:
            same.listen(WAITING_CONNECTIONS)
