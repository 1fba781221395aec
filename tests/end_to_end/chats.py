"""A chat as its person sees it, for tests that wait for what the bot shows there.

What was *told* came as a new message; what is *shown* may stand on a card by an edit. A card that a newer one has
followed is folded to one line: what a message said when it was sent is looked at where that matters.
"""

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing, suppress
from dataclasses import dataclass
from typing import Any

from bot.simulators.service_process import Spawn
from bot.simulators.telegram.state import Edit, ShownMessage
from bot.simulators.world import SimulatedWorld, running
from tests.end_to_end.warm_start import spawn_warm
from tests.key_catalog import ENGLISH, key_folder
from tests.message_keys import Texts, button_of, said_in, says

PATIENCE = 15.0
LOOK_SECONDS = 0.02
RAW_STATUS = re.compile(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b|\b(?:PICKING|PACKING|INVOICING|INVOICED|DELIVERED|RETURNED|IDLE)\b")


def saying_keys(
    world: SimulatedWorld, spawn: Spawn = spawn_warm, /, **settings: object
) -> AbstractAsyncContextManager[SimulatedWorld]:
    """A world whose service is ready, whose chats show keys instead of words, and whose cards are edited at once."""
    world.spawn = spawn
    return running(world, LOCALES_OVERRIDE=key_folder(), **({"EDIT_SECONDS": 0} | settings))


def shows(text: Texts, key: str, /, *, language: str = ENGLISH, **values: object) -> bool:
    """Whether a text says this key; the order and its label may be those of any line of it, such as a card's first."""
    about = {name: values.pop(name) for name in ("order", "label") if name in values}
    is_about = all(any(one.has(**{name: value}) for one in said_in(text)) for name, value in about.items())
    return is_about and says(text, key, language=language, **values)


@dataclass(eq=False)
class PersonsChat:
    """One person's chat with the bot in a world; `looked` is the number of the last message that a test waited for."""

    world: SimulatedWorld
    id: int
    looked: int = 0

    def says(self, text: str) -> None:
        self.world.telegram.user_says(self.id, text)

    async def follows(self, order_id: str) -> ShownMessage:
        """Sends the number; the answer."""
        self.says(order_id)
        return await self.shown(order_id)

    async def told(
        self, key: str | None = None, /, *, within: float = PATIENCE, language: str = ENGLISH, **values: object
    ) -> ShownMessage:
        """The next message of the bot, or the next that says this key; those before it count as seen."""
        return await self._next(None if key is None else _saying(key, language=language, **values), within)

    async def sees(
        self, key: str, /, *, within: float = PATIENCE, language: str = ENGLISH, **values: object
    ) -> ShownMessage:
        """The newest message that says this key, now or after an edit that it waits for."""
        saying = _saying(key, language=language, **values)
        await until(lambda: any(saying(message) for message in self.messages), within)
        return next(message for message in reversed(self.messages) if saying(message))

    async def shown(self, part: str, within: float = PATIENCE) -> ShownMessage:
        """The next message of the bot with this in its text, such as an order's number."""
        return await self._next(lambda message: part in message.text, within)

    async def _next(self, wanted: Callable[[ShownMessage], bool] | None, within: float) -> ShownMessage:
        message = await self.world.telegram.wait_for_message(self.id, wanted, within, after=self.looked)
        self.looked = message.message_id
        return message

    async def hears_no_more(self, user_id: int | None = None) -> None:
        """What was said before is not answered (again): the next message answers a later question."""
        self.world.telegram.user_says(self.id, "/privacy", user_id=user_id)
        assert says(await self.told(), "privacy"), self.world.telegram.transcript(self.id)

    async def is_told_all(self) -> None:
        """Whatever is decided by now is shown then: a webhook's 200 and a message's mark are written with it."""
        waiting = "SELECT count(*) FROM outbox WHERE chat_id = ? AND state IN ('open', 'claimed')"
        await until(lambda: stored(self.world, waiting, self.id) == [(0,)])

    async def is_told_no_more(self) -> None:
        """Nothing new is shown, and nothing edited but by a fold, of all that is decided by now."""
        before = self.shown_and_edited
        await self.is_told_all()
        assert self.shown_and_edited == before, self.world.telegram.transcript(self.id)

    async def stays_quiet(self, seconds: float) -> None:
        """Nothing new is shown, and nothing edited but by a fold, for so long: where only time brings what must not."""
        before = self.shown_and_edited
        await asyncio.sleep(seconds)
        assert self.shown_and_edited == before, self.world.telegram.transcript(self.id)

    async def presses(self, name: str) -> None:
        """Presses the newest button with this key, label or data, and waits for the toast."""
        for message in reversed(self.messages):
            with suppress(LookupError):
                data = button_of(message, name)["callback_data"]
                press = self.world.telegram.user_presses(self.id, message.message_id, data)
                await self.world.telegram.wait_for_answer(press)
                return
        raise LookupError(f"no button {name!r}: {[message.labels() for message in self.messages]}")

    def count(self, key: str, *, language: str = ENGLISH, **values: object) -> int:
        """How many messages said this key when they were sent."""
        return sum(shows(message.sent_text, key, language=language, **values) for message in self.messages)

    @property
    def messages(self) -> list[ShownMessage]:
        """What the bot has shown, oldest first."""
        return self.world.telegram.bot_messages(self.id)

    @property
    def texts(self) -> list[str]:
        """What the messages said when they were sent."""
        return [message.sent_text for message in self.messages]

    @property
    def shown_texts(self) -> list[str]:
        """Whatever the messages have said, when they were sent and by edits."""
        return self.texts + [edit.text for message in self.messages for edit in message.edits]

    @property
    def keyboards(self) -> list[ShownMessage]:
        """The messages with a button that the bot hears of."""
        return [message for message in self.messages if _calls_back(message)]

    @property
    def shown_and_edited(self) -> int:
        edits = (edit for message in self.messages for edit in message.edits)
        return len(self.messages) + sum(not is_folded(edit) for edit in edits)


def is_folded(shown: ShownMessage | Edit) -> bool:
    """Whether this is a card that a newer one has followed: one line without buttons."""
    return not shown.buttons and "\n" not in shown.text


def _calls_back(message: ShownMessage) -> bool:
    return any("callback_data" in button for row in message.buttons for button in row)


def _saying(key: str, /, **values: Any) -> Callable[[ShownMessage], bool]:
    return lambda message: shows(message, key, **values)


def links(message: ShownMessage) -> list[str]:
    """The addresses behind a message's buttons."""
    return [button["url"] for row in message.buttons for button in row if "url" in button]


async def until(condition: Callable[[], bool], within: float = PATIENCE) -> None:
    """Waits for something that is no message. Raises AssertionError."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, f"not within {within:g} s"
        await asyncio.sleep(LOOK_SECONDS)


async def asked_again(world: SimulatedWorld, order_id: str, times: int = 2) -> None:
    """The API is asked for an order so many times more; the answers to all but the last have been taken by then."""
    before = asks(world, order_id)
    await until(lambda: asks(world, order_id) >= before + times)


def asks(world: SimulatedWorld, order_id: str) -> int:
    """How often the API has been asked for an order."""
    return sum(call.order_id == order_id for call in world.pickpack.calls)


def stored(world: SimulatedWorld, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What the service's database answers."""
    with closing(sqlite3.connect(f"file:{world.database}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()
