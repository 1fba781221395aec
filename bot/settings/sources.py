"""Read settings as text from the environment, from files named by NAME_FILE and from `.env`, without checking them.

No problem repeats a value, a file's content or a line: any of them may be a secret in the wrong place.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.process.text_encoding import decode
from bot.settings.dotenv_file import LINE_EXAMPLE, NOT_A_LINE, read_dotenv
from bot.settings.problems import FILE_SUFFIX, SettingProblem
from bot.settings.text_files import MAX_FILE_BYTES, explain_unreadable
from bot.settings.written import begins_with_name, may_be_shown, problem_of_text, strip, unwrap

# how alike a name and a setting must be to suggest the setting. The environment holds other programs' names too
SIMILARITY_IN_ENVIRONMENT = 0.85
SIMILARITY_IN_DOTENV = 0.6
ENVIRONMENT = "environment"
COMMON_VARIABLES = frozenset({"HTTPS_PORT", "HTTPS_HOST", "HTTP_PROXY", "HTTPS_PROXY"})  # alike, but no misspellings


@dataclass(frozen=True, slots=True)
class RawValue:
    """The text of a setting, and where it came from, for people to read."""

    text: str = field(repr=False)
    source: str

    @property
    def named_source(self) -> str:
        """The source as a report of mistakes names it; empty for `.env`, where everybody looks first."""
        if self.source.startswith("file "):
            return self.source if may_be_shown(self.source.removeprefix("file ")) else "file"
        return self.source if self.source == ENVIRONMENT else ""


@dataclass(slots=True)
class RawSettings:
    """The settings that were found, by name, and the problems of the sources themselves."""

    values: dict[str, RawValue] = field(default_factory=dict)
    problems: list[SettingProblem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # names that are given, perhaps, where nothing can be read


def read_sources(examples: Mapping[str, str], environ: Mapping[str, str], dotenv: Path) -> RawSettings:
    """Look in every source for the settings of `examples` (name → a right value). A blank value counts as not set."""
    found = read_dotenv(dotenv)
    raw = RawSettings(problems=list(found.problems))
    raw.unreadable = {name.removesuffix(FILE_SUFFIX) for name in found.unreadable} if found.is_readable else {*examples}
    for line, name in found.with_colon.items():
        raw.problems.append(_problem_of_colon(line, name, examples, dotenv))
        raw.unreadable.add(name.upper().removesuffix(FILE_SUFFIX))
    raw.problems += _misspelled_in_environment(environ, examples)
    raw.problems += _unknown_in_dotenv(found.lines, examples, dotenv)
    for setting in examples:
        again = f", lines {_listed(lines)}" if (lines := found.repeated.get(setting)) else ""
        for source, values in ((ENVIRONMENT, environ), (f"{dotenv}{again}", found.texts)):
            if _read_setting(setting, values, source, raw, examples):
                break
    return raw


def _listed(lines: list[int]) -> str:
    return f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}: the last counts"


def _read_setting(
    setting: str, values: Mapping[str, str], source: str, raw: RawSettings, examples: Mapping[str, str]
) -> bool:
    """Read one setting from one source. Return whether it is set there, even if wrongly."""
    text = unwrap(setting, values.get(setting, ""))
    path = unwrap(setting + FILE_SUFFIX, values.get(setting + FILE_SUFFIX, ""))
    message = problem_of_text(setting, text)
    if text and path:
        message = f"is given by {setting}{FILE_SUFFIX} too; keep one of them"
    if message:
        where = source if source == ENVIRONMENT else ""
        raw.problems.append(SettingProblem(setting, message, _example(setting, examples), where))
    elif path:
        _read_file(setting, path, raw, examples)
    elif text:
        raw.values[setting] = RawValue(text, source)
    return bool(text or path)


def _read_file(setting: str, path: str, raw: RawSettings, examples: Mapping[str, str]) -> None:
    name = setting + FILE_SUFFIX
    named = path if may_be_shown(path) else "a file that"
    try:
        with Path(path).open("rb") as opened:
            content = decode(opened.read(MAX_FILE_BYTES))
        text = unwrap(setting, content)
        message = f"names {named}, which {wrong}" if (wrong := _problem_of_content(setting, content, examples)) else ""
    except OSError as error:
        message = f"names {named}, which {explain_unreadable(Path(path), error)}".replace("that, which", "that")
    except ValueError as error:
        is_path = "\0" not in path
        message = f"names {named}, which {error}".replace("that, which", "that") if is_path else "does not name a file"
    if message:
        raw.problems.append(SettingProblem(name, message, f"{name}=/run/secrets/{setting.lower()}"))
    else:
        raw.values[setting] = RawValue(text, f"file {path}")


def _problem_of_content(setting: str, content: str, examples: Mapping[str, str]) -> str | None:
    if any(begins_with_name(name, strip(line)) for line in content.splitlines() for name in examples):
        return "holds NAME=value; write the value alone"
    text = unwrap(setting, content)
    return problem_of_text(setting, text) if text else "is empty"


# ── names that are no settings ───────────────────────────────────────────────


def _similar_setting(name: str, examples: Mapping[str, str], cutoff: float) -> str | None:
    known = [*examples, *(setting + FILE_SUFFIX for setting in examples)]
    return next(iter(difflib.get_close_matches(name.upper(), known, n=1, cutoff=cutoff)), None)


def _is_setting(name: str, examples: Mapping[str, str]) -> bool:
    return name in examples or name.removesuffix(FILE_SUFFIX) in examples


def _example(name: str, examples: Mapping[str, str]) -> str:
    if name in examples:
        return f"{name}={examples[name]}"
    return f"{name}=/run/secrets/{name.removesuffix(FILE_SUFFIX).lower()}"


def _problem_of_colon(line: int, name: str, examples: Mapping[str, str], dotenv: Path) -> SettingProblem:
    """Explain a line such as `BOT_TOKEN: x`. Only a setting's name is repeated: any other may be half a secret."""
    setting = name.upper()
    if not _is_setting(setting, examples):
        return SettingProblem(f"{dotenv} line {line}", NOT_A_LINE, LINE_EXAMPLE)
    message = f"{name} has a colon; write {setting}=…"
    return SettingProblem(f"{dotenv} line {line}", message, _example(setting, examples))


def _misspelled_in_environment(environ: Mapping[str, str], examples: Mapping[str, str]) -> Iterator[SettingProblem]:
    """Report variables whose names are almost a setting's, unless that setting is there as well."""
    for name in environ:
        if not _is_setting(name, examples) and name not in COMMON_VARIABLES:
            similar = _similar_setting(name, examples, SIMILARITY_IN_ENVIRONMENT)
            if similar and similar not in environ:
                message = f"is not a setting; did you mean {similar}"
                yield SettingProblem(name, message, _example(similar, examples), ENVIRONMENT)


def _unknown_in_dotenv(lines: Mapping[str, int], examples: Mapping[str, str], dotenv: Path) -> Iterator[SettingProblem]:
    """Report every name in `.env` that is no setting. A name is repeated only if it can't be half a secret."""
    for name, line in lines.items():
        if _is_setting(name, examples):
            continue
        similar = _similar_setting(name, examples, SIMILARITY_IN_DOTENV)
        # `WEBHOOK_SECRET:c4...==` is similar to a setting too, and its name contains the secret
        safe_name = r"[A-Za-z][A-Za-z_]{2,39}" if similar else r"[A-Z][A-Z_]{2,39}"
        shown = name if re.fullmatch(safe_name, name) else f"{dotenv} line {line}"
        if similar:
            yield SettingProblem(shown, f"is not a setting; did you mean {similar}", _example(similar, examples))
        else:
            message = "is not a setting; .env.example names all of them"
            yield SettingProblem(shown, message, "a name of .env.example, or no such line")
