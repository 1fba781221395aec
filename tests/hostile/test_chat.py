"""Messages, presses, start payloads and updates of any shape, from a shopper, an admin and a group."""

import asyncio
import copy
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import GetMe, GetUpdates, Response, SendMessage, TelegramMethod
from hypothesis import given
from hypothesis import strategies as st

from bot.people.links import sign
from bot.telegram.session import TelegramSession
from bot.understanding.reading import load_reader
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.hostile.searching import NASTY_TEXTS, corpus, no_traceback_logged, searching, texts
from tests.run_options import IN_MEMORY
from tests.telegram.bot_harness import ADMIN, ANA, LINK_SECRET, BotHarness, Talk, running_bot
from tests.telegram.test_updates import SECRET_HEADER

GROUP = -1009
CATALOG = Catalog()  # of real words, as Telegram's limits hold for what is really said
RENDERER = Renderer(CATALOG, StoreInfo())
# the beginning of the one answer that nothing but /privacy gets, in each language
PRIVACY = tuple(RENDERER.plain(locale, "privacy", days=30, copies="no")[:15] for locale, _ in RENDERER.languages())
SHOWING = frozenset({"sendMessage", "sendDocument", "editMessageText", "answerCallbackQuery"})
# what shows all that was followed and is awaited, with its buttons
LISTS = ("/orders", "/stop NONE-404")
# what Telegram itself refuses and the delivery takes for done
NOTHING_TO_DO = ("400 Bad Request: message is not modified", "400 Bad Request: query is too old")
# and what it refuses where an update names a place that isn't there
REFUSED_PLACES = (
    *NOTHING_TO_DO,
    "400 Bad Request: chat not found",
    "400 Bad Request: message to be replied not found",
    "400 Bad Request: message to edit not found",
    "400 Bad Request: message thread not found",
)


@dataclass(repr=False)
class Stage:
    """A bot with its people, on a loop of its own that lives from example to example."""

    runner: asyncio.Runner
    harness: BotHarness
    talks: dict[str, Talk]

    def says(self, *said: str) -> None:
        """Everybody says it: in the group to the bot, as what is said to others isn't heard."""
        self._play(self._says(said))

    def presses(self, *pressed: str) -> None:
        """Everybody presses buttons with this data, and each press is answered."""
        self._play(self._presses(pressed))

    def gets(self, *updates: dict[str, Any]) -> None:
        """Telegram brings this. What no update may hold is allowed to end in an apology, and in nothing else."""
        self._forget()
        self.runner.run(self._gets(updates))

    def _play(self, scene: Any) -> None:
        self._forget()
        with no_traceback_logged():
            self.runner.run(scene)
        assert self.harness.errors == []

    def _forget(self) -> None:
        """Each example is judged by what it has done itself."""
        self.harness.errors.clear()
        self.harness.telegram.calls.clear()

    async def _says(self, said: Sequence[str]) -> None:
        self.harness.clock.advance(700)  # no wrong guess of before counts any more
        for talk, text in product(self.talks.values(), [*said, *LISTS]):
            talk.says(text, reply_to=self._newest(talk) if talk.id == GROUP else None)
        await self._still_well()

    async def _presses(self, pressed: Sequence[str]) -> None:
        self.harness.clock.advance(700)
        press = self.harness.telegram.user_presses
        made = [
            press(one.id, self._newest(one), data, forged=True) for one, data in product(self.talks.values(), pressed)
        ]
        await self._still_well()
        assert [one.data for one in made if len(one.answers) != 1] == []

    async def _gets(self, updates: Sequence[dict[str, Any]]) -> None:
        for update in updates:
            self.harness.telegram.push_update(update)
        await self._still_well(REFUSED_PLACES)

    def _newest(self, talk: Talk) -> int:
        return self.harness.telegram.bot_messages(talk.id)[-1].message_id

    async def _still_well(self, allowed: tuple[str, ...] = NOTHING_TO_DO) -> None:
        """The next message is answered as ever, and Telegram has refused nothing but what is allowed."""
        for talk in self.talks.values():
            telegram = self.harness.telegram
            seen = self._newest(talk) if telegram.bot_messages(talk.id) else 0
            talk.says("/privacy")
            answer = await telegram.wait_for_message(talk.id, lambda one: one.text.startswith(PRIVACY), after=seen)
            talk.looked = answer.message_id
        calls = [call for call in self.harness.telegram.calls if call.method in SHOWING]
        refused = [call for call in calls if call.outcome != "ok" and not call.outcome.startswith(allowed)]
        assert refused == []


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder, asyncio.Runner() as runner:
        opened = running_bot(Path(folder), catalog=CATALOG, understand=load_reader().understand)
        harness = runner.run(opened.__aenter__())
        talks = {"shopper": harness.talk(ANA), "admin": harness.talk(ADMIN), "group": harness.group(GROUP, ANA, ADMIN)}
        stage = Stage(runner, harness, talks)
        runner.run(_begin(stage))
        yield stage
        runner.run(opened.__aexit__(None, None, None))


async def _begin(stage: Stage) -> None:
    stage.harness.put("A-1")
    for talk in stage.talks.values():
        await talk.asks("/order A-1 <b>mine</b>")
    await stage._still_well()


Thing = TypeVar("Thing")


def several(one: st.SearchStrategy[Thing]) -> st.SearchStrategy[list[Thing]]:
    """A handful at once, as what is asked at the end costs as much as a few of them."""
    return st.lists(one, min_size=1, max_size=8)


# ── messages ─────────────────────────────────────────────────────────────────

COMMANDS = [
    "start", "help", "privacy", "orders", "order", "stop", "language", "settings", "forget", "export",
    "check", "stuck", "stats", "who", "resend", "tell", "link", "nonsense",
]  # fmt: skip
words = st.one_of(texts, st.sampled_from(["A-1", "B-2", "A-1 ", "#A-1", "https://shop.example.com/A-1?x=%ff%00"]))
messages = st.one_of(
    words,
    st.builds(
        "/{}{}{}{}".format,
        st.sampled_from(COMMANDS),
        st.sampled_from(["", "", "@onroute_bot", "@", "@other_bot"]),
        st.sampled_from([" ", "\n", "\u3000", "", " \x00"]),
        st.lists(words, max_size=3).map(" ".join),
    ),
    st.sampled_from(NASTY_TEXTS).map(lambda text: f"/order A-1 {text}"),
    st.sampled_from(NASTY_TEXTS).map(lambda text: f"/tell A-1 {text}"),
)


@searching(40)
@given(said=several(messages))
def test_any_messages_are_taken_and_the_next_one_is_answered(stage: Stage, said: list[str]) -> None:
    stage.says(*said)


@corpus("messages")
def test_a_found_message_is_taken_and_the_next_one_is_answered(stage: Stage, path: Path) -> None:
    stage.says(read(path))


# ── presses ──────────────────────────────────────────────────────────────────

presses = st.one_of(
    texts,
    st.builds(
        "{}:{}".format,
        st.sampled_from([*"rsxwaclvftu", "", "R", "::", "\x00"]),
        st.one_of(
            texts, st.integers().map(str), st.sampled_from(["1", "2", "yes", "no", "es", "key", "٣", "1_0", "-0"])
        ),
    ),
)


@searching(40)
@given(pressed=several(presses))
def test_any_press_is_answered_and_the_next_message_too(stage: Stage, pressed: list[str]) -> None:
    stage.presses(*pressed)


@corpus("callbacks")
def test_a_found_press_is_answered_and_the_next_message_too(stage: Stage, path: Path) -> None:
    stage.presses(read(path))


# ── start payloads ───────────────────────────────────────────────────────────


def signed(text: str) -> str:
    """As the store would sign it; too long an id has no link."""
    return str(sign(text, [LINK_SECRET]))


ids = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10), st.just("A-1"))
starts = st.one_of(
    texts,
    ids.map(signed),
    st.builds(
        lambda payload, at, sign: payload[:at] + sign + payload[at + 1 :],
        ids.map(signed),
        st.integers(0, 60),
        st.characters(),
    ),
    st.text("abcXYZ019-_=", max_size=70),
    ids.map(signed).map(lambda payload: f"_{payload}"),
)


@searching(30)
@given(payloads=several(starts))
def test_any_start_payload_is_taken_and_the_next_message_is_answered(stage: Stage, payloads: list[str]) -> None:
    stage.says(*(f"/start {payload}" for payload in payloads))


@corpus("starts")
def test_a_found_start_payload_is_taken_and_the_next_message_is_answered(stage: Stage, path: Path) -> None:
    stage.says(f"/start {read(path)}")


def read(path: Path) -> str:
    """A case: text as it is, or a string in JSON, which can hold what no text file can."""
    return str(json.loads(path.read_bytes())) if path.suffix == ".json" else path.read_bytes().decode()


# ── updates ──────────────────────────────────────────────────────────────────

NOT_THERE = 900_000_000  # however many messages were sent before
PERSON: dict[str, Any] = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
CHAT: dict[str, Any] = {"id": ANA, "type": "private", "first_name": "Ana"}
MESSAGE: dict[str, Any] = {"message_id": NOT_THERE, "date": 1_790_000_000, "chat": CHAT, "from": PERSON, "text": "A-1"}
MEMBER: dict[str, Any] = {"user": {"id": 123456789, "is_bot": True, "first_name": "OnRoute"}, "status": "member"}
UPDATES: list[dict[str, Any]] = [
    {"message": MESSAGE},
    {"message": MESSAGE | {"reply_to_message": MESSAGE, "is_topic_message": True, "message_thread_id": 7}},
    {"message": MESSAGE | {"sender_chat": CHAT, "entities": [{"type": "bot_command", "offset": 0, "length": 3}]}},
    {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "1", "data": "r:1", "message": MESSAGE}},
    {"my_chat_member": {"chat": CHAT, "from": PERSON, "date": 1, "old_chat_member": MEMBER, "new_chat_member": MEMBER}},
]
JUNK: list[Any] = [
    None, True, -1, 0, 2**63, 10**30, 1.5, float("nan"), "", "\ud800", "x" * 5000, [], {}, [[]], {"id": 1}, "private",
    "channel", "supergroup", "kicked", "left", "administrator", 1_790_000_000, {"type": "private", "id": 2**70},
]  # fmt: skip
GONE = object()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in a structure."""
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def changed(update: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy of the update, one value replaced, or gone."""
    copied: Any = copy.deepcopy(update)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    result: dict[str, Any] = copied
    return result


odd_updates = st.sampled_from(UPDATES).flatmap(
    lambda update: st.builds(
        changed, st.just(update), st.sampled_from(list(places(update))), st.sampled_from([*JUNK, GONE, GONE])
    )
)


@searching(50)
@given(updates=several(odd_updates))
def test_any_update_is_taken_or_skipped_and_the_next_message_is_answered(
    stage: Stage, updates: list[dict[str, Any]]
) -> None:
    stage.gets(*updates)


@corpus("updates")
def test_a_found_update_is_taken_or_skipped_and_the_next_message_is_answered(stage: Stage, path: Path) -> None:
    stage.gets(json.loads(path.read_bytes()))
    if path.name.startswith("press-"):
        telegram = stage.harness.telegram
        stage.runner.run(telegram.wait_for(lambda: telegram.calls_of("answerCallbackQuery")))


NUMBERS = count(1)
posted = st.one_of(
    odd_updates.map(lambda update: json.dumps({"update_id": next(NUMBERS)} | update).encode()),
    st.binary(max_size=99),
    st.builds(lambda opens, times: opens * times, st.sampled_from([b"[", b'{"message":']), st.integers(1, 9000)),
)


@searching(150)
@given(body=posted)
def test_any_body_in_telegrams_place_is_taken_skipped_or_no_json(
    webhook: tuple[asyncio.Runner, BotHarness], body: bytes
) -> None:
    runner, harness = webhook
    headers = {SECRET_HEADER: harness.telegram.updates.webhook.secret}
    assert runner.run(harness.bot.handle_webhook(headers, body)) in {200, 400}


@pytest.fixture(scope="module")
def webhook() -> Iterator[tuple[asyncio.Runner, BotHarness]]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder, asyncio.Runner() as runner:
        opened = running_bot(Path(folder), updates="webhook", catalog=CATALOG, understand=load_reader().understand)
        yield runner, runner.run(opened.__aenter__())
        runner.run(opened.__aexit__(None, None, None))


BOT = Bot("123456789:AAsimulatorsimulatorsimulatorsimulat", TelegramSession())
METHODS: list[TelegramMethod[Any]] = [GetUpdates(), GetMe(), SendMessage(chat_id=1, text="x")]
contents = st.one_of(
    st.text(max_size=60),
    st.builds(lambda opens, count: opens * count, st.sampled_from(["[", '{"result":', "9"]), st.integers(1, 9000)),
    odd_updates.map(lambda update: json.dumps({"ok": True, "result": [{"update_id": 1} | update]})),
    st.sampled_from(JUNK).map(lambda junk: json.dumps({"ok": True, "result": junk})),
    st.sampled_from(JUNK).map(lambda junk: json.dumps({"ok": False, "description": junk, "parameters": junk})),
    st.sampled_from(JUNK).map(
        lambda junk: json.dumps({"ok": False, "description": "x", "parameters": {"retry_after": junk}})
    ),
)


@searching(250)
@given(
    method=st.sampled_from(METHODS),
    status=st.sampled_from([200, 200, 400, 401, 403, 409, 413, 429, 502]),
    content=contents,
)
def test_any_answer_of_telegram_is_an_answer_or_an_error_that_is_caught(
    method: TelegramMethod[Any], status: int, content: str
) -> None:
    with suppress(AiogramError):  # what the long poll and the delivery take for trouble
        assert isinstance(BOT.session.check_response(BOT, method, status, content), Response)


@corpus("answers/telegram")
@pytest.mark.parametrize("status", [200, 400, 429, 502])
def test_a_found_answer_of_telegram_is_an_answer_or_an_error_that_is_caught(path: Path, status: int) -> None:
    for method in METHODS:
        with suppress(AiogramError):
            assert isinstance(BOT.session.check_response(BOT, method, status, path.read_text()), Response)
