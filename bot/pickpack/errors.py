"""What can go wrong with Pick and Pack, told apart by what the caller has to do about it."""

from typing import ClassVar


class PickPackError(Exception):
    """The foot of the ladder.

    `reason` is a short phrase for staff and for logs. It never holds a secret, nor any part of a body or an address.
    `result` is what counters call a call that ended so.
    """

    result: ClassVar[str] = "other"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreachableError(PickPackError):
    """No usable answer: network, time-out, 5xx, a gateway's page. Nothing was learnt; ask again later.

    `retry_after`: seconds that the other side wants to be left alone, None where it named none.
    """

    result = "unreachable"

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class RateLimitError(UnreachableError):
    """429: too many calls. Slow down for everybody, not only for this order."""

    result = "throttled"


class AuthenticationError(PickPackError):
    """The key, or a token just renewed, is not accepted. Asking on is of no use until somebody mends the settings."""

    result = "refused"


class MalformedResponseError(PickPackError):
    """An answer about this one order that cannot be read: this order backs off, the others go on."""

    result = "unreadable"


class MalformedWebhookError(PickPackError):
    """A webhook's body that is no event of ours: `reason` says what is wrong and names the field."""


API_RESULTS = (
    "ok",
    "not-found",
    *(kind.result for kind in (AuthenticationError, UnreachableError, MalformedResponseError, RateLimitError)),
)
