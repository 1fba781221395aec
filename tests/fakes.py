"""Hand-made fakes that every room's tests share."""

import asyncio
import hmac
from collections.abc import Callable, Mapping

import pytest

from bot.sending.outcome import Outcome, Sent
from bot.tracking.model import Ticks, Wall
from bot.words.texts import Text


class ManualClock:
    """A clock that moves when it is told to; `wall` and `now` move together unless `jump` moves the wall alone."""

    def __init__(self, start: float = 1_790_000_000.0) -> None:
        self._now = start
        self._skew = 0.0

    def now(self) -> Ticks:
        return Ticks(self._now)

    def wall(self) -> Wall:
        return Wall(self._now + self._skew)

    def advance(self, seconds: float) -> None:
        self._now += seconds

    def jump(self, seconds: float) -> None:
        self._skew += seconds


class ScriptedDelivery:
    """Telegram's room as a list of outcomes, one a call, then Sent. `calls` holds chat, kind, options."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.calls: list[tuple[int, str, Mapping[str, object]]] = []
        self.under_way = 0
        self.most_under_way = 0
        self.open = asyncio.Event()
        self.open.set()

    async def send(
        self,
        chat_id: int,
        text: Text,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        plain: bool = False,
    ) -> Outcome:
        options = {"text": text.html, "thread_id": thread_id, "reply_to": reply_to, "silent": silent, "plain": plain}
        return await self._call(chat_id, "send", options)

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        return await self._call(chat_id, "edit", {"text": text.html, "message_id": message_id, "plain": plain})

    async def remove_buttons(self, chat_id: int, message_id: int) -> Outcome:
        return await self._call(chat_id, "remove-buttons", {"message_id": message_id})

    async def _call(self, chat_id: int, kind: str, options: Mapping[str, object]) -> Outcome:
        self.calls.append((chat_id, kind, options))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await self.open.wait()
        self.under_way -= 1
        return self.outcomes.pop(0) if self.outcomes else Sent(len(self.calls))


def note_comparisons(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, bytes]]:
    """What is compared from now on by the standard library's function that takes the same time for all."""
    pairs: list[tuple[bytes, bytes]] = []
    compare: Callable[[bytes, bytes], bool] = hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        pairs.append((one, other))
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    return pairs
