"""Pages that replace each other in one message: who presses quickly is answered at once, and sees the last of them."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.telegram.late_answers import FollowUps
from bot.telegram.replying import Replies
from bot.words.texts import Text

PATIENCE = 0.1  # seconds that a press waits for its page: mostly it is there by then

Place = tuple[int, int]  # a chat's message
MakePage = Callable[[], Awaitable[Text]]


class PageTurns:
    """Edits messages one page after the other; of those asked for while one is shown only the newest comes next."""

    def __init__(self, replies: Replies, follow_ups: FollowUps) -> None:
        self._replies = replies
        self._follow_ups = follow_ups
        self._next: dict[Place, MakePage] = {}
        self._turning: set[Place] = set()

    async def show(self, chat_id: int, message_id: int, make: MakePage, *, patience: float = PATIENCE) -> bool:
        """Show a page in a message; return whether it is there already."""
        place = chat_id, message_id
        self._next[place] = make
        if place in self._turning:
            return False
        self._turning.add(place)
        task = self._follow_ups.start(self._turn(place))
        await asyncio.wait({task}, timeout=patience)
        if task.done():
            task.result()  # what has failed is apologised for as in any handler
        return task.done()

    async def _turn(self, place: Place) -> None:
        try:
            while (make := self._next.pop(place, None)) is not None:
                text = await make()
                if place not in self._next:
                    await self._replies.edit(*place, text)
        finally:
            self._turning.discard(place)
            self._next.pop(place, None)
