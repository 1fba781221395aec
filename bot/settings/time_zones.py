"""Parse the name of a time zone; suggest one for what people write instead: `GMT-3`, `Lima`, `EST`, `Asia/Hanoi`."""

import difflib
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.core import get_global

_OFFSET = re.compile(r"(?:etc/utc|gmt|utc|z)?\s*([+\u2212\u2013-])\s*(\d{1,2})(?::?([0-5]\d))?(?:\s*h)?")
_PLACES = {  # hours east of Greenwich → a place where it is so the whole year, for as many people as possible
    -10: "Pacific/Honolulu", -7: "America/Phoenix", -6: "America/Mexico_City", -5: "America/Lima", -4: "America/La_Paz",
    -3: "America/Sao_Paulo", 1: "Africa/Lagos", 2: "Africa/Johannesburg", 3: "Europe/Istanbul",
    4: "Asia/Dubai", 5: "Asia/Karachi", 7: "Asia/Bangkok", 8: "Asia/Singapore", 9: "Asia/Tokyo",
    10: "Australia/Brisbane",
}  # fmt: skip
_ABBREVIATIONS = {  # some are names of zones too, but of such as know no summer time
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "cst": "America/Chicago, or America/Mexico_City", "cdt": "America/Chicago", "mst": "America/Denver",
    "mdt": "America/Denver", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "brt": "America/Sao_Paulo",
    "brst": "America/Sao_Paulo", "art": "America/Argentina/Buenos_Aires", "pet": "America/Lima",
    "cot": "America/Bogota",
    "clt": "America/Santiago", "clst": "America/Santiago", "bot": "America/La_Paz", "ect": "America/Guayaquil",
    "vet": "America/Caracas", "uyt": "America/Montevideo", "pyt": "America/Asuncion", "bst": "Europe/London",
    "ist": "Asia/Kolkata", "ict": "Asia/Bangkok", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "sgt": "Asia/Singapore",
    "cest": "Europe/Madrid", "eest": "Europe/Athens", "west": "Europe/Lisbon", "aest": "Australia/Sydney",
}  # fmt: skip
_AMBIGUOUS_ZONES = frozenset({"EST", "MST"})
_ELSEWHERE = {  # cities and countries without a zone of their name → where the clocks show the same
    "Asia/Ho_Chi_Minh, or Asia/Bangkok": "hanoi ha_noi",
    "Asia/Ho_Chi_Minh": "vietnam da_nang",
    "Asia/Shanghai": "beijing peking china shenzhen guangzhou",
    "Asia/Kolkata": "india mumbai bombay delhi new_delhi bangalore chennai hyderabad",
    "Asia/Tokyo": "osaka kyoto",
    "Asia/Bangkok": "thailand",
    "Asia/Manila": "philippines cebu",
    "America/Sao_Paulo": "brazil brasil brasilia rio rio_de_janeiro belo_horizonte curitiba porto_alegre florianopolis "
    "campinas vitoria goiania santos",
    "America/Bahia": "salvador",
    "America/Lima": "peru arequipa cusco cuzco trujillo piura callao",
    "America/Bogota": "colombia medellin cali barranquilla cartagena bucaramanga",
    "America/Guayaquil": "ecuador quito cuenca",
    "America/Santiago": "chile valparaiso vina_del_mar concepcion antofagasta",
    "America/Argentina/Buenos_Aires": "argentina rosario la_plata mar_del_plata",
    "America/Argentina/Cordoba": "cordoba",
    "America/Mexico_City": "mexico cdmx guadalajara puebla leon queretaro",
    "America/La_Paz": "bolivia santa_cruz cochabamba",
    "America/Montevideo": "uruguay",
    "America/Asuncion": "paraguay",
    "America/Caracas": "venezuela maracaibo valencia_venezuela",
    "America/Costa_Rica": "san_jose",
    "America/New_York": "boston miami washington atlanta philadelphia orlando eastern",
    "America/Chicago": "houston dallas austin san_antonio central",
    "America/Denver": "mountain",
    "America/Los_Angeles": "san_francisco seattle san_diego las_vegas pacific",
    "America/Toronto": "ottawa montreal",
    "Europe/Madrid": "spain espana barcelona valencia sevilla bilbao",
    "Europe/Lisbon": "porto",
    "Europe/Paris": "france lyon marseille",
    "Europe/Berlin": "germany munich hamburg frankfurt cologne",
    "Europe/Rome": "italy milan naples turin",
    "Europe/Zurich": "geneva basel bern",
    "Europe/London": "england manchester birmingham edinburgh",
}
_NEAR_ENOUGH = 0.8


def parse_timezone(text: str) -> ZoneInfo:
    """Parse the IANA name of a time zone."""
    plain = _plain(text)
    if _OFFSET.fullmatch(plain):
        raise ValueError(f"must be a time zone's IANA name{_by_offset(plain)}")
    try:
        if text not in _AMBIGUOUS_ZONES:
            return ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        pass
    similar = _similar(text)
    raise ValueError(f"must be a time zone's IANA name{f'; did you mean {similar}' if similar else ''}")


def _plain(text: str) -> str:
    """Return the name in small letters without accents, with _ for blanks, as zones have it."""
    letters = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).replace(" ", "_")


def _by_offset(plain: str) -> str:
    """Explain an offset such as gmt-3: zones of Etc have the other sign, so that Etc/GMT+3 lies west of Greenwich."""
    match = _OFFSET.fullmatch(plain.replace("_", ""))
    if not match:
        return ""
    hours, minutes, is_west = int(match[2]), int(match[3] or 0), match[1] != "+"
    if not hours and not minutes:
        return "; did you mean UTC"
    names = [_place(timedelta(hours=hours, minutes=minutes) * (-1 if is_west else 1))]
    if not minutes and hours <= (12 if is_west else 14):
        names.append(f"Etc/GMT{'+' if is_west else '-'}{hours} (its sign is turned round)")
    written = f"{hours}:{minutes:02}" if minutes else hours
    found = ", or ".join(filter(None, names))
    return f"; {written} hours {'behind' if is_west else 'ahead of'} Greenwich is {found}" if found else ""


def _place(offset: timedelta) -> str:
    """Return a place with this offset in winter and summer; empty if there is none."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if not rest and hours in _PLACES:
        return _PLACES[hours]
    year = datetime.now(UTC).year
    days = [datetime(year, month, 1, tzinfo=UTC) for month in (1, 7)]
    names = (name for name in sorted(available_timezones()) if "/" in name and not name.startswith("Etc/"))
    return next((name for name in names if all(ZoneInfo(name).utcoffset(day) == offset for day in days)), "")


def _similar(text: str) -> str | None:
    """Find the zone that is meant: by its name in Windows, its abbreviation, its city, its country, a few letters."""
    if windows := get_global("windows_zone_mapping").get(text):
        return str(windows)
    plain = re.sub(r"^\(.*?\)_*", "", _plain(text))  # "(GMT-03:00) Brasilia", as menus have it
    if plain in _ABBREVIATIONS:
        return _ABBREVIATIONS[plain]
    # gmt3 doesn't say whether ahead or behind
    return None if re.fullmatch(r"(gmt|utc)_?\d+", plain) else _similar_name(plain)


def _similar_name(plain: str) -> str | None:
    # Etc/GMT-5 lies east, so none of Etc is suggested
    names = {_plain(name): name for name in sorted(available_timezones()) if not name.startswith(("Etc/", "SystemV/"))}
    by_city = {key.rpartition("/")[2]: name for key, name in reversed(names.items()) if "/" in key}
    elsewhere = {alias: zone for zone, aliases in _ELSEWHERE.items() for alias in aliases.split()}
    city = plain.rpartition("/")[2]
    if found := names.get(plain) or elsewhere.get(city) or by_city.get(city):
        return found
    if near := difflib.get_close_matches(plain, names, n=1, cutoff=_NEAR_ENOUGH):
        return names[near[0]]
    near = difflib.get_close_matches(city, [*by_city, *elsewhere], n=1, cutoff=_NEAR_ENOUGH)
    return by_city.get(near[0]) or elsewhere[near[0]] if near else None
