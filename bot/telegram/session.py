"""The HTTP session of all calls to Telegram: aiogram's, but it keeps what a failed call tells, and obeys pauses."""

import itertools
import json
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetMe,
    GetUpdates,
    Response,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import MessageId
from aiohttp import ClientConnectorError, ClientError, ClientTimeout, ConnectionTimeoutError, FormData
from pydantic import Field, ValidationError

from bot.process.retry_after import parse_http_date, parse_retry_after
from bot.sending.pacing import CallGate
from bot.sending.pauses import WHOLE_BOT, Scope
from bot.telegram.reasons import network_reason
from bot.tracking.timing import HOUR

CONNECT_SECONDS = 5.0  # without a limit of its own, a dead network looks like an answer that did not come
UNSAID_RETRY_AFTER = 5  # seconds, for a 429 that names none, where no gate says how long that is
WHOLE_BOT_METHODS = (GetUpdates, GetMe)  # no chat can be the reason for their 429
SAID_IN_WORDS = re.compile(r"retry[ _-]after\D{0,3}(\d{1,9}(?:\.\d{1,9})?)", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
MOST_NAMED = 1e9  # seconds; a larger number is a mistake
MOST_BY_HEADER = HOUR
LONGEST_PAGE = 2000  # characters of a gateway's page in which the seconds are looked for

SHOWING = (SendMessage, EditMessageText)  # of their answer only the number is read: the message is what we have said
JSON_HEADERS = {"Content-Type": "application/json"}
NEVER_CONNECTED = (ClientConnectorError, ConnectionTimeoutError)


class TelegramSession(AiohttpSession):
    """What aiogram hides is kept: the status of answers that are no JSON, and whether a connection ever stood.

    `wall` returns Unix time; an answer's own date goes before it.
    """

    def __init__(self, wall: Callable[[], float] = time.time, **how: Any) -> None:
        super().__init__(**how)
        self._wall = wall

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
        headers, body = self._body(bot, method)
        session = await self.create_session()
        try:
            async with session.post(url, data=body, headers=headers, timeout=limits, allow_redirects=False) as answer:
                # a gateway's page may be in any encoding: what can't be read must not hide what the status says
                status, content, headers = answer.status, await answer.text(errors="replace"), answer.headers
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message=network_reason(error)) from error
        except (ClientError, OSError) as error:  # aiohttp lets a connection's own errors through
            raise TelegramNetworkError(method=method, message=network_reason(error)) from error
        try:
            return cast(TelegramType, self.check_response(bot, method, status, content).result)
        except UnsaidRetryAfter as error:
            seconds = self._named_by_header(headers)
            if seconds is None:
                raise
            raise TelegramRetryAfter(method=method, message=error.message, retry_after=seconds) from None

    def _body(self, bot: Bot, method: TelegramMethod[Any]) -> tuple[Mapping[str, str] | None, bytes | FormData]:
        """Return a call's headers and body: JSON, which costs a third of aiogram's form; a form where it has a file."""
        try:
            values = _without_defaults(method.model_dump(warnings=False, exclude_none=True))
            return JSON_HEADERS, json.dumps(values, ensure_ascii=False).encode()
        except TypeError:
            return None, self.build_form_data(bot, method)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Judge the answer as aiogram does, but 3xx, 5xx, 413 and 429 by their status, whatever their body is."""
        try:
            if 200 <= status_code < 300 and isinstance(method, SHOWING):
                return cast(Response[TelegramType], _read_answer(MessageId | bool, content))
            self._check_status(method, status_code, content)
            _kept_answer_class(method.__returning__)
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if 400 <= status_code < 500:
                self._refused_by_another(method, status_code)
            raise

    def _check_status(self, method: TelegramMethod[Any], status: int, content: str) -> None:
        if 200 <= status < 300:
            return
        described = _description(content) or f"HTTP {status}"
        if status >= 500 or 300 <= status < 400:
            raise TelegramServerError(method=method, message=described)
        if status == 413:
            raise TelegramEntityTooLarge(method=method, message=described)
        if status == 429:
            seconds = _retry_after(content)
            if seconds is None:
                raise UnsaidRetryAfter(method=method, message=described, retry_after=UNSAID_RETRY_AFTER)
            raise TelegramRetryAfter(method=method, message=described, retry_after=seconds)

    def _named_by_header(self, headers: Mapping[str, str]) -> int | None:
        """Return the seconds of a proxy's Retry-After, bounded: it is not Telegram that asks for them."""
        wall = parse_http_date(headers.get("Date"))
        seconds = parse_retry_after(headers.get("Retry-After"), wall=self._wall() if wall is None else wall)
        return math.ceil(min(seconds, MOST_BY_HEADER)) or None if seconds is not None else None

    def _refused_by_another(self, method: TelegramMethod[Any], status: int) -> NoReturn:
        """Raise for a refusal in HTML, a proxy's or a gateway's: like a 5xx, it never reached the chat."""
        raise NotBotApiError(method, status)


class NotBotApiError(TelegramServerError):
    """A refusal, by its status, that is not the Bot API's."""

    def __init__(self, method: TelegramMethod[Any], status: int) -> None:
        super().__init__(method=method, message=f"HTTP {status} that is not the Bot API's")
        self.status = status


class UnsaidRetryAfter(TelegramRetryAfter):
    """A 429 that says nowhere how long to wait: each one in a row makes the pause longer."""


class AnswerPress(AnswerCallbackQuery):
    """The answer to a press that remembers the press's chat, which is not sent: a 429 counts for that chat."""

    chat_id: int | None = Field(default=None, exclude=True)


@dataclass(slots=True, eq=False)
class _CallUnderWay:
    """A call on the wire. `outdated`: a later one of its kind was answered, so its own 429 is of the past."""

    number: int
    scope: Scope
    kind: type[TelegramMethod[Any]]
    outdated: bool = False


class PauseMiddleware(BaseRequestMiddleware):
    """Every call, whoever makes it, waits for the pauses in force and reports each 429."""

    def __init__(self, gate: CallGate) -> None:
        self._gate = gate
        self._numbers = itertools.count()
        self._under_way: set[_CallUnderWay] = set()

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Wait outside the call's own time-out. The error that is raised says how long the pause is."""
        scope = scope_of(method)
        await self._gate.wait(scope)
        call = _CallUnderWay(next(self._numbers), scope, type(method))
        self._under_way.add(call)
        try:
            response = await make_request(bot, method)
        except TelegramRetryAfter as error:
            error.retry_after = self._note_refusal(call, error)
            raise
        finally:
            self._under_way.discard(call)
        self._note_success(call)
        return response

    def _note_refusal(self, call: _CallUnderWay, error: TelegramRetryAfter) -> int:
        if call.outdated:  # a 429 that was held up: newer calls have shown that its pause is over
            return 0
        seconds = None if isinstance(error, UnsaidRetryAfter) else float(error.retry_after)
        return math.ceil(self._gate.note_retry_after(call.scope, seconds))

    def _note_success(self, call: _CallUnderWay) -> None:
        for other in self._under_way:
            if other.scope == call.scope and other.kind is call.kind and other.number < call.number:
                other.outdated = True


def scope_of(method: TelegramMethod[Any]) -> Scope:
    """Return what a 429 of the call is about: its chat, else its method; the whole bot only for two of them."""
    if isinstance(method, WHOLE_BOT_METHODS):
        return WHOLE_BOT
    chat_id = getattr(method, "chat_id", None)
    return chat_id if isinstance(chat_id, int) else method.__api_method__


@cache
def _kept_answer_class(returning: Any) -> Any:
    """Keep the class that reads an answer: pydantic alone forgets it soon, and makes it anew for the next call."""
    return Response.__class_getitem__(returning)


def _without_defaults(value: Any) -> Any:
    """Return a method's values without those that it leaves to the bot's defaults: this bot has none."""
    if isinstance(value, dict):
        return {name: _without_defaults(one) for name, one in value.items() if not isinstance(one, Default)}
    return [_without_defaults(one) for one in value] if isinstance(value, list) else value


def _read_answer(returning: Any, content: str) -> Response[Any]:
    """Read the answer to a call that was done. Raises ClientDecodeError."""
    try:
        return cast(Response[Any], _kept_answer_class(returning).model_validate_json(content))
    except ValidationError as error:
        raise ClientDecodeError("Failed to decode object", error, content) from error


def _body(content: str) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):  # no JSON, or nested too deeply
        return {}
    return body if isinstance(body, dict) else {}


def _description(content: str) -> str | None:
    described = _body(content).get("description")
    return described if isinstance(described, str) else None


def _retry_after(content: str) -> int | None:
    """Return the seconds of a 429: Telegram's number, else the one in the text, else None."""
    body = _body(content)
    parameters = body.get("parameters")
    named = (parameters if isinstance(parameters, dict) else body).get("retry_after")
    if isinstance(named, str) and NUMBER.fullmatch(named):
        named = float(named)
    if isinstance(named, int | float) and not isinstance(named, bool) and 0 < named < MOST_NAMED:
        return math.ceil(named)
    said = SAID_IN_WORDS.search(_description(content) or content[:LONGEST_PAGE])
    return math.ceil(float(said[1])) or None if said else None
