"""The bot's name and descriptions: set by language where they are nobody's or ours, and what the owner wrote stays."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.people.menu_state import MENUS_KEY
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.server import TelegramCall
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.store.database import Database
from bot.telegram.menus import fingerprint
from bot.tracking.timing import DAY
from bot.words.fluent.catalog import Catalog
from bot.words.store_info import StoreInfo
from tests.fakes import ManualClock
from tests.key_catalog import key_folder
from tests.telegram.bot_harness import BotHarness, running_bot

SETTERS = ("setMyName", "setMyDescription", "setMyShortDescription")
GETTERS = ("getMyName", "getMyDescription", "getMyShortDescription")
NAMED = StoreInfo("Corner Shop")


@dataclass
class Place:
    """One bot at Telegram, the machine that serves it, and its clock; words are those of the store's own folder."""

    folder: Path
    clock: ManualClock = field(default_factory=ManualClock)
    telegram: TelegramSimulator = field(init=False)

    def __post_init__(self) -> None:
        self.telegram = TelegramSimulator(clock=self.clock)

    @asynccontextmanager
    async def running(self, store: StoreInfo = NAMED, *, waits: bool = True) -> AsyncIterator[BotHarness]:
        catalog = Catalog(key_folder(), self.folder / "words")
        async with running_bot(
            self.folder,
            telegram=self.telegram,
            menus=True,
            catalog=catalog,
            store=store,
            clock=self.clock,
            waits_for_menus=waits,
        ) as harness:
            yield harness

    async def start(self, store: StoreInfo = NAMED) -> list[TelegramCall]:
        """Start the service and end it again; what it has set of the profile."""
        before = len(self.telegram.calls)
        async with self.running(store):
            pass
        return [call for call in self.telegram.calls[before:] if call.method in SETTERS]

    def writes(self, key: str, text: str, language: str = "es") -> None:
        """The store words a text otherwise."""
        place = self.folder / "words" / language
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{key}.ftl").write_text(f"{key} = {text}\n", encoding="utf-8")

    def shown(self, kind: str, language: str = "") -> str:
        return self.telegram.profile.texts.get((kind, language), "")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "words" / "en").mkdir(parents=True)
    return Place(tmp_path)


def what(calls: list[TelegramCall]) -> list[tuple[str, str]]:
    return [(call.method, str(call.parameters.get("language_code", ""))) for call in calls]


async def test_each_is_set_once_for_each_language_and_after_a_restart_nothing_is_asked(place: Place) -> None:
    calls = what(await place.start())
    languages = {"", "en", "es", "pt"}
    assert {one for method, one in calls if method == "setMyDescription"} == languages
    assert {one for method, one in calls if method == "setMyShortDescription"} == languages
    assert {one for method, one in calls if method == "setMyName"} == {"es", "pt"}
    assert len(calls) == len(set(calls))
    before = len(place.telegram.calls_of(*GETTERS))
    place.clock.advance(2 * DAY)
    assert await place.start() == []
    assert len(place.telegram.calls_of(*GETTERS)) == before


async def test_a_store_without_a_name_names_no_bot(place: Place) -> None:
    assert "setMyName" not in {method for method, _ in what(await place.start(StoreInfo()))}


async def test_other_words_are_set_a_day_after_the_last_ones_also_while_it_runs(place: Place) -> None:
    await place.start()
    place.writes("bot-description", "Otra")
    async with place.running() as harness:
        place.clock.advance(DAY - 1)
        await harness.bot.set_menus()
        assert place.shown("description", "es") != "Otra"
        place.clock.advance(1)
        await harness.bot.set_menus()
        assert place.shown("description", "es") == "Otra"
    assert len(place.telegram.calls_of("setMyDescription")) == 5


@pytest.mark.parametrize("kind", ["name", "description", "short_description"])
async def test_what_the_owner_has_changed_stays_and_that_is_said_once(
    place: Place, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await place.start()
    place.telegram.profile.texts[kind, "es"] = "Mi propio texto"
    place.writes(f"bot-{kind.replace('_', '-')}", "Otra")
    for _ in range(3):
        place.clock.advance(DAY)
        assert await place.start() == []
    assert place.shown(kind, "es") == "Mi propio texto"
    assert sum("BotFather" in one.message for one in caplog.records) == 1
    place.telegram.profile.texts[kind, "es"] = ""  # the owner wants ours again
    place.clock.advance(DAY)
    assert len(await place.start()) == 1
    assert place.shown(kind, "es") == "Otra"


@pytest.mark.parametrize("language", ["", "es"])
async def test_a_description_of_before_the_bot_stays(place: Place, language: str) -> None:
    place.telegram.profile.texts["description", language] = "Written in BotFather"
    calls = what(await place.start())
    assert place.shown("description", language) == "Written in BotFather"
    described = {one for method, one in calls if method == "setMyDescription"}
    # where it is the one for all languages, the others would hide it
    assert described == (set() if language == "" else {"", "en", "pt"})


async def test_the_name_of_the_stores_own_language_is_the_owners(place: Place) -> None:
    place.telegram.profile.texts["name", "pt"] = "Nome da dona"
    calls = what(await place.start())
    assert [one for method, one in calls if method == "setMyName"] == ["es"]
    assert (place.shown("name"), place.shown("name", "en")) == ("", "")


async def test_what_was_set_without_an_answer_is_ours(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    place.telegram.fail(TelegramFault.RESET_AFTER, methods=["setMyDescription"], times=1)
    assert len(await place.start()) == 10
    place.clock.advance(DAY)
    assert len(await place.start()) == 1
    place.clock.advance(DAY)
    place.writes("bot-description", "Another", "en")
    await place.start()
    assert place.shown("description") == "Another"
    assert not [one for one in caplog.records if "BotFather" in one.message]


async def test_a_clock_that_was_far_ahead_holds_up_nothing(place: Place) -> None:
    place.clock.advance(1000 * DAY)
    await place.start()
    place.clock.advance(-1000 * DAY)
    place.writes("bot-description", "Otra")
    assert len(await place.start()) == 1
    place.clock.advance(-60)  # a clock that is put right by a little is no new day
    place.writes("bot-description", "Y otra")
    assert await place.start() == []


@pytest.mark.parametrize("kind", ["name", "description", "short_description"])
async def test_blanks_that_telegram_takes_away_make_it_nobody_elses(place: Place, kind: str) -> None:
    key, limit = f"bot-{kind.replace('_', '-')}", {"name": 64, "description": 512, "short_description": 120}[kind]
    place.writes(key, "x" * (limit - 1) + " yz")  # cut behind the blank
    await place.start()
    place.telegram.profile.texts[kind, "es"] = place.shown(kind, "es").strip()
    place.clock.advance(DAY)
    place.writes(key, "Otra")
    assert len(await place.start()) == 1
    assert place.shown(kind, "es") == "Otra"


async def test_one_that_fails_is_tried_the_next_day_and_the_others_are_set(place: Place) -> None:
    place.telegram.fail(TelegramFault.SERVER_ERROR, methods=["setMyDescription"], times=1)
    calls = await place.start()
    assert len(calls) == 10
    assert [call.outcome == "ok" for call in calls].count(False) == 1
    assert await place.start() == []
    place.clock.advance(DAY)
    assert len(await place.start()) == 1


@pytest.mark.parametrize("method", [*SETTERS, *GETTERS])
async def test_a_refusal_for_hours_holds_up_none_of_the_others_and_is_obeyed(place: Place, method: str) -> None:
    refused = place.telegram.fail(TelegramFault.TOO_MANY, methods=[method], times=1, seconds=3600)
    calls = await place.start()
    kind = method[3:]
    assert refused.hits == 1
    assert len(place.telegram.calls_of(method)) == 1
    assert {call.method[3:] for call in calls if call.outcome == "ok"} == {one[3:] for one in SETTERS} - {kind}
    place.clock.advance(DAY)
    later = await place.start()
    assert {call.method[3:] for call in later} == {kind}
    assert place.telegram.early_calls == 0


async def test_names_are_within_telegrams_limit_of_a_day(place: Place) -> None:
    place.telegram = TelegramSimulator(enforce_limits=True, clock=place.clock)
    for day in range(4):
        place.writes("bot-name", f"Nombre {day}")
        await place.start()
        await place.start()
        place.clock.advance(DAY)
    assert place.telegram.flood_control.refusals == 0
    assert place.shown("name", "es") == "Nombre 3"


async def test_what_an_older_version_has_set_is_known_as_ours(place: Place) -> None:
    place.telegram.profile.texts["description", ""] = "Ours of before"
    place.telegram.profile.texts["short_description", ""] = "Not ours of before"
    database = Database(place.folder / "bot.db")
    database.open()
    kept = {"description:None": fingerprint("Ours of before"), "short:None": fingerprint("Other"), "default:en": "f"}
    await database.write(
        lambda connection: connection.execute("INSERT INTO facts VALUES (?, ?)", (MENUS_KEY, json.dumps(kept)))
    )
    database.close()
    await place.start()
    assert place.shown("description") != "Ours of before"
    assert place.shown("short_description") == "Not ours of before"


async def test_the_bot_of_another_token_is_set_up_anew(place: Place) -> None:
    first = await place.start()
    place.telegram = TelegramSimulator(token="987654321:AAanotherbotanotherbotanotherbotanother")
    assert what(await place.start()) == what(first)
    assert place.telegram.calls_of("setMyCommands") != []
