"""What a person has done lately: orders learnt of, numbers not found, orders said to be missing. It bounds them.

A person stands here as a pseudonym (a keyed hash), an order or a message as a hash that only holds beside it: no row
names anybody or any order. Each function takes the connection.
"""

import sqlite3
from collections.abc import Sequence
from enum import StrEnum


class LookupKind(StrEnum):
    """What is counted."""

    ORDER = "order"  # an order that the person learnt of without a signed link
    NOT_FOUND = "not-found"
    FAILURE = "failure"  # the API gave no usable answer about a number that is not known
    RECEIPT_MISSING = "receipt-missing"  # an order that the person says not to have


def count(
    connection: sqlite3.Connection, person: str, kind: LookupKind, mark: str | None, *, now: float, since: float
) -> None:
    """Count something once for each mark (each time for None): a mark from before `since` counts anew."""
    connection.execute(
        "INSERT INTO lookups (person, kind, mark, at) VALUES (?, ?, ?, ?) ON CONFLICT (person, kind, mark) "
        "DO UPDATE SET at = excluded.at WHERE at <= ?",
        (person, kind, mark, now, since),
    )


def is_counted(
    connection: sqlite3.Connection, person: str, kind: LookupKind, marks: Sequence[str], since: float
) -> bool:
    """Return whether one of these marks was counted since then."""
    found = (
        connection.execute(
            "SELECT 1 FROM lookups WHERE person = ? AND kind = ? AND mark = ? AND at > ?", (person, kind, mark, since)
        ).fetchone()
        for mark in marks
    )
    return any(row is not None for row in found)


def times(
    connection: sqlite3.Connection, person: str, kind: LookupKind, since: float, *, but: str | None = None
) -> list[float]:
    """List when this was counted since then, the oldest first; `but`: a mark that is left out."""
    rows = connection.execute(
        "SELECT at FROM lookups WHERE person = ? AND kind = ? AND at > ? AND mark IS NOT ? ORDER BY at",
        (person, kind, since, but if but is not None else ""),
    )
    return [row["at"] for row in rows]


def drop_old(connection: sqlite3.Connection, before: float) -> None:
    """Delete what no limit looks at any more."""
    connection.execute("DELETE FROM lookups WHERE at <= ?", (before,))


def clamp_future(connection: sqlite3.Connection, now: float) -> None:
    """Count what lies ahead as of now: the clock has been set back since, and nobody is to wait for it."""
    connection.execute("UPDATE lookups SET at = ? WHERE at > ?", (now, now))
