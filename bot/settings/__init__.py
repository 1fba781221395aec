"""The settings, in parts, checked all at once. The modules of this package are the only readers of the environment."""

from bot.settings.groups import (
    EXAMPLES,
    AnyPart,
    DatabasePart,
    ListenerPart,
    PacePart,
    Part,
    PeoplePart,
    PickPackPart,
    Settings,
    StorePart,
    TelegramPart,
    WebhookPart,
    WordsPart,
    WrongSettings,
    load,
    load_part,
)

__all__ = [
    "EXAMPLES",
    "AnyPart",
    "DatabasePart",
    "ListenerPart",
    "PacePart",
    "Part",
    "PeoplePart",
    "PickPackPart",
    "Settings",
    "StorePart",
    "TelegramPart",
    "WebhookPart",
    "WordsPart",
    "WrongSettings",
    "load",
    "load_part",
]
