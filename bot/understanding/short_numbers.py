"""Judge what counts only alone, or where it is called an order: sequence numbers, and other words with digits."""

import re
from collections.abc import Sequence

from bot.understanding.considered import LIST, Considered, Verdict, names
from bot.understanding.label_words import ORDER_KIND
from bot.understanding.number_words import ASKING, COURTESY, UNITS, one_of
from bot.understanding.other_forms import looks_like_a_date
from bot.understanding.other_numbers import is_never_an_order

SHORTEST, LONGEST = 5, 8  # digits of a sequence number
_QUANTITY = re.compile(rf"[ \t]?(?:{one_of(UNITS)})(?![a-z0-9])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SHORT = re.compile(
    r"(?<![a-z0-9.,_+-])(?<![a-z]/)(?<![0-9][:=])#?(?P<digits>[0-9]{4,9})(?![a-z0-9_])"
    r"(?![.,:-][0-9a-z]|/(?![0-9]{5,8}(?![0-9/]))[0-9a-z]|[ ][0-9]{3,4}(?![0-9]))"
)
_IN_GROUPS = re.compile(
    r"(?<![a-z0-9.,_+#/:-])(?<![0-9] )(?P<digits>[0-9]{2,4}(?:[ ][0-9]{2,4}){1,3})"
    r"(?![a-z0-9_]|[ ]?[-.,:/][0-9]|[ ][0-9])"
)
_GROUP_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,4}(?:/|(?<=[0-9]{2}) )#?\Z")  # of a phone, or the like
_WORD = re.compile(r"(?<![a-z0-9_.#/@-])#?(?P<word>[a-z0-9](?:[a-z0-9_.-]{0,78}[a-z0-9])?)(?![a-z0-9_@-])")
# behind letters one digit, or a part: "BLACK-50" is a coupon
_OWN_FORM = re.compile(r"[a-z]{1,12}(?:-[a-z]+)*-[0-9]|[a-z]{1,12}[a-z0-9]*(?:-[a-z0-9]+)*-0[0-9]|[0-9]{4,10}-0[0-9]")
_MISCOUNTED = re.compile(r"[0-9]{10,}(?:-[0-9]+)?")  # nearly an order's form, and no order
_ASKED = re.compile(rf"(?<![a-z0-9])(?:{one_of(ASKING)})(?:[ ](?:el|la|o|a|my|mi|the))?[ :#]*\Z")
_REACH = 40  # signs of a question before its number
_GROWN = re.compile(r"(?:pedidos?|orden|order|compra|ordem|encomenda|nro|num|numero|n)(?P<digits>[0-9]{5,8})")
_BEFORE_SIGNED = COURTESY | frozenset(["and", "y", "e", "or", "ou", "", ":", "(", ",", ".", "!", "?", "-", "\n"])


def judge_short_numbers(considered: Considered) -> None:
    """Take the digits that are called an order, or stand alone, or in a list with such."""
    for one in _IN_GROUPS.finditer(considered.said):
        digits = one["digits"].replace(" ", "")
        is_counted = _QUANTITY.match(considered.said, one.end()) is not None
        if SHORTEST <= len(digits) <= LONGEST and not is_counted and names(considered.labels.before(one.start())):
            considered.take(Verdict(*one.span(), digits, True, "groups that are called an order"))
    found = [one for one in _SHORT.finditer(considered.said) if not _YEAR.fullmatch(one["digits"])]
    listed = bool(found) and considered.is_alone(*(one.span() for one in found))
    accepted: list[tuple[int, int]] = []
    for one in found:
        reason = _reason(considered, one, accepted, listed=listed)
        if reason is not None:
            accepted.append(one.span())
            considered.take(Verdict(*one.span(), one["digits"], True, reason))


def judge_words(considered: Considered) -> None:
    """Take the other words of the contract's form that are called an order, or ask for one of a shop's own."""
    for one in _WORD.finditer(considered.said):
        word = considered.text[slice(*one.span("word"))]
        if not any(map(str.isdigit, word)):
            continue
        grown = _GROWN.fullmatch(word.lower())
        reason = "grown onto a word for order" if grown is not None else _word_reason(considered, one, word)
        if reason is not None and not is_never_an_order(word):
            number = grown["digits"] if grown is not None else word
            considered.take(Verdict(one.end("word") - len(number), one.end("word"), number, True, reason))


def _reason(
    considered: Considered, one: re.Match[str], accepted: Sequence[tuple[int, int]], *, listed: bool
) -> str | None:
    start, end = one.span()
    is_group = _GROUP_BEFORE.search(considered.said, max(0, start - 8), start) is not None
    if is_group or _QUANTITY.match(considered.said, end):
        return None
    if considered.called_an_order(start, end):
        return "beside a word for order"
    if not SHORTEST <= len(one["digits"]) <= LONGEST or considered.called_other(start, end):
        return None
    if considered.follows(start, accepted[-1:], LIST):
        return "in a list with another"
    if listed and not looks_like_a_date(one["digits"]):
        return "alone"
    is_signed = one[0].startswith("#") and considered.labels.word_before(start) in _BEFORE_SIGNED
    return "behind a sign for number" if is_signed and not considered.is_certain else None


def _word_reason(considered: Considered, one: re.Match[str], word: str) -> str | None:
    start = one.start()
    if _OWN_FORM.fullmatch(word.lower()):
        is_asked = _ASKED.search(considered.said, max(0, start - _REACH), start) is not None
        if is_asked or considered.is_alone(one.span()):
            return "a number of a shop's own, and nothing else"
    if word.isdigit() or _MISCOUNTED.fullmatch(word):
        return None
    is_called = names(considered.labels.before(start)) or considered.labels.column(start) == ORDER_KIND
    digits = sum(map(str.isdigit, word))
    is_telling = digits >= 4 or "-" in word or (word[0].isalpha() and digits > 1)
    return "a word that is called an order" if is_called and is_telling else None
