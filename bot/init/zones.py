"""Time zones: the one of this machine, and those that somebody may mean who writes a city, a country or an offset."""

import difflib
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

MOST_NAMES = 6
# where most such stores are
MARKETS = frozenset(
    ("AR", "BO", "BR", "CL", "CO", "CR", "DO", "EC", "ES", "GT", "IT", "MX", "PA", "PE", "PT", "PY", "RO", "US", "UY")
)
MAIN_ZONES = {"BR": "America/Sao_Paulo", "PT": "Europe/Lisbon"}  # where the table does not begin with it
_ROOT = re.compile(r"^(?:Etc/|UTC$|GMT|UCT$|Universal$|Zulu$|Greenwich$)")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def guess_zone(root: Path = Path("/")) -> str | None:
    """Return the zone of this machine or, where that is UTC as on most servers, of its language's only zone."""
    candidates = [
        os.environ.get("TZ", "").removeprefix(":"),
        _text(root / "etc/timezone"),
        _link(root / "etc/localtime"),
    ]
    found = next((name for name in candidates if name and not _ROOT.match(name) and _is_zone(name)), None)
    if found is not None:
        return found
    language = re.fullmatch(r"[a-z]{2,3}_([A-Z]{2})\b.*", os.environ.get("LC_ALL") or os.environ.get("LANG") or "")
    names = _zones_by_country().get(language[1], []) if language else []
    return names[0] if len(names) == 1 else None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True


def near_zones(text: str, now: datetime) -> list[str]:
    """List zones whose name, city, country or present offset is like the text, the likeliest first."""
    wanted = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    found = [*_by_offset(text.strip(), now), *_by_name(wanted), *_by_country(text.strip().casefold())]
    cities = {name.casefold().rpartition("/")[2]: name for name in sorted(_places())}
    found += [cities[city] for city in difflib.get_close_matches(wanted.rpartition("/")[2], cities, n=3, cutoff=0.7)]
    return list(dict.fromkeys(found))[:MOST_NAMES]


def _by_name(wanted: str) -> Iterator[str]:
    if len(wanted) >= 3:
        yield from (name for name in sorted(_places()) if wanted in name.casefold())


def _by_country(wanted: str) -> Iterator[str]:
    """Yield the zones of a country, which people write as in English, or by its code."""
    for code, name in _countries().items():
        if wanted in (code.casefold(), name.casefold()):
            yield from _zones_by_country().get(code, [])


def _by_offset(text: str, now: datetime) -> Iterator[str]:
    """Yield one zone of a country each that has this offset now; `GMT-5` means west, as people write it."""
    match = _OFFSET.fullmatch(text)
    if match:
        size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        wanted = size if match[1] == "+" else -size
        countries = sorted(_zones_by_country(), key=lambda code: (code not in MARKETS, code))
        firsts = dict.fromkeys(_main_zone(code) for code in countries)
        yield from (name for name in firsts if now.astimezone(ZoneInfo(name)).utcoffset() == wanted)


def _main_zone(country: str) -> str:
    return MAIN_ZONES.get(country) or _zones_by_country()[country][0]


@cache
def _places() -> frozenset[str]:
    """Return the zones that are named after a place: not Etc/GMT+5, whose sign is the other way round."""
    areas = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return frozenset(name for name in available_timezones() if name.startswith(areas))


@cache
def _countries() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("iso3166.tab")}


@cache
def _zones_by_country() -> dict[str, list[str]]:
    """Return the zones of each country by its code, the one with most people first as a rule."""
    zones: dict[str, list[str]] = {}
    for row in _rows("zone.tab"):
        zones.setdefault(row[0], []).append(row[2])
    return zones


def _rows(name: str) -> Iterator[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _link(path: Path) -> str:
    """Return the zone that /etc/localtime leads to."""
    try:
        return str(path.readlink()).partition("zoneinfo/")[2]
    except OSError:
        return ""
