"""The settings in force, to be read by people: one row a setting, secrets as ***."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.settings.groups import Settings

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Row:
    """A setting's name, its value as it would be written (empty: none), and where it came from."""

    name: str
    value: str
    source: str


def describe(settings: Settings) -> list[Row]:
    """List all settings in their order; no secret's value is in any row, not even in that of another setting."""
    secrets = settings.secret_values()
    return [
        Row(name.upper(), _without(secrets, _written(getattr(settings, name))), settings.source_of(name.upper()))
        for name in type(settings).model_fields
    ]


def _written(value: object) -> str:
    if isinstance(value, tuple | frozenset):
        return ",".join(_written(one) for one in (value if isinstance(value, tuple) else sorted(value)))
    if isinstance(value, SecretStr):
        return HIDDEN
    return _plain(value)


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case ZoneInfo():
            return value.key
        case _:
            return str(value)


def _without(secrets: tuple[str, ...], text: str) -> str:
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text
