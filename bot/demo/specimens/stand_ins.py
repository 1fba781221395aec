"""What stands in for the use cases while the real handlers answer: it holds what a scene says, and stores nothing."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.people.follow_result import FollowOutcome, FollowResult
from bot.sending.outcome import Outcome, Sent
from bot.store.awaited_numbers import AwaitedNumber
from bot.telegram.page_turns import MakePage
from bot.tracking.model import Chat, Level, Order, Subscription, SubscriptionId, Wall
from bot.transactions.follow import Requester
from bot.words.texts import Text

if TYPE_CHECKING:
    from bot.demo.specimens.conversation import Conversation
    from bot.demo.specimens.life import Life


@dataclass
class Followed:
    """What the chat of a scene follows and awaits, and what becomes of the numbers that are sent next."""

    chat_kind: str
    lives: "list[Life]" = field(default_factory=list)
    numbers: list[AwaitedNumber] = field(default_factory=list)
    results: deque[FollowResult] = field(default_factory=deque)
    current_level: Level = Level.MAIN
    is_quiet: bool = False
    answers_note: bool = False
    stored: bytes | None = b"{}"

    def followed(self, _chat_id: int) -> list[tuple[Subscription, Order]]:
        """List the orders that are followed."""
        return [(one.subscription, one.order) for one in self.lives]

    def awaited(self, _chat_id: int) -> list[AwaitedNumber]:
        """List the numbers that are awaited."""
        return self.numbers

    def find_in_chat(self, _chat_id: int, number: str) -> tuple[Subscription | None, AwaitedNumber | None]:
        """Find a number among both."""
        subscription = next((one.subscription for one in self.lives if one.number == number), None)
        return subscription, next((one for one in self.numbers if one.number == number), None)

    def wait_for(self, number: str, since: Wall) -> None:
        """Await a number."""
        self.numbers.append(AwaitedNumber(1, number, (number,), since=since))

    async def follow(self, _requester: Requester, number: str, **_more: object) -> FollowResult:
        """Return what the scene says becomes of it."""
        return self.results.popleft() if self.results else FollowResult(FollowOutcome.AWAITING, number)

    async def show_card(self, _requester: Requester, subscription_id: SubscriptionId) -> bool:
        """Send the card of an order once more."""
        for one in self.lives:
            if one.subscription.id == subscription_id:
                one.answers()
        return True

    async def stop(self, _chat_id: int, subscription_id: SubscriptionId) -> Order | None:
        """Follow an order no longer."""
        one = next((one for one in self.lives if one.subscription.id == subscription_id), None)
        if one is not None:
            self.lives.remove(one)
        return one.order if one else None

    async def stop_awaiting(self, _chat_id: int, number: str) -> bool:
        """Await a number no longer."""
        self.numbers = [one for one in self.numbers if one.number != number]
        return True

    async def stop_all(self, _chat_id: int) -> int:
        """Follow and await nothing any more."""
        count = len(self.lives) + len(self.numbers)
        self.lives.clear()
        self.numbers.clear()
        return count

    async def set_language(self, _chat_id: int, _language: str | None) -> None:
        """Change nothing: a transcript is in one language."""

    async def set_level(self, _chat_id: int, level: Level) -> None:
        """Keep how much the chat hears."""
        self.current_level = level

    async def set_quiet_nights(self, _chat_id: int, is_quiet: bool) -> None:
        """Keep whether nights are quiet."""
        self.is_quiet = is_quiet

    async def forget(self, _chat_id: int) -> None:
        """Forget nothing: it is only said."""

    async def export(self, _chat_id: int) -> bytes | None:
        """Return what is stored."""
        return self.stored

    def card_messages(self, _chat_id: int) -> list[int]:
        """Return no message: there are none to take buttons from."""
        return []

    def chat(self, chat_id: int) -> Chat:
        """Return the chat."""
        return Chat(chat_id, self.chat_kind, quiet_nights=self.is_quiet)

    def level(self, _chat_id: int) -> Level:
        """Return how much the chat hears."""
        return self.current_level

    def follower_of(self, _subscription_id: SubscriptionId) -> int:
        """Return the person of every scene."""
        return 1

    def order_of_message(self, _chat_id: int, _message_id: int) -> None:
        """Find no order: what is answered in a transcript is a note."""

    def is_note(self, _chat_id: int, _message_id: int) -> bool:
        """Tell whether the scene is about a note."""
        return self.answers_note


class WrittenReplies:
    """Takes what the handlers send into the scene."""

    def __init__(self, conversation: "Conversation") -> None:
        self._conversation = conversation

    async def send(self, _chat_id: int, text: Text, **_where: object) -> Outcome:
        """Take a new message."""
        self._conversation.turns_to("", text)
        return Sent(1)

    async def delete(self, _chat_id: int, _message_id: int) -> None:
        """Take a message away, which the transcript doesn't show."""

    async def show(self, chat_id: int, message_id: int, make: MakePage, **_how: object) -> bool:
        """Take a page of a message."""
        await self.edit(chat_id, message_id, await make())
        return True

    async def edit(self, _chat_id: int, _message_id: int, text: Text) -> Outcome:
        """Take what a message becomes."""
        self._conversation.turns_to("(that message is edited)", text)
        return Sent(1)

    async def document(self, _chat_id: int, name: str, _content: bytes, caption: Text, **_where: object) -> Outcome:
        """Take a file."""
        self._conversation.turns_to("", Text(f"({name})\n{caption.html}", caption.buttons))
        return Sent(1)

    async def remove_buttons(self, _chat_id: int, _message_ids: Sequence[int]) -> None:
        """Remove none: there are none."""
