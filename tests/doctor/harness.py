"""Run the doctor in the test's process or as a command, with simulators in the services' place."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.doctor import examine
from bot.doctor.findings import Finding, format_lines
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator

ROOT = Path(__file__).parents[2]
STAFF = 7001


@dataclass
class DoctorHarness:
    """Both simulators, and valid settings for them."""

    telegram: TelegramSimulator
    pickpack: PickPackSimulator
    folder: Path
    environ: dict[str, str]

    async def look(self, *, clock: Any = None, order: str | None = None, **changes: str) -> dict[str, Finding]:
        """Run the doctor with some settings changed, and return the worst finding of each check."""
        findings = await examine(self.environ | changes, self.folder / ".env", order=order, clock=clock)
        said = "\n".join(format_lines(findings))
        for name in ("BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "LINK_SECRET"):
            assert (self.environ | changes).get(name, "no secret") not in said
        assert all(one.remedy for one in findings if one.result != "ok"), said
        badness = {"ok": 0, "warn": 1, "fail": 2}
        return {one.check: one for one in sorted(findings, key=lambda one: badness[one.result])}


def run_doctor(
    folder: Path, environ: dict[str, str], *arguments: str, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [*before, sys.executable, "-m", "bot", "doctor", *arguments],
        cwd=folder, env=kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | environ,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
