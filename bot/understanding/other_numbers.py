"""Tell the numbers that are not orders, whether one is given or a text: cards, keys, phones, tax numbers, postcodes.

Such a number is neither looked up nor stored nor shown: it is personal, and was pasted by mistake.
"""

import re
from collections.abc import Iterator

from bot.understanding.check_digits import is_cpf, is_iban
from bot.understanding.label_words import ORDER, OTHER
from bot.understanding.labels import Labels
from bot.understanding.normalising import normalised, plain
from bot.understanding.order_forms import WHOLE, form_of
from bot.understanding.other_forms import HARMLESS, MOST_DIGITS, SHORTEST_GROUPED, is_card, others_in

LONGEST_ORDER = 80  # signs, as the contract says
LEAST_LABELLED = 5
LEAST_PERSONAL = 4  # digits of a word that says something of a person: of a postcode, at least
_OTHER_WORDS = frozenset(word for words in OTHER.values() for word in words).difference(ORDER)
_ONLY_DIGITS = re.compile(r"[0-9][0-9.\s/()-]*")
# digits and dashes that may be an order all the same: with a part, or with an unfinished one
_WITH_A_PART = re.compile(r"[0-9]{4,20}-[0-9]{2}|[0-9]{13}-[0-9]{1,3}")
_PART = re.compile(r"-[0-9]{2}\Z")
_RUN = re.compile(r"[0-9](?:[ ._/-]{0,2}[0-9])*")
_GROWN = re.compile(r"([^\W\d_]+)[-_.]?([0-9][0-9.-]*)")
_NAMES_WITH_DIGITS = re.compile(r"(?:ean|gtin|upc|dun)[- ]?(?:8|1[2-4])")
_LONG_DIGITS = re.compile(r"(?<![0-9])[0-9]{9,}(?![0-9])")
_SOME_DIGITS = re.compile(r"[0-9]{3,}\S*")


def is_never_an_order(number: str) -> bool:
    """Is this plainly something else: a card, a key, a tax number, a postcode, a carrier's code?

    An order's number stays one even if its digits pass a card's check.
    """
    word = normalised(number).strip().strip("#*")
    if form_of(word) is not None or _WITH_A_PART.fullmatch(word):
        return is_tax_number_or_card(word)
    if _ONLY_DIGITS.fullmatch(word):
        return not word.isdigit() or _holds_a_card_or_key(word)
    covered = any(one.span == (0, len(word)) for one in others_in(plain(word)))
    return covered or is_iban(word) or _is_labelled(word) or _holds_a_card_or_key(word)


def without_other_numbers(text: str) -> str:
    """Give the text as it is, unless it holds a number that must not be kept: then without it."""
    whole = normalised(text)
    hidden = other_places(whole)
    if not hidden:
        return text
    return " ".join("".join(sign for place, sign in enumerate(whole) if place not in hidden).split())


def other_places(whole: str) -> set[int]:
    """Give the places of the numbers that must not be kept, in a text that is `normalised`."""
    said = plain(whole)
    is_other = bytearray(len(whole))
    for start, end in _personal(whole, said):  # they may overlap a thousand times
        is_other[start:end] = bytes([1]) * (end - start)
    return {place for place, other in enumerate(is_other) if other}


def _personal(whole: str, said: str) -> Iterator[tuple[int, int]]:
    labels = Labels(said)
    for one in others_in(said):
        is_short = sum(map(str.isdigit, said[one.start : one.end])) < SHORTEST_GROUPED
        if one.kind in HARMLESS or (is_short and one.kind == "grouped") or _has_a_form(whole, *one.span):
            continue
        yield one.span
    for found in re.finditer(r"\S+", whole):
        word = found[0].strip(".,;:!?()")
        if sum(map(str.isdigit, word)) < LEAST_PERSONAL:
            continue
        is_short = sum(map(str.isdigit, word)) < SHORTEST_GROUPED and _ONLY_DIGITS.fullmatch(word) is not None
        is_harmless = is_short or any(one.kind in HARMLESS for one in others_in(plain(word)))
        if not is_harmless and is_never_an_order(word):
            yield found.span()
    yield from (one.span() for one in _LONG_DIGITS.finditer(whole) if len(one[0]) != WHOLE)
    for found in _SOME_DIGITS.finditer(whole):
        before, behind = labels.before(found.start()), labels.behind(found.end())
        label = before if before is not None and before.is_close else behind
        if label is not None and not label.is_order and label.kind not in ("sum", "time"):
            yield found.span()


def _has_a_form(whole: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_ORDER and form_of(whole[start:end]) is not None


def is_tax_number_or_card(word: str) -> bool:
    """With its expiry a card may look like a number and its part; of thirteen digits that is the form of an order."""
    digits = re.search(r"[0-9]+(?=-[0-9]{2}\Z)", word)
    return is_cpf(word.replace("-", "")) or (digits is not None and is_card(digits[0]))


def _holds_a_card_or_key(word: str) -> bool:
    """Digits that go on through dots and dashes; what has a part ("-01") at its end is no card."""
    has_a_part = _PART.search(word) is not None
    runs = [re.findall("[0-9]+", run) for run in _RUN.findall(word)]
    if any(sum(map(len, groups)) > MOST_DIGITS for groups in runs):
        return True
    return not has_a_part and any(is_card("".join(some)) for groups in runs for some in _slices(groups))


def _slices(groups: list[str]) -> Iterator[list[str]]:
    return (groups[start:end] for start in range(len(groups)) for end in range(start + 1, len(groups) + 1))


def _is_labelled(word: str) -> bool:
    """ "cpf12345678909", "tel-5551234": the word has grown onto its number; or "EAN-13", the word itself."""
    small = plain(word)
    if _NAMES_WITH_DIGITS.fullmatch(small):
        return True
    found = _GROWN.fullmatch(small)
    return found is not None and found[1] in _OTHER_WORDS and len(re.sub(r"\D", "", found[2])) >= LEAST_LABELLED
