"""The page's server: for this machine's browser only, and never a traceback."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.command import main, open_page
from bot.demo.page.controller import Stage
from bot.demo.page.server import PageServer, every_message
from bot.simulators.world import SimulatedWorld

ORDER = "1509750516095-01"


@dataclass
class Open:
    """An open page, and a browser's place."""

    stage: Stage
    server: PageServer
    session: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        return await self.session.get(self.server.url + path, headers=headers)

    async def act(self, **asked: Any) -> tuple[int, dict[str, Any]]:
        return await self.post(json.dumps(asked).encode())

    async def post(self, body: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json"} | headers
        async with self.session.post(self.server.url + "act", data=body, headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def page() -> AsyncIterator[Open]:
    stage = Stage(SimulatedWorld())
    server = PageServer(stage)
    await server.start(0)
    async with aiohttp.ClientSession() as session:
        yield Open(stage, server, session)
    await stage.close()
    await server.stop()
    await stage.world.stop()


@pytest.mark.parametrize("path", ["", "words", "page.js", "chat.js", "words.js", "page.css", "icon.svg", "words.json"])
async def test_everything_is_served_from_here_and_may_load_nothing_else(page: Open, path: str) -> None:
    answer = await page.get(path)
    assert answer.status == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "http://" not in (await answer.text()).replace("http://www.w3.org/2000/svg", "")


async def test_another_name_for_this_address_is_refused(page: Open) -> None:
    answer = await page.get("", Host="evil.example.com")
    assert (answer.status, "open it by the address" in (await answer.json())["error"]) == (403, True)


async def test_another_sites_page_can_do_nothing_here(page: Open) -> None:
    say = json.dumps({"do": "make-order"}).encode()
    assert (await page.post(say, Origin="https://evil.example.com"))[0] == 403
    assert (await page.post(say, **{"Content-Type": "text/plain"}))[0] == 415
    assert page.stage.world.pickpack.orders == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 9000, b"{}", b'{"do": "no such"}', b'{"do": []}',
        b'{"do": "say"}', b'{"do": "say", "chat": true, "text": "x"}', b'{"do": "say", "chat": 1001, "text": 5}',
        b'{"do": "move", "order": 5}', b'{"do": "switch", "name": "lost", "on": "yes"}',
    ],
)  # fmt: skip
async def test_what_is_no_action_is_said_so(page: Open, body: bytes) -> None:
    assert await page.post(body) == (400, {"error": "this is no action of the page"})


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"do": "say", "chat": 7, "text": "x"}, "there is no chat 7"),
        ({"do": "say", "chat": 1001, "text": "  "}, "nothing to send"),
        ({"do": "press", "chat": 1001, "message": 9, "data": "r:1"}, "no longer there"),
        ({"do": "move", "order": "NONE"}, "the store has no order"),
        ({"do": "switch", "name": "gravity", "on": False}, "there is no switch"),
    ],
)
async def test_what_cannot_be_done_is_said_so(page: Open, asked: dict[str, Any], why: str) -> None:
    status, answer = await page.act(**asked)
    assert status == 409
    assert why in answer["error"]


async def test_a_body_that_is_too_large_is_refused(page: Open) -> None:
    assert (await page.post(b'{"do": "' + b"x" * 50_000 + b'"}'))[0] == 413


async def test_an_order_goes_its_way_to_the_end_and_no_further(page: Open) -> None:
    await page.act(do="make-order")
    for _ in range(12):
        assert (await page.act(do="move", order=ORDER))[0] == 200
    order = page.stage.world.pickpack.orders[ORDER]
    assert (order.status, [one.status for one in order.services]) == ("DELIVERED", ["DELIVERED"])
    status, answer = await page.act(do="move", order=ORDER)
    assert (status, "at the end of its way" in answer["error"]) == (409, True)


async def test_each_change_is_the_whole_state_again(page: Open) -> None:
    answer = await page.get("events")
    states = []
    async for line in answer.content:
        if line.startswith(b"data: "):
            states.append(json.loads(line[6:]))
            if len(states) == 2:
                break
            await page.act(do="switch", name="repeated", on=True)
    assert [state["switches"]["repeated"] for state in states] == [False, True]
    assert [chat["name"] for chat in states[1]["chats"]] == ["Ana", "Bruno", "Carla", "Sam"]


async def test_no_secret_is_in_what_the_page_is_told(page: Open) -> None:
    world = page.stage.world
    told = json.dumps(page.stage.snapshot())
    for secret in (world.telegram.token, world.pickpack.api_key, world.webhook_secret):
        assert secret not in told


def test_every_message_has_its_text_in_every_language() -> None:
    shown = every_message()
    codes = [code for code, _ in shown["languages"]]
    assert {"en", "es", "pt-BR"} <= set(codes)
    assert all(row["texts"].keys() == set(codes) for row in shown["rows"])


def test_a_token_of_a_real_bot_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    token = "123456789:" + "A" * 35
    monkeypatch.setenv("BOT_TOKEN", token)
    assert main(port=0, speed=1.0, language="en", script=None) == 78
    said = capsys.readouterr().err
    assert "run it without" in said
    assert token not in said


async def test_a_port_that_is_taken_is_said_so(page: Open, capsys: pytest.CaptureFixture[str]) -> None:
    assert await open_page(port=page.server.port, speed=1.0, language="en") == 1
    assert f"Port {page.server.port} is in use. Choose another" in capsys.readouterr().err


async def test_the_stores_own_words_and_languages_are_shown_as_they_are_now(tmp_path: Path) -> None:
    own = tmp_path / "en" / "mine.ftl"
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "all.ftl").write_text("language-name = Français\n")
    own.parent.mkdir()
    stage = Stage(SimulatedWorld())
    server = PageServer(stage, words=tmp_path)
    await server.start(0)
    try:
        async with aiohttp.ClientSession() as session:
            for words in ("We are on it", "They are on it"):
                own.write_text(f"state-picking = 🛒 {words}: {{ $order }}\n")
                async with session.get(server.url + "words.json") as answer:
                    shown = await answer.json()
                row = next(row for row in shown["rows"] if row["key"] == "PICKING")
                assert words in row["texts"]["en"]["html"]
        assert ["fr", "Français"] in shown["languages"]
    finally:
        await stage.close()
        await server.stop()
        await stage.world.stop()
