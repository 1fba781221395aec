"""Where a webhook may bring its secret, and in words where it brought a wrong one or none. No value is ever said."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping

# headers' names as people choose them; nothing freer, for a secret may stand in the name's place
_SIMILAR = re.compile(
    r"(?:x-[a-z-]{0,16}(?:secret|token|key|signature|auth)|(?:webhook-?)?(?:secret|token|signature)|api-?key)",
    re.IGNORECASE,
)
_MOST_NAMES = 3


def authorized_secret(value: str) -> str:
    """Return what an Authorization header brings: the token of `Bearer …`, the password of `Basic …`, or nothing."""
    scheme, _, credentials = value.partition(" ")
    if scheme.lower() == "basic":
        return _password(credentials.strip())
    return credentials.strip() if scheme.lower() == "bearer" else ""


def _password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def describe_secret(headers: Mapping[str, str], query: Mapping[str, str], header: str) -> str:
    """Return why the secret is wrong; `header` is the one that should bring it."""
    found = [*_places(headers, query, header)]
    if found:
        return f"{' and '.join(found)} came, but not with the value of WEBHOOK_SECRET"
    similar = [name for name in headers if _SIMILAR.fullmatch(name)]
    others = f"; it had {', '.join(sorted(set(similar))[:_MOST_NAMES])} instead" if similar else ""
    return f"it brought no secret, neither in the header {header} nor otherwise{others}"


def _places(headers: Mapping[str, str], query: Mapping[str, str], header: str) -> Iterator[str]:
    if header in headers:
        yield f"the header {header}"
    if "Authorization" in headers and header.lower() != "authorization":
        yield "the header Authorization"
    if "secret" in query:
        yield "the query's ?secret="
