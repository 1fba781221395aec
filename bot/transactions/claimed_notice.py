"""A notice while it is being sent, and the guard of its mark: an old call's outcome never beats newer knowledge."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar, cast

from bot.store import outbox
from bot.tracking.card_content import CardContent
from bot.tracking.model import Chat, Notice, Order, Subscription

Mark = TypeVar("Mark", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class ClaimedNotice:
    """A claimed notice with all that its text is made of.

    `target`: the message that becomes this text; None: it is a new message. `moved`: its chat has another id since:
    what it knows of message ids means nothing there.
    """

    notice: Notice
    chat: Chat
    order: Order | None
    subscription: Subscription | None
    content: CardContent = field(default_factory=CardContent)
    target: int | None = None
    moved: bool = False


def while_claimed(mark: Mark) -> Mark:
    """Let a mark do nothing unless its row is still claimed by the call that it is about.

    After `/forget` the row is gone, and its number may belong to another one. A group may have moved, and an order may
    have been merged into another: what the call has brought counts for the chat and the order that they are now.
    """

    @wraps(mark)
    def checked(connection: sqlite3.Connection, claimed: ClaimedNotice, *args: Any, **kwargs: Any) -> None:
        current = outbox.still_claimed(connection, claimed.notice)
        if current is None:
            return
        moved = current.chat_id != claimed.notice.chat_id
        missed = tuple(event for event in current.events if event not in claimed.notice.events)
        notice = replace(claimed.notice, chat_id=current.chat_id, order=current.order, events=missed)
        mark(connection, replace(claimed, notice=notice, moved=moved), *args, **kwargs)

    return cast(Mark, checked)
