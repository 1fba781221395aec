"""Parse the text of one setting into its value.

A parser raises ValueError saying what is wrong. The text itself is never repeated: it may be a misplaced secret.
"""

import ipaddress
import math
import re
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, SecretStr

SECRET_LENGTH = 16
STORE_NAME_LENGTH = 64
ADDRESS_LENGTH = 128

_BOT_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{30,}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HTTP_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_TELEGRAM_ID = re.compile(r"-?[0-9]{1,16}")
_PREFIX = re.compile(r"[A-Za-z0-9._#-]{1,40}")
_PUBLIC_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
_PRIVATE_ENDINGS = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid"})
_RESERVED_HEADERS = frozenset({"host", "connection", "content-length", "content-type", "transfer-encoding", "cookie"})
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


def parse_with(parse: Callable[[str], object]) -> BeforeValidator:
    """Make pydantic run `parse` on text; a value that is not text (a default) stays as it is."""
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


# ── numbers and choices ──────────────────────────────────────────────────────


def int_parser(low: int, high: int) -> Callable[[str], int]:
    """Make a parser of whole numbers from `low` to `high`, both included."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", text) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return parse


def number_parser(low: float, high: float, *, above: bool = False) -> Callable[[str], float]:
    """Make a parser of numbers from `low` (with `above`: not `low` itself) to `high`."""
    message = f"must be a number {'above' if above else 'from'} {low:g} {'and at most' if above else 'to'} {high:g}"

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(message) from None
        if not math.isfinite(value) or not low <= value <= high or (above and value == low):
            raise ValueError(message)
        return value

    return parse


def choice_parser(*choices: str) -> Callable[[str], str]:
    """Make a parser of one of `choices`, case ignored."""
    known = {choice.lower(): choice for choice in choices}

    def parse(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return known[text.lower()]

    return parse


def parse_bool(text: str) -> bool:
    """Parse true/false, yes/no, on/off or 1/0."""
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise ValueError("must be true or false")


# ── secrets ──────────────────────────────────────────────────────────────────


def parse_bot_token(text: str) -> SecretStr:
    """Parse a Telegram bot token, digits:letters."""
    if not _BOT_TOKEN.fullmatch(text):
        raise ValueError("does not look like a token from BotFather (digits, a colon, 35 letters and digits)")
    return SecretStr(text)


def secret_parser(shortest: int) -> Callable[[str], SecretStr]:
    """Make a parser of secrets that fit into an HTTP header: printable ASCII without blanks, `shortest` or longer."""

    def parse(text: str) -> SecretStr:
        if not re.fullmatch(r"[!-~]+", text):
            raise ValueError("must be one word of ASCII letters, digits and signs, without blanks")
        if len(text) < shortest:
            raise ValueError(f"must have at least {shortest} characters")
        return SecretStr(text)

    return parse


def parse_link_secrets(text: str) -> tuple[SecretStr, ...]:
    """Parse one secret, or two different ones separated by a comma."""
    items = _split_list(text)
    if len(items) > 2:
        raise ValueError("must be one secret, or two separated by a comma")
    if len(set(items)) < len(items):
        raise ValueError("holds the same secret twice")
    return tuple(secret_parser(SECRET_LENGTH)(item) for item in items)


# ── addresses ────────────────────────────────────────────────────────────────


def _split_url(text: str) -> SplitResult:
    message = "must be an http:// or https:// address with a host"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(message) from None
    if not usable or not re.fullmatch(r"[!-~\u00a1-\uffff]+", text):
        raise ValueError(message)
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or a password")
    return parts


def parse_url(text: str) -> str:
    """Parse an http or https URL."""
    _split_url(text)
    return text


def parse_base_url(text: str) -> str:
    """Parse an http or https URL that a path is appended to: no query, no fragment; its last slash is removed."""
    parts = _split_url(text)
    if parts.query or parts.fragment:
        raise ValueError("must not hold a ? or a #")
    return text.rstrip("/?#")


def parse_public_url(text: str) -> str:
    """Parse an http or https URL that anybody's phone can open: Telegram refuses a button with any other."""
    if not _is_public(_split_url(text).hostname or ""):
        raise ValueError("must be an address that can be reached from everywhere, not one of a local network")
    return text


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass  # then it is a name
    try:
        name = host.encode("idna").decode().lower()
    except UnicodeError:
        return False
    return bool(_PUBLIC_HOST.fullmatch(name)) and name.rpartition(".")[2] not in _PRIVATE_ENDINGS


def parse_host(text: str) -> str:
    """Parse an IP address or a host name to listen on."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass  # then it must be a host name
    if not _HOST.fullmatch(bare):
        raise ValueError("must be an IP address or a host name")
    return bare


def parse_header_name(text: str) -> str:
    """Parse the name of an HTTP header that may carry a secret."""
    if not _HTTP_TOKEN.fullmatch(text) or text.lower() in _RESERVED_HEADERS:
        raise ValueError("must be the name of a header of its own")
    return text


def parse_account(text: str) -> str:
    """Parse the name of an account at Pick and Pack; a URL is refused."""
    if not _HOST.fullmatch(text):
        raise ValueError("must be the account's name alone, no address")
    return text


def parse_auth_scheme(text: str) -> str:
    """Parse the word before the token in an `Authorization` header."""
    if not _HTTP_TOKEN.fullmatch(text):
        raise ValueError("must be one word")
    return text


# ── lists, names, times ──────────────────────────────────────────────────────


def _split_list(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def parse_telegram_ids(text: str) -> frozenset[int]:
    """Parse Telegram ids separated by commas: positive for people, negative for groups."""
    items = _split_list(text)
    if not all(_TELEGRAM_ID.fullmatch(item) and int(item) for item in items):
        raise ValueError("must be Telegram ids, whole numbers separated by commas (a group's begins with -)")
    return frozenset(int(item) for item in items)


def parse_prefixes(text: str) -> tuple[str, ...]:
    """Parse prefixes of order ids separated by commas; their order is the one in which they are tried."""
    items = _split_list(text)
    if not all(_PREFIX.fullmatch(item) for item in items):
        raise ValueError("must be beginnings of order ids, separated by commas, of letters, digits and - _ . #")
    return tuple(dict.fromkeys(items))


def parse_language(text: str) -> str:
    """Parse a language tag such as en or pt-BR."""
    if not _LANGUAGE.fullmatch(text):
        raise ValueError("must be a language code in small letters, and after a - the region")
    return text


def line_parser(longest: int) -> Callable[[str], str]:
    """Make a parser of words that messages show as they are, such as a name or an address."""

    def parse(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            raise ValueError(f"must be at most {longest} printable characters in one line")
        return text

    return parse


def parse_timezone(text: str) -> ZoneInfo:
    """Parse the IANA name of a time zone."""
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        similar = _similar_timezone(text)
        raise ValueError(f"must be a time zone's IANA name{f'; did you mean {similar}' if similar else ''}") from None


def _similar_timezone(text: str) -> str | None:
    """Find the zone that differs only in case, in blanks or by its continent. Etc/GMT-5 lies east, so none of Etc."""
    wanted = text.casefold().replace(" ", "_")
    names = sorted(name for name in available_timezones() if not name.startswith("Etc/"))
    return next((name for name in names if wanted in (name.casefold(), name.casefold().rpartition("/")[2])), None)
