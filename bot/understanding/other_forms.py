"""Recognise by its form what has digits and is no order: cards, keys, phones, tax numbers, dates, sums. Pure.

Each kind of form is a pattern, some with a check digit; the first that takes a place has it. What people must not have
kept of them (PERSONAL) is apart from what is merely no order (a date, a price).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.understanding.check_digits import is_cpf, is_iban, passes_bar_code_check, passes_card_check
from bot.understanding.number_words import CURRENCIES, MONTHS, UNITS, one_of

SHORTEST_CARD, LONGEST_CARD = 13, 19
MOST_DIGITS = 20  # what has more is a key
SHORTEST_GROUPED = 8  # digits of a phone or a postcode that are written in groups
CARDS_GROUP = 4
CARDS_GROUPS = re.compile(r"444[1-7]|46[45]|4444[1-3]|445")  # how many digits are in each
# times in milliseconds of 2023 to 2027 have as many digits as orders have
EARLIEST_TIME, LATEST_TIME = 1_672_531_200_000, 1_830_297_600_000

HARMLESS = frozenset({"date", "time", "sum", "quantity"})


@dataclass(frozen=True, slots=True)
class Other:
    """Something with digits that is no order, what it is, and where it stands."""

    kind: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def is_card(digits: str) -> bool:
    """Thirteen digits are the form of an order without its part: only a word beside them makes them a card."""
    return SHORTEST_CARD < len(digits) <= LONGEST_CARD and passes_card_check(digits)


def _are_groups(text: str) -> bool:
    """Digits in groups that are something else's: too many for a quantity behind a number, and no list of numbers."""
    groups = re.findall("[0-9]+", text)
    whole, longest_later = "".join(groups), max(map(len, groups[1:]), default=0)
    if len(whole) < SHORTEST_GROUPED or (len(groups[0]) >= 6 and longest_later <= 2):
        return False
    return min(map(len, groups)) < 5 or is_card(whole) or (len(groups) > 2 and len(whole) > MOST_DIGITS)


def _is_date(text: str) -> bool:
    numbers = [int(one) for one in re.findall("[0-9]+", text)]
    day_first, year_first = numbers, numbers[::-1]
    return any(1 <= a <= 31 and 1 <= b <= 31 for a, b, *_ in (day_first, year_first))


_B, _E = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_CURRENCY = one_of(CURRENCIES)
_MONTHS = one_of(word for word in MONTHS if len(word) > 2)
_Check = Callable[[str], bool]
_FORMS: tuple[tuple[str, str, _Check | None], ...] = (
    ("payment", rf"{_B}000201[0-9]{{4,}}\S*(?: \S*\*\*\*\S*)?", None),  # Pix, to copy
    ("code", rf"{_B}[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}{_E}", None),
    ("code", rf"{_B}(?=[a-f]*[0-9])[0-9a-f]{{20,}}(?<=[0-9a-f]{{20}}){_E}", lambda text: not text.isdigit()),
    ("code", rf"{_B}[a-z]-[0-9]{{6}}{_E}", None),  # "G-482913"
    ("account", rf"{_B}[a-z]{{2}}[0-9]{{2}}(?:[ -]?[a-z0-9]{{4}}){{2,7}}(?:[ -]?[a-z0-9]{{1,3}})?{_E}", is_iban),
    ("carrier", rf"{_B}[a-z]{{2}} ?[0-9]{{3}} ?[0-9]{{3}} ?[0-9]{{3}} ?[a-z]{{2}}{_E}", None),  # UPU S10
    ("carrier", rf"{_B}1z ?[0-9a-z]{{3}} ?[0-9a-z]{{3}} ?[0-9a-z]{{2}} ?[0-9a-z]{{4}} ?[0-9a-z]{{4}}{_E}", None),
    ("carrier", rf"{_B}(?:jd|jj|tba|lp|ly|sb)[0-9]{{9,20}}[a-z]{{0,2}}{_E}", None),
    (
        "identity",
        rf"{_B}[a-zñ&]{{3,4}}[ -]?[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ -]?"
        rf"(?:[0-9a-z]{{3}}|[a-z]{{6}}[0-9a-z]{{2}}){_E}",
        None,
    ),  # RFC, CURP
    ("identity", rf"{_B}[a-z]{{6}}[0-9]{{2}}[a-z][0-9]{{2}}[a-z][0-9]{{3}}[a-z]{_E}", None),  # codice fiscale
    ("place", rf"{_B}[a-uw-z][0-9]{{4}}[a-z]{{3}}{_E}", None),  # a postcode of Argentina
    ("vehicle", rf"{_B}(?:[a-z]{{3}}[0-9][a-z][0-9]{{2}}|[a-z]{{2}} ?[0-9]{{3}} ?[a-z]{{2}}){_E}", None),
    (
        "date",
        rf"{_B}(?:[0-9]{{1,2}}([./-])[0-9]{{1,2}}\1[0-9]{{2,4}}|[0-9]{{4}}([./-])[0-9]{{1,2}}\2[0-9]{{1,2}})"
        r"(?:t[0-9:.]+z?)?(?![0-9/-])",
        _is_date,
    ),
    (
        "date",
        rf"{_B}[0-9]{{1,2}}(?:st|nd|rd|th)?(?: de| of)?[ .-]{{1,2}}(?:{_MONTHS})[a-z]*\.?"
        rf"(?:(?: de| del|,)?[ -](?:19|20)[0-9]{{2}})?{_E}",
        None,
    ),
    ("date", rf"{_B}(?:{_MONTHS})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)[0-9]{{2}})?{_E}", None),
    (
        "time",
        r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]\.?m\.?)?(?: ?[+-][0-9]{4})?(?![0-9])",
        None,
    ),
    ("time", rf"{_B}[0-9]{{1,2}}(?:h[0-9]{{0,2}}|[ap]m){_E}", None),
    ("sum", rf"(?:(?<![a-z0-9])|(?<=[0-9]))(?:{_CURRENCY}) ?[0-9](?:[0-9.,']*[0-9])?(?![0-9])", None),
    ("sum", r"(?<![0-9.,])[0-9](?:[0-9.,']*[0-9])? ?(?:%|€|£|\$(?! ?[0-9]))", None),
    (
        "card",
        r"(?<![*•·])[*•·]{2}[ *•·-]*[0-9]{2,4}(?![0-9])|(?<![a-z0-9])x{3,}[ -]?[0-9]{4}"
        r"|[*•·][0-9]{4}(?![0-9*])",
        None,
    ),
    ("phone", r"(?<![a-z0-9])\+[ (]{0,2}[0-9](?:(?:[ ()-]{0,3}|\.)[0-9]){6,15}(?![0-9])", None),
    ("phone", r"(?<![a-z0-9])\([0-9]{2,5}\)[ -]{0,2}[0-9](?:(?:[ -]{0,2}|\.)[0-9]){5,9}(?![0-9])", None),
    (
        "identity",
        rf"{_B}[0-9]{{3}}\.?[0-9]{{3}}\.?[0-9]{{3}}-[0-9]{{2}}{_E}",
        lambda text: "." in text or is_cpf(_digits(text)),
    ),
    ("identity", rf"{_B}[0-9]{{2}}\.?[0-9]{{3}}\.?[0-9]{{3}}/[0-9]{{4}}-?[0-9]{{2}}{_E}", None),  # CNPJ
    ("identity", rf"{_B}(?:[0-9]{{2}}-[0-9]{{8}}-[0-9]|[0-9]{{3}}-[0-9]{{2}}-[0-9]{{4}}){_E}", None),  # CUIT, SSN
    (
        "identity",
        rf"{_B}[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,3}}-[0-9kx]{_E}|{_B}[0-9]{{7,9}}-[0-9k]{_E}",
        None,
    ),  # RUT, NIT, RG
    ("identity", rf"{_B}[0-9]{{1,2}}(?:\.[0-9]{{3}}){{2}}{_E}(?!,[0-9])", None),  # DNI
    ("invoice", rf"{_B}[0-9]{{3,5}}-[0-9]{{6,8}}(?:-[0-9])?{_E}", None),
    ("place", rf"{_B}[0-9]{{5}}-[0-9]{{3,4}}{_E}|{_B}[0-9]{{4}}-[0-9]{{3}}{_E}", None),  # CEP, ZIP+4
    (
        "place",
        rf"(?:#|\bno\.?|\bnro\.?) ?[0-9]{{1,3}} ?[a-z]? ?(?:bis)? ?- ?[0-9]{{1,3}}{_E}",
        None,
    ),  # "Calle 100 #15-20"
    ("place", r"(?<![0-9.])-?[0-9]{1,3}\.[0-9]{3,}\s?,\s?-?[0-9]{1,3}\.[0-9]{3,}(?![0-9])", None),  # where on earth
    ("sum", rf"(?<![0-9.,])[0-9]{{1,3}}(?:[.,'][0-9]{{3}})+(?:[.,][0-9]{{1,2}})?(?![0-9.,]*[0-9]){_E}", None),
    ("sum", rf"(?<![0-9.,_])[0-9]+[.,][0-9]{{1,2}}{_E}(?![.,][0-9])", None),
    (
        "quantity",
        rf"{_B}[0-9]{{1,6}}(?:[.,][0-9]+)? ?(?:{one_of(UNITS)}){_E}"
        rf"|{_B}[0-9]{{1,4}} ?[x*/] ?[0-9]{{1,4}}(?: ?[x*/] ?[0-9]{{1,4}})?{_E}",
        None,
    ),
    ("key", r"(?<![0-9a-z])[0-9](?:[ .\n-]{0,2}[0-9]){20,99}(?![0-9])", lambda text: not _is_a_list(text)),
    ("grouped", r"(?<![a-z0-9])(?<![a-z][-._])\(?[0-9]+(?:[ ()./-]{1,3}[0-9]+)+", _are_groups),
)
_COMPILED = tuple((kind, re.compile(pattern), check) for kind, pattern, check in _FORMS)
# and as nobody writes but cards and keys: whatever parts the groups, also a break of the line
_LOOSE = re.compile(r"(?<![0-9])[0-9]++(?:[^A-Za-z0-9\0]{1,3}[0-9]++)+")
_GROUP = re.compile(r"[0-9]+")


def _is_a_list(text: str) -> bool:
    """Numbers side by side, or one under the other, that each are long enough to be an order."""
    return all(5 <= len(group) <= SHORTEST_CARD for group in re.findall("[0-9]+", text)) and "." not in text


def others_in(said: str) -> list[Other]:
    """Give what is something else by its form, in a text in small letters; `\\0` stands for what is taken already."""
    if not any(map(str.isdigit, said)):
        return []
    signs, found = list(said), list[Other]()

    def take(kind: str, start: int, end: int) -> None:
        signs[start:end] = "\0" * (end - start)
        found.append(Other(kind, start, end))

    for start, end in _cards_and_keys(said):
        take("card", start, end)
    left, taken = "".join(signs), len(found)
    for kind, pattern, check in _COMPILED:
        if len(found) > taken:
            left, taken = "".join(signs), len(found)
        for one in pattern.finditer(left):
            if check is None or check(one[0]):
                take(kind, *one.span())
    return sorted(found, key=lambda one: one.start)


def _cards_and_keys(said: str) -> Iterator[tuple[int, int]]:
    """Of groups that anything may part only what is surely one number: else they may be a list of numbers."""
    for found in _LOOSE.finditer(said):
        yield from _in_groups(list(_GROUP.finditer(said, *found.span())))


def _in_groups(groups: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    fours = 0
    for first, begins in enumerate([*groups, None]):
        if begins is not None and len(begins[0]) == CARDS_GROUP:
            fours += 1
            yield from _cards_from(groups, first)
            continue
        if fours * CARDS_GROUP > MOST_DIGITS:
            yield groups[first - fours].start(), groups[first - 1].end()
        fours = 0


def _cards_from(groups: list[re.Match[str]], first: int) -> Iterator[tuple[int, int]]:
    for last in range(first + 2, min(first + 5, len(groups))):
        some = [one[0] for one in groups[first : last + 1]]
        if CARDS_GROUPS.fullmatch("".join(str(len(one)) for one in some)) and is_card("".join(some)):
            yield groups[first].start(), groups[last].end()


def looks_like_a_bar_code(digits: str) -> bool:
    """Return whether digits have the check of a product's bar code; those that begin with 1 are orders, mostly."""
    return len(digits) == 13 and digits[0] not in "12" and passes_bar_code_check(digits)


def looks_like_a_time(digits: str) -> bool:
    """Return whether thirteen digits are the milliseconds of some day in these years."""
    return len(digits) == 13 and EARLIEST_TIME <= int(digits) <= LATEST_TIME


def looks_like_a_phone(digits: str) -> bool:
    """Return whether thirteen digits have the form of a mobile phone of Brazil, Argentina or Mexico."""
    return re.fullmatch(r"55[1-9][1-9]9[0-9]{8}|549[1-9][0-9]{9}|521[1-9][0-9]{9}", digits) is not None


def looks_like_a_date(digits: str) -> bool:
    """Return whether eight digits are a day: 20261127, 27112026."""
    year, month, day = "20[12][0-9]", "(?:0[1-9]|1[0-2])", "(?:[0-2][0-9]|3[01])"
    return re.fullmatch(f"{year}{month}{day}|{day}{month}{year}", digits) is not None
