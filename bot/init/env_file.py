"""Write settings into `.env`: in their places, whole or not at all, and readable by nobody else."""

import io
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click
from dotenv.parser import Binding, parse_stream

OWNER_ONLY = 0o600
HEADER = "# .env.example has every setting, with a sentence each."
_PLAIN = re.compile(r"[^\s'\"`#$\\]([^#$\\\r\n]*[^\s#$\\])?")
_COMMENT_BEHIND = re.compile(r"[ \t]+#[^'\"\r\n]*$")


def read_text(path: Path) -> str:
    """Return the file's text; empty if there is none. Raises ClickException if it can't be kept or replaced."""
    if path.is_dir():
        raise click.ClickException(f"{path} is a folder; move it away first")
    if not os.access(path.resolve().parent, os.W_OK):
        raise click.ClickException(f"{path.resolve().parent} can't be written by this user")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not UTF-8: save it as UTF-8 first, or move it away") from None
    except OSError as error:
        raise click.ClickException(f"{path} can't be read ({error.strerror})") from None


def merge(text: str, values: Mapping[str, str | None]) -> str:
    """Return the text with these values in it: None takes a line out of force. All other lines stay as they are."""
    end = "\r\n" if "\r\n" in text else "\n"
    bindings = list(parse_stream(io.StringIO(text, newline="")))
    parts = [one.original.string for one in bindings]
    if parts and not parts[-1].endswith(("\n", "\r")):
        parts[-1] += end
    for name, value in values.items():
        places = [number for number, one in enumerate(bindings) if one.key == name]
        if places:
            parts[places[-1]] = _changed(bindings[places[-1]], parts[places[-1]], value, end)
        elif value is not None:
            _add(parts, name, f"{name}={_quoted(value)}{end}")
    return "".join(parts if text else [f"{HEADER}{end}", *parts])


def _changed(binding: Binding, part: str, value: str | None, end: str) -> str:
    """Return a line with another value; blank lines before it, `export` and a comment behind it stay."""
    if binding.value == value:
        return part
    before = part[: len(part) - len(part.lstrip())]
    line = part.strip()
    if value is None:
        return f"{before}# {line.replace(end, f'{end}# ')}{end}"
    export = "export " if line.startswith("export") else ""
    comment = _COMMENT_BEHIND.search(line)
    return f"{before}{export}{binding.key}={_quoted(value)}{comment[0] if comment else ''}{end}"


def _add(parts: list[str], name: str, line: str) -> None:
    """Put a new line behind the comment that shows it as an example, or at the end."""
    example = re.compile(rf"\s*#\s*{name}=")
    for number, part in enumerate(parts):
        if example.match(part):
            parts[number] = part + line
            return
    parts.append(line)


def _quoted(value: str) -> str:
    """Write a value as every reader of such files understands it: bare where that can be."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def line_of(text: str, name: str) -> int | None:
    """Return the number of the line that sets a name."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if re.match(rf"(export\s+)?{name}=", line)), None)


def write(path: Path, text: str, *, before: str) -> Path | None:
    """Put the text in the file's place in one step, with mode 600. Return where the previous one is kept, if any.

    Raises ClickException, and then the file is as it was.
    """
    kept = path.with_name(f"{path.name}.before") if before and before != text else None
    try:
        if kept:
            _replace(kept, before, like=path)
        _replace(path.resolve(), text, like=path)
    except OSError as error:
        raise click.ClickException(f"{path} can't be written ({error.strerror}); nothing has changed") from None
    return kept


def _replace(path: Path, text: str, *, like: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            os.fchmod(opened.fileno(), OWNER_ONLY)
            with suppress(OSError):  # root keeps the owner that the file has; nobody else may give it away
                owner = like.stat()
                os.fchown(opened.fileno(), owner.st_uid, owner.st_gid)
            opened.write(text.encode())
            opened.flush()
            os.fsync(opened.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
