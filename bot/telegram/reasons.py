"""Why a call to Telegram came to nothing, in a phrase that holds no secret: neither the token nor an address."""

import re
from ssl import SSLError

from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNetworkError
from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientOSError,
    ClientPayloadError,
    ClientProxyConnectionError,
    ClientSSLError,
    ConnectionTimeoutError,
    ServerDisconnectedError,
)

TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
LONGEST = 120


# the first that fits: a time-out is an OSError too, and so is what could not be connected to
_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((ConnectionTimeoutError,), "no connection in time"),
    ((TimeoutError,), "no answer in time"),
    ((ClientConnectorDNSError,), "its name can't be looked up"),
    ((ClientConnectorCertificateError, ClientSSLError, SSLError), "its certificate is not accepted"),
    ((ClientProxyConnectionError,), "the proxy can't be reached"),
    ((ClientConnectorError,), "no connection"),
    ((ServerDisconnectedError, ClientOSError, ClientPayloadError, ConnectionError), "the connection broke off"),
)


def network_reason(error: BaseException | None) -> str:
    """Describe a network error. Its own text is left out: it may hold the address, and that the token."""
    if isinstance(error, ClientConnectorError) and isinstance(error.os_error, ConnectionRefusedError):
        return "connection refused"
    fitting = (reason for kinds, reason in _REASONS if isinstance(error, kinds))
    return next(fitting, f"no usable answer ({type(error).__name__})")


def reason_of(error: BaseException) -> str:
    """Describe what a call to Telegram raised; never empty."""
    if isinstance(error, TelegramNetworkError) and error.__cause__ is not None:
        return network_reason(error.__cause__)
    if isinstance(error, TelegramAPIError):
        return TOKEN.sub("***", error.message)[:LONGEST] or type(error).__name__
    if isinstance(error, ClientDecodeError):
        return "the answer is not the Bot API's"
    return network_reason(error)
