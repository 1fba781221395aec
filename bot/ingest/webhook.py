"""Pick and Pack's webhook in plain values: checks the secret and the account, and hands the event over.

A request that is not taken ends in a RequestRejectedError with the HTTP status to answer.
"""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, Protocol

from bot.ingest.webhook_log import WebhookLog
from bot.pickpack.errors import MalformedWebhookError
from bot.pickpack.payloads import IgnoredWebhook, parse_webhook
from bot.process.seldom import SeldomLog
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking.events import StatusChanged

log = logging.getLogger(__name__)

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
MOST_NAMED = 100  # characters of another account's name that are logged
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
    """A request that is not taken: HTTP status, the result that is counted, the error for its sender, headers.

    `reason`: why, for who runs the service; what the sender is told if that says enough.
    """

    def __init__(
        self, status: int, result: str, error: str, headers: Mapping[str, str] = NO_HEADERS, *, reason: str = ""
    ) -> None:
        super().__init__(error)
        self.status, self.result, self.error, self.headers = status, result, error, headers
        self.reason = reason or error


class WebhookReceiver:
    """Checks each webhook and hands its event to `events`.

    `secrets`: any of them is accepted; without one, every request is refused. `header`: the header that holds it.
    `known_hostname` returns the account, or None while it isn't known: then a valid secret is enough. `is_ours` tells
    whether another account is ours as well; `on_other_account` is told of each that is refused. `on_mismapped` is
    called with the names of the fields where an event can be guessed, but not read: a webhook that is set up wrongly.
    `webhook_log` remembers when the last one was taken, and why the last one was not.
    """

    def __init__(
        self,
        events: EventSink,
        metrics: MetricsSink,
        *,
        secrets: Iterable[str],
        header: str,
        known_hostname: Callable[[], str | None],
        is_ours: Callable[[str], bool],
        on_other_account: Callable[[str], None],
        body_seconds: float,
        on_mismapped: Callable[[str], Awaitable[None]],
        webhook_log: WebhookLog,
    ) -> None:
        self.header, self.body_seconds = header, body_seconds
        self._log = webhook_log
        self._events, self._metrics, self._known_hostname = events, metrics, known_hostname
        self._on_mismapped = on_mismapped
        self._seldom = SeldomLog(log)
        self._is_ours, self._on_other_account = is_ours, on_other_account
        # digests have one length, so that comparing them reveals nothing about the secret's length
        self._digests = [_digest(secret) for secret in secrets if secret]

    async def handle(
        self,
        presented_secrets: Iterable[str],
        read_body: Callable[[], Awaitable[bytes]],
        *,
        describe_secret: Callable[[], str] = str,
        is_trial: bool = False,
    ) -> str:
        """Return `stored`, `repeat` or `ignored`, after the commit.

        `presented_secrets`: every value that may be the secret. `read_body` is called only once one of them is valid.
        `describe_secret` says where a wrong one stood. `is_trial`: the doctor's own call, which is not remembered.
        Raises RequestRejectedError.
        """
        result = "other"
        try:
            self._check_secret(presented_secrets, describe_secret)
            result = await self._record(await read_body())
        except RequestRejectedError as rejection:
            result = rejection.result
            self._log_refusal(rejection)
            if not is_trial:
                self._log.refused(result, rejection.reason)
            raise
        finally:
            self._metrics.webhook(result)
        return result

    def _log_refusal(self, rejection: RequestRejectedError) -> None:
        """Log why a webhook was refused. What could not be stored is the database's trouble, which is logged once."""
        if rejection.result != "not-stored":
            said = "A webhook was refused (%d, %s): %s"
            self._seldom.warning(rejection.result, said, rejection.status, rejection.result, rejection.reason)

    async def _record(self, body: bytes) -> str:
        try:
            event = parse_webhook(body)
        except MalformedWebhookError as error:
            raise await self._malformed(error) from None
        if isinstance(event, IgnoredWebhook):
            log.debug("A webhook was ignored: %s", event.reason)
            self._log.refused("ignored", event.reason)
            return "ignored"
        self._check_account(event)
        try:
            result = await self._events.apply_webhook(event)
        except InvalidValueError:  # its sender should not try again
            raise RequestRejectedError(400, "malformed", "it holds characters that no text may hold") from None
        except StoreError as error:
            log.debug("An event could not be stored: %s", error)
            raise RequestRejectedError(503, "not-stored", "could not be stored, send it again", RETRY_AFTER) from None
        self._log.taken()
        return result

    async def _malformed(self, error: MalformedWebhookError) -> RequestRejectedError:
        if error.fields is None:
            return RequestRejectedError(400, "malformed", error.reason)
        await self._on_mismapped(error.fields)
        return RequestRejectedError(400, "mismapped", error.reason)

    def _check_secret(self, presented_secrets: Iterable[str], describe: Callable[[], str]) -> None:
        digests = [_digest(value) for value in presented_secrets if value]
        # all are compared, whatever the first gives, so that the time reveals nothing
        if not sum(hmac.compare_digest(one, other) for one in digests for other in self._digests):
            error, headers = "the secret is wrong or missing", {"WWW-Authenticate": "Bearer"}
            raise RequestRejectedError(401, "wrong-secret", error, headers, reason=describe())

    def _check_account(self, event: StatusChanged) -> None:
        known = self._known_hostname()
        is_known = not known or event.hostname.strip().casefold() == known.strip().casefold()
        if not is_known and not self._is_ours(event.hostname):
            reason = ""
            if _digest(event.hostname.strip()) not in self._digests:  # the secret in the wrong field: named to nobody
                self._on_other_account(event.hostname)
                reason = f"it was of the account {_in_one_line(event.hostname)}, ours is {known}"
            raise RequestRejectedError(403, "other-account", "the event is of another account", reason=reason)


async def tell_nobody(_fields: str) -> None:
    """Do nothing about a body in which an event can be guessed."""


def _in_one_line(text: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in text.strip()[:MOST_NAMED])


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="backslashreplace")).digest()
