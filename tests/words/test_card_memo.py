"""A card's words are made once for all who read the same ones, and never shown to anybody who reads others."""

from dataclasses import replace

import pytest

from bot.demo.samples import STORES, WHEN, order
from bot.tracking.card_content import CardContent
from bot.tracking.lead import Lead
from bot.tracking.model import (
    Chat,
    Item,
    Kind,
    Level,
    Notice,
    NoticeId,
    Order,
    OrderPk,
    Receipt,
    Subscription,
    SubscriptionId,
    Ticks,
)
from bot.words.messages import rendering
from bot.words.messages.card import card_words
from bot.words.messages.card_context import CardContext
from bot.words.messages.rendering import Renderer
from bot.words.texts import CardWords, Text
from tests.words.rendered import CATALOG

FIRST = CardContent(lead=Lead(first=True))
ON_ROUTE, DELIVERED = order("ON_ROUTE", links=1, items=(Item("Shoes", 2),)), order("DELIVERED")
PLAIN = Subscription(SubscriptionId(1), 1, OrderPk(1))
ANA, ELA, TEAM = Chat(1), Chat(1, language="es"), Chat(-1, kind="group")


def fresh_renderer() -> Renderer:
    return Renderer(CATALOG, STORES[1], items_for="links")


def shown(renderer: Renderer, who: Subscription, chat: Chat = ANA, now: float = WHEN, one: Order = ON_ROUTE) -> Text:
    notice = Notice(chat.chat_id, Kind.CARD, Ticks(0.0), id=NoticeId(who.id), status=one.status)
    return renderer.notice(notice, one, who, chat, now=now, content=FIRST)


def test_chats_that_read_the_same_share_the_words_and_each_has_its_own_buttons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list[CardContext]()

    def counted(context: CardContext) -> CardWords:
        made.append(context)
        return card_words(context)

    monkeypatch.setattr(rendering, "card_words", counted)
    renderer = fresh_renderer()
    texts = [
        shown(
            renderer,
            replace(
                PLAIN, id=SubscriptionId(number), chat_id=number, notified_message_id=number, card_hash=f"{number}"
            ),
            Chat(number, met=number, quiet_nights=bool(number % 2)),
            WHEN - WHEN % 60 + number,
        )
        for number in range(1, 50)
    ]
    assert len(made) == 1
    assert len({text.html for text in texts}) == 1
    assert len({text.buttons for text in texts}) == len({text.fingerprint for text in texts}) == 49


@pytest.mark.parametrize("one", [ON_ROUTE, DELIVERED])
def test_whoever_reads_other_words_gets_them(one: Order) -> None:
    readers = [
        (replace(PLAIN, label=label, level=level, verified=verified, receipt=receipt), chat, WHEN + later)
        for label in (None, "Shoes")
        for level in Level
        for verified in (False, True)
        for receipt in (None, Receipt.GOOD, Receipt.MISSING)
        for chat in (ANA, ELA, TEAM)
        for later in (0, 86_400)
    ]
    renderer = fresh_renderer()
    for _ in range(2):
        for who, chat, now in readers:
            assert shown(renderer, who, chat, now, one) == shown(fresh_renderer(), who, chat, now, one)
