"""The command: its output and exit code."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.simulators.loopback import free_port
from tests.doctor.harness import run_doctor


@pytest.fixture
def unreachable_services(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give valid settings of services that do not exist."""
    nobody = f"http://127.0.0.1:{free_port()}"
    yield {
        "BOT_TOKEN": "123456789:" + "AbC" * 12,
        "TELEGRAM_API_URL": nobody,
        "PICKPACK_API_KEY": "0f1e2d3c4b5a",
        "PICKPACK_TOKEN_URL": nobody,
        "WEBHOOK_SECRET": "Zk3v9Qx7Lm2Rt8Wp5Yb1Nc6H",
        "HTTP_PORT": str(free_port()),
    }


def test_the_command_prints_a_line_per_check_and_exits_with_1(
    tmp_path: Path, unreachable_services: dict[str, str]
) -> None:
    done = run_doctor(tmp_path, unreachable_services)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "ok    settings" in done.stdout
    assert "fail  telegram          Telegram can't be used: no connection\n" in done.stdout
    assert "→ check this machine's network" in done.stdout
    assert not any(
        value in done.stdout for name, value in unreachable_services.items() if "TOKEN" in name or "KEY" in name
    )


def test_as_json_the_findings_are_a_list_of_objects(tmp_path: Path, unreachable_services: dict[str, str]) -> None:
    found = json.loads(run_doctor(tmp_path, unreachable_services, "--json", "--order", "A-1").stdout)
    assert all(one.keys() == {"check", "result", "says", "remedy"} for one in found)
    assert {one["result"] for one in found} <= {"ok", "warn", "fail"}
    assert "order" in {one["check"] for one in found}
