"""Telegram's HTML parse mode, tag by tag as the Bot API server does it, with its own error texts."""

import re
from dataclasses import dataclass, field

from bot.simulators.telegram.errors import Json

PLAIN_TYPES = {
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
TAGS = frozenset(PLAIN_TYPES) | {"a", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
LINK = re.compile(r"(?:https?://[^\s/?#]+\.[^\s/?#]+|tg://\S|mailto:\S|tel:\S)", re.IGNORECASE)
MENTION = re.compile(r"tg://user\?id=(\d{1,19})$")


class CannotParse(Exception):
    """The text is not what the parse mode allows; the message says what and at which byte."""


def utf16_length(text: str) -> int:
    """Telegram's unit of length: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int  # where its text begins among the pieces put out


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    offset: int = 0
    pieces: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        if self.stack:
            raise CannotParse(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.pieces), [_without_language(entity) for entity in ordered]

    def _step(self) -> None:
        if self.source[self.at] == "<":
            closing = self.source.startswith("</", self.at)
            return self._end_tag() if closing else self._start_tag()
        if self.source[self.at] == "&" and (decoded := self._character()):
            return self._put(decoded)
        following = next((i for i in range(self.at + 1, len(self.source)) if self.source[i] in "<&"), len(self.source))
        piece, self.at = self.source[self.at : following], following
        return self._put(piece)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += utf16_length(piece)

    def _character(self) -> str | None:
        """What an entity such as `&lt;` stands for; None where Telegram leaves it as it is written."""
        match = CHARACTER.match(self.source, self.at)
        if match is None:
            return None
        decoded = _decoded(match)
        if decoded is not None:
            self.at = match.end()
        return decoded

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(f"{SPACES}>").lower()
        if self._here() == "":
            raise CannotParse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            raise CannotParse(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(tag, begin)
        self.at += 1
        self._check(tag, attributes, begin)
        self.stack.append(_Open(tag, attributes, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._blanks() != ">":
            name = self._until(f"{SPACES}=>")
            if not name:
                what = f'Empty attribute name in the tag "{tag}"' if self._here() else f'Unclosed start tag "{tag}"'
                raise CannotParse(f"{what} at byte offset {self._byte(begin)}")
            found[name] = self._value(begin) if self._blanks() == "=" else ""
            if self._here() == "":
                raise CannotParse(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        return found

    def _value(self, begin: int) -> str:
        self.at += 1
        quote = self._blanks()
        if quote in ('"', "'"):
            return self._quoted(quote)
        start = self.at
        while (character := self._here()) and (character.isalnum() or character in ".-"):
            self.at += 1
        if self._here() == "":
            raise CannotParse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if self._here() not in f"{SPACES}>":
            raise CannotParse(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self.source[start : self.at].lower()

    def _quoted(self, quote: str) -> str:
        self.at += 1
        value: list[str] = []
        while self._here() not in ("", quote):
            decoded = self._character() if self._here() == "&" else None
            if decoded is None:
                decoded = self._here()
                self.at += 1
            value.append(decoded)
        self.at += self._here() == quote
        return "".join(value)

    def _check(self, tag: str, attributes: dict[str, str], begin: int) -> None:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise CannotParse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        if tag != "tg-time":
            return
        if not re.fullmatch(r"[0-9]{1,10}", attributes.get("unix", "")):
            raise CannotParse(f'Invalid Unix time in the tag "tg-time" at byte offset {self._byte(begin)}')
        if not TIME_FORMAT.fullmatch(attributes.get("format", "")):
            raise CannotParse(f'Invalid date-time format in the tag "tg-time" at byte offset {self._byte(begin)}')

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise CannotParse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._until(f"{SPACES}>").lower()
        if self._blanks() != ">":
            raise CannotParse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.stack.pop()
        if name not in ("", opened.tag):
            expected = f'expected "</{opened.tag}>", found "</{name}>"'
            raise CannotParse(f"Unmatched end tag at byte offset {self._byte(begin)}, {expected}")
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        inside_code = any(outer.tag in ("code", "pre") for outer in self.stack)
        own = _entity(opened, "".join(self.pieces[opened.piece :]))
        if own is None or (inside_code and own["type"] != "code"):
            return  # an unusable link and whatever stands inside code are dropped without a word
        own.update(offset=opened.offset, length=self.offset - opened.offset)
        if own["type"] in ("pre", "code"):
            own = self._swallow(own)
        self.entities.append(own)

    def _swallow(self, outer: Json) -> Json:
        """`<pre><code class="language-x">` is one block that knows its language."""
        inner = [entity for entity in self.entities if entity["offset"] >= outer["offset"]]
        self.entities = [entity for entity in self.entities if entity["offset"] < outer["offset"]]
        language = next((entity["language"] for entity in inner if "language" in entity), None)
        return {**outer, "language": language} if language and outer["type"] == "pre" else outer

    def _until(self, stops: str) -> str:
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _blanks(self) -> str:
        while self.at < len(self.source) and self.source[self.at] in SPACES:
            self.at += 1
        return self._here()

    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))


def _decoded(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    usable = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if usable else None


def _entity(opened: _Open, text: str) -> Json | None:
    attributes = opened.attributes
    match opened.tag:
        case "a":
            return _link(attributes.get("href") or text)
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        case "tg-time":
            shown = attributes.get("format", "")
            return {"type": "date_time", "unix_time": int(attributes["unix"]), "date_time_format": shown}
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "code" if attributes.get("class", "").startswith("language-"):
            return {"type": "code", "language": attributes["class"].removeprefix("language-")}
        case tag:
            return {"type": PLAIN_TYPES[tag]}


def _without_language(entity: Json) -> Json:
    """A language belongs to a block of code, not to code in a line."""
    return {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}


def _link(url: str) -> Json | None:
    if mention := MENTION.match(url):
        return {"type": "text_mention", "user": {"id": int(mention[1]), "is_bot": False, "first_name": "?"}}
    return {"type": "text_link", "url": url} if LINK.match(url) else None


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The text as shown and its entities, offsets and lengths in UTF-16 units. Raises CannotParse."""
    return _Parser(source).run()
