"""Make HTTP calls with short time-outs, and describe their errors without URLs and secrets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.process.retry_after import parse_http_date

TOTAL_TIMEOUT = 5.0
CONNECT_TIMEOUT = 4.0
MAX_BODY_SIZE = 262_144
CHECK_NETWORK = "check this machine's network, DNS and firewall"


@dataclass(frozen=True, slots=True)
class Reply:
    """The response to a call, with its body as far as it was read, and its `Date` header as Unix time.

    Without a response, `error` describes why, and `status` is 0.
    """

    status: int = 0
    body: bytes = b""
    date: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def content(self) -> Any:
        """The body as JSON; None if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def open_session() -> aiohttp.ClientSession:
    """Open a session with short time-outs; the caller closes it."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TOTAL_TIMEOUT, sock_connect=CONNECT_TIMEOUT))


async def call(http: aiohttp.ClientSession, method: str, url: str, **options: Any) -> Reply:
    """Make a call, without following redirects; network errors are returned, never raised."""
    try:
        async with http.request(method, url, allow_redirects=False, **options) as response:
            body = await response.content.read(MAX_BODY_SIZE)
            return Reply(response.status, body, parse_http_date(response.headers.get("Date")), response.headers)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Reply(error=describe_error(error))


def describe_error(error: BaseException) -> str:
    """Describe a network error in a phrase. Its own text is left out: it may hold a URL with a token."""
    match error:
        case TimeoutError():
            return f"no answer within {TOTAL_TIMEOUT:g} s"
        case aiohttp.ClientConnectorDNSError():
            return "its name is unknown to DNS"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "its certificate is not accepted"
        case aiohttp.ClientConnectorError():
            return "no connection"
        case _:
            return "the connection broke off or the answer was no HTTP"
