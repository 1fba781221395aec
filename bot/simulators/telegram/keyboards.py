"""Check inline keyboards as Telegram does: one invalid button, and the whole message is refused.

The limits are stated here anew, not imported from the product: this is an independent check.
"""

import ipaddress
import json
import re
from typing import Any
from urllib.parse import urlsplit

from bot.simulators.telegram.errors import Json, bad_request

BUTTON_ACTIONS = frozenset(
    {"url", "callback_data", "copy_text", "web_app", "login_url", "pay", "callback_game"}
    | {"switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"}
)
MAX_BUTTONS = 100
MAX_CALLBACK_DATA_BYTES = 64
MAX_COPY_TEXT_LENGTH = 256
PUBLIC_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})\.?")

Rows = list[list[Json]]


def read_markup(raw: Any) -> Json | None:
    """Parse and check `reply_markup`, which comes as an object or as JSON text. Raises ApiError."""
    if raw is None:
        return None
    markup = _object(raw)
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"])
    return markup


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


def _check_rows(rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: field "inline_keyboard" must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in BUTTON_ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if actions == ["url"]:
        _check_url(str(button["url"]))
    elif actions == ["callback_data"]:
        _check_callback(button["callback_data"])
    elif actions == ["copy_text"]:
        _check_copy(button["copy_text"])


def _check_callback(data: Any) -> None:
    if not 1 <= len(str(data).encode("utf-8", "surrogatepass")) <= MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT_LENGTH:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    problem = _url_problem(url)
    if problem == "BUTTON_URL_INVALID":
        raise bad_request(problem)
    if problem is not None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {problem}")


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
