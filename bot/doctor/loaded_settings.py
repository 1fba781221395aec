"""Load the settings part by part, so that an invalid one does not keep the other checks from running."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.doctor.findings import Finding, fail, ok, warn
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
from bot.settings.dotenv_file import names_cut_short, read_dotenv
from bot.settings.sources import read_sources
from bot.settings.written import SECRETS

QUOTE_IT = "put the value in quotes if the # belongs to it, or a blank behind the # if a comment begins there"
PARTS: tuple[type[SettingsGroup], ...] = (
    TelegramSettings, PickPackSettings, ListenerSettings, WebhookSettings, DatabaseSettings, LocaleSettings,
    AccessSettings, StoreSettings, TimingSettings,
)  # fmt: skip


class LoadedSettings:
    """The settings from `environ` and `dotenv`, in parts; a part with an invalid setting is None."""

    def __init__(self, environ: Mapping[str, str], dotenv: Path) -> None:
        self.environ, self.dotenv = environ, dotenv

    def part(self, kind: type[AnyGroup]) -> AnyGroup | None:
        """Return one part, or None if one of its settings is invalid."""
        try:
            return load_group(kind, self.environ, self.dotenv)
        except SettingsError:
            return None

    def secret_values(self) -> list[str]:
        """Return every secret, as far as it can be read at all, also of parts with an invalid setting."""
        parts = [part for kind in PARTS if (part := self.part(kind))]
        raw = [text.strip() for name, text in self.environ.items() if name in SECRETS]
        read = read_sources(EXAMPLES, self.environ, self.dotenv).values
        raw += [value.text for name, value in read.items() if name in SECRETS]
        return [*(secret for part in parts for secret in part.secret_values()), *(text for text in raw if text)]

    def check(self) -> list[Finding]:
        """Return a finding for each invalid setting, or one that says that there is none."""
        try:
            load(self.environ, self.dotenv)
        except SettingsError as error:
            return [fail("settings", f"{problem.name}: {problem.says}", problem.remedy) for problem in error.problems]
        cut = [name for name in names_cut_short(self.dotenv) if name in EXAMPLES]
        return [
            ok("settings", f"all {len(EXAMPLES)} can be used"),
            *self._repeated(),
            *(warn("settings", f"{name} ends before the # in its line", QUOTE_IT) for name in cut),
        ]

    def _repeated(self) -> Iterator[Finding]:
        for name, lines in read_dotenv(self.dotenv).repeated.items():
            says = f"{name} is given in the lines {', '.join(map(str, lines))} of {self.dotenv}, and the last counts"
            yield warn("settings", says, "keep one of them")
