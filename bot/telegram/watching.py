"""Watch whether Telegram answers: by what becomes of every call and, where none was answered lately, by a getMe.

One call that failed may be the trouble of its chat; a getMe that fails besides is Telegram's.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError

from bot.process.clock import Clock
from bot.process.condition import Condition, State, Trouble
from bot.telegram.reasons import reason_of
from bot.telegram.session import NotBotApiError

log = logging.getLogger(__name__)

QUIET_SECONDS = 30.0  # without an answer, before Telegram is asked; a long poll is answered sooner
ASK_EVERY = 60.0  # seconds, while nothing is wrong
ASK_AGAIN = 2.0  # after a call that failed: is it Telegram, or only that call?
ASK_WHILE_DOWN = 30.0
ASK_SECONDS = 10  # that the answer may take
LOOK_EVERY = 1.0
NEW_TOKEN = "Write /token to @BotFather in Telegram, choose the bot, put the answer into BOT_TOKEN and restart"  # noqa: S105 - no token
ENDS_SILENCE, ENDS_REFUSAL = "Telegram answers again", "Telegram takes BOT_TOKEN again"
NOT_FOUND = frozenset({404, 405})
NO_BOT_API = Trouble(
    "TELEGRAM_API_URL leads to no Bot API server",
    "TELEGRAM_API_URL leads to no Bot API server: compare it with that server's address and port, or leave it out for "
    "Telegram's own, and restart",
    "TELEGRAM_API_URL leads to a Bot API server again",
    serious=True,
)


class TelegramWatch(BaseRequestMiddleware):
    """Notes what becomes of every call, as a middleware of the session; `run` asks where nothing else does.

    `is_telegrams_own`: whether it is Telegram's server that is called, and not another one.
    """

    def __init__(self, condition: Condition, clock: Clock, *, is_telegrams_own: bool = True) -> None:
        self._is_telegrams_own = is_telegrams_own
        self._condition = condition
        self._clock = clock
        self._failures = 0
        self._answered_at = self._asked_at = clock.now()
        self._failed_at: float | None = None  # the first failure since the last answer
        self.back = asyncio.Event()  # set when Telegram answers again: whoever waits to try again clears it and waits

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Make the call, and note whether it was answered; a refusal of the call itself is an answer."""
        asked_at = self._clock.now()
        if isinstance(method, GetMe):
            self._asked_at = asked_at
        try:
            response = await make_request(bot, method)
        except (AiogramError, ClientError, OSError) as error:
            self._note_error(method, error, asked_at)
            raise
        self._note_answer(asked_at)
        return response

    async def run(self, bot: Bot) -> None:
        """Ask Telegram who we are whenever that is due, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if self._clock.now() >= self._due_at():
                with suppress(AiogramError, ClientError, OSError):  # noted already
                    await bot.get_me(request_timeout=ASK_SECONDS)

    def _due_at(self) -> float:
        if self._condition.state is State.DOWN:
            return self._asked_at + ASK_WHILE_DOWN
        if self._failed_at is not None:
            return max(self._failed_at, self._asked_at) + ASK_AGAIN
        return max(self._answered_at + QUIET_SECONDS, self._asked_at + ASK_EVERY)

    def _note_answer(self, asked_at: float) -> None:
        if self._condition.is_outdated(asked_at):
            return
        self._failures, self._failed_at, self._answered_at = 0, None, self._clock.now()
        was_down = self._condition.state is State.DOWN
        self._condition.answered()
        if was_down:
            self.back.set()

    def _note_error(self, method: TelegramMethod[Any], error: Exception, asked_at: float) -> None:
        if not self._is_telegrams_own and is_no_bot_api(error):
            self._condition.fail(NO_BOT_API)
        elif is_token_refused(error):
            self._condition.fail(token_refused(error))
        elif is_answer(error):
            self._note_answer(asked_at)
        else:
            self._note_silence(method, error)

    def _note_silence(self, method: TelegramMethod[Any], error: Exception) -> None:
        reason = reason_of(error)
        log.debug("%s came to nothing: %s", method.__api_method__, reason)
        self._failures += 1
        if self._failed_at is None:
            self._failed_at = self._clock.now()
        if self._condition.state is State.DOWN or (isinstance(method, GetMe) and self._failures > 1):
            self._condition.fail(Trouble(reason, f"Telegram does not answer: {reason}", ENDS_SILENCE))
        else:
            self._condition.doubt(reason)


def is_token_refused(error: Exception) -> bool:
    """Return whether Telegram refuses the token: 401, or a 404 that isn't about a method."""
    return _is_unknown(error) or isinstance(error, TelegramUnauthorizedError)


def is_no_bot_api(error: Exception) -> bool:
    """Return whether this is how a server answers that is no Bot API server: it knows no such path."""
    return _is_unknown(error) or (isinstance(error, NotBotApiError) and error.status in NOT_FOUND)


def _is_unknown(error: Exception) -> bool:
    return isinstance(error, TelegramNotFound) and error.message.strip().lower() == "not found"


def token_refused(error: Exception) -> Trouble:
    """Describe a refused token, and what to do."""
    status = 401 if isinstance(error, TelegramUnauthorizedError) else 404
    said = f"Telegram refuses BOT_TOKEN ({status}): it was revoked, or belongs to another server"
    return Trouble(f"BOT_TOKEN is refused ({status})", f"{said}. {NEW_TOKEN}", ENDS_REFUSAL, serious=True)


def is_answer(error: Exception) -> bool:
    """Return whether Telegram itself has answered, though it did not do what was asked."""
    if isinstance(error, TelegramEntityTooLarge):  # to aiogram a kind of network error
        return True
    silent = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
    return isinstance(error, TelegramAPIError) and not isinstance(error, silent)
