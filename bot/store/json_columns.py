"""Columns that hold JSON. Most are empty, and those are neither parsed nor encoded."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

NO_FIELDS, NO_ENTRIES = "{}", "[]"


def fields(stored: str) -> dict[str, Any]:
    """Return the object that a column holds."""
    found: dict[str, Any] = {} if stored == NO_FIELDS else json.loads(stored)
    return found


def entries(stored: str) -> list[Any]:
    """Return the list that a column holds."""
    found: list[Any] = [] if stored == NO_ENTRIES else json.loads(stored)
    return found


def from_fields(values: Mapping[str, object]) -> str:
    """Return an object as a column holds it."""
    return json.dumps(dict(values)) if values else NO_FIELDS


def from_entries(values: Iterable[object]) -> str:
    """Return a list as a column holds it."""
    listed = list(values)
    return json.dumps(listed) if listed else NO_ENTRIES
