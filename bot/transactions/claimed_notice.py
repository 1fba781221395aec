"""A notice that is being sent, with all that its text is made of."""

from dataclasses import dataclass

from bot.tracking.model import Chat, Notice, Order, Subscription


@dataclass(frozen=True, slots=True)
class ClaimedNotice:
    """A claimed notice with all that its text is made of."""

    notice: Notice
    chat: Chat
    order: Order | None
    subscription: Subscription | None
