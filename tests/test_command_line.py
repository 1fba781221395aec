"""The command line in a process of its own: output, exit codes, and never a traceback."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot import __version__
from bot.people.links import sign
from tests.builders import open_database
from tests.settings.test_settings import REQUIRED, TOKEN

ROOT = Path(__file__).parent.parent
SECRET = "a-link-secret-of-the-store"


def environment(**settings: str) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return inherited | {"PYTHONPATH": str(ROOT)} | settings


def run_bot(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder, env=environment(**settings), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


@contextmanager
def http_server(status: int, body: bytes = b"{}", location: str | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve the same response to every GET. Yields the port, and the list of paths that were requested."""
    requested: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requested.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if location is not None:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield str(server.server_address[1]), requested
        server.shutdown()


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_help_lists_the_commands_and_imports_no_large_package(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--help"],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    for command in ("run", "demo", "init", "config", "link", "locales", "backup", "healthcheck"):
        assert f"\n  {command} " in done.stdout
    for package in ("aiogram", "aiohttp", "pydantic", "sqlite_utils", "fluent"):
        assert f" {package}\n" not in done.stderr


@pytest.mark.parametrize("command", ["run", "config"])
def test_invalid_settings_are_all_listed_and_exit_78(tmp_path: Path, command: str) -> None:
    done = run_bot(tmp_path, command, BOT_TOKEN=TOKEN[:-20], HTTP_PORT="eighty", WEBHOOK_SECRT="x")
    assert done.returncode == 78
    assert done.stdout == ""
    for name in ("BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "HTTP_PORT", "did you mean WEBHOOK_SECRET"):
        assert name in done.stderr
    assert TOKEN[:-20] not in done.stderr
    assert "eighty" not in done.stderr


def test_a_default_language_without_words_is_listed_with_the_other_mistakes(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "config", **REQUIRED, DEFAULT_LOCALE="fr", HTTP_PORT="eighty")
    assert done.returncode == 78
    assert "HTTP_PORT: " in done.stderr
    assert "DEFAULT_LOCALE: is a language without words; there are en, es, es-AR, pt-BR" in done.stderr
    assert run_bot(tmp_path, "config", **REQUIRED, DEFAULT_LOCALE="fr").returncode == 78


def test_a_broken_dotenv_is_reported_with_its_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"STORE_NAME=Shop\nnonsense\n\xff\n")
    done = run_bot(tmp_path, "config", **REQUIRED)
    assert done.returncode == 78
    assert ".env line 2" in done.stderr
    assert ".env line 3" in done.stderr


def test_config_shows_values_and_sources_but_no_secret(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STORE_NAME=Corner Shop\n")
    done = run_bot(tmp_path, "config", **REQUIRED)
    assert done.returncode == 0
    assert "Corner Shop  (.env)" in done.stdout
    assert "***  (environment)" in done.stdout
    for secret in REQUIRED.values():
        assert secret not in done.stdout + done.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "config"],
        cwd=tmp_path, env=environment(**REQUIRED), stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_shows_no_traceback(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "config"],
            cwd=tmp_path, env=environment(**REQUIRED), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 70
    assert done.stderr.startswith(b"Unexpected error: OSError in ")
    assert done.stderr.count(b"\n") == 1


def test_the_demo_is_asked_for_a_language_that_there_is(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "demo", "--language", "xx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there are no words in 'xx', only in en, es, es-AR, pt-BR" in done.stderr


@pytest.mark.parametrize(("arguments", "named"), [(("en", "my-words"), "my-words"), (("xx",), "xx")])
def test_specimens_of_what_is_not_there_are_refused(tmp_path: Path, arguments: tuple[str, ...], named: str) -> None:
    command = [sys.executable, "-m", "bot.demo.specimens", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    assert run_bot(tmp_path, "nonsense").returncode == 2


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    assert run_bot(tmp_path, "--version").stdout == f"{__version__}\n"


@pytest.mark.parametrize(
    ("command", "settings", "named"),
    [
        ((sys.executable, "-m", "bot"), {}, f"{sys.executable} -m bot"),
        ((sys.executable, "-X", "utf8", "-m", "bot"), {}, f"{sys.executable} -m bot"),
        ((sys.executable, "onroute"), {}, "onroute"),
        ((sys.executable, "-m", "bot"), {"ONROUTE_CALLED_AS": "onroutectl"}, "onroutectl"),
        ((sys.executable, "-m", "bot"), {"ONROUTE_CALLED_AS": "onroutectl --store shop"}, "onroutectl --store shop"),
    ],
)
def test_help_and_hints_name_the_command_as_it_was_called(
    tmp_path: Path, command: tuple[str, ...], settings: dict[str, str], named: str
) -> None:
    (tmp_path / "onroute").write_text("import sys\nfrom bot.__main__ import main\nsys.exit(main())\n")  # as the wheel's

    def said(*arguments: str) -> str:
        environ = environment(**settings)
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout + done.stderr

    assert said("--help").startswith(f"Usage: {named} [OPTIONS]")
    assert said("doctor", "--help").startswith(f"Usage: {named} doctor [OPTIONS]")
    assert f"Try '{named} link --help'" in said("link")


# ── link ─────────────────────────────────────────────────────────────────────


def test_link_prints_the_signed_url_and_draws_it(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "link", "A-1", "--bot-name", "store_bot", "--qr", "code.png", LINK_SECRET=SECRET)
    assert done.returncode == 0
    assert done.stdout == f"https://t.me/store_bot?start={sign('A-1', [SECRET])}\n"
    assert (tmp_path / "code.png").read_bytes().startswith(b"\x89PNG")


def test_link_asks_telegram_for_the_name(tmp_path: Path) -> None:
    with http_server(200, b'{"ok":true,"result":{"username":"asked_bot"}}') as (port, requested):
        done = run_bot(
            tmp_path, "link", "A-1", LINK_SECRET=SECRET, TELEGRAM_API_URL=f"http://127.0.0.1:{port}", **REQUIRED
        )
    assert done.stdout.startswith("https://t.me/asked_bot?start=A-1")
    assert requested == [f"/bot{TOKEN}/getMe"]


def test_link_prints_the_bots_own_link_for_the_counter(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "link", "--shop", "--bot-name", "@store_bot", "--qr", "counter.svg")
    assert (done.returncode, done.stdout) == (0, "https://t.me/store_bot\n")
    assert "<svg" in (tmp_path / "counter.svg").read_text()


@pytest.mark.parametrize("name", ["store_bot", "@store_bot", "https://t.me/store_bot", "t.me/store_bot/"])
def test_a_bots_name_may_be_given_as_people_copy_it(tmp_path: Path, name: str) -> None:
    done = run_bot(tmp_path, "link", "--shop", "--bot-name", name)
    assert (done.stdout, done.stderr) == ("https://t.me/store_bot\n", "")


@pytest.mark.parametrize(
    "name", ["", "@", "b", "the store bot", "1_bot", "störe_bot", "https://example.com/bot", "b" * 33]
)
def test_what_can_be_no_bots_name_is_refused(tmp_path: Path, name: str) -> None:
    done = run_bot(tmp_path, "link", "--shop", "--bot-name", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--bot-name: can't be a bot's name" in done.stderr


def test_a_name_that_does_not_end_in_bot_is_doubted(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "link", "--shop", "--bot-name", "cornershop")
    assert (done.returncode, done.stdout) == (0, "https://t.me/cornershop\n")
    assert "ends in bot" in done.stderr


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [(401, b"{}", "refuses BOT_TOKEN"), (502, b"<html>", "no name in it"), (200, b'{"result":[]}', "no name in it")],
)
def test_link_reports_what_is_wrong_with_telegrams_answer(
    tmp_path: Path, status: int, body: bytes, message: str
) -> None:
    with http_server(status, body) as (port, _):
        done = run_bot(
            tmp_path, "link", "A-1", LINK_SECRET=SECRET, TELEGRAM_API_URL=f"http://127.0.0.1:{port}", **REQUIRED
        )
    assert done.returncode == 1
    assert message in done.stderr
    assert TOKEN not in done.stderr


def test_link_follows_no_redirect(tmp_path: Path) -> None:
    name = b'{"ok":true,"result":{"username":"another_bot"}}'
    with (
        http_server(200, name) as (other_port, requested),
        http_server(302, location=f"http://127.0.0.1:{other_port}/bot{TOKEN}/getMe") as (port, _),
    ):
        done = run_bot(
            tmp_path, "link", "A-1", LINK_SECRET=SECRET, TELEGRAM_API_URL=f"http://127.0.0.1:{port}", **REQUIRED
        )
    assert done.returncode == 1
    assert requested == []
    assert TOKEN not in done.stderr


def test_link_reports_that_telegram_can_not_be_reached(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    done = run_bot(tmp_path, "link", "A-1", LINK_SECRET=SECRET, TELEGRAM_API_URL=address, **REQUIRED)
    assert done.returncode == 1
    assert "can't be reached" in done.stderr
    assert TOKEN not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "message"),
    [
        (["A-1"], {}, 78, "LINK_SECRET"),
        (["#" * 40], {"LINK_SECRET": SECRET}, 1, "no link"),
        ([" "], {"LINK_SECRET": SECRET}, 2, "no order id"),
        ([], {"LINK_SECRET": SECRET}, 2, "--shop"),
        (["A-1", "--shop"], {"LINK_SECRET": SECRET}, 2, "of no order"),
        (["A-1", "--qr", "code.txt"], {"LINK_SECRET": SECRET}, 2, ".png"),
        (["A-1", "--qr", "no/folder/code.png"], {"LINK_SECRET": SECRET}, 1, "can't be written"),
    ],
)
def test_link_reports_why_there_is_none(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], code: int, message: str
) -> None:
    done = run_bot(tmp_path, "link", "--bot-name", "store_bot", *arguments, **settings)
    assert done.returncode == code
    assert message in done.stderr


# ── healthcheck, backup ──────────────────────────────────────────────────────


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_healthcheck_follows_readyz_and_needs_no_other_setting(tmp_path: Path, status: int, code: int) -> None:
    with http_server(status) as (port, requested):
        done = run_bot(tmp_path, "healthcheck", HTTP_HOST="0.0.0.0", HTTP_PORT=port)  # noqa: S104 - as in a container
    assert done.returncode == code
    assert requested == ["/readyz"]


def test_healthcheck_without_a_service_exits_1(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "healthcheck", HTTP_HOST="::", HTTP_PORT=free_port())
    assert done.returncode == 1
    assert "no answer from ::1" in done.stderr


def test_backup_reports_a_missing_database(tmp_path: Path) -> None:
    done = run_bot(tmp_path, "backup", "copy.db", DATABASE_PATH="none.db")
    assert done.returncode == 1
    assert "none.db" in done.stderr


def test_a_backup_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    done = run_bot(tmp_path, "backup", "copies/copy.db", DATABASE_PATH="bot.db")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "copies" / "copy.db").stat().st_mode & 0o077 == 0
