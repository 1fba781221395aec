"""What a shopper says and presses, and what the chat shows then."""

import json
from pathlib import Path

import pytest

from bot.people.links import sign
from bot.pickpack.errors import Unreachable
from tests.telegram.room import ANA, BEN, LINK_SECRET, Room, Talk, hold, open_room

OLD = "out of date"
APOLOGY = "something went wrong on our side"
LEFT_OF_A_CHAT = """
    SELECT chat_id FROM chats UNION ALL SELECT chat_id FROM subscriptions
    UNION ALL SELECT chat_id FROM awaited UNION ALL SELECT chat_id FROM outbox
"""


def payload_of(order_id: str, secret: str = LINK_SECRET) -> str:
    payload = sign(order_id, [secret])
    assert isinstance(payload, str)
    return payload


# ── beginning ────────────────────────────────────────────────────────────────


async def test_a_start_with_nothing_says_what_to_send(ana: Talk) -> None:
    assert "Send an order number" in (await ana.asks("/start")).text


async def test_a_signed_payload_follows_and_is_kept_as_proven(room: Room, ana: Talk) -> None:
    room.put("A-1")
    assert "is being packed" in (await ana.asks(f"/start {payload_of('A-1')}")).text
    assert room.rows("SELECT verified FROM subscriptions") == [(1,)]


async def test_where_a_link_is_needed_forged_payloads_and_bare_ids_follow_nothing(tmp_path: Path) -> None:
    async with open_room(tmp_path, by_link_only=True) as room:
        room.put("A-1")
        ana = room.talk(ANA)
        assert "not valid" in (await ana.asks(f"/start {payload_of('A-1', 'a-guess-of-somebody')}")).text
        assert "not valid" in (await ana.asks("/start A-1")).text
        assert "A number alone is not enough" in (await ana.asks("A-1")).text
        assert room.asking.asked == []
        assert "is being packed" in (await ana.asks(f"/start {payload_of('A-1')}")).text


async def test_a_bare_id_is_a_payload_too_but_proves_nothing(room: Room, ana: Talk) -> None:
    room.put("A-1")
    assert "is being packed" in (await ana.asks("/start A-1")).text
    assert room.rows("SELECT verified FROM subscriptions") == [(0,)]


@pytest.mark.parametrize("order_id", ["A-1", "1509750516095-01"])
async def test_a_forged_link_is_not_taken_for_a_number(room: Room, ana: Talk, order_id: str) -> None:
    assert "not valid" in (await ana.asks(f"/start {payload_of(order_id, 'a-guess-of-somebody')}")).text
    assert room.asking.asked == []
    assert room.following.awaited(ANA) == []


async def test_a_payload_that_is_no_number_is_not_valid(ana: Talk) -> None:
    assert "not valid" in (await ana.asks("/start hello")).text


# ── an order number, wherever it stands ──────────────────────────────────────


@pytest.mark.parametrize(
    "said", ["A-1", "where is A-1, please?", "#A-1", "https://shop.example.com/orders/A-1?x=y", "/order A-1"]
)
async def test_a_number_is_found_wherever_it_stands(room: Room, ana: Talk, said: str) -> None:
    room.put("A-1")
    assert "Order A-1 is being packed" in (await ana.asks(said)).text


async def test_two_numbers_in_one_message_are_both_followed(room: Room, ana: Talk) -> None:
    room.put("1509750516095-01"), room.put("1509750516096-01")
    ana.says("1509750516095-01 and 1509750516096-01")
    await ana.hears("Order 1509750516095-01 is being packed")
    await ana.hears("Order 1509750516096-01 is being packed")


async def test_a_number_in_groups_of_digits_is_found_behind_a_command_too(room: Room, ana: Talk) -> None:
    room.put("1509750516095-01")
    assert "Order 1509750516095-01 is being packed" in (await ana.asks("/order 1 509 750 516 095 - 01")).text


async def test_a_number_in_a_caption_is_found(room: Room, ana: Talk) -> None:
    room.put("A-1")
    room.telegram.user_sends(ana.id, "photo", caption="this one: A-1")
    assert "Order A-1 is being packed" in (await ana.hears()).text


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "location", "contact", "dice"])
async def test_what_holds_no_text_is_answered(room: Room, ana: Talk, kind: str) -> None:
    room.telegram.user_sends(ana.id, kind)
    assert "We only read text" in (await ana.hears()).text


@pytest.mark.parametrize(
    "service",
    [
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
        {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🎄"}}},
        {"connected_website": "shop.example.com"},
        {"something_of_tomorrow": {"a": 1}},
    ],
)
async def test_what_telegram_itself_says_in_a_chat_is_not_answered(
    room: Room, ana: Talk, service: dict[str, object]
) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    room.telegram.push_update(
        {"message": {"message_id": 900, "date": 1_790_000_000, "chat": chat, "from": person} | service}
    )
    await ana.hears_nothing()


async def test_words_without_a_number_are_answered(ana: Talk) -> None:
    assert "no order number in this message" in (await ana.asks("hello there")).text


async def test_a_number_that_does_not_exist_is_awaited_and_told_when_it_appears(room: Room, ana: Talk) -> None:
    assert "don’t see this number yet" in (await ana.asks("LATER-1")).text
    assert "already waiting for order LATER-1" in (await ana.asks("LATER-1")).text
    room.put("LATER-1")
    await room.asking.ask("LATER-1")
    assert "Order LATER-1 is being packed" in (await ana.hears()).text


async def test_the_name_given_to_an_awaited_number_is_that_of_its_order(room: Room, ana: Talk) -> None:
    await ana.asks("/order LATER-1 Mom's gift")
    room.put("LATER-1")
    await room.asking.ask("LATER-1")
    assert "Order “Mom's gift” is being packed" in (await ana.hears()).text


async def test_a_silent_api_is_told_and_the_number_awaited(room: Room, ana: Talk) -> None:
    room.asking.failing = Unreachable("no answer")
    assert "can’t ask about order A-1" in (await ana.asks("A-1")).text
    assert [one.number for one in room.following.awaited(ANA)] == ["A-1"]


async def test_an_unknown_command_is_not_repeated(ana: Talk) -> None:
    assert (await ana.asks("/frobnicate me")).text == "We don’t know this command. /help shows what you can do here."


# ── what is followed ─────────────────────────────────────────────────────────


async def test_orders_are_listed_by_name_and_number_and_state(room: Room, ana: Talk) -> None:
    room.put("A-1")
    assert "You aren’t following any orders" in (await ana.asks("/orders")).text
    assert "Mom's <gift>" in (await ana.asks("/order A-1 Mom's <gift>")).text
    await ana.asks("LATER-1")
    listed = await ana.asks("/orders")
    assert "“Mom's <gift>” A-1 – " in listed.text
    assert "LATER-1 – not seen yet" in listed.text
    await ana.presses("gift")
    assert "is being packed" in (await ana.hears()).text


async def test_an_order_without_its_number_says_how_to_write_it(ana: Talk) -> None:
    assert "/order 1509750516095-01" in (await ana.asks("/order")).text


async def test_the_only_order_is_stopped_at_once(room: Room, ana: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    assert "no longer follow order A-1" in (await ana.asks("/stop")).text
    assert "nothing to stop" in (await ana.asks("/stop")).text


async def test_of_several_one_is_chosen_or_named_or_all_are_stopped(room: Room, ana: Talk) -> None:
    for number in ("A-1", "B-2", "C-3", "D-4"):
        room.put(number)
        await ana.asks(number)
    assert "Which order" in (await ana.asks("/stop")).text
    assert "no longer" in await ana.presses("B-2")
    assert "no longer follow order B-2" in (await ana.hears()).text
    assert "no longer follow order C-3" in (await ana.asks("/stop C-3")).text
    await ana.presses("Stop following all")
    assert "no longer follow 2 orders" in (await ana.hears()).text
    assert room.following.followed(ANA) == []


async def test_an_awaited_number_is_stopped_alone_or_by_its_button(room: Room, ana: Talk) -> None:
    await ana.asks("LATER-1")
    assert "no longer waiting for order LATER-1" in (await ana.asks("/stop")).text
    room.put("A-1")
    for number in ("A-1", "LATER-2"):
        await ana.asks(number)
    await ana.asks("/stop")
    await ana.presses("LATER-2")
    assert "no longer waiting for order LATER-2" in (await ana.hears()).text
    assert len(room.following.followed(ANA)) == 1


# ── settings and personal data ───────────────────────────────────────────────


async def test_a_chosen_language_is_that_of_the_next_answer(room: Room, ana: Talk) -> None:
    assert "Which language" in (await ana.asks("/language")).text
    await ana.presses("Español")
    await ana.hears()
    assert "seguimiento" in (await ana.asks("/stop")).text
    assert room.rows("SELECT language FROM chats") == [("es",)]


async def test_a_chosen_level_is_shown_and_in_force(room: Room, ana: Talk) -> None:
    settings = await ana.asks("/settings")
    assert "Now: Every step" in settings.text
    await ana.presses("Key news only")
    await room.telegram.wait_for(lambda: "Now: Key news only" in settings.text)
    room.put("A-1", "PICKING")
    await ana.asks("A-1")
    await room.moves("A-1", "PACKING")
    await ana.hears_nothing()
    await room.moves("A-1", "CANCELED")
    assert "was canceled" in (await ana.hears()).text


async def test_privacy_names_the_days(ana: Talk) -> None:
    assert "after 30 days" in (await ana.asks("/privacy")).text


async def test_forgetting_asks_first_and_leaves_nothing(room: Room, ana: Talk) -> None:
    room.put("A-1")
    for said in ("A-1", "LATER-1"):
        await ana.asks(said)
    asked = await ana.asks("/forget")
    assert "deletes all" in asked.text
    assert room.rows(LEFT_OF_A_CHAT) != []
    await ana.presses("Delete everything")
    assert "is deleted" in asked.text
    assert asked.labels() == []
    assert room.rows(LEFT_OF_A_CHAT) == []


async def test_an_old_card_does_not_bring_a_forgotten_chat_back(room: Room, ana: Talk) -> None:
    room.put("A-1")
    card = await ana.asks("A-1")
    menu = await ana.asks("/language")
    await ana.asks("/forget")
    await ana.presses("Delete everything")
    await room.telegram.wait_for(lambda: room.rows(LEFT_OF_A_CHAT) == [])
    for message, data in ((card, card.button("Refresh")["callback_data"]), (menu, "l:es")):
        assert OLD in await ana.presses_data(message, data)
    assert room.rows(LEFT_OF_A_CHAT) == []


async def test_forgetting_can_be_called_off(room: Room, ana: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    asked = await ana.asks("/forget")
    await ana.presses("Keep everything")
    assert asked.text == "Nothing was deleted."
    assert len(room.following.followed(ANA)) == 1


async def test_an_export_holds_what_is_stored_and_of_nobody_else(room: Room, ana: Talk) -> None:
    room.put("A-1")
    room.put("B-2")
    await room.talk(BEN).asks("B-2")
    await ana.asks("/order A-1 gift")
    document = await ana.asks("/export")
    assert document.file is not None
    held = json.dumps(json.loads(document.file))
    assert "A-1" in held
    assert "gift" in held
    assert "B-2" not in held


# ── buttons ──────────────────────────────────────────────────────────────────


async def test_a_refresh_shows_the_order_as_it_is_now(room: Room, ana: Talk) -> None:
    room.put("A-1")
    card = await ana.asks("A-1")
    room.clock.advance(40)
    room.put("A-1", "DELIVERED")
    assert await ana.presses("Refresh") == "Up to date"
    assert "reported as delivered" in card.text


async def test_a_second_refresh_within_the_half_minute_asks_nobody(room: Room, ana: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    room.clock.advance(40)
    assert await ana.presses("Refresh") == "Up to date"
    asked = len(room.asking.asked)
    assert await ana.presses("Refresh") == "Just checked. Try again in a minute"
    assert len(room.asking.asked) == asked


async def test_a_refresh_while_the_api_is_silent_says_so(room: Room, ana: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    room.clock.advance(40)
    room.asking.failing = Unreachable("no answer")
    assert "can’t ask right now" in await ana.presses("Refresh")


async def test_a_card_is_stopped_by_its_button_and_its_buttons_are_old_then(room: Room, ana: Talk) -> None:
    room.put("A-1")
    card = await ana.asks("A-1")
    stop = card.button("Stop")["callback_data"]
    refresh = card.button("Refresh")["callback_data"]
    assert "no longer follow" in await ana.presses_data(card, stop)
    for data in (stop, refresh):
        assert OLD in await ana.presses_data(card, data)


@pytest.mark.parametrize(
    "data", ["r:{}", "s:{}", "x:{}", "c:{}", "r:9999", "x:abc", "s:-1", "s:²", "w:00", "l:xx", "v:loud", "n", "", "z:1"]
)
async def test_a_foreign_or_forged_button_is_answered_and_does_nothing(room: Room, ana: Talk, data: str) -> None:
    room.put("A-1")
    await room.talk(BEN).asks("A-1")
    others = room.following.followed(BEN)[0][0].id
    message = await ana.asks("/help")
    assert OLD in await ana.presses_data(message, data.format(others))
    assert len(room.following.followed(BEN)) == 1
    await ana.hears_nothing()


async def test_a_press_on_a_message_that_telegram_no_longer_knows_is_answered(room: Room, ana: Talk) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "es"}
    room.telegram.push_update(
        {"callback_query": {"id": "77", "from": person, "chat_instance": "1", "data": "r:1", "inline_message_id": "x"}}
    )
    await room.telegram.wait_for(lambda: room.telegram.calls_of("answerCallbackQuery"))
    assert room.telegram.calls_of("answerCallbackQuery")[0].given["text"].startswith("Este botón ya no")


# ── what must not happen twice, or not at all ────────────────────────────────


async def test_an_edited_message_does_not_run_again(room: Room, ana: Talk) -> None:
    room.put("A-1")
    said = ana.says("A-1")
    await ana.hears()
    room.telegram.edit_user_message(ana.id, said.message_id, "/orders")
    await ana.hears_nothing()


async def test_an_update_that_comes_twice_is_handled_once(room: Room, ana: Talk) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    message = {"message_id": 900, "date": 1_790_000_000, "chat": chat, "from": person, "text": "/start"}
    number = room.telegram.push_update({"message": message})
    await ana.hears("Send an order number")
    room.telegram.push_update({"update_id": number, "message": message})
    await ana.hears_nothing()


async def test_a_handler_that_fails_apologises_and_the_next_message_is_handled(room: Room, ana: Talk) -> None:
    room.put("A-1")
    room.asking.failing = RuntimeError("a mistake of ours")
    assert APOLOGY in (await ana.asks("A-1")).text
    assert len(room.errors) == 1
    room.asking.failing = None
    assert "is being packed" in (await ana.asks("A-1")).text


async def test_a_store_that_cannot_write_is_apologised_for_and_recovers(room: Room, ana: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    release = hold(room.database)
    assert APOLOGY in (await ana.asks("/stop")).text
    await ana.asks("/language")
    assert APOLOGY in await ana.presses("Español")
    release()
    assert "no longer follow order A-1" in (await ana.asks("/stop")).text
