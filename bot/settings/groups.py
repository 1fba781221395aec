"""The parts of the settings: which there are, what each may be, and how they are loaded and checked all at once."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, InstanceOf, PrivateAttr, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings import parsers
from bot.settings.parsers import Hours, parsed
from bot.settings.sources import Fault, Gathered, gather

TELEGRAM_API_URL = "https://api.telegram.org"
WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})  # Telegram calls no others
WEEK_SECONDS = 7 * 24 * 3600


class WrongSettings(Exception):
    """The settings can't be used. `faults` holds every one of them; no text of it holds a value."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Part(BaseSettings):
    """A part of the settings that can be read by itself. Made by `load` and `load_part`; reads nothing on its own."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    _sources: dict[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings says which arguments there are
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what `gather` found and nothing else: pydantic's own sources know neither NAME_FILE nor line numbers."""
        return (init_settings,)

    def source_of(self, name: str) -> str:
        """Say in words where a setting (upper case) came from."""
        return self._sources.get(name, "default")

    def secret_values(self) -> tuple[str, ...]:
        """Give the plain text of every secret, for redaction."""
        found: list[str] = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            candidates = value if isinstance(value, tuple) else (value,)
            found += [one.get_secret_value() for one in candidates if isinstance(one, SecretStr)]
        return tuple(found)


def _setting(default: Any, example: str) -> Any:
    return Field(default=default, examples=[example])


_Address = Annotated[str, parsed(parsers.address)]
_BaseAddress = Annotated[str, parsed(parsers.base_address)]
_Ids = Annotated[frozenset[int], parsed(parsers.ids)]


class TelegramPart(Part):
    """How Telegram is reached and how it reaches us. Addresses come without a slash at their end."""

    bot_token: Annotated[SecretStr, parsed(parsers.token)] = _setting(..., "<the token that BotFather gave>")
    telegram_api_url: _BaseAddress = _setting(TELEGRAM_API_URL, TELEGRAM_API_URL)
    telegram_updates: Annotated[Literal["polling", "webhook"], parsed(parsers.one_of("polling", "webhook"))] = _setting(
        "polling", "polling"
    )
    public_url: _BaseAddress | None = _setting(None, "https://bot.example.com")

    @field_validator("public_url")
    @classmethod
    def _reachable(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is not None and "/webhooks" in url:
            raise ValueError("must be the address alone, without /webhooks/pickpack")
        if info.data.get("telegram_updates") != "webhook":
            return url
        parts = urlsplit(url or "")
        if parts.scheme != "https":
            raise ValueError("must be an https:// address where TELEGRAM_UPDATES is webhook")
        if info.data.get("telegram_api_url") == TELEGRAM_API_URL and (parts.port or 443) not in WEBHOOK_PORTS:
            raise ValueError("must have the port 443, 80, 88 or 8443: Telegram calls no others")
        return url


class PickPackPart(Part):
    """How Pick and Pack is asked. The order id is put after `pickpack_tracking_url` and a slash."""

    pickpack_api_key: Annotated[SecretStr, parsed(parsers.secret(8))] = _setting(..., "<the key of Pick and Pack>")
    pickpack_hostname: Annotated[str, parsed(parsers.account)] | None = _setting(None, "mystore")
    pickpack_token_url: _Address = _setting(
        "https://auth.pickingnpacking.com/prod/token", "https://auth.pickingnpacking.com/prod/token"
    )
    pickpack_tracking_url: _BaseAddress = _setting(
        "https://legacy.pickingnpacking.com/prod/picking-tracking",
        "https://legacy.pickingnpacking.com/prod/picking-tracking",
    )
    pickpack_auth_scheme: Annotated[str, parsed(parsers.scheme)] | Literal[""] = _setting("", "Bearer")
    pickpack_rate: Annotated[float, parsed(parsers.number(0, 500, above=True))] = _setting(20.0, "20")


class ListenerPart(Part):
    """Where the listener listens."""

    http_host: Annotated[str, parsed(parsers.host)] = _setting("0.0.0.0", "0.0.0.0")  # noqa: S104 - a container's
    http_port: Annotated[int, parsed(parsers.whole(1, 65535))] = _setting(8080, "8080")


class WebhookPart(Part):
    """What Pick and Pack's webhook must bring."""

    webhook_secret: Annotated[SecretStr, parsed(parsers.secret(parsers.SECRET_LENGTH))] = _setting(
        ..., "<16 or more random letters and digits>"
    )
    webhook_header: Annotated[str, parsed(parsers.header)] = _setting("X-Webhook-Secret", "X-Webhook-Secret")


class DatabasePart(Part):
    """Where the SQLite file is."""

    database_path: Annotated[Path, parsed(parsers.file)] = _setting(Path("data/bot.db"), "data/bot.db")


class WordsPart(Part):
    """Which words are used."""

    default_locale: Annotated[str, parsed(parsers.language)] = _setting("en", "pt-BR")
    locales_override: Annotated[Path, parsed(parsers.existing_folder)] | None = _setting(None, "my-words")


class PeoplePart(Part):
    """Who may do what. `admins` is what to ask, not `admin_ids`."""

    staff_ids: _Ids = _setting(frozenset(), "123456789,-1001234567890")
    admin_ids: _Ids = _setting(frozenset(), "123456789")
    follow_policy: Annotated[Literal["number", "link"], parsed(parsers.one_of("number", "link"))] = _setting(
        "number", "number"
    )
    link_secret: Annotated[tuple[SecretStr, ...], parsed(parsers.link_secrets)] = _setting(
        (), "<16 or more random letters and digits>"
    )
    items_for: Annotated[Literal["links", "all", "none"], parsed(parsers.one_of("links", "all", "none"))] = _setting(
        "links", "links"
    )
    order_id_prefixes: Annotated[tuple[str, ...], parsed(parsers.prefixes)] = _setting((), "SLR-,00-")

    @field_validator("admin_ids")
    @classmethod
    def _are_staff(cls, admins: frozenset[int], info: ValidationInfo) -> frozenset[int]:
        staff: frozenset[int] | None = info.data.get("staff_ids")
        if staff is None:  # wrong itself, and said so
            return admins
        # where a group is staff, a member of it may be an admin without being listed alone
        strangers = {one for one in admins - staff if one < 0 or not any(other < 0 for other in staff)}
        if strangers:
            raise ValueError("must name only ids that STAFF_IDS names too")
        return admins

    @field_validator("link_secret")
    @classmethod
    def _is_there(cls, secrets: tuple[SecretStr, ...], info: ValidationInfo) -> tuple[SecretStr, ...]:
        if not secrets and info.data.get("follow_policy") == "link":
            raise ValueError("is required where FOLLOW_POLICY is link")
        return secrets

    @property
    def admins(self) -> frozenset[int]:
        """Ids that may resend and write to followers: ADMIN_IDS, or all staff."""
        return self.admin_ids or self.staff_ids


class StorePart(Part):
    """What is said of the store."""

    store_name: Annotated[str, parsed(parsers.name)] = _setting("", "Corner Shop")
    store_timezone: Annotated[InstanceOf[ZoneInfo], parsed(parsers.zone)] = _setting(ZoneInfo("UTC"), "America/Lima")
    store_hours: Annotated[Hours, parsed(parsers.hours)] = _setting(Hours(9 * 60, 20 * 60), "09:00-20:00")
    store_contact_url: _Address | None = _setting(None, "https://shop.example.com/contact")


class PacePart(Part):
    """When things happen and how often."""

    poll_silence: Annotated[float, parsed(parsers.number(0, WEEK_SECONDS, above=True))] = _setting(600.0, "600")
    poll_silence_max: Annotated[float, parsed(parsers.number(0, WEEK_SECONDS, above=True))] = _setting(3600.0, "3600")
    settle_seconds: Annotated[float, parsed(parsers.number(0, 300))] = _setting(3.0, "3")
    send_rate: Annotated[float, parsed(parsers.number(0, 1000))] = _setting(28.0, "28")
    keep_days: Annotated[int, parsed(parsers.whole(1, 3650))] = _setting(30, "30")
    pickup_reminder_hours: Annotated[float, parsed(parsers.number(0, 720))] = _setting(24.0, "24")
    tell_late: Annotated[bool, parsed(parsers.truth)] = _setting(False, "true")
    backup_dir: Annotated[Path, parsed(parsers.folder)] | None = _setting(None, "backups")

    @field_validator("poll_silence_max")
    @classmethod
    def _is_longer(cls, longest: float, info: ValidationInfo) -> float:
        if longest < info.data.get("poll_silence", 0):
            raise ValueError("must not be less than POLL_SILENCE")
        return longest


class LogPart(Part):
    """How the log is written."""

    log_format: Annotated[Literal["text", "json"], parsed(parsers.one_of("text", "json"))] = _setting("text", "json")
    log_level: Annotated[str, parsed(parsers.one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))] = _setting(
        "INFO", "INFO"
    )


class Settings(
    LogPart,
    PacePart,
    StorePart,
    PeoplePart,
    WordsPart,
    DatabasePart,
    WebhookPart,
    ListenerPart,
    PickPackPart,
    TelegramPart,
):
    """All settings; every attribute is a setting's name in lower case."""


EXAMPLES: Mapping[str, str] = {
    name.upper(): str((field.examples or [""])[0]) for name, field in Settings.model_fields.items()
}

AnyPart = TypeVar("AnyPart", bound=Part)


def load(environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """Read and check everything; `environ` None is the process's. Raises WrongSettings with every fault at once."""
    gathered = gather(EXAMPLES, os.environ if environ is None else environ, dotenv)
    settings, faults = _checked(Settings, gathered)
    if settings is None or gathered.faults:
        raise WrongSettings([*gathered.faults, *faults])
    return settings


def load_part(part: type[AnyPart], environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> AnyPart:
    """Read one part for a command that needs no more; faults of other settings are none here. Raises WrongSettings."""
    gathered = gather(EXAMPLES, os.environ if environ is None else environ, dotenv)
    settings, faults = _checked(part, gathered)
    own = {name.upper() for name in part.model_fields}
    faults = [*(fault for fault in gathered.faults if fault.name.removesuffix("_FILE") in own), *faults]
    if settings is None or faults:
        raise WrongSettings(faults)
    return settings


def _checked(part: type[AnyPart], gathered: Gathered) -> tuple[AnyPart | None, list[Fault]]:
    """Check the values of one part. A setting whose source was at fault is not said to be missing as well."""
    given = {name: one for name, one in gathered.given.items() if name.lower() in part.model_fields}
    unreadable = {fault.name.removesuffix("_FILE") for fault in gathered.faults}
    try:
        settings = part(**{name.lower(): one.text for name, one in given.items()})
    except ValidationError as error:
        return None, [fault for fault in _faults(error) if fault.name not in unreadable]
    settings._sources.update({name: one.source for name, one in given.items()})
    return settings, []


def _faults(error: ValidationError) -> Iterable[Fault]:
    for one in error.errors(include_url=False, include_input=False):
        name = str(one["loc"][0]).upper()
        wrong = "is required" if one["type"] == "missing" else str(one.get("ctx", {}).get("error", "is wrong"))
        yield Fault(name, wrong, f"{name}={EXAMPLES[name]}")
