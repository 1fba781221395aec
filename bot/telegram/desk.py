"""What every handler has at hand: use cases, words, and the way back to the person."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError
from aiogram.types import User

from bot.people.drafts import Drafts
from bot.people.following import Following
from bot.people.staffing import Staffing
from bot.process.clock import Clock
from bot.telegram.context import Roles, Turn
from bot.telegram.keyboards import Rows, with_buttons
from bot.telegram.replying import Replies
from bot.tracking.model import Subscription
from bot.words.messages.rendering import Renderer
from bot.words.texts import Text

log = logging.getLogger(__name__)
ADMINISTRATORS = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Policies:
    """The settings that handlers read."""

    link_secrets: Sequence[str] = ()
    by_link_only: bool = False
    keep_days: int = 30


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to each handler."""

    bot: Bot
    me: User
    following: Following
    staffing: Staffing
    renderer: Renderer
    replies: Replies
    clock: Clock
    roles: Roles
    policies: Policies
    drafts: Drafts = field(default_factory=Drafts)
    _follow_ups: "set[asyncio.Task[None]]" = field(default_factory=set)

    def follow_up(self, work: Coroutine[Any, Any, None]) -> None:
        """Say more when there is more to say; the handler does not wait for it."""
        task = asyncio.create_task(work, name="follow-up")
        self._follow_ups.add(task)
        task.add_done_callback(self._followed_up)

    def end_follow_ups(self) -> None:
        """Say nothing more."""
        for task in self._follow_ups:
            task.cancel()

    def _followed_up(self, task: "asyncio.Task[None]") -> None:
        self._follow_ups.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("What was to be said later could not be said", exc_info=task.exception())

    def way(self, turn: Turn) -> str:
        """`$way` of an answer: how an order is followed where it is read."""
        if self.policies.by_link_only:
            return "link"
        return "group" if turn.in_group else "number"

    def text(self, turn: Turn, key: str, **values: object) -> Text:
        """The answer `key` in the chat's language."""
        return self.renderer.answer(turn.locale, key, **values)

    async def say(self, turn: Turn, key: str, *, buttons: Rows = (), **values: object) -> None:
        """Answer where the person asked; in a group to the very message."""
        await self.reply(turn, with_buttons(self.text(turn, key, **values), buttons))

    async def listing(
        self, turn: Turn, key: str, rows: Iterable[tuple[str, Mapping[str, object]]], **values: object
    ) -> None:
        """Answer with a list."""
        await self.reply(turn, self.renderer.listing(turn.locale, key, rows, **values))

    async def reply(self, turn: Turn, text: Text) -> None:
        """Answer with a finished text."""
        asker = turn.asker
        reply_to = asker.message_id if turn.in_group else None
        await self.replies.send(asker.chat_id, text, thread_id=asker.thread_id, reply_to=reply_to)

    async def stop(self, turn: Turn, subscription: Subscription) -> bool:
        """End a subscription of this chat and say so; False, and nothing said, if it had ended already."""
        stopped = await self.following.stop(turn.asker.chat_id, subscription.id)
        if stopped is not None:
            named = self.renderer.order_name(turn.locale, stopped.order_id, subscription.label)
            await self.say(turn, "stopped", order=named, way=self.way(turn))
        return stopped is not None

    async def toast(self, turn: Turn, callback_id: str, key: str, *, alert: bool = False) -> None:
        """Answer a press."""
        await self.replies.toast(callback_id, self.renderer.plain(turn.locale, key), alert=alert)

    async def may_manage(self, turn: Turn, follower: int | None = None) -> bool:
        """In private everybody their own; in a group who followed, or one of its administrators."""
        if not turn.in_group or turn.group_admin or (follower is not None and follower == turn.asker.person):
            return True
        return await self._is_group_admin(turn.asker.chat_id, turn.asker.person)

    async def _is_group_admin(self, chat_id: int, person: int) -> bool:
        try:
            member = await self.bot.get_chat_member(chat_id, person)
        except (AiogramError, OSError):  # unknown there, or Telegram is down: then the careful answer
            return False
        return member.status in ADMINISTRATORS
