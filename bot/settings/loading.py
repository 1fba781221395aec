"""Load settings from their sources and check them all at once."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot.process.command_name import command_name
from bot.process.redaction import HIDDEN
from bot.settings.groups import Settings, SettingsGroup
from bot.settings.misplaced_secrets import misplaced_secrets
from bot.settings.problems import SettingProblem
from bot.settings.sources import RawSettings, read_sources
from bot.settings.written import SECRETS

# setting → a value that would be right
EXAMPLES: Mapping[str, str] = {
    name.upper(): str((field.examples or [""])[0]) for name, field in Settings.model_fields.items()
}

MISSING = "is required"

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
    if settings is None or raw.problems or problems:
        raise SettingsError(_without_secrets([*raw.problems, *_no_dotenv(dotenv, problems), *problems], raw))
    return settings


def _no_dotenv(dotenv: Path, problems: Iterable[SettingProblem]) -> Iterable[SettingProblem]:
    """Say where there is no `.env`, or a folder in its place; where nothing is missing, that does no harm."""
    if not any(problem.message.startswith(MISSING) for problem in problems):
        return
    if dotenv.is_dir():  # docker makes one in the place of a file that is not there
        message = "is a folder, so that no setting is read from it"
        yield SettingProblem(str(dotenv), message, "a file with a line for each setting")
    elif not dotenv.exists():
        message = f"there is none in {dotenv.absolute().parent}, so that only the environment was read"
        cure = f"cd to the folder that holds it, or make one there: {command_name()} init, or cp .env.example .env"
        yield SettingProblem(dotenv.name, message, cure)


def _without_secrets(problems: Iterable[SettingProblem], raw: RawSettings) -> Iterable[SettingProblem]:
    """Hide the secrets that are known: one of them may stand in another setting's place as well."""
    secrets = [raw.values[name].text for name in SECRETS if name in raw.values and len(raw.values[name].text) > 3]
    for problem in problems:
        message, source = problem.message, problem.source
        for secret in secrets:
            message, source = message.replace(secret, HIDDEN), source.replace(secret, HIDDEN)
        yield replace(problem, message=message, source=source)


def load_group(
    group: type[AnyGroup], environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")
) -> AnyGroup:
    """Load one group, for a command that needs no other; problems of other settings are ignored.

    Raises SettingsError.
    """
    raw = read_sources(EXAMPLES, os.environ if environ is None else environ, dotenv)
    settings, problems = _validate(group, raw)
    own = {name.upper() for name in group.model_fields}
    # what is wrong with a source itself concerns a group that can't be loaded
    concern = [one for one in raw.problems if one.setting in own or (settings is None and one.setting not in EXAMPLES)]
    problems = [*concern, *problems]
    if settings is None or problems:
        raise SettingsError(_without_secrets([*_no_dotenv(dotenv, problems), *problems], raw))
    return settings


def _validate(group: type[AnyGroup], raw: RawSettings) -> tuple[AnyGroup | None, list[SettingProblem]]:
    """Check the values of one group. A setting whose source has a problem is not reported as missing as well."""
    values = {name: value for name, value in raw.values.items() if name.lower() in group.model_fields}
    unreadable = raw.unreadable | {problem.setting for problem in raw.problems}
    texts = {name: value.text for name, value in raw.values.items()}
    found = {name: [message] for name, message in misplaced_secrets(texts) if name in values}
    try:
        settings = group(**{name.lower(): value.text for name, value in values.items()})
    except ValidationError as error:
        settings = None
        for name, message in _messages(error):
            if name in values or name not in unreadable:
                found.setdefault(name, []).append(message)
    if settings is not None:
        settings._sources.update({name: value.source for name, value in values.items()})
    return settings, [_problem(name, messages, raw) for name, messages in found.items()]


def _messages(error: ValidationError) -> Iterable[tuple[str, str]]:
    for detail in error.errors(include_url=False, include_input=False):
        message = MISSING if detail["type"] == "missing" else str(detail.get("ctx", {}).get("error", "is wrong"))
        yield str(detail["loc"][0]).upper(), message


def _problem(name: str, messages: Iterable[str], raw: RawSettings) -> SettingProblem:
    """Make one problem of all that is wrong with a setting: a type with alternatives says the same for each."""
    source = raw.values[name].named_source if name in raw.values else ""
    return SettingProblem(name, "; also: ".join(dict.fromkeys(messages)), f"{name}={EXAMPLES[name]}", source)
