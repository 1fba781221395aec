"""Each Outcome by the fault that makes it: real HTTP, real aiogram, the strict simulator."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sending.outcome import Gone, Malformed, Moved, NotSent, RetryAfter, Sent, TargetGone, Unknown
from bot.sending.pauses import Scope
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.telegram.delivery import Delivery
from bot.telegram.long_poll import GetRawUpdates
from bot.telegram.received import read_all
from bot.telegram.session import PauseMiddleware, TelegramSession
from bot.tracking.timing import HOUR
from bot.words.texts import Button, ButtonKind, ButtonStyle, Text
from tests.request_recorder import recorded_requests

ANA = 1001
GROUP = -1002000
TOKEN = "123456789:AAsimulatorsimulatorsimulatorsimulat"
SOON = 0.25  # seconds that a call may take where no answer is to come
HELLO = Text("<b>On its way</b>: order <code>1234</code>")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator() as simulator:
        simulator.add_user(ANA)
        simulator.add_group(GROUP, forum=True)
        yield simulator


@asynccontextmanager
async def connected(api_url: str, token: str, *, wall: Callable[[], float] = time.time) -> AsyncIterator[Bot]:
    session = TelegramSession(wall, api=TelegramAPIServer.from_base(api_url))
    try:
        yield Bot(token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    finally:
        await (await session.create_session()).close()  # the session's own close waits for TLS that isn't there


@asynccontextmanager
async def answering(status: int, *bodies: str, headers: Mapping[str, str] = MappingProxyType({})) -> AsyncIterator[str]:
    """A server in Telegram's place that answers every call with this, the last body again and again; its address."""
    left = list(bodies)

    async def answer(_: web.Request) -> web.Response:
        body = left.pop(0) if len(left) > 1 else left[0]
        return web.Response(status=status, body=body.encode("latin-1"), content_type="text/html", headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture
async def bot(telegram: TelegramSimulator) -> AsyncIterator[Bot]:
    async with connected(telegram.api_url, telegram.token) as bot:
        yield bot


@pytest.fixture
def delivery(bot: Bot) -> Delivery:
    return Delivery(bot)


@pytest.fixture
def hasty(bot: Bot) -> Delivery:
    return Delivery(bot, timeout=SOON)


# ── what is shown ────────────────────────────────────────────────────────────


async def test_a_text_is_shown_with_its_entities_and_without_a_preview(
    telegram: TelegramSimulator, delivery: Delivery
) -> None:
    outcome = await delivery.send(ANA, HELLO)

    [shown] = telegram.bot_messages(ANA)
    assert outcome == Sent(shown.message_id)
    assert shown.text == "On its way: order 1234"
    assert [entity["type"] for entity in shown.entities] == ["bold", "code"]
    assert shown.preview_disabled
    assert not shown.silent


async def test_buttons_of_all_kinds_arrive(telegram: TelegramSimulator, delivery: Delivery) -> None:
    rows = (
        (Button("Where is it?", ButtonKind.URL, "https://courier.example.com/t/1"),),
        (Button("Stop", ButtonKind.CALLBACK, "stop:1"), Button("Copy", ButtonKind.COPY, "1234")),
    )
    await delivery.send(ANA, Text("Hi", rows))

    [shown] = telegram.bot_messages(ANA)
    assert shown.buttons == [
        [{"text": "Where is it?", "url": "https://courier.example.com/t/1"}],
        [{"text": "Stop", "callback_data": "stop:1"}, {"text": "Copy", "copy_text": {"text": "1234"}}],
    ]


async def test_buttons_have_the_colours_they_are_given(telegram: TelegramSimulator, delivery: Delivery) -> None:
    row = (
        Button("Track", ButtonKind.URL, "https://courier.example.com/t/1", ButtonStyle.PRIMARY),
        Button("All good", ButtonKind.CALLBACK, "g:1", ButtonStyle.SUCCESS),
        Button("Stop", ButtonKind.CALLBACK, "s:1", ButtonStyle.DANGER),
        Button("More", ButtonKind.CALLBACK, "m:1"),
    )
    await delivery.send(ANA, Text("Hi", (row,)))

    [shown] = telegram.bot_messages(ANA)
    assert [button.get("style") for button in shown.buttons[0]] == ["primary", "success", "danger", None]


async def test_a_shared_link_starts_this_bot_with_the_payload(telegram: TelegramSimulator, delivery: Delivery) -> None:
    rows = ((Button("Share", ButtonKind.SHARE, "1234-01"),), (Button("More", ButtonKind.CALLBACK, "m:1"),))
    sent = await delivery.send(ANA, Text("Hi", rows))
    assert isinstance(sent, Sent)
    await delivery.edit(ANA, sent.message_id or 0, Text("Hi again", rows))

    [shown] = telegram.bot_messages(ANA)
    address = urlsplit(shown.buttons[0][0]["url"])
    [link] = parse_qs(address.query)["url"]
    assert (address.hostname, address.path) == ("t.me", "/share/url")
    assert link == "https://t.me/onroute_bot?start=1234-01"
    assert len(telegram.calls_of("getMe")) == 1


@pytest.mark.parametrize("fault", [TelegramFault.SERVER_ERROR, TelegramFault.HANG])
async def test_while_telegram_does_not_say_who_we_are_nothing_is_shared(
    telegram: TelegramSimulator, hasty: Delivery, fault: TelegramFault
) -> None:
    telegram.fail(fault, methods=["getMe"], times=1)
    rows = ((Button("Share", ButtonKind.SHARE, "1234-01"),), (Button("More", ButtonKind.CALLBACK, "m:1"),))
    assert isinstance(await hasty.send(ANA, Text("Hi", rows)), Sent)
    assert isinstance(await hasty.send(ANA, Text("Hi", rows)), Sent)
    assert [shown.labels() for shown in telegram.bot_messages(ANA)] == [["More"], ["Share", "More"]]


@pytest.mark.parametrize("plain", [False, True])
async def test_a_question_asks_for_a_reply_in_place_of_buttons(
    telegram: TelegramSimulator, delivery: Delivery, plain: bool
) -> None:
    asked = Text("What shall we call it?", ((Button("More", ButtonKind.CALLBACK, "m:1"),),), asks=True)
    sent = await delivery.send(ANA, asked, plain=plain)
    assert isinstance(sent, Sent)
    [shown] = telegram.bot_messages(ANA)
    assert shown.markup == {"force_reply": True, "selective": True}
    assert isinstance(await delivery.edit(ANA, sent.message_id or 0, replace(asked, html="Again?")), Sent)


async def test_silence_thread_and_reply_are_passed_on(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.set_topic(GROUP, 7)
    asked = telegram.user_says(GROUP, "/order 1234", user_id=5, thread_id=7)

    await delivery.send(GROUP, HELLO, thread_id=7, reply_to=asked.message_id, silent=True)

    [shown] = telegram.bot_messages(GROUP)
    assert (shown.silent, shown.thread_id, shown.reply_to) == (True, 7, asked.message_id)


async def test_an_edit_changes_text_and_buttons(telegram: TelegramSimulator, delivery: Delivery) -> None:
    sent = await delivery.send(ANA, Text("Before", ((Button("Stop", ButtonKind.CALLBACK, "s"),),)))
    assert isinstance(sent, Sent)
    assert sent.message_id is not None

    assert await delivery.edit(ANA, sent.message_id, Text("<i>After</i>")) == Sent(sent.message_id)

    [shown] = telegram.bot_messages(ANA)
    assert (shown.text, shown.buttons, len(shown.edits)) == ("After", [], 1)


async def test_an_edit_that_changes_nothing_is_sent(delivery: Delivery) -> None:
    sent = await delivery.send(ANA, HELLO)
    assert isinstance(sent, Sent)
    assert sent.message_id is not None
    assert await delivery.edit(ANA, sent.message_id, HELLO) == sent


async def test_a_press_is_answered(telegram: TelegramSimulator, delivery: Delivery) -> None:
    sent = await delivery.send(ANA, Text("Hi", ((Button("Stop", ButtonKind.CALLBACK, "stop:1"),),)))
    assert isinstance(sent, Sent)
    press = telegram.user_presses(ANA, sent.message_id or 0, "stop:1")

    assert await delivery.answer(press.id, "Stopped", alert=True) == Sent()

    assert press.answers == [{"text": "Stopped", "show_alert": True, "url": ""}]


async def test_an_answer_that_comes_too_late_leaves_nothing_to_do(delivery: Delivery) -> None:
    assert await delivery.answer("of-yesterday") == Sent()


# ── refusals ─────────────────────────────────────────────────────────────────


async def test_429_says_when(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.fail(TelegramFault.TOO_MANY, chat_id=ANA, times=1, seconds=7)
    assert await delivery.send(ANA, HELLO) == RetryAfter(7.0)


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ({"description": "Too Many Requests: retry after 35"}, 35.0),
        ({"description": "Too Many Requests: retry after 5.9"}, 6.0),
        ({"description": "Too Many Requests", "parameters": {"retry_after": "9.5"}}, 10.0),
        ({"description": "Too Many Requests", "retry_after": 21}, 21.0),
        ({"description": "Too Many Requests: retry after 35", "parameters": {}}, 35.0),
        ({"description": "Too Many Requests: retry after 35", "parameters": {"retry_after": "soon"}}, 35.0),
        ({"description": "Too Many Requests: retry after 35", "parameters": {"retry_after": 0}}, 35.0),
        ({"description": "FLOOD_WAIT_X", "parameters": {"retry_after": 7.5}}, 8.0),
        ({"description": "Too Many Requests", "parameters": {"retry_after": "12"}}, 12.0),
        ({"description": "Too Many Requests", "parameters": {"retry_after": -3}}, 5.0),
    ],
)
async def test_a_429_is_as_long_as_its_number_else_as_its_words_say(body: dict[str, object], seconds: float) -> None:
    answer = json.dumps({"ok": False, "error_code": 429, **body})
    async with answering(429, answer) as api_url, connected(api_url, TOKEN) as bot:
        assert await Delivery(bot).send(ANA, HELLO) == RetryAfter(seconds)


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        pytest.param({"Retry-After": "42"}, "<html>slow down</html>", 42.0, id="of a proxy"),
        pytest.param({"Retry-After": " 42 "}, "", 42.0, id="blanks around it"),
        pytest.param(
            {"Retry-After": "Fri, 27 Nov 2026 12:01:30 GMT"}, "", 90.0, id="a date, by the answer's own clock"
        ),
        pytest.param({"Retry-After": "999999"}, "", HOUR, id="bounded"),
        pytest.param({"Retry-After": "Fri, 27 Nov 2099 12:01:30 GMT"}, "", HOUR, id="a date, bounded"),
        pytest.param(
            {"Retry-After": "42"}, '{"ok":false,"parameters":{"retry_after":7}}', 7.0, id="Telegram's own first"
        ),
        pytest.param({"Retry-After": "0"}, "", 5.0, id="none"),
        pytest.param({"Retry-After": "Fri, 27 Nov 2026 11:00:00 GMT"}, "", 5.0, id="past"),
        pytest.param({"Retry-After": "-3"}, "", 5.0, id="no number"),
        pytest.param({"Retry-After": "soon"}, "", 5.0, id="a word"),
        pytest.param({"Retry-After": "9" * 400}, "", 5.0, id="an endless number"),
    ],
)
async def test_a_429_that_says_nothing_is_as_long_as_its_header_says(
    headers: dict[str, str], body: str, seconds: float
) -> None:
    dated = {"Date": "Fri, 27 Nov 2026 12:00:00 GMT", **headers}
    async with answering(429, body, headers=dated) as api_url, connected(api_url, TOKEN) as bot:
        assert await Delivery(bot).send(ANA, HELLO) == RetryAfter(seconds)


async def test_a_header_with_a_date_is_read_by_our_clock_where_the_answer_has_none() -> None:
    headers = {"Retry-After": "Fri, 27 Nov 2026 12:01:30 GMT", "Date": "?"}
    wall = datetime(2026, 11, 27, 12, 1, tzinfo=UTC).timestamp()
    async with answering(429, "", headers=headers) as api_url, connected(api_url, TOKEN, wall=lambda: wall) as bot:
        assert await Delivery(bot).send(ANA, HELLO) == RetryAfter(30.0)


@pytest.mark.parametrize(
    "kind",
    [
        TelegramFault.BLOCKED,
        TelegramFault.KICKED,
        TelegramFault.DEACTIVATED,
        TelegramFault.CHAT_NOT_FOUND,
        TelegramFault.NO_RIGHTS,
    ],
)
async def test_a_chat_that_cannot_be_written_to_is_gone(
    telegram: TelegramSimulator, delivery: Delivery, kind: TelegramFault
) -> None:
    telegram.fail(kind, chat_id=ANA)
    outcome = await delivery.send(ANA, HELLO)
    assert isinstance(outcome, Gone)
    assert outcome.reason


async def test_an_unknown_chat_is_gone(delivery: Delivery) -> None:
    assert isinstance(await delivery.send(999, HELLO), Gone)


async def test_a_person_who_blocks_the_bot_is_gone_and_is_back_after_an_unblock(
    telegram: TelegramSimulator, delivery: Delivery
) -> None:
    telegram.user_blocks(ANA)
    assert isinstance(await delivery.send(ANA, HELLO), Gone)
    telegram.user_unblocks(ANA)
    assert isinstance(await delivery.send(ANA, HELLO), Sent)


async def test_a_group_that_became_a_supergroup_has_moved(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.add_group(-55, kind="group")
    telegram.upgrade_group(-55, -10055)
    assert await delivery.send(-55, HELLO) == Moved(-10055)


async def test_targets_that_are_gone_are_named(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.set_topic(GROUP, 7, "closed")
    assert await delivery.edit(ANA, 999, HELLO) == TargetGone("edit")
    assert await delivery.send(ANA, HELLO, reply_to=999) == TargetGone("reply")
    assert await delivery.send(GROUP, HELLO, thread_id=999) == TargetGone("thread")
    assert await delivery.send(GROUP, HELLO, thread_id=7) == TargetGone("thread")
    assert telegram.bot_messages(ANA) == []


@pytest.mark.parametrize(
    "text",
    [
        Text("5 < 6"),
        Text("<b>open"),
        Text("<blink>no</blink>"),
        Text("x" * 4097),
        Text("😀" * 2049),
        Text(" "),
        Text("<b>x</b> " * 101),
        Text("\ud800 half a character"),
        Text("Hi", ((Button("Go", ButtonKind.URL, "http://localhost/x"),),)),
        Text("Hi", ((Button("Go", ButtonKind.CALLBACK, "é" * 33),),)),
        Text("Hi", ((Button("Go", ButtonKind.COPY, "x" * 257),),)),
        Text("Hi", ((Button(" ", ButtonKind.CALLBACK, "x"),),)),
    ],
)
async def test_a_message_that_telegram_refuses_is_malformed(
    telegram: TelegramSimulator, delivery: Delivery, text: Text
) -> None:
    outcome = await delivery.send(ANA, text)
    assert isinstance(outcome, Malformed)
    assert outcome.reason
    assert telegram.bot_messages(ANA) == []


async def test_a_refused_message_goes_through_plain(telegram: TelegramSimulator, delivery: Delivery) -> None:
    rows = (
        (Button("Where?", ButtonKind.URL, "https://c.example.com/a_b"), Button("Stop", ButtonKind.CALLBACK, "s")),
        (Button("Bad", ButtonKind.CALLBACK, "x" * 65), Button("Copy", ButtonKind.COPY, "1234")),
        (Button("Also bad", ButtonKind.COPY, ""),),
    )
    text = Text('<b>Fish & chips</b> for <3 &lt;mum&gt; at <tg-time unix="1" format="t">12:00</tg-time>', rows)
    assert isinstance(await delivery.send(ANA, text), Malformed)

    assert isinstance(await delivery.send(ANA, text, plain=True), Sent)

    [shown] = telegram.bot_messages(ANA)
    assert shown.text == "Fish & chips for <3 <mum> at 12:00\nWhere?: https://c.example.com/a_b"
    assert shown.parse_mode is None
    assert shown.labels() == ["Stop"]  # an older server refuses a button that copies


@pytest.mark.parametrize("text", [Text("x" * 5000), Text("😀" * 3000), Text("a" + "😀" * 3000), Text("\ud800 half")])
async def test_a_plain_message_is_never_too_long_and_never_cut_inside_a_character(
    telegram: TelegramSimulator, delivery: Delivery, text: Text
) -> None:
    assert isinstance(await delivery.send(ANA, text, plain=True), Sent)
    [shown] = telegram.bot_messages(ANA)
    assert "\ufffd" not in shown.text


async def test_a_plain_edit_goes_through(telegram: TelegramSimulator, delivery: Delivery) -> None:
    sent = await delivery.send(ANA, HELLO)
    assert isinstance(sent, Sent)
    assert await delivery.edit(ANA, sent.message_id or 0, Text("<b>new"), plain=True) == sent
    assert telegram.bot_messages(ANA)[0].text == "new"


async def test_a_refused_token_is_named_but_not_shown(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.fail(TelegramFault.UNAUTHORIZED, times=1)
    outcome = await delivery.send(ANA, HELLO)
    assert isinstance(outcome, NotSent)
    assert "BOT_TOKEN" in outcome.reason
    assert telegram.token not in outcome.reason


# ── the network ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [TelegramFault.SERVER_ERROR, TelegramFault.BAD_GATEWAY])
async def test_5xx_is_not_sent_whether_json_or_html(
    telegram: TelegramSimulator, delivery: Delivery, kind: TelegramFault
) -> None:
    telegram.fail(kind, times=1)
    assert isinstance(await delivery.send(ANA, HELLO), NotSent)
    assert isinstance(await delivery.send(ANA, HELLO), Sent)
    assert len(telegram.bot_messages(ANA)) == 1


async def test_a_refused_connection_is_not_sent(telegram: TelegramSimulator, delivery: Delivery) -> None:
    assert isinstance(await delivery.send(ANA, HELLO), Sent)
    await telegram.go_down()
    outcome = await delivery.send(ANA, HELLO)
    assert isinstance(outcome, NotSent)
    assert telegram.token not in outcome.reason

    await telegram.come_back()
    assert isinstance(await delivery.send(ANA, HELLO), Sent)


async def test_a_connection_that_never_comes_about_is_not_sent(telegram: TelegramSimulator) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        address = deaf.getsockname()
        waiting = [socket.socket() for _ in range(4)]  # what the kernel still takes in before it says nothing
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(address)
        async with connected(f"http://127.0.0.1:{address[1]}", telegram.token) as bot:
            outcome = await Delivery(bot, timeout=2 * SOON).send(ANA, HELLO)

        assert isinstance(outcome, NotSent), outcome
        assert telegram.token not in outcome.reason
        for connection in waiting:
            connection.close()


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (TelegramFault.RESET_BEFORE, 0),
        (TelegramFault.RESET_AFTER, 1),
        (TelegramFault.HANG, 1),
        (TelegramFault.GARBAGE, 1),
    ],
)
async def test_no_answer_after_the_request_left_is_unknown(
    telegram: TelegramSimulator, hasty: Delivery, kind: TelegramFault, shown: int
) -> None:
    telegram.fail(kind, times=1)
    outcome = await hasty.send(ANA, HELLO)
    assert isinstance(outcome, Unknown)
    assert telegram.token not in outcome.reason
    assert len(telegram.bot_messages(ANA)) == shown


async def test_a_redirect_is_not_followed_and_counts_as_not_sent(
    telegram: TelegramSimulator, delivery: Delivery
) -> None:
    async with recorded_requests() as recorder:
        telegram.fail(TelegramFault.REDIRECT, location=f"{recorder.url}/bot{telegram.token}/sendMessage", times=1)
        outcome = await delivery.send(ANA, HELLO)
        assert outcome == NotSent("HTTP 307")
        assert recorder.requests == []


async def test_a_token_that_telegram_repeats_is_in_no_reason(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.fail(TelegramFault.ECHO, times=1)
    outcome = await delivery.send(ANA, HELLO)
    assert isinstance(outcome, Malformed)
    assert "no such address as /bot***/sendMessage" in outcome.reason


async def test_an_answer_that_is_slower_than_the_time_out_is_unknown(
    telegram: TelegramSimulator, hasty: Delivery
) -> None:
    telegram.fail(TelegramFault.SLOW, seconds=4 * SOON, times=1)
    assert isinstance(await hasty.send(ANA, HELLO), Unknown)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (504, "", NotSent),
        (500, '{"ok":false}', NotSent),
        (403, "<html>by a proxy</html>", NotSent),
        (413, "<html>Request Entity Too Large</html>", Malformed),
        (400, '{"ok":false,"error_code":400}', Malformed),
        (406, '{"ok":false,"error_code":406,"description":"Not Acceptable"}', Malformed),
        (404, '{"ok":false,"error_code":404,"description":"Not Found"}', NotSent),
        (429, "<html>slow down</html>", RetryAfter),
        (200, '{"ok":true,"result":{"nonsense":1}}', Unknown),
        (200, "\xff\xfe", Unknown),
    ],
)
async def test_odd_answers_have_their_outcome(status: int, body: str, expected: type) -> None:
    async with answering(status, body) as api_url, connected(api_url, "42:TOKEN-TOKEN-TOKEN-TOKEN-TOKEN") as bot:
        outcome = await Delivery(bot).send(ANA, HELLO)
    assert isinstance(outcome, expected)
    assert "TOKEN-TOKEN" not in repr(outcome)


async def test_a_cancelled_call_is_no_outcome(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.fail(TelegramFault.HANG)
    task = asyncio.create_task(delivery.send(ANA, HELLO))
    await telegram.wait_for_message(ANA)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# ── an older server ──────────────────────────────────────────────────────────

CARD = Text(
    'Packed <tg-time unix="1790000000" format="wdt">on Monday</tg-time>',
    ((Button("Copy", ButtonKind.COPY, "1234"), Button("Stop", ButtonKind.CALLBACK, "s:1")),),
)


class LearntFeatures:
    """Remembers what was learnt."""

    def __init__(self) -> None:
        self.learnt: list[str] = []

    def lacking(self) -> frozenset[str]:
        return frozenset(self.learnt)

    async def learn(self, feature: str) -> None:
        self.learnt.append(feature)

    async def forget(self) -> None:
        self.learnt.clear()


async def test_what_an_older_server_refuses_is_left_out_and_of_each_later_message_at_once(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    features = LearntFeatures()
    delivery = Delivery(bot, features=features)
    telegram.is_older = True
    sent = await delivery.send(ANA, CARD)
    assert isinstance(sent, Sent)
    assert features.learnt == ["tg-time", "copy_text"]
    before = len(telegram.calls)
    assert isinstance(await delivery.send(ANA, CARD), Sent)
    assert isinstance(await delivery.edit(ANA, sent.message_id or 0, replace(CARD, html=f"{CARD.html} again")), Sent)
    assert isinstance(await delivery.document(ANA, "a.txt", b"x", CARD), Sent)
    assert len(telegram.calls) == before + 3
    for shown in telegram.bot_messages(ANA)[:2]:
        assert shown.text.startswith("Packed on Monday")
        assert shown.buttons == [[{"text": "Stop", "callback_data": "s:1"}]]


async def test_quotes_and_colours_that_an_older_server_refuses_are_left_out(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    features = LearntFeatures()
    telegram.is_older = True
    stop = Button("Stop", ButtonKind.CALLBACK, "s:1", ButtonStyle.DANGER)
    card = Text(f"{CARD.html} <blockquote expandable>9:41 AM</blockquote>", (CARD.buttons[0], (stop,)))
    assert isinstance(await Delivery(bot, features=features).send(ANA, card), Sent)
    assert sorted(features.learnt) == ["copy_text", "expandable", "style", "tg-time"]
    [shown] = telegram.bot_messages(ANA)
    assert [entity["type"] for entity in shown.entities] == ["blockquote"]
    assert shown.buttons == [[{"text": "Stop", "callback_data": "s:1"}]] * 2


async def test_a_button_that_may_not_stand_in_a_chat_says_nothing_of_the_server() -> None:
    features = LearntFeatures()
    refusal = '{"ok":false,"error_code":400,"description":"Bad Request: BUTTON_TYPE_INVALID"}'
    async with answering(400, refusal) as api_url, connected(api_url, TOKEN) as bot:
        assert isinstance(await Delivery(bot, features=features).send(GROUP, CARD), Malformed)
    assert features.learnt == []


async def test_after_a_restart_of_the_server_what_it_refused_is_tried_again(
    telegram: TelegramSimulator, bot: Bot
) -> None:
    features = LearntFeatures()
    delivery = Delivery(bot, features=features)
    telegram.is_older = True
    assert isinstance(await delivery.send(ANA, CARD), Sent)
    await telegram.go_down()
    assert isinstance(await delivery.send(ANA, CARD), NotSent)
    telegram.is_older = False
    await telegram.come_back()
    assert isinstance(await delivery.send(ANA, CARD), Sent)
    assert telegram.bot_messages(ANA)[-1].labels() == ["Copy", "Stop"]


async def test_a_message_that_is_wrong_in_itself_teaches_nothing(telegram: TelegramSimulator, bot: Bot) -> None:
    features = LearntFeatures()
    wrong = Text(f"{CARD.html} <b>", ((*CARD.buttons[0], Button("x", ButtonKind.CALLBACK, "x" * 65)),))
    assert isinstance(await Delivery(bot, features=features).send(ANA, wrong), Malformed)
    telegram.fail(TelegramFault.UNPARSABLE, chat_id=ANA, times=1)
    assert isinstance(await Delivery(bot, features=features).send(ANA, CARD), Malformed)
    assert features.learnt == []


async def test_the_last_resort_has_only_what_every_server_knows(
    telegram: TelegramSimulator, delivery: Delivery
) -> None:
    telegram.is_older = True
    assert isinstance(await delivery.send(ANA, CARD, plain=True), Sent)
    [shown] = telegram.bot_messages(ANA)
    assert shown.buttons == [[{"text": "Stop", "callback_data": "s:1"}]]


async def test_the_last_resort_has_no_colours(telegram: TelegramSimulator, delivery: Delivery) -> None:
    telegram.is_older = True
    stop = Button("Stop", ButtonKind.CALLBACK, "s:1", ButtonStyle.DANGER)
    assert isinstance(await delivery.send(ANA, Text("x", ((stop,),)), plain=True), Sent)
    assert telegram.bot_messages(ANA)[0].labels() == ["Stop"]


# ── pauses ───────────────────────────────────────────────────────────────────


class RecordingGate:
    """A gate that writes down who passed, and holds everybody while it is shut."""

    def __init__(self) -> None:
        self.passed: list[Scope] = []
        self.noted: list[tuple[Scope, float | None]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def wait(self, scope: Scope) -> None:
        await self.open.wait()
        self.passed.append(scope)

    async def take_turn(self, chat_id: int, *, toast: bool = False) -> None: ...

    def note_retry_after(self, scope: Scope, seconds: float | None) -> float:
        self.noted.append((scope, seconds))
        return 11.0 if seconds is None else seconds


async def test_every_call_passes_the_gate_with_what_its_429_would_be_about(bot: Bot, delivery: Delivery) -> None:
    """A press counts for its chat, a call without a chat for its method, and only these two for the whole bot."""
    gate = RecordingGate()
    bot.session.middleware(PauseMiddleware(gate))
    await delivery.send(ANA, HELLO)
    await delivery.answer("1", chat_id=GROUP)
    await delivery.answer("1")
    await bot.set_my_description("Hello")
    await bot.get_updates()
    await bot.get_me()
    assert gate.passed == [ANA, GROUP, "answerCallbackQuery", "setMyDescription", None, None]


async def test_a_press_tells_telegram_nothing_of_its_chat(telegram: TelegramSimulator, delivery: Delivery) -> None:
    await delivery.answer("1", chat_id=GROUP)
    assert "chat_id" not in telegram.calls_of("answerCallbackQuery")[0].parameters


async def test_a_429_is_reported_to_the_gate_and_still_raised(telegram: TelegramSimulator, bot: Bot) -> None:
    gate = RecordingGate()
    bot.session.middleware(PauseMiddleware(gate))
    telegram.fail(TelegramFault.TOO_MANY, times=1, seconds=4, chat_id=ANA)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(ANA, "Hi")
    assert gate.noted == [(ANA, 4.0)]


@pytest.mark.parametrize("body", ["<html>slow down</html>", '{"ok":false,"error_code":429}', ""])
async def test_a_429_without_a_number_lasts_as_long_as_the_gate_says(body: str) -> None:
    gate = RecordingGate()
    async with answering(429, body) as api_url, connected(api_url, TOKEN) as bot:
        bot.session.middleware(PauseMiddleware(gate))
        assert await Delivery(bot).send(ANA, HELLO) == RetryAfter(11.0)
    assert gate.noted == [(ANA, None)]


async def test_a_429_that_was_held_up_starts_no_pause_once_a_later_call_was_answered() -> None:
    """Its pause is over: the later message has arrived."""
    gate, held, arrived = RecordingGate(), asyncio.Event(), asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        if (await request.json())["text"] == "first":
            arrived.set()
            await held.wait()
            body = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 30}}
            return web.json_response(body, status=429)
        chat = {"id": ANA, "type": "private"}
        return web.json_response({"ok": True, "result": {"message_id": 1, "date": 1, "chat": chat}})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server, connected(f"http://127.0.0.1:{server.port}", TOKEN) as bot:
        bot.session.middleware(PauseMiddleware(gate))
        first = asyncio.create_task(Delivery(bot).send(ANA, Text("first")))
        try:
            await asyncio.wait_for(arrived.wait(), 5)
            assert await Delivery(bot).send(ANA, Text("second")) == Sent(1)
        finally:
            held.set()
        assert await first == RetryAfter(0.0)
    assert gate.noted == []


async def test_a_pause_costs_nothing_of_the_calls_own_time(
    telegram: TelegramSimulator, bot: Bot, hasty: Delivery
) -> None:
    gate = RecordingGate()
    gate.open.clear()
    bot.session.middleware(PauseMiddleware(gate))
    sending = asyncio.create_task(hasty.send(ANA, HELLO))
    await asyncio.sleep(1.5 * SOON)
    assert telegram.calls == []
    gate.open.set()
    assert isinstance(await sending, Sent)


async def test_an_update_that_cannot_be_decoded_is_skipped_and_the_rest_arrives(
    telegram: TelegramSimulator, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.user_says(ANA, "before")
    broken = telegram.push_update({"message": {"text": "a secret"}})
    telegram.user_says(ANA, "after")

    brought = cast("list[object]", await bot(GetRawUpdates()))

    updates = [one.update for one in await read_all(brought, bot)]
    assert [update.message and update.message.text for update in updates] == ["before", "after"]
    assert f"update {broken} can't be decoded" in caplog.text
    assert "a secret" not in caplog.text
    assert await bot.get_updates(offset=updates[-1].update_id + 1) == []


async def test_a_long_poll_is_not_cut_short_by_the_session(telegram: TelegramSimulator, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await telegram.wait_for(lambda: telegram.calls_of("getUpdates"))
    telegram.user_says(ANA, "1234")
    [update] = await poll
    assert update.message is not None
    assert update.message.text == "1234"


@pytest.mark.parametrize("status", [502, 403])
async def test_a_gateways_page_in_another_encoding_never_reached_the_chat(status: int) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(status=status, body="<h1>Serviço indisponível</h1>".encode("latin-1"))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    async with TestServer(app) as server, connected(str(server.make_url("")), TOKEN) as bot:
        assert isinstance(await Delivery(bot).send(ANA, HELLO), NotSent)
        with pytest.raises(AiogramError):  # what who starts or polls waits out; any other error would end it
            await bot.get_me()
