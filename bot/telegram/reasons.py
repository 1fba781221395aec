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


def network_reason(error: BaseException | None) -> str:
    """Describe a network error. Its own text is left out: it may hold the address, and that the token."""
    match error:
        case ConnectionTimeoutError():
            return "no connection in time"
        case TimeoutError():
            return "no answer in time"
        case ClientConnectorDNSError():
            return "its name can't be looked up"
        case ClientConnectorCertificateError() | ClientSSLError() | SSLError():
            return "its certificate is not accepted"
        case ClientProxyConnectionError():
            return "the proxy can't be reached"
        case ClientConnectorError():
            return "connection refused" if isinstance(error.os_error, ConnectionRefusedError) else "no connection"
        case ServerDisconnectedError() | ClientOSError() | ClientPayloadError() | ConnectionError():
            return "the connection broke off"
    return f"no usable answer ({type(error).__name__})"


def reason_of(error: BaseException) -> str:
    """Describe what a call to Telegram raised; never empty."""
    if isinstance(error, TelegramNetworkError) and error.__cause__ is not None:
        return network_reason(error.__cause__)
    if isinstance(error, TelegramAPIError):
        return TOKEN.sub("***", error.message)[:LONGEST] or type(error).__name__
    if isinstance(error, ClientDecodeError):
        return "the answer is not the Bot API's"
    return network_reason(error)
