"""Run every benchmark one after the other and write what they measured to benchmarks/RESULTS.md: `make bench`.

`python -m benchmarks.all NAME …` runs the named ones alone and leaves the file as it is. 1 is returned if a program
failed; a figure that is short of what it must be is shown, with its reason, and ends nothing.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import Figure, Measured, Skipped, read, say, spaced

RESULTS = Path(__file__).with_name("RESULTS.md")
PROGRAMS: tuple[str, ...] = (
    "webhooks", "webhook_to_message", "draining", "limits", "calls", "polling", "growth", "start", "size",
    "understanding", "takeover",
)  # fmt: skip
PROGRAM_SECONDS = 300  # more is a fault of the benchmark
PACKAGES = ("aiogram", "aiohttp", "sqlite-utils", "fluent.runtime")
SIGNS = {"goal": "reached", "must": "within", "short": "**short**", "told": ""}


def main(names: list[str]) -> int:
    """Run the programs, and write the results unless only some were asked for; return 1 if one failed."""
    measured: dict[str, list[Measured]] = {}
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or PROGRAMS:
            begun, file = time.monotonic(), Path(folder) / f"{name}.json"
            if not _run(name, file):
                failed.append(name)
            measured[name] = read(file) if file.exists() else [Skipped(name, "the program failed")]
            say(f"{name}: {time.monotonic() - begun:.0f} s")
    if not names:
        RESULTS.write_text(_page(measured), encoding="utf-8")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def _run(name: str, file: Path) -> bool:
    """Run one program; return whether it measured to its end, which it does also where a figure is short."""
    print(f"── {name}", flush=True)
    try:
        command = [sys.executable, "-m", f"benchmarks.{name}", "--to", str(file)]
        subprocess.run(command, check=False, timeout=PROGRAM_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return file.exists()


def _page(measured: dict[str, list[Measured]]) -> str:
    rows = [row for name, figures in measured.items() for one in figures for row in _rows(name, one)]
    figures = [one for several in measured.values() for one in several if isinstance(one, Figure)]
    reasons = [f"- **{one.name}**: {one.why}" for one in figures if one.why and one.verdict in {"short", "must"}]
    short = ["", "## What falls short of what we go for, and why", "", *reasons] if reasons else []
    return "\n".join([*_head(), *rows, *short]) + "\n"


def _head() -> list[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        "# Results of `make bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, Python {platform.python_version()},",
        f"{packages}.",
        "Ratios are medians over rounds taken in turns, the first thrown away. Times depend on the machine, ratios and",
        "counts hardly. “reached” is what we go for, “within” what it must be.",
        "",
        "| question | figure | must | go for | | what stands behind it | program |",
        "|---|---|---|---|---|---|---|",
    ]


def _rows(name: str, one: Measured) -> list[str]:
    program = f"`benchmarks.{name}`"
    if isinstance(one, Skipped):
        return [f"| {one.name} | – | – | – | skipped | {one.reason} | {program} |"]
    value = f"{one.value:.3g}{spaced(one.unit)}"
    bounds = f"{one.bound(one.must)} | {one.bound(one.goal)}"
    return [f"| {one.name} | {value} | {bounds} | {SIGNS[one.verdict]} | {one.detail} | {program} |"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
