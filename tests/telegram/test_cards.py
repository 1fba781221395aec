"""The buttons of an order's card: they act on the living card, and any other keyboard is answered and goes."""

import asyncio
from pathlib import Path

import pytest

from bot.pickpack.errors import UnreachableError
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.state import ShownMessage
from bot.tracking.statuses import ON_ROUTE
from bot.transactions.follow import Requester
from bot.words.callbacks import CallbackAction, callback_button
from bot.words.texts import Text
from tests.builders import service, snapshot_of
from tests.message_keys import button_of, says
from tests.telegram.bot_harness import ADMIN, ANA, BEN, BotHarness, Talk, hold, running_bot

COURIER_PAGE = "https://track.courier.com/1"
GROUP = -1002000


def card_of(harness: BotHarness, chat_id: int = ANA) -> int:
    """The living card of the one order that a chat follows."""
    [(subscription, _order)] = harness.follow_service.followed(chat_id)
    assert subscription.notified_message_id is not None
    return subscription.notified_message_id


def row_of(harness: BotHarness, chat_id: int = ANA) -> int:
    [(subscription, _order)] = harness.follow_service.followed(chat_id)
    return subscription.id


async def sent_by_the_bot(harness: BotHarness, talk: Talk, action: CallbackAction, row: int) -> ShownMessage:
    """A message with a card's button that nobody has written down: of before an upgrade, or as the process ended."""
    await harness.bot.delivery.send(talk.id, Text("a card", ((callback_button("press", action, row),),)))
    sent = harness.telegram.bot_messages(talk.id)[-1]
    talk.looked = sent.message_id
    return sent


async def loses_its_buttons(harness: BotHarness, message: ShownMessage) -> None:
    await harness.telegram.wait_for(lambda: message.buttons == [])


def sent_to(harness: BotHarness, chat_id: int) -> int:
    return len(harness.telegram.calls_of("sendMessage", chat_id=chat_id))


# ── the living card ──────────────────────────────────────────────────────────


async def test_more_and_back_change_the_buttons_of_the_card_and_nothing_else(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    card = await harness.shown(ana, "A-1")
    text, buttons = card.text, card.buttons
    assert await ana.presses("button-more") == ""
    await harness.telegram.wait_for(lambda: says_button(card, "button-refresh"))
    assert await ana.presses("button-back") == ""
    await harness.telegram.wait_for(lambda: card.buttons == buttons)
    assert card.text == text
    assert len(ana.texts) == 1


def says_button(message: ShownMessage, key: str) -> bool:
    return any(says(button["text"], key) for row in message.buttons for button in row)


async def refreshes(harness: BotHarness, talk: Talk, person: int | None = None) -> str:
    """Presses Refresh, which is on the card's other page."""
    card = harness.telegram.bot_messages(talk.id)[-1]
    return await talk.presses_data(card, f"r:{row_of(harness, talk.id)}", user_id=person)


async def test_a_refresh_shows_the_order_as_it_is_now(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1", "PICKING")
    card = await harness.shown(ana, "A-1")
    harness.clock.advance(40)
    harness.put("A-1", "PACKING")
    assert says(await refreshes(harness, ana), "toast-refreshed")
    await harness.telegram.wait_for(lambda: says(card, "state-packing"))
    assert any(says(card, key) for key in ("checked", "updated-checked"))
    assert len(ana.texts) == 1


async def test_a_second_refresh_within_the_half_minute_asks_nobody(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    harness.clock.advance(40)
    assert says(await refreshes(harness, ana), "toast-refreshed")
    asked = len(harness.order_lookup.asked)
    assert says(await refreshes(harness, ana), "toast-too-soon")
    assert len(harness.order_lookup.asked) == asked


async def test_a_refresh_while_the_api_is_silent_says_so(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    harness.clock.advance(40)
    harness.order_lookup.failing = UnreachableError("no answer")
    assert says(await refreshes(harness, ana), "toast-trouble")


@pytest.mark.parametrize("fault", [TelegramFault.SERVER_ERROR, TelegramFault.SLOW])
async def test_a_refresh_that_comes_late_takes_nothing_newer_away(
    harness: BotHarness, ana: Talk, fault: TelegramFault
) -> None:
    harness.put("A-1", ON_ROUTE)
    card = await harness.shown(ana, "A-1")
    harness.clock.advance(40)
    held = harness.telegram.fail(fault, methods=["editMessageText"], times=1)
    assert says(await refreshes(harness, ana), "toast-refreshed")
    await harness.telegram.wait_for(lambda: held.hits == 1)
    news = snapshot_of(ON_ROUTE, service("INVOICED", link=COURIER_PAGE), order_id="A-1")
    await harness.recorder.apply_snapshot(news, sent_at=harness.clock.now())
    while not shows_page(card):
        harness.clock.advance(1)
        harness.sending_due.set()
        await asyncio.sleep(0.01)


def shows_page(message: ShownMessage) -> bool:
    return any(button.get("url") == COURIER_PAGE for row in message.buttons for button in row)


async def test_a_card_that_was_stopped_while_the_api_was_asked_is_not_brought_back(
    harness: BotHarness, ana: Talk
) -> None:
    harness.put("A-1")
    card = await harness.shown(ana, "A-1")
    row = row_of(harness)
    harness.clock.advance(40)
    harness.order_lookup.open.clear()
    pressing = asyncio.create_task(ana.presses_data(card, f"r:{row}"))
    await harness.until(lambda: len(harness.order_lookup.asked) == 2)
    [(subscription, _order)] = harness.follow_service.followed(ANA)
    await harness.follow_service.stop(ANA, subscription.id)
    harness.order_lookup.open.set()
    assert says(await pressing, "toast-old")


async def test_a_card_is_stopped_by_its_button_and_its_buttons_are_old_then(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    card = await harness.shown(ana, "A-1")
    row = row_of(harness)
    assert says(await ana.presses_data(card, f"s:{row}"), "toast-stopped")
    for data in (f"s:{row}", f"r:{row}", f"m:{row}", f"g:{row}"):
        assert says(await ana.presses_data(card, data), "toast-old")


async def test_a_press_whose_commit_is_made_is_not_handled_again_though_its_toast_never_came(
    tmp_path: Path,
) -> None:
    async with running_bot(tmp_path, orders={"A-1": "DELIVERED"}) as harness:
        ana = harness.talk(ANA)
        card = await harness.shown(ana, "A-1")
        harness.telegram.fail("hang", methods=["answerCallbackQuery"])
        harness.telegram.user_presses(ANA, card.message_id, f"g:{row_of(harness)}", forged=True)
        await harness.until(lambda: harness.rows("SELECT receipt FROM subscriptions") == [("good",)])
        assert harness.rows("SELECT * FROM inbox") == []
        await harness.bot.stop()  # ends what hangs


async def test_a_press_while_the_store_cannot_write_is_apologised_for_and_changes_nothing(
    harness: BotHarness, ana: Talk
) -> None:
    harness.put("A-1", "DELIVERED")
    card = await harness.shown(ana, "A-1")
    release = hold(harness.database)
    assert says(await ana.presses_data(card, f"g:{row_of(harness)}"), "toast-apology")
    release()
    assert harness.rows("SELECT receipt FROM subscriptions") == [(None,)]


# ── any other keyboard ───────────────────────────────────────────────────────

OF_A_CARD = [
    CallbackAction.REFRESH,
    CallbackAction.STOP,
    CallbackAction.MORE,
    CallbackAction.BACK,
    CallbackAction.NAME,
    CallbackAction.SETTINGS,
    CallbackAction.ALL_GOOD,
    CallbackAction.MISSING,
    CallbackAction.FOUND,
]


@pytest.mark.parametrize("action", OF_A_CARD)
async def test_a_card_that_nobody_knows_of_loses_its_buttons_and_a_new_one_comes_once(
    harness: BotHarness, ana: Talk, action: CallbackAction
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    orphan = await sent_by_the_bot(harness, ana, action, row_of(harness))
    assert says(await ana.presses("press"), "toast-old")
    await loses_its_buttons(harness, orphan)
    await harness.until(lambda: card_of(harness) > orphan.message_id)
    sends = sent_to(harness, ANA)
    assert says(await ana.presses_data(orphan, f"{action.value}:{row_of(harness)}"), "toast-old")
    await ana.hears("state-packing")
    await ana.hears_nothing()
    assert sent_to(harness, ANA) == sends + 1  # the answer to /privacy
    assert harness.rows("SELECT receipt FROM subscriptions") == [(None,)]


@pytest.mark.parametrize("action", OF_A_CARD)
async def test_a_message_of_before_the_card_loses_its_buttons_and_no_card_comes(
    harness: BotHarness, ana: Talk, action: CallbackAction
) -> None:
    await ana.asks("/help")
    old = await sent_by_the_bot(harness, ana, action, 1)
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    card = card_of(harness)
    assert row_of(harness) == 1
    assert says(await ana.presses("press"), "toast-old")
    await loses_its_buttons(harness, old)
    assert old.text == "a card"
    await ana.hears_nothing()
    assert card_of(harness) == card


async def test_a_press_that_overtakes_a_card_on_the_wire_takes_nothing_away(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    row = row_of(harness)
    orphan = await sent_by_the_bot(harness, ana, CallbackAction.REFRESH, row)
    held = harness.telegram.fail(TelegramFault.SLOW, methods=["sendMessage"], times=1, seconds=1.0)
    await harness.follow_service.show_card(Requester(ANA, ANA), harness.follow_service.followed(ANA)[0][0].id)
    await harness.until(lambda: held.hits == 1 or _is_due_later(harness))
    assert says(await ana.presses_data(orphan, f"r:{row}"), "toast-moment")
    assert orphan.buttons != []
    await harness.until(lambda: card_of(harness) > orphan.message_id)
    assert says(await ana.presses_data(orphan, f"r:{row}"), "toast-old")
    await loses_its_buttons(harness, orphan)


def _is_due_later(harness: BotHarness) -> bool:
    """Let the card be due that waits for what the API says."""
    harness.clock.advance(1)
    harness.sending_due.set()
    return False


async def test_a_card_of_an_order_that_is_not_followed_any_more_loses_its_buttons(
    harness: BotHarness, ana: Talk
) -> None:
    await ana.asks("/help")
    for row in (1, 9999):
        left = await sent_by_the_bot(harness, ana, CallbackAction.MORE, row)
        assert says(await ana.presses("press"), "toast-old")
        await loses_its_buttons(harness, left)
    await ana.hears_nothing()


async def test_what_is_pressed_without_being_there_takes_no_buttons_away(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    row = row_of(harness)
    menu = await ana.asks("/language")
    assert says(await ana.presses_data(menu, f"r:{row}"), "toast-old")
    await ana.hears_nothing()
    assert menu.buttons != []


async def test_in_a_group_nobody_takes_the_buttons_of_another_order_away(harness: BotHarness) -> None:
    group = harness.group(GROUP, ANA, BEN)
    for number in ("A-1", "B-2"):
        harness.put(number)
    card = await harness.shown(group, "/order A-1", user_id=ANA)
    await harness.shown(group, "/order B-2", user_id=BEN)
    [(_first, _), (second, _)] = harness.follow_service.followed(GROUP)
    sends = sent_to(harness, GROUP)
    for action in ("r", "m", "s", "g", "d"):
        assert says(await group.presses_data(card, f"{action}:{second.id}", user_id=BEN), "toast-old")
        assert says(await group.presses_data(card, f"{action}:999", user_id=BEN), "toast-old")
    assert says_button(card, "button-more")
    await group.hears_nothing(user_id=BEN)
    assert sent_to(harness, GROUP) == sends + 1  # the answer to /privacy


async def test_in_a_group_a_card_that_nobody_knows_of_loses_its_buttons_too(harness: BotHarness) -> None:
    group = harness.group(GROUP, ANA, BEN)
    harness.put("A-1")
    await harness.shown(group, "/order A-1", user_id=ANA)
    orphan = await sent_by_the_bot(harness, group, CallbackAction.MORE, row_of(harness, GROUP))
    assert says(await group.presses("press", user_id=BEN), "toast-old")
    await loses_its_buttons(harness, orphan)
    await harness.until(lambda: card_of(harness, GROUP) > orphan.message_id)


async def test_a_press_on_a_note_of_the_store_leaves_its_words(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    row = row_of(harness)
    admin = harness.talk(ADMIN)
    asked = await admin.asks("/tell A-1 The courier comes at five")
    await admin.presses_data(asked, str(button_of(asked, "button-send")["callback_data"]))
    note = await ana.hears("note")
    assert [button for line in note.buttons for button in line if "callback_data" in button] == []
    words = note.text
    for action in ("r", "s", "m"):
        assert says(await ana.presses_data(note, f"{action}:{row}"), "toast-old")
    await ana.hears_nothing()
    assert note.text == words


# ── messages so old that Telegram shows nothing of them ──────────────────────


def press_on_an_old_message(harness: BotHarness, talk: Talk, message_id: int, data: str) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": talk.id, "type": "private" if talk.id > 0 else "supergroup", "first_name": "Ana", "title": "G"}
    message = {"chat": chat, "message_id": message_id, "date": 0}
    press = {"id": "77", "from": person, "chat_instance": "1", "data": data, "message": message}
    harness.telegram.push_update({"callback_query": press})


async def test_a_message_too_old_to_be_shown_loses_its_buttons_in_a_chat_with_one_person(
    harness: BotHarness, ana: Talk
) -> None:
    await ana.asks("/help")
    old = await sent_by_the_bot(harness, ana, CallbackAction.STOP, 1)
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    press_on_an_old_message(harness, ana, old.message_id, "s:1")
    await loses_its_buttons(harness, old)
    assert len(harness.follow_service.followed(ANA)) == 1


async def test_the_living_card_acts_however_old_it_is(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1", "DELIVERED")
    card = await harness.shown(ana, "A-1")
    press_on_an_old_message(harness, ana, card.message_id, f"g:{row_of(harness)}")
    await harness.until(lambda: harness.rows("SELECT receipt FROM subscriptions") == [("good",)])


async def test_in_a_group_a_message_too_old_to_be_shown_loses_only_buttons_of_its_own_order(
    harness: BotHarness,
) -> None:
    group = harness.group(GROUP, ANA, BEN)
    for number in ("A-1", "B-2"):
        harness.put(number)
        await harness.shown(group, f"/order {number}", user_id=ANA)
    (first, _), (second, _) = harness.follow_service.followed(GROUP)
    cards = harness.telegram.bot_messages(GROUP)
    press_on_an_old_message(harness, group, cards[0].message_id, f"r:{second.id}")
    await harness.telegram.wait_for(lambda: harness.telegram.calls_of("answerCallbackQuery"))
    await group.hears_nothing(user_id=ANA)
    assert first.notified_message_id == cards[0].message_id
    assert says_button(cards[0], "button-more")
