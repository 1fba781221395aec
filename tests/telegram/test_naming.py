"""Name it: a question, and what somebody answers to it becomes what the order is called."""

import asyncio
from functools import partial

import pytest

from bot.simulators.telegram.state import ShownMessage
from bot.tracking.model import Kind
from bot.transactions.follow import LONGEST_LABEL
from tests.message_keys import says, values_of
from tests.telegram.bot_harness import ANA, BotHarness, Talk

CARD_NUMBER = "4111 1111 1111 1111"
GROUP = -1002000


def label_of(harness: BotHarness, chat_id: int = ANA) -> str | None:
    [(subscription, _order)] = harness.follow_service.followed(chat_id)
    return subscription.label


def called(card: ShownMessage, name: str) -> bool:
    return says(card, "headline-being-prepared", order="order-label", label=name)


async def asked(harness: BotHarness, talk: Talk, order: str = "A-1") -> tuple[ShownMessage, ShownMessage]:
    """The card of an order, and the question for its name."""
    harness.put(order)
    card = await talk.asks(order)
    [(subscription, _order)] = [one for one in harness.follow_service.followed(talk.id) if one[1].order_id == order]
    assert await talk.presses_data(card, f"y:{subscription.id}") == ""
    question = await talk.hears("name-ask")
    async with asyncio.timeout(5):  # until the sender has written down what it has sent, which it tells nobody
        while not harness.follow_service.asks_name(talk.id, question.message_id):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return card, question


async def test_an_answer_to_the_question_names_the_order_and_its_card_shows_it(harness: BotHarness, ana: Talk) -> None:
    card, question = await asked(harness, ana)
    assert question.markup == {"force_reply": True, "selective": True}
    ana.says("  Mom’s <gift>\n for Sunday ", reply_to=question.message_id)
    await harness.telegram.wait_for(lambda: called(card, "Mom’s <gift> for Sunday"))
    assert label_of(harness) == "Mom’s <gift> for Sunday"
    assert len(ana.texts) == 2


@pytest.mark.parametrize("name", ["[thanks] mamá", "stop", "Casa 2", "🎁", "where is it?", "Birthday 24-12"])
async def test_a_name_is_no_wish_and_no_question(harness: BotHarness, ana: Talk, name: str) -> None:
    card, question = await asked(harness, ana)
    ana.says(name, reply_to=question.message_id)
    await harness.telegram.wait_for(lambda: called(card, name))
    assert len(harness.follow_service.followed(ANA)) == 1


async def test_another_answer_gives_another_name(harness: BotHarness, ana: Talk) -> None:
    card, question = await asked(harness, ana)
    for name in ("First", "Second", "Second"):
        ana.says(name, reply_to=question.message_id)
        await harness.telegram.wait_for(partial(called, card, name))
    assert label_of(harness) == "Second"


@pytest.mark.parametrize("text", ["-", "…", CARD_NUMBER, "\u200b\u2060", "?!"])
async def test_what_can_be_no_name_is_said_and_the_question_can_be_answered_again(
    harness: BotHarness, ana: Talk, text: str
) -> None:
    card, question = await asked(harness, ana)
    ana.says(text, reply_to=question.message_id)
    await ana.hears("name-unclear")
    assert label_of(harness) is None
    ana.says("Gift", reply_to=question.message_id)
    await harness.telegram.wait_for(lambda: called(card, "Gift"))


async def test_a_picture_is_no_name(harness: BotHarness, ana: Talk) -> None:
    _card, question = await asked(harness, ana)
    photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
    ana.brings(photo=[photo], reply_to_message=replied(ana, question))
    await ana.hears("name-unclear")


def replied(talk: Talk, message: ShownMessage) -> dict[str, object]:
    bot = {"id": 123456789, "is_bot": True, "first_name": "OnRoute"}
    chat = {"id": talk.id, "type": "private", "first_name": "Ana"}
    return {"message_id": message.message_id, "date": 1_790_000_000, "chat": chat, "from": bot, "text": "?"}


async def test_a_long_name_is_cut_and_loses_numbers_that_must_not_be_kept(harness: BotHarness, ana: Talk) -> None:
    card, question = await asked(harness, ana)
    ana.says(f"{CARD_NUMBER} {'x' * 200}", reply_to=question.message_id)
    await harness.telegram.wait_for(lambda: called(card, "x" * LONGEST_LABEL))
    assert not any("4111" in str(row) for row in harness.rows("SELECT * FROM subscriptions"))


async def test_an_answer_that_is_the_number_of_an_order_is_followed(harness: BotHarness, ana: Talk) -> None:
    _card, question = await asked(harness, ana)
    harness.put("1509750516095-02")
    ana.says("1509750516095-02", reply_to=question.message_id)
    await harness.telegram.wait_for(lambda: len(harness.follow_service.followed(ANA)) == 2)
    assert {one.label for one, _order in harness.follow_service.followed(ANA)} == {None}


async def test_what_answers_no_question_is_no_name(harness: BotHarness, ana: Talk) -> None:
    card, question = await asked(harness, ana)
    ana.says("Gift", reply_to=card.message_id)
    await ana.hears()
    ana.says("Gift")
    await ana.hears()
    assert label_of(harness) is None
    await harness.follow_service.stop(ANA, harness.follow_service.followed(ANA)[0][0].id)
    answered = await ana.asks("Gift", reply_to=question.message_id)
    assert not says(answered, "name-unclear")


async def test_each_order_gets_its_own_name(harness: BotHarness, ana: Talk) -> None:
    first, question = await asked(harness, ana, "A-1")
    second, other = await asked(harness, ana, "B-2")
    ana.says("Two", reply_to=other.message_id)
    ana.says("One", reply_to=question.message_id)
    await harness.telegram.wait_for(lambda: called(first, "One"))
    await harness.telegram.wait_for(lambda: called(second, "Two"))
    assert values_of(question, "name-ask")["order"] != values_of(other, "name-ask")["order"]


async def test_a_press_twice_asks_once_until_the_question_is_sent(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    card = await ana.asks("A-1")
    row = harness.follow_service.followed(ANA)[0][0].id
    held = harness.telegram.fail("502", methods=["sendMessage"], times=1)
    await ana.presses_data(card, f"y:{row}")
    await harness.telegram.wait_for(lambda: held.hits == 1)
    await ana.presses_data(card, f"y:{row}")
    assert harness.rows("SELECT count(*) FROM outbox WHERE kind = ?", Kind.NAME) == [(1,)]


async def test_in_a_group_nothing_is_named(harness: BotHarness) -> None:
    group = harness.group(GROUP, ANA)
    harness.put("A-1")
    card = await group.asks("/order A-1", user_id=ANA)
    row = harness.follow_service.followed(GROUP)[0][0].id
    assert says(await group.presses_data(card, f"y:{row}", user_id=ANA), "toast-old")
    assert harness.rows("SELECT count(*) FROM outbox WHERE kind = ?", Kind.NAME) == [(0,)]
