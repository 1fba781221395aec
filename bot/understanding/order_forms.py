"""Find order numbers of the known forms in a normalised text, however they are spaced. Pure.

Thirteen digits and a part ("1509750516095-01"); `v`, digits, the account's letters and a part ("v527103anml-01");
either behind a seller's prefix ("SLR-", "MKT-MKP-"), which belongs to the number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.understanding.label_words import ORDER, OTHER
from bot.understanding.number_words import MONTHS, NO_PREFIXES, UNITS, one_of

WHOLE = 13  # the digits of a purchase
SIGNATURE = 22  # the signs of a start link's signature
_BLANK = r"[ \t]"
_DASH = rf"(?:{_BLANK}{{0,3}}[-_]{{1,2}}{_BLANK}{{0,3}}|{_BLANK}?\n{{1,2}}-{_BLANK}?|-\n{{1,2}})"
_COUNTED = one_of((*UNITS, *MONTHS))
_LAST = rf"(?={_BLANK}*(?:[,;!?)\]\n]|\.?\Z))"
# a part that only a blank parts from its number: if anything follows it may be a day or a quantity
_BARE_PART = (
    rf"(?:{_BLANK}{{1,2}}|{_BLANK}?\n{{1,2}})(?P<bare_part>0[0-9])"
    rf"(?:{_LAST}|(?={_BLANK}+[^\W\d_])(?!{_BLANK}+(?:{_COUNTED})(?![^\W\d_])))"
)
# a part of one digit, between brackets, or behind another sign
_LOOSE_PART = (
    rf"(?:{_DASH}(?P<loose_part>[0-9]){_LAST}|{_BLANK}(?P<last_part>[1-9])(?=\Z)"
    rf"|[/.](?P<tight_part>0[1-9])|{_BLANK}?[(\[](?P<framed_part>0?[1-9])(?:[)\]]|\Z))"
)
_PART = rf"[*`~]{{0,3}}(?:(?P<dash>{_DASH})(?P<part>[0-9]{{2}}|0 [0-9])|{_BARE_PART}|{_LOOSE_PART})"
# no letter or digit goes on, and no date, time or sum; 22 signs are the signature of a link; nor does a label that has
# grown on ("1509750516095-01CPF"), or the next number
_LABELS = one_of(word for words in OTHER.values() for word in words if len(word) > 2 and word.isalpha())
_END = (
    r"(?:(?![a-z0-9])(?![.:][0-9]{1,2}(?![0-9])|/(?!0[0-9](?![0-9/]))[0-9]{1,2}(?![0-9]))"
    rf"|(?=[a-z0-9_-]{{{SIGNATURE}}}(?![a-z0-9_-]))|(?=[0-9]{{13}}-[0-9]{{2}}(?![0-9]))"
    rf"|(?<=[0-9])(?=(?:{_LABELS})(?![^\W\d_])))"
)
_SEGMENT = rf"(?:[a-z][a-z0-9]{{1,11}}|0[0-9])(?:{_BLANK}{{0,2}}-{_BLANK}{{0,2}}|[._]|{_BLANK})"
_SEGMENTS = re.compile(_SEGMENT, re.IGNORECASE)
# that only a blank parts from its number: large letters that can't begin a word (XDE, SLR)
_APART = re.compile(r"(?![BCFGPTD][RL]|[TWCSP]H|S[TPCMNLKQ])[B-DF-HJ-NP-TV-Z]{2}[A-Z]|[B-DF-HJ-NP-TV-Z]{3}")
_GOES_ON = re.compile(r"[0-9][ .-]\Z")  # before the first of two numbers, one under the other: it is the end of one
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ ]+\Z")
_SPOKEN = re.compile(
    r"(?:[bcfgptd][rl]|[twcsp]h|s[tpcmnlkq]|[b-df-hj-np-tv-z])?[aeiou]{1,2}[b-df-hj-np-tv-z]?[aeiou]?-"
)
_PREFIX = rf"(?<![a-z0-9])(?P<prefix>(?:{_SEGMENT}){{0,3}})"
_DIGITS = rf"[0-9](?:(?:{_BLANK}{{1,2}}|[.]|{_BLANK}?\n)?[0-9]){{12}}"
_ENOUGH_DIGITS = re.compile(r"(?:[0-9][^0-9]*){3}")  # of any form, so that most messages need no look at all of them
_SEQUENCE = r"v[0-9]{3,12}[a-z][a-z0-9]{0,29}?"
_FORMS = (
    re.compile(rf"{_PREFIX}(?P<body>{_DIGITS}|{_SEQUENCE}){_PART}{_END}", re.IGNORECASE),
    # a word may have grown onto the digits
    re.compile(rf"(?<![0-9])(?P<prefix>)(?P<body>{_DIGITS}){_PART}{_END}", re.IGNORECASE),
    # blanks within, or dashes between groups
    re.compile(
        rf"{_PREFIX}"
        rf"(?P<body>v {{0,2}}[0-9]{{1,12}}(?: {{0,2}}| ?\n)[0-9]{{0,11}} {{0,2}}[a-z]{{2,30}})"
        rf"(?P<dash>{_DASH})(?P<part>[0-9]{{2}}){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_PREFIX}(?P<body>[0-9]{{2,5}}(?:-[0-9]{{2,5}}){{2,4}})(?P<dash>-)(?P<part>0[0-9])(?![0-9-]){_END}",
        re.IGNORECASE,
    ),
)
# sellers may number in a way of their own: "MKT-MKP-123456789-01"
_SELLERS_OWN = re.compile(
    rf"(?<![a-z0-9])(?P<prefix>(?:[a-z]{{2,5}}{_BLANK}{{0,2}}-{_BLANK}{{0,2}}){{1,3}})(?P<body>[0-9]{{6,20}})"
    rf"(?P<dash>{_BLANK}{{0,2}}-{_BLANK}{{0,2}})(?P<part>[0-9]{{2}}){_END}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![0-9+])(?<![0-9][-./])(?:{_PREFIX})?(?P<body>[0-9]{{13}})(?![a-z0-9])(?![.:-][0-9]|/[0-9]{{1,2}}(?![0-9]))",
    re.IGNORECASE,
)
_BARE_SEQUENCE = re.compile(rf"{_PREFIX}(?P<body>v[0-9]{{3,12}}[a-z]{{2,30}})(?![a-z0-9-])", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![A-Za-z0-9+])(?<![0-9][ ./-])[0-9]{1,8}(?:[ .][0-9]{1,9})+(?![A-Za-z0-9])(?![ ./-][0-9])")
_TWO_NUMBERS = re.compile(r"[0-9]{5} [0-9]{8}|[0-9]{8} [0-9]{5}")  # each of a length that a short number has
# a country, and an area or a mobile's 9; or a country and groups that end as phones' do
_PHONES_GROUPS = re.compile(
    r"[0-9]{2}[ .][0-9]{1,2}[ .]|(?:521|549|52|54|55|57|56)[ .]?[0-9]{2}[ .]|5[0-9]{3}[ .][0-9]{5}[ .][0-9]{4}\Z"
)
# "-01 y -02", "-01/02": more parts of the same purchase
_NEXT_PART = re.compile(
    rf"(?:/(?=0)|[ \t\n]{{0,3}}(?:[,;&+/]|\b(?:and|y|e)\b)[ \t\n]{{0,3}}(?:{_BLANK}?(?=-)|(?=0)))"
    rf"-?(?P<part>[0-9]{{2}})(?![0-9a-z/:.-]*[0-9])(?!{_BLANK}+(?:{_COUNTED})(?![^\W\d_]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OrderForm:
    """A number of a known form and where it stands in a text: `MKT-` + `1509750516095` + `-01`."""

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
        """The number as Pick and Pack writes it, but for the case of its letters."""
        return f"{self.prefix}{self.body}{self.part}"


def with_parts(text: str) -> list[OrderForm]:
    """Give the numbers of a known form with their part, in the order of the (normalised) text."""
    found: list[OrderForm] = []
    if not _ENOUGH_DIGITS.search(text):
        return found
    for form in (*_FORMS, _SELLERS_OWN):
        free = blanked(text, (one.span for one in found))
        for one in filter(None, map(_with_part, form.finditer(free))):
            found += [one, *_next_parts(one, free)]
    return sorted(found, key=lambda one: one.start)


def without_part(text: str) -> list[OrderForm]:
    """Give the numbers of thirteen digits, or of the account's sequence, without a part, behind a prefix or not."""
    if not _ENOUGH_DIGITS.search(text):
        return []
    found = [*_BARE.finditer(text), *_BARE_SEQUENCE.finditer(text)]
    return sorted(map(_bare, found), key=lambda one: one.start)


def in_groups(text: str) -> list[OrderForm]:
    """Give the numbers of thirteen digits that are typed in groups, but not in those of phones."""
    found = [(one, _joined(one[0])) for one in _GROUPED.finditer(text) if not _PHONES_GROUPS.match(one[0])]
    broken = [(one, body) for one, body in found if len(body) == WHOLE and not _TWO_NUMBERS.fullmatch(one[0])]
    return [OrderForm("", body, "", *one.span()) for one, body in broken]


def form_of(number: str) -> OrderForm | None:
    """Give the parts of a number that has a known form and nothing else; without a part for thirteen digits alone."""
    found = [*with_parts(number), *without_part(number)]
    return next((one for one in found if one.end == len(number) and not number[: one.start].strip("#")), None)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give the text with a sign that is nobody's in place of each sign of these spans."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def is_a_prefix_word(word: str, *, dashed: str = "-") -> bool:
    """Return whether a word before a number, parted from it by `dashed`, can be a seller's prefix."""
    if word.lower() in NO_PREFIXES:
        return False
    if not word.isalpha():
        return word == "00" or (dashed.strip() == dashed and word[0].isalpha())
    if not dashed.strip():
        return _APART.fullmatch(word) is not None
    if dashed != "-" and len(word) > 4:
        return False
    return word.isupper() or (word.islower() and _looks_small(word, dashed))


def _looks_small(word: str, dashed: str) -> bool:
    """In small letters a prefix has few, and mostly no vowels (slr); with blanks a word may be anything."""
    return len(word) <= 4 and (dashed == "-" or (len(word) == 3 and not set("aeiou") & set(word)))


def _with_part(found: re.Match[str]) -> OrderForm | None:
    named = found.groupdict()
    body, dash = _joined(named["body"]), named["dash"] or ""
    before = found.string[: found.start("body")][-2:]
    is_glued = "\n" in named["body"] and ("." in named["body"] or _GOES_ON.search(before) is not None)
    if is_glued or (body[0].isdigit() and len(body) != WHOLE and found.re is not _SELLERS_OWN):
        return None
    if " " in dash and found.string[found.end() : found.end() + 1] == "/":
        return None  # "1509750516095 - 05/06" is a day
    if " " in dash and re.match(
        rf"{_BLANK}+(?:{_COUNTED}|a|y|e|to)(?![^\W\d_])", found.string[found.end() :][:20], re.I
    ):
        return None  # "- 12 unid", "- 10 a 18 hs"
    prefix, length = _prefix(named["prefix"], keeps_signs=not body[0].isdigit())
    if prefix.islower() and _ends_a_sentence(found.string[: found.start("body") - length], prefix):
        prefix, length = "", 0
    if found.re is _SELLERS_OWN and length < len(named["prefix"]):
        return None
    part = next(part for name, part in named.items() if part and name.endswith("part")).replace(" ", "").zfill(2)
    if part == "00" and named.get("part") is None:
        return None
    return OrderForm(prefix, body, f"-{part}", found.start("body") - length, found.end())


def _ends_a_sentence(before: str, prefix: str) -> bool:
    """Return whether a small prefix is rather the last word of what is said: "here you go-1509750516095-01"."""
    word = _WORD_BEFORE.search(before[-24:])
    is_in_a_sentence = word is not None and word[1].lower() not in ORDER
    return is_in_a_sentence and _SPOKEN.fullmatch(prefix) is not None


def _next_parts(first: OrderForm, text: str) -> Iterator[OrderForm]:
    """Give the further parts that are said of a purchase: "-01 y -02"."""
    end = first.end
    while (found := _NEXT_PART.match(text, end)) is not None:
        start = found.start("part") - (text[found.start("part") - 1] == "-")
        yield replace(first, part=f"-{found['part']}", start=start, end=found.end())
        end = found.end()


def _bare(found: re.Match[str]) -> OrderForm:
    prefix, length = _prefix(found["prefix"] or "")
    return OrderForm(prefix, found["body"], "", found.start("body") - length, found.end())


def _prefix(typed: str, *, keeps_signs: bool = False) -> tuple[str, int]:
    """Give a seller's prefix with its dashes, and how many typed signs it takes."""
    kept, length = "", 0
    for one in reversed([found[0] for found in _SEGMENTS.finditer(typed)]):
        word = re.split(r"[\s._-]", one, maxsplit=1)[0]
        if not is_a_prefix_word(word, dashed=one[len(word) :]):
            break
        sign = one[len(word) :].strip() or "-"
        kept, length = f"{word}{sign if keeps_signs else '-'}{kept}", length + len(one)
    return kept, length


def _joined(body: str) -> str:
    return re.sub(r"[\s.-]", "", body)
