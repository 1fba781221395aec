"""Check the pinned packages for known vulnerabilities with pip-audit, if an advisory service can be reached.

Without a network, or where the services know none of the packages, it says so and exits 0, so that nothing else is held
up. It exits 1 for a known vulnerability, and if the audit itself is misconfigured.
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
REQUIREMENTS = ROOT / "requirements.txt"
TOOL_REQUIREMENTS = ROOT / "requirements-audit.txt"
TOOL_ENVIRONMENT = ROOT / ".venv-audit"  # not the bot's own: pip-audit brings more packages than the bot has
ADVISORY_SERVICES = ("pypi", "osv")  # pip-audit's names for them; only the first also compares the hashes
TIME_LIMIT = 60.0  # for everything together
RESPONSE_TIMEOUT = "10"
# the errors of pip and of pip-audit's HTTP library where the server can't be reached
NO_NETWORK = re.compile(
    r"requests\.exceptions\.|ConnectionError|[Tt]imeout|[Tt]imed out|NewConnectionError|NameResolutionError"
    r"|No matching distribution found"
)


class NotAuditedError(Exception):
    """No advisory service could be reached; the text says why."""


class AuditError(Exception):
    """A package has a known vulnerability, or the audit is misconfigured; the text is for people."""


@dataclass(frozen=True, slots=True)
class FinishedProgram:
    """The exit code and output of a program."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        """The last line that it printed, cut to 200 characters."""
        return (self.err.strip() or self.out.strip() or "it said nothing").splitlines()[-1][:200]


Run = Callable[[Sequence[str]], FinishedProgram]


def limited_run(seconds: float) -> Run:
    """Make a function that runs programs and raises NotAuditedError when all of them together take longer."""
    deadline = time.monotonic() + seconds

    def run(command: Sequence[str]) -> FinishedProgram:
        try:
            remaining = max(0.1, deadline - time.monotonic())
            done = subprocess.run(command, capture_output=True, text=True, timeout=remaining, check=False)  # noqa: S603 - ours
        except subprocess.TimeoutExpired:
            raise NotAuditedError(f"not finished within {seconds:g} s") from None
        return FinishedProgram(done.returncode, done.stdout, done.stderr)

    return run


def install(run: Run) -> Path:
    """Install pip-audit as pinned; return the program. Raises NotAuditedError without a network, or AuditError."""
    stamp, pins = TOOL_ENVIRONMENT / "pins.txt", TOOL_REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != pins:
        venv.create(TOOL_ENVIRONMENT, with_pip=True, clear=True)
        pip = (str(TOOL_ENVIRONMENT / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
        done = run([*pip, "install", "--retries", "1", "--require-hashes", "-r", str(TOOL_REQUIREMENTS)])
        if done.code:
            kind = NotAuditedError if NO_NETWORK.search(done.err) else AuditError
            raise kind(f"pip-audit can't be installed: {done.last_line}")
        stamp.write_text(pins)
    return TOOL_ENVIRONMENT / "bin" / "pip-audit"


def audit_with(program: Path, service: str, run: Run) -> str:
    """Audit the pins with one service; return the result in words. Raises NotAuditedError, AuditError."""
    pins = ("--requirement", str(REQUIREMENTS), "--require-hashes", "--disable-pip")
    output = ("--format", "json", "--progress-spinner", "off", "--timeout", RESPONSE_TIMEOUT)
    return interpret(run([str(program), *pins, *output, "--vulnerability-service", service]))


def interpret(finished: FinishedProgram) -> str:
    """Interpret pip-audit's output. Raises NotAuditedError, AuditError."""
    try:
        packages = json.loads(finished.out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        kind = NotAuditedError if NO_NETWORK.search(finished.last_line) else AuditError
        raise kind(finished.last_line) from None
    vulnerabilities = [line for package in packages for line in _vulnerabilities(package)]
    if vulnerabilities:
        raise AuditError("\n".join(["known against what requirements.txt pins:", *vulnerabilities]))
    if finished.code:
        raise AuditError(finished.last_line)
    audited = [package for package in packages if "skip_reason" not in package]
    if not audited:
        raise NotAuditedError("it knows none of the packages")
    unknown = sorted(package["name"] for package in packages if "skip_reason" in package)
    rest = f"; it does not know {', '.join(unknown)}" if unknown else ""
    return f"nothing is known against {len(audited)} of {len(packages)} packages{rest}"


def _vulnerabilities(package: dict[str, object]) -> list[str]:
    found = package.get("vulns")
    lines = []
    for one in found if isinstance(found, list) else []:
        fixed_in = ", ".join(one["fix_versions"]) or "no version yet"
        lines.append(f"  {package['name']} {package['version']}: {one['id']}, mended in {fixed_in}")
    return lines


def main(prepare: Callable[[Run], Path] = install, seconds: float = TIME_LIMIT) -> int:
    """Try one service after the other until one responds, and return the exit code."""
    run, reasons = limited_run(seconds), []
    try:
        program = prepare(run)
        for service in ADVISORY_SERVICES:
            try:
                result = audit_with(program, service, run)
            except NotAuditedError as error:
                reasons.append(f"{service}: {error}")
            else:
                print(f"audit: {service}: {result}")  # noqa: T201 - the answer to the command
                return 0
    except NotAuditedError as error:
        reasons.append(str(error))
    except AuditError as error:
        print(f"audit: {error}", file=sys.stderr)  # noqa: T201 - the answer to the command
        return 1
    print("audit: SKIPPED, no advisory service could be asked:", *reasons, sep="\n  ")  # noqa: T201 - likewise
    return 0


if __name__ == "__main__":
    sys.exit(main())
