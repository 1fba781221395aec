"""How a language speaks: the words that it doesn't use, with what to say instead, in `<language>/style.toml`.

A regional language has its parent's too; an empty text instead of advice makes a word right again. A phrase may begin
with `^` (it stands at the beginning of a clause) and its words may end in `*` (any ending); `{ $store }` is a variable.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

FILE_NAME = "style.toml"
CARD = "card"  # the names of files
OF_STAFF = frozenset({"staff", "panel"})
_LISTS = ("promises", "articles", "fine", "capitals")
_TABLES = ("anywhere", "to-shoppers", "on-cards", "ours")
_EXCEPT = "except"
_ONE_SIGN = str.maketrans({**dict.fromkeys("'‘ʼ`´＇′", "’"), "！": "!", "：": ":"})  # for those that look alike


class StyleError(ValueError):
    """A file that can't be used. The message says why."""


@dataclass(frozen=True, slots=True)
class Style:
    """What `style.toml` says: its lists and its tables by name."""

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exceptions: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def below(self, regional: "Style") -> "Style":
        """Return this style as a regional language changes it."""
        return Style(
            {
                name: [*self.lists.get(name, ()), *regional.lists.get(name, ())]
                for name in {*self.lists, *regional.lists}
            },
            {name: {**self.tables.get(name, {}), **regional.tables.get(name, {})} for name in _TABLES},
            {**self.exceptions, **regional.exceptions},
        )

    def forbidden(self, key: str, source: str, *, is_ours: bool) -> Iterator[tuple[str, str]]:
        """Return what a message of a file may not say, each with what to say instead."""
        tables = ["anywhere", *(["ours"] if is_ours else []), *(["to-shoppers"] if source not in OF_STAFF else [])]
        for table in [*tables, *(["on-cards"] if source == CARD else [])]:
            for phrase, instead in self.tables.get(table, {}).items():
                if instead and key not in self.exceptions.get(phrase, ()):
                    yield phrase, instead


def read_style(folders: Sequence[Path], family: Sequence[str]) -> Style:
    """Read the style of the last language of a family, with those that it differs from. Raises StyleError.

    Of each language, the first folder that has its file counts.
    """
    style = Style()
    for language in family:
        paths = (folder / language / FILE_NAME for folder in folders)
        path = next((path for path in paths if path.is_file()), None)
        style = style.below(_read(path)) if path else style
    return style


@lru_cache(maxsize=1024)  # each message is looked through for all phrases of its language
def phrase_pattern(phrase: str) -> str:
    """Return the regular expression that finds a phrase in a text that `readable` has made."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in readable(phrase.removeprefix("^")).split())
    start = r"(?:^|[^\w\s}]\s*)" if phrase.startswith("^") else r"(?<![\w$])"
    return rf"(?m:{start})(?P<phrase>" + r"\s".join(words) + r")(?!\w)"


def readable(text: str) -> str:
    """Return a text as phrases are looked for in it: small letters, one apostrophe, single blanks, lines kept.

    Nothing is left in it that readers don't see, such as a soft hyphen; an accent is one with its letter.
    """
    shown = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")
    lines = (" ".join(line.split()) for line in shown.lower().translate(_ONE_SIGN).splitlines())
    return "\n".join(line for line in lines if line)


def _read(path: Path) -> Style:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StyleError(f"{path}: can't be read: {error}") from None
    if unknown := content.keys() - {*_LISTS, *_TABLES, _EXCEPT}:
        raise StyleError(f"{path}: '{min(unknown)}' is not known here")
    tables = {name: _table(path, name, content.get(name, {})) for name in _TABLES}
    exceptions = content.get(_EXCEPT, {})
    if not isinstance(exceptions, dict):
        raise StyleError(f"{path}: {_EXCEPT} must be a table")
    return Style(
        {name: _list(path, name, content[name]) for name in _LISTS if name in content},
        tables,
        {phrase: _list(path, phrase, keys) for phrase, keys in exceptions.items()},
    )


def _list(path: Path, name: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise StyleError(f"{path}: {name} must be a list of texts")
    return value


def _table(path: Path, name: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise StyleError(f"{path}: {name} must be a table of phrases, each with what to say instead")
    return value
