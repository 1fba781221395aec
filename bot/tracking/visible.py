"""Tell whether a text shows anything: what looks like text can consist of blanks, fillers and marks alone. Pure."""

import re
import unicodedata
from functools import cache

# what has no shape of its own, though Unicode counts some of it among the letters and symbols
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2800\u3164\ufeff\uffa0\ufff9\ufffa\ufffb\ufffe\uffff"
    "\U00013441\U00013442\U0001d159"
    + "".join(
        map(chr, (*range(0x202A, 0x202F), *range(0xFDD0, 0xFDF0), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)))
    )
)
_SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs", "Zl", "Zp"})  # nothing to see without a letter
_PICTURE_THAT_IS_GONE = "\ufffc"  # left by a copied image
# what programs and people write where there is nothing
_NOTHING = frozenset({"null", "nil", "none", "undefined", "nan", "n/a", "n.a.", "[object object]"})
_TEMPLATE = re.compile(r"\{\{?[\w .$-]*\}?\}|\$\{[^}]*\}|%s|<[\w -]+>")


def shows_something(text: str) -> bool:
    """Return whether a person would see anything of the text."""
    return any(map(_has_shape, text))


def trim(text: str) -> str:
    """Remove blanks and invisible characters from both ends; empty where the text shows nothing."""
    if text.isascii() and text.isprintable():  # nearly all that comes: there only a blank shows nothing
        return text.strip()
    if not shows_something(text):
        return ""
    return text.strip("".join({sign for sign in text if sign.isspace() or sign in INVISIBLE}))


def says_nothing(text: str) -> bool:
    """Return whether a value was left out by whoever filled it in: it shows nothing, or is a `null` or `{id}`."""
    word = trim(text).casefold()
    return not any(map(str.isalnum, word)) or word in _NOTHING or _TEMPLATE.fullmatch(word) is not None


@cache
def _has_shape(character: str) -> bool:
    return (
        unicodedata.category(character) not in _SHAPELESS
        and character not in INVISIBLE
        and character != _PICTURE_THAT_IS_GONE
    )
