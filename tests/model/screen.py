"""What a chat shows: its messages, which of them have buttons, and what was done to each. Kept as Telegram keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Content:
    """What a message says of an order: nothing of it is decided here.

    `facts`: a fingerprint of the order as it is shown. `is_reply`: it answers a person; `pressed`: it answers a press.
    `news`, `links`, `reminder`, `reverted_from`: what it says it was sent for. `ends`, `troubles`: the packages that it
    shows so; `under_way`: the others. `packages`: those it knows of. `shown_links`: those of its buttons, each behind
    its package, as two may have the same.
    """

    kind: str
    order_id: str
    status: str
    facts: str = ""
    page: str = ""
    is_reply: bool = False
    pressed: bool = False
    is_stale: bool = False
    reminder: bool = False
    reverted_from: str | None = None
    news: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    under_way: list[str] = field(default_factory=list)
    shown_links: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)

    @property
    def look(self) -> tuple[object, ...]:
        """What a person sees of a card, without the times that tick by themselves."""
        return self.facts, self.page, self.is_stale, self.reverted_from, self.news, self.links, self.reminder


@dataclass
class Message:
    """One message of the bot. `learnt`: the bot got to know its number.

    `stopped`: the chat has ended the subscription that it belongs to. `at`: when it was sent or edited last, as far as
    the bot knows. `doubtful`: the bot does not know which of two texts it shows. `refused`: Telegram did not take its
    last text. `lost`: the bot was told that it is not there.
    """

    number: int
    order_id: str
    said: Content
    at: float
    learnt: bool = True
    has_buttons: bool = True
    is_folded: bool = False
    is_deleted: bool = False
    stopped: bool = False
    doubtful: bool = False
    refused: bool = False
    lost: bool = False


class Screen:
    """The messages of one chat about orders."""

    def __init__(self) -> None:
        self.messages: dict[int, Message] = {}

    def of(self, order_id: str) -> Iterator[Message]:
        """The messages about an order, the newest first."""
        return (one for one in reversed(self.messages.values()) if one.order_id == order_id)

    def newest(self, order_id: str) -> Message | None:
        """The newest card that the bot knows, of the subscription as it is now."""
        return next((one for one in self.of(order_id) if one.learnt and not one.stopped), None)

    def with_buttons(self, order_id: str) -> list[Message]:
        """The messages about an order that could be pressed, but those whose outcome the bot never learnt."""
        return [one for one in self.of(order_id) if one.has_buttons and one.learnt and not one.is_deleted]

    def stop(self, order_id: str) -> None:
        """The subscription ends."""
        for one in self.of(order_id):
            one.stopped = True
