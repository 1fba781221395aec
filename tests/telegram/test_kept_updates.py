"""What a kill leaves of a message that is handled at that moment, and what the next start does with it.

A copy of the database's files is what a kill at this moment would leave. The bot that it was taken from is held up
where it is; another one, with a Telegram of its own, starts on the copy.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.simulators.telegram.simulator import TelegramSimulator
from bot.telegram import replying, update_processor
from bot.words.callbacks import FORGET_YES, CallbackAction, CallbackData
from bot.words.texts import Text
from tests.message_keys import button_of, says
from tests.telegram.bot_harness import ADMIN, ANA, BotHarness, Talk, hold, running_bot
from tests.telegram.test_naming import asked
from tests.telegram.test_updates import SECRET_HEADER, update

CARD = "4111 1111 1111 1111"
NUMBERS = ("1509750516095-01", "1509750516096-01")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[BotHarness]:
    async with running_bot(tmp_path / "killed") as harness:
        yield harness
        harness.order_lookup.open.set()
        await harness.bot.stop()  # ends what is held up


@asynccontextmanager
async def restarted(harness: BotHarness, copy: Path) -> AsyncIterator[BotHarness]:
    """The next start, if this one were killed now: it knows the same orders, and the same people."""
    shutil.copytree(harness.database.path.parent, copy)
    telegram = TelegramSimulator(harness.telegram.token)
    for person in (ANA, ADMIN):
        telegram.add_user(person, language_code="en")
    [(last,)] = harness.rows("SELECT max(update_id) FROM updates")
    telegram.push_update({"update_id": last})  # its numbers go on from there
    async with running_bot(copy, telegram=telegram, orders=harness.order_lookup.orders) as started:
        yield started


async def hangs(harness: BotHarness, chat_id: int, begin: Callable[[], object], method: str = "sendMessage") -> None:
    """Something is begun, and the bot's answer gets no reply: it is held up there."""
    fault = harness.telegram.fail("hang", chat_id=chat_id, methods={method})
    begin()
    await harness.telegram.wait_for(lambda: fault.hits)


async def settled(harness: BotHarness) -> None:
    """The inbox is empty: a later message was answered, and its row was taken out.

    A card that was on the wire at the end of the process may be shown once more before.
    """
    talk = Talk(harness.telegram, ANA, max((one.message_id for one in harness.telegram.bot_messages(ANA)), default=0))
    talk.says("/privacy")
    await talk.hears("privacy")
    await until(lambda: harness.rows("SELECT * FROM inbox") == [])


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - neither the store nor the API tells anybody
            await asyncio.sleep(0.01)


def followed_and_awaited(harness: BotHarness) -> tuple[list[str], list[str]]:
    return follows(harness), [one.number for one in harness.follow_service.awaited(ANA)]


def follows(harness: BotHarness) -> list[str]:
    return [order.order_id for _, order in harness.follow_service.followed(ANA)]


async def test_a_number_that_was_being_looked_up_is_followed_and_answered_once(
    harness: BotHarness, ana: Talk, copy: Path
) -> None:
    harness.put("A-1")
    harness.order_lookup.open.clear()
    ana.says("A-1")
    await until(lambda: harness.rows("SELECT * FROM inbox"))
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ANA).hears(), "headline-being-prepared", order="A-1")
        await settled(again)
        assert follows(again) == ["A-1"]
        assert len(again.telegram.bot_messages(ANA)) == 2


async def test_a_name_that_an_order_was_given_is_kept_though_no_words_are(
    harness: BotHarness, ana: Talk, copy: Path
) -> None:
    _card, question = await asked(harness, ana)
    harness.put("B-2")
    harness.order_lookup.open.clear()
    ana.says("B-2")
    ana.says(f"Mom's gift {CARD}", reply_to=question.message_id)
    await until(lambda: len(harness.rows("SELECT * FROM inbox")) == 2)
    assert CARD not in str(harness.rows("SELECT * FROM inbox"))
    async with restarted(harness, copy) as again:
        await settled(again)
        named = {order.order_id: one.label for one, order in again.follow_service.followed(ANA)}
        assert named == {"A-1": "Mom's gift", "B-2": None}


async def test_what_is_followed_is_settled_by_the_same_commit_and_told_once_more_at_most(
    harness: BotHarness, ana: Talk, copy: Path
) -> None:
    harness.put("A-1")
    await hangs(harness, ANA, lambda: ana.says("A-1"))
    assert harness.rows("SELECT * FROM inbox") == []
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ANA).hears(), "headline-being-prepared", order="A-1")
        await settled(again)
        assert follows(again) == ["A-1"]
        assert len(again.telegram.bot_messages(ANA)) == 2


async def test_a_message_with_two_numbers_is_settled_by_the_last(harness: BotHarness, ana: Talk, copy: Path) -> None:
    for number in NUMBERS:
        harness.put(number)
    await ana.asks(NUMBERS[0])
    harness.order_lookup.open.clear()
    ana.says(" and ".join(NUMBERS))
    await until(lambda: NUMBERS[1] in harness.order_lookup.asked)
    async with restarted(harness, copy) as again:
        await Talk(again.telegram, ANA).hears("headline-being-prepared", order=NUMBERS[1])
        await settled(again)
        assert sorted(follows(again)) == list(NUMBERS)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("/help", ("help", "help")),
        ("/stop A-1", ("stopped", "stopped")),
        ("/stop", ("stopped", "stopped")),
        ("NONE-4", ("not-there", "awaiting-already")),
        ("hello", ("say-unsure", "say-unsure")),
    ],
)
async def test_what_was_done_and_not_yet_answered_is_answered_and_not_done_again(
    harness: BotHarness, ana: Talk, copy: Path, said: str, answers: tuple[str, str]
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    await hangs(harness, ANA, lambda: ana.says(said))
    assert says(await ana.hears(), answers[0])
    before = followed_and_awaited(harness)
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ANA).hears(), answers[1])
        await settled(again)
        assert followed_and_awaited(again) == before


async def test_a_choice_by_button_is_the_same_when_it_is_made_again(harness: BotHarness, ana: Talk, copy: Path) -> None:
    await ana.asks("/settings")
    message, data = harness.telegram.bot_messages(ANA)[-1], CallbackData(CallbackAction.SET_LEVEL, "key").pack()
    press = harness.telegram.user_presses
    await hangs(harness, ANA, lambda: press(ANA, message.message_id, data, forged=True), "editMessageText")
    assert len(harness.rows("SELECT * FROM inbox")) == 1
    async with restarted(harness, copy) as again:
        await again.telegram.wait_for(lambda: again.telegram.calls_of("answerCallbackQuery"))
        await settled(again)
        assert again.rows("SELECT level FROM chats WHERE chat_id = ?", ANA) == [("key",)]


async def test_what_staff_send_again_is_sent_once_and_said_to_be(harness: BotHarness, ana: Talk, copy: Path) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    admin = harness.talk(ADMIN)
    await hangs(harness, ADMIN, lambda: admin.says("/resend A-1"))
    await ana.hears("headline-being-prepared", order="A-1")
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ADMIN).hears(), "resend-done", number="A-1", count=1)
        await settled(again)
        assert len(again.telegram.bot_messages(ADMIN)) == 1
        resent = "SELECT count(*) FROM audit WHERE action = 'resend'"
        assert again.rows(resent) == [(1,)]


async def test_what_staff_write_to_followers_is_sent_once_and_said_to_be(
    harness: BotHarness, ana: Talk, copy: Path
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    admin = harness.talk(ADMIN)
    asked = await admin.asks("/tell A-1 hello")
    press = partial(
        harness.telegram.user_presses, ADMIN, asked.message_id, button_of(asked, "button-send")["callback_data"]
    )
    await hangs(harness, ADMIN, press, "editMessageText")
    await ana.hears("note")
    async with restarted(harness, copy) as again:
        await again.telegram.wait_for(lambda: again.telegram.calls_of("answerCallbackQuery"))
        [edit] = again.telegram.calls_of("editMessageText")
        assert edit.parameters["message_id"] == asked.message_id
        assert says(Text(str(edit.parameters["text"])), "tell-done", number="A-1", count=1)
        await settled(again)
        assert again.rows("SELECT count(*) FROM outbox WHERE kind = 'note'") == [(1,)]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (CallbackData(CallbackAction.STOP, "1").pack(), ("stopped", "toast-stopped")),
        (CallbackData(CallbackAction.STOP_ALL).pack(), ("stopped-all", "toast-saved")),
    ],
)
async def test_what_a_button_has_stopped_is_said_though_the_process_was_killed(
    harness: BotHarness, ana: Talk, copy: Path, data: str, keys: tuple[str, str]
) -> None:
    first, *_others = [await harness.shown(ana, harness.put(number)) for number in NUMBERS]
    press = partial(harness.telegram.user_presses, ANA, first.message_id, data, forged=True)
    await hangs(harness, ANA, press)
    before = follows(harness)
    assert len(before) < len(NUMBERS)
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ANA).hears(), keys[0])
        [answer] = await answers(again)
        assert says(answer, keys[1])
        await settled(again)
        assert follows(again) == before


async def answers(harness: BotHarness) -> list[str]:
    """What presses were answered with; that nobody waits for them any more is of no matter here."""
    await harness.telegram.wait_for(lambda: harness.telegram.calls_of("answerCallbackQuery"))
    return [call.parameters["text"] for call in harness.telegram.calls_of("answerCallbackQuery")]


async def test_the_chats_next_messages_are_handled_after_it_in_their_order(
    harness: BotHarness, ana: Talk, copy: Path
) -> None:
    harness.put("A-1")
    harness.order_lookup.open.clear()
    for said in ("A-1", "/stop A-1", "/help"):
        ana.says(said)
    await until(lambda: len(harness.rows("SELECT * FROM inbox")) == 3)
    async with restarted(harness, copy) as again:
        talk = Talk(again.telegram, ANA)
        await talk.hears("stopped", order="A-1")
        await talk.hears("help")
        assert follows(again) == []


async def test_what_telegram_brings_again_after_the_kill_is_not_handled_twice(
    harness: BotHarness, ana: Talk, copy: Path
) -> None:
    """The kill came after the commit, and before Telegram was told."""
    await hangs(harness, ANA, lambda: ana.says("/help"))
    [(body,)] = harness.rows("SELECT body FROM inbox")
    async with restarted(harness, copy) as again:
        again.telegram.push_update(json.loads(str(body)))
        await Talk(again.telegram, ANA).hears("help")
        await settled(again)
        assert [says(one, "help") for one in again.telegram.bot_messages(ANA)] == [True, False]


# ── what is kept, and when ───────────────────────────────────────────────────


async def test_of_what_is_kept_no_card_can_be_read(harness: BotHarness, ana: Talk, copy: Path) -> None:
    harness.put(NUMBERS[0])
    harness.order_lookup.open.clear()
    ana.says(f"{NUMBERS[0]} paid with {CARD}")
    await until(lambda: harness.rows("SELECT * FROM inbox"))
    [(body,)] = harness.rows("SELECT body FROM inbox")
    assert CARD not in str(body)
    async with restarted(harness, copy) as again:
        await Talk(again.telegram, ANA).hears("headline-being-prepared", order=NUMBERS[0])
        assert again.order_lookup.asked == [NUMBERS[0]]


LINK = f"https://pay.example.com/?card={CARD.replace(' ', '')}"
OF_MESSAGES: tuple[dict[str, object], ...] = (
    {"text": LINK, "link_preview_options": {"url": LINK}, "entities": [{"type": "url", "offset": 0, "length": 9}]},
    {"text": "pay", "entities": [{"type": "text_link", "offset": 0, "length": 3, "url": LINK}]},
    {"text": "here", "quote": {"text": CARD, "position": 0}},
    {"document": {"file_id": "f1", "file_unique_id": "u1", "file_name": f"{CARD}.pdf"}},
    {"contact": {"phone_number": CARD, "first_name": CARD, "last_name": CARD, "vcard": CARD}},
    {"venue": {"location": {"latitude": 1.5, "longitude": 2.5}, "title": CARD, "address": f"at {CARD}"}},
    {"checklist": {"title": CARD, "tasks": [{"id": 1, "text": CARD}]}},
    {"reply_to_message": {"message_id": 1, "date": 1, "chat": {"id": ANA, "type": "private"}, "caption": CARD}},
)


@pytest.mark.parametrize("content", OF_MESSAGES, ids=lambda content: next(reversed(content)))
async def test_a_card_is_nowhere_in_what_is_kept_wherever_it_came(content: dict[str, object], tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        fault = harness.telegram.fail("hang", chat_id=ANA, methods={"sendMessage"})
        headers = {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        harness.talk(ANA)
        raw = json.loads(update(1))
        del raw["message"]["text"]
        raw["message"] |= {"text": "hello"} | content if "reply_to_message" in content else content
        assert await harness.bot.handle_webhook(headers, json.dumps(raw).encode()) == 200
        await harness.telegram.wait_for(lambda: fault.hits)
        [(body,)] = harness.rows("SELECT body FROM inbox")
        assert "4111" not in str(body)
        await harness.bot.stop()


async def test_what_named_no_order_names_none_in_what_is_kept(harness: BotHarness, ana: Talk, copy: Path) -> None:
    await hangs(harness, ANA, lambda: ana.says("1Z999AA10123456784"))  # a carrier's code
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ANA).hears(), "not-a-number")
        assert again.order_lookup.asked == []


@pytest.mark.parametrize("command", ["/tell", "/Tell", "/TELL@onroute_bot", " /tell", "/te\ud800ll"])
async def test_words_to_followers_are_never_sent_with_zeros_in_them(
    harness: BotHarness, ana: Talk, copy: Path, command: str
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    admin = harness.talk(ADMIN)
    await hangs(harness, ADMIN, lambda: admin.says(f"{command} A-1 call us at 600 123 456"))
    async with restarted(harness, copy) as again:
        assert says(await Talk(again.telegram, ADMIN).hears(), "panel-write")


async def test_once_a_message_is_handled_nothing_of_it_is_kept(harness: BotHarness, ana: Talk) -> None:
    for said in ("hello there", "/help", "NONE-4", "/order"):
        await ana.asks(said)
    await settled(harness)


async def test_while_the_store_cannot_be_written_telegram_keeps_what_it_brings(harness: BotHarness, ana: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    await ana.hears_nothing()
    release = hold(harness.database)
    try:
        assert says(await ana.asks("/stop A-1"), "apology")
        assert [one.update["message"]["text"] for one in harness.telegram.updates.pending] == ["/stop A-1"]
    finally:
        release()
    await ana.hears("stopped", order="A-1")
    await ana.hears_nothing()
    assert harness.telegram.updates.pending == []


async def test_while_the_store_cannot_be_written_each_of_many_new_people_is_apologised_to_and_served_later(
    harness: BotHarness,
) -> None:
    people = [harness.talk(5000 + number) for number in range(120)]
    release = hold(harness.database)
    try:
        for person in people:
            person.says("/start")
        for person in people:
            assert says(await person.hears(), "apology")
    finally:
        release()
    for person in people:
        assert says(await person.hears(), "start")
    await people[0].hears_nothing()
    await people[-1].hears_nothing()
    assert harness.telegram.updates.pending == []


async def test_who_writes_behind_those_that_are_held_while_the_store_cannot_be_written_is_served_later(
    harness: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_processor, "MAX_HELD", 100)
    people = [harness.talk(5000 + number) for number in range(220)]
    release = hold(harness.database)
    try:
        for person in people:
            person.says("/start")
        for person in people[:200]:
            assert says(await person.hears(), "apology")
    finally:
        release()
    for person in people:
        assert says(await person.hears(), "start")


async def test_while_the_store_cannot_be_written_a_posted_update_is_to_come_again(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        ana, headers = harness.talk(ANA), {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        assert await harness.bot.handle_webhook(headers, update(1)) == 200
        await ana.hears("help")
        release = hold(harness.database)
        try:
            for _ in range(3):
                assert await harness.bot.handle_webhook(headers, update(2, "A-1")) == 503
        finally:
            release()
        harness.put("A-1")
        for _ in range(2):
            assert await harness.bot.handle_webhook(headers, update(2, "A-1")) == 200
        await ana.hears("headline-being-prepared", order="A-1")
        assert await harness.bot.handle_webhook(headers, update(3, "/privacy")) == 200
        assert says(await ana.hears(), "privacy")


async def test_an_update_that_is_too_large_to_be_kept_is_skipped(tmp_path: Path) -> None:
    async with running_bot(tmp_path, updates="webhook") as harness:
        ana, headers = harness.talk(ANA), {SECRET_HEADER: harness.telegram.updates.webhook.secret}
        assert await harness.bot.handle_webhook(headers, update(1, "x" * 200_000)) == 200
        assert await harness.bot.handle_webhook(headers, update(2)) == 200
        assert says(await ana.hears(), "help")


async def test_forgetting_a_chat_takes_what_is_kept_of_it_along(harness: BotHarness, ana: Talk) -> None:
    await ana.asks("/forget")
    message = harness.telegram.bot_messages(ANA)[-1]
    data = CallbackData(CallbackAction.FORGET, FORGET_YES).pack()

    def press() -> Awaitable[object] | object:
        return harness.telegram.user_presses(ANA, message.message_id, data, forged=True)

    await hangs(harness, ANA, press, "editMessageText")
    assert harness.rows("SELECT * FROM chats") == []
    assert harness.rows("SELECT * FROM inbox") == []


async def test_what_is_said_after_the_wish_to_be_forgotten_is_kept_and_handled_by_the_next_start(
    harness: BotHarness, ana: Talk, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "BUTTONS_SECONDS", 0.5)
    for number in ("A-1", "A-2"):
        harness.put(number)
    await ana.asks("A-1")
    await ana.asks("/forget")
    message = harness.telegram.bot_messages(ANA)[-1]
    data = CallbackData(CallbackAction.FORGET, FORGET_YES).pack()
    press = harness.telegram.user_presses
    await hangs(harness, ANA, lambda: press(ANA, message.message_id, data, forged=True), "editMessageReplyMarkup")
    harness.order_lookup.open.clear()
    ana.says("A-2")
    await until(lambda: "A-2" in harness.order_lookup.asked)
    assert ["A-2" in str(body) for (body,) in harness.rows("SELECT body FROM inbox")] == [True]
    async with restarted(harness, copy) as again:
        await Talk(again.telegram, ANA).hears("headline-being-prepared", order="A-2")
        await settled(again)
        assert follows(again) == ["A-2"]
