"""The doctor, with the simulators in the services' place: each fault is a line that says what to do."""

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from bot.clock import SystemClock
from bot.demo.pickpack_simulator import PickPackSimulator
from bot.demo.telegram_simulator import TelegramSimulator
from bot.demo.world import World
from bot.doctor import examine, network
from bot.doctor.findings import Finding, lines
from bot.doctor.service import look_at_lock
from bot.store.database import connect, take_lock
from bot.store.migrations import migrate, migrations
from tests.file_permissions import WITHOUT_ROOT, owned_by_another, permissions_bind

ROOT = Path(__file__).parent.parent
STAFF = 7001


@dataclass
class DoctorHarness:
    """Both simulators, settings that are all right, and a way to look with some of them changed."""

    telegram: TelegramSimulator
    pickpack: PickPackSimulator
    folder: Path
    environ: dict[str, str]

    async def look(self, *, clock: Any = None, order: str | None = None, **changes: str) -> dict[str, Finding]:
        """The findings by check; where a check has several, the worst."""
        findings = await examine(self.environ | changes, self.folder / ".env", order=order, clock=clock)
        said = "\n".join(lines(findings))
        for name in ("BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "LINK_SECRET"):
            assert (self.environ | changes).get(name, "no secret") not in said
        assert all(one.remedy for one in findings if one.result != "ok"), said
        badness = {"ok": 0, "warn": 1, "fail": 2}
        return {one.check: one for one in sorted(findings, key=lambda one: badness[one.result])}


@pytest.fixture
async def doctor(tmp_path: Path) -> AsyncIterator[DoctorHarness]:
    clock = SystemClock()
    pickpack, telegram = PickPackSimulator(clock=clock), TelegramSimulator()
    await pickpack.start()
    await telegram.start()
    telegram.add_user(STAFF)
    environ = {
        "BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.api_url,
        "PICKPACK_API_KEY": pickpack.api_key,
        "PICKPACK_TOKEN_URL": pickpack.token_url,
        "PICKPACK_TRACKING_URL": pickpack.tracking_url,
        "WEBHOOK_SECRET": "Zk3v9Qx7Lm2Rt8Wp5Yb1Nc6H",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(free_port()),
        "DATABASE_PATH": str(tmp_path / "data" / "bot.db"),
        "BACKUP_DIR": str(tmp_path / "backups"),
        "STAFF_IDS": str(STAFF),
        "STORE_TIMEZONE": "America/Lima",
        "STORE_CONTACT_URL": "https://shop.example.com/contact",
    }
    yield DoctorHarness(telegram, pickpack, tmp_path, environ)
    await telegram.stop()
    await pickpack.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_all_is_well_and_nothing_was_made(doctor: DoctorHarness) -> None:
    doctor.pickpack.put_order("A-1", "ON_ROUTE")
    found = await doctor.look(order="A-1", PUBLIC_URL=f"http://127.0.0.1:{doctor.environ['HTTP_PORT']}")
    # only the test's own address is without TLS
    assert {name: one.says for name, one in found.items() if one.result != "ok" and name != "public address"} == {}
    assert "reaches this machine's port" in found["public address"].says
    assert "A-1 is ON_ROUTE" in found["order"].says
    assert list(doctor.folder.iterdir()) == []


# ── settings and what is in them ─────────────────────────────────────────────


async def test_a_bad_time_zone_is_named_and_the_other_checks_go_on(doctor: DoctorHarness) -> None:
    found = await doctor.look(STORE_TIMEZONE="Mars/Base")
    assert found["settings"].result == "fail"
    assert "STORE_TIMEZONE" in found["settings"].says
    assert "STORE_TIMEZONE=America/Lima" in found["settings"].remedy
    assert "not checked" in found["time zone"].says
    assert found["pick and pack"].result == found["telegram"].result == "ok"


async def test_every_wrong_setting_has_its_line(doctor: DoctorHarness) -> None:
    findings = await examine(doctor.environ | {"HTTP_PORT": "eighty", "BOT_TOKEN": "nonsense"}, Path("none"))
    assert [one.says.split(":")[0] for one in findings if one.check == "settings"] == ["BOT_TOKEN", "HTTP_PORT"]


async def test_a_faulty_override_is_named_with_its_message(doctor: DoctorHarness) -> None:
    words = doctor.folder / "my-words" / "en"
    words.mkdir(parents=True)
    (words / "mine.ftl").write_text("state-picking = 🛒 Your order is being picked\n")
    found = (await doctor.look(LOCALES_OVERRIDE=str(words.parent)))["words"]
    assert found.result == "fail"
    assert "mine.ftl:1: state-picking: lacks the variable $order" in found.says
    assert "python -m bot locales" in found.remedy


async def test_a_missing_message_is_named(doctor: DoctorHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    english = doctor.folder / "locales" / "en"
    english.mkdir(parents=True)
    (english / "all.ftl").write_text("a-message = Hello\n")
    (english.parent / "es").mkdir()
    monkeypatch.setattr("bot.doctor.content.default_folder", lambda: english.parent)
    found = (await doctor.look())["words"]
    assert found.result == "fail"
    assert "a-message: is missing" in found.says


async def test_a_default_language_without_words_is_said(doctor: DoctorHarness) -> None:
    found = (await doctor.look(DEFAULT_LOCALE="fi"))["words"]
    assert (found.result, "fi" in found.says) == ("warn", True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"WEBHOOK_SECRET": "aaaaaaaaaaaaaaaaaaaaaaaa"}, "WEBHOOK_SECRET is too short or too uniform"),
        ({"WEBHOOK_SECRET": "my-Secret-of-the-store-1"}, "WEBHOOK_SECRET looks made up by hand"),
        ({"LINK_SECRET": "Zk3v9Qx7Lm2Rt8Wp5Yb1Nc6H"}, "are the same"),
    ],
)
async def test_weak_secrets_are_said_without_being_shown(
    doctor: DoctorHarness, changes: dict[str, str], says: str
) -> None:
    found = (await doctor.look(**changes))["secrets"]
    assert found.result == "warn"
    assert says in found.says
    assert "token_urlsafe" in found.remedy


async def test_a_dotenv_that_everybody_can_read_is_said(doctor: DoctorHarness) -> None:
    dotenv = doctor.folder / ".env"
    dotenv.write_text(f"WEBHOOK_SECRET={doctor.environ.pop('WEBHOOK_SECRET')}\n")
    dotenv.chmod(0o644)
    assert f"chmod 600 {dotenv}" in (await doctor.look())["secrets"].remedy
    dotenv.chmod(0o600)
    assert (await doctor.look())["secrets"].result == "ok"


async def test_no_contact_and_no_backups_are_warnings(doctor: DoctorHarness) -> None:
    found = await doctor.look(STORE_CONTACT_URL="", BACKUP_DIR="", STORE_TIMEZONE="", STAFF_IDS="")
    for name, setting in (
        ("privacy contact", "STORE_CONTACT_URL"),
        ("backups", "BACKUP_DIR"),
        ("time zone", "STORE_TIMEZONE"),
        ("staff", "STAFF_IDS"),
    ):
        assert found[name].result == "warn"
        assert setting in found[name].remedy


# ── the machine ──────────────────────────────────────────────────────────────


@permissions_bind
async def test_a_folder_without_the_right_to_write_is_said(doctor: DoctorHarness, tmp_path: Path) -> None:
    folder = tmp_path / "not-ours"
    folder.mkdir()
    given = doctor.environ | {"DATABASE_PATH": str(folder / "bot.db"), "BACKUP_DIR": str(folder / "copies")}
    with owned_by_another(folder, mode=0o555):
        done = await asyncio.to_thread(run_doctor, tmp_path, given, "--json", before=WITHOUT_ROOT)
    found = {one["check"]: one for one in json.loads(done.stdout)}
    assert list(folder.iterdir()) == []
    assert done.returncode == 1
    for check, setting in (("database folder", "DATABASE_PATH"), ("backups", "BACKUP_DIR")):
        assert found[check]["result"] == "fail"
        assert f"{folder} can't be written: Permission denied" in found[check]["says"]
        assert f"uid {os.geteuid()}" in found[check]["remedy"]
        assert setting in found[check]["remedy"]


async def test_a_taken_port_is_said(doctor: DoctorHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has taken it says nothing when asked whether it is us."""
    monkeypatch.setattr(network, "PATIENCE_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = (await doctor.look(HTTP_PORT=str(port)))["port"]
    assert found.result == "fail"
    assert found.says == f"port {port} is in use"
    assert "HTTP_PORT" in found.remedy
    assert f"sport = :{port}" in found.remedy


@permissions_bind
async def test_a_folder_that_we_may_not_look_into_is_said_with_what_to_do(
    doctor: DoctorHarness, tmp_path: Path
) -> None:
    hidden = tmp_path / "hidden"
    (hidden / "data").mkdir(parents=True)
    given = doctor.environ | {"DATABASE_PATH": str(hidden / "data" / "bot.db")}
    with owned_by_another(hidden, mode=0):
        done = await asyncio.to_thread(run_doctor, tmp_path, given, "--json", before=WITHOUT_ROOT)
    found = {one["check"]: one for one in json.loads(done.stdout)}
    assert (found["database folder"]["result"], "right to write" in found["database folder"]["remedy"]) == (
        "fail",
        True,
    )
    assert f"{hidden} can't be written" in found["database folder"]["says"]
    assert "can't be looked into" in found["database"]["says"]


async def test_an_address_of_another_machine_is_said(doctor: DoctorHarness) -> None:
    found = (await doctor.look(HTTP_HOST="192.0.2.1"))["port"]
    assert (found.result, "HTTP_HOST" in found.remedy) == ("fail", True)


class Skewed(SystemClock):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._skew = seconds

    def wall(self) -> float:
        return super().wall() + self._skew


@pytest.mark.parametrize(
    ("seconds", "result", "says"),
    [
        (3600, "fail", "s ahead of"),
        (-3600, "fail", "s behind"),
        (120, "warn", "s ahead of"),
        (5, "ok", "agrees"),
    ],
)
async def test_a_clock_that_is_off_is_said(doctor: DoctorHarness, seconds: float, result: str, says: str) -> None:
    found = (await doctor.look(clock=Skewed(seconds + 0.5)))["clock"]
    assert found.result == result
    assert says in found.says
    assert "Pick and Pack" in found.says
    assert result == "ok" or "timedatectl" in found.remedy


async def test_the_clock_is_held_against_telegram_where_the_api_is_down(doctor: DoctorHarness) -> None:
    await doctor.pickpack.stop()
    found = (await doctor.look(clock=Skewed(3600)))["clock"]
    assert (found.result, "Telegram" in found.says) == ("fail", True)


# ── the database ─────────────────────────────────────────────────────────────


def made_database(doctor: DoctorHarness) -> Path:
    path = Path(doctor.environ["DATABASE_PATH"])
    path.parent.mkdir()
    connection = connect(path)
    migrate(connection)
    connection.close()
    return path


async def test_a_database_is_read_without_a_trace(doctor: DoctorHarness) -> None:
    path = made_database(doctor)
    before = {one.name: one.stat().st_mtime_ns for one in path.parent.iterdir()}
    found = await doctor.look()
    assert found["database"].says.endswith("is of this version and whole")
    assert {one.name: one.stat().st_mtime_ns for one in path.parent.iterdir()} == before


async def test_a_database_of_a_newer_version_is_said_and_left_alone(doctor: DoctorHarness) -> None:
    path = made_database(doctor)
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('onroute', 'step_of_9', '')"
    )
    connection.commit()
    connection.close()
    content = path.read_bytes()
    found = (await doctor.look())["database"]
    assert (found.result, "step_of_9" in found.says, "newer" in found.says) == ("fail", True, True)
    assert "install that version" in found.remedy
    assert path.read_bytes() == content


async def test_a_database_of_an_older_version_asks_for_a_backup_first(
    doctor: DoctorHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_database(doctor)
    later = Migrations("onroute")
    for step in migrations.pending(Tables(memory=True)):
        later(name=step.name)(lambda _: None)
    later(name="a_later_step")(lambda _: None)
    monkeypatch.setattr("bot.doctor.database.migrations", later)
    found = (await doctor.look())["database"]
    assert (found.result, "a_later_step" in found.says) == ("warn", True)
    assert "python -m bot backup" in found.remedy


@pytest.mark.parametrize(
    ("content", "says"), [(b"not a database at all" * 100, "damaged"), (b"", "made at the first start")]
)
async def test_a_file_that_is_no_database_is_said(doctor: DoctorHarness, content: bytes, says: str) -> None:
    made_database(doctor).write_bytes(content)
    found = (await doctor.look())["database"]
    assert found.result == ("fail" if content else "ok")
    assert says in found.says
    assert not content or "restore the last backup" in found.remedy


async def test_a_damaged_database_is_said(doctor: DoctorHarness) -> None:
    path = made_database(doctor)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    path.write_bytes(content)
    found = (await doctor.look())["database"]
    assert (found.result, "damaged" in found.says) == ("fail", True)


async def test_a_database_of_another_program_is_said(doctor: DoctorHarness) -> None:
    path = Path(doctor.environ["DATABASE_PATH"])
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE orders (id)")
    connection.close()
    found = (await doctor.look())["database"]
    assert (found.result, "another program" in found.says) == ("fail", True)


async def test_another_instance_that_does_not_answer_is_said(doctor: DoctorHarness) -> None:
    path = Path(doctor.environ["DATABASE_PATH"])
    with take_lock(path):
        found = (await doctor.look())["instance"]
        assert look_at_lock(path) == "held"
    assert look_at_lock(path) == "free"
    assert found.result == "fail"
    assert "another instance holds" in found.says
    assert f"fuser -v {path}.lock" in found.remedy


async def test_a_running_service_that_is_not_ready_is_said(doctor: DoctorHarness) -> None:
    world = World()
    try:
        await world.start(TELEGRAM_API_URL=f"http://127.0.0.1:{free_port()}")  # nobody is there
        async with asyncio.timeout(10):
            while not (found := (await doctor.look(**world.settings))["instance"]).says.startswith("the service"):
                continue  # each look takes its time
        assert found.result == "warn"
        assert "not ready (database ok" in found.says
        assert "log" in found.remedy
    finally:
        await world.stop()


# ── Pick and Pack ────────────────────────────────────────────────────────────


async def test_a_wrong_key_is_said(doctor: DoctorHarness) -> None:
    found = await doctor.look(PICKPACK_API_KEY="another-key")
    assert found["pick and pack"].result == "fail"
    assert "refuses PICKPACK_API_KEY" in found["pick and pack"].says
    assert "make a new key" in found["pick and pack"].remedy
    assert "not checked" in found["tracking"].says


async def test_an_unreachable_api_is_said(doctor: DoctorHarness) -> None:
    await doctor.pickpack.stop()
    found = (await doctor.look())["pick and pack"]
    assert (found.result, found.says) == ("fail", "no token from 127.0.0.1: no connection")
    assert "firewall" in found.remedy


async def test_the_key_of_another_account_is_said(doctor: DoctorHarness) -> None:
    found = (await doctor.look(PICKPACK_HOSTNAME="other-store"))["account"]
    assert found.result == "fail"
    assert "belongs to demo-store, but PICKPACK_HOSTNAME is other-store" in found.says
    assert (await doctor.look(PICKPACK_HOSTNAME="DEMO-store"))["account"].result == "ok"


async def test_a_tracking_address_without_orders_behind_it_is_said(doctor: DoctorHarness) -> None:
    found = (await doctor.look(PICKPACK_TRACKING_URL=doctor.pickpack.token_url))["tracking"]
    assert (found.result, "PICKPACK_TRACKING_URL" in found.remedy) == ("fail", True)


async def test_a_token_that_is_not_taken_is_said(doctor: DoctorHarness) -> None:
    doctor.pickpack.auth_scheme = "Bearer"
    found = (await doctor.look())["tracking"]
    assert (found.result, "PICKPACK_AUTH_SCHEME=Bearer" in found.remedy) == ("fail", True)


async def test_an_order_that_is_not_there_is_said(doctor: DoctorHarness) -> None:
    found = (await doctor.look(order="B-2"))["order"]
    assert (found.result, "B-2 is not known" in found.says) == ("fail", True)


# ── Telegram ─────────────────────────────────────────────────────────────────


async def test_a_wrong_token_is_said(doctor: DoctorHarness) -> None:
    found = await doctor.look(BOT_TOKEN="123456789:" + "B" * 35)
    assert found["telegram"].result == "fail"
    assert "refuses BOT_TOKEN" in found["telegram"].says
    assert "@BotFather" in found["telegram"].remedy
    assert "not checked" in found["staff"].says


async def test_an_unreachable_telegram_is_said(doctor: DoctorHarness) -> None:
    await doctor.telegram.go_down()
    found = (await doctor.look())["telegram"]
    assert (found.result, "no connection" in found.says) == ("fail", True)
    await doctor.telegram.come_back()


async def set_webhook(doctor: DoctorHarness, url: str) -> None:
    address = f"{doctor.telegram.api_url}/bot{doctor.telegram.token}/setWebhook"
    async with aiohttp.ClientSession() as http, http.post(address, json={"url": url}) as response:
        assert response.status == 200


async def test_a_webhook_set_elsewhere_is_said_by_its_host_only(doctor: DoctorHarness) -> None:
    await set_webhook(doctor, "https://other.example.net/hook/a-secret-of-theirs")
    found = (await doctor.look())["telegram updates"]
    assert found.result == "fail"
    assert "other.example.net" in found.says
    assert "a-secret-of-theirs" not in found.says + found.remedy
    assert "@BotFather" in found.remedy
    assert doctor.telegram.updates.webhook.url  # looked at, not removed


async def test_our_own_webhook_is_no_fault(doctor: DoctorHarness) -> None:
    public = {"PUBLIC_URL": "https://bot.example.com"}
    await set_webhook(doctor, "https://bot.example.com/webhooks/telegram")
    assert (await doctor.look(**public))["telegram updates"].result == "warn"  # polling: it will be removed
    doctor.telegram.updates.webhook.last_error = ""
    assert (await doctor.look(TELEGRAM_UPDATES="webhook", **public))["telegram updates"].result == "ok"
    doctor.telegram.updates.webhook.last_error = "Wrong response from the webhook: 404 Not Found"
    doctor.telegram.updates.webhook.last_error_at = 1.0
    found = (await doctor.look(TELEGRAM_UPDATES="webhook", **public))["telegram updates"]
    assert (found.result, "404 Not Found" in found.says) == ("warn", True)


async def test_staff_who_never_wrote_are_named(doctor: DoctorHarness) -> None:
    found = (await doctor.look(STAFF_IDS=f"{STAFF},7002"))["staff"]
    assert found.result == "fail"
    assert found.says.endswith("7002")
    assert "/start" in found.remedy


# ── the public address ───────────────────────────────────────────────────────


@pytest.fixture
async def stranger() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """Somebody else's server, which refuses just as we do; `/moved` leads elsewhere."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        status = 308 if request.path.startswith("/moved") else 401
        return web.json_response({"error": "the secret is wrong or missing"}, status=status)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    await runner.cleanup()


async def test_an_address_that_reaches_somebody_else_is_said(
    doctor: DoctorHarness, stranger: tuple[str, list[web.Request]]
) -> None:
    url, asked = stranger
    found = (await doctor.look(PUBLIC_URL=url))["public address"]
    assert (found.result, "somebody else answers" in found.says) == ("fail", True)
    assert "/webhooks/pickpack" in found.remedy
    found = (await doctor.look(PUBLIC_URL=f"{url}/moved"))["public address"]
    assert (found.result, "leads elsewhere" in found.says) == ("fail", True)
    # whoever it is, the secret was not shown
    assert not any(doctor.environ["WEBHOOK_SECRET"] in str(dict(one.headers)) + str(one.url) for one in asked)


async def test_an_address_that_nobody_answers_at_is_said(doctor: DoctorHarness) -> None:
    found = (await doctor.look(PUBLIC_URL=f"http://127.0.0.1:{free_port()}"))["public address"]
    assert (found.result, "can't be reached" in found.says, "DNS" in found.remedy) == ("fail", True, True)


async def test_beside_a_running_service_all_is_seen_and_nothing_disturbed(
    doctor: DoctorHarness, stranger: tuple[str, list[web.Request]]
) -> None:
    world = World()
    try:
        await world.start()
        await world.ready()
        doctor.environ |= world.settings
        found = await doctor.look(PUBLIC_URL=world.url)
        assert found["instance"].result == "ok"
        assert found["instance"].says.startswith("the service is running, ready (database ok")
        assert found["port"].says.startswith("the running service listens")
        assert "is of this version and whole" in found["database"].says
        assert f"{world.url} reaches this service" in found["public address"].says
        # refuses just as we do, but our own counter stays where it is
        lost = (await doctor.look(PUBLIC_URL=stranger[0]))["public address"]
        assert (lost.result, "don't come in here" in lost.says) == ("fail", True)
        assert world.child.pid is not None
    finally:
        await world.stop()


# ── the command ──────────────────────────────────────────────────────────────


def run_doctor(
    folder: Path, environ: dict[str, str], *arguments: str, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [*before, sys.executable, "-m", "bot", "doctor", *arguments],
        cwd=folder, env=kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | environ,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings that are all right, of services that are not there."""
    nobody = f"http://127.0.0.1:{free_port()}"
    yield {
        "BOT_TOKEN": "123456789:" + "AbC" * 12,
        "TELEGRAM_API_URL": nobody,
        "PICKPACK_API_KEY": "0f1e2d3c4b5a",
        "PICKPACK_TOKEN_URL": nobody,
        "WEBHOOK_SECRET": "Zk3v9Qx7Lm2Rt8Wp5Yb1Nc6H",
        "HTTP_PORT": str(free_port()),
    }


def test_the_command_prints_a_line_a_check_and_ends_with_1(tmp_path: Path, nowhere: dict[str, str]) -> None:
    done = run_doctor(tmp_path, nowhere)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "ok    settings" in done.stdout
    assert "fail  telegram          Telegram can't be used: no connection\n" in done.stdout
    assert "→ check this machine's network" in done.stdout
    assert not any(value in done.stdout for name, value in nowhere.items() if "TOKEN" in name or "KEY" in name)


def test_as_json_it_is_a_list_of_objects(tmp_path: Path, nowhere: dict[str, str]) -> None:
    found = json.loads(run_doctor(tmp_path, nowhere, "--json", "--order", "A-1").stdout)
    assert all(one.keys() == {"check", "result", "says", "remedy"} for one in found)
    assert {one["result"] for one in found} <= {"ok", "warn", "fail"}
    assert "order" in {one["check"] for one in found}
