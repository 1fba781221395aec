"""What is known of each setting while `init` asks: from the environment, from `.env`, and as it was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import (
    EXAMPLES,
    AccessSettings,
    AnyGroup,
    DatabaseSettings,
    ListenerSettings,
    LocaleSettings,
    PickPackSettings,
    SettingsError,
    StoreSettings,
    TelegramSettings,
    WebhookSettings,
    load_group,
)
from bot.settings.problems import FILE_SUFFIX
from bot.settings.sources import read_sources

NO_FILE = Path("/nonexistent/.env")
SECRETS = frozenset({"BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "LINK_SECRET"})
GROUPS = (
    TelegramSettings, PickPackSettings, ListenerSettings, WebhookSettings, DatabaseSettings, LocaleSettings,
    AccessSettings, StoreSettings,
)  # fmt: skip
SHOWN_FROM = 16  # of a shorter secret, the last letters would be a good part


@dataclass(slots=True)
class Answers:
    """The settings as texts. `given`: what was answered, None for what is to be taken out of force."""

    fixed: Mapping[str, str]
    kept: Mapping[str, str]
    from_files: frozenset[str] = frozenset()
    given: dict[str, str | None] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a setting as the service would read it: the environment goes first. Empty if it is not set."""
        return self.fixed.get(name) or (self.given[name] or "" if name in self.given else self.kept.get(name, ""))

    def problem(self, name: str, text: str) -> str:
        """Say what is wrong with a text for a setting, beside the others that are known; empty if nothing is."""
        texts = {one: self.text(one) for one in EXAMPLES if self.text(one)}
        try:
            load_group(next(one for one in GROUPS if name.lower() in one.model_fields), texts | {name: text}, NO_FILE)
        except SettingsError as error:
            return next((one.message for one in error.problems if one.setting == name), "")
        return ""

    def load(self, group: type[AnyGroup], **missing: str) -> AnyGroup:
        """Load a group as it is now; `missing` stands for what is not answered. Raises SettingsError."""
        texts = missing | {one: self.text(one) for one in EXAMPLES if self.text(one)}
        return load_group(group, texts, NO_FILE)

    def changes(self) -> dict[str, str | None]:
        """Return what has to be written. What a file of its own has stays there, or no longer counts."""
        changed = {name: text for name, text in self.given.items() if text != self.kept.get(name)}
        return changed | {f"{name}{FILE_SUFFIX}": None for name in changed if name in self.from_files}


def read_answers(environ: Mapping[str, str], dotenv: Path) -> Answers:
    """Read what is set already. What can't be read there is simply asked for."""
    fixed = read_sources(EXAMPLES, environ, NO_FILE).values
    kept = read_sources(EXAMPLES, {}, dotenv).values
    files = frozenset(name for name, value in kept.items() if value.source.startswith("file "))
    return Answers(
        {name: value.text for name, value in fixed.items()}, {name: value.text for name, value in kept.items()}, files
    )


def shown(name: str, text: str) -> str:
    """Return a value as it may be shown: of a secret its length and, of a long one, the last four characters."""
    if name not in SECRETS:
        return text
    ending = f", ending in …{text[-4:]}" if len(text) >= SHOWN_FROM else ""
    return f"{len(text)} characters{ending}"
