"""The simulator is as strict as Telegram: what it refuses, what it shows, what it delivers, what can go wrong."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)
from aiohttp import ClientSession, web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.html import HtmlParseError, parse_html, utf16_length
from bot.simulators.telegram.simulator import TelegramEvent, TelegramSimulator
from bot.simulators.telegram.state import BotStatus
from tests.fakes import ManualClock

ANA, BEN = 1001, 1002
GROUP = -1002000


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def telegram(clock: ManualClock) -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(clock=clock, webhook_retry_seconds=0.01) as simulator:
        simulator.add_user(ANA)
        yield simulator


@pytest.fixture
async def bot(telegram: TelegramSimulator) -> AsyncIterator[Bot]:
    async with connected(telegram) as bot:
        yield bot


@asynccontextmanager
async def connected(telegram: TelegramSimulator, token: str | None = None) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.api_url))
    try:
        yield Bot(token or telegram.token, session=session)
    finally:
        await (await session.create_session()).close()  # the session's own close waits for TLS that isn't there


async def send(bot: Bot, text: str, chat_id: int = ANA, **more: Any) -> int:
    return (await bot.send_message(chat_id, text, parse_mode="HTML", **more)).message_id


def keyboard(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**{"text": "Press", **button})]])


# ── text ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("html", "shown", "types"),
    [
        ("<b>a</b><strong>b</strong>", "ab", ["bold", "bold"]),
        ("<i>a</i><u>b</u><s>c</s><del>d</del>", "abcd", ["italic", "underline", "strikethrough", "strikethrough"]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", ["spoiler", "spoiler"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote"]),
        ('<pre><code class="language-python">x</code></pre>', "x", ["pre"]),
        ("<code>a <b>b</b></code>", "a b", ["code"]),
        ('<tg-time unix="1647531900" format="wDT">22:45</tg-time>', "22:45", ["date_time"]),
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', "x", ["text_link"]),
        ('<a href="nonsense">x</a>', "x", []),
        ("&lt;&#65;&#x42;&amp;&quot; &nbsp; R&D", '<AB&" &nbsp; R&D', []),
        ("  <b> hi </b>  ", "hi", ["bold"]),
        ("look at dhl.com/x now", "look at dhl.com/x now", ["url"]),
        ("<code>dhl.com</code>", "dhl.com", ["code"]),
    ],
)
async def test_html_is_shown_as_telegram_shows_it(
    telegram: TelegramSimulator, bot: Bot, html: str, shown: str, types: list[str]
) -> None:
    await send(bot, html)
    [message] = telegram.bot_messages(ANA)
    assert (message.text, message.html) == (shown, html)
    assert [entity["type"] for entity in message.entities] == types


@pytest.mark.parametrize(
    ("html", "description"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<p>b</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="now">a</tg-time>', "Invalid Unix time"),
        ('<tg-time unix="1" format="xx">a</tg-time>', "Invalid date-time format"),
        ('<a href="x>a</a>', 'Unclosed start tag "a" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused_in_telegrams_words(bot: Bot, html: str, description: str) -> None:
    with pytest.raises(TelegramBadRequest) as error:
        await send(bot, html)
    assert error.value.message.startswith("Bad Request: can't parse entities: ")
    assert description in error.value.message


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>/&;=\"' \nabi-#x0"), st.characters())))
def test_the_parser_never_crashes(source: str) -> None:
    try:
        shown, entities = parse_html(source)
    except HtmlParseError as error:
        assert str(error)
        return
    assert all(e["offset"] >= 0 and 0 < e["length"] <= utf16_length(shown) - e["offset"] for e in entities)


@settings(deadline=None)
@given(st.text(), st.sampled_from(["b", "i", "code", "blockquote", "tg-spoiler"]))
def test_escaped_text_is_shown_unchanged(text: str, tag: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<{tag}>{escaped}</{tag}>")[0] == text


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "message text is empty"),
        ("  ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x</b>-" * 101, "ENTITIES_TOO_LONG"),
    ],
)
async def test_texts_out_of_bounds_are_refused(bot: Bot, text: str, description: str) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await send(bot, text)


async def test_length_counts_after_entities_are_parsed(telegram: TelegramSimulator, bot: Bot) -> None:
    await send(bot, f"<b>{'&lt;' * 2048}{'😀' * 1024}</b>")
    assert len(telegram.bot_messages(ANA)) == 1


# ── keyboards ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"url": "http://localhost:8080/x"}, "is invalid: Wrong HTTP URL"),
        ({"url": "ftp://example.com"}, "is invalid: Unsupported URL protocol"),
        ({"url": "example.com"}, "is invalid: Wrong HTTP URL"),
        ({"url": "https://"}, "is invalid: URL host is empty"),
        ({"url": "https://exa mple.com/"}, "is invalid: Wrong HTTP URL"),
        ({"url": "http://192.168.0.1/"}, "BUTTON_URL_INVALID"),
        ({"url": "http://store.1/"}, "BUTTON_URL_INVALID"),
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"copy_text": CopyTextButton(text="x" * 257)}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({}, "Text buttons are unallowed in the inline keyboard"),
        ({"url": "https://example.com", "callback_data": "x"}, "Text buttons are unallowed"),
    ],
)
async def test_one_bad_button_refuses_the_message(
    telegram: TelegramSimulator, bot: Bot, button: dict[str, Any], description: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await send(bot, "Hi", reply_markup=keyboard(**button))
    assert telegram.bot_messages(ANA) == []


@pytest.mark.parametrize(
    "button",
    [
        {"url": "https://example.com/a?b=c#d"},
        {"url": "http://münchen.de/"},
        {"url": "tg://user?id=1"},
        {"callback_data": "é" * 32},
        {"copy_text": CopyTextButton(text="x" * 256)},
    ],
)
async def test_good_buttons_are_taken(bot: Bot, button: dict[str, Any]) -> None:
    assert await send(bot, "Hi", reply_markup=keyboard(**button))


# ── edits, replies, threads ──────────────────────────────────────────────────


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    number = await send(bot, "<b>Hi</b>", reply_markup=keyboard(callback_data="x"))
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<strong>Hi</strong>", None, ANA, number, parse_mode="HTML", reply_markup=keyboard(callback_data="x")
        )


async def test_an_edit_without_a_keyboard_removes_it(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    await bot.edit_message_text("Hi", chat_id=ANA, message_id=number)
    [message] = telegram.bot_messages(ANA)
    assert message.buttons == []
    assert [edit.text for edit in message.edits] == ["Hi"]
    await bot.edit_message_reply_markup(chat_id=ANA, message_id=number, reply_markup=keyboard(callback_data="y"))
    assert message.button("Press")["callback_data"] == "y"


async def test_missing_targets_are_refused(telegram: TelegramSimulator, bot: Bot) -> None:
    number = await send(bot, "Hi")
    telegram.user_deletes(ANA, number)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("Ho", chat_id=ANA, message_id=number)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await send(bot, "Hi", reply_parameters=ReplyParameters(message_id=number))
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await send(bot, "Hi", message_thread_id=3)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(ANA, number)
    assert await send(bot, "Hi", reply_parameters=ReplyParameters(message_id=9, allow_sending_without_reply=True))


async def test_a_persons_message_cannot_be_edited(telegram: TelegramSimulator, bot: Bot) -> None:
    said = telegram.user_says(ANA, "1234")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Ho", chat_id=ANA, message_id=said.message_id)


async def test_a_document_arrives_with_its_bytes(telegram: TelegramSimulator, bot: Bot) -> None:
    shown = await bot.send_document(ANA, BufferedInputFile(b"{}", "export.json"), caption="Yours")
    [message] = telegram.bot_messages(ANA)
    assert (message.file, message.kind, message.text) == (b"{}", "document", "Yours")
    assert shown.document is not None
    assert shown.document.file_name == "export.json"
    assert (await bot.send_photo(ANA, BufferedInputFile(b"PNG", "qr.png"))).photo


# ── who may write ────────────────────────────────────────────────────────────


async def test_a_chat_that_never_was_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await send(bot, "Hi", chat_id=7)


async def test_a_block_is_told_and_refuses_until_the_unblock(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.user_blocks(ANA)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await send(bot, "Hi")
    telegram.user_unblocks(ANA)
    await send(bot, "Hi")
    members = [update.my_chat_member for update in await bot.get_updates()]
    assert [member.new_chat_member.status for member in members if member] == ["kicked", "member"]


async def test_a_group_may_remove_restrict_and_outgrow_the_bot(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(-5, kind="group")
    telegram.change_bot_status(-5, BotStatus.RESTRICTED)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await send(bot, "Hi", chat_id=-5)
    telegram.user_blocks(-5)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the group chat"):
        await send(bot, "Hi", chat_id=-5)
    telegram.user_unblocks(-5)
    telegram.upgrade_group(-5, -1005)
    await send(bot, "Hi", chat_id=-1005)
    updates = await bot.get_updates()
    assert [u.message.migrate_to_chat_id for u in updates if u.message and u.message.migrate_to_chat_id] == [-1005]


# ── updates ──────────────────────────────────────────────────────────────────


async def test_updates_come_until_they_are_confirmed(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.user_says(ANA, "/start 1234", language_code="pt-BR")
    [update] = await bot.get_updates()
    assert update == (await bot.get_updates())[0]
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "pt-BR"
    assert await bot.get_updates(offset=update.update_id + 1) == []


async def test_a_long_poll_ends_with_the_first_update(telegram: TelegramSimulator, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.wait_for(lambda: telegram.calls_of("getUpdates"))
    telegram.user_sends(ANA, "photo", caption="1234")
    [update] = await poll
    assert update.message is not None
    assert (update.message.caption, bool(update.message.photo)) == ("1234", True)


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact", "photo", "document", "location"])
async def test_whatever_people_send_can_be_decoded(telegram: TelegramSimulator, bot: Bot, kind: str) -> None:
    telegram.user_sends(ANA, kind)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.content_type == kind


async def test_a_second_poller_ends_the_first_with_409(telegram: TelegramSimulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.wait_for(lambda: telegram.calls_of("getUpdates"))
    assert await bot.get_updates() == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://shop.example.com/webhooks/telegram")
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active; use deleteW"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_only_wanted_kinds_of_update_are_kept(telegram: TelegramSimulator, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    telegram.user_blocks(ANA)
    telegram.user_unblocks(ANA)
    telegram.user_says(ANA, "hi")
    assert [update.event_type for update in await bot.get_updates()] == ["message"]


async def test_the_same_update_can_come_twice_and_old_ones_are_lost(
    telegram: TelegramSimulator, bot: Bot, clock: ManualClock
) -> None:
    telegram.user_says(ANA, "hi")
    [first] = await bot.get_updates()
    await bot.get_updates(offset=first.update_id + 1)
    telegram.push_update(first.model_dump(mode="json", exclude_none=True, by_alias=True))
    [again] = await bot.get_updates(offset=first.update_id + 1)
    assert again.update_id == first.update_id
    clock.advance(25 * 3600)
    assert await bot.get_updates() == []


async def test_in_groups_the_bot_sees_only_what_is_meant_for_it(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP, forum=True)
    telegram.set_topic(GROUP, 7)
    own = await send(bot, "Hi", chat_id=GROUP, message_thread_id=7)
    telegram.user_says(GROUP, "1234", user_id=ANA)
    telegram.user_says(GROUP, "/order@another_bot 1", user_id=ANA)
    telegram.user_says(GROUP, "/order 1", user_id=ANA, thread_id=7)
    telegram.user_says(GROUP, "/stop", user_id=BEN, anonymous=True)
    telegram.user_says(GROUP, "thanks", user_id=BEN, reply_to=own, thread_id=7)
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [message.text for message in messages] == ["/order 1", "/stop", "thanks"]
    assert (messages[0].message_thread_id, messages[0].is_topic_message) == (7, True)
    assert messages[1].sender_chat is not None
    assert messages[1].sender_chat.id == GROUP


async def test_an_edited_message_of_a_person_is_told(telegram: TelegramSimulator, bot: Bot) -> None:
    said = telegram.user_says(ANA, "1243")
    telegram.edit_user_message(ANA, said.message_id, "1234")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert edited.text == "1234"


async def test_a_press_is_answered_once_it_is_known_and_not_too_late(
    telegram: TelegramSimulator, bot: Bot, clock: ManualClock
) -> None:
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    press = telegram.user_presses(ANA, number, "x")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(update.callback_query.id, "x" * 201)
    await bot.answer_callback_query(update.callback_query.id, "Done", show_alert=True)
    assert await telegram.wait_for_answer(press) == {"text": "Done", "show_alert": True, "url": ""}
    clock.advance(120)
    for number_of_press in (press.id, "unknown"):
        with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID"):
            await bot.answer_callback_query(number_of_press)


async def test_a_button_that_is_not_there_can_only_be_pressed_by_a_forger(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    number = await send(bot, "Hi")
    with pytest.raises(LookupError):
        telegram.user_presses(ANA, number, "stop:9")
    telegram.user_presses(ANA, number, "stop:9", forged=True)
    assert (await bot.get_updates())[0].callback_query is not None


async def test_a_webhook_gets_updates_until_it_takes_them(bot: Bot, telegram: TelegramSimulator) -> None:
    seen: list[tuple[str, str | None, str]] = []

    async def take(request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        seen.append((request.path, request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body["message"]["text"]))
        return web.Response(status=503 if len(seen) < 3 else 200)

    app = web.Application()
    app.router.add_post("/webhooks/telegram", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.updates.deliver_to = f"http://127.0.0.1:{runner.addresses[0][1]}"
    telegram.user_says(ANA, "before")
    await bot.set_webhook("https://shop.example.com/webhooks/telegram", secret_token="s3cret_-")
    await telegram.wait_for(lambda: not telegram.updates.pending)
    telegram.user_says(ANA, "after")
    await telegram.wait_for(lambda: not telegram.updates.pending)
    await runner.cleanup()

    assert seen == [("/webhooks/telegram", "s3cret_-", text) for text in ("before", "before", "before", "after")]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.pending_update_count == 0


@pytest.mark.parametrize(
    ("url", "secret", "description"),
    [
        ("http://shop.example.com/x", None, "An HTTPS URL must be provided"),
        ("https://shop.example.com:8080/x", None, "only on ports 80, 88, 443 or 8443"),
        ("https://shop.example.com/x", "with blank", "unallowed characters"),
        ("https://shop.example.com/x", "x" * 257, "secret token is too long"),
    ],
)
async def test_a_bad_webhook_is_refused(bot: Bot, url: str, secret: str | None, description: str) -> None:
    with pytest.raises(TelegramBadRequest, match=description):
        await bot.set_webhook(url, secret_token=secret)


async def test_deleting_a_webhook_keeps_what_waits_unless_asked(bot: Bot, telegram: TelegramSimulator) -> None:
    telegram.user_says(ANA, "hi")
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []


# ── the bot about itself and about chats ─────────────────────────────────────


async def test_a_wrong_token_is_unauthorized(telegram: TelegramSimulator) -> None:
    async with connected(telegram, "42:another") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_commands_are_kept_by_scope_and_language(telegram: TelegramSimulator, bot: Bot) -> None:
    everyone, staff = (
        [BotCommand(command="orders", description="Mine")],
        [BotCommand(command="check", description="It")],
    )
    await bot.set_my_commands(everyone, BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(
        [BotCommand(command="orders", description="Os meus")], BotCommandScopeAllPrivateChats(), language_code="pt"
    )
    await bot.set_my_commands(staff, BotCommandScopeChat(chat_id=ANA))
    assert [c.description for c in await bot.get_my_commands(BotCommandScopeAllPrivateChats())] == ["Mine"]
    assert [c.description for c in await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "pt")] == ["Os meus"]
    telegram.add_user(BEN, language_code="pt-BR")
    assert telegram.shown_commands(ANA)[0]["command"] == "check"
    assert telegram.shown_commands(BEN)[0]["description"] == "Os meus"
    await bot.delete_my_commands(BotCommandScopeChat(chat_id=ANA))
    assert telegram.shown_commands(ANA)[0]["description"] == "Mine"


@pytest.mark.parametrize(
    "command", [("UPPER", "x"), ("with-dash", "x"), ("x" * 33, "x"), ("ok", " "), ("ok", "x" * 257)]
)
async def test_bad_commands_are_refused(bot: Bot, command: tuple[str, str]) -> None:
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND"):
        await bot.set_my_commands([BotCommand(command=command[0], description=command[1])])
    with pytest.raises(TelegramBadRequest, match="invalid language code"):
        await bot.set_my_commands([BotCommand(command="ok", description="x")], language_code="pt-BR")


async def test_descriptions_have_a_language_and_a_limit(bot: Bot) -> None:
    await bot.set_my_description("Tracks orders")
    await bot.set_my_short_description("Acompanha", language_code="pt")
    await bot.set_my_name("OnRoute")
    assert (await bot.get_my_description(language_code="pt")).description == "Tracks orders"
    assert (await bot.get_my_short_description(language_code="pt")).short_description == "Acompanha"
    assert (await bot.get_my_name()).name == "OnRoute"
    with pytest.raises(TelegramBadRequest):
        await bot.set_my_short_description("x" * 121)


async def test_chats_and_their_members_can_be_asked_for(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.add_group(GROUP, "Staff")
    telegram.add_member(GROUP, ANA, "administrator")
    telegram.add_member(GROUP, BEN, "creator")
    assert (await bot.get_chat(GROUP)).title == "Staff"
    assert (await bot.get_chat(ANA)).type == "private"
    assert (await bot.get_chat_member(GROUP, ANA)).status == "administrator"
    assert {member.status for member in await bot.get_chat_administrators(GROUP)} == {"administrator", "creator"}
    assert (await bot.get_me()).username == "onroute_bot"
    await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="not a member"):
        await send(bot, "Hi", chat_id=GROUP)


async def test_unknown_methods_and_json_bodies(telegram: TelegramSimulator) -> None:
    base = f"{telegram.api_url}/bot{telegram.token}"
    async with ClientSession() as client:
        async with client.post(f"{base}/sendFlowers") as answer:
            assert (answer.status, (await answer.json())["description"]) == (404, "Not Found: method not found")
        async with client.post(f"{base}/SENDMESSAGE", json={"chat_id": ANA, "text": "Hi"}) as answer:
            assert (await answer.json())["result"]["text"] == "Hi"
        async with client.get(f"{base}/sendMessage?chat_id={ANA}&text=Ho") as answer:
            assert answer.status == 200
        async with client.post(f"{base}/sendMessage", json=[1]) as answer:
            assert answer.status == 400


# ── limits and faults ────────────────────────────────────────────────────────


async def test_too_many_messages_are_refused_and_early_calls_counted(clock: ManualClock) -> None:
    async with TelegramSimulator(clock=clock, enforce_limits=True) as telegram, connected(telegram) as bot:
        telegram.add_user(ANA)
        telegram.add_group(GROUP)
        for _ in range(4):
            await send(bot, "Hi")
        for _ in range(2):
            with pytest.raises(TelegramRetryAfter) as refusal:
                await send(bot, "Hi")
            assert refusal.value.retry_after == 1
        assert telegram.early_calls == 1
        clock.advance(1)
        await send(bot, "Hi")
        assert telegram.early_calls == 1

        number = 0
        for _ in range(20):
            clock.advance(0.1)
            number = await send(bot, "Hi", chat_id=GROUP)
        with pytest.raises(TelegramRetryAfter) as refusal:
            await bot.edit_message_text("Ho", chat_id=GROUP, message_id=number)
        assert refusal.value.retry_after == 59


async def test_the_bot_as_a_whole_has_thirty_a_second(clock: ManualClock) -> None:
    async with TelegramSimulator(clock=clock, enforce_limits=True) as telegram, connected(telegram) as bot:
        for person in range(1, 32):
            telegram.add_user(person)
        for person in range(1, 31):
            await send(bot, "Hi", chat_id=person)
        with pytest.raises(TelegramRetryAfter):
            await send(bot, "Hi", chat_id=31)
        with pytest.raises(TelegramRetryAfter):
            await bot.get_me()


async def test_a_fault_ends_by_number_or_when_healed(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.fail(TelegramFault.SERVER_ERROR, times=1)
    lasting = telegram.fail("blocked", chat_id=ANA, methods=["sendMessage"])
    with pytest.raises(Exception, match="Internal Server Error"):
        await send(bot, "Hi")
    for _ in range(2):
        with pytest.raises(TelegramForbiddenError):
            await send(bot, "Hi")
    await bot.get_updates()
    telegram.heal(lasting)
    await send(bot, "Hi")
    assert lasting.hits == 2
    assert [call.outcome for call in telegram.calls_of("sendMessage")] == ["500 Internal Server Error"] + [
        "403 Forbidden: bot was blocked by the user"
    ] * 2 + ["ok"]


async def test_unparsable_spares_plain_texts(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.fail(TelegramFault.UNPARSABLE)
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await send(bot, "Hi")
    await bot.send_message(ANA, "Hi", parse_mode=None)


@pytest.mark.parametrize(("kind", "shown"), [(TelegramFault.RESET_BEFORE, 0), (TelegramFault.RESET_AFTER, 1)])
async def test_a_reset_comes_before_or_after_the_message_was_shown(
    telegram: TelegramSimulator, bot: Bot, kind: TelegramFault, shown: int
) -> None:
    telegram.fail(kind, times=1)
    with pytest.raises(TelegramNetworkError):
        await send(bot, "Hi")
    assert len(telegram.bot_messages(ANA)) == shown


async def test_down_is_refused_and_back_is_the_same_place(telegram: TelegramSimulator, bot: Bot) -> None:
    await send(bot, "before")
    address = telegram.api_url
    await telegram.go_down()
    with pytest.raises(TelegramNetworkError, match="ClientConnectorError"):
        await send(bot, "while down")
    await telegram.come_back()
    await send(bot, "after")
    assert telegram.api_url == address
    assert [message.text for message in telegram.bot_messages(ANA)] == ["before", "after"]


async def test_a_forced_conflict_hits_only_polling(telegram: TelegramSimulator, bot: Bot) -> None:
    telegram.fail(TelegramFault.CONFLICT)
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    await send(bot, "Hi")


# ── looking ──────────────────────────────────────────────────────────────────


async def test_what_happens_is_told_to_subscribers(telegram: TelegramSimulator, bot: Bot) -> None:
    events: list[TelegramEvent] = []
    unsubscribe = telegram.subscribe(events.append)
    telegram.user_says(ANA, "1234")
    number = await send(bot, "Hi", reply_markup=keyboard(callback_data="x"))
    press = telegram.user_presses(ANA, number, "x")
    await bot.answer_callback_query(press.id)
    await bot.edit_message_text("Ho", chat_id=ANA, message_id=number)
    await bot.delete_message(ANA, number)
    telegram.user_blocks(ANA)
    unsubscribe()
    telegram.user_unblocks(ANA)
    visible = [event.kind for event in events if not event.kind.startswith("call")]
    assert visible == ["said", "shown", "pressed", "answered", "edited", "deleted", "member"]
    assert json.dumps([event.data for event in events])


async def test_waiting_for_a_message_finds_it_or_says_what_was_shown(telegram: TelegramSimulator, bot: Bot) -> None:
    waiting = asyncio.create_task(telegram.wait_for_message(ANA, "route"))
    await send(bot, "picked")
    await send(bot, "on route")
    assert (await waiting).message_id == 2
    with pytest.raises(TimeoutError, match="picked"):
        await telegram.wait_for_message(ANA, lambda message: message.silent, timeout=0.01)
    with pytest.raises(TimeoutError):
        await telegram.wait_for_message(ANA, after=2, timeout=0.01)
