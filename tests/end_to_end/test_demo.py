"""`python -m bot demo` as people run it: a transcript, an exit code, and nothing left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bot.simulators.service_process import SOURCE_ROOT
from bot.words.fluent.catalog import Catalog
from bot.words.html.markup import visible_text
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.end_to_end.chats import shows
from tests.key_catalog import key_folder
from tests.time_limits import killed_after

LATEST = 60.0
LONGEST_SCENARIO = 120.0
FAILING = """
title = "It can't go well"
[settings]
SETTLE_SECONDS = 0
LOCALES_OVERRIDE = "{words}"
[[step]]
put = {{order = "BAD-1"}}
[[step]]
say = {{chat = "Ana", text = "BAD-1"}}
[[step]]
expect = {{chat = "Ana", contains = "BAD-1"}}
[[step]]
expect = {{chat = "Ana", contains = "was never said", within = 0.3}}
"""
STAY = """
import asyncio
from bot.simulators.world import SimulatedWorld
async def stay():
    world = SimulatedWorld()
    await world.start()
    print(world.service.pid, flush=True)
    await asyncio.sleep(600)
asyncio.run(stay())
"""


def demo(*arguments: str, folder: Path, within: float = LATEST) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "demo", *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(SOURCE_ROOT)},
        capture_output=True, text=True, timeout=within, check=False,
    )  # fmt: skip


def first_line(key: str, number: str, language: str = "en") -> str:
    """How a message about an order begins, in our own words."""
    text = Renderer(Catalog(), StoreInfo()).answer(language, key, number=number)
    return visible_text(text.html).splitlines()[0]


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def is_there(pid: int) -> bool:
    """Whether a process exists and has not just ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_packaged_scenario_plays_to_its_end(tmp_path: Path) -> None:
    script = SOURCE_ROOT / "bot" / "demo" / "scenarios" / "pickup.toml"
    done = demo("--speed", "20", "--language", "en", "--script", str(script), folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for key in ("headline-ready-for-pickup", "headline-collected"):
        assert first_line(key, "PICK-7") in done.stdout
    assert "OK: " in done.stdout
    assert left_in(tmp_path) == []


def test_buttons_are_pressed_in_every_language(tmp_path: Path) -> None:
    script = SOURCE_ROOT / "bot" / "demo" / "scenarios" / "not-received.toml"
    done = demo("--speed", "20", "--language", "pt-BR", "--script", str(script), folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert first_line("headline-missing", "DOOR-2", "pt-BR") in done.stdout


def test_a_morning_of_staff_is_played_to_its_end(tmp_path: Path) -> None:
    script = SOURCE_ROOT / "bot" / "demo" / "scenarios" / "morning.toml"
    done = demo("--speed", "20", "--script", str(script), folder=tmp_path, within=LONGEST_SCENARIO)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_expectation_that_does_not_come_true_is_named_with_what_is_shown_instead(tmp_path: Path) -> None:
    script = tmp_path / "failing.toml"
    script.write_text(FAILING.format(words=key_folder()))
    done = demo("--script", str(script), folder=tmp_path)
    assert done.returncode == 1
    assert "FAILED: step 4 (expect): not within 0.3 s" in done.stdout
    assert shows(done.stdout.partition("FAILED")[2], "state-ready-for-handling", order="BAD-1")


def test_a_wrong_scenario_starts_nothing(tmp_path: Path) -> None:
    script = tmp_path / "wrong.toml"
    script.write_text('title = "x"\n[[step]]\nwait = "long"\n')
    done = demo("--script", str(script), folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "step 1 (wait)" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_the_service_ends_with_the_demo_however_that_ends(tmp_path: Path, ending: signal.Signals) -> None:
    environment = os.environ | {"PYTHONPATH": str(SOURCE_ROOT), "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", STAY], env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        with killed_after(parent, LATEST):
            service = int(parent.stdout.readline())
        assert is_there(service)
        parent.send_signal(ending)
        parent.wait(LATEST)
    began = time.monotonic()
    while is_there(service):
        assert time.monotonic() - began < 5
        time.sleep(0.02)


async def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0",
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(SOURCE_ROOT), "TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert running.stdout is not None
    await asyncio.wait_for(running.stdout.readline(), LATEST)
    running.send_signal(signal.SIGINT)
    said, _ = await asyncio.wait_for(running.communicate(), LATEST)
    assert running.returncode == 130
    assert "Traceback" not in said.decode()
    assert left_in(tmp_path) == []
