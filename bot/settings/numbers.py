"""Parse numbers and switches, as people write them: `1_000`, `0,5`, `10 min`, `yes`.

Like every parser they raise ValueError, which never repeats the text.
"""

import re
from collections.abc import Callable
from typing import Literal

Unit = Literal["seconds", "hours", "days"]

_SECONDS_OF = {"seconds": 1, "hours": 3600, "days": 86_400}
_UNITS = (
    (re.compile(r"s|secs?|seconds?|segundos?"), 1),
    (re.compile(r"m|mins?|minutes?|minutos?"), 60),
    (re.compile(r"h|hs|hrs?|hours?|horas?"), 3600),
    (re.compile(r"d|days?|d[ií]as?"), 86_400),
    (re.compile(r"w|weeks?|semanas?"), 7 * 86_400),
)
_NUMBER = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)\s*(?P<unit>[^\W\d_]*)")
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[ _'\u00a0\u202f][0-9]{3})+(?![0-9])")
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+(?![0-9]).*")
_SERVICE_LINK = re.compile(r"(?:tcp|udp|sctp)://.*")
_TRUE = frozenset({"true", "t", "yes", "y", "on", "1", "enabled", "si", "sí", "s", "sim", "verdadero", "verdadeiro"})
_FALSE = frozenset({"false", "f", "no", "n", "off", "0", "disabled", "não", "nao", "falso"})


def int_parser(low: int, high: int, unit: Unit | None = None) -> Callable[[str], int]:
    """Make a parser of whole numbers from `low` to `high`, both included; one of a time may come with its unit."""

    def parse(text: str) -> int:
        value = _parse(text, unit)
        if value is None or value != int(value) or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high}{_of(unit)}")
        return int(value)

    return parse


def number_parser(low: float, high: float, *, above: bool = False, unit: Unit | None = None) -> Callable[[str], float]:
    """Make a parser of numbers from `low` (with `above`: not `low` itself) to `high`."""
    bounds = f"{'above' if above else 'from'} {low:g} {'and at most' if above else 'to'} {high:g}"

    def parse(text: str) -> float:
        value = _parse(text, unit)
        if value is None or not low <= value <= high or (above and value == low):
            raise ValueError(f"must be a number {bounds}{_of(unit)}")
        return value

    return parse


def _of(unit: Unit | None) -> str:
    return f", and counts {unit}" if unit else ""


def _parse(text: str, unit: Unit | None) -> float | None:
    """Return the number in the setting's own unit; None if it is none. Raises ValueError where it may mean two."""
    if _DOUBTFUL.fullmatch(text):
        raise ValueError("may mean one or a thousand: write it without a dot or a comma, 1000")
    match = _NUMBER.fullmatch(_GROUPED.sub(lambda one: re.sub(r"[^0-9]", "", one[0]), text))
    if not match or len(match["number"]) > 18:
        return None
    number = float(match["number"].replace(",", "."))
    if not match["unit"]:
        return number
    seconds = next((one for pattern, one in _UNITS if pattern.fullmatch(match["unit"].lower())), None)
    return number * seconds / _SECONDS_OF[unit] if unit and seconds else None


def parse_port(text: str) -> int:
    """Parse a port; explain what Kubernetes and docker put into a variable of this name."""
    if _SERVICE_LINK.fullmatch(text):
        raise ValueError(
            "holds the address of another service: Kubernetes (or docker's --link) sets HTTP_PORT where one is called "
            "“http”. Set HTTP_PORT in the container's own env, or enableServiceLinks: false in the pod's spec"
        )
    if re.fullmatch(r"\S*:[0-9]+(?:/tcp)?|[0-9]+/tcp", text):
        raise ValueError("must be the port's number alone; the address is HTTP_HOST, and 8080:80 is for docker's -p")
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65_535:
        raise ValueError("must be a whole number from 1 to 65535")
    return int(text)


def parse_bool(text: str) -> bool:
    """Parse true/false, yes/no, on/off or 1/0, in Spanish and Portuguese too."""
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise ValueError("must be true or false")
