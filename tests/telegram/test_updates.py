"""How Telegram's updates come in, what they tell of a chat, and what is set at the start."""

import asyncio
import json
from pathlib import Path
from typing import Self

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.simulators.telegram.simulator import TelegramSimulator
from bot.words.fluent.catalog import Catalog
from bot.words.html.utf16 import utf16_prefix
from tests.fakes import note_comparisons
from tests.key_catalog import key_folder
from tests.message_keys import says
from tests.telegram.bot_harness import ADMIN, ANA, STAFF, STAFF_GROUP, BotHarness, Talk, running_bot

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
NOWHERE = "http://127.0.0.1:9"


def update(number: int, text: str = "/help") -> bytes:
    person = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": person, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


# ── by webhook ───────────────────────────────────────────────────────────────


async def test_a_posted_update_is_handled_once_however_often_it_comes(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        ana, headers = harness.talk(ANA), {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        for _ in range(2):
            assert await harness.bot.handle_webhook(headers, update(1)) == 200
        assert says(await ana.hears(), "help")
        assert await harness.bot.handle_webhook(headers, update(2, "/privacy")) == 200
        assert says(await ana.hears(), "privacy")


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "a guess"}, {SECRET_HEADER: "ñ"}])
async def test_without_the_secret_nothing_is_taken(tmp_path: Path, headers: dict[str, str]) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        harness.talk(ANA)
        assert await harness.bot.handle_webhook(headers, update(1)) == 401
        assert harness.rows("SELECT * FROM chats") == []


async def test_the_secret_is_compared_whole_whatever_is_brought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        secret = harness.telegram.updates.webhook.secret
        compared = note_comparisons(monkeypatch)
        for brought in (secret, secret[:-1], "", "\udcff"):
            await harness.bot.handle_webhook({SECRET_HEADER: brought}, update(1))
            assert compared.pop() == (brought.encode(errors="surrogateescape"), secret.encode())
            assert compared == []


async def test_the_secret_is_not_the_token(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        secret = harness.telegram.updates.webhook.secret
        assert len(secret) >= 32
        assert harness.telegram.token not in secret


@pytest.mark.parametrize("body", [b"", b"no json", b"{", b"\xff", b"[" * 100_000])
async def test_what_is_no_json_is_a_bad_request(tmp_path: Path, body: bytes) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        headers = {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        assert await harness.bot.handle_webhook(headers, body) == 400


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'{"update_id": 1, "message": {"message_id": "x"}}'])
async def test_an_update_that_cannot_be_decoded_is_skipped_for_good(tmp_path: Path, body: bytes) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        headers = {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        assert await harness.bot.handle_webhook(headers, body) == 200
        assert harness.errors == []


async def test_telegram_itself_posts_with_the_secret_that_was_set(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:

        async def take(request: web.Request) -> web.Response:
            return web.Response(status=await harness.bot.handle_webhook(request.headers, await request.read()))

        app = web.Application()
        app.router.add_post("/webhooks/telegram", take)
        async with TestServer(app) as server:
            harness.telegram.updates.deliver_to = str(server.make_url("/"))
            assert says(await harness.talk(ANA).asks("/help"), "help")


async def test_once_stopped_an_update_is_to_come_again(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        headers = {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        await harness.bot.stop_taking()
        assert await harness.bot.handle_webhook(headers, update(1)) == 503


# ── by asking ────────────────────────────────────────────────────────────────


async def test_a_webhook_that_is_still_set_is_removed_and_what_waits_is_kept(tmp_path: Path) -> None:
    async with running_bot(tmp_path, telegram=TelegramSimulator(deliver_webhooks_to=NOWHERE)) as harness:
        ana = harness.talk(ANA)
        await ana.asks("/help")
        async with aiohttp.ClientSession() as session:
            call = f"{harness.telegram.api_url}/bot{harness.telegram.token}/setWebhook"
            async with session.post(call, json={"url": "https://elsewhere.example.com/hook"}) as answer:
                assert answer.status == 200
        assert says(await ana.asks("/stop"), "stop-nothing")
        assert harness.telegram.updates.webhook.url == ""


async def test_an_update_that_cannot_be_decoded_does_not_take_the_others_with_it(
    harness: BotHarness, ana: Talk
) -> None:
    harness.telegram.push_update({"message": {"message_id": "x", "chat": 7}})
    assert says(await ana.asks("/help"), "help")
    assert harness.errors == []


async def test_what_waited_while_nobody_asked_is_handled_at_the_start(tmp_path: Path) -> None:
    telegram = TelegramSimulator()
    ana = Talk(telegram, telegram.add_user(ANA))
    ana.says("/help")
    async with running_bot(tmp_path, telegram=telegram):
        assert says(await ana.hears(), "help")


# ── what happens to a chat ───────────────────────────────────────────────────


async def test_a_chat_that_blocks_is_paused_and_gets_its_cards_when_it_is_back(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1", "PICKING")
    await ana.asks("A-1")
    harness.telegram.user_blocks(ANA)
    await _paused(harness)
    await harness.moves("A-1", "PACKING")
    sent = len(harness.telegram.calls_of("sendMessage", chat_id=ANA))
    harness.telegram.user_unblocks(ANA)
    assert says(await ana.hears(), "state-packing")
    assert len(harness.telegram.calls_of("sendMessage", chat_id=ANA)) == sent + 1


async def test_a_block_that_nobody_told_of_is_learnt_by_one_attempt(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1", "PICKING")
    await ana.asks("A-1")
    sent = len(harness.telegram.calls_of("sendMessage", chat_id=ANA))
    blocked = harness.telegram.fail("blocked", chat_id=ANA)
    for status in ("CANCELED", "PACKING"):
        await harness.moves("A-1", status)
        await _paused(harness)
    assert len(harness.telegram.calls_of("sendMessage", chat_id=ANA)) == sent + 1
    assert harness.rows("SELECT * FROM outbox WHERE state IN ('open', 'claimed')") == []
    harness.telegram.heal(blocked)
    ana.says("/start")
    await ana.hears("headline-being-prepared", order="A-1")


async def test_a_chat_that_follows_nothing_may_come_and_go(harness: BotHarness, ana: Talk) -> None:
    harness.telegram.user_blocks(ANA)
    harness.telegram.user_unblocks(ANA)
    assert says(await ana.asks("/help"), "help")
    assert harness.errors == []


async def _paused(harness: BotHarness) -> None:
    """Each look is after an answer that a neighbour waited for, so nothing is slept through."""
    ben = harness.talk(1002)
    ben.looked = max((message.message_id for message in harness.telegram.bot_messages(ben.id)), default=0)
    for _ in range(100):
        chat = harness.follow_service.chat(ANA)
        if chat is not None and chat.paused is not None:
            return
        await ben.asks("/help")
    raise AssertionError("the chat is not paused")


# ── what is set at the start ─────────────────────────────────────────────────


async def test_menus_are_set_once_and_not_again_at_the_next_start(tmp_path: Path) -> None:
    telegram = TelegramSimulator()
    for person in (ANA, STAFF, ADMIN):
        telegram.add_user(person, language_code="es")
    telegram.add_group(STAFF_GROUP)
    ana, counted = Talk(telegram, ANA), list[int]()
    for _ in range(2):
        async with running_bot(tmp_path, telegram=telegram, menus=True):
            await ana.asks("/help")
            counted.append(len(telegram.calls_of("setMyCommands", "setMyDescription", "setMyShortDescription")))
    assert counted[0] > 0
    assert counted[1] == counted[0]
    shoppers, staffs = telegram.shown_commands(ANA), telegram.shown_commands(STAFF)
    assert {"orders", "forget"} <= {one["command"] for one in shoppers}
    assert "check" not in {one["command"] for one in shoppers}
    assert {"check", "orders"} <= {one["command"] for one in staffs}


async def test_who_is_no_longer_staff_loses_the_staff_menu(tmp_path: Path) -> None:
    telegram = TelegramSimulator()
    ana = Talk(telegram, telegram.add_user(ANA))
    for person in (STAFF, ADMIN):
        telegram.add_user(person)
    for staff in (frozenset({STAFF, ADMIN}), frozenset({ADMIN})):
        async with running_bot(tmp_path, telegram=telegram, staff=staff, menus=True):
            await ana.asks("/help")
    assert "check" in {one["command"] for one in telegram.shown_commands(ADMIN)}
    assert "check" not in {one["command"] for one in telegram.shown_commands(STAFF)}


async def test_a_menu_that_could_not_be_set_stops_nothing_and_is_set_at_the_next_start(tmp_path: Path) -> None:
    telegram = TelegramSimulator()  # staff have never written to the bot
    ana = Talk(telegram, telegram.add_user(ANA))
    async with running_bot(tmp_path, telegram=telegram, menus=True):
        await ana.asks("/help")
    telegram.add_user(STAFF)
    async with running_bot(tmp_path, telegram=telegram, menus=True):
        await ana.asks("/help")
    assert "check" in {one["command"] for one in telegram.shown_commands(STAFF)}


async def test_words_of_the_stores_own_that_are_too_long_for_a_menu_are_cut_between_characters(tmp_path: Path) -> None:
    (tmp_path / "words" / "en").mkdir(parents=True)
    long = "x" + "🧡" * 600  # each heart is two units, and so none fits the last one
    words = "".join(f"{key} = {long}\n" for key in ("bot-description", "bot-short-description", "cmd-help"))
    (tmp_path / "words" / "en" / "words.ftl").write_text(words, encoding="utf-8")
    catalog, telegram = Catalog(key_folder(), tmp_path / "words"), TelegramSimulator()
    ana = Talk(telegram, telegram.add_user(ANA))
    async with running_bot(tmp_path, telegram=telegram, menus=True, catalog=catalog):
        await ana.asks("/help")
    shown = {one["command"]: one["description"] for one in telegram.shown_commands(ANA)}
    assert shown["help"] == utf16_prefix(long, 255) != utf16_prefix(long, 257)
    [description, *_] = telegram.calls_of("setMyDescription")
    assert description.parameters["description"] == utf16_prefix(long, 511)
    [short, *_] = telegram.calls_of("setMyShortDescription")
    assert short.parameters["short_description"] == utf16_prefix(long, 119)


async def test_another_program_that_reads_the_updates_is_said_once_and_when_it_is_gone_it_goes_on(
    harness: BotHarness, ana: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    await ana.asks("/help")
    other = harness.telegram.fail("conflict")
    ana.says("/privacy")
    await harness.telegram.wait_for(lambda: other.hits >= 3, 10)
    asked = len(harness.telegram.calls_of("getUpdates"))
    await asyncio.sleep(1.0)
    assert len(harness.telegram.calls_of("getUpdates")) <= asked + 1
    harness.telegram.heal(other)
    await harness.telegram.wait_for_message(ANA, lambda message: says(message, "privacy"), 10, after=ana.looked)
    assert sum("Another program reads this bot's updates" in record.message for record in caplog.records) == 1


class StayingTelegram(TelegramSimulator):
    """It runs on while the bot is restarted, at the same address."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None: ...


async def test_what_an_older_server_refused_once_is_left_out_after_a_restart_too(tmp_path: Path) -> None:
    telegram, refused = StayingTelegram(), list[int]()
    telegram.is_older = True
    ana = Talk(telegram, telegram.add_user(ANA))
    await telegram.start()
    try:
        for number in ("A-1", "B-1", "C-1"):
            async with running_bot(tmp_path, telegram=telegram) as harness:
                harness.put(number, "PICKING")
                card = await ana.asks(number)
                assert says(card, "headline-being-prepared", order=number)
                assert {"callback_data"} == {key for row in card.buttons for button in row for key in button} - {"text"}
            refused.append(sum(call.outcome.startswith("400") for call in telegram.calls))
    finally:
        await telegram.stop()
    assert refused == [2, 2, 2]
