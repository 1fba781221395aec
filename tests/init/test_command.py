"""`python -m bot init` as an engineer runs it: in a terminal, with answers on a pipe, and then the service itself."""

import asyncio
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest

from bot.settings import load
from bot.simulators.loopback import free_port
from bot.simulators.service_process import SOURCE_ROOT, ServiceProcess
from tests.file_permissions import WITHOUT_ROOT, owned_by_another, permissions_bind
from tests.init.harness import ENGINEER, LINK, InitHarness

PATIENCE = 30.0
SHOPPER, ORDER = 5001, "1509750516095-01"


def environment(init: InitHarness) -> dict[str, str]:
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE_ROOT), "PYTHONUTF8": "1", "TZ": "UTC", "TERM": "dumb"}
    return own | init.environ


@dataclass
class Terminal:
    """A terminal in which the command runs."""

    process: asyncio.subprocess.Process
    descriptor: int
    shown: str = ""
    _read: int = 0

    async def until(self, text: str) -> None:
        """Wait until the text is shown, behind what was waited for before."""
        async with asyncio.timeout(PATIENCE):
            while text not in self.shown[self._read :]:
                with suppress(BlockingIOError, OSError):
                    self.shown += os.read(self.descriptor, 4096).decode()
                await asyncio.sleep(0.005)
        self._read = self.shown.index(text, self._read) + len(text)

    async def answer(self, prompt: str, *keys: str) -> None:
        """Wait for a prompt, and type.

        The blank behind the prompt of a secret comes once the terminal hides what is typed; before, that is lost.
        """
        await self.until(prompt)
        os.write(self.descriptor, "".join(keys or ("\n",)).encode())


@asynccontextmanager
async def terminal(init: InitHarness) -> AsyncIterator[Terminal]:
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", TAKE_TERMINAL, "init", cwd=init.folder, env=environment(init),
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()
        os.close(ours)


# a terminal that is taken as the session's own sends Ctrl-C as a signal
TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])
"""


async def test_from_the_first_question_to_a_message_in_the_chat(init: InitHarness) -> None:
    async with terminal(init) as screen:
        await screen.answer("BOT_TOKEN: ", init.telegram.token, "\n")
        await screen.answer("PICKPACK_API_KEY: ", init.pickpack.api_key, "\n")
        await screen.answer("PUBLIC_URL (Enter leaves it out):", "https://bot.example.com\n")
        await screen.answer("STORE_NAME (Enter leaves it out):", "Corner Shop\n")
        await screen.answer("STORE_TIMEZONE (Enter leaves it out):", "peru\n")
        await screen.answer("STORE_TIMEZONE (Enter leaves it out):", "1\n")
        await screen.answer("STORE_HOURS")
        await screen.answer("STORE_CONTACT_URL")
        await screen.answer("DEFAULT_LOCALE [en]:")
        await screen.until("Then Enter")
        init.telegram.user_says(ENGINEER, f"/start {LINK.findall(screen.shown)[-1][1]}")
        os.write(screen.descriptor, b"\n")
        await screen.until(f"whose id is {ENGINEER}")
        await screen.answer("Write this to .env? [Y/n]")
        await screen.answer("[y/N]")
        await screen.until("doctor --send-test")
        assert await screen.process.wait() == 0
    settings = load(init.environ, init.dotenv)
    assert not any(secret in screen.shown for secret in settings.secret_values())

    init.pickpack.webhook.secret = settings.webhook_secret.get_secret_value()
    port = free_port()
    init.pickpack.webhook.url = f"http://127.0.0.1:{port}/webhooks/pickpack"
    service = ServiceProcess(init.folder, f"http://127.0.0.1:{port}", init.environ | {"HTTP_PORT": str(port)})
    init.telegram.add_user(SHOPPER, language_code="en")
    init.pickpack.put_order(ORDER)
    await service.start()
    try:
        await service.wait_until_ready()
        await init.telegram.wait_for_message(ENGINEER, timeout=PATIENCE)  # the START was left for it to answer
        init.telegram.user_says(SHOPPER, ORDER)
        card = await init.telegram.wait_for_message(SHOPPER, lambda one: "Corner Shop" in one.text, PATIENCE)
        init.pickpack.set_status(ORDER, "READY_FOR_SHIPPING")
        await init.telegram.wait_for_message(SHOPPER, timeout=PATIENCE, after=card.message_id)
        await init.pickpack.flush_webhooks()
        assert [webhook.status for webhook in init.pickpack.webhooks] == [200]
    finally:
        await service.kill()


async def test_ctrl_c_and_the_end_of_the_input_leave_nothing(init: InitHarness) -> None:
    async with terminal(init) as screen:
        await screen.answer("BOT_TOKEN: ", init.telegram.token, "\n")
        await screen.answer("PICKPACK_API_KEY: ", "half a ke", "\x03")
        await screen.until("Nothing was written.")
        assert await screen.process.wait() == 130
    assert "Traceback" not in screen.shown
    assert list(init.folder.iterdir()) == []


@pytest.mark.parametrize("answered", [0, 2, 6])
async def test_answers_that_end_too_soon_are_an_error_and_leave_nothing(init: InitHarness, answered: int) -> None:
    lines = [init.telegram.token, init.pickpack.api_key, "", "", "", "", ""][:answered]
    done = await asyncio.to_thread(run, init, lines)
    assert done.returncode == 1
    assert "the answers ended at this question, so nothing was written" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(init.folder.iterdir()) == []


async def test_without_a_terminal_answers_are_read_by_lines(init: InitHarness) -> None:
    answers = [init.telegram.token, init.pickpack.api_key, "", "Corner Shop", "", "", "", "", "-", "7001", "", ""]
    done = await asyncio.to_thread(run, init, answers, "--env-file", "store.env")
    assert done.returncode == 0, done.stderr
    assert load(init.environ, init.folder / "store.env").staff_ids == {7001}
    assert not any(answer in done.stdout for answer in answers[:2])
    assert re.search(r"python\S* -m bot doctor --send-test", done.stdout)


@permissions_bind
async def test_a_folder_that_can_not_be_written_is_said_before_any_question(init: InitHarness) -> None:
    with owned_by_another(init.folder, mode=0o755):
        done = await asyncio.to_thread(run, init, [], before=WITHOUT_ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "can't be written by this user" in done.stderr


def run(
    init: InitHarness, answers: list[str], *arguments: str, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-m", "bot", "init", *arguments], cwd=init.folder, env=environment(init),
        input="".join(f"{answer}\n" for answer in answers), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


async def test_aiogram_is_not_imported(init: InitHarness) -> None:
    command = [sys.executable, "-c", "import bot.init, sys; sys.exit('aiogram' in sys.modules)"]
    done = await asyncio.to_thread(subprocess.run, command, env=environment(init), check=False)
    assert done.returncode == 0
