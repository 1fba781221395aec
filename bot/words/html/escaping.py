"""Put foreign text into HTML safely. Every argument of a message passes through here, and every finished message."""

import re
import unicodedata

from bot.tracking.visible import INVISIBLE, shows_something
from bot.words.html.markup import MarkupError, Token, tokenize
from bot.words.html.utf16 import utf16_length, utf16_prefix
from bot.words.limits import ENTITIES, TEXT_UNITS

NAME_UNITS = 64
_ID_UNITS = 200  # no id is longer; a longer text would push everything else out of the message
_ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"
_MAX_COMBINING_MARKS = 4  # in a row: more of them draw over the lines above
_STRAY_JOINER = re.compile(f"(?<![^\\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\\s{_JOINERS}])")
_SURROGATE = re.compile("[\ud800-\udfff]")
# what Telegram turns into a link by itself: URLs, hosts, mentions, commands, hashtags, phone numbers
_LINKABLE = re.compile(r"://|[\w-]\.[^\W\d_]{2}|@\w|(?:^|[^\w])[/#$]\w|(?:\d[\s()-]?){7}")


class Markup(str):
    """HTML that is safe to put into a message. Only this package creates it."""

    __slots__ = ()


def clean(text: str, *, lines: bool = False) -> str:
    """Remove what can't be seen or sent: control, bidi and zero-width characters, lone surrogates. Fold blanks.

    Marks and fillers alone are nothing. With `lines`, line breaks and single empty lines are kept.
    """
    if _is_plain(text):
        return " ".join(text.split())
    if not shows_something(text):
        return ""
    if lines:
        cleaned = [clean(line) for line in text.splitlines()]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(cleaned)).strip()
    visible = "".join(filter(None, map(_visible, text)))
    folded = " ".join(_limit_combining_marks(visible).split())
    return _STRAY_JOINER.sub("", folded).strip()


def truncate(text: str, limit: int) -> str:
    """Cut a text to at most `limit` UTF-16 units including an ellipsis; no character is split, no joiner left over."""
    if utf16_length(text) <= limit:
        return text
    return utf16_prefix(text, limit - 1).rstrip().rstrip(_JOINERS) + _ELLIPSIS


def escape(text: str, limit: int = NAME_UNITS, *, lines: bool = False, links: bool = False) -> Markup:
    """Turn foreign text into HTML: cleaned, truncated to `limit` UTF-16 units, escaped.

    Text that Telegram would turn into a link (a courier called booking.com, an @name) becomes code, unless `links`:
    then it comes from the store itself.
    """
    short = truncate(clean(text, lines=lines), limit)
    markup = _escape_html(short)
    return Markup(f"<code>{markup}</code>") if not links and _LINKABLE.search(short) else Markup(markup)


def code(identifier: str) -> Markup:
    """Turn an id into code that can be copied: exactly as it is, without characters that can't be sent."""
    sendable = identifier if _is_plain(identifier) else "".join(one for one in identifier if _visible(one) == one)
    return Markup(f"<code>{_escape_html(truncate(sendable, _ID_UNITS))}</code>")


def fit_message(source: str) -> str:
    """Reduce a message to what Telegram accepts: its limits of length and of entities, every tag closed.

    Invalid HTML is sent as it is written: an ugly message is better than none.
    """
    source = _without_surrogates(source)
    try:
        tokens = list(tokenize(source))
    except MarkupError:
        tokens = [Token(_escape_html(character), character) for character in source]
    tokens = _limit_entities(tokens)
    if sum(utf16_length(token.text) for token in tokens) <= TEXT_UNITS:
        return "".join(token.source for token in tokens).strip()
    return _truncate_tokens(tokens)


def _limit_entities(tokens: list[Token]) -> list[Token]:
    """Remove tags beyond the limit, with their end tags; their text stays."""
    kept: list[Token] = []
    open_tags_kept: list[bool] = []
    count = 0
    for token in tokens:
        if token.tag and not token.closes:
            count += 1
            open_tags_kept.append(count <= ENTITIES)
        if token.tag is None or (open_tags_kept.pop() if token.closes else open_tags_kept[-1]):
            kept.append(token)
    return kept


def _truncate_tokens(tokens: list[Token]) -> str:
    room = TEXT_UNITS - utf16_length(_ELLIPSIS)
    output: list[str] = []
    open_tags: list[str] = []
    for token in tokens:
        if utf16_length(token.text) > room:
            output += [_escape_html(utf16_prefix(token.text, room)), _ELLIPSIS]
            break
        room -= utf16_length(token.text)
        output.append(token.source)
        if token.closes:
            open_tags.pop()
        elif token.tag:
            open_tags.append(token.tag)
    return "".join(output + [f"</{tag}>" for tag in reversed(open_tags)])


def _escape_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _is_plain(text: str) -> bool:
    """Return whether there can be nothing in it that can't be seen: so is most of what others write."""
    return text.isascii() and text.isprintable()


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    return "" if category in {"Cc", "Cs"} or character in INVISIBLE else character


def _limit_combining_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= _MAX_COMBINING_MARKS:
            kept.append(character)
    return "".join(kept)


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub("", text)
