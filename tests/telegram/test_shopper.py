"""What a shopper says and presses, and what the chat shows then."""

import asyncio
import json
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.people import follow_service
from bot.people.limits import MAX_LOOKUPS
from bot.people.links import sign
from bot.pickpack.errors import UnreachableError
from bot.simulators.telegram.faults import ActiveTelegramFault, TelegramFault
from bot.simulators.telegram.state import ShownMessage
from bot.store import chats
from bot.telegram import replying
from tests.message_keys import button_of, key_of, says
from tests.telegram.bot_harness import ANA, BEN, LINK_SECRET, BotHarness, Talk, hold, running_bot

SPANISH, AGREED = "l:es", "f:yes"
COURIER_PAGE = "https://courier.example.com/track/77"
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
    assert says(await ana.asks("/start"), "start")


async def test_a_signed_payload_follows_and_is_kept_as_proven(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    assert says(await ana.asks(f"/start {payload_of('A-1')}"), "state-packing")
    assert harness.rows("SELECT verified FROM subscriptions") == [(1,)]


async def test_where_a_link_is_needed_forged_payloads_and_bare_ids_follow_nothing(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        harness.put("A-1")
        ana = harness.talk(ANA)
        assert says(await ana.asks(f"/start {payload_of('A-1', 'a-guess-of-somebody')}"), "link-bad")
        assert says(await ana.asks("/start A-1"), "link-bad")
        assert says(await ana.asks("A-1"), "link-required")
        assert harness.order_lookup.asked == []
        assert says(await ana.asks(f"/start {payload_of('A-1')}"), "state-packing")


async def test_a_bare_id_is_a_payload_too_but_proves_nothing(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    assert says(await ana.asks("/start A-1"), "state-packing")
    assert harness.rows("SELECT verified FROM subscriptions") == [(0,)]


async def test_a_forged_link_is_not_taken_for_a_number(harness: BotHarness, ana: Talk) -> None:
    assert says(await ana.asks(f"/start {payload_of('A-1', 'a-guess-of-somebody')}"), "link-bad")
    assert harness.order_lookup.asked == []
    assert harness.follow_service.awaited(ANA) == []


# ── an order number, wherever it stands ──────────────────────────────────────


@pytest.mark.parametrize(
    "said", ["A-1", "where is A-1, please?", "#A-1", "https://shop.example.com/orders/A-1?x=y", "/order A-1"]
)
async def test_a_number_is_found_wherever_it_stands(harness: BotHarness, ana: Talk, said: str) -> None:
    harness.put("A-1")
    assert says(await ana.asks(said), "headline-being-prepared", order="A-1")


async def test_two_numbers_in_one_message_are_both_followed(harness: BotHarness, ana: Talk) -> None:
    harness.put("1509750516095-01"), harness.put("1509750516096-01")
    ana.says("1509750516095-01 and 1509750516096-01")
    await ana.hears("headline-being-prepared", order="1509750516095-01")
    await ana.hears("headline-being-prepared", order="1509750516096-01")


async def test_a_number_in_groups_of_digits_is_found_behind_a_command_too(harness: BotHarness, ana: Talk) -> None:
    harness.put("1509750516095-01")
    assert says(await ana.asks("/order 1 509 750 516 095 - 01"), "headline-being-prepared", order="1509750516095-01")


async def test_a_number_in_a_caption_is_found(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    harness.telegram.user_sends(ana.id, "photo", caption="this one: A-1")
    assert says(await ana.hears(), "headline-being-prepared", order="A-1")


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "location", "contact", "dice"])
async def test_what_holds_no_text_is_answered(harness: BotHarness, ana: Talk, kind: str) -> None:
    harness.telegram.user_sends(ana.id, kind)
    assert says(await ana.hears(), "not-text")


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
    harness: BotHarness, ana: Talk, service: dict[str, object]
) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    harness.telegram.push_update(
        {"message": {"message_id": 900, "date": 1_790_000_000, "chat": chat, "from": person} | service}
    )
    await ana.hears_nothing()


async def test_words_without_a_number_are_answered(ana: Talk) -> None:
    assert says(await ana.asks("hello there"), "say-unsure")


async def test_a_number_that_does_not_exist_is_awaited_and_told_when_it_appears(harness: BotHarness, ana: Talk) -> None:
    assert says(await ana.asks("LATER-1"), "not-there", order="LATER-1")
    assert says(await ana.asks("LATER-1"), "awaiting-already", order="LATER-1")
    harness.put("LATER-1")
    await harness.order_lookup.look_up("LATER-1")
    assert says(await ana.hears(), "headline-being-prepared", order="LATER-1")


async def test_the_name_given_to_an_awaited_number_is_that_of_its_order(harness: BotHarness, ana: Talk) -> None:
    await ana.asks("/order LATER-1 Mom's gift")
    harness.put("LATER-1")
    await harness.order_lookup.look_up("LATER-1")
    assert says(await ana.hears(), "headline-being-prepared", order="order-label", label="Mom's gift")


async def test_a_silent_api_is_told_and_the_number_awaited(harness: BotHarness, ana: Talk) -> None:
    harness.order_lookup.failing = UnreachableError("no answer")
    assert says(await ana.asks("A-1"), "api-trouble", order="A-1")
    assert [one.number for one in harness.follow_service.awaited(ANA)] == ["A-1"]


async def test_a_number_whose_turn_has_not_come_is_said_so_and_answered_later(
    harness: BotHarness, ana: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_service, "ANSWER_WAIT", 0.01)
    harness.put("A-1")
    harness.order_lookup.open.clear()
    assert says(await ana.asks("A-1"), "looking-up", order="A-1")
    assert says(await ana.asks("WRONG-1"), "looking-up", order="WRONG-1")
    harness.order_lookup.open.set()
    answers = [await ana.hears(), await ana.hears()]
    assert sorted(key_of(answer) for answer in answers) == ["headline-being-prepared", "not-there"]


async def test_who_has_ten_numbers_looked_up_is_asked_to_wait_for_them(
    harness: BotHarness, ana: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_service, "ANSWER_WAIT", 0.01)
    harness.order_lookup.open.clear()
    for number in range(MAX_LOOKUPS):
        assert says(await ana.asks(f"WRONG-{number}"), "looking-up")
    assert says(await ana.asks("WRONGER-1"), "look-up-limit", count=MAX_LOOKUPS)


async def test_an_unknown_command_is_not_repeated(ana: Talk) -> None:
    assert says(await ana.asks("/frobnicate me"), "unknown-command")


# ── what is followed ─────────────────────────────────────────────────────────


async def test_orders_are_listed_by_name_and_number_and_state(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    assert says(await ana.asks("/orders"), "list-empty")
    assert says(await ana.asks("/order A-1 Mom's <gift>"), "headline-being-prepared", label="Mom's <gift>")
    await ana.asks("LATER-1")
    listed = await ana.asks("/orders")
    assert says(listed, "list-row-labelled", label="Mom's <gift>", number="A-1", state="short-being-prepared")
    assert says(listed, "list-row-awaited", number="LATER-1")
    await ana.presses("Mom's <gift>")
    assert says(await ana.hears(), "state-packing")


@pytest.mark.parametrize("label", ["\u2800", "\u200b\u2060", "\u3164 \uffa0", "\u0301\u0301", "\U000e0041"])
async def test_a_name_that_shows_nothing_is_none(harness: BotHarness, ana: Talk, label: str) -> None:
    harness.put("A-1")
    await ana.asks(f"/order A-1 {label}")
    assert says(await ana.asks("/orders"), "headline-being-prepared", order="A-1")


async def test_an_order_without_its_number_says_how_to_write_it(ana: Talk) -> None:
    assert says(await ana.asks("/order"), "order-usage")


async def test_the_only_order_is_stopped_at_once(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    assert says(await ana.asks("/stop"), "stopped", order="A-1")
    assert says(await ana.asks("/stop"), "stop-nothing")


async def test_of_several_one_is_chosen_or_named_or_all_are_stopped(harness: BotHarness, ana: Talk) -> None:
    for number in ("A-1", "B-2", "C-3", "D-4"):
        harness.put(number)
        await ana.asks(number)
    assert says(await ana.asks("/stop"), "stop-which")
    assert says(await ana.presses("B-2"), "toast-stopped")
    assert says(await ana.hears(), "stopped", order="B-2")
    assert says(await ana.asks("/stop C-3"), "stopped", order="C-3")
    await ana.presses("button-stop-all")
    assert says(await ana.hears(), "stopped-all")
    assert harness.follow_service.followed(ANA) == []


async def test_an_awaited_number_is_stopped_alone_or_by_its_button(harness: BotHarness, ana: Talk) -> None:
    await ana.asks("LATER-1")
    assert says(await ana.asks("/stop"), "stopped-awaiting", order="LATER-1")
    harness.put("A-1")
    for number in ("A-1", "LATER-2"):
        await ana.asks(number)
    await ana.asks("/stop")
    await ana.presses("LATER-2")
    assert says(await ana.hears(), "stopped-awaiting", order="LATER-2")
    assert len(harness.follow_service.followed(ANA)) == 1


# ── settings and personal data ───────────────────────────────────────────────


async def test_a_chosen_language_is_that_of_the_next_answer(harness: BotHarness, ana: Talk) -> None:
    assert says(await ana.asks("/language"), "language-choose")
    await ana.presses(SPANISH)
    await ana.hears()
    assert says(await ana.asks("/stop"), "stop-nothing", language="es")
    assert harness.rows("SELECT language FROM chats") == [("es",)]


async def test_a_chosen_level_is_shown_and_in_force(harness: BotHarness, ana: Talk) -> None:
    settings = await ana.asks("/settings")
    assert says(settings, "settings", level="level-name-main")
    await ana.presses("level-name-key")
    await harness.telegram.wait_for(lambda: says(settings, "settings", level="level-name-key"))
    harness.put("A-1", "PICKING")
    await ana.asks("A-1")
    harness.clock.advance(60)
    await harness.moves("A-1", "PACKING")
    await ana.hears_nothing()
    harness.clock.advance(60)
    await harness.moves("A-1", "CANCELED")
    assert says(await ana.hears(), "state-canceled")


@pytest.mark.parametrize("makes_backups", [False, True])
async def test_privacy_names_the_days_and_how_long_copies_are_kept(tmp_path: Path, makes_backups: bool) -> None:
    async with running_bot(tmp_path, makes_backups=makes_backups) as harness:
        answer = await harness.talk(ANA).asks("/privacy")
        assert says(answer, "privacy", days=30, copies="yes" if makes_backups else "no")


async def test_forgetting_asks_first_and_leaves_nothing(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    for said in ("A-1", "LATER-1"):
        await ana.asks(said)
    asked = await ana.asks("/forget")
    assert says(asked, "forget-confirm")
    assert harness.rows(LEFT_OF_A_CHAT) != []
    await ana.presses("button-forget")
    assert says(asked, "forget-done")
    assert asked.labels() == []
    assert harness.rows(LEFT_OF_A_CHAT) == []


async def test_an_old_card_does_not_bring_a_forgotten_chat_back(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    card = await ana.asks("A-1")
    menu = await ana.asks("/language")
    more = button_of(card, "button-more")["callback_data"]
    await ana.asks("/forget")
    await ana.presses("button-forget")
    await harness.telegram.wait_for(lambda: harness.rows(LEFT_OF_A_CHAT) == [])
    for message, data in ((card, more), (menu, "l:es")):
        assert says(await ana.presses_data(message, data), "toast-old")
    assert harness.rows(LEFT_OF_A_CHAT) == []


async def test_forgetting_can_be_called_off(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    asked = await ana.asks("/forget")
    await ana.presses("button-keep")
    assert says(asked, "forget-cancelled")
    assert len(harness.follow_service.followed(ANA)) == 1


async def test_an_export_holds_what_is_stored_and_of_nobody_else(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    harness.put("B-2")
    await harness.talk(BEN).asks("B-2")
    await ana.asks("/order A-1 gift")
    document = await ana.asks("/export")
    assert document.file is not None
    held = json.dumps(json.loads(document.file))
    assert "A-1" in held
    assert "gift" in held
    assert "B-2" not in held


# ── buttons ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data", ["r:{}", "s:{}", "x:{}", "c:{}", "r:9999", "x:abc", "s:-1", "s:²", "w:00", "l:xx", "v:loud", "n", "", "z:1"]
)
async def test_a_foreign_or_forged_button_is_answered_and_does_nothing(
    harness: BotHarness, ana: Talk, data: str
) -> None:
    harness.put("A-1")
    await harness.talk(BEN).asks("A-1")
    others = harness.follow_service.followed(BEN)[0][0].id
    message = await ana.asks("/help")
    assert says(await ana.presses_data(message, data.format(others)), "toast-old")
    assert len(harness.follow_service.followed(BEN)) == 1
    await ana.hears_nothing()


async def test_a_press_on_a_message_that_telegram_no_longer_knows_is_answered(harness: BotHarness, ana: Talk) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "es"}
    harness.telegram.push_update(
        {"callback_query": {"id": "77", "from": person, "chat_instance": "1", "data": "r:1", "inline_message_id": "x"}}
    )
    await harness.telegram.wait_for(lambda: harness.telegram.calls_of("answerCallbackQuery"))
    assert says(harness.telegram.calls_of("answerCallbackQuery")[0].parameters["text"], "toast-old", language="es")


# ── what must not happen twice, or not at all ────────────────────────────────


async def test_an_edited_message_does_not_run_again(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    said = ana.says("A-1")
    await ana.hears()
    harness.telegram.edit_user_message(ana.id, said.message_id, "/orders")
    await ana.hears_nothing()


async def test_an_update_that_comes_twice_is_handled_once(harness: BotHarness, ana: Talk) -> None:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    message = {"message_id": 900, "date": 1_790_000_000, "chat": chat, "from": person, "text": "/start"}
    number = harness.telegram.push_update({"message": message})
    await ana.hears("start")
    harness.telegram.push_update({"update_id": number, "message": message})
    await ana.hears_nothing()


async def test_a_handler_that_fails_apologises_and_the_next_message_is_handled(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    harness.order_lookup.failing = RuntimeError("a mistake of ours")
    assert says(await ana.asks("A-1"), "apology")
    assert len(harness.errors) == 1
    harness.order_lookup.failing = None
    assert says(await ana.asks("A-1"), "state-packing")


async def test_somebody_new_is_apologised_to_as_well_while_the_store_cannot_write(
    harness: BotHarness, ana: Talk
) -> None:
    release = hold(harness.database)
    assert says(await ana.asks("/start"), "apology")
    release()
    assert says(await ana.asks("/start"), "start")


async def test_what_is_forgotten_loses_its_buttons_and_a_press_that_comes_later_is_answered(
    harness: BotHarness, ana: Talk
) -> None:
    harness.put("A-1")
    card = await ana.asks("A-1")
    await ana.asks("/forget")
    more = button_of(card, "button-more")["callback_data"]
    await ana.presses("button-forget")
    assert card.buttons == []
    assert says(await ana.presses_data(card, more), "toast-old")


async def forgotten_without_time_for_buttons(harness: BotHarness, ana: Talk) -> dict[str, ShownMessage]:
    """Ana is forgotten, with time for the newest card's buttons at most; all else that she was shown with buttons."""
    for number in ("A-1", "B-2", "C-3"):
        harness.put(number)
    questions = ("A-1", "B-2", "C-3", "NONE-4", "/orders", "/stop", "/language", "/settings", "hello", "/forget")
    shown = {said: await ana.asks(said) for said in questions}
    with patch.object(replying, "BUTTONS_SECONDS", 0.0):
        await ana.asks("/forget")
        await ana.presses("button-forget")
    return {said: message for said, message in shown.items() if message.buttons and said != "C-3"}


async def test_a_press_after_being_forgotten_takes_the_buttons_away_whatever_they_are_and_keeps_nothing(
    harness: BotHarness, ana: Talk
) -> None:
    left = await forgotten_without_time_for_buttons(harness, ana)
    assert left.keys() == {"A-1", "B-2", "NONE-4", "/orders", "/stop", "/language", "/settings", "hello", "/forget"}
    for message in left.values():
        for data in [button["callback_data"] for row in message.buttons for button in row if "callback_data" in button]:
            assert says(await ana.presses_data(message, data), "toast-old") or data == AGREED
        await has_no_buttons(harness, message)
    async with asyncio.timeout(5):
        while harness.rows("SELECT * FROM inbox"):  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.01)
    assert harness.rows(LEFT_OF_A_CHAT) == []


async def has_no_buttons(harness: BotHarness, message: ShownMessage) -> None:
    await harness.telegram.wait_for(lambda: message.buttons == [])


async def test_who_is_forgotten_already_and_agrees_again_is_told_so(harness: BotHarness, ana: Talk) -> None:
    """The process was killed before it could say so."""
    left = await forgotten_without_time_for_buttons(harness, ana)
    await ana.presses_data(left["/forget"], AGREED)
    await harness.telegram.wait_for(lambda: says(left["/forget"], "forget-done"))


async def test_who_was_forgotten_and_is_back_loses_the_buttons_of_old_cards_at_a_press(
    harness: BotHarness, ana: Talk
) -> None:
    left = await forgotten_without_time_for_buttons(harness, ana)
    await ana.asks("/help")
    for card in (left["A-1"], left["B-2"]):
        assert says(await ana.presses_data(card, button_of(card, "button-more")["callback_data"]), "toast-old")
        await has_no_buttons(harness, card)


async def test_cards_of_before_and_of_stopped_orders_have_no_buttons(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1"), harness.put("B-2")
    cards = [await harness.shown(ana, "B-2")]
    await ana.asks("/stop")
    cards += [await harness.shown(ana, "A-1"), await harness.shown(ana, "A-1")]
    await harness.telegram.wait_for(lambda: [bool(card.buttons) for card in cards] == [False, False, True])
    await ana.asks("/forget")
    await ana.presses("button-forget")
    assert [card.buttons for card in cards] == [[], [], []]


async def test_buttons_that_telegram_does_not_take_away_keep_nobody_from_being_forgotten(
    harness: BotHarness, ana: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "BUTTONS_SECONDS", 0.05)
    harness.put("A-1")
    await ana.asks("A-1")
    await ana.asks("/forget")
    harness.telegram.faults.add(ActiveTelegramFault(TelegramFault.HANG, methods=frozenset({"editmessagereplymarkup"})))
    await ana.presses("button-forget")
    assert chats.load(harness.database.reader, ANA) is None


async def test_a_store_that_cannot_write_is_apologised_for_and_recovers(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    release = hold(harness.database)
    assert says(await ana.asks("/stop"), "apology")
    await ana.asks("/language")
    assert says(await ana.presses(SPANISH), "toast-apology")
    release()
    assert says(await ana.asks("/stop"), "stopped", order="A-1")
