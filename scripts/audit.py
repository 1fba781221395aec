"""Is anything known against the packages that the bot runs on? Asks pip-audit, where an advisory service can be asked.

Without a network, or where the service knows none of the packages, it says so and exits 0: nothing was found out, and
nothing else is held up by that. It exits 1 for a known weakness, and for whatever is wrong with the question itself.
"""

import json
import re
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "requirements.txt"
TOOL_PINS = ROOT / "requirements-audit.txt"
TOOL = ROOT / ".venv-audit"  # apart from the bot's own: pip-audit brings more packages than the bot has
SERVICES = ("pypi", "osv")  # as pip-audit names them; only the first also compares the hashes
SECONDS = 60.0  # for everything together
ANSWER_SECONDS = "10"
# how pip, and the library that pip-audit asks with, end where the other side can't be reached
NO_NETWORK = re.compile(
    r"requests\.exceptions\.|ConnectionError|[Tt]imeout|[Tt]imed out|NewConnectionError|NameResolutionError"
    r"|No matching distribution found"
)


class Unasked(Exception):
    """Nobody could be asked; the text says why."""


class Wrong(Exception):
    """Something is known against a package, or the question is wrong; the text is for people."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        """Its last word, at most 200 characters of it."""
        return (self.err.strip() or self.out.strip() or "it said nothing").splitlines()[-1][:200]


Run = Callable[[Sequence[str]], Ran]


def within(seconds: float) -> Run:
    """Make a `run` whose calls together take no longer. It raises Unasked when the time is over."""
    end = time.monotonic() + seconds

    def run(command: Sequence[str]) -> Ran:
        try:
            left = max(0.1, end - time.monotonic())
            done = subprocess.run(command, capture_output=True, text=True, timeout=left, check=False)  # noqa: S603 - ours
        except subprocess.TimeoutExpired:
            raise Unasked(f"not finished within {seconds:g} s") from None
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def install(run: Run) -> Path:
    """The program, installed as pinned. Raises Unasked without a network, Wrong where the pins can't be used."""
    stamp, pins = TOOL / "pins.txt", TOOL_PINS.read_text()
    if not stamp.exists() or stamp.read_text() != pins:
        venv.create(TOOL, with_pip=True, clear=True)
        pip = (str(TOOL / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
        done = run([*pip, "install", "--retries", "1", "--require-hashes", "-r", str(TOOL_PINS)])
        if done.code:
            trouble = Unasked if NO_NETWORK.search(done.err) else Wrong
            raise trouble(f"pip-audit can't be installed: {done.last_line}")
        stamp.write_text(pins)
    return TOOL / "bin" / "pip-audit"


def ask(program: Path, service: str, run: Run) -> str:
    """What to say where nothing is known against the pins. Raises Unasked, Wrong."""
    pins = ("--requirement", str(PINS), "--require-hashes", "--disable-pip")
    form = ("--format", "json", "--progress-spinner", "off", "--timeout", ANSWER_SECONDS)
    return read(run([str(program), *pins, *form, "--vulnerability-service", service]))


def read(ran: Ran) -> str:
    """What pip-audit's answer means. Raises Unasked, Wrong."""
    try:
        packages = json.loads(ran.out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        trouble = Unasked if NO_NETWORK.search(ran.last_line) else Wrong
        raise trouble(ran.last_line) from None
    weak = [line for package in packages for line in _weaknesses(package)]
    if weak:
        raise Wrong("\n".join(["known against what requirements.txt pins:", *weak]))
    if ran.code:
        raise Wrong(ran.last_line)
    asked = [package for package in packages if "skip_reason" not in package]
    if not asked:
        raise Unasked("it knows none of the packages")
    unknown = sorted(package["name"] for package in packages if "skip_reason" in package)
    rest = f"; it does not know {', '.join(unknown)}" if unknown else ""
    return f"nothing is known against {len(asked)} of {len(packages)} packages{rest}"


def _weaknesses(package: dict[str, object]) -> list[str]:
    found = package.get("vulns")
    lines = []
    for one in found if isinstance(found, list) else []:
        mended = ", ".join(one["fix_versions"]) or "no version yet"
        lines.append(f"  {package['name']} {package['version']}: {one['id']}, mended in {mended}")
    return lines


def main(prepare: Callable[[Run], Path] = install, seconds: float = SECONDS) -> int:
    """Ask one service after the other until one answers; the exit code."""
    run, unasked = within(seconds), []
    try:
        program = prepare(run)
        for service in SERVICES:
            try:
                said = ask(program, service, run)
            except Unasked as trouble:
                unasked.append(f"{service}: {trouble}")
            else:
                print(f"audit: {service}: {said}")  # noqa: T201 - the answer to the command
                return 0
    except Unasked as trouble:
        unasked.append(str(trouble))
    except Wrong as trouble:
        print(f"audit: {trouble}", file=sys.stderr)  # noqa: T201 - the answer to the command
        return 1
    print("audit: SKIPPED, no advisory service could be asked:", *unasked, sep="\n  ")  # noqa: T201 - likewise
    return 0


if __name__ == "__main__":
    sys.exit(main())
