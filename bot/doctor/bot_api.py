"""Call Telegram's Bot API by plain HTTP, without Telegram's library: that takes seconds to load."""

from typing import Any

import aiohttp

from bot.doctor.network import Reply, call
from bot.settings.groups import TELEGRAM_API_URL


async def call_method(http: aiohttp.ClientSession, api_url: str, token: str, method: str, **parameters: Any) -> Reply:
    """Call a method; network errors are returned, never raised."""
    return await call(http, "POST", f"{api_url}/bot{token}/{method}", json=parameters)


def result(reply: Reply) -> Any:
    """Return the result of a call that succeeded, else None."""
    content = reply.content
    return content.get("result") if isinstance(content, dict) and content.get("ok") else None


def error_text(reply: Reply) -> str:
    """Return Telegram's own description of an error, or what happened instead of an answer."""
    content = reply.content
    description = content.get("description") if isinstance(content, dict) else None
    return str(description or reply.error or f"HTTP {reply.status}")


def leads_to_no_bot_api(reply: Reply, api_url: str) -> bool:
    """Tell whether something else than a Bot API server answers at an address that isn't Telegram's own.

    A Bot API server knows no other path than /bot and a token: 404 says that the token is not even looked at.
    """
    if api_url == TELEGRAM_API_URL or not reply.status or reply.status >= 500:
        return False
    is_bot_api = isinstance(reply.content, dict) and "ok" in reply.content
    return reply.status == 404 or not is_bot_api


def parameter(reply: Reply, name: str) -> Any:
    """Return what some errors say besides: `retry_after`, `migrate_to_chat_id`; else None."""
    content = reply.content
    parameters = content.get("parameters") if isinstance(content, dict) else None
    return parameters.get(name) if isinstance(parameters, dict) else None
