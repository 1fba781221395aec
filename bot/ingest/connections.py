"""Limits for open HTTP connections: how long a request may take to arrive and to be answered, and how many at once.

An HTTP server usually limits a request once it is complete. These limits also end requests that never become complete
(a header a minute, a response that is never read): each connection has a deadline, whatever it does until then.
"""

import asyncio
import errno
from dataclasses import dataclass
from enum import Enum, auto

SWEEP_SECONDS = 0.25
MAX_CONNECTIONS = 2000
ACCEPTED_AT_ONCE = 64  # connections in one turn of the loop: so many may be open over the limit for a moment
RESERVED_FILES = 4 * ACCEPTED_AT_ONCE  # for those, the database, calls to both neighbours
MAX_REQUEST_BYTES = 4 * 1024 * 1024  # with head and framing: endless framing is no body, and has no other limit
READ_BYTES = 16 * 1024  # of a socket at a time: asyncio takes 256 kB, which no handler can refuse
MAX_DISCARDED_BYTES = 1024 * 1024  # read and dropped of a refused body, so that its sender gets to see the response
TIMEOUT_RESPONSE = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 38\r\n\r\n"
    b'{"error": "the request took too long"}'
)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Time limits in seconds, and what all connections together may take.

    The times are a little stricter than what is documented. `max_buffered_bytes` are those of requests that are not
    answered yet.
    """

    headers: float = 9.5  # from the first byte (or the connection) to the last header
    request: float = 60.0  # from the last header to the response's last byte
    idle: float = 75.0  # between requests: longer than the proxies in front of us wait
    max_connections: int = MAX_CONNECTIONS
    max_buffered_bytes: int = 32 * 1024 * 1024


def connections_for(open_files: int) -> int:
    """Return how many connections may be open where so many files may: each is one, and others are needed besides."""
    return min(MAX_CONNECTIONS, max(open_files - RESERVED_FILES, open_files // 2))


class RequestPhase(Enum):
    """Where a connection is with its request."""

    IDLE = auto()  # between two requests
    HEADERS = auto()  # new, or a request has begun to come in
    BODY = auto()  # the headers are there
    ANSWERING = auto()  # all of it is there
    CLOSING = auto()  # it got its last response: what still comes is dropped


_INCOMPLETE = (RequestPhase.HEADERS, RequestPhase.BODY)


class Connections:
    """All open connections. The sweep closes those whose deadline has passed."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self.closing = False  # no more requests on connections that are open
        self._open: set[ConnectionGuard] = set()
        self._buffered = 0

    def __len__(self) -> int:
        return len(self._open)

    @property
    def active_requests(self) -> int:
        """How many requests have sent their headers and not yet got their response."""
        return sum(connection.phase in (RequestPhase.BODY, RequestPhase.ANSWERING) for connection in self._open)

    def add(self, new: "ConnectionGuard") -> None:
        """Add a connection; where there are too many, abort the incomplete request that would time out first."""
        self._open.add(new)
        if len(self._open) > self.limits.max_connections:
            waiting = [connection for connection in self._open if connection.phase is not RequestPhase.ANSWERING]
            min(waiting, key=lambda connection: connection.deadline).abort()

    def remove(self, gone: "ConnectionGuard") -> None:
        """Remove a connection that is closed, or that closes with the loop's next turn: it is counted no longer."""
        self._open.discard(gone)
        self.buffered(gone, 0)

    def buffered(self, connection: "ConnectionGuard", size: int) -> None:
        """Note how many bytes of its request a connection holds; where all hold too many, abort incomplete requests.

        Those without a complete head go first: nobody has checked yet who sends them.
        """
        self._buffered += size - connection.buffered
        connection.buffered = size
        while self._buffered > self.limits.max_buffered_bytes:
            incomplete = [one for one in self._open if one.buffered and one.phase in _INCOMPLETE]
            if not incomplete:
                return
            min(incomplete, key=lambda one: (_INCOMPLETE.index(one.phase), one.deadline)).abort()

    def close_idle(self) -> None:
        """Close the connections without a request, and let each of the others finish its request."""
        self.closing = True
        for connection in [connection for connection in self._open if connection.is_idle]:
            connection.close_gracefully()

    async def sweep(self) -> None:
        """Close connections whose deadline has passed, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            for connection in [connection for connection in self._open if connection.deadline <= loop.time()]:
                connection.close_gracefully()


class ConnectionGuard(asyncio.Protocol):
    """A mixin that puts limits on a server's protocol class: `class Connection(ConnectionGuard, RequestHandler)`."""

    connections: Connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the deadline for the first request's headers."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self._tcp_transport = transport
        transport.max_size = READ_BYTES  # type: ignore[attr-defined] # of asyncio's own transports, not of the interface
        self.buffered = 0
        self._has_received = self.half_closed = False
        self._bytes_allowed, self._bytes_received, self._discards = MAX_REQUEST_BYTES, 0, False
        self._enter(RequestPhase.HEADERS, self.connections.limits.headers)
        super().connection_made(transport)
        self.connections.add(self)

    def data_received(self, data: bytes) -> None:
        """Count the bytes; the first byte after a request starts the deadline for the next request's headers."""
        self._has_received = True
        self._bytes_received += len(data)
        if self._bytes_received > self._bytes_allowed:
            self.abort()
            return
        if self.phase is RequestPhase.CLOSING:
            return
        if self.phase is RequestPhase.IDLE:
            self._enter(RequestPhase.HEADERS, self.connections.limits.headers)
        if not self._discards:
            self.connections.buffered(self, self._bytes_received)
        if not self._tcp_transport.is_closing():
            super().data_received(data)

    def eof_received(self) -> bool:
        """Keep the connection open while a request is under way: it is still answered."""
        super().eof_received()
        self.half_closed = True
        return self._has_received and self.phase not in (RequestPhase.IDLE, RequestPhase.CLOSING)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Remove this connection from the open ones."""
        self.connections.remove(self)
        super().connection_lost(exc)  # type: ignore[arg-type] # the server's own takes any

    def headers_received(self) -> None:
        """Start the deadline for the body and the response."""
        self._enter(RequestPhase.BODY, self.connections.limits.request)

    def body_received(self) -> None:
        """Note that the request is complete: from now on it is not aborted to make room for others."""
        self.phase = RequestPhase.ANSWERING

    def response_ready(self, *, discards_body: bool) -> None:
        """Start the wait for the next request. `discards_body`: the rest is dropped, then the connection is closed."""
        self._bytes_allowed, self._bytes_received = MAX_DISCARDED_BYTES if discards_body else MAX_REQUEST_BYTES, 0
        self._discards = discards_body
        self.connections.buffered(self, 0)
        self._enter(RequestPhase.IDLE, self.connections.limits.idle)

    @property
    def is_idle(self) -> bool:
        """True where no byte of a request has arrived."""
        return self.phase is RequestPhase.IDLE or (self.phase is RequestPhase.HEADERS and not self._has_received)

    @property
    def closes_after_response(self) -> bool:
        """True where the connection is to be closed after this response."""
        return self.half_closed or self.connections.closing

    def close_gracefully(self) -> None:
        """Close the connection, after a 408 where half a head has arrived; abort it where it is closing already."""
        busy = (RequestPhase.BODY, RequestPhase.ANSWERING, RequestPhase.CLOSING)
        if self._tcp_transport.is_closing() or self.phase in busy:
            self.abort()
        elif self.phase is RequestPhase.HEADERS and self._has_received:
            self._tcp_transport.write(TIMEOUT_RESPONSE)
            self._finish()
        else:
            self._tcp_transport.close()
            self.deadline = asyncio.get_running_loop().time() + 1.0  # a client that does not read can't keep it open

    def _finish(self) -> None:
        """Close behind the last response. A socket closed with bytes unread is reset, and that response is lost."""
        if self.half_closed:  # nothing more comes
            self._tcp_transport.close()
        else:
            self._tcp_transport.write_eof()
        self.connections.buffered(self, 0)
        self._enter(RequestPhase.CLOSING, 1.0)

    def abort(self) -> None:
        """Close the connection at once, whatever is still unsent.

        The loop closes it with its next turn; until then it must not be chosen, and counted, again.
        """
        self.connections.remove(self)
        self._tcp_transport.abort()

    def _enter(self, phase: RequestPhase, seconds: float) -> None:
        self.phase = phase
        self.deadline = asyncio.get_running_loop().time() + seconds


def may_pass(error: OSError | OverflowError) -> bool:
    """Return whether it may be otherwise in a moment: another process is ending, or the network is coming up."""
    return isinstance(error, OSError) and error.errno in {errno.EADDRINUSE, errno.EADDRNOTAVAIL}


def explain_listen_error(error: OSError | OverflowError, host: str, port: int) -> str:
    """Say why the service can't listen there, and which setting to change."""
    if isinstance(error, OverflowError):
        return f"there is no port {port}: set HTTP_PORT to 1 to 65535"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: stop the other program or set HTTP_PORT"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights: set HTTP_PORT to 1024 or more"
    return (
        f"can't listen on {host}, port {port} ({error.strerror or error}): set HTTP_HOST to an address of this machine"
    )
