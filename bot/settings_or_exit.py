"""The settings for a command of the command line; where they can't be used it says all that is wrong, and ends with 78.

Imports inside the functions: a command that needs no settings waits for none of it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from bot.process.exit_codes import INVALID_SETTINGS

if TYPE_CHECKING:
    from bot.settings import Settings, SettingsGroup
    from bot.settings.problems import SettingProblem

AnyGroup = TypeVar("AnyGroup", bound="SettingsGroup")


def load_settings() -> "Settings":
    """Return all settings."""
    from bot.settings import SettingsError, load

    try:
        settings = load()
    except SettingsError as error:
        _refuse([*error.problems, *_default_without_words()])
    if problems := list(_default_without_words()):
        _refuse(problems)
    return settings


def _default_without_words() -> "Iterator[SettingProblem]":
    """Say so if DEFAULT_LOCALE is a language that has no words: English would be said without anybody noticing."""
    from bot.settings import LocaleSettings, SettingsError, load_group
    from bot.settings.problems import SettingProblem
    from bot.words.fluent.files import why_without_words

    try:
        words = load_group(LocaleSettings)
    except SettingsError:
        return
    if why := why_without_words(words.default_locale, words.locales_override):
        yield SettingProblem("DEFAULT_LOCALE", why, "DEFAULT_LOCALE=pt-BR")


def load_settings_group(group: type[AnyGroup]) -> AnyGroup:
    """Return a part of the settings; what is wrong with the others is no matter."""
    from bot.settings import SettingsError, load_group

    try:
        return load_group(group)
    except SettingsError as error:
        _refuse(error.problems)


def refuse_missing(setting: str, message: str) -> NoReturn:
    """Say that a command needs this setting, and end."""
    from bot.settings import EXAMPLES
    from bot.settings.problems import SettingProblem

    _refuse([SettingProblem(setting, message, f"{setting}={EXAMPLES[setting]}")])


def _refuse(problems: "Iterable[SettingProblem]") -> NoReturn:
    """List every problem on standard error and exit with 78."""
    click.echo("The settings can't be used:", err=True)
    for problem in problems:
        click.echo(f"  {problem.name}: {problem.says}\n      → {problem.remedy}", err=True)
    raise click.exceptions.Exit(INVALID_SETTINGS)
