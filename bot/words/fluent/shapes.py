"""Check the shape of a card's lines and of buttons: how long they are, and how they begin and end."""

import re
from collections.abc import Iterator, Sequence

from bot.words.fluent import emoji
from bot.words.fluent.entry import Entry
from bot.words.fluent.patterns import SAMPLE_VALUE, possible_texts
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import HEADLINE_UNITS, PHRASE_UNITS

# as long as they really get: a number of 16 characters, a courier's name as the timeline cuts it
_LONGEST = {"order": "MKT-527103anml-1", "courier": "Correos Expre…", "n": "9", "total": "9", "days": "90"}
_HEADLINE, _LIKE_CARDS = "headline-", ("never-seen", "archived")  # the latter begin as a card does
_PHRASES, _BUTTONS = ("short-", "past-"), ("button-", "level-name-")
_NO_FULL_STOP = (_HEADLINE, *_PHRASES, *_BUTTONS, "toast-", "cmd-")


def shape_problems(entry: Entry, capitals: Sequence[str] | None) -> Iterator[str]:
    """Return what is wrong; `capitals` are the words that keep a capital inside a button, None if any word may."""
    for text in possible_texts(entry.node.value, lambda name: _LONGEST.get(name, SAMPLE_VALUE)):
        if entry.name.startswith(_HEADLINE):
            yield from _headline_problems(entry.name, text)
        elif entry.name in _LIKE_CARDS and utf16_length(line := visible_text(text).splitlines()[0]) > HEADLINE_UNITS:
            yield "on line 1, " + _too_long(line, HEADLINE_UNITS)
        if entry.name.startswith(_PHRASES) and utf16_length(visible_text(text)) > PHRASE_UNITS:
            yield _too_long(visible_text(text), PHRASE_UNITS)
        if entry.name.startswith(_NO_FULL_STOP) and re.search(r"[^.]\.\s*$", visible_text(text)):
            yield "ends with a full stop; leave it out"
    if capitals is not None and entry.name.startswith(_BUTTONS):
        for text in possible_texts(entry.node.value, lambda _: "1"):
            yield from _case_problems(visible_text(text), capitals)


def _headline_problems(key: str, text: str) -> Iterator[str]:
    line = visible_text(text)
    if "\n" in line.strip():
        yield "must be one line"
    if utf16_length(line) > HEADLINE_UNITS:
        yield _too_long(line, HEADLINE_UNITS)
    sign = emoji.of_key(key) or ""
    bold = re.match(r"\s*<(b|strong)>(.*?)</\1>", text.removeprefix(sign), re.DOTALL)
    if bold is None:
        yield f"must say the state in bold after the emoji: {sign} <b>…</b>"
    elif not re.search(r"[^\W\d_]", visible_text(bold[2]).replace(_LONGEST["order"], "")):
        yield f"must say the state in bold after the emoji, not the order alone: {sign} <b>…</b>"
    elif utf16_length(visible_text(bold[2])) > PHRASE_UNITS:
        yield "in bold, " + _too_long(visible_text(bold[2]), PHRASE_UNITS)


def _case_problems(text: str, capitals: Sequence[str]) -> Iterator[str]:
    first, *others = re.findall(r"[^\W_][\w’'-]*", text) or [""]
    if first and first[0].islower():
        yield f"begins with a small letter: {text}"
    for word in others:
        if word[0].isupper() and word.replace("'", "’") not in capitals:
            yield f"has a capital inside ({word}); only its first word has one"


def _too_long(text: str, limit: int) -> str:
    return f"is too long ({utf16_length(text)}, at most {limit}): {text}"
