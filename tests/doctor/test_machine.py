"""The machine: folders, the port, the clock."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from bot.doctor.drives import network_drive
from bot.process.clock import SystemClock
from tests.doctor.harness import DoctorHarness, run_doctor
from tests.file_permissions import WITHOUT_ROOT, owned_by_another, permissions_bind


@permissions_bind
async def test_a_folder_without_write_permission_is_reported(doctor: DoctorHarness, tmp_path: Path) -> None:
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


async def test_a_taken_port_is_reported(doctor: DoctorHarness) -> None:
    # hangs up on who asks whether it is us: one that said nothing would be waited for
    async with await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0) as other:
        port = other.sockets[0].getsockname()[1]
        found = (await doctor.look(HTTP_PORT=str(port)))["port"]
    assert found.result == "fail"
    assert found.says == f"port {port} is in use"
    assert "HTTP_PORT" in found.remedy
    assert f"sport = :{port}" in found.remedy


@permissions_bind
async def test_a_folder_without_read_permission_is_reported_with_a_remedy(
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


async def test_a_host_of_another_machine_is_reported(doctor: DoctorHarness) -> None:
    found = (await doctor.look(HTTP_HOST="192.0.2.1"))["port"]
    assert (found.result, "HTTP_HOST" in found.remedy) == ("fail", True)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/data", "nfs4"), ("/data/bot", "nfs4"), ("/data/local/bot", None), ("/database", None), ("/with blank", "cifs")],
)
def test_a_network_drive_is_known_by_the_mount_that_the_folder_is_below(
    tmp_path: Path, folder: str, kind: str | None
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nnas:/x /data nfs4 rw 0 0\n/dev/sdb /data/local xfs rw 0 0\n"
        "//nas/y /with\\040blank cifs rw 0 0\n\n"
    )
    assert network_drive(Path(folder), mounts) == kind
    assert network_drive(Path(folder), tmp_path / "none") is None


class SkewedClock(SystemClock):
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
async def test_a_wrong_clock_is_reported(doctor: DoctorHarness, seconds: float, result: str, says: str) -> None:
    found = (await doctor.look(clock=SkewedClock(seconds + 0.5)))["clock"]
    assert found.result == result
    assert says in found.says
    assert "Pick and Pack" in found.says
    assert result == "ok" or "timedatectl" in found.remedy


async def test_the_clock_is_compared_with_telegrams_where_the_api_is_down(doctor: DoctorHarness) -> None:
    await doctor.pickpack.stop()
    found = (await doctor.look(clock=SkewedClock(3600)))["clock"]
    assert (found.result, "Telegram" in found.says) == ("fail", True)


async def test_where_nobody_could_be_asked_for_the_time_no_network_is_blamed(doctor: DoctorHarness) -> None:
    found = (await doctor.look(BOT_TOKEN="1234567", PICKPACK_API_KEY="7654321"))["clock"]
    assert (found.result, found.says) == ("warn", "not checked, because nobody could be asked: a setting is wrong")
