"""How foreign text gets into a message: every argument passes through here, every finished message through `fit`."""

import re
import unicodedata
from urllib.parse import urlsplit

from bot.tracking.addresses import public_host, public_link
from bot.words.html.markup import ENTITY_LIMIT, TEXT_LIMIT, BadMarkup, Piece, head, pieces, units

__all__ = ["Markup", "clean", "code", "cut", "escaped", "fit", "public_link", "shown_host"]

NAME_LIMIT = 64
_COPYABLE = 200  # an id longer than this is no id; it would push everything else out of the message
_ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2800\u3164\ufeff\uffa0\ufff9\ufffa\ufffb\ufffe\uffff"
    + "".join(
        map(chr, (*range(0x202A, 0x202F), *range(0xFDD0, 0xFDF0), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)))
    )
)
_MARKS_IN_A_ROW = 4  # more of them is a prank that paints over the lines above
_STRAY_JOINER = re.compile(f"(?<![^\\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\s{_JOINERS}])")
# What Telegram would turn into something to press by itself: addresses, hosts, mentions, commands, hashtags, numbers.
_PRESSABLE = re.compile(r"://|[\w-]\.[^\W\d_]{2}|@\w|(?:^|[^\w])[/#$]\w|(?:\d[\s()-]?){7}")


class Markup(str):
    """HTML that is ready to be put into a message: made by this room only."""

    __slots__ = ()


def clean(text: str, *, lines: bool = False) -> str:
    """Plain text without what can't be seen or sent: controls, bidi, zero-width tricks, lone surrogates; blanks folded.

    With `lines`, single line breaks and empty lines stay.
    """
    if lines:
        kept = [clean(line) for line in text.splitlines()]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    visible = "".join(filter(None, map(_visible, text)))
    folded = " ".join(_tame_marks(visible).split())
    return _STRAY_JOINER.sub("", folded).strip()


def cut(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, an ellipsis included; no surrogate pair is split, no joiner left hanging."""
    if units(text) <= limit:
        return text
    return head(text, limit - 1).rstrip().rstrip(_JOINERS) + _ELLIPSIS


def escaped(text: str, limit: int = NAME_LIMIT, *, lines: bool = False, links: bool = False) -> Markup:
    """Foreign text as HTML: cleaned, cut to `limit` UTF-16 units as shown, escaped.

    What Telegram would make pressable by itself (a courier called like a host, an @name) is shown as code, unless
    `links`: then it is text of the store's own.
    """
    short = cut(clean(text, lines=lines), limit)
    markup = _escape(short)
    return Markup(f"<code>{markup}</code>") if not links and _PRESSABLE.search(short) else Markup(markup)


def code(number: str) -> Markup:
    """An id, exactly as it is, as text to copy: only escaped (and what can't be sent at all is left out)."""
    sendable = "".join(character for character in number if _visible(character) == character)
    return Markup(f"<code>{_escape(cut(sendable, _COPYABLE))}</code>")


def shown_host(url: str) -> str | None:
    """The host of a link as a person should see it, in ASCII; None where `public_link` takes no such link."""
    link = public_link(url)
    host = public_host(urlsplit(link).hostname or "") if link else None
    return host.removeprefix("www.") if host else None


def fit(source: str) -> str:
    """A message that Telegram takes: at most 4096 UTF-16 units as shown and 100 entities, every tag closed.

    What isn't valid HTML is shown as it is written: better an ugly message than none.
    """
    try:
        parts = list(pieces(_without_surrogates(source)))
    except BadMarkup:
        parts = [Piece(_escape(character), character) for character in _without_surrogates(source)]
    fitted = _few_entities(parts)
    if sum(units(part.shown) for part in fitted) <= TEXT_LIMIT:
        return "".join(part.written for part in fitted).strip()
    return _cut_pieces(fitted)


def _few_entities(parts: list[Piece]) -> list[Piece]:
    """Tags beyond the limit go, with their ends; their text stays."""
    kept: list[Piece] = []
    stack: list[bool] = []
    count = 0
    for part in parts:
        if part.tag and not part.closes:
            count += 1
            stack.append(count <= ENTITY_LIMIT)
        if part.tag is None or (stack.pop() if part.closes else stack[-1]):
            kept.append(part)
    return kept


def _cut_pieces(parts: list[Piece]) -> str:
    room = TEXT_LIMIT - 1
    written: list[str] = []
    stack: list[str] = []
    for part in parts:
        if units(part.shown) > room:
            written += [_escape(head(part.shown, room)), _ELLIPSIS]
            break
        room -= units(part.shown)
        written.append(part.written)
        if part.closes:
            stack.pop()
        elif part.tag:
            stack.append(part.tag)
    return "".join(written + [f"</{tag}>" for tag in reversed(stack)])


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return "" if category in {"Cc", "Cs"} or character in _INVISIBLE else character


def _tame_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def _without_surrogates(text: str) -> str:
    return "".join(character for character in text if not "\ud800" <= character <= "\udfff")
