"""Parse Telegram's HTML tag by tag as the Bot API server does, with the same error texts.

The tags and the measure of length are stated here anew, not imported from the product: this is an independent check.
"""

import re
from dataclasses import dataclass, field

from bot.simulators.telegram.entities import settled
from bot.simulators.telegram.errors import Json

ENTITY_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
}
# a server ignores other attributes; here they are refused, since nobody writes them on purpose
ATTRIBUTES: dict[str, frozenset[str]] = {
    **dict.fromkeys(ENTITY_TYPES, frozenset()),
    "a": frozenset({"href"}),
    "code": frozenset({"class"}),
    "span": frozenset({"class"}),
    "blockquote": frozenset({"expandable"}),
    "tg-emoji": frozenset({"emoji-id"}),
    "tg-time": frozenset({"unix", "format"}),
}
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
CHARACTER_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
LATEST_TIME = 2**31 - 1
LINK = re.compile(r"(?:https?://[^\s/?#]+\.[^\s/?#]+|tg://\S|mailto:\S|tel:\S)", re.IGNORECASE)
MENTION = re.compile(r"tg://user\?id=(\d{1,19})$")


class HtmlParseError(Exception):
    """The text is not valid in this parse mode; the message says what is wrong, and at which byte."""


def utf16_length(text: str) -> int:
    """Measure a text in UTF-16 code units, Telegram's unit of length."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class _OpenTag:
    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int  # the index in `pieces` at which its text begins


@dataclass(slots=True)
class _Parser:
    source: str
    position: int = 0
    offset: int = 0
    pieces: list[str] = field(default_factory=list)
    stack: list[_OpenTag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        while self.position < len(self.source):
            self._step()
        if self.stack:
            raise HtmlParseError(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.pieces), [_without_language(entity) for entity in settled(self.entities)]

    def _step(self) -> None:
        if self.source[self.position] == "<":
            closing = self.source.startswith("</", self.position)
            return self._end_tag() if closing else self._start_tag()
        if self.source[self.position] == "&" and (decoded := self._character()):
            return self._append(decoded)
        following = next(
            (i for i in range(self.position + 1, len(self.source)) if self.source[i] in "<&"), len(self.source)
        )
        piece, self.position = self.source[self.position : following], following
        return self._append(piece)

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += utf16_length(piece)

    def _character(self) -> str | None:
        """Decode a reference such as `&lt;`; None where Telegram leaves it as it is written."""
        match = CHARACTER_REFERENCE.match(self.source, self.position)
        if match is None:
            return None
        decoded = _decoded(match)
        if decoded is not None:
            self.position = match.end()
        return decoded

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        tag = self._read_until(f"{SPACES}>").lower()
        if self._current() == "":
            raise self._error("Unclosed start tag", begin)
        if tag not in ATTRIBUTES:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        self.position += 1
        self._check(tag, attributes, begin)
        self.stack.append(_OpenTag(tag, attributes, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._skip_spaces() != ">":
            name = self._read_until(f"{SPACES}=>/\"'")
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            found[name] = self._value(tag, begin) if self._skip_spaces() == "=" else ""
            if self._current() == "":
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            if name not in ATTRIBUTES[tag]:
                raise self._error(f'Unsupported attribute "{name}" in the tag "{tag}"', begin)
        return found

    def _value(self, tag: str, begin: int) -> str:
        self.position += 1
        quote = self._skip_spaces()
        if quote == "":
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if quote in ('"', "'"):
            return self._quoted(quote, begin)
        start = self.position
        while (character := self._current()) and (character.isalnum() or character in ".-"):
            self.position += 1
        if self._current() == "":
            raise self._error("Unclosed start tag", begin)
        if self._current() not in f"{SPACES}>":
            raise self._error("Unexpected end of name token", start)
        return self.source[start : self.position].lower()

    def _quoted(self, quote: str, begin: int) -> str:
        self.position += 1
        value: list[str] = []
        while self._current() not in ("", quote):
            decoded = self._character() if self._current() == "&" else None
            if decoded is None:
                decoded = self._current()
                self.position += 1
            value.append(decoded)
        self.position += self._current() == quote
        if self._current() == "":
            raise self._error("Unclosed start tag", begin)
        return "".join(value)

    def _check(self, tag: str, attributes: dict[str, str], begin: int) -> None:
        match tag:
            case "span" if attributes.get("class") != "tg-spoiler":
                raise self._error('Tag "span" must have class "tg-spoiler"', begin)
            case "blockquote" if any(outer.tag == "blockquote" for outer in self.stack):
                raise self._error('Nested tag "blockquote"', begin)  # a server drops the inner one
            case "tg-time":
                self._check_time(attributes, begin)
            case "tg-emoji" if not re.fullmatch(r"[1-9][0-9]{0,18}", attributes.get("emoji-id", "")):
                raise HtmlParseError("Invalid custom emoji identifier specified")

    def _check_time(self, attributes: dict[str, str], begin: int) -> None:
        if not re.fullmatch(r"[0-9]{1,10}", attributes.get("unix", "")):
            raise self._error('Invalid Unix time in the tag "tg-time"', begin)  # a server shows the text alone
        if not TIME_FORMAT.fullmatch(attributes.get("format", "")):
            raise HtmlParseError("Invalid date format used")

    def _end_tag(self) -> None:
        begin = self.position
        if not self.stack:
            raise self._error("Unexpected end tag", begin)
        self.position += 2
        name = self._read_until(f"{SPACES}>").lower()
        if self._skip_spaces() != ">":
            raise self._error("Unclosed end tag", begin)
        self.position += 1
        opened = self.stack.pop()
        if name not in ("", opened.tag):
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            raise HtmlParseError(f"Unmatched end tag at byte offset {self._byte_offset(begin)}, {expected}")
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _OpenTag) -> None:
        own = _entity(opened, "".join(self.pieces[opened.piece :]))
        if own is None:
            return  # Telegram silently drops unusable links and times
        own.update(offset=opened.offset, length=self.offset - opened.offset)
        if own["type"] in ("pre", "code") and (inner := self._same_extent(own)):
            # `<pre><code class="language-x">` is one block with a language
            self.entities.remove(inner)
            own |= {"type": "pre", "language": inner.get("language") or own["language"]}
        self.entities.append(own)

    def _same_extent(self, own: Json) -> Json | None:
        """Find the code just closed that fills this block, or the block that fills this code, if it has a language."""
        last = self.entities[-1] if self.entities else {}
        fills = (last.get("offset"), last.get("length")) == (own["offset"], own["length"])
        is_pair = {last.get("type"), own["type"]} == {"pre", "code"}
        return last if fills and is_pair and ("language" in last or "language" in own) else None

    def _read_until(self, stops: str) -> str:
        start = self.position
        while self.position < len(self.source) and self.source[self.position] not in stops:
            self.position += 1
        return self.source[start : self.position]

    def _skip_spaces(self) -> str:
        while self.position < len(self.source) and self.source[self.position] in SPACES:
            self.position += 1
        return self._current()

    def _current(self) -> str:
        return self.source[self.position : self.position + 1]

    def _error(self, what: str, position: int) -> HtmlParseError:
        return HtmlParseError(f"{what} at byte offset {self._byte_offset(position)}")

    def _byte_offset(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))


def _decoded(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED_CHARACTERS[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    usable = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if usable else None


def _entity(opened: _OpenTag, text: str) -> Json | None:
    attributes = opened.attributes
    match opened.tag:
        case "a":
            return _link(attributes.get("href") or text)
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        case "tg-time":
            unix = int(attributes["unix"])
            known: Json = {"type": "date_time", "unix_time": unix, "date_time_format": attributes.get("format", "")}
            return known if 0 < unix <= LATEST_TIME else None
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "code" if attributes.get("class", "").startswith("language-"):
            return {"type": "code", "language": attributes["class"].removeprefix("language-")}
        case tag:
            return {"type": ENTITY_TYPES[tag]}


def _without_language(entity: Json) -> Json:
    """Remove the language from inline code: only blocks have one."""
    return {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}


def _link(url: str) -> Json | None:
    if mention := MENTION.match(url):
        return {"type": "text_mention", "user": {"id": int(mention[1]), "is_bot": False, "first_name": "?"}}
    return {"type": "text_link", "url": url} if LINK.match(url) else None


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the visible text and its entities, with offsets and lengths in UTF-16 units. Raises HtmlParseError."""
    return _Parser(source).run()
