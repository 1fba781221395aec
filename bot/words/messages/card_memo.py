"""Keep the words of the last cards: most chats that follow an order read the same ones, and each card costs time."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from bot.tracking.model import Chat, Kind, Notice, OrderPk, Subscription, SubscriptionId, Ticks
from bot.words.messages.card_context import CardContext
from bot.words.texts import CardWords

MOST_KEPT = 8
MINUTE = 60.0


class CardMemo:
    """Has words made by `make`, or returns those that it made from an equal context."""

    def __init__(self, make: Callable[[CardContext], CardWords]) -> None:
        self._make = make
        self._kept: deque[tuple[CardContext, CardWords]] = deque(maxlen=MOST_KEPT)

    def words(self, context: CardContext) -> CardWords:
        """Return a card's words."""
        common = what_words_need(context)
        for known, words in self._kept:
            if known == common:
                return words
        words = self._make(common)
        self._kept.appendleft((common, words))  # the newest first: it is what most ask for
        return words


def what_words_need(context: CardContext) -> CardContext:
    """Return the context without what is one chat's own and in no word of a card; words are made from this alone.

    Of the time only the minute matters, as clocks have no seconds; not where an age is counted back from it.
    """
    own = context.subscription
    subscription = own and Subscription(
        *(SubscriptionId(0), 0, OrderPk(0)),
        level=own.level,
        label=context.label,
        verified=own.verified,
        receipt=own.receipt,
    )
    return replace(
        context,
        notice=Notice(0, Kind.CARD, Ticks(0.0), status=context.notice.status),
        subscription=subscription,
        chat=Chat(0, context.chat.kind),
        now=context.now if context.content.age is not None else context.now - context.now % MINUTE,
    )
