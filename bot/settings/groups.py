"""Define every setting: its group, type, default, example, and what it must be."""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, InstanceOf, PrivateAttr, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings import lists, parsers, paths
from bot.settings.hours import OpeningHours, parse_hours
from bot.settings.numbers import int_parser, number_parser, parse_bool, parse_port
from bot.settings.parsers import parse_with
from bot.settings.time_zones import parse_timezone

TELEGRAM_API_URL = "https://api.telegram.org"
WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})  # Telegram calls no others
WEEK_SECONDS = 7 * 24 * 3600
PAGE_DAYS = 7


class SettingsGroup(BaseSettings):
    """A group of settings that can be loaded by itself, with `load_group`. Creating one reads nothing."""

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
        """Use only what `read_sources` found: pydantic's own sources know neither NAME_FILE nor line numbers."""
        return (init_settings,)

    def source_of(self, name: str) -> str:
        """Return where a setting (upper case) came from, for people to read."""
        return self._sources.get(name, "default")

    def secret_values(self) -> tuple[str, ...]:
        """Return the plain text of every secret, for redaction."""
        secrets: list[str] = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            items = value if isinstance(value, tuple) else (value,)
            secrets += [item.get_secret_value() for item in items if isinstance(item, SecretStr)]
        return tuple(secrets)


def _setting(default: Any, example: str) -> Any:
    return Field(default=default, examples=[example])


_Url = Annotated[str, parse_with(parsers.parse_url)]
_BaseUrl = Annotated[str, parse_with(parsers.parse_base_url)]
_TelegramIds = Annotated[frozenset[int], parse_with(lists.parse_telegram_ids)]


class TelegramSettings(SettingsGroup):
    """How to reach Telegram, and how Telegram reaches this service. URLs have no slash at the end."""

    bot_token: Annotated[SecretStr, parse_with(parsers.parse_bot_token)] = _setting(
        ..., "<the token that BotFather gave>"
    )
    telegram_api_url: Annotated[str, parse_with(parsers.parse_bot_api_url)] = _setting(
        TELEGRAM_API_URL, TELEGRAM_API_URL
    )
    telegram_updates: Annotated[
        Literal["polling", "webhook"], parse_with(parsers.choice_parser("polling", "webhook"))
    ] = _setting("polling", "polling")
    public_url: _BaseUrl | None = _setting(None, "https://bot.example.com")

    @field_validator("public_url")
    @classmethod
    def _require_reachable_url(cls, url: str | None, info: ValidationInfo) -> str | None:
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


class PickPackSettings(SettingsGroup):
    """How to call Pick and Pack. An order is asked for at `pickpack_tracking_url`, a slash and the order id."""

    pickpack_api_key: Annotated[SecretStr, parse_with(parsers.secret_parser(8))] = _setting(
        ..., "<the key of Pick and Pack>"
    )
    pickpack_hostname: Annotated[str, parse_with(parsers.parse_account)] | None = _setting(None, "mystore")
    pickpack_token_url: Annotated[str, parse_with(parsers.parse_token_url)] = _setting(
        "https://auth.pickingnpacking.com/prod/token", "https://auth.pickingnpacking.com/prod/token"
    )
    pickpack_tracking_url: Annotated[str, parse_with(parsers.parse_tracking_url)] = _setting(
        "https://legacy.pickingnpacking.com/prod/picking-tracking",
        "https://legacy.pickingnpacking.com/prod/picking-tracking",
    )
    pickpack_auth_scheme: Annotated[str, parse_with(parsers.parse_auth_scheme)] = _setting("", "Bearer")
    pickpack_rate: Annotated[float, parse_with(number_parser(0, 500, above=True))] = _setting(20.0, "20")


class ListenerSettings(SettingsGroup):
    """Where the HTTP listener listens."""

    http_host: Annotated[str, parse_with(parsers.parse_host)] = _setting("0.0.0.0", "0.0.0.0")  # noqa: S104 - in a container
    http_port: Annotated[int, parse_with(parse_port)] = _setting(8080, "8080")


class WebhookSettings(SettingsGroup):
    """How a webhook of Pick and Pack proves where it comes from."""

    webhook_secret: Annotated[SecretStr, parse_with(parsers.secret_parser(parsers.SECRET_LENGTH))] = _setting(
        ..., "<16 or more random letters and digits>"
    )
    webhook_header: Annotated[str, parse_with(parsers.parse_header_name)] = _setting(
        "X-Webhook-Secret", "X-Webhook-Secret"
    )


class DatabaseSettings(SettingsGroup):
    """Where the SQLite database is."""

    database_path: Annotated[Path, parse_with(paths.parse_file_path)] = _setting(Path("data/bot.db"), "data/bot.db")


class LocaleSettings(SettingsGroup):
    """Which languages and texts are used."""

    default_locale: Annotated[str, parse_with(parsers.parse_language)] = _setting("en", "pt-BR")
    locales_override: Annotated[Path, parse_with(paths.parse_existing_folder)] | None = _setting(None, "my-words")


class AccessSettings(SettingsGroup):
    """Who may do what. Ask `admins`, not `admin_ids`, who is an admin."""

    staff_ids: _TelegramIds = _setting(frozenset(), "123456789,-1001234567890")
    admin_ids: _TelegramIds = _setting(frozenset(), "123456789")
    follow_policy: Annotated[Literal["number", "link"], parse_with(parsers.choice_parser("number", "link"))] = _setting(
        "number", "number"
    )
    link_secret: Annotated[tuple[SecretStr, ...], parse_with(lists.parse_link_secrets)] = _setting(
        (), "<16 or more random letters and digits>"
    )
    follows_per_day: Annotated[int, parse_with(int_parser(0, 10_000))] = _setting(15, "15")
    items_for: Annotated[Literal["links", "all", "none"], parse_with(parsers.choice_parser("links", "all", "none"))] = (
        _setting("links", "links")
    )
    order_id_prefixes: Annotated[tuple[str, ...], parse_with(lists.parse_prefixes)] = _setting((), "SLR-,00-")

    @field_validator("admin_ids")
    @classmethod
    def _require_admins_to_be_staff(cls, admins: frozenset[int], info: ValidationInfo) -> frozenset[int]:
        staff: frozenset[int] | None = info.data.get("staff_ids")
        if staff is None:  # STAFF_IDS is wrong itself, which is already reported
            return admins
        # a member of a staff group may be an admin without being listed in STAFF_IDS
        has_group = any(chat_id < 0 for chat_id in staff)
        others = [chat_id for chat_id in sorted(admins - staff) if chat_id < 0 or not has_group]
        if others:
            raise ValueError(f"must name only ids that STAFF_IDS names too, which {others[0]} is not")
        return admins

    @field_validator("link_secret")
    @classmethod
    def _require_link_secret(cls, secrets: tuple[SecretStr, ...], info: ValidationInfo) -> tuple[SecretStr, ...]:
        if not secrets and info.data.get("follow_policy") == "link":
            raise ValueError("is required where FOLLOW_POLICY is link")
        return secrets

    @property
    def admins(self) -> frozenset[int]:
        """The ids that may resend and write to followers: ADMIN_IDS, or all staff."""
        return self.admin_ids or self.staff_ids


class StoreSettings(SettingsGroup):
    """What messages say about the store."""

    store_name: Annotated[str, parse_with(parsers.line_parser(parsers.STORE_NAME_LENGTH))] = _setting("", "Corner Shop")
    store_timezone: Annotated[InstanceOf[ZoneInfo], parse_with(parse_timezone)] = _setting(
        ZoneInfo("UTC"), "America/Lima"
    )
    store_hours: Annotated[OpeningHours, parse_with(parse_hours)] = _setting(
        OpeningHours.daily((9 * 60, 20 * 60)), "Mo-Fr 09:00-20:00, Sa 09:00-14:00"
    )
    store_contact_url: _Url | None = _setting(None, "https://shop.example.com/contact")
    pickup_place: Annotated[str, parse_with(parsers.line_parser(parsers.STORE_NAME_LENGTH))] = _setting(
        "", "Corner Shop, counter 3"
    )
    pickup_address: Annotated[str, parse_with(parsers.line_parser(parsers.ADDRESS_LENGTH))] = _setting(
        "", "Av. Larco 123, Miraflores"
    )
    pickup_map_url: Annotated[str, parse_with(parsers.parse_public_url)] | None = _setting(
        None, "https://maps.example.com/corner-shop"
    )


class TimingSettings(SettingsGroup):
    """When and how often things happen, and how long data is kept."""

    poll_silence: Annotated[float, parse_with(number_parser(0, WEEK_SECONDS, above=True, unit="seconds"))] = _setting(
        600.0, "600"
    )
    poll_silence_max: Annotated[float, parse_with(number_parser(0, WEEK_SECONDS, above=True, unit="seconds"))] = (
        _setting(3600.0, "3600")
    )
    settle_seconds: Annotated[float, parse_with(number_parser(0, 300, unit="seconds"))] = _setting(3.0, "3")
    edit_seconds: Annotated[float, parse_with(number_parser(0, 3600, unit="seconds"))] = _setting(20.0, "20")
    send_rate: Annotated[float, parse_with(number_parser(0, 1000))] = _setting(28.0, "28")
    keep_days: Annotated[int, parse_with(int_parser(1, 3650, unit="days"))] = _setting(30, "30")
    page_days: Annotated[int, parse_with(int_parser(1, 3650, unit="days"))] = Field(
        default=PAGE_DAYS, examples=[str(PAGE_DAYS)], validate_default=True
    )
    pickup_reminder_hours: Annotated[float, parse_with(number_parser(0, 720, unit="hours"))] = _setting(24.0, "24")
    tell_late: Annotated[bool, parse_with(parse_bool)] = _setting(False, "true")
    backup_dir: Annotated[Path, parse_with(paths.parse_folder)] | None = _setting(None, "backups")

    @field_validator("poll_silence_max")
    @classmethod
    def _require_ascending_silences(cls, longest: float, info: ValidationInfo) -> float:
        if longest < info.data.get("poll_silence", 0):
            raise ValueError("must not be less than POLL_SILENCE")
        return longest

    @field_validator("page_days", mode="before")
    @classmethod
    def _shorten_default(cls, days: object, info: ValidationInfo) -> object:
        """Let a short KEEP_DAYS do without a PAGE_DAYS; a value from a source is text."""
        return min(days, info.data.get("keep_days", days)) if isinstance(days, int) else days

    @field_validator("page_days")
    @classmethod
    def _require_kept_order(cls, days: int, info: ValidationInfo) -> int:
        if days > info.data.get("keep_days", days):
            raise ValueError("must not be more than KEEP_DAYS")
        return days


class LogSettings(SettingsGroup):
    """How the log is written."""

    log_format: Annotated[Literal["text", "json"], parse_with(parsers.choice_parser("text", "json"))] = _setting(
        "text", "json"
    )
    log_level: Annotated[str, parse_with(parsers.choice_parser("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))] = (
        _setting("INFO", "INFO")
    )


class Settings(
    LogSettings,
    TimingSettings,
    StoreSettings,
    AccessSettings,
    LocaleSettings,
    DatabaseSettings,
    WebhookSettings,
    ListenerSettings,
    PickPackSettings,
    TelegramSettings,
):
    """All settings; each attribute is the name of a setting in lower case."""
