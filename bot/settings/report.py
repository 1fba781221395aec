"""List the settings in force for people to read: one row a setting, secrets as ***."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.process.redaction import HIDDEN
from bot.settings.groups import Settings


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting's name, its value as `.env` would hold it (empty: not set), and where it came from."""

    name: str
    value: str
    source: str


def describe(settings: Settings) -> list[SettingRow]:
    """List all settings. No secret is in any row: loading refuses one in another setting's place."""
    return [
        SettingRow(name.upper(), _format(getattr(settings, name)), settings.source_of(name.upper()))
        for name in type(settings).model_fields
    ]


def _format(value: object) -> str:
    if isinstance(value, tuple | frozenset):
        return ",".join(_format(item) for item in (value if isinstance(value, tuple) else sorted(value)))
    if isinstance(value, SecretStr):
        return HIDDEN
    return _format_scalar(value)


def _format_scalar(value: object) -> str:
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
