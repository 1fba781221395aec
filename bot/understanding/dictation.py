"""Write down dictated numbers: "one five zero … dash zero one", "uno cinco … guion cero uno", "v de vaca 527103"."""

import re
from collections.abc import Iterator

from bot.understanding.normalising import Normalised, plain
from bot.understanding.number_words import DASHES, DIGITS, NO_PREFIXES, PARTS, REPEATS, TEENS, TENS, one_of

LEAST_SAID = 5  # digits that are said one after the other: fewer are ordinary words
SHORTEST_WHOLE = 8  # signs of what may have a part
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"
_WORDS = {**DIGITS, **TEENS, **TENS}
_ANY_WORD = re.compile(rf"{_BEGINS}(?:{one_of(_WORDS)}){_ENDS}")
_SAID = rf"(?:{one_of([*_WORDS, *REPEATS])}|[0-9]+|o){_ENDS}"
_RUN = re.compile(rf"{_BEGINS}{_SAID}(?:(?:[ \t]?[,.-][ \t]?|[ \t]{{1,2}})(?:(?:y|e|and)[ \t])?{_SAID})+")
_DASH = re.compile(
    rf"(?<![a-z0-9])(?P<left>[a-z0-9]+)[ \t,]{{1,3}}(?P<said>{one_of(DASHES)})[ \t,]{{1,3}}(?={_SAID}|[0-9]|v[0-9 ])"
)
_SURELY_A_DASH = frozenset({"dash", "hyphen", "guion", "traco", "hifen", "tracinho"})
_DIGIT = rf"(?:{one_of(DIGITS)}|[0-9])"
_PART = re.compile(
    rf"(?<![a-z0-9])(?P<left>[a-z0-9]+)(?:[ \t]{{0,2}}-[ \t]{{0,2}}|[ \t]+(?:{one_of(PARTS)})[ \t]+)"
    rf"(?P<part>{_DIGIT}(?:[ \t]{_DIGIT})?){_ENDS}(?![ \t]{_DIGIT}{_ENDS})"
)
_V = re.compile(
    rf"{_BEGINS}(?:v|uve|ve)[ ](?:(?:de|as in|for|corta|como em|como en)[ ])?(?:[a-z]{{2,12}}[ ])?"
    r"(?P<digits>[0-9]{3,12})[ ]?(?P<letters>[a-z]{2,30})(?=[ ]{0,2}-)"
)
_ANYTHING = re.compile(rf"{_BEGINS}(?:{one_of([*DASHES, *PARTS, *_WORDS, 'v'])}){_ENDS}")
_TOKEN = re.compile(r"[a-z]+|[0-9]+|-")
_Spans = Iterator[tuple[int, int, str]]


def written_down(whole: Normalised) -> Normalised:
    """Give the text with digits for the numbers that it says in words, and signs for the dashes that it says."""
    if not _ANYTHING.search(plain(whole.text)):
        return whole
    whole = whole.replaced(_dashes(plain(whole.text)))
    if _ANY_WORD.search(plain(whole.text)):
        whole = whole.replaced(_numbers(plain(whole.text)))
    said = plain(whole.text)
    whole = whole.replaced((*found.span(), f"v{found['digits']}{found['letters']}") for found in _V.finditer(said))
    return whole.replaced(_parts(plain(whole.text)))


def _dashes(said: str) -> _Spans:
    for found in _DASH.finditer(said):
        left = found["left"]
        is_a_piece = left in _WORDS or any(map(str.isdigit, left))
        is_a_prefix = found["said"].split()[0] in _SURELY_A_DASH and left not in NO_PREFIXES
        if is_a_piece or is_a_prefix:
            yield found.end("left"), found.end(), "-"


def _numbers(said: str) -> _Spans:
    for found in _RUN.finditer(said):
        if len(_ANY_WORD.findall(found[0])) >= LEAST_SAID:
            yield *found.span(), _digits(_TOKEN.findall(found[0]))


def _digits(tokens: list[str]) -> str:
    """Join what is said: "double five" is 55, "seventy five" is 75."""
    written, repeat, tens = "", 1, False
    for said in tokens:
        if said in REPEATS:
            repeat = REPEATS[said]
            continue
        digit = "0" if said == "o" else _WORDS.get(said, said)
        if tens and said in DIGITS and digit != "0":
            written = written[:-1]
        if said not in ("y", "e", "and"):
            written += (f"{digit}0" if said in TENS else digit) * repeat
            repeat, tens = 1, said in TENS
    return written


def _parts(said: str) -> _Spans:
    """Find the part in words behind a whole number: "… dash zero two", "… parte 2"."""
    for found in _PART.finditer(said):
        has_digits = any(map(str.isdigit, found["left"]))
        if (has_digits and len(found["left"]) >= SHORTEST_WHOLE and not found["part"].isdigit()) or " part" in found[0]:
            yield found.end("left"), found.end(), "-" + _digits(_TOKEN.findall(found["part"])).zfill(2)
