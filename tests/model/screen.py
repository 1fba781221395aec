"""What stands in the chats: messages with and without buttons, as somebody with the phone in the hand sees them."""

import json
from dataclasses import asdict, dataclass, field

CARDS = {"card", "edit"}


@dataclass(frozen=True)
class Content:
    """What a message says, as the model wants to know it.

    `shown`: what it shows of the order, see `shown_of`. `news`: by package, what it tells of it. `links`: the packages
    whose link came late. The first three say why it is sent, and stand nowhere.
    """

    kind: str
    is_reply: bool
    keep: list[str]
    order_id: str
    status: str = ""
    shown: list[list[str]] = field(default_factory=list)
    news: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    is_stale: bool = False
    page: str = "card"

    @property
    def visible(self) -> str:
        """All that can be seen of a card."""
        seen = {name: value for name, value in asdict(self).items() if name not in {"kind", "is_reply", "keep"}}
        return json.dumps(seen, sort_keys=True)

    @property
    def packages(self) -> dict[str, str]:
        """What it shows of each package."""
        return {key: status for key, status, _ in self.shown}

    @property
    def shown_links(self) -> set[str]:
        """The packages that it has a link of."""
        return {key for key, _, link in self.shown if link}


@dataclass
class Message:
    """One message in a chat.

    `is_learnt`: the bot was told its number; where nobody learnt what became of it, it may keep its buttons.
    `is_left`: its chat has moved. `is_sure`: False while an edit's outcome is unknown. `is_excused`: Telegram refused
    to take its buttons away.
    """

    number: int
    content: Content
    has_buttons: bool
    is_learnt: bool = True
    is_deleted: bool = False
    is_left: bool = False
    is_sure: bool = True
    is_excused: bool = False

    @property
    def is_there(self) -> bool:
        return not self.is_deleted and not self.is_left


class Screens:
    """The messages of all chats, by chat and number."""

    def __init__(self, chats: list[int]) -> None:
        self._messages: dict[int, dict[int, Message]] = {chat_id: {} for chat_id in chats}
        self._last = 0

    def add(self, chat_id: int, content: Content, *, has_buttons: bool, is_learnt: bool) -> Message:
        self._last += 1
        message = Message(self._last, content, has_buttons, is_learnt)
        self._messages[chat_id][self._last] = message
        return message

    def find(self, chat_id: int, number: int) -> Message | None:
        """Return a message that is there."""
        found = self._messages[chat_id].get(number)
        return found if found is not None and found.is_there else None

    def leave(self, chat_id: int) -> None:
        """The chat has moved: in the new one there is nothing yet."""
        for message in self._messages[chat_id].values():
            message.is_left = True

    def of_chat(self, chat_id: int) -> list[Message]:
        return [one for one in self._messages[chat_id].values() if one.is_there]

    def with_buttons(self, chat_id: int, order_id: str) -> list[Message]:
        """List the messages about an order that somebody can press on."""
        return [one for one in self.of_chat(chat_id) if one.content.order_id == order_id and one.has_buttons]
