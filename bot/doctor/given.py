"""The settings as far as they can be used: one wrong setting must not keep the other checks from running."""

from collections.abc import Mapping
from pathlib import Path

from bot.doctor.findings import Finding, fail, ok
from bot.settings import (
    EXAMPLES,
    AccessSettings,
    AnyGroup,
    DatabaseSettings,
    ListenerSettings,
    LocaleSettings,
    PickPackSettings,
    SettingsError,
    SettingsGroup,
    StoreSettings,
    TelegramSettings,
    TimingSettings,
    WebhookSettings,
    load,
    load_group,
)

PARTS: tuple[type[SettingsGroup], ...] = (
    TelegramSettings, PickPackSettings, ListenerSettings, WebhookSettings, DatabaseSettings, LocaleSettings,
    AccessSettings, StoreSettings, TimingSettings,
)  # fmt: skip


class Given:
    """Settings read from `environ` and `dotenv`, in parts; a part with a fault is None."""

    def __init__(self, environ: Mapping[str, str], dotenv: Path) -> None:
        self.environ, self.dotenv = environ, dotenv

    def part(self, kind: type[AnyGroup]) -> AnyGroup | None:
        """Give one part, or None where one of its settings is wrong."""
        try:
            return load_group(kind, self.environ, self.dotenv)
        except SettingsError:
            return None

    def secret_values(self) -> list[str]:
        """Give every secret of every part, also of parts with a fault, as far as it can be read at all."""
        parts = [part for kind in PARTS if (part := self.part(kind))]
        raw = [text.strip() for name, text in self.environ.items() if _is_secret(name)]
        return [*(secret for part in parts for secret in part.secret_values()), *(text for text in raw if text)]

    def check(self) -> list[Finding]:
        """Give a finding for each fault, or the one that says that there is none."""
        try:
            load(self.environ, self.dotenv)
        except SettingsError as error:
            return [
                fail("settings", f"{problem.name}: {problem.message}", f"write it like this: {problem.example}")
                for problem in error.problems
            ]
        return [ok("settings", f"all {len(EXAMPLES)} can be used")]


def _is_secret(name: str) -> bool:
    return name in ("BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "LINK_SECRET")
