"""Recognise numbers that are not orders: cards, keys of invoices, phones, tax numbers, postcodes. Pure.

Such a number is neither looked up nor stored nor shown: it is personal, and was pasted by mistake.
"""

import re
from collections.abc import Iterator

from bot.understanding import number_words
from bot.understanding.number_shapes import WHOLE, normalised, plain, shape_of
from bot.understanding.number_words import all_of, one_of

SHORTEST_CARD, LONGEST_CARD = 13, 19  # the digits of the longest card; what has more than 20 is a key
MOST_DIGITS = 20
LONGEST_ORDER = 80  # signs, as the contract says
REACH = 100  # signs before a number that may belong to it
SHORTEST_GROUPED = 8  # digits of a phone or a postcode that are written in groups
CARDS_GROUP = 4  # digits of the first group of a card, and of all of a key's
LEAST_LABELLED = 5
_OTHER = all_of(*number_words.OTHER.values())
_ORDER = all_of(number_words.ORDER)
_NUMBER = all_of(number_words.NUMBER_WORDS)
_COPULA = all_of(number_words.COPULAS)
_DETERMINER = all_of(number_words.DETERMINERS)
_WHICH = _NUMBER | _DETERMINER | all_of(number_words.ADJECTIVES) | {"de", "of", "do"}
_FILLER = _NUMBER | _COPULA | all_of(number_words.FILLERS, number_words.ADJECTIVES)

_GAP = r"[\s.,:=#°*()\[\]'\"/>|_+-]"
# possessive: what a text repeats a hundred times must not be tried in a million ways
_WORDS_BETWEEN = r"(?:{gap}++(?:{words})(?![a-z0-9]))*+{gap}*+"
_WHOSE = rf"(?:de|del|do|da|of)[ \t]+(?:(?:{one_of(_DETERMINER)})[ \t]+)?[a-z]{{3,}}"  # "cel de Juan"
_BETWEEN = _WORDS_BETWEEN.format(gap=_GAP.replace(",", ""), words=rf"{_WHOSE}|{one_of(_FILLER)}")


def _labels(words: str, between: str, behind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a label that stands before a number, and of one behind it."""
    before = rf"(?<![a-z0-9])(?:{words})(?![a-z0-9]){between}\Z|wa\.me/\Z"
    after = rf"[ \t]*(?:{behind})(?![a-z0-9])(?!{_BETWEEN}[0-9\0])"
    return re.compile(before), re.compile(after)


_IS = rf"(?:{one_of(_COPULA)})[ \t]+"
_LABELS = _labels(
    one_of(_OTHER), _BETWEEN, rf"(?:[(\[-]|{_IS})[ \t]*(?:(?:{one_of(_WHICH)})[ \t]+){{0,4}}(?:{one_of(_OTHER)})"
)
# "factura de 1509750516095-01", "1509750516095-01 e o telefone?": what belongs to the order, or comes beside it
_OWN = _NUMBER | _COPULA | all_of(number_words.ADJECTIVES, number_words.POSSESSIVES)
_STRONG_LABELS = _labels(
    one_of(all_of(*(words for kind, words in number_words.OTHER.items() if kind not in number_words.WEAK))),
    _WORDS_BETWEEN.format(gap=_GAP.replace(",", ""), words=one_of(_OWN)),
    rf"(?:[(\[][ \t]*|{_IS}(?:(?:{one_of(all_of(number_words.POSSESSIVES))})[ \t]+))"
    rf"(?:(?:{one_of(_WHICH)})[ \t]+){{0,3}}(?:{one_of(all_of(number_words.NOUNS_BEHIND))})",
)
_NOUN_BEHIND = re.compile(
    rf"[ \t]*(?:[ \t,]|\n)[ \t]*(?:(?:{one_of(_WHICH)})[ \t]+){{0,3}}(?:{one_of(all_of(number_words.NOUNS_BEHIND))})"
    rf"[ \t]*(?:[.,;!?)\n]|\Z)(?!{_BETWEEN}[0-9\0])"
)
_CALLED_BEFORE = re.compile(
    rf"(?<![a-z0-9])(?:{one_of(_ORDER)})(?![a-z0-9])"
    rf"{_WORDS_BETWEEN.format(gap=_GAP.replace(',', ''), words=one_of(_NUMBER))}\Z"
)
_ASKED_BEFORE = re.compile(
    rf"(?<![a-z0-9])(?:{one_of(all_of(number_words.ASKING))})(?![a-z0-9])"
    rf"{_WORDS_BETWEEN.format(gap=_GAP, words=one_of(_NUMBER))}\Z"
)
_QUANTITY = re.compile(rf"[ \t]?(?:{one_of(number_words.UNITS)})(?![a-z0-9])")
_SAID_TO_BE = re.compile(
    rf"(?<![a-z0-9])(?:{one_of(_ORDER)})(?:[ \t]+[^\W\d_]+){{0,5}}?[ \t]*(?:[ \t](?:{one_of(_COPULA | _NUMBER)})|[:#°])"
    rf"{_WORDS_BETWEEN.format(gap=_GAP, words=one_of(_NUMBER))}\Z"
)
_CALLED_AFTER = re.compile(
    rf"[ \t]+(?:{one_of(_COPULA)})[ \t]+(?:(?:{one_of(_DETERMINER)})[ \t]+)?(?:{one_of(_ORDER)})(?![a-z])"
)
_ANY_OTHER = re.compile(rf"(?<![a-z0-9])(?:{one_of(_OTHER)})(?![a-z0-9])")

_FORMS = re.compile(
    r"""
      [a-z]{2}[0-9]{9}[a-z]{2}                                        # a carrier's code (UPU S10)
    | 1z[0-9a-z]{16}                                                  # another carrier's
    | [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} | [0-9a-f]{20,}     # a UUID, a hash
    | [a-zñ&]{3,4}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9a-z]{3}|[a-z]{6}[0-9a-z]{2})  # RFC, CURP
    | [a-uw-z][0-9]{4}[a-z]{3}                                        # a postcode of Argentina
    | [0-9]{1,2}(?:h[0-9]{0,2}|[ap]m)                                 # a time
    | [0-9]{1,6}(?:kg|gr?|mg|ml|lt?|cm|mm)                            # a quantity
    | [0-9]{7,8}-[0-9k] | [0-9]{1,2}(?:\.[0-9]{3}){2}-?[0-9k]?        # RUT, DNI
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ONLY_DIGITS = re.compile(r"[0-9][0-9.\s/()-]*")
# digits and dashes that may be an order all the same: with a part, or with an unfinished one
_WITH_A_PART = re.compile(r"[0-9]{4,20}-[0-9]{2}|[0-9]{13}-[0-9]{1,3}")
_RUN = re.compile(r"[0-9](?:[ ._/-]{0,2}[0-9])*")
_PART = re.compile(r"-[0-9]{2}\Z")
_GROWN = re.compile(r"([^\W\d_]+)[-_.]?([0-9][0-9.-]*)")
# digits in groups, as phones and tax numbers are written
_GROUPS = re.compile(r"(?<![A-Za-z0-9])(?<![A-Za-z][-._])\+?\(?[0-9]+(?:[ \t()./-]{1,3}[0-9]+)+")
# and as nobody writes but in cards and keys: whatever parts the groups, also a break of the line
_LOOSE = re.compile(r"(?<![0-9])[0-9]++(?:[^A-Za-z0-9\0]{1,3}[0-9]++)+")
_GROUP = re.compile(r"[0-9]+")
_DATE = re.compile(
    r"(?<![0-9./-])(?:[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{4}([./-])[0-9]{1,2}\2[0-9]{1,2})(?![0-9./-])"
)
_PHONE_OR_LAST_DIGITS = re.compile(
    r"\+[0-9]{7,}|(?<![*•·])[*•·]{2}[ *•·-]*+[0-9]{2,4}(?![0-9])|(?<![a-z0-9])x{3,}[ -]?[0-9]{4}"
)
_NAMES_WITH_DIGITS = re.compile(r"\b(ean|gtin|upc|dun)[- ]?(?:8|1[2-4])\b")
_IBAN_IN_GROUPS = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?:[ -][A-Z]{4})?(?:[ -][0-9]{4}){3,7}(?:[ -][0-9]{1,3})?(?![A-Z0-9])", re.IGNORECASE
)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", re.IGNORECASE)


def is_never_an_order(number: str) -> bool:
    """Is this plainly something else: a card, a key, a tax number, a postcode, a carrier's code?

    An order's number stays one even if its digits pass a card's check.
    """
    word = normalised(number).strip().strip("#*")
    if shape_of(word) is not None or _WITH_A_PART.fullmatch(word):
        return _is_cpf(word) or _is_card_with_expiry(word)
    if _ONLY_DIGITS.fullmatch(word):
        return not word.isdigit() or _holds_a_card_or_key(word)
    return _FORMS.fullmatch(word) is not None or _is_iban(word) or _is_labelled(word) or _holds_a_card_or_key(word)


def calls_it_other(text: str, start: int, end: int, *, though_shaped: bool = False) -> bool:
    """Return whether a word beside the number calls it a phone, a card …; `text` is in small letters, without accents.

    Where all of an order's shape is there (`though_shaped`), a sum, a date or the line before it says nothing.
    """
    before = _before(text, start)
    if though_shaped:
        before = before if text[:start].rpartition("\n")[2].strip(" \t-*>#(") else ""
    if _CALLED_BEFORE.search(before):
        return False
    label_before, label_after = _STRONG_LABELS if though_shaped else _LABELS
    if not though_shaped and _NOUN_BEHIND.match(text, end):
        return True
    return label_before.search(before) is not None or label_after.match(text, end) is not None


def calls_it_an_order(text: str, start: int, end: int) -> bool:
    """Return whether a word beside the number calls it an order; `text` is lower case, without accents."""
    before = _before(text, start)
    if text[start:end].isdigit() and _QUANTITY.match(text, end):
        return False
    if _CALLED_BEFORE.search(before):
        return not (end - start > 8 and _ANY_OTHER.search(before))
    said = _SAID_TO_BE.search(before) is not None and not _ANY_OTHER.search(before)
    return said or _CALLED_AFTER.match(text, end) is not None


def is_asked_for(text: str, start: int) -> bool:
    """Return whether the text asks, right before the word, where it is or how it stands."""
    return _ASKED_BEFORE.search(_before(text, start)) is not None


def grouped_in(text: str) -> list[tuple[int, int]]:
    """Give where digits stand in groups that are something else's: too many for a quantity behind a number."""
    close = [found.span() for found in _GROUPS.finditer(text) if _are_groups(_GROUP.findall(found[0]))]
    loose = [
        span for found in _LOOSE.finditer(text) for span in _cards_and_keys(list(_GROUP.finditer(text, *found.span())))
    ]
    return [*close, *loose, *(found.span() for found in _IBAN_IN_GROUPS.finditer(text))]


def _are_groups(groups: list[str]) -> bool:
    whole, longest_later = "".join(groups), max(map(len, groups[1:]))
    if len(whole) < SHORTEST_GROUPED or (len(groups[0]) >= 6 and longest_later <= 2):
        return False
    is_a_list = min(map(len, groups)) >= 6  # numbers side by side
    return not is_a_list or _is_card(whole)


def _cards_and_keys(groups: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Of groups that anything may part only what is surely one number: else they may be a list of numbers."""
    fours = 0
    for first, begins in enumerate(groups):
        if len(begins[0]) != CARDS_GROUP:
            fours = 0
            continue
        fours += 1
        if fours * CARDS_GROUP > MOST_DIGITS:
            yield groups[first + 1 - fours].start(), begins.end()
        for last in range(first + 2, min(first + 5, len(groups))):
            some = [one[0] for one in groups[first : last + 1]]
            if all(CARDS_GROUP <= len(one) <= 6 for one in some[:-1]) and _is_card("".join(some)):
                yield begins.start(), groups[last].end()


def without_other_numbers(text: str) -> str:
    """Give the text as it is, unless it holds a number that must not be kept: then without it."""
    whole = normalised(text)
    hidden = other_places(whole)
    if not hidden:
        return text
    return " ".join("".join(sign for place, sign in enumerate(whole) if place not in hidden).split())


def other_places(whole: str) -> set[int]:
    """Give the places of the numbers that must not be kept, in a text that is `normalised`."""
    words = plain(whole)
    dateless = _DATE.sub(lambda date: "\0" * len(date[0]), whole)
    spans = [span for span in grouped_in(dateless) if not _has_a_shape(whole, *span)]
    spans += [one.span() for one in re.finditer(r"\S+", whole) if _must_not_be_kept(one[0].strip(".,;:!?()"))]
    spans += [one.span() for one in re.finditer(r"[0-9]{9,}", whole) if len(one[0]) != WHOLE]
    spans += [one.span() for one in _PHONE_OR_LAST_DIGITS.finditer(whole)]
    spans += [one.span() for one in re.finditer(r"[0-9]{3,}\S*", whole) if calls_it_other(words, *one.span())]
    is_other = bytearray(len(whole))
    for start, end in spans:  # they may overlap a thousand times
        is_other[start:end] = bytes([1]) * (end - start)
    return {place for place, other in enumerate(is_other) if other}


def _has_a_shape(whole: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_ORDER and shape_of(whole[start:end]) is not None


def _must_not_be_kept(word: str) -> bool:
    """Dates and sums are no orders either, and harmless."""
    is_short = sum(sign.isdigit() for sign in word) < SHORTEST_GROUPED or _DATE.fullmatch(word)
    return is_never_an_order(word) and not (is_short and _ONLY_DIGITS.fullmatch(word))


def passes_card_check(digits: str) -> bool:
    """Luhn's check."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _before(text: str, start: int) -> str:
    """Return what stands before a number and may belong to it: its line, and the one before if that ends in a label."""
    before = _NAMES_WITH_DIGITS.sub(r"\1", text[max(0, start - REACH) : start])
    before = re.split(r"[0-9\0!?]|(?<=[a-z]{5})\.\s", before)[-1]
    line, newline, last = before.rpartition("\n")
    if newline and not last.strip(" \t-*>#("):
        return f"{line.rpartition(chr(10))[2].strip()} "
    return last


def _holds_a_card_or_key(word: str) -> bool:
    """Digits that go on through dots and dashes; what has a part ("-01") at its end is no card."""
    has_a_part = _PART.search(word) is not None
    runs = [re.findall("[0-9]+", run) for run in _RUN.findall(word)]
    if any(sum(map(len, groups)) > MOST_DIGITS for groups in runs):
        return True
    return not has_a_part and any(_is_card("".join(some)) for groups in runs for some in _slices(groups))


def _slices(groups: list[str]) -> Iterator[list[str]]:
    return (groups[start:end] for start in range(len(groups)) for end in range(start + 1, len(groups) + 1))


def _is_card(digits: str) -> bool:
    """Thirteen digits are the form of an order without its part: only a word beside them makes them a card."""
    return SHORTEST_CARD < len(digits) <= LONGEST_CARD and passes_card_check(digits)


def _is_card_with_expiry(word: str) -> bool:
    """Digits and two more: of thirteen digits that is the form of an order."""
    digits = re.search(r"[0-9]+(?=-[0-9]{2}\Z)", word)
    return digits is not None and _is_card(digits[0])


def _is_labelled(word: str) -> bool:
    """ "cpf12345678909", "tel-5551234": the word has grown onto its number; or "EAN-13", the word itself."""
    if _NAMES_WITH_DIGITS.fullmatch(plain(word)):
        return True
    found = _GROWN.fullmatch(word)
    return found is not None and plain(found[1]) in _OTHER and len(re.sub(r"\D", "", found[2])) >= LEAST_LABELLED


def _is_cpf(word: str) -> bool:
    found = re.fullmatch(r"([0-9]{9})-([0-9]{2})", word)
    return found is not None and found[2] == _cpf_check(found[1])


def _cpf_check(digits: str) -> str:
    for _ in range(2):
        rest = (
            sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) % 11
        )
        digits += str(0 if rest < 2 else 11 - rest)
    return digits[-2:]


def _is_iban(word: str) -> bool:
    compact = re.sub(r"[\s-]", "", word)
    if not _IBAN.fullmatch(compact):
        return False
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1
