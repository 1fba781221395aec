"""The page's server: it serves this machine's browser only, and never a traceback."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.command import main, open_page
from bot.demo.page.controller import DemoController
from bot.demo.page.server import PageServer, all_messages
from bot.simulators.world import SimulatedWorld

ORDER = "1509750516095-01"


@dataclass
class OpenPage:
    """A served page, and a client in the place of a browser."""

    controller: DemoController
    server: PageServer
    session: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        return await self.session.get(self.server.url + path, headers=headers)

    async def act(self, **action: Any) -> tuple[int, dict[str, Any]]:
        return await self.post(json.dumps(action).encode())

    async def post(self, body: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json"} | headers
        async with self.session.post(self.server.url + "act", data=body, headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def page() -> AsyncIterator[OpenPage]:
    controller = DemoController(SimulatedWorld())
    server = PageServer(controller)
    await server.start(0)
    async with aiohttp.ClientSession() as session:
        yield OpenPage(controller, server, session)
    await controller.close()
    await server.stop()
    await controller.world.stop()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "words",
        "page.js",
        "bubble.js",
        "chat.js",
        "elements.js",
        "replying.js",
        "times.js",
        "words.js",
        "page.css",
        "chat.css",
        "icon.svg",
        "words.json",
    ],
)
async def test_all_files_are_served_and_may_load_nothing_from_elsewhere(page: OpenPage, path: str) -> None:
    answer = await page.get(path)
    assert answer.status == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "http://" not in (await answer.text()).replace("http://www.w3.org/2000/svg", "")


async def test_another_host_name_is_refused(page: OpenPage) -> None:
    answer = await page.get("", Host="evil.example.com")
    assert (answer.status, "open it by the address" in (await answer.json())["error"]) == (403, True)


async def test_the_page_of_another_site_is_refused(page: OpenPage) -> None:
    action = json.dumps({"do": "make-order"}).encode()
    assert (await page.post(action, Origin="https://evil.example.com"))[0] == 403
    assert (await page.post(action, **{"Content-Type": "text/plain"}))[0] == 415
    assert page.controller.world.pickpack.orders == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 9000, b"{}", b'{"do": "no such"}', b'{"do": []}',
        b'{"do": "say"}', b'{"do": "say", "chat": true, "text": "x"}', b'{"do": "say", "chat": 1001, "text": 5}',
        b'{"do": "move", "order": 5}', b'{"do": "switch", "name": "lost", "on": "yes"}',
    ],
)  # fmt: skip
async def test_an_unknown_action_is_reported(page: OpenPage, body: bytes) -> None:
    assert await page.post(body) == (400, {"error": "this is no action of the page"})


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ({"do": "say", "chat": 7, "text": "x"}, "there is no chat 7"),
        ({"do": "say", "chat": 1001, "text": "  "}, "nothing to send"),
        ({"do": "press", "chat": 1001, "message": 9, "data": "r:1"}, "no longer there"),
        ({"do": "move", "order": "NONE"}, "the store has no order"),
        ({"do": "switch", "name": "gravity", "on": False}, "there is no switch"),
    ],
)
async def test_an_impossible_action_is_reported(page: OpenPage, action: dict[str, Any], why: str) -> None:
    status, answer = await page.act(**action)
    assert status == 409
    assert why in answer["error"]


async def test_a_body_that_is_too_large_is_refused(page: OpenPage) -> None:
    assert (await page.post(b'{"do": "' + b"x" * 50_000 + b'"}'))[0] == 413


async def test_an_order_moves_to_the_end_of_its_path_and_no_further(page: OpenPage) -> None:
    await page.act(do="make-order")
    for _ in range(12):
        assert (await page.act(do="move", order=ORDER))[0] == 200
    order = page.controller.world.pickpack.orders[ORDER]
    assert (order.status, [one.status for one in order.services]) == ("DELIVERED", ["DELIVERED"])
    status, answer = await page.act(do="move", order=ORDER)
    assert (status, "at the end of its way" in answer["error"]) == (409, True)


async def test_each_change_sends_the_whole_state(page: OpenPage) -> None:
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


async def test_no_secret_is_sent_to_the_page(page: OpenPage) -> None:
    world = page.controller.world
    snapshot = json.dumps(page.controller.snapshot())
    for secret in (world.telegram.token, world.pickpack.api_key, world.webhook_secret):
        assert secret not in snapshot


def test_every_message_has_its_text_in_every_language() -> None:
    shown = all_messages()
    codes = [code for code, _ in shown["languages"]]
    assert {"en", "es", "pt-BR"} <= set(codes)
    assert all(row["texts"].keys() == set(codes) for row in shown["rows"] if "texts" in row)


def test_a_token_of_a_real_bot_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    token = "123456789:" + "A" * 35
    monkeypatch.setenv("BOT_TOKEN", token)
    assert main(port=0, speed=1.0, language="en", script=None) == 78
    said = capsys.readouterr().err
    assert "run it without" in said
    assert token not in said


async def test_a_port_that_is_taken_is_reported(page: OpenPage, capsys: pytest.CaptureFixture[str]) -> None:
    assert await open_page(port=page.server.port, speed=1.0, language="en") == 1
    assert f"Port {page.server.port} is in use. Choose another" in capsys.readouterr().err


async def test_the_stores_own_texts_and_languages_are_read_anew_each_time(tmp_path: Path) -> None:
    own = tmp_path / "en" / "mine.ftl"
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "all.ftl").write_text("language-name = Français\n")
    own.parent.mkdir()
    controller = DemoController(SimulatedWorld())
    server = PageServer(controller, words=tmp_path)
    await server.start(0)
    try:
        async with aiohttp.ClientSession() as session:
            for words in ("We are on it", "They are on it"):
                own.write_text(f"state-picking = 🛒 {words}: {{ $order }}\n")
                async with session.get(server.url + "words.json") as answer:
                    shown = await answer.json()
                assert any(words in row["texts"]["en"]["html"] for row in shown["rows"] if "texts" in row)
        assert ["fr", "Français"] in shown["languages"]
    finally:
        await controller.close()
        await server.stop()
        await controller.world.stop()
