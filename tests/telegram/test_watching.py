"""What becomes of calls to Telegram, and what it says of Telegram, of the token, or of nothing."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe, GetUpdates, SendMessage, TelegramMethod
from aiohttp import ClientConnectorError, ClientOSError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.process.condition import Condition, State
from bot.telegram.reasons import reason_of
from bot.telegram.session import NotBotApiError
from bot.telegram.startup_calls import wait_before_retry
from bot.telegram.watching import ASK_AGAIN, ASK_EVERY, QUIET_SECONDS, TelegramWatch
from tests.fakes import ManualClock

TOKEN = "123456789:AAF-Zq8t1u2v3w4x5y6z7A8B9C0D1E2F3G4"
MESSAGE = SendMessage(chat_id=1, text="hello")
KEY = ConnectionKey(f"bot{TOKEN}", 443, True, True, None, None, None)


def silence(cause: BaseException | None = None) -> TelegramNetworkError:
    error = TelegramNetworkError(method=GetMe(), message="")
    error.__cause__ = TimeoutError() if cause is None else cause
    return error


class Watching:
    """A watch whose calls end as the test says."""

    def __init__(self, *, is_telegrams_own: bool = True) -> None:
        self.clock = ManualClock()
        self.condition = Condition("telegram", self.clock)
        self.watch = TelegramWatch(self.condition, self.clock, is_telegrams_own=is_telegrams_own)
        self.bot = Bot(TOKEN)

    async def hangs(self, method: TelegramMethod[Any]) -> None:
        """Make a call that is never answered."""

        async def make(_bot: Bot, _method: TelegramMethod[Any]) -> Any:
            await asyncio.Event().wait()

        await self.watch(make, self.bot, method)

    async def calls(self, method: TelegramMethod[Any], outcome: Exception | None = None) -> None:
        async def make(_bot: Bot, _method: TelegramMethod[Any]) -> Any:
            if outcome is not None:
                raise outcome

        try:
            await self.watch(make, self.bot, method)
        except Exception as error:
            assert error is outcome

    @property
    def state(self) -> State:
        return self.condition.state


@pytest.fixture
def watching() -> Watching:
    return Watching()


@pytest.mark.parametrize(
    "refusal",
    [
        lambda: TelegramBadRequest(MESSAGE, "chat not found"),
        lambda: TelegramForbiddenError(MESSAGE, "bot was blocked by the user"),
        lambda: TelegramRetryAfter(MESSAGE, "Too many requests", 30),
        lambda: TelegramConflictError(MESSAGE, "terminated by other getUpdates request"),
        lambda: TelegramEntityTooLarge(MESSAGE, "HTTP 413"),
        lambda: TelegramNotFound(MESSAGE, "Not Found: method not found"),
    ],
)
async def test_a_refusal_of_the_call_itself_is_an_answer(watching: Watching, refusal: Callable[[], Exception]) -> None:
    for _ in range(3):
        await watching.calls(MESSAGE, refusal())
    assert watching.state is State.OK


@pytest.mark.parametrize(
    "failure",
    [
        silence,
        lambda: TelegramServerError(MESSAGE, "HTTP 502"),
        lambda: ClientDecodeError("failed", ValueError(), "<html>"),
        ConnectionResetError,
    ],
)
async def test_calls_that_fail_are_telegrams_trouble_only_where_a_getme_fails_too(
    watching: Watching, failure: Callable[[], Exception]
) -> None:
    await watching.calls(GetMe())
    for _ in range(9):
        await watching.calls(MESSAGE, failure())
    seen = [watching.state]
    await watching.calls(GetMe())
    seen.append(watching.state)
    await watching.calls(MESSAGE, failure())
    await watching.calls(GetMe(), failure())
    seen.append(watching.state)
    assert watching.condition.reason
    await watching.calls(GetUpdates())
    assert [*seen, watching.state] == [State.DEGRADED, State.OK, State.DOWN, State.OK]


@pytest.mark.parametrize(
    "refusal", [TelegramUnauthorizedError(MESSAGE, "Unauthorized"), TelegramNotFound(MESSAGE, "Not Found")]
)
@pytest.mark.parametrize("method", [GetMe(), GetUpdates(), MESSAGE])
async def test_a_refused_token_is_one_whichever_call_meets_it(
    watching: Watching, method: TelegramMethod[Any], refusal: Exception
) -> None:
    await watching.calls(method, refusal)
    assert watching.state is State.DOWN
    assert "BOT_TOKEN" in watching.condition.reason


@pytest.mark.parametrize(
    "trouble", [TelegramUnauthorizedError(MESSAGE, "Unauthorized"), silence()], ids=["refused", "silent"]
)
async def test_an_answer_to_a_call_from_before_the_trouble_does_not_end_it(
    watching: Watching, trouble: Exception
) -> None:
    answer = asyncio.Event()

    async def answered_late(_bot: Bot, _method: TelegramMethod[Any]) -> Any:
        await answer.wait()

    method: TelegramMethod[Any] = GetUpdates()
    poll = asyncio.create_task(watching.watch(answered_late, watching.bot, method))
    await asyncio.sleep(0)
    for _ in range(2):
        watching.clock.advance(1)
        await watching.calls(GetMe(), trouble)
    answer.set()
    await poll
    assert (watching.state, watching.watch.back.is_set()) == (State.DOWN, False)
    await watching.calls(GetMe())
    assert (watching.state, watching.watch.back.is_set()) == (State.OK, True)


async def test_who_waits_to_try_again_is_woken_by_the_first_answer() -> None:
    back = asyncio.Event()
    waits = asyncio.create_task(wait_before_retry(20, first=1.0, back=back))
    await asyncio.sleep(0)
    assert not waits.done()
    back.set()
    await asyncio.wait_for(waits, 5)


@pytest.mark.parametrize(
    "answer",
    [
        TelegramNotFound(MESSAGE, "Not Found"),
        NotBotApiError(GetMe(), 404),
        NotBotApiError(GetMe(), 405),
    ],
)
async def test_another_server_that_is_no_bot_api_is_the_settings_fault_and_not_the_tokens(
    caplog: pytest.LogCaptureFixture, answer: Exception
) -> None:
    watching = Watching(is_telegrams_own=False)
    await watching.calls(GetMe(), answer)
    assert watching.state is State.DOWN
    [said] = caplog.records
    assert (said.levelno, said.getMessage().split(":")[0]) == (
        logging.ERROR,
        "TELEGRAM_API_URL leads to no Bot API server",
    )
    await watching.calls(GetMe(), TelegramUnauthorizedError(GetMe(), "Unauthorized"))
    assert "BOT_TOKEN" in watching.condition.reason


async def test_a_call_that_is_cancelled_says_nothing(watching: Watching) -> None:
    await watching.calls(GetMe())
    task = asyncio.create_task(watching.hangs(MESSAGE))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert watching.state is State.OK


async def test_telegram_is_asked_where_no_call_was_answered_lately_and_soon_after_one_that_failed(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.watching.LOOK_EVERY", 0.0)
    asked: list[float] = []
    began = watching.clock.now()

    class Asked:
        async def get_me(self, request_timeout: int) -> None:
            asked.append(watching.clock.now() - began)
            await watching.calls(GetMe())

    task = asyncio.create_task(watching.watch.run(Asked()))  # type: ignore[arg-type] # all that is asked of a bot
    for _ in range(int(ASK_EVERY)):
        await passes(watching, 1.0)
    assert asked == [ASK_EVERY]
    for _ in range(4):  # a long poll is answered again and again
        await passes(watching, QUIET_SECONDS - 1)
        await watching.calls(GetUpdates())
    assert asked == [ASK_EVERY]
    await watching.calls(MESSAGE, silence())
    await passes(watching, ASK_AGAIN)
    assert len(asked) == 2
    task.cancel()


async def passes(watching: Watching, seconds: float) -> None:
    watching.clock.advance(seconds)
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (silence(), "no answer in time"),
        (silence(ClientConnectorError(KEY, ConnectionRefusedError(111, "refused"))), "connection refused"),
        (silence(ClientConnectorError(KEY, OSError(113, f"no route to bot{TOKEN}"))), "no connection"),
        (silence(ServerDisconnectedError()), "the connection broke off"),
        (silence(ClientOSError()), "the connection broke off"),
        (TelegramServerError(MESSAGE, ""), "TelegramServerError"),
        (TelegramBadRequest(MESSAGE, f"no such address as /bot{TOKEN}/getMe"), "no such address as /bot***/getMe"),
        (OSError(), "no usable answer (OSError)"),
    ],
)
def test_each_failure_names_a_reason_and_no_secret(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason
