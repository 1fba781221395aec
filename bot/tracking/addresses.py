"""Decide which tracking links of couriers may be shown to a shopper. Pure: no host is ever looked up.

Telegram refuses a whole message for one bad button, and an official example of the API is a localhost address: so only
http(s) addresses with a public-looking host pass, and none in which something was left to be filled in.
"""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from bot.tracking.link_text import links_in
from bot.tracking.placeholders import is_placeholder_link, is_placeholder_text
from bot.tracking.visible import INVISIBLE

_LONGEST = 2000
_LONGEST_TEXT = 4096  # around a link
_REMEMBERED = 1024  # texts: the same ones come at each answer
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)\Z")
_PRIVATE_ENDINGS = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid", "example", "onion", "arpa"}
)
_LINE_BREAK_PERHAPS = re.compile(r"\\[nrt]\w")
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_INVISIBLE = {ord(character): None for character in INVISIBLE}


@lru_cache(_REMEMBERED)
def public_link(raw: str) -> str | None:
    """Return the first address in the text that may be shown, as Telegram takes it; None if there is none.

    The host is in ASCII, the path percent-encoded. Blanks, entities, quotes and text around it are coped with.
    """
    written = (_written(link) for link in _links_in(raw) if not is_placeholder_link(link))
    return next((address for address in written if address and _reads_the_same(address)), None)


@lru_cache(_REMEMBERED)
def is_placeholder(raw: str) -> bool:
    """Return whether the text says that there is no link (`N/A`, `…/null`, `{id}`), or says nothing at all.

    False for a link that may be shown, and for what may be meant as one but can't be read.
    """
    links = list(_links_in(raw))
    if not links:
        return is_placeholder_text(raw)
    return public_link(raw) is None and any(map(is_placeholder_link, links))


def _links_in(raw: str) -> list[str]:
    return list(links_in(raw.translate(_INVISIBLE))) if len(raw) <= _LONGEST_TEXT else []


def _reads_the_same(address: str) -> bool:
    """Return whether what was written is read as itself: else it was made out of pieces of several things."""
    again = next(links_in(address), None)
    return again is not None and _written(again) == address and not is_placeholder_link(again)


def _written(link: str) -> str | None:
    """Return one address as Telegram takes it; None if it may not be shown."""
    if "\\" in link:
        if "@" in link or (_LINE_BREAK_PERHAPS.search(link) and "/" in link[8:]):
            return None  # browsers do not agree on whose host that is; what follows `\\n` is perhaps another line
        link = link.replace("\\", "/")
    if len(link) > _LONGEST or any(ord(sign) < 33 or ord(sign) == 127 or sign == "\ufffd" for sign in link):
        return None
    try:
        parts = urlsplit(link)
        host, port = public_host(parts.hostname or ""), parts.port
        if parts.scheme not in {"http", "https"} or host is None or parts.username is not None or port == 0:
            return None
        netloc = host if port is None else f"{host}:{port}"
        path, query, fragment = (quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment))
    except ValueError:  # urlsplit and .port refuse some hosts; quote refuses a lone surrogate
        return None
    address = urlunsplit((parts.scheme, netloc, path, query, fragment))
    return address if len(address) <= _LONGEST else None


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
