"""Read `.env` as people write it: name → text and line; what can't be read is named by its line, not its content."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.process.file_access import current_user
from bot.process.text_encoding import find_encoding, guess_one_byte
from bot.settings.problems import SettingProblem
from bot.settings.text_files import MAX_FILE_BYTES, explain_unreadable

LINE_EXAMPLE = "STORE_NAME=Corner Shop"
NOT_A_LINE = "is not NAME=value, or its quote is not closed"
_NAME = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=")
_NAME_AND_COLON = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)[ \t]*:")
_ITEM = r"""\s*(?:"[^"\n]*"|'[^'\n]*'|[^\s,;"'#]+)\s*"""
_QUOTED_LIST = re.compile(rf"\s*(?:export\s+)?\w+\s*=(?P<list>{_ITEM}(?:[,;]{_ITEM})+)[,;]?\s*(?:#.*)?")
_CUT_VALUE = re.compile(r"=[ \t]*[^'\"\s#][^\n#]*[ \t]#[^\s#]")  # a comment has a blank behind its #


@dataclass(slots=True)
class DotenvFile:
    """What the file holds: texts and line numbers by name, problems, and which names may be in what can't be read.

    `is_readable` is False if nothing of it could be read: then every name may be. `repeated` holds the lines of names
    that are given several values, of which the last counts; `with_colon` the name in each line with : in place of =.
    """

    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[SettingProblem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    is_readable: bool = True
    repeated: dict[str, list[int]] = field(default_factory=dict)
    with_colon: dict[int, str] = field(default_factory=dict)


def read_dotenv(path: Path) -> DotenvFile:
    """Read `.env`. A missing file, or a folder of that name, is empty."""
    found = DotenvFile()
    try:
        if not path.exists() or path.is_dir():
            return found
        with path.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problem = SettingProblem(
            str(path), explain_unreadable(path, error), f"chown {current_user()} {path} && chmod 600 {path}"
        )
        return DotenvFile(problems=[problem], is_readable=False)
    if unusable := _problem_of_content(path, content):
        return DotenvFile(problems=[unusable], is_readable=False)
    for binding in parse_stream(io.StringIO("\n".join(_decode_lines(path, content, found)))):
        _take(binding, path, found)
    return found


def _problem_of_content(path: Path, content: bytes) -> SettingProblem | None:
    if len(content) > MAX_FILE_BYTES:  # comparing a million unknown names with every setting would take too long
        message = f"is larger than {MAX_FILE_BYTES} bytes"
        return SettingProblem(str(path), message, "a file that holds settings only")
    encoding = find_encoding(content)
    if encoding is None:
        return None
    if not encoding:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        message = f"is not UTF-8 text: it holds zero bytes, the first in line {line}"
        return SettingProblem(str(path), message, "take them out, and save it as UTF-8")
    message = f"is {encoding} text, as Windows writes it, not UTF-8"
    return SettingProblem(str(path), message, _save_as_utf_8(path, encoding))


def _save_as_utf_8(path: Path, encoding: str) -> str:
    return f"save it as UTF-8 in your editor, or: iconv -f {encoding} -t UTF-8 {path} > {path}.new"


def _decode_lines(path: Path, content: bytes, found: DotenvFile) -> Iterator[str]:
    """Decode line by line, so that one in another encoding leaves the others readable; in a comment it does no harm."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            if not line.lstrip().startswith(b"#"):
                found.unreadable |= _names_in(line.decode("latin-1"))
                message = f"is not UTF-8, but probably {guess_one_byte(line)}"
                example = _save_as_utf_8(path, "WINDOWS-1252")
                found.problems.append(SettingProblem(f"{path} line {number}", message, example))
            yield ""  # so that the lines after it keep their numbers


def _take(binding: Binding, path: Path, found: DotenvFile) -> None:
    # the parser counts blank lines before a binding as part of it
    line = binding.original.line + _blank_lines_before(binding.original.string)
    if colon := _NAME_AND_COLON.match(binding.original.string):  # as YAML has it
        found.with_colon[line] = colon[1]
        return
    key, text = binding.key, binding.value
    if binding.error and (quoted := _QUOTED_LIST.fullmatch(binding.original.string)):
        key, text = next(iter(_names_in(binding.original.string))), quoted["list"].strip()
    elif binding.error or (key is not None and text is None):
        found.unreadable |= _names_in(binding.original.string)
        found.problems.append(SettingProblem(f"{path} line {line}", NOT_A_LINE, LINE_EXAMPLE))
        return
    if key is None or text is None:
        return
    before = found.texts.get(key, "").strip()
    if before and text.strip() and before != text.strip():
        found.repeated.setdefault(key, [found.lines[key]]).append(line)
    if not before or text.strip():  # a blank value counts as not given
        found.texts[key], found.lines[key] = text, line


def _names_in(text: str) -> set[str]:
    match = _NAME.match(text)
    return {match[1]} if match else set()


def names_cut_short(path: Path) -> list[str]:
    """List the names in `.env` whose value ends before a `#` that may be meant: `Bodega #1` without quotes."""
    content = "\n".join(_decode_lines(path, path.read_bytes(), DotenvFile())) if path.is_file() else ""
    bindings = parse_stream(io.StringIO(content))
    return [one.key for one in bindings if one.key and _CUT_VALUE.search(one.original.string)]


def _blank_lines_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")
