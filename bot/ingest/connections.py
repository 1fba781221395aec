"""What a connection may take: how long without a whole request, how many at once. No request is looked into here.

An HTTP server usually bounds a request once it is there. What bounds one that never becomes whole (a header a minute,
an answer that nobody reads) is this: each connection has a time at which it ends, whatever it does until then.
"""

import asyncio
import errno
from dataclasses import dataclass
from enum import Enum, auto

SWEEP_SECONDS = 0.25
MAY_TAKE = 4 * 1024 * 1024  # bytes of one request, all told: framing that never ends is no body and has no limit else
MAY_WASTE = 1024 * 1024  # bytes of a refused body that are read away, so that its sender gets to see the answer
TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 38\r\n\r\n"
    b'{"error": "the request took too long"}'
)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Seconds, and how many connections at once. All are a little less than what is promised to the outside."""

    head: float = 9.5  # from the first byte (or the connection) to the last header
    whole: float = 60.0  # from the last header to the answer's last byte
    idle: float = 75.0  # between requests: longer than the proxies in front of us wait
    most: int = 2000


class Stage(Enum):
    """Where a connection is with its request."""

    IDLE = auto()  # between two requests
    HEAD = auto()  # new, or a request has begun to come in
    BODY = auto()  # the headers are there
    ANSWERING = auto()  # all of it is there


class Connections:
    """All open connections. The sweep ends those whose time is over."""

    def __init__(self, patience: ConnectionLimits) -> None:
        self.patience = patience
        self.closing = False  # no more requests on connections that are open
        self._open: set[ConnectionGuard] = set()

    def __len__(self) -> int:
        return len(self._open)

    @property
    def under_way(self) -> int:
        """How many have a request whose headers are there and whose answer isn't."""
        return sum(each.stage in (Stage.BODY, Stage.ANSWERING) for each in self._open)

    def admit(self, new: "ConnectionGuard") -> None:
        """Takes one in; where there are too many, the first to end of those without a whole request makes room."""
        self._open.add(new)
        if len(self._open) > self.patience.most:
            waiting = [each for each in self._open if each.stage is not Stage.ANSWERING]
            min(waiting, key=lambda each: each.ends_at).abort()

    def forget(self, gone: "ConnectionGuard") -> None:
        """It is closed."""
        self._open.discard(gone)

    def close_idle(self) -> None:
        """Ends those that no request has begun on, and lets each of the others finish its one request."""
        self.closing = True
        for each in [each for each in self._open if each.is_quiet]:
            each.give_up()

    async def sweep(self) -> None:
        """Runs until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            for each in [each for each in self._open if each.ends_at <= loop.time()]:
                each.give_up()


class ConnectionGuard(asyncio.Protocol):
    """A part of a server's protocol class, to stand left of the server's own: `class Door(Watched, Server's)`."""

    connections: Connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A new connection has as long as a head may take."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self._wire = transport
        self._began = self.half_closed = False
        self._may_take, self._taken = MAY_TAKE, 0
        self._enter(Stage.HEAD, self.connections.patience.head)
        super().connection_made(transport)
        self.connections.admit(self)

    def data_received(self, data: bytes) -> None:
        """Between two requests, a first byte starts the time of the next head."""
        self._began = True
        self._taken += len(data)
        if self._taken > self._may_take:
            self.abort()
            return
        if self.stage is Stage.IDLE:
            self._enter(Stage.HEAD, self.connections.patience.head)
        super().data_received(data)

    def eof_received(self) -> bool:
        """The other side sends nothing more: a request that is under way is still answered, and then it is over."""
        super().eof_received()
        self.half_closed = True
        return self._began and self.stage is not Stage.IDLE

    def connection_lost(self, exc: BaseException | None) -> None:
        """It is closed."""
        self.connections.forget(self)
        super().connection_lost(exc)  # type: ignore[arg-type] # the server's own takes any

    def request_begins(self) -> None:
        """The headers are there."""
        self._enter(Stage.BODY, self.connections.patience.whole)

    def request_is_whole(self) -> None:
        """The body is there too: what is done now must not be thrown away."""
        self.stage = Stage.ANSWERING

    def request_ends(self, *, refused_body: bool) -> None:
        """The answer is made. `refused_body`: the rest of it is not wanted, and the connection ends with it."""
        self._may_take, self._taken = MAY_WASTE if refused_body else MAY_TAKE, 0
        self._enter(Stage.IDLE, self.connections.patience.idle)

    @property
    def is_quiet(self) -> bool:
        """Nothing of a request has come."""
        return self.stage is Stage.IDLE or (self.stage is Stage.HEAD and not self._began)

    @property
    def last_request(self) -> bool:
        """True where the connection is to be closed after this answer."""
        return self.half_closed or self.connections.closing

    def give_up(self) -> None:
        """Ends the connection: with an answer where half a head has come, the hard way where it is closing already."""
        if self._wire.is_closing() or self.stage in (Stage.BODY, Stage.ANSWERING):
            self.abort()
            return
        if self.stage is Stage.HEAD and self._began:
            self._wire.write(TOO_SLOW)
        self._wire.close()
        self.ends_at = asyncio.get_running_loop().time() + 1.0  # who does not read can't keep it open

    def abort(self) -> None:
        """Ends the connection at once."""
        self._wire.abort()

    def _enter(self, stage: Stage, seconds: float) -> None:
        self.stage = stage
        self.ends_at = asyncio.get_running_loop().time() + seconds


def why_not(error: OSError | OverflowError, host: str, port: int) -> str:
    """Why nobody can listen there, and which setting to change."""
    if isinstance(error, OverflowError):
        return f"there is no port {port}: set HTTP_PORT to 1 to 65535"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use: stop the other program or set HTTP_PORT"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights: set HTTP_PORT to 1024 or more"
    return (
        f"can't listen on {host}, port {port} ({error.strerror or error}): set HTTP_HOST to an address of this machine"
    )
