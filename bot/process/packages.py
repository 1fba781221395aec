"""The packages that the program needs besides Python itself: looked for before the first of them is imported."""

from importlib.machinery import PathFinder
from importlib.util import find_spec

MOST_NAMED = 3
# as they are imported, one for each dependency in pyproject.toml
NEEDED = (
    "aiogram",
    "aiohttp",
    "apscheduler",
    "babel",
    "click",
    "dotenv",
    "fluent.runtime",
    "fluent.syntax",
    "prometheus_client",
    "pydantic",
    "pydantic_settings",
    "rapidfuzz",
    "segno",
    "sqlite_utils",
    "tzdata",
    "yarl",
)


def why_unusable() -> str | None:
    """Return what this Python lacks, as the system's own does, and what to do; None if it lacks nothing."""
    lacking = [name for name in NEEDED if not _is_installed(name)]
    if not lacking:
        return None
    named = ", ".join(lacking[:MOST_NAMED]) + (" …" if len(lacking) > MOST_NAMED else "")
    return f"This Python lacks packages that OnRoute needs ({named}): run `make demo` first, then use .venv/bin/python."


def _is_installed(name: str) -> bool:
    """Look for a package without importing anything of it."""
    whole, _, part = name.partition(".")
    found = find_spec(whole)
    if found is not None and part:
        found = PathFinder.find_spec(name, found.submodule_search_locations)
    return found is not None
