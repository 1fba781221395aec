"""Where settings come from: the environment, then files named by NAME_FILE, then `.env`. Text only, not yet checked.

Nothing of a value, of a file's content or of a line gets into a fault: any of them may be a secret in the wrong place.
"""

import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import parse_stream

FILE = "_FILE"
LARGEST_FILE = 65_536
NEAR_IN_ENVIRONMENT = 0.85  # the environment is everybody's: only what can hardly mean anything else
NEAR_IN_DOTENV = 0.6
OTHERS = frozenset({"HTTPS_PORT", "HTTPS_HOST", "HTTP_PROXY", "HTTPS_PROXY"})
CURLY = frozenset("“”„‘’‚«»")  # what phones and word processors make of quotes
LINE_EXAMPLE = "STORE_NAME=Corner Shop"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the setting (or the line), what about it, and a line that would be right."""

    name: str
    wrong: str
    example: str

    def __str__(self) -> str:
        return f"{self.name}: {self.wrong}. Example: {self.example}"


@dataclass(frozen=True, slots=True)
class Given:
    """The text of a setting and where it came from, in words."""

    text: str = field(repr=False)
    source: str


@dataclass(slots=True)
class Gathered:
    """All that the sources hold: by name, with the faults of the sources themselves."""

    given: dict[str, Given] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def gather(examples: Mapping[str, str], environ: Mapping[str, str], dotenv: Path) -> Gathered:
    """Read every source for the names of `examples` (name → a right value). A blank value counts as not given."""
    gathered = Gathered()
    lines = _read_dotenv(dotenv, gathered.faults)
    gathered.faults += _misspelt(environ, examples)
    gathered.faults += _unknown(lines, examples, dotenv)
    from_dotenv = {key: text for key, (text, _) in lines.items()}
    for setting in examples:
        _ = _find(setting, environ, "environment", gathered, examples) or _find(
            setting, from_dotenv, str(dotenv), gathered, examples
        )
    return gathered


def _find(
    setting: str, values: Mapping[str, str], source: str, gathered: Gathered, examples: Mapping[str, str]
) -> bool:
    """Look for one setting in one source; True where this source had something to say, right or wrong."""
    text, path = values.get(setting, "").strip(), values.get(setting + FILE, "").strip()
    if text and path:
        gathered.faults.append(
            Fault(setting, f"is given by {setting}{FILE} too; keep one of them", _example(setting, examples))
        )
    elif path:
        _read_file(setting, path, gathered)
    elif text and not _is_text(text):
        gathered.faults.append(Fault(setting, "is not UTF-8", _example(setting, examples)))
    elif text and text[0] in CURLY and text[-1] in CURLY:
        wrong = "stands in curly quotes; write straight ones, or none"
        gathered.faults.append(Fault(setting, wrong, _example(setting, examples)))
    elif text:
        gathered.given[setting] = Given(text, source)
    return bool(text or path)


def _is_text(text: str) -> bool:
    """Bytes of the environment that are not UTF-8 arrive as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _read_file(setting: str, path: str, gathered: Gathered) -> None:
    try:
        with Path(path).open("rb") as opened:
            text = opened.read(LARGEST_FILE).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        wrong = "names a file that is not UTF-8 text"
    except OSError as error:
        wrong = f"names a file that can't be read ({error.strerror})"
    except ValueError:
        wrong = "does not name a file"
    else:
        wrong = "" if text else "names an empty file"
        gathered.given[setting] = Given(text, f"file {path}")
    if wrong:
        gathered.given.pop(setting, None)
        gathered.faults.append(Fault(setting + FILE, wrong, f"{setting}{FILE}=/run/secrets/{setting.lower()}"))


# ── .env ─────────────────────────────────────────────────────────────────────


def _read_dotenv(path: Path, faults: list[Fault]) -> dict[str, tuple[str, int]]:
    """Read `.env`, name → (text, line). No such file, or a folder of that name: nothing."""
    try:
        if not path.is_file():
            return {}
        with path.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        faults.append(Fault(str(path), f"can't be read ({error.strerror})", "a readable file, or none"))
        return {}
    if len(data) > LARGEST_FILE:  # each of a million unknown names would be compared with all of ours
        faults.append(Fault(str(path), f"is larger than {LARGEST_FILE} bytes", "a file that holds settings only"))
        return {}
    if b"\0" in data:
        faults.append(Fault(str(path), "is not UTF-8 text (it holds zero bytes)", "save it as UTF-8"))
        return {}
    return dict(_bindings(path, "\n".join(_decoded(path, data, faults)), faults))


def _decoded(path: Path, data: bytes, faults: list[Fault]) -> Iterator[str]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            faults.append(Fault(f"{path} line {number}", "is not UTF-8", LINE_EXAMPLE))
            yield ""  # so that the lines after it keep their numbers


def _bindings(path: Path, text: str, faults: list[Fault]) -> Iterator[tuple[str, tuple[str, int]]]:
    for binding in parse_stream(io.StringIO(text)):
        # the parser counts the blank lines before a binding as its own
        line = binding.original.line + _blank_lines_before(binding.original.string)
        if binding.error or (binding.key is not None and binding.value is None):
            faults.append(Fault(f"{path} line {line}", "is not NAME=value, or its quote is not closed", LINE_EXAMPLE))
        elif binding.key is not None and binding.value is not None:
            yield binding.key, (binding.value, line)


def _blank_lines_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


# ── names that are nobody's ──────────────────────────────────────────────────


def _near(name: str, examples: Mapping[str, str], cutoff: float) -> str | None:
    known = [*examples, *(setting + FILE for setting in examples)]
    return next(iter(difflib.get_close_matches(name.upper(), known, n=1, cutoff=cutoff)), None)


def _is_known(name: str, examples: Mapping[str, str]) -> bool:
    return name in examples or name.removesuffix(FILE) in examples


def _example(name: str, examples: Mapping[str, str]) -> str:
    return f"{name}={examples[name]}" if name in examples else f"{name}=/run/secrets/{name.removesuffix(FILE).lower()}"


def _misspelt(environ: Mapping[str, str], examples: Mapping[str, str]) -> Iterator[Fault]:
    """Names of the environment that are nearly ours, unless the right one is there as well."""
    for name in environ:
        if not _is_known(name, examples) and name not in OTHERS:
            near = _near(name, examples, NEAR_IN_ENVIRONMENT)
            if near and near not in environ:
                yield Fault(name, f"is not a setting; did you mean {near}", _example(near, examples))


def _unknown(lines: Mapping[str, tuple[str, int]], examples: Mapping[str, str], dotenv: Path) -> Iterator[Fault]:
    """Every name of `.env` that is not ours. One that looks like no name is not repeated: it may be half a secret."""
    for name, (_, line) in lines.items():
        if _is_known(name, examples):
            continue
        near = _near(name, examples, NEAR_IN_DOTENV)
        # `WEBHOOK_SECRET:c4...==` is near as well, and its name is the secret
        is_name = re.fullmatch(r"[A-Za-z][A-Za-z_]{2,39}" if near else r"[A-Z][A-Z_]{2,39}", name)
        shown = name if is_name else f"{dotenv} line {line}"
        wrong = f"is not a setting; did you mean {near}" if near else "is not a setting; .env.example names all of them"
        yield Fault(shown, wrong, _example(near, examples) if near else LINE_EXAMPLE)
