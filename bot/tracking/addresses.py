"""Decide which tracking links of couriers may be shown to a shopper. Pure: no host is ever looked up.

Telegram refuses a whole message for one bad button, and an official example of the API is a localhost address: so only
http(s) addresses with a public-looking host pass.
"""

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

_LONGEST = 2000
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)\Z")
_PRIVATE_ENDINGS = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid", "example", "onion", "arpa"}
)
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


def public_link(raw: str) -> str | None:
    """Return the address as Telegram takes it (host in ASCII, path percent-encoded); None if it may not be shown."""
    text = raw.strip()
    if not text or len(text) > _LONGEST or any(ord(sign) < 33 or ord(sign) == 127 for sign in text) or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        host, port = public_host(parts.hostname or ""), parts.port
        if parts.scheme not in {"http", "https"} or host is None or parts.username is not None or port == 0:
            return None
        netloc = host if port is None else f"{host}:{port}"
        path, query, fragment = (quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment))
    except ValueError:  # urlsplit and .port refuse some hosts; quote refuses a lone surrogate
        return None
    link = urlunsplit((parts.scheme, netloc, path, query, fragment))
    return link if len(link) <= _LONGEST else None


def public_host(raw: str) -> str | None:
    """Return the host in ASCII if it could be on the public internet, else None (bare names, private addresses)."""
    if ":" in raw:
        return None  # IPv6 literals: Telegram's buttons refuse them
    try:
        host = raw.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.match(label) for label in labels):
        return None
    if all(label.isdigit() or label.startswith("0x") for label in labels) or labels[-1].isdigit():
        return _public_address(host)
    return None if labels[-1] in _PRIVATE_ENDINGS else host


def _public_address(host: str) -> str | None:
    """Only the plain dotted form of a global IPv4 address; 0x7f.1 and the like are read differently by everybody."""
    try:
        return host if ipaddress.IPv4Address(host).is_global else None
    except ValueError:
        return None


def is_placeholder(raw: str) -> bool:
    """Return whether the value only holds the place of a link that is not there."""
    return raw.strip().strip("-–—.@").casefold() in {"", "n/a", "na", "none", "null", "undefined"}
