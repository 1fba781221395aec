"""Errors of Pick and Pack, told apart by what the caller has to do about them."""

from typing import ClassVar


class PickPackError(Exception):
    """The base of all errors here.

    `reason` is a short phrase for staff and for logs. It never holds a secret, nor any part of a body or an address.
    `result` is the label under which metrics count a call that ended this way. `answered`: something did answer over
    HTTP about this one order, so that the trouble may be the order's; False where there was no answer at all, or none
    about an order.
    """

    result: ClassVar[str] = "other"
    answered: bool = False

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreachableError(PickPackError):
    """No usable response: a network error, a time-out, a 5xx, a gateway's page. Nothing was learnt; try again later.

    `retry_after`: seconds for which the other side asks not to be called, None where it named none.
    """

    result = "unreachable"

    def __init__(self, reason: str, *, retry_after: float | None = None, answered: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.answered = answered


class RateLimitError(UnreachableError):
    """HTTP 429: too many calls. Slow down for all orders, not only for this one."""

    result = "throttled"


class AuthenticationError(PickPackError):
    """The API key, or a token just renewed, is rejected. Retrying is of no use until somebody fixes the settings."""

    result = "refused"


class MalformedResponseError(PickPackError):
    """The response about this one order cannot be parsed: back off for this order, go on with the others."""

    result = "unreadable"
    answered = True


class MalformedWebhookError(PickPackError):
    """A webhook's body is not an order event: `reason` says what is wrong and names the field.

    `fields`: the names of its fields, where an order's id and a status can be guessed among them; else None.
    """

    def __init__(self, reason: str, *, fields: str | None = None) -> None:
        super().__init__(reason)
        self.fields = fields


API_RESULTS = (
    "ok",
    "not-found",
    *(kind.result for kind in (AuthenticationError, UnreachableError, MalformedResponseError, RateLimitError)),
)
