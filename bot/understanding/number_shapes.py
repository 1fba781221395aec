"""Find order numbers of the known shapes in any text, however they are spaced. Pure.

Thirteen digits and a part ("1509750516095-01"); `v`, digits, the account's letters and a part ("v527103anml-01");
either behind a seller's prefix ("SLR-", "MKT-MKP-"), which belongs to the number.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.understanding import number_words
from bot.understanding.number_words import all_of, one_of

# before the compatible spelling is taken: it would make an "o" of the sign in "nº1509", and letters of "№"
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-") | dict.fromkeys("º˚", "°") | {"№": "N°"})
_LETTERS_FOR_DIGITS = str.maketrans("oil", "011")
VOWELS = frozenset("aeiou")
WHOLE = 13  # the digits of a purchase
_NOT_SEEN = frozenset({"Cf", "Me"})
_VARIANTS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))


@dataclass(frozen=True, slots=True)
class Shaped:
    """A number of a known shape and where it stands in a text: `MKT-` + `1509750516095` + `-01`."""

    prefix: str
    body: str
    part: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end

    @property
    def number(self) -> str:
        """The number without what was put between its signs."""
        return f"{self.prefix}{self.body}{self.part}"


def normalised(text: str) -> str:
    """Give the text with one kind of dash, digit and blank, and without the signs that nobody sees."""
    return "".join(map(_seen, unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)))


def _seen(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _VARIANTS or unicodedata.category(sign) in _NOT_SEEN:
        return ""
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


def plain(text: str) -> str:
    """Give the text in small letters without accents, sign by sign: places stay what they are."""
    return "".join(unicodedata.normalize("NFD", sign.lower())[0] for sign in text)


_BLANK = r"[ \t]"
_ACCENTS = {"a": "[aáàâã]", "c": "[cç]", "e": "[eéê]", "i": "[ií]", "o": "[oóô]", "u": "[uúü]"}
_DASH_WORDS = re.sub("[aceiou]", lambda sign: _ACCENTS[sign[0]], one_of(all_of(number_words.DASHES)))
_SAID = rf"{_BLANK}+(?:{_DASH_WORDS}){_BLANK}+"
_DASH = rf"(?:{_BLANK}{{0,3}}-{{1,2}}{_BLANK}{{0,3}}|{_BLANK}?[\r\n]{{1,2}}-|-[\r\n]{{1,2}}|{_SAID})"
_DIGIT_WORDS = re.sub("[aceiou]", lambda sign: _ACCENTS[sign[0]], "|".join(number_words.DIGITS))
_COUNTED = one_of((*number_words.UNITS, *number_words.MONTHS))
_LAST = rf"(?={_BLANK}*(?:[,;!?)\]\r\n]|\.?\Z))"
# a part that only a blank parts from its number: if anything follows it may be a day or a quantity
_BARE_PART = (
    rf"(?:{_BLANK}{{1,2}}|{_BLANK}?[\r\n]{{1,2}})(?P<bare_part>0[0-9])"
    rf"(?:{_LAST}|(?={_BLANK}+[^\W\d_])(?!{_BLANK}+(?:{_COUNTED})(?![^\W\d_])))"
)
# a part as people say or frame it: as in "dash zero two", "parte 2", "-O2", or "(02)"
_LOOSE_PART = (
    rf"(?:{_DASH}(?P<loose_part>o[0-9]|0[li]|(?:{_DIGIT_WORDS}|[0-9])(?:{_BLANK}+(?:{_DIGIT_WORDS}|[0-9]))?){_LAST}"
    rf"|{_SAID}(?P<said_part>(?:{_DIGIT_WORDS}|[0-9])(?:{_BLANK}+(?:{_DIGIT_WORDS}|[0-9]))?)"
    rf"|{_BLANK}(?P<last_part>[1-9])(?=\Z)|[_/.](?P<tight_part>0[1-9])|{_BLANK}?[(\[](?P<framed_part>0?[1-9])(?:[)\]]|\Z))"
)
_PART = rf"[*_`~]{{0,3}}(?:(?P<dash>{_DASH})(?P<part>[0-9]{{2}})(?![li])|{_BARE_PART}|{_LOOSE_PART})"
# no letter or digit goes on, and no date, time or sum ("1509750516095 - 10/11"); 22 signs are the signature of a link
# nor does a label that has grown on ("1509750516095-01CPF")
_LABELS = one_of(word for word in all_of(*number_words.OTHER.values()) if len(word) > 2 and " " not in word)
_END = (
    r"(?:(?![a-z0-9])(?![./:][0-9]{1,2}(?![0-9]))|(?=[a-z0-9_-]{22}(?![a-z0-9_-]))"
    rf"|(?<=[0-9])(?=(?:{_LABELS})(?![^\W\d_])))"
)
_SEGMENT = rf"(?:[a-z][a-z0-9]{{1,5}}|0[0-9])(?:{_BLANK}{{0,2}}-{_BLANK}{{0,2}}|[._]|{_BLANK})"
# that only a blank parts from its number: large letters that can't begin a word (XDE, SLR)
_APART = re.compile(r"(?![BCFGPTD][RL]|[TWCSP]H|S[TPCMNLKQ])[B-DF-HJ-NP-TV-Z]{2}[A-Z]|[B-DF-HJ-NP-TV-Z]{3}")
_PREFIX = rf"(?<![a-z0-9])(?P<prefix>(?:{_SEGMENT}){{0,3}})"
_DIGITS = rf"[0-9](?:(?:{_BLANK}|\.){{0,2}}[0-9]){{12}}"
_SEQUENCE = r"v[0-9]{3,14}[a-z][a-z0-9]{0,29}?"
_SHAPES = (
    re.compile(rf"{_PREFIX}(?P<body>{_DIGITS}|{_SEQUENCE}){_PART}{_END}", re.IGNORECASE),
    # a word may have grown onto the digits
    re.compile(rf"(?<![0-9])(?P<prefix>)(?P<body>{_DIGITS}){_PART}{_END}", re.IGNORECASE),
)
# sellers may number in a way of their own: "MKT-MKP-123456789-01"
_SELLERS_OWN = re.compile(
    rf"(?<![a-z0-9])(?P<prefix>(?:[a-z]{{2,5}}{_BLANK}{{0,2}}-{_BLANK}{{0,2}}){{1,3}})(?P<body>[0-9]{{6,20}})"
    rf"(?P<dash>{_BLANK}{{0,2}}-{_BLANK}{{0,2}})(?P<part>[0-9]{{2}}){_END}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![0-9+])(?<![0-9][-./]){_PREFIX}(?P<body>[0-9]{{13}})(?![a-z0-9])(?![./:-][0-9])", re.IGNORECASE
)
_GROUPED = re.compile(r"(?<![A-Za-z0-9+])(?<![0-9][ ./-])[0-9]{1,5}(?:[ .][0-9]{1,5})+(?![A-Za-z0-9])(?![ ./-][0-9])")
# country, area or a mobile's 9; or a country and groups that end as phones' do
_PHONES_GROUPS = re.compile(
    r"[0-9]{2}[ .][0-9]{1,2}[ .]|(?:521|549)[ .][0-9]{2}[ .]|5[0-9]{3}[ .][0-9]{5}[ .][0-9]{4}\Z"
)
# what is written before a number and is no seller's
_SAYS_WHAT = all_of(
    number_words.ORDER, number_words.NUMBER_WORDS, number_words.COPULAS, *number_words.OTHER.values()
) | {"ref", "order-id"}


def shaped_in(text: str) -> list[Shaped]:
    """Give the numbers of a known shape with their part, in the order of the (normalised) text."""
    found: list[Shaped] = []
    for one in (*_SHAPES, _SELLERS_OWN):
        free = blanked(text, [shaped.span for shaped in found])
        found += filter(None, map(_shaped, one.finditer(free)))
    return sorted(found, key=lambda shaped: shaped.start)


def bare_in(text: str) -> list[Shaped]:
    """Give the numbers of thirteen digits without a part, behind a prefix or not."""
    return [_bare(found) for found in _BARE.finditer(text)]


def in_groups(text: str) -> list[Shaped]:
    """Give the numbers of thirteen digits that are typed in groups, but not in those of phones."""
    found = [(one, _joined(one[0])) for one in _GROUPED.finditer(text) if not _PHONES_GROUPS.match(one[0])]
    return [Shaped("", body, "", *one.span()) for one, body in found if len(body) == WHOLE]


def shape_of(number: str) -> Shaped | None:
    """Give the parts of a number that has a known shape and nothing else; without a part for thirteen digits alone."""
    found = [*shaped_in(number), *bare_in(number)]
    return next((one for one in found if one.end == len(number) and not number[: one.start].strip("#")), None)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the text with a sign that is nobody's in place of each sign of these spans."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _shaped(found: re.Match[str]) -> Shaped | None:
    named = found.groupdict()
    spaced = any(sign.isspace() for sign in named["dash"] or "")
    prefix, length = _prefix(named["prefix"], spaced=spaced)
    if found.re is _SELLERS_OWN and length < len(named["prefix"]):
        return None
    start, part = found.start("body") - length, _part(named)
    if named["body"][0].isdigit():
        prefix = re.sub("[._]", "-", prefix)
    if part == "00" and named["part"] is None:
        return None
    return Shaped(prefix, _joined(named["body"]), f"-{part}", start, found.end())


def _part(named: Mapping[str, str | None]) -> str:
    """Give the two digits of a part, which may be said in words ("zero two") or with a letter for a digit ("O2")."""
    typed = next(part for name, part in named.items() if part and name.endswith("part"))
    said = (number_words.DIGITS.get(word, word) for word in plain(typed).split())
    return "".join(said).translate(_LETTERS_FOR_DIGITS).zfill(2)


def _bare(found: re.Match[str]) -> Shaped:
    prefix, length = _prefix(found["prefix"], spaced=False)
    return Shaped(prefix, found["body"], "", found.start("body") - length, found.end())


def _prefix(typed: str, *, spaced: bool) -> tuple[str, int]:
    """Give a seller's prefix without blanks, and how many typed signs it takes: those words that can be one.

    With blanks around its dash a word may be anything ("Mom - 1509…"), unless it is written as sellers' are, or all
    dashes are written so (`spaced`).
    """
    kept, length = "", 0
    for one in reversed([found[0] for found in re.finditer(_SEGMENT, typed, re.IGNORECASE)]):
        word = re.split(r"[\s._-]", one, maxsplit=1)[0]
        between = one[len(word) :].strip()
        sign, tight = between or "-", one == f"{word}-"
        looks = _looks_like_a_sellers(word, spaced=spaced) if between else _APART.fullmatch(word) is not None
        if word.lower() in _SAYS_WHAT or not (tight or looks):
            break
        kept, length = f"{word}{sign}{kept}", length + len(one)
    return kept, length


def _looks_like_a_sellers(word: str, *, spaced: bool) -> bool:
    """Sellers' prefixes are 00, or three letters or so, large ones, mostly without vowels (SLR, MKT)."""
    if not word.isalpha():
        return word == "00"
    return len(word) <= 4 and (word.isupper() or (len(word) == 3 and (spaced or not VOWELS & set(word.lower()))))


def _joined(body: str) -> str:
    return re.sub(r"[\s.]", "", body)
