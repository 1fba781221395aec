"""Show a message in plain text as a phone shows it: no tags, the timeline indented, the buttons in brackets."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from bot.demo.specimens.turns import Chapter, Scene, Turn
from bot.words.html.markup import tokenize
from bot.words.texts import Button, ButtonKind, Text

INDENT = "      "
_QUOTED = "    "
_QUOTED_LINES = 3  # that a phone shows of a quotation until it is opened
_SIGNS = {ButtonKind.URL: " ↗", ButtonKind.COPY: " ⧉", ButtonKind.SHARE: " ↪"}
LEGEND = (
    "Each numbered line says what a person does (“you”), or when a message comes; below it is what the bot then shows.",
    "[Button]  ↗ opens a page  ⧉ copies  ↪ shares  ⌄ opens the rest. “toast”: words that a press shows for a moment.",
)


def shown(text: Text, *, opened: bool = True) -> str:
    """Return what a phone shows of a message; a long quotation is closed unless it was `opened`."""
    rows = ("  ".join(f"[{_button(one)}]" for one in row) for row in text.buttons)
    return "\n".join([*_words(text.html, opened=opened), *rows])


def printed(chapters: Iterable[Chapter], *, language: str) -> Iterator[str]:
    """Return the lines of a transcript; each turn has a number of its own, `chapter.turn`."""
    yield f"All that the bot says in {language}, in its place: chats in the order of an order’s life."
    yield from LEGEND
    yield from _printed(chapters, known=frozenset())


def printed_differences(
    chapters: Iterable[Chapter], *, language: str, parent: str, of_parent: Iterable[Chapter]
) -> Iterator[str]:
    """Return the lines of a transcript that are not those of the language which this one derives from."""
    known = frozenset(lines for place, chapter in enumerate(of_parent, 1) for _, lines in _turns(place, chapter))
    yield f"What the bot says in {language} otherwise than in {parent}; the numbers are the same in both."
    yield from LEGEND
    yield from _printed(chapters, known=known)


def _printed(chapters: Iterable[Chapter], *, known: Collection[tuple[str, ...]]) -> Iterator[str]:
    """Print the turns that are not known already, below the titles of their chapters and scenes."""
    for place, chapter in enumerate(chapters, 1):
        told = [(scene, lines) for scene, lines in _turns(place, chapter) if lines not in known]
        if told:
            yield f"\n\n═══ {place} {chapter.title} ═══"
        for _, turns in groupby(told, key=lambda one: id(one[0])):
            for n, (scene, lines) in enumerate(turns):
                yield from lines if n else (f"\n── {scene.title} ──", *lines)


def _turns(place: int, chapter: Chapter) -> Iterator[tuple[Scene, tuple[str, ...]]]:
    """Return the lines of each turn of a chapter, with its scene."""
    turns = ((scene, turn) for scene in chapter.scenes for turn in scene.turns)
    for count, (scene, turn) in enumerate(turns, 1):
        did = f"{f'{place}.{count}':<{len(INDENT)}}{turn.did or '(right after it)'}"
        content = _content(turn, opened=turn is _last_card(scene))
        yield scene, (did, *(f"{INDENT}{line}" for line in content))


def _last_card(scene: Scene) -> Turn | None:
    """Return the turn whose timeline is opened: one in a scene is enough to read."""
    with_timeline = (turn for turn in reversed(scene.turns) if turn.text and "<blockquote" in turn.text.html)
    return next(with_timeline, None)


def _content(turn: Turn, *, opened: bool) -> Iterator[str]:
    if turn.aside:
        yield from turn.aside.split("\n")
    if turn.text is not None:
        yield from shown(turn.text, opened=opened).split("\n")


def _button(button: Button) -> str:
    return f"{button.label}{_SIGNS.get(button.kind, '')}"


def _words(html: str, *, opened: bool) -> Iterator[str]:
    """Return the lines of a message; those of a quotation are indented."""
    words, quoted = "", ""
    for token in tokenize(html):
        if token.tag != "blockquote":
            words += token.text
        elif not token.closes:
            quoted, words = words, ""
        else:
            yield from quoted.split("\n")[:-1]
            yield from _quotation(words.split("\n"), opened=opened)
            words = ""
    if words:
        yield from words.removeprefix("\n").split("\n")


def _quotation(lines: list[str], *, opened: bool) -> Iterator[str]:
    is_short = opened or len(lines) <= _QUOTED_LINES + 1
    yield from (f"{_QUOTED}{line}" for line in (lines if is_short else lines[:_QUOTED_LINES]))
    if not is_short:
        yield f"{_QUOTED}⌄"
