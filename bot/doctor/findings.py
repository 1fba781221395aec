"""Describe what a check found, in the words in which it is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.process.redaction import Redaction

Result = Literal["ok", "warn", "fail"]
NAME_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check: its name, the result, what was seen, and what to do (empty if nothing is to be done)."""

    check: str
    result: Result
    says: str
    remedy: str = ""


def ok(check: str, says: str) -> Finding:
    """Make a finding for a check that passed."""
    return Finding(check, "ok", says)


def warn(check: str, says: str, remedy: str) -> Finding:
    """Make a finding that does not prevent the service from running."""
    return Finding(check, "warn", says, remedy)


def fail(check: str, says: str, remedy: str) -> Finding:
    """Make a finding that must be fixed."""
    return Finding(check, "fail", says, remedy)


def skipped(check: str, because: str) -> Finding:
    """Make a finding for a check that could not run; `because` says what must be fixed first."""
    return warn(check, f"not checked, because {because}", "mend that first, then run doctor again")


def redacted(findings: Iterable[Finding], redaction: Redaction) -> list[Finding]:
    """Remove every secret: a finding may quote a response."""
    return [replace(one, says=redaction.clean(one.says), remedy=redaction.clean(one.remedy)) for one in findings]


def format_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Format the findings for people: a line each, and a second one where something is to be done."""
    for one in findings:
        yield f"{one.result:<4}  {one.check:<{NAME_WIDTH}}  {one.says}"
        if one.remedy:
            yield f"{'':<4}  {'':<{NAME_WIDTH}}  → {one.remedy}"
