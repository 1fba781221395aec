"""What is to be added to an answer later: it is said, or not once the bot ends, and never fails unseen."""

import asyncio

import pytest

from bot.telegram.late_answers import FollowUps


async def test_once_the_bot_ends_nothing_more_is_said() -> None:
    said: list[str] = []
    known = asyncio.Event()

    async def later(text: str) -> None:
        await known.wait()
        said.append(text)

    follow_ups = FollowUps()
    follow_ups.start(later("before the end"))
    await asyncio.sleep(0)
    follow_ups.cancel()
    known.set()
    sentinel = asyncio.create_task(later("after it"))
    async with asyncio.timeout(10):
        await sentinel
    assert said == ["after it"]


async def test_what_fails_later_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    failed = asyncio.Event()

    async def failing() -> None:
        failed.set()
        raise LookupError("a case nobody thought of")

    FollowUps().start(failing())
    async with asyncio.timeout(10):
        await failed.wait()
    await asyncio.sleep(0)  # its callback is called in the loop's next turn
    assert "What was to be said later could not be said" in caplog.text
