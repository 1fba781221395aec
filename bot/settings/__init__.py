"""The settings of the service, in groups: read from their sources and checked all at once."""

from bot.settings.groups import (
    AccessSettings,
    DatabaseSettings,
    ListenerSettings,
    LocaleSettings,
    PickPackSettings,
    Settings,
    SettingsGroup,
    StoreSettings,
    TelegramSettings,
    TimingSettings,
    WebhookSettings,
)
from bot.settings.loading import EXAMPLES, AnyGroup, SettingsError, load, load_group

__all__ = [
    "EXAMPLES",
    "AccessSettings",
    "AnyGroup",
    "DatabaseSettings",
    "ListenerSettings",
    "LocaleSettings",
    "PickPackSettings",
    "Settings",
    "SettingsError",
    "SettingsGroup",
    "StoreSettings",
    "TelegramSettings",
    "TimingSettings",
    "WebhookSettings",
    "load",
    "load_group",
]
