"""What a check found, in the words in which it is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.process.redaction import Redaction

Result = Literal["ok", "warn", "fail"]
NAME_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: which check, how it went, what was seen, and what to do (empty where there is nothing to do)."""

    check: str
    result: Result
    says: str
    remedy: str = ""


def ok(check: str, says: str) -> Finding:
    """Make a finding that needs nothing done."""
    return Finding(check, "ok", says)


def warn(check: str, says: str, remedy: str) -> Finding:
    """Make a finding that the service can live with."""
    return Finding(check, "warn", says, remedy)


def fail(check: str, says: str, remedy: str) -> Finding:
    """Make a finding that must be mended."""
    return Finding(check, "fail", says, remedy)


def skipped(check: str, because: str) -> Finding:
    """Make a finding for what could not be looked at; `because` names the check to mend first."""
    return warn(check, f"not checked, because {because}", "mend that first, then run doctor again")


def cleaned(findings: Iterable[Finding], redaction: Redaction) -> list[Finding]:
    """Strike every secret out: a line may quote what a neighbour answered."""
    return [replace(one, says=redaction.clean(one.says), remedy=redaction.clean(one.remedy)) for one in findings]


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Write the findings for people: a line each, and where something is to be done a second one that says it."""
    for one in findings:
        yield f"{one.result:<4}  {one.check:<{NAME_WIDTH}}  {one.says}"
        if one.remedy:
            yield f"{'':<4}  {'':<{NAME_WIDTH}}  → {one.remedy}"
