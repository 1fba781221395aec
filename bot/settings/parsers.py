"""Parse the text of one setting into its value.

A parser raises ValueError saying what is wrong. The text itself is never repeated: it may be a misplaced secret.
"""

import difflib
import ipaddress
import re
from collections.abc import Callable
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import BeforeValidator, SecretStr

from bot.settings.written import shown

SECRET_LENGTH = 16
STORE_NAME_LENGTH = 64
ADDRESS_LENGTH = 128

_BOT_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{30,}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LANGUAGE_NAMES = {
    "english": "en", "inglés": "en", "ingles": "en", "inglês": "en",
    "spanish": "es", "español": "es", "espanol": "es", "espanhol": "es", "castellano": "es",
    "portuguese": "pt-BR", "português": "pt-BR", "portugues": "pt-BR", "portugués": "pt-BR", "brazilian": "pt-BR",
}  # fmt: skip
_SIMILAR = {"warn": "WARNING", "verbose": "DEBUG", "trace": "DEBUG", "fatal": "CRITICAL"}  # other programs' names
# what documents write where a value has to be filled in: {orderId}, <orderId>, [orderId], /:orderId, %s
_FILLING = re.compile(
    r"\{[^{}/]*\}+|<[^<>/]*>|\[[a-z][^\[\]/]*\]|(?<=/):[a-z]\w*|%7b.*?%7d|%3c.*?%3e|(?<=/)%[sd]|\$\w+", re.IGNORECASE
)
_ORDER_ID = re.compile(  # a name that stands for one, or one itself
    r"(?:(?:your|the|my|vtex|id)[-_ ]?)?(?:order|pedido|orden)[-_ ]?(?:id|number|no|numero)?|id|"
    r"(?:[a-z]{1,6}-?)?[0-9]{6,}(?:[-_.][0-9a-z]+)*",
    re.IGNORECASE,
)
_HTTP_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_PUBLIC_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
_PRIVATE_ENDINGS = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid"})
_RESERVED_HEADERS = frozenset({"host", "connection", "content-length", "content-type", "transfer-encoding", "cookie"})


def parse_with(parse: Callable[[str], object]) -> BeforeValidator:
    """Make pydantic run `parse` on text; a value that is not text (a default) stays as it is."""
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


# ── choices ──────────────────────────────────────────────────────────────────


def choice_parser(*choices: str) -> Callable[[str], str]:
    """Make a parser of one of `choices`, case ignored."""
    known = {choice.lower(): choice for choice in choices}

    def parse(text: str) -> str:
        if text.lower() not in known:
            near = next(iter(difflib.get_close_matches(text.lower(), known, n=1)), "")
            similar = known.get(near) or next((one for one in choices if one == _SIMILAR.get(text.lower())), None)
            hint = f"; did you mean {similar}" if similar else ""
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}{hint}")
        return known[text.lower()]

    return parse


# ── secrets ──────────────────────────────────────────────────────────────────


def parse_bot_token(text: str) -> SecretStr:
    """Parse a Telegram bot token, digits:letters."""
    if not _BOT_TOKEN.fullmatch(text):
        without = ", without the word bot before it" if text.lower().startswith("bot") else ""
        raise ValueError(f"does not look like a token from BotFather (digits, a colon, 35 letters and digits){without}")
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


# ── addresses ────────────────────────────────────────────────────────────────


def _split_url(text: str) -> SplitResult:
    message = "must be an http:// or https:// address with a host"
    if re.search(r"\s", text):
        raise ValueError(f"{message}, and holds a blank")
    if "://" not in text and re.fullmatch(r"[\w.-]+(:[0-9]+)?(/.*)?", text):
        raise ValueError(f"{message}: write https:// (or http://) before it")
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


def parse_bot_api_url(text: str) -> str:
    """Parse the address of a Bot API server, to which this program adds /bot, the token and the method."""
    if re.search(r"/bot(?:[0-9]+(?::|%3a|/|$)|[<{$\[]|%7b|%3c|token)", text, re.IGNORECASE):
        raise ValueError("must end before /bot and the token; leave /bot… away")
    url = parse_base_url(text)
    if urlsplit(url).hostname == "api.telegram.org" and urlsplit(url).path:
        raise ValueError("must be Telegram's address alone; leave what follows the host away")
    return url


def parse_token_url(text: str) -> str:
    """Parse the URL at which the key is exchanged for a token."""
    _split_url(text)
    if filling := _FILLING.search(text):
        raise ValueError(f"holds a placeholder{shown(filling[0])}; leave it away, or write what it stands for")
    return text


def parse_tracking_url(text: str) -> str:
    """Parse the URL to which this program adds a slash and the order id."""
    path = _split_url(text).path
    filling, last = _FILLING.search(text), unquote(path.rstrip("/")).rpartition("/")[2]
    if filling or _ORDER_ID.fullmatch(last):
        place = shown(filling[0] if filling else last)
        raise ValueError(f"must end before the order id, which this program adds itself; leave it{place} away")
    return parse_base_url(text)


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
        raise ValueError("must be an IP address or a host name, without http:// and without the port")
    return bare


def parse_header_name(text: str) -> str:
    """Parse the name of an HTTP header that may carry a secret."""
    if ":" in text:
        raise ValueError("must be the name alone, without colon and value")
    if not _HTTP_TOKEN.fullmatch(text) or text.lower() in _RESERVED_HEADERS:
        raise ValueError("must be the name of a header of its own")
    return text


def parse_account(text: str) -> str:
    """Parse the name of an account at Pick and Pack; a URL is refused."""
    if not _HOST.fullmatch(text):
        raise ValueError("must be the account's name alone, no address")
    return text


def parse_auth_scheme(text: str) -> str:
    """Parse the word before the token in an `Authorization` header; empty for none."""
    if text and not _HTTP_TOKEN.fullmatch(text):
        raise ValueError("must be one word")
    return text


# ── names ────────────────────────────────────────────────────────────────────


def parse_language(text: str) -> str:
    """Parse a language tag such as en or pt-BR; also `pt_BR`, `PT-br` and `pt_BR.UTF-8`, as systems write it."""
    tag = re.sub(r"[.@].*", "", text).replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        known = _LANGUAGE_NAMES.get(text.casefold())
        raise ValueError(
            "must be a language code in small letters, and after a - the region"
            + (f"; did you mean {known}" if known else "")
        )
    language, *parts = tag.split("-")
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in parts)])


def line_parser(longest: int) -> Callable[[str], str]:
    """Make a parser of words that messages show as they are, such as a name or an address."""

    def parse(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            raise ValueError(f"must be at most {longest} printable characters in one line")
        return text

    return parse
