"""A doctor whose settings are all valid and whose services are simulators."""

from collections.abc import AsyncIterator, Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from bot.process.clock import SystemClock
from bot.simulators.loopback import free_port
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator
from bot.understanding.examples import check_examples
from bot.words.fluent.checking import check
from bot.words.fluent.files import default_folder
from tests.doctor.harness import STAFF, DoctorHarness

SHIPPED = default_folder()
Check = Callable[[Path, Path | None], Iterable[str]]


@cache
def _problems_of_shipped(check: Check) -> tuple[str, ...]:
    return tuple(check(SHIPPED, None))


def _once_for_shipped(check: Check) -> Check:
    def problems(folder: Path, override: Path | None) -> Iterable[str]:
        is_shipped = folder == SHIPPED and override is None
        return _problems_of_shipped(check) if is_shipped else check(folder, override)

    return problems


@pytest.fixture(autouse=True)
def shipped_words_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the shipped words once for all tests: it takes longer than everything else that the doctor looks at."""
    monkeypatch.setattr("bot.doctor.configuration.check", _once_for_shipped(check))
    monkeypatch.setattr("bot.doctor.configuration.check_examples", _once_for_shipped(check_examples))


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
