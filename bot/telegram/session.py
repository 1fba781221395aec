"""The HTTP session of all calls to Telegram: aiogram's, but it keeps what a failed call tells, and obeys pauses."""

import json
from typing import Any, NoReturn, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError

from bot.sending.pacing import CallGate

CONNECT_SECONDS = 5.0  # without a limit of its own, a dead network looks like an answer that did not come
UNSAID_RETRY_AFTER = 5  # seconds, for a 429 that names none

NEVER_CONNECTED = (ClientConnectorError, ConnectionTimeoutError)


class TelegramSession(AiohttpSession):
    """What aiogram hides is kept: the status of answers that are no JSON, and whether a connection ever stood."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """Make the call as aiogram does; a connection that doesn't come about fails early and as such.

        Redirects are not followed: what is said to Telegram goes to no address that an answer names.
        Raises aiogram's errors; `__cause__` of a TelegramNetworkError is one of NEVER_CONNECTED where nothing left.
        """
        total = self.timeout if timeout is None else timeout
        limits = ClientTimeout(total=total, sock_connect=min(CONNECT_SECONDS, total / 2))
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        session = await self.create_session()
        try:
            async with session.post(url, data=form, timeout=limits, allow_redirects=False) as answer:
                # a gateway's page may be in any encoding: what can't be read must not hide what the status says
                status, content = answer.status, await answer.text(errors="replace")
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        return cast(TelegramType, self.check_response(bot, method, status, content).result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Judge the answer as aiogram does, but 3xx, 5xx, 413 and 429 by their status, whatever their body is."""
        try:
            self._check_status(method, status_code, content)
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if 400 <= status_code < 500:
                self._refused_by_another(method, status_code)
            raise

    def _check_status(self, method: TelegramMethod[Any], status: int, content: str) -> None:
        described = _description(content) or f"HTTP {status}"
        if status >= 500 or 300 <= status < 400:
            raise TelegramServerError(method=method, message=described)
        if status == 413:
            raise TelegramEntityTooLarge(method=method, message=described)
        if status == 429 and not _retry_after(content):
            raise TelegramRetryAfter(method=method, message=described, retry_after=UNSAID_RETRY_AFTER)

    def _refused_by_another(self, method: TelegramMethod[Any], status: int) -> NoReturn:
        """Raise for a refusal in HTML, a proxy's or a gateway's: like a 5xx, it never reached the chat."""
        raise TelegramServerError(method=method, message=f"HTTP {status} that is not the Bot API's")


class PauseMiddleware(BaseRequestMiddleware):
    """Every call, whoever makes it, waits for the pauses in force and reports each 429."""

    def __init__(self, gate: CallGate) -> None:
        self._gate = gate

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Wait outside the call's own time-out. getUpdates has no chat: only a pause of the whole bot holds it."""
        chat_id = chat_of(method)
        await self._gate.wait(chat_id)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._gate.note_retry_after(chat_id, float(error.retry_after))
            raise


def chat_of(method: TelegramMethod[Any]) -> int | None:
    """Return the chat that a call is about; None where it has none, or only a name."""
    chat_id = getattr(method, "chat_id", None)
    return chat_id if isinstance(chat_id, int) else None


def _body(content: str) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):  # no JSON, or nested too deeply
        return {}
    return body if isinstance(body, dict) else {}


def _description(content: str) -> str | None:
    described = _body(content).get("description")
    return described if isinstance(described, str) else None


def _retry_after(content: str) -> Any:
    parameters = _body(content).get("parameters")
    return parameters.get("retry_after") if isinstance(parameters, dict) else None
