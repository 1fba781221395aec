"""When a word of an act does not ask for it: "don't cancel", "cancelled by mistake", "noise cancelling". Pure.

Examples alone don't teach this: whatever is negated looks much like itself. The words are data, in
`languages/<language>/vetoes.txt`, which says at its top how its lines are read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.understanding.plain_words import plain, words_in
from bot.understanding.understood import Intent
from bot.understanding.word_lists import FOLDER, data_lines

_CLAUSE_ENDS = re.compile(r"[.,;:!?¡¿\n()]+")
_WORD = r"[^ ,]+ "
_ANY_WORDS = f"(?:{_WORD}){{0,6}}"
_MOST_BETWEEN = 5  # words between a negation and what it negates


@dataclass(slots=True)
class _Rules:
    """What takes an intent out of a text, what says it all the same, and the words that ask for it."""

    against: list[re.Pattern[str]] = field(default_factory=list)
    all_the_same: list[re.Pattern[str]] = field(default_factory=list)
    deciding: list[re.Pattern[str]] = field(default_factory=list)

    def veto(self, text: str) -> bool:
        """Tell whether all that asks for it is taken back."""
        if any(pattern.search(text) for pattern in self.all_the_same):
            return False
        rest = text
        for pattern in self.against:
            rest = pattern.sub("", rest)
        return rest != text and not any(pattern.search(rest) for pattern in self.deciding)


@dataclass(frozen=True, slots=True)
class Vetoes:
    """The rules of a language."""

    rules: Mapping[Intent, _Rules]
    spellings: Mapping[str, str]

    def on(self, said: str) -> Callable[[Intent], bool]:
        """Return what tells whether this text, which is `plain`, does not say an intent, whatever its words are."""
        clauses = (" ".join(words_in(clause, self.spellings)) for clause in _CLAUSE_ENDS.split(said))
        joined = f" {' , '.join(clause for clause in clauses if clause)} "
        return cache(lambda intent: intent in self.rules and self.rules[intent].veto(joined))


@cache
def read_vetoes(language: str, folder: Path = FOLDER) -> Mapping[Intent, _Rules]:
    """Read the rules of a language that is understood."""
    lists: dict[str, str] = {}
    rules: dict[Intent, _Rules] = {}
    heading = ""
    for line in data_lines(folder / language / "vetoes.txt"):
        if line.startswith("["):
            heading = line.strip("[]")
        elif heading in list(Intent):
            _add(rules.setdefault(Intent(heading), _Rules()), plain(line), lists)
        else:
            lists[heading] = _one_of([*lists.get(heading, "").split("|"), *plain(line).split()])
    return rules


def _add(rules: _Rules, line: str, lists: Mapping[str, str]) -> None:
    place = {"+": rules.all_the_same, "=": rules.deciding}.get(line[0], rules.against)
    place.append(_pattern(line.lstrip("+= "), lists))


def _pattern(line: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    """Turn a line into a pattern; parts with `&` between them stand anywhere in the text, in any order."""
    parts = ["".join(_piece(sign, lists) for sign in part.split()) for part in line.split("&")]
    if len(parts) == 1:
        return re.compile(f"(?<= ){parts[0]}")
    return re.compile("^" + "".join(f"(?=.* {part})" for part in parts) + ".*")


def _piece(sign: str, lists: Mapping[str, str]) -> str:
    if sign == "...":
        return _ANY_WORDS
    if sign == "_":
        return f"(?:(?:{lists['between']}) ){{0,{_MOST_BETWEEN}}}"
    return f"(?:{lists[sign.strip('<>')] if sign.startswith('<') else _one_of(sign.split('|'))}) "


def _one_of(words: Iterable[str]) -> str:
    return "|".join(word.replace("*", "[^ ,]*") if "[" not in word else word for word in words if word)
