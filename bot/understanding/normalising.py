"""Give a text as the finder reads it: one kind of dash, blank and digit, nothing unseen; each sign knows its place."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_TEXT = 6000
# before the compatible spelling is taken: it would make an "o" of the sign in "nº1509", and letters of "№"
_SIGNS = dict.fromkeys("‐‑‒–—―−﹘﹣－⁃ー⸺⸻➖᠆", "-") | dict.fromkeys("º˚°", "°") | {"№": "n°", "⁄": "/", "＃": "#"}
_LINES = frozenset("\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_NOT_SEEN = frozenset({"Cf", "Me", "Mn"})
_UNUSUAL = re.compile(r"[^\x00-\x7f]|[\v\f\x1c-\x1e]|\r\n|\r")  # all that may be spelled otherwise
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_KNOWN_SIGNS = 4096  # whose spelling is kept: people use a few of all signs
# a line that an e-mail program has broken: "12874500=\n93318"
_SOFT_BREAK = re.compile(r"(?<=[\w-])=\r?\n(?=[\w-])")
_TAG = re.compile(r"</?[a-z][^<>@\n]{0,200}>|&nbsp;|&#160;", re.IGNORECASE)

_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}[0-9]{0,2});", re.IGNORECASE)  # of a page's source
_UNSEEN = "\u2060"


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in its one spelling, and for each sign the place in the original that it came from."""

    text: str
    places: Sequence[int]

    def place(self, at: int) -> int:
        """Return where in the original the sign stands, or the end of it all."""
        return self.places[at] if at < len(self.places) else (self.places[-1] + 1 if self.places else 0)

    def replaced(self, spans: Iterable[tuple[int, int, str]]) -> "Normalised":
        """Return it with other words in these spans; their signs stand where the span began."""
        text, places, last = [], list[int](), 0
        for start, end, put in spans:
            text += [self.text[last:start], put]
            places += self.places[last:start]
            places += [self.places[start]] * len(put)
            last = end
        return Normalised("".join([*text, self.text[last:]]), [*places, *self.places[last:]]) if last else self

    def cut(self, length: int) -> "Normalised":
        """Return no more than its first signs."""
        return self if len(self.text) <= length else Normalised(self.text[:length], self.places[:length])


def normalise(text: str) -> Normalised:
    """Give the text in its one spelling; what is behind LONGEST_TEXT signs is not read."""
    text = _ENTITY.sub(_unescaped, text[:LONGEST_TEXT])
    spelled = ((*found.span(), _spelled(found[0])) for found in _UNUSUAL.finditer(text))
    whole = Normalised(text, range(len(text))).replaced(spelled).cut(LONGEST_TEXT)
    return whole.replaced((*found.span(), "") for found in _SOFT_BREAK.finditer(whole.text))


def normalised(text: str) -> str:
    """Give the text in its one spelling, without its places."""
    return normalise(text).text


def without_tags(text: str) -> str:
    """Give the text with blanks for the marks of a page (`<b>`, `&nbsp;`): places stay what they are."""
    return _TAG.sub(lambda tag: " " * len(tag[0]), text)


def plain(text: str) -> str:
    """Give the text in small letters without accents, sign by sign: places stay what they are."""
    return _NOT_ASCII.sub(lambda found: "".join(map(_plain, found[0])), text).lower()


def _unescaped(entity: re.Match[str]) -> str:
    """Give the sign that is meant, and for the rest of its name what is not seen: places stay what they are."""
    return html.unescape(entity[0]).ljust(len(entity[0]), _UNSEEN)


@lru_cache(_KNOWN_SIGNS)
def _spelled(sign: str) -> str:
    if sign in _LINES or sign in ("\r", "\r\n"):
        return "\n"
    return "".join(map(_seen, _SIGNS.get(sign) or unicodedata.normalize("NFKC", sign)))


def _seen(sign: str) -> str:
    category = unicodedata.category(sign)
    digit = unicodedata.decimal(sign, None)
    if category == "Zs":
        return " "
    if category in _NOT_SEEN:
        return ""
    return _SIGNS.get(sign, sign) if digit is None else str(digit)


@lru_cache(_KNOWN_SIGNS)
def _plain(sign: str) -> str:
    small = sign.lower()
    return small if small.isascii() and len(small) == 1 else unicodedata.normalize("NFD", small)[:1]
