"""Pick and Pack's webhook in plain values: who may bring an event, what is refused and how that is said."""

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
    """What becomes of an event."""

    async def apply_webhook(self, event: StatusChanged) -> Literal["stored", "repeat", "ignored"]:
        """Returns after the commit; raises StoreError."""


class MetricsSink(Protocol):
    """What is counted at the door, and how it is shown."""

    content_type: str

    def webhook(self, result: str) -> None:
        """Counts a webhook by its result."""

    def error(self, place: str) -> None:
        """Counts an error that was caught at an outer edge."""

    def render(self) -> bytes:
        """All counters as text."""


class Refused(Exception):
    """A request that is not taken: HTTP status, the result that is counted, what its sender is told, headers."""

    def __init__(self, status: int, result: str, error: str, headers: Mapping[str, str] = NO_HEADERS) -> None:
        super().__init__(error)
        self.status, self.result, self.error, self.headers = status, result, error, headers


class Webhook:
    """Takes events for `events`.

    `secrets`: any one of them will do; without one, nothing is taken. `header`: the request header that brings it.
    `known_hostname` gives the account, or None while it isn't known: then a right secret is enough.
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
        # digests are of one length, so that comparing them tells nothing of the secret's
        self._digests = [_digest(secret) for secret in secrets if secret]

    async def take(self, brought: Iterable[str], read: Callable[[], Awaitable[bytes]]) -> str:
        """Answers `stored`, `repeat` or `ignored`, after the commit. `brought`: all that may be the secret.

        `read` is called only once the secret was right. Raises Refused.
        """
        result = "other"
        try:
            self._check_secret(brought)
            result = await self._record(await read())
        except Refused as refused:
            result = refused.result
            raise
        finally:
            self._metrics.webhook(result)
        return result

    async def _record(self, body: bytes) -> str:
        event = _read(body)
        if isinstance(event, IgnoredWebhook):
            log.info("A webhook was ignored: %s", event.reason)
            return "ignored"
        self._check_account(event)
        try:
            return await self._events.apply_webhook(event)
        except InvalidValueError:  # its sender should not try again
            raise Refused(400, "malformed", "it holds characters that no text may hold") from None
        except StoreError as trouble:
            log.warning("An event could not be stored: %s", trouble)
            raise Refused(503, "not-stored", "could not be stored, send it again", RETRY_AFTER) from None

    def _check_secret(self, brought: Iterable[str]) -> None:
        digests = [_digest(value) for value in brought if value]
        # all are compared, whatever the first says: the time tells nothing
        if not sum(hmac.compare_digest(one, other) for one in digests for other in self._digests):
            raise Refused(401, "wrong-secret", "the secret is wrong or missing", {"WWW-Authenticate": "Bearer"})

    def _check_account(self, event: StatusChanged) -> None:
        known = self._known_hostname()
        if known and event.hostname.strip().casefold() != known.strip().casefold():
            raise Refused(403, "other-account", "the event is of another account")


def bearer(value: str) -> str:
    """What an Authorization header brings as `Bearer …`, or nothing."""
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _read(body: bytes) -> StatusChanged | IgnoredWebhook:
    try:
        return parse_webhook(body)
    except MalformedWebhookError as error:
        raise Refused(400, "malformed", error.reason) from None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="backslashreplace")).digest()
