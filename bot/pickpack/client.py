"""Call Pick and Pack's API: exchange the key for a token, fetch one order. Retries and rate limits are the caller's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.pickpack.errors import (
    AuthenticationError,
    MalformedResponseError,
    PickPackError,
    RateLimitError,
    UnreachableError,
)
from bot.pickpack.payloads import Token, parse_snapshot, parse_token
from bot.pickpack.refusals import RefusalLog
from bot.pickpack.responses import ResponseKind, classify_response
from bot.pickpack.tokens import TokenCache
from bot.pickpack.values import parse_json_object
from bot.process.clock import Clock
from bot.process.retry_after import parse_http_date, parse_retry_after
from bot.tracking.events import NotFound, OrderSnapshot

CONNECT_TIMEOUT = 5.0
TOTAL_TIMEOUT = 10.0
BODY_LIMIT = 2_000_000
CHUNK_SIZE = 65_536


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    body: bytes
    retry_after: float | None


def open_session() -> aiohttp.ClientSession:
    """Open a session that keeps no cookies: a gateway that sets a new one each time would fill the memory."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


class PickPackClient:
    """Fetches orders from Pick and Pack. The caller owns the session and closes it after `close`.

    `connect_timeout` and `total_timeout` are seconds per call, `body_limit` is in bytes. `on_hostname` is called with
    the account whenever a token names another one than before.
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
        self._refusals = RefusalLog()
        self._tokens = TokenCache(self._exchange, clock=clock)

    @property
    def hostname(self) -> str | None:
        """The account that the last token named; None until one names any."""
        return self._hostname

    @property
    def server_date(self) -> float | None:
        """Unix time in the Date header of the last response that had a valid one."""
        return self._server_date

    async def fetch_order(self, order_id: str) -> OrderSnapshot | NotFound:
        """Fetch one order. A rejected token is renewed and the call repeated, once.

        Raises UnreachableError (RateLimitError on 429), AuthenticationError or MalformedResponseError.
        """
        if not order_id.strip():
            return NotFound(order_id)  # the URL without an id is another endpoint
        token = await self._tokens.get()
        response, kind = await self._get_order(order_id, token)
        if kind is ResponseKind.TOKEN_REJECTED:
            token = await self._tokens.replace(token)
            response, kind = await self._get_order(order_id, token)
        return self._interpret(order_id, response, kind)

    async def authenticate(self) -> str | None:
        """Exchange the key if there is no valid token, and return the account. Raises like `fetch_order`."""
        await self._tokens.get()
        return self._hostname

    async def close(self) -> None:
        """Cancel a running token exchange. The session stays open."""
        await self._tokens.close()

    def _interpret(self, order_id: str, response: _Response, kind: ResponseKind) -> OrderSnapshot | NotFound:
        match kind:
            case ResponseKind.ORDER:
                snapshot = parse_snapshot(response.body, order_id, hostname=self._hostname)
                self._refusals.add(snapshot)
                return snapshot
            case ResponseKind.NOT_FOUND:
                return NotFound(order_id)
            case ResponseKind.TOKEN_REJECTED:
                raise AuthenticationError(f"even a new token is refused (HTTP {response.status})")
            case ResponseKind.RATE_LIMITED:
                raise RateLimitError("too many calls (HTTP 429)", retry_after=response.retry_after)
            case ResponseKind.UNUSABLE:
                raise UnreachableError(
                    f"no answer about an order (HTTP {response.status})",
                    retry_after=response.retry_after,
                    answered=True,
                )

    async def _get_order(self, order_id: str, token: Token) -> tuple[_Response, ResponseKind]:
        credentials = f"{self._auth_scheme} {token.jwt}" if self._auth_scheme else token.jwt
        response = await self._call("GET", self._order_url(order_id), headers={"Authorization": credentials})
        return response, classify_response(response.status, response.body, order_id=order_id)

    def _order_url(self, order_id: str) -> URL:
        """Return the order's URL. The id is one path segment, encoded here because yarl would resolve `.` and `..`."""
        segment = quote(order_id, safe="", errors="surrogatepass")
        if segment in (".", ".."):
            segment = segment.replace(".", "%2E")
        return URL(f"{self._tracking_url}/{segment}", encoded=True)

    async def _exchange(self) -> Token:
        try:
            response = await self._call("POST", self._token_url, json={"apiKey": self._api_key})
        except (MalformedResponseError, UnreachableError) as error:
            # without a token no order can be asked for: never the trouble of one order
            raise UnreachableError(f"token endpoint: {error.reason}") from None
        self._check_exchange(response)
        try:
            token = parse_token(response.body)
        except MalformedResponseError as error:
            raise UnreachableError(f"token endpoint: {error.reason}") from None
        self._set_hostname(token.hostname)
        return token

    def _check_exchange(self, response: _Response) -> None:
        """Raise unless it is a 200. The key is rejected by a 401, or by a 400 or 403 that isn't a gateway's page."""
        if response.status == 200:
            return
        if response.status == 429:
            raise RateLimitError("token endpoint: too many calls (HTTP 429)", retry_after=response.retry_after)
        if response.status == 401 or (response.status in (400, 403) and _is_json_object(response.body)):
            raise AuthenticationError(f"the API key is refused (HTTP {response.status})")
        raise UnreachableError(f"token endpoint: HTTP {response.status}", retry_after=response.retry_after)

    def _set_hostname(self, hostname: str | None) -> None:
        if hostname is None or hostname == self._hostname:
            return
        self._hostname = hostname
        if self._on_hostname is not None:
            self._on_hostname(hostname)

    async def _call(
        self, method: str, url: URL, *, headers: dict[str, str] | None = None, json: dict[str, Any] | None = None
    ) -> _Response:
        """Make one HTTP call. Raises UnreachableError, or MalformedResponseError for a 200 larger than the limit."""
        outcome = await self._attempt(method, url, headers=headers, json=json)
        if isinstance(outcome, PickPackError):
            # raised outside the `except`, so that aiohttp's error, which shows headers, is not even its context
            raise outcome
        return outcome

    async def _attempt(
        self, method: str, url: URL, *, headers: dict[str, str] | None, json: dict[str, Any] | None
    ) -> _Response | PickPackError:
        """Make one HTTP call and return what came of it, errors included.

        Redirects are not followed: key and token go nowhere but to the URLs in the settings. aiohttp repeats a GET once
        by itself when a kept connection turns out to be closed: harmless, a GET changes nothing.
        """
        answered = False
        try:
            async with self._session.request(
                method, url, headers=headers, json=json, timeout=self._timeout, allow_redirects=False
            ) as response:
                answered = True
                return await self._receive(response)
        except aiohttp.ClientResponseError as error:  # what came is no HTTP
            return UnreachableError(_describe(error), answered=True)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return UnreachableError(_describe(error), answered=answered)

    async def _receive(self, response: aiohttp.ClientResponse) -> _Response | PickPackError:
        date = parse_http_date(response.headers.get("Date"))
        self._server_date = self._server_date if date is None else date
        wall = self._clock.wall() if date is None else date
        retry_after = parse_retry_after(response.headers.get("Retry-After"), wall=wall)
        body = await self._read_body(response)
        if body is not None:
            return _Response(response.status, body, retry_after)
        if response.status == 200:
            return MalformedResponseError(f"the answer is larger than {self._body_limit} bytes")
        reason = f"HTTP {response.status}, with a body that is too large"
        return UnreachableError(reason, retry_after=retry_after, answered=True)

    async def _read_body(self, response: aiohttp.ClientResponse) -> bytes | None:
        """Return the whole body, or None where it is larger than the limit; the rest is never read then."""
        body = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK_SIZE):
            body += chunk
            if len(body) > self._body_limit:
                response.close()
                return None
        return bytes(body)


def _is_json_object(body: bytes) -> bool:
    try:
        parse_json_object(body)
    except ValueError:
        return False
    return True


def _describe(error: Exception) -> str:
    """Describe a network error in a phrase. Its own text is left out: it may hold addresses and headers."""
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
