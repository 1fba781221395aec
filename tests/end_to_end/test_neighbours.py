"""Both neighbours are killed and brought back while the real service runs: what /readyz, the log and doctor say."""

import asyncio
import json
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from typing import Any

import pytest
import pytest_asyncio
from yarl import URL

from bot.simulators.loopback import HOST
from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import LOOK_SECONDS, PersonsChat, until
from tests.end_to_end.service_process import spawned, started
from tests.key_catalog import key_folder

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVERY_METHOD = ["getMe", "getUpdates", "sendMessage", "editMessageText", "setMyCommands"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    world = SimulatedWorld(cache_seconds=0)
    try:
        await world.start(LOCALES_OVERRIDE=key_folder(), SETTLE_SECONDS=0, SEND_RATE=0, LOG_FORMAT="json")
        await world.kill()
        world.service.log.write_text("")
        async with started(world, "-m", "tests.end_to_end.impatient_service", str(os.getpid())):
            await reads(world, telegram="ok", pickpack="ok")
            await until(lambda: any(one["message"].startswith("Ready") for one in lines(world)))
            yield world
    finally:
        await world.stop()


async def reads(world: SimulatedWorld, reason: str = "", **states: str) -> dict[str, Any]:
    """Wait until /readyz says so, and return what it says. No neighbour's trouble is a 503."""
    said: dict[str, Any] = {}
    try:
        async with asyncio.timeout(12):
            while {name: said.get(name) for name in states} != states or reason not in str(said["reasons"]):
                status, body = await world.get("/readyz")
                said = json.loads(body)
                assert status == (503 if said["database"] == "down" else 200)
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        raise AssertionError(f"{said}\n{world.service.log_tail()}") from None
    _status, metrics = await world.get("/metrics")
    for name, state in states.items():
        assert f'onroute_up{{part="{name}"}} {float(state in ("ok", "degraded"))}' in metrics.splitlines()
    return said


def lines(world: SimulatedWorld, since: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in world.service.log.read_text().splitlines()[since:]]


def written(world: SimulatedWorld) -> int:
    return len(lines(world))


def told(world: SimulatedWorld, since: int) -> list[str]:
    """What the log says from INFO on of the neighbours and the database, without what lasts as long as it lasts."""
    said = (one["message"] for one in lines(world, since) if "neighbour" in one)
    return [re.sub(r"(since|after) [\d:TZ-]+(?: s)?", r"\1 …", one) for one in said]


async def test_the_start_is_told_in_a_line_with_all_that_was_started(world: SimulatedWorld) -> None:
    start = next(one for one in lines(world) if one["message"].startswith("OnRoute is started"))
    assert start["languages"].split() >= ["en"]
    assert start.keys() >= {"version", "account", "orders", "listener", "updates"}
    ready = next(one for one in lines(world) if one["message"].startswith("Ready"))
    assert ready["bot"]


async def test_telegram_killed_and_brought_back(world: SimulatedWorld) -> None:
    since = written(world)
    await world.telegram.go_down()
    said = await reads(world, telegram="down", pickpack="ok", database="ok")
    assert said["reasons"]["telegram"] == "connection refused"
    await world.telegram.come_back()
    said = await reads(world, telegram="ok")
    assert said["reasons"] == {}
    assert told(world, since) == [
        "Telegram does not answer: connection refused, since …",
        "Telegram answers again after …",
    ]
    others = (one for one in lines(world, since) if one["logger"] != "bot.wiring")  # which judges the words just then
    assert [one for one in others if one["level"] != "INFO" and "neighbour" not in one] == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (TelegramFault.HANG, "no answer in time"),
        (TelegramFault.BAD_GATEWAY, "HTTP 502"),
    ],
)
async def test_telegram_that_answers_nothing_of_use(world: SimulatedWorld, kind: TelegramFault, reason: str) -> None:
    since = written(world)
    fault = world.telegram.fail(kind, methods=EVERY_METHOD)
    assert (await reads(world, telegram="down"))["reasons"]["telegram"] == reason
    world.telegram.heal(fault)
    await reads(world, telegram="ok")
    assert told(world, since) == [
        f"Telegram does not answer: {reason}, since …",
        "Telegram answers again after …",
    ]


async def test_a_token_that_is_revoked_is_an_error_once_and_taken_again_by_itself(world: SimulatedWorld) -> None:
    since = written(world)
    fault = world.telegram.fail(TelegramFault.UNAUTHORIZED, methods=EVERY_METHOD)
    assert "BOT_TOKEN" in (await reads(world, telegram="down"))["reasons"]["telegram"]
    await asked(world, "getMe", times=3)
    world.telegram.heal(fault)
    await reads(world, telegram="ok")
    started, ended = (one for one in lines(world, since) if "neighbour" in one)
    assert started["level"] == "ERROR"
    assert "BOT_TOKEN (401)" in started["message"]
    assert "@BotFather" in started["message"]
    assert ended["message"].startswith("Telegram takes BOT_TOKEN again after")


async def asked(world: SimulatedWorld, method: str, times: int) -> None:
    before = len(world.telegram.calls_of(method))
    await world.telegram.wait_for(lambda: len(world.telegram.calls_of(method)) >= before + times, timeout=10)


async def test_updates_that_another_program_takes_are_told_once_and_its_end_too(world: SimulatedWorld) -> None:
    since = written(world)
    fault = world.telegram.fail(TelegramFault.CONFLICT, methods=["getUpdates"])
    await reads(world, "another program", telegram="degraded")
    await asked(world, "getUpdates", times=2)
    world.telegram.heal(fault)
    await reads(world, telegram="ok")
    assert len([one for one in lines(world, since) if "other program" in one["message"]]) == 2


async def test_pick_and_pack_killed_and_brought_back_in_a_quiet_shop(world: SimulatedWorld, chat: PersonsChat) -> None:
    since = written(world)
    port = URL(world.pickpack.token_url).port or 0
    before = await reads(world, pickpack="ok")
    await world.pickpack.stop()
    chat.says("3001-01")  # the one call that shows it
    said = await reads(world, pickpack="down", telegram="ok")
    assert said["as of"]["pickpack"] == before["as of"]["pickpack"]
    await world.pickpack.start(HOST, port)
    await reads(world, pickpack="ok")
    started, ended = told(world, since)
    assert started.startswith("Pick and Pack does not answer: ")
    assert ended == "Pick and Pack answers again after …"


async def test_a_key_that_is_refused_is_an_error_once_and_taken_again_by_itself(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    since = written(world)
    key, world.pickpack.api_key = world.pickpack.api_key, "another"
    world.pickpack.expire_tokens()
    chat.says("3002-01")
    await reads(world, pickpack="down")
    world.pickpack.api_key = key
    await reads(world, pickpack="ok")
    started, ended = (one for one in lines(world, since) if "neighbour" in one)
    assert (started["level"], "PICKPACK_API_KEY" in started["message"]) == ("ERROR", True)
    assert ended["message"].startswith("Pick and Pack takes PICKPACK_API_KEY again after")


async def test_an_api_that_fails_for_everything_is_found_out_without_any_order(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.faults.on(PickPackFault.STATUS_500)
    chat.says("3003-01")
    await reads(world, pickpack="down")
    world.pickpack.faults.off(PickPackFault.STATUS_500)
    await reads(world, pickpack="ok")


async def test_an_event_is_found_in_the_log_from_its_webhook_to_its_message(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("3005-01", "PICKING")
    await chat.follows("3005-01")
    since = written(world)
    await world.pickpack.set_status("3005-01", "INVOICED")
    await chat.told("state-invoiced", order="3005-01")
    webhook = await line(world, since, lambda one: one["message"].startswith("Webhook"))
    sent = await line(world, since, lambda one: one.get("kind") == "card" and one["event"] == webhook["event"])
    assert {name: webhook[name] for name in ("order", "old", "new", "result", "verdict")} == {
        "order": "3005-01", "old": "PICKING", "new": "INVOICED", "result": "stored", "verdict": "taken",
    }  # fmt: skip
    assert (sent["order"], sent["chat"], sent["attempts"]) == ("3005-01", chat.id, 1)
    assert f"event {webhook['event']}" in sent["message"]


async def line(world: SimulatedWorld, since: int, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while not (found := [one for one in lines(world, since) if is_it(one)]):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(LOOK_SECONDS)
    return found[0]


async def test_while_nothing_can_be_stored_chores_add_nothing_to_the_line_that_says_so(world: SimulatedWorld) -> None:
    since = written(world)
    with closing(sqlite3.connect(world.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # no disk breaks so easily, and the chores meet the same
        await reads(world, database="down")
    await reads(world, database="ok")
    assert told(world, since)[-1] == "The database stores again after …"
    assert [one["message"] for one in lines(world, since) if one["level"] != "INFO" and "neighbour" not in one] == []
    _status, metrics = await world.get("/metrics")
    assert 'onroute_errors_total{place="chores"} 0.0' in metrics


async def test_refused_webhooks_are_one_warning_however_many_come(world: SimulatedWorld) -> None:
    since = written(world)
    for _ in range(20):
        assert await world.pickpack.send_webhook({}) == 400
    refused = [one for one in lines(world, since) if "was refused" in one["message"]]
    assert [one["level"] for one in refused] == ["WARNING"]


async def test_healthcheck_says_what_the_service_says(world: SimulatedWorld) -> None:
    await world.telegram.go_down()
    await reads(world, telegram="down")
    process = await spawned(world, "-m", "bot", "healthcheck")
    said, _ = await process.communicate()
    await world.telegram.come_back()
    assert process.returncode == 0
    assert re.search(r"^ready: .*telegram down since \S+Z \(connection refused\)", said.decode())
    await reads(world, telegram="ok")
