"""Find the order numbers in what a person typed, and the order ids that each may mean. Pure.

What a shopper holds often differs from Pick and Pack's id: no suffix, no seller's prefix, a `#`, another case, a
typographic dash, a pasted link, blanks or dots between its digits, a word grown onto its front. And beside it stand
phones, cards and tax numbers, which are nobody's business: `other_numbers` knows them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from bot.understanding.found import Found, Link
from bot.understanding.number_shapes import Shaped, bare_in, blanked, in_groups, normalised, plain, shape_of, shaped_in
from bot.understanding.number_words import ORDER_IN_LINKS, PRODUCT_IN_LINKS
from bot.understanding.other_numbers import (
    calls_it_an_order,
    calls_it_other,
    grouped_in,
    is_asked_for,
    is_never_an_order,
)

__all__ = [
    "Found",
    "Link",
    "candidates",
    "find",
    "find_number",
    "find_numbers",
    "is_never_an_order",
    "is_number",
    "leading_number",
    "order_arguments",
]

LONGEST = 80
LONGEST_TEXT = 6000
LONGEST_PAYLOAD = 22  # a start payload that is longer may be signed
MOST_CANDIDATES = 8
MOST_NUMBERS = 50
MOST_GROUPS = 14
MOST_DIGITS = 9
_WORD = re.compile(r"[A-Za-z0-9\-_.#]{1,80}\Z")
# "pedido:150", "N°150", "order#150", "No.150": a word before the number that no blank parts from it
_GROWN = re.compile(r"\A(?:[^\W\d_]*[:=°]+#?|[^\W\d_]+#|(?:n|no|nr|nro|num)\.°?)(?=[^\W_])", re.IGNORECASE)
_AROUND = ".,;:!?()[]{}<>\"'“”‘’«»„*`…¿¡_|~\0"
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:[,;&+/\n]|\b(?:and|y|e)\b)*\s*#?")
_SAME_LINE = re.compile(r"(?:[ \t,;&/]|\b(?:and|y|e)\b)*")
_SEQUENCE = re.compile(r"v[0-9]{3,14}[a-z]{2,30}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the contract's form, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def digits(self) -> int:
        return sum(sign.isdigit() for sign in self.text)

    @property
    def bare(self) -> str:
        return self.text.strip("#.")


def is_number(word: str) -> bool:
    """Is this one word of the contract's form: 1 to 80 of `A-Z a-z 0-9 - _ . #`, with a digit?"""
    return _WORD.match(word) is not None and any(sign.isdigit() for sign in word)


_PAYLOAD = re.compile(r"(?:t\.me/\w+\?start=|resolve\?domain=\w+&start=)(\w[\w-]{22,63})")


def find(text: str, links: Iterable[Link] = ()) -> Found:
    """Find the order numbers of a text and of the addresses that hide behind its words."""
    links = tuple(links)
    addresses = (text, *(link.url for link in links))
    payloads = tuple(dict.fromkeys(one for address in addresses for one in _PAYLOAD.findall(address)))
    texts = (_PAYLOAD.sub("", address) for address in addresses)
    return Found(tuple(dict.fromkeys(number for one in texts for number in find_numbers(one))), payloads=payloads)


def order_arguments(text: str) -> tuple[tuple[str, ...], str]:
    """Split what stands behind a command into order numbers and the words behind them, a label."""
    numbers = list[str]()
    while (found := leading_number(text))[0] is not None:
        numbers.append(str(found[0]))
        text = found[1]
        if shape_of(text.split(" ")[0]) is None:
            break
    return tuple(numbers), text


def find_number(text: str) -> str | None:
    """Return the order number in a text, or None: the first of `find_numbers`."""
    return next(iter(find_numbers(text)), None)


def find_numbers(text: str) -> tuple[str, ...]:
    """List the order numbers in a text, at most MOST_NUMBERS of them, in its order.

    Those of a known shape win over anything that is merely long; beside them only what the text calls an order counts.
    """
    text = normalised(text[:LONGEST_TEXT])[:LONGEST_TEXT]
    linked = [(link.start(), number) for link in _LINK.finditer(text) for number in _in_link(link[0])]
    said = _LINK.sub(lambda link: "\0" * len(link[0]), text)
    known, in_small = shaped_in(said), plain(said)
    shaped = [one for one in known if not _is_other(in_small, one)]
    rest = blanked(said, [one.span for one in known])
    bare = _bare_numbers(rest, shaped, certain=bool(shaped or linked))
    rest = blanked(rest, [one.span for one in bare])
    rest = blanked(rest, grouped_in(rest))
    found = [*linked, *((one.start, one.number) for one in (*shaped, *bare))]
    words = [one for one in _words(rest) if is_number(one.text) and not is_never_an_order(one.text)]
    found += [(one.start, one.text) for one in _called(rest, words)]
    if not found:
        found = [(one.start, one.text) for one in _alone(rest, words) or _telling(rest, words)]
    return tuple(dict.fromkeys(number for _, number in sorted(found)))[:MOST_NUMBERS]


def leading_number(text: str) -> tuple[str | None, str]:
    """Split off the order number that a text begins with, as behind a command, and what follows it.

    A text that begins with something else still holds one, maybe; then nothing follows.
    """
    words = [found.span() for found in re.finditer(r"\S+", text)][:MOST_GROUPS]
    for _, end in reversed([span for span in words if span[1] <= LONGEST]):
        whole = _whole(text[:end], text[end:])
        if whole is not None:
            return whole, text[end:].strip()
    if not words:
        return None, ""
    _, end = words[0]
    number = find_number(text[:end])
    if number is None or _goes_on(text[:end], text[end:]):
        return find_number(text), ""
    return number, text[end:].strip()


def candidates(number: str, prefixes: Iterable[str] = ()) -> tuple[str, ...]:
    """List the order ids that a number may mean, the likeliest first; none for what is plainly something else.

    Each costs a call: a prefix that was typed is kept and tried off, others are not tried beside it.
    """
    typed = normalised(number).strip().strip("#.").strip()
    if not typed or is_never_an_order(typed):
        return ()
    shape = _shape(typed)
    found = _of_word(typed, prefixes) if shape is None else _of_shape(shape, tuple(prefixes))
    return tuple(dict.fromkeys(found))[:MOST_CANDIDATES]


def _shape(typed: str) -> Shaped | None:
    """Return the shape of what was typed, also of the account's sequence numbers without their part."""
    whole = shape_of(typed)
    completed = shape_of(f"{typed}-01") if whole is None else None
    return replace(completed, part="") if completed is not None and not completed.body.isdigit() else whole


def _of_shape(shape: Shaped, prefixes: Sequence[str]) -> Iterator[str]:
    wholes = [f"{body}{shape.part or '-01'}" for body in _cases(shape.body)]
    known = next((one for one in prefixes if one.lower() == shape.prefix.lower()), None)
    before = known or shape.prefix.upper()
    for whole in wholes:
        yield f"{before}{whole}"
        yield whole
    if known is None and shape.prefix:
        yield f"{shape.prefix}{wholes[0]}"
    if not shape.part:
        yield shape.number
    if not shape.prefix:
        yield from (f"{prefix}{wholes[0]}" for prefix in prefixes)


def _cases(body: str) -> tuple[str, ...]:
    """Digits have one case; the account's letters behind a small `v` are typed (if not all large), small or large."""
    if body.isdigit():
        return (body,)
    typed, small, large = f"v{body[1:]}", body.lower(), f"v{body[1:].upper()}"
    return tuple(dict.fromkeys((typed, small, large) if body[0] == "v" else (small, typed, large)))


def _of_word(bare: str, prefixes: Iterable[str]) -> list[str]:
    whole = [bare] if re.search(r"-\d{2}\Z", bare) else [bare, f"{bare}-01"]
    found = [*whole, *(f"{prefix}{one}" for prefix in prefixes for one in whole if not one.startswith(prefix))]
    return [*found, *(variant for one in found for variant in (one.lower(), one.upper()))]


# ── in a text ────────────────────────────────────────────────────────────────


def _bare_numbers(rest: str, shaped: Sequence[Shaped], *, certain: bool) -> list[Shaped]:
    """Thirteen digits without a part: something else may have as many, so what is said beside them counts."""
    words = plain(rest)
    kept: list[Shaped] = []
    others: list[Shaped] = []
    for one in (*bare_in(rest), *_grouped(rest)):
        called = calls_it_an_order(words, one.start, one.end)
        if not called and (
            calls_it_other(words, one.start, one.end) or _continues(rest, one.start, others, _SAME_LINE)
        ):
            others.append(one)
        elif not any(one.body == other.body for other in shaped) and (
            called or not certain or _continues(rest, one.start, kept)
        ):
            kept.append(one)
    return kept


def _is_other(said: str, one: Shaped) -> bool:
    """Is it a card with its expiry, a phone behind its `+`, or what a word beside it calls something else?"""
    is_a_phone = (
        one.body.isdigit() and re.search(r"(?<![0-9a-z])\+\Z", said[max(0, one.start - 2) : one.start]) is not None
    )
    return is_a_phone or is_never_an_order(one.number) or calls_it_other(said, *one.span, though_shaped=True)


def _grouped(rest: str) -> Iterator[Shaped]:
    """Thirteen digits in groups, where nothing else is said or the text calls them an order: phones have groups too."""
    for one in in_groups(rest):
        alone = rest.strip(_AROUND + " #\n") == rest[slice(*one.span)]
        if alone or calls_it_an_order(plain(rest), *one.span):
            yield one


def _continues(
    rest: str, start: int, before: Sequence[Shaped] | Sequence[_Word], between: re.Pattern[str] = _LIST
) -> bool:
    """Return whether the number continues a list, behind one of those before it."""
    return any(one.end < start and between.fullmatch(rest, one.end, start) for one in before)


def _called(rest: str, words: Sequence[_Word]) -> list[_Word]:
    """List the words that the text calls an order."""
    said = plain(rest)
    kept: list[_Word] = []
    for one in words:
        same = [other for other in kept if one.bare.isdigit() and len(one.bare) == len(other.bare)]
        if _may_be_called(one) and (calls_it_an_order(said, one.start, one.end) or _continues(rest, one.start, same)):
            kept.append(one)
    return kept


def _may_be_called(word: _Word) -> bool:
    """In "order 2 pizzas", "pedido de 5kg", "order 2026" nothing is named; with more than MOST_DIGITS it is a phone."""
    if word.bare.isdigit():
        return word.text.startswith("#") or (4 <= word.digits <= MOST_DIGITS and not _YEAR.fullmatch(word.bare))
    return word.bare[:1].isalpha() or word.digits >= 4 or "-" in word.bare


def _alone(rest: str, words: Sequence[_Word]) -> list[_Word]:
    """List the words, if the text is nothing but one, or one a line; of digits alone as many as orders have."""
    lines = [line.strip() for line in rest.splitlines() if line.strip(_AROUND + " ")]
    if len(words) != len(lines) or any(len(line.split()) != 1 for line in lines):
        return []
    return [one for one in words if not one.bare.isdigit() or one.digits <= 8]


def _telling(rest: str, words: Sequence[_Word]) -> list[_Word]:
    """Return the words of a sentence that look like an order's number, or whose state is asked for, with most digits.

    Others are something else: quantities, postcodes, phones, passwords, models.
    """
    said = plain(rest)
    looks = [one for one in words if _looks_telling(one) or (one.bare[:1].isalpha() and is_asked_for(said, one.start))]
    looks = [one for one in looks if not calls_it_other(said, one.start, one.end)]
    most = max((one.digits for one in looks), default=0)
    return [one for one in looks if one.digits == most]


def _looks_telling(word: _Word) -> bool:
    """Sequence numbers without their part ("v527103anml"), and digits behind a sign that names a number."""
    if word.bare.isdigit():
        return word.text.startswith("#") and 5 <= word.digits <= 8
    return _SEQUENCE.fullmatch(word.bare) is not None


def _words(rest: str) -> Iterator[_Word]:
    """Return the words without what surrounds them or has grown onto them."""
    for found in list(re.finditer(r"\S+", rest))[:200]:
        word = _GROWN.sub("", found[0].strip(_AROUND)).strip(_AROUND)
        if word and "\0" not in word:
            start = found.start() + found[0].rindex(word)
            yield _Word(word, start, start + len(word))


def _whole(text: str, rest: str) -> str | None:
    """Return the number of a known shape that is all of the text; behind digits in groups no more may follow."""
    length, whole = len(normalised(text)), normalised(f"{text}{rest[:LONGEST]}")
    text = normalised(text).strip(_AROUND + " #")
    shape = shape_of(text)
    if shape is not None and shape.part and shape.number not in [one.number for one in shaped_in(whole)]:
        return None  # what follows makes a day or a quantity of its part
    if shape is None and not rest.strip()[:1].isdigit():
        shape = next((one for one in _grouped(text) if one.end - one.start == len(text)), None)
    if shape is None or is_never_an_order(shape.number) or calls_it_other(plain(whole), 0, length, though_shaped=True):
        return None
    return shape.number


def _goes_on(word: str, rest: str) -> bool:
    """Is the word but the first group of a card, a phone …, or called something else by what follows?"""
    first, whole = normalised(word), normalised(f"{word}{rest[:LONGEST]}")
    return calls_it_other(plain(whole), 0, len(first)) or any(a < len(first) < z for a, z in grouped_in(whole))


# ── in the address of a page ─────────────────────────────────────────────────


def _in_link(address: str) -> tuple[str, ...]:
    """List the orders that an address names: of a known shape anywhere, else what stands where orders stand."""
    host, _, page = unquote(address).split("://", 1)[-1].partition("/")
    shaped = [one.number for one in shaped_in(page)]
    if shaped or re.search(r"whatsapp|wa\.me", host, re.IGNORECASE):
        return tuple(shaped)
    path, _, query = page.partition("?")
    steps = [step.strip(_AROUND) for step in path.partition("#")[0].split("/")]
    named = [step for before, step in zip(["", *steps], steps, strict=False) if _is_named_in_path(before, step)]
    pairs = [one.partition("=")[::2] for one in re.split(r"[&#?]", query)]
    of_ours = host.lower() in {"t.me", "telegram.me"}
    return (*named, *(value for key, value in pairs if _is_named_in_query(key, value, of_ours=of_ours)))


def _is_named_in_path(before: str, step: str) -> bool:
    if not is_number(step) or is_never_an_order(step):
        return False
    return before.lower() in ORDER_IN_LINKS or (shape_of(step) is not None and before.lower() not in PRODUCT_IN_LINKS)


def _is_named_in_query(key: str, value: str, *, of_ours: bool) -> bool:
    """Return whether a key of the query names an order; digits alone do not say, as times have thirteen of them too."""
    if not is_number(value) or is_never_an_order(value):
        return False
    return key.lower() in ORDER_IN_LINKS or (key == "start" and of_ours and len(value) <= LONGEST_PAYLOAD)
