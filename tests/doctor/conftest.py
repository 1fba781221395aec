"""A doctor whose settings are all valid and whose services are simulators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.process.clock import SystemClock
from bot.simulators.loopback import free_port
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator
from tests.doctor.harness import STAFF, DoctorHarness


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
