"""Read settings as text from the environment, from files named by NAME_FILE and from `.env`, without checking them.

No problem repeats a value, a file's content or a line: any of them may be a secret in the wrong place.
"""

import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import parse_stream

FILE_SUFFIX = "_FILE"
MAX_FILE_BYTES = 65_536
# how alike a name and a setting must be to suggest the setting. The environment holds other programs' names too
SIMILARITY_IN_ENVIRONMENT = 0.85
SIMILARITY_IN_DOTENV = 0.6
COMMON_VARIABLES = frozenset({"HTTPS_PORT", "HTTPS_HOST", "HTTP_PROXY", "HTTPS_PROXY"})  # alike, but no misspellings
CURLY_QUOTES = frozenset("“”„‘’‚«»")  # phones and word processors replace straight quotes with these
LINE_EXAMPLE = "STORE_NAME=Corner Shop"
_CUT_VALUE = re.compile(r"=[ \t]*[^'\"\s#][^\n#]*[ \t]#[^\s#]")  # a comment has a blank behind its #


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One thing that is wrong: the setting (or the file and line), what is wrong with it, and a line that is right."""

    name: str
    message: str
    example: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}. Example: {self.example}"

    @property
    def setting(self) -> str:
        """The setting that the name stands for: NAME_FILE is about NAME."""
        return self.name.removesuffix(FILE_SUFFIX)


@dataclass(frozen=True, slots=True)
class RawValue:
    """The text of a setting, and where it came from, for people to read."""

    text: str = field(repr=False)
    source: str


@dataclass(slots=True)
class RawSettings:
    """The settings that were found, by name, and the problems of the sources themselves."""

    values: dict[str, RawValue] = field(default_factory=dict)
    problems: list[SettingProblem] = field(default_factory=list)


def read_sources(examples: Mapping[str, str], environ: Mapping[str, str], dotenv: Path) -> RawSettings:
    """Look in every source for the settings of `examples` (name → a right value). A blank value counts as not set."""
    raw = RawSettings()
    lines = _read_dotenv(dotenv, raw.problems)
    raw.problems += _misspelled_in_environment(environ, examples)
    raw.problems += _unknown_in_dotenv(lines, examples, dotenv)
    sources = {"environment": environ, str(dotenv): {name: text for name, (text, _) in lines.items()}}
    for setting in examples:
        for source, values in sources.items():
            if _read_setting(setting, values, source, raw, examples):
                break
    return raw


def _read_setting(
    setting: str, values: Mapping[str, str], source: str, raw: RawSettings, examples: Mapping[str, str]
) -> bool:
    """Read one setting from one source. Return whether it is set there, even if wrongly."""
    text, path = values.get(setting, "").strip(), values.get(setting + FILE_SUFFIX, "").strip()
    message = _text_problem(setting, text, path)
    if message:
        raw.problems.append(SettingProblem(setting, message, _example(setting, examples)))
    elif path:
        _read_file(setting, path, raw)
    elif text:
        raw.values[setting] = RawValue(text, source)
    return bool(text or path)


def _text_problem(setting: str, text: str, path: str) -> str | None:
    if text and path:
        return f"is given by {setting}{FILE_SUFFIX} too; keep one of them"
    if not _is_utf8(text):
        return "is not UTF-8"
    if text and text[0] in CURLY_QUOTES and text[-1] in CURLY_QUOTES:
        return "stands in curly quotes; write straight ones, or none"
    return None


def _is_utf8(text: str) -> bool:
    """Return False if bytes of the environment were no UTF-8: Python turns those into lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _read_file(setting: str, path: str, raw: RawSettings) -> None:
    try:
        with Path(path).open("rb") as opened:
            text = opened.read(MAX_FILE_BYTES).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        message = "names a file that is not UTF-8 text"
    except OSError as error:
        message = f"names a file that can't be read ({error.strerror})"
    except ValueError:
        message = "does not name a file"
    else:
        message = "" if text else "names an empty file"
    if message:
        name = setting + FILE_SUFFIX
        raw.problems.append(SettingProblem(name, message, f"{name}=/run/secrets/{setting.lower()}"))
    else:
        raw.values[setting] = RawValue(text, f"file {path}")


# ── .env ─────────────────────────────────────────────────────────────────────


def _read_dotenv(path: Path, problems: list[SettingProblem]) -> dict[str, tuple[str, int]]:
    """Read `.env`: name → (text, line number). A missing file, or a folder of that name, is empty."""
    try:
        if not path.is_file():
            return {}
        with path.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problems.append(SettingProblem(str(path), f"can't be read ({error.strerror})", "a readable file, or none"))
        return {}
    if problem := _content_problem(path, content):
        problems.append(problem)
        return {}
    return dict(_parse_lines(path, "\n".join(_decode_lines(path, content, problems)), problems))


def _content_problem(path: Path, content: bytes) -> SettingProblem | None:
    if len(content) > MAX_FILE_BYTES:  # comparing a million unknown names with every setting would take too long
        message = f"is larger than {MAX_FILE_BYTES} bytes"
        return SettingProblem(str(path), message, "a file that holds settings only")
    if b"\0" in content:
        return SettingProblem(str(path), "is not UTF-8 text (it holds zero bytes)", "save it as UTF-8")
    return None


def _decode_lines(path: Path, content: bytes, problems: list[SettingProblem]) -> Iterator[str]:
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            problems.append(SettingProblem(f"{path} line {number}", "is not UTF-8", LINE_EXAMPLE))
            yield ""  # so that the lines after it keep their numbers


def _parse_lines(path: Path, text: str, problems: list[SettingProblem]) -> Iterator[tuple[str, tuple[str, int]]]:
    for binding in parse_stream(io.StringIO(text)):
        # the parser counts blank lines before a binding as part of it
        line = binding.original.line + _blank_lines_before(binding.original.string)
        if binding.error or (binding.key is not None and binding.value is None):
            message = "is not NAME=value, or its quote is not closed"
            problems.append(SettingProblem(f"{path} line {line}", message, LINE_EXAMPLE))
        elif binding.key is not None and binding.value is not None:
            yield binding.key, (binding.value, line)


def names_cut_short(path: Path) -> list[str]:
    """List the names in `.env` whose value ends before a `#` that may be meant: `Bodega #1` without quotes."""
    content = "\n".join(_decode_lines(path, path.read_bytes(), [])) if path.is_file() else ""
    bindings = parse_stream(io.StringIO(content))
    return [one.key for one in bindings if one.key and _CUT_VALUE.search(one.original.string)]


def _blank_lines_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


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


def _misspelled_in_environment(environ: Mapping[str, str], examples: Mapping[str, str]) -> Iterator[SettingProblem]:
    """Report variables whose names are almost a setting's, unless that setting is there as well."""
    for name in environ:
        if not _is_setting(name, examples) and name not in COMMON_VARIABLES:
            similar = _similar_setting(name, examples, SIMILARITY_IN_ENVIRONMENT)
            if similar and similar not in environ:
                message = f"is not a setting; did you mean {similar}"
                yield SettingProblem(name, message, _example(similar, examples))


def _unknown_in_dotenv(
    lines: Mapping[str, tuple[str, int]], examples: Mapping[str, str], dotenv: Path
) -> Iterator[SettingProblem]:
    """Report every name in `.env` that is no setting. A name is repeated only if it can't be half a secret."""
    for name, (_, line) in lines.items():
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
