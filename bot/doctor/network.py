"""One HTTP call with the doctor's patience, its trouble in a phrase that holds no address and no secret."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

PATIENCE_SECONDS = 5.0
CONNECT_SECONDS = 4.0
LARGEST_ANSWER = 262_144
CHECK_THE_WAY = "check this machine's network, DNS and firewall"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: `status`, its `body` as far as it was read, `date` (Unix time) where its header was readable.

    `trouble` is a phrase where there was no answer; `status` is 0 then.
    """

    status: int = 0
    body: bytes = b""
    date: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def content(self) -> Any:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def session() -> aiohttp.ClientSession:
    """A session with the doctor's patience; the caller closes it."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS, sock_connect=CONNECT_SECONDS))


async def call(http: aiohttp.ClientSession, method: str, url: str, **given: Any) -> Reply:
    """Call, follow no redirect, never raise for what the network does."""
    try:
        async with http.request(method, url, allow_redirects=False, **given) as response:
            body = await response.content.read(LARGEST_ANSWER)
            return Reply(response.status, body, _date(response.headers.get("Date")), response.headers)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Reply(trouble=why(error))


def why(error: BaseException) -> str:
    """A phrase for a network error. Its own text is left out: it may hold an address, and that a token."""
    match error:
        case TimeoutError():
            return f"no answer within {PATIENCE_SECONDS:g} s"
        case aiohttp.ClientConnectorDNSError():
            return "its name is unknown to DNS"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "its certificate is not accepted"
        case aiohttp.ClientConnectorError():
            return "no connection"
        case _:
            return "the connection broke off or the answer was no HTTP"


def _date(header: str | None) -> float | None:
    try:
        return parsedate_to_datetime(header).timestamp() if header else None
    except ValueError:
        return None
