"""Pick and Pack's webhook in plain values: checks the secret and the account, and hands the event over.

A request that is not taken ends in a RequestRejectedError with the HTTP status to answer.
"""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, Protocol

from bot.pickpack.errors import MalformedWebhookError
from bot.pickpack.payloads import IgnoredWebhook, parse_webhook
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking.model import StatusChanged

log = logging.getLogger(__name__)

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
RETRY_AFTER: Mapping[str, str] = MappingProxyType({"Retry-After": "5"})  # seconds, said with each 503


class EventSink(Protocol):
    """Where events go."""

    async def apply_webhook(self, event: StatusChanged) -> Literal["stored", "repeat"]:
        """Record the event, and return after the commit. Raises StoreError."""


class MetricsSink(Protocol):
    """The counters that the HTTP server adds to and shows."""

    content_type: str

    def webhook(self, result: str) -> None:
        """Count a webhook by its result."""

    def error(self, place: str) -> None:
        """Count an error that was caught at an outer edge."""

    def render(self) -> bytes:
        """Return all counters as text."""


class RequestRejectedError(Exception):
    """A request that is not taken: HTTP status, the result that is counted, the error for its sender, headers."""

    def __init__(self, status: int, result: str, error: str, headers: Mapping[str, str] = NO_HEADERS) -> None:
        super().__init__(error)
        self.status, self.result, self.error, self.headers = status, result, error, headers


class WebhookReceiver:
    """Checks each webhook and hands its event to `events`.

    `secrets`: any of them is accepted; without one, every request is refused. `header`: the header that holds it.
    `known_hostname` returns the account, or None while it isn't known: then a valid secret is enough.
    """

    def __init__(
        self,
        events: EventSink,
        metrics: MetricsSink,
        *,
        secrets: Iterable[str],
        header: str,
        known_hostname: Callable[[], str | None],
        body_seconds: float,
    ) -> None:
        self.header, self.body_seconds = header, body_seconds
        self._events, self._metrics, self._known_hostname = events, metrics, known_hostname
        # digests have one length, so that comparing them reveals nothing about the secret's length
        self._digests = [_digest(secret) for secret in secrets if secret]

    async def handle(self, presented_secrets: Iterable[str], read_body: Callable[[], Awaitable[bytes]]) -> str:
        """Return `stored`, `repeat` or `ignored`, after the commit.

        `presented_secrets`: every value that may be the secret. `read_body` is called only once one of them is valid.
        Raises RequestRejectedError.
        """
        result = "other"
        try:
            self._check_secret(presented_secrets)
            result = await self._record(await read_body())
        except RequestRejectedError as rejection:
            result = rejection.result
            raise
        finally:
            self._metrics.webhook(result)
        return result

    async def _record(self, body: bytes) -> str:
        event = _parse(body)
        if isinstance(event, IgnoredWebhook):
            log.info("A webhook was ignored: %s", event.reason)
            return "ignored"
        self._check_account(event)
        try:
            return await self._events.apply_webhook(event)
        except InvalidValueError:  # its sender should not try again
            raise RequestRejectedError(400, "malformed", "it holds characters that no text may hold") from None
        except StoreError as error:
            log.warning("An event could not be stored: %s", error)
            raise RequestRejectedError(503, "not-stored", "could not be stored, send it again", RETRY_AFTER) from None

    def _check_secret(self, presented_secrets: Iterable[str]) -> None:
        digests = [_digest(value) for value in presented_secrets if value]
        # all are compared, whatever the first gives, so that the time reveals nothing
        if not sum(hmac.compare_digest(one, other) for one in digests for other in self._digests):
            raise RequestRejectedError(
                401, "wrong-secret", "the secret is wrong or missing", {"WWW-Authenticate": "Bearer"}
            )

    def _check_account(self, event: StatusChanged) -> None:
        known = self._known_hostname()
        if known and event.hostname.strip().casefold() != known.strip().casefold():
            raise RequestRejectedError(403, "other-account", "the event is of another account")


def bearer_token(value: str) -> str:
    """Return the token of an Authorization header `Bearer …`; empty if it has none."""
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _parse(body: bytes) -> StatusChanged | IgnoredWebhook:
    try:
        return parse_webhook(body)
    except MalformedWebhookError as error:
        raise RequestRejectedError(400, "malformed", error.reason) from None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="backslashreplace")).digest()
