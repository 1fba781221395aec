"""The calls to Pick and Pack: the key exchanged for a token, the question about one order. No retries, no pace."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.pickpack.answers import Verdict, classify, read_http_date, read_retry_after
from bot.pickpack.errors import (
    AuthenticationError,
    MalformedResponseError,
    PickPackError,
    RateLimitError,
    UnreachableError,
)
from bot.pickpack.payloads import Token, parse_json_object, parse_snapshot, parse_token
from bot.pickpack.tokens import TokenKeeper
from bot.process.clock import Clock
from bot.tracking.model import NotFound, SnapshotSeen

CONNECT_TIMEOUT = 5.0
TOTAL_TIMEOUT = 10.0
BODY_LIMIT = 2_000_000
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    retry_after: float | None


def open_session() -> aiohttp.ClientSession:
    """A session for a client. It keeps no cookies: a gateway that sets a new one each time would fill the memory."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


class PickPackClient:
    """Asks Pick and Pack about orders. The session is the caller's, who also closes it, after `close`.

    `connect_timeout` and `total_timeout` are seconds a call, `body_limit` is in bytes. `on_hostname` is called with the
    account whenever a token names another one than before.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        api_key: str,
        token_url: str,
        tracking_url: str,
        clock: Clock,
        auth_scheme: str = "",
        connect_timeout: float = CONNECT_TIMEOUT,
        total_timeout: float = TOTAL_TIMEOUT,
        body_limit: int = BODY_LIMIT,
        on_hostname: Callable[[str], None] | None = None,
    ) -> None:
        self._session = session
        self._api_key = api_key
        self._token_url = URL(token_url)
        self._tracking_url = str(URL(tracking_url)).rstrip("/")
        self._auth_scheme = auth_scheme.strip()
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=total_timeout, connect=connect_timeout)
        self._body_limit = body_limit
        self._on_hostname = on_hostname
        self._hostname: str | None = None
        self._server_date: float | None = None
        self._tokens = TokenKeeper(self._exchange, clock=clock)

    @property
    def hostname(self) -> str | None:
        """The account that the last token named; None before the first one that names any."""
        return self._hostname

    @property
    def server_date(self) -> float | None:
        """Unix time in the Date header of the last answer that had a readable one."""
        return self._server_date

    async def fetch_order(self, order_id: str) -> SnapshotSeen | NotFound:
        """Ask about one order. A refused token is renewed and the call repeated, once.

        Raises UnreachableError (RateLimitError on 429), AuthenticationError or MalformedResponseError.
        """
        if not order_id.strip():
            return NotFound(order_id)  # the address without an id is another endpoint
        token = await self._tokens.current()
        answer, verdict = await self._track(order_id, token)
        if verdict is Verdict.TOKEN_REFUSED:
            token = await self._tokens.instead_of(token)
            answer, verdict = await self._track(order_id, token)
        return self._read(order_id, answer, verdict)

    async def check_key(self) -> str | None:
        """Exchange the key if there is no token in force, and return the account. Raises like `ask`."""
        await self._tokens.current()
        return self._hostname

    async def close(self) -> None:
        """Give up a token exchange under way. The session stays open."""
        await self._tokens.close()

    def _read(self, order_id: str, answer: _Answer, verdict: Verdict) -> SnapshotSeen | NotFound:
        match verdict:
            case Verdict.ORDER:
                return parse_snapshot(answer.body, order_id, hostname=self._hostname)
            case Verdict.NOT_FOUND:
                return NotFound(order_id)
            case Verdict.TOKEN_REFUSED:
                raise AuthenticationError(f"even a new token is refused (HTTP {answer.status})")
            case Verdict.RATE_LIMITED:
                raise RateLimitError("too many calls (HTTP 429)", retry_after=answer.retry_after)
            case Verdict.TROUBLE:
                raise UnreachableError(
                    f"no answer about an order (HTTP {answer.status})", retry_after=answer.retry_after
                )

    async def _track(self, order_id: str, token: Token) -> tuple[_Answer, Verdict]:
        credentials = f"{self._auth_scheme} {token.jwt}" if self._auth_scheme else token.jwt
        answer = await self._call("GET", self._address(order_id), headers={"Authorization": credentials})
        return answer, classify(answer.status, answer.body, asked=order_id)

    def _address(self, order_id: str) -> URL:
        """The id as one path segment, encoded here and left alone by yarl, which would resolve `.` and `..`."""
        segment = quote(order_id, safe="", errors="surrogatepass")
        if segment in (".", ".."):
            segment = segment.replace(".", "%2E")
        return URL(f"{self._tracking_url}/{segment}", encoded=True)

    async def _exchange(self) -> Token:
        try:
            answer = await self._call("POST", self._token_url, json={"apiKey": self._api_key})
        except MalformedResponseError as trouble:
            raise UnreachableError(f"token endpoint: {trouble.reason}") from None
        self._check_exchange(answer)
        try:
            token = parse_token(answer.body)
        except MalformedResponseError as trouble:
            raise UnreachableError(f"token endpoint: {trouble.reason}") from None
        self._learn_hostname(token.hostname)
        return token

    def _check_exchange(self, answer: _Answer) -> None:
        """Raise unless it is a 200. A refusal of the key is a 401, or a 400 or 403 that isn't a gateway's page."""
        if answer.status == 200:
            return
        if answer.status == 429:
            raise RateLimitError("token endpoint: too many calls (HTTP 429)", retry_after=answer.retry_after)
        if answer.status == 401 or (answer.status in (400, 403) and _is_object(answer.body)):
            raise AuthenticationError(f"the API key is refused (HTTP {answer.status})")
        raise UnreachableError(f"token endpoint: HTTP {answer.status}", retry_after=answer.retry_after)

    def _learn_hostname(self, hostname: str | None) -> None:
        if hostname is None or hostname == self._hostname:
            return
        self._hostname = hostname
        if self._on_hostname is not None:
            self._on_hostname(hostname)

    async def _call(
        self, method: str, url: URL, *, headers: dict[str, str] | None = None, json: dict[str, Any] | None = None
    ) -> _Answer:
        """One HTTP call. Raises UnreachableError, or MalformedResponseError for a 200 larger than the limit."""
        outcome = await self._attempt(method, url, headers=headers, json=json)
        if isinstance(outcome, PickPackError):
            # raised outside the `except`: not even as its context may it carry aiohttp's error, which shows headers
            raise outcome
        return outcome

    async def _attempt(
        self, method: str, url: URL, *, headers: dict[str, str] | None, json: dict[str, Any] | None
    ) -> _Answer | PickPackError:
        """aiohttp repeats a GET by itself once when a kept connection turns out closed: harmless, it changes nothing.

        Redirects are not followed: neither key nor token goes anywhere but to the addresses in the settings.
        """
        try:
            async with self._session.request(
                method, url, headers=headers, json=json, timeout=self._timeout, allow_redirects=False
            ) as response:
                return await self._take_in(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return UnreachableError(_why(error))

    async def _take_in(self, response: aiohttp.ClientResponse) -> _Answer | PickPackError:
        date = read_http_date(response.headers.get("Date"))
        self._server_date = self._server_date if date is None else date
        wall = self._clock.wall() if date is None else date
        retry_after = read_retry_after(response.headers.get("Retry-After"), wall=wall)
        body = await self._read_body(response)
        if body is not None:
            return _Answer(response.status, body, retry_after)
        if response.status == 200:
            return MalformedResponseError(f"the answer is larger than {self._body_limit} bytes")
        return UnreachableError(f"HTTP {response.status}, with a body that is too large", retry_after=retry_after)

    async def _read_body(self, response: aiohttp.ClientResponse) -> bytes | None:
        """The whole body; None where it is larger than the limit, of which the rest is never read."""
        body = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            body += chunk
            if len(body) > self._body_limit:
                response.close()
                return None
        return bytes(body)


def _is_object(body: bytes) -> bool:
    try:
        parse_json_object(body)
    except ValueError:
        return False
    return True


def _why(error: Exception) -> str:
    """A phrase for a network error. Its own text is left out: it may hold addresses and headers."""
    match error:
        case TimeoutError():
            return "no answer in time"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "the certificate is not accepted"
        case aiohttp.ClientConnectorError():
            return "no connection"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError() | aiohttp.ClientPayloadError():
            return "the connection broke off"
        case _:
            return f"no usable answer ({type(error).__name__})"
