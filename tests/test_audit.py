"""The audit of the pinned packages: how pip-audit's output is interpreted."""

import json
import shlex
from pathlib import Path

import pytest

from scripts.audit import AuditError, FinishedProgram, NotAuditedError, Run, interpret, limited_run, main

CLEAN = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
WEAK = {
    "name": "aiohttp",
    "version": "3.14.5",
    "vulns": [{"id": "PYSEC-2099-1", "fix_versions": ["99.1"], "aliases": [], "description": "a hole"}],
}
UNKNOWN = {"name": "yarl", "skip_reason": "Dependency not found on PyPI and could not be audited: yarl (1.25.1)"}
NO_ROUTE = (
    "Traceback (most recent call last):\n"
    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='advisories.example'): Max retries"
)


def answer(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def pip_audit(folder: Path, **answers: tuple[int, str, str]) -> Path:
    """Make a program in pip-audit's place, with an exit code, output and errors for each service."""
    program = folder / "pip-audit"
    cases = [
        f"{name}) printf %s {shlex.quote(out)}; printf %s {shlex.quote(err)} >&2; exit {code};;"
        for name, (code, out, err) in answers.items()
    ]
    program.write_text("\n".join(["#!/bin/sh", 'for service; do :; done; case "$service" in', *cases, "esac"]))
    program.chmod(0o700)
    return program


def test_what_is_known_against_nothing_passes_and_says_how_much_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = pip_audit(tmp_path, pypi=(0, answer(CLEAN, CLEAN, UNKNOWN), ""))
    assert main(lambda _: program) == 0
    assert capsys.readouterr().out == "audit: pypi: nothing is known against 2 of 3 packages; it does not know yarl\n"


@pytest.mark.parametrize("first", [(1, answer(WEAK, CLEAN), "Found 1"), (1, "", NO_ROUTE), (0, answer(UNKNOWN), "")])
def test_a_weakness_fails_whichever_service_knows_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: tuple[int, str, str]
) -> None:
    program = pip_audit(tmp_path, pypi=first, osv=(1, answer(CLEAN, WEAK), "Found 1 known vulnerability in 1 package"))
    assert main(lambda _: program) == 1
    assert "aiohttp 3.14.5: PYSEC-2099-1, mended in 99.1" in capsys.readouterr().err


@pytest.mark.parametrize("first", [(1, "", NO_ROUTE), (0, answer(UNKNOWN, UNKNOWN), "No known vulnerabilities found")])
def test_where_nobody_can_be_asked_it_is_skipped_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: tuple[int, str, str]
) -> None:
    """Skip a service that responds but knows none of the packages, as a mirror does."""
    program = pip_audit(tmp_path, pypi=first, osv=(1, "", NO_ROUTE))
    assert main(lambda _: program) == 0
    said = capsys.readouterr().out
    assert "SKIPPED" in said
    assert "pypi: " in said
    assert "osv: requests.exceptions.ConnectionError" in said


def test_one_that_takes_too_long_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "pip-audit"
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    program.chmod(0o700)
    assert main(lambda _: program, seconds=0.2) == 0
    assert "not finished within 0.2 s" in capsys.readouterr().out


def test_without_pip_audit_it_is_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    def unreachable(_: Run) -> Path:
        raise NotAuditedError("pip-audit can't be installed: no route")

    assert main(unreachable) == 0
    assert "SKIPPED" in capsys.readouterr().out


@pytest.mark.parametrize(
    "said",
    [
        "ERROR:pip_audit._cli:requirement aiohttp==3.14.5 does not contain a hash",
        "ERROR:pip_audit._cli:invalid requirements input: requirements.txt",
        "pip-audit: error: argument -s/--vulnerability-service: invalid choice",
        "",
    ],
)
def test_a_question_that_is_wrong_fails(tmp_path: Path, said: str) -> None:
    assert main(lambda _: pip_audit(tmp_path, pypi=(1, "", said))) == 1


def test_a_failure_that_names_no_weakness_is_no_pass() -> None:
    with pytest.raises(AuditError, match="the disk is full"):
        interpret(FinishedProgram(2, answer(CLEAN), "the disk is full"))


def test_the_question_is_about_the_hashed_pins() -> None:
    asked: list[str] = []

    def run(command: object) -> FinishedProgram:
        assert isinstance(command, list)
        asked.extend(command)
        return FinishedProgram(0, answer(CLEAN), "")

    from scripts import audit

    audit.audit_with(Path("pip-audit"), "pypi", run)
    assert "--require-hashes" in asked
    assert asked[asked.index("--requirement") + 1] == str(audit.REQUIREMENTS)
    assert "--hash=sha256:" in audit.REQUIREMENTS.read_text()
    assert "pip-audit==" in audit.TOOL_REQUIREMENTS.read_text()


def test_the_time_is_for_all_calls_together() -> None:
    run = limited_run(0.3)
    assert run(["true"]).code == 0
    with pytest.raises(NotAuditedError):
        run(["sleep", "5"])
    with pytest.raises(NotAuditedError):
        run(["sleep", "5"])
