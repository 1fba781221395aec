"""Signed deep links: an order id with a signature that only the store can make, in Telegram's limit of 64 characters.

A payload is the order id followed by 22 characters, base64url of the first 16 bytes of HMAC-SHA256(secret, order id as
UTF-8). An id that is longer than 42 or has other characters than `A-Z a-z 0-9 - _` is written as `_` + base64url of
its UTF-8, at most 30 bytes.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

SIGNATURE_LENGTH = 22
SIGNATURE_BYTES = 16
LONGEST_PLAIN = 42
LONGEST_WRITTEN_BYTES = 30

_PLAIN = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_PLAIN}}}", re.ASCII)

_BARE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TooLong:
    """No link can be made for this id: in base64url it has `size` bytes, more than `limit`."""

    size: int
    limit: int = LONGEST_WRITTEN_BYTES


def sign(order_id: str, secrets: Sequence[str]) -> str | TooLong:
    """Return the payload of a deep link, at most 64 characters, signed with the first of `secrets`.

    Raises ValueError without an id, without a secret, or for an id that is not text (lone surrogates).
    """
    if not order_id or not secrets or not secrets[0]:
        raise ValueError("a link needs an order id and a secret")
    content = order_id.encode()
    if _PLAIN.fullmatch(order_id):
        return order_id + _signature(content, secrets[0])
    if len(content) > LONGEST_WRITTEN_BYTES:
        return TooLong(len(content))
    return "_" + _base64url(content) + _signature(content, secrets[0])


def share(order_id: str, secrets: Sequence[str], *, is_verified: bool, by_link_only: bool) -> str | None:
    """Return the payload of the link with which a follower lets somebody else follow; None if there can be none.

    It proves nothing where the number alone suffices, so that it shows no items. Where it does not, only who came by a
    signed link can pass one on.
    """
    if not by_link_only:
        return order_id if _BARE.fullmatch(order_id) and not looks_signed(order_id) else None
    payload = sign(order_id, secrets) if is_verified and secrets else None
    return payload if isinstance(payload, str) else None


def read(payload: str, secrets: Sequence[str]) -> str | None:
    """Return the order id of a payload that one of `secrets` signed, otherwise None, in constant time."""
    if not payload.isascii():
        return None
    written, signature = payload[:-SIGNATURE_LENGTH], payload[-SIGNATURE_LENGTH:]
    found: str | None = None
    for order_id in _meanings(written):
        for secret in secrets:  # all of them, also after one matched
            if secret and hmac.compare_digest(_signature(order_id.encode(), secret).encode(), signature.encode()):
                found = order_id
    return found


def ids_meant(payload: str) -> list[str]:
    """Return the order ids that a payload may be for, whoever signed it: they prove nothing."""
    return _meanings(payload[:-SIGNATURE_LENGTH])


def looks_signed(payload: str) -> bool:
    """Return whether a payload ends like a signature: 22 characters with both upper and lower case letters.

    Order ids don't; so a forged link, or one of a secret that is no longer used, is not taken for a bare id.
    """
    tail = payload[-SIGNATURE_LENGTH:]
    is_long_enough = len(payload) > SIGNATURE_LENGTH and bool(_PLAIN.fullmatch(tail))
    return is_long_enough and tail != tail.lower() and tail != tail.upper()


def bot_link(bot_name: str) -> str:
    """Return the address that opens the bot; `bot_name` with or without its @."""
    return f"https://t.me/{bot_name.removeprefix('@')}"


def deep_link(bot_name: str, payload: str) -> str:
    """Return the address that opens the bot with this payload."""
    return f"{bot_link(bot_name)}?start={payload}"


def _meanings(written: str) -> list[str]:
    """Return the possible ids: the text as it is, and, after a `_`, decoded. The signature decides between them."""
    plain = [written] if _PLAIN.fullmatch(written) else []
    decoded = _from_base64url(written[1:]) if written.startswith("_") else None
    return [*plain, decoded] if decoded else plain


def _signature(content: bytes, secret: str) -> str:
    return _base64url(hmac.digest(secret.encode(), content, "sha256")[:SIGNATURE_BYTES])


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _from_base64url(text: str) -> str | None:
    """Decode only the spelling that `sign` writes, so that an id has exactly one payload."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return content.decode() if _base64url(content) == text and len(content) <= LONGEST_WRITTEN_BYTES else None
    except (binascii.Error, UnicodeDecodeError):
        return None
