"""Check inline keyboards as Telegram does: one invalid button, and the whole message is refused.

The limits are stated here anew, not imported from the product: this is an independent check.
"""

import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.simulators.telegram.errors import ApiError, Json, bad_request

BUTTON_ACTIONS = frozenset(
    {"url", "callback_data", "copy_text", "web_app", "login_url", "pay", "callback_game", "disabled"}
    | {"switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"}
)
STYLES = ("primary", "success", "danger")
MAX_BUTTONS, MAX_BUTTONS_IN_ROW = 100, 8  # apps show no more in a row; a server drops the rest silently
MAX_CALLBACK_DATA_BYTES = 64
MAX_COPY_TEXT_LENGTH = 256
PUBLIC_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})\.?")

Rows = list[list[Json]]


def read_markup(raw: Any) -> Json | None:
    """Parse and check `reply_markup`, which comes as an object or as JSON text. Raises ApiError."""
    if raw is None:
        return None
    markup = _object(raw)
    if "inline_keyboard" not in markup:
        return markup
    return {**markup, "inline_keyboard": _checked_rows(markup["inline_keyboard"])}


def read_new_markup(raw: Any) -> Json | None:
    """Parse and check the `reply_markup` of an edit: inline keyboards only. Raises ApiError."""
    markup = read_markup(raw)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def check_place(markup: Json | None, *, is_private: bool) -> None:
    """Raise ApiError for a keyboard that can't be shown in this kind of chat."""
    if not is_private and any("web_app" in button for row in inline_rows(markup) for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")


def inline_rows(markup: Json | None) -> Rows:
    """Return the rows of an inline keyboard; none where there is no keyboard."""
    rows: Rows = (markup or {}).get("inline_keyboard", [])
    return rows


def _object(raw: Any) -> Json:
    try:
        markup = json.loads(raw) if isinstance(raw, str) else raw
    except json.JSONDecodeError:
        markup = None
    if not isinstance(markup, dict):
        raise bad_request("can't parse reply keyboard markup JSON object")
    return markup


def _checked_rows(rows: Any) -> Rows:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: field "inline_keyboard" must be an Array of Arrays')
    checked = [[_checked_button(button) for button in row] for row in rows]
    if max(map(len, rows), default=0) > MAX_BUTTONS_IN_ROW or sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return checked


def _checked_button(button: Any) -> Json:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    style = _style(button.get("style"))
    actions = [name for name in BUTTON_ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    [action] = actions
    if action in CHECKS:
        CHECKS[action](button[action])
    plain = {name: value for name, value in button.items() if name != "style"}
    return plain | ({"style": style} if style else {})


def _style(style: Any) -> str:
    """Return the colour of a button, "" for the app's own."""
    if isinstance(style, bool | list | dict):
        raise _unparsable('Field "style" must be of type String')
    lowered = "" if style is None else str(style).lower()
    if lowered in ("", "default"):
        return ""
    if lowered not in STYLES:
        raise _unparsable("invalid button style specified")
    return lowered


def _unparsable(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")


def _part(value: Any, field: str, name: str) -> str:
    """Return the text `name` of a button's object `field`."""
    if not isinstance(value, dict):
        raise _unparsable(f'Field "{field}" must be of type Object')
    if value.get(name) is None:
        raise _unparsable(f'Can\'t find field "{name}"')
    return str(value[name])


def _check_callback(data: Any) -> None:
    if not 1 <= len(str(data).encode("utf-8", "surrogatepass")) <= MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_copy(copy: Any) -> None:
    if not 1 <= len(_part(copy, "copy_text", "text")) <= MAX_COPY_TEXT_LENGTH:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: Any) -> None:
    _refuse_url("", str(url), _url_problem(str(url)))


def _check_web_app(web_app: Any) -> None:
    url = _part(web_app, "web_app", "url")
    problem = _url_problem(url)
    if not url.lower().startswith("https:") and problem in (None, "BUTTON_URL_INVALID"):
        problem = "Only HTTPS links are allowed"
    _refuse_url(" Web App", url, problem)


def _refuse_url(kind: str, url: str, problem: str | None) -> None:
    if problem == "BUTTON_URL_INVALID":
        raise bad_request(problem)
    if problem is not None:
        raise bad_request(f"inline keyboard button{kind} URL '{url}' is invalid: {problem}")


CHECKS: dict[str, Callable[[Any], None]] = {
    "url": _check_url,
    "callback_data": _check_callback,
    "copy_text": _check_copy,
    "web_app": _check_web_app,
}


def _url_problem(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme == "tg":
        return None
    if parts.scheme not in ("http", "https"):
        return "Unsupported URL protocol" if parts.scheme else "Wrong HTTP URL"
    if not host:
        return "URL host is empty"
    if re.search(r"\s", url) or "." not in host:
        return "Wrong HTTP URL"
    return None if _is_public(host) else "BUTTON_URL_INVALID"


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    try:
        return PUBLIC_HOST.fullmatch(host.encode("idna").decode().lower()) is not None
    except UnicodeError:
        return False
