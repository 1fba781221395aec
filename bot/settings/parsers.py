"""From the text of one setting to its value. Each parser raises ValueError with what is wrong, never with the text."""

import errno
import ipaddress
import math
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, SecretStr

DAY_MINUTES = 24 * 60
SECRET_LENGTH = 16

_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{30,}")
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-\u2013]\s*([0-9]{1,2}):([0-9]{2})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_ID = re.compile(r"-?[0-9]{1,16}")
_PREFIX = re.compile(r"[A-Za-z0-9._#-]{1,40}")
_FRAMING = frozenset({"host", "connection", "content-length", "content-type", "transfer-encoding", "cookie"})
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in minutes of the day, `opens` 0-1439, `closes` 1-1440; `closes` before `opens`: over midnight."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{self.opens // 60:02}:{self.opens % 60:02}-{self.closes // 60:02}:{self.closes % 60:02}"


def parsed(parse: Callable[[str], object]) -> BeforeValidator:
    """Text goes through `parse`; what is no text any more (a default) stays as it is."""
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


# ── numbers and choices ──────────────────────────────────────────────────────


def whole(low: int, high: int) -> Callable[[str], int]:
    """Make a parser of whole numbers from `low` to `high`, both included."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", text) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return parse


def number(low: float, high: float, *, above: bool = False) -> Callable[[str], float]:
    """Make a parser of numbers from `low` (with `above`: not `low` itself) to `high`."""
    wrong = f"must be a number {'above' if above else 'from'} {low:g} {'and at most' if above else 'to'} {high:g}"

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(wrong) from None
        if not math.isfinite(value) or not low <= value <= high or (above and value == low):
            raise ValueError(wrong)
        return value

    return parse


def one_of(*choices: str) -> Callable[[str], str]:
    """Make a parser that takes one of `choices`, whatever its case."""
    known = {choice.lower(): choice for choice in choices}

    def parse(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
        return known[text.lower()]

    return parse


def truth(text: str) -> bool:
    """true/false, yes/no, on/off, 1/0."""
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise ValueError("must be true or false")


# ── secrets ──────────────────────────────────────────────────────────────────


def token(text: str) -> SecretStr:
    """A bot token has the shape digits:letters."""
    if not _TOKEN.fullmatch(text):
        raise ValueError("does not look like a token from BotFather (digits, a colon, 35 letters and digits)")
    return SecretStr(text)


def secret(shortest: int) -> Callable[[str], SecretStr]:
    """Make a parser of secrets that travel in headers: printable ASCII without blanks, `shortest` or longer."""

    def parse(text: str) -> SecretStr:
        if not re.fullmatch(r"[!-~]+", text):
            raise ValueError("must be one word of ASCII letters, digits and signs, without blanks")
        if len(text) < shortest:
            raise ValueError(f"must have at least {shortest} characters")
        return SecretStr(text)

    return parse


def link_secrets(text: str) -> tuple[SecretStr, ...]:
    """One or two secrets, comma separated, that differ."""
    words = _words(text)
    if len(words) > 2:
        raise ValueError("must be one secret, or two separated by a comma")
    if len(set(words)) < len(words):
        raise ValueError("holds the same secret twice")
    return tuple(secret(SECRET_LENGTH)(word) for word in words)


# ── addresses ────────────────────────────────────────────────────────────────


def _address(text: str) -> SplitResult:
    wrong = "must be an http:// or https:// address with a host"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(wrong) from None
    if not usable or not re.fullmatch(r"[!-~\u00a1-\uffff]+", text):
        raise ValueError(wrong)
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or a password")
    return parts


def address(text: str) -> str:
    """An http or https URL."""
    _address(text)
    return text


def base_address(text: str) -> str:
    """An http or https URL that something is put after: no query, no fragment, no slash at its end."""
    parts = _address(text)
    if parts.query or parts.fragment:
        raise ValueError("must not hold a ? or a #")
    return text.rstrip("/?#")


def host(text: str) -> str:
    """An IP address or a host name to listen at."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass  # a name, then
    if not _HOST.fullmatch(bare):
        raise ValueError("must be an IP address or a host name")
    return bare


def header(text: str) -> str:
    """The name of a header that may carry a secret."""
    if not _HEADER.fullmatch(text) or text.lower() in _FRAMING:
        raise ValueError("must be the name of a header of its own")
    return text


def account(text: str) -> str:
    """The account's name at Pick and Pack, not a URL."""
    if not _HOST.fullmatch(text):
        raise ValueError("must be the account's name alone, no address")
    return text


def scheme(text: str) -> str:
    """A word before a token in `Authorization`."""
    if not _HEADER.fullmatch(text):
        raise ValueError("must be one word")
    return text


# ── lists, words, times, paths ───────────────────────────────────────────────


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def ids(text: str) -> frozenset[int]:
    """Telegram ids: people's are positive, groups' negative."""
    words = _words(text)
    if not all(_ID.fullmatch(word) and int(word) for word in words):
        raise ValueError("must be Telegram ids, whole numbers separated by commas (a group's begins with -)")
    return frozenset(int(word) for word in words)


def prefixes(text: str) -> tuple[str, ...]:
    """Beginnings of order ids, in the order in which they are tried."""
    words = _words(text)
    if not all(_PREFIX.fullmatch(word) for word in words):
        raise ValueError("must be beginnings of order ids, separated by commas, of letters, digits and - _ . #")
    return tuple(dict.fromkeys(words))


def language(text: str) -> str:
    """A language tag such as en or pt-BR."""
    if not _LANGUAGE.fullmatch(text):
        raise ValueError("must be a language code, with a - before the region")
    return text


def name(text: str) -> str:
    """A store's name as it is shown in messages."""
    if len(text) > 64 or not text.isprintable():
        raise ValueError("must be at most 64 printable characters in one line")
    return text


def zone(text: str) -> ZoneInfo:
    """An IANA time zone."""
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        near = _near_zone(text)
        raise ValueError(f"must be a time zone's IANA name{f'; did you mean {near}' if near else ''}") from None


def _near_zone(text: str) -> str | None:
    """The zone that differs in nothing but capitals, blanks and its continent; not Etc/GMT-5, which is east."""
    wanted = text.casefold().replace(" ", "_")
    names = sorted(one for one in available_timezones() if not one.startswith("Etc/"))
    return next((one for one in names if wanted in (one.casefold(), one.casefold().rpartition("/")[2])), None)


def hours(text: str) -> Hours:
    """HH:MM-HH:MM; 00:00-24:00 is always open."""
    found = _HOURS.fullmatch(text)
    if not found:
        raise ValueError("must be HH:MM-HH:MM")
    hour, minute, last_hour, last_minute = map(int, found.groups())
    opens, closes = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or opens >= DAY_MINUTES or not 0 <= closes <= DAY_MINUTES:
        raise ValueError("must be two times of day, HH:MM-HH:MM")
    if opens == closes:
        raise ValueError("opens and closes at the same time; always open is 00:00-24:00")
    return Hours(opens, closes or DAY_MINUTES)


def _path(text: str) -> Path:
    if not text.isprintable():
        raise ValueError("must be a path")
    return Path(text)


def _is_folder(path: Path) -> bool | None:
    """Whether a folder is there; None where nothing is, or nobody may look: who uses the path says that better."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise ValueError("is longer than a path may be") from None
        return None


def file(text: str) -> Path:
    """The path of a file that need not be there yet."""
    path = _path(text)
    if text == ":memory:" or _is_folder(path):
        raise ValueError("must be the path of a file")
    return path


def existing_folder(text: str) -> Path:
    """The path of a folder that is there."""
    path = _path(text)
    if not _is_folder(path):
        raise ValueError("must be a folder that exists")
    return path


def folder(text: str) -> Path:
    """The path of a folder that is there or can be made."""
    path = _path(text)
    if _is_folder(path) is False:
        raise ValueError("must be a folder")
    return path
