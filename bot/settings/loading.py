"""Load settings from their sources and check them all at once."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot.settings.groups import Settings, SettingsGroup
from bot.settings.sources import RawSettings, SettingProblem, read_sources

# setting → a value that would be right
EXAMPLES: Mapping[str, str] = {
    name.upper(): str((field.examples or [""])[0]) for name, field in Settings.model_fields.items()
}

AnyGroup = TypeVar("AnyGroup", bound=SettingsGroup)


class SettingsError(Exception):
    """Raised when settings can't be used. `problems` holds all of them; no value is ever in its text."""

    def __init__(self, problems: Iterable[SettingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def load(environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """Load and check all settings; `environ` defaults to the process's environment.

    Raises SettingsError with every problem at once.
    """
    raw = read_sources(EXAMPLES, os.environ if environ is None else environ, dotenv)
    settings, problems = _validate(Settings, raw)
    if settings is None or raw.problems:
        raise SettingsError([*raw.problems, *_if_folder(dotenv), *problems])
    return settings


def _if_folder(dotenv: Path) -> Iterable[SettingProblem]:
    """Say of a folder in `.env`'s place that nothing is read from it; where nothing is missing, it does no harm."""
    if dotenv.is_dir():
        message = "is a folder, so that no setting is read from it"
        yield SettingProblem(str(dotenv), message, "a file with a line for each setting")


def load_group(
    group: type[AnyGroup], environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")
) -> AnyGroup:
    """Load one group, for a command that needs no other; problems of other settings are ignored.

    Raises SettingsError.
    """
    raw = read_sources(EXAMPLES, os.environ if environ is None else environ, dotenv)
    settings, problems = _validate(group, raw)
    own = {name.upper() for name in group.model_fields}
    problems = [*(problem for problem in raw.problems if problem.setting in own), *problems]
    if settings is None or problems:
        raise SettingsError(problems)
    return settings


def _validate(group: type[AnyGroup], raw: RawSettings) -> tuple[AnyGroup | None, list[SettingProblem]]:
    """Check the values of one group. A setting whose source has a problem is not reported as missing as well."""
    values = {name: value for name, value in raw.values.items() if name.lower() in group.model_fields}
    unreadable = {problem.setting for problem in raw.problems}
    try:
        settings = group(**{name.lower(): value.text for name, value in values.items()})
    except ValidationError as error:
        return None, [problem for problem in _problems(error) if problem.name not in unreadable]
    settings._sources.update({name: value.source for name, value in values.items()})
    return settings, []


def _problems(error: ValidationError) -> Iterable[SettingProblem]:
    for detail in error.errors(include_url=False, include_input=False):
        name = str(detail["loc"][0]).upper()
        missing = detail["type"] == "missing"
        message = "is required" if missing else str(detail.get("ctx", {}).get("error", "is wrong"))
        yield SettingProblem(name, message, f"{name}={EXAMPLES[name]}")
