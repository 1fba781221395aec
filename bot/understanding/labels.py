"""Say what the words beside a number call it: a label before, behind or above it, or at the head of its column."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from bot.understanding.label_words import CUSTOMER_KIND, NOUNS_BEHIND, ORDER_KIND, PLURALS, WEAK, kinds
from bot.understanding.number_words import (
    ARTICLES,
    COPULAS,
    FILLERS,
    NUMBER_WORDS,
    NUMBERS_OWN,
    OF,
    POSSESSIVES,
    TAKING_BACK,
)
from bot.understanding.tables import Tables

MOST_STEPS = 16  # tokens before a number that may belong to it
MOST_UNKNOWN = 6
_LINKING = frozenset({"con", "com", "de", "of"})
UNKNOWN = "?"  # stands for a word that says nothing
_TOKEN = re.compile(
    r"(?P<line>\n)|(?P<number>\0+|[^\W_]*[0-9][^\W_]*)|(?P<word>[^\W\d_]+|[📞☎📱💳])|(?P<sign>[^\s\w]|_)"
)
# "c.p.f.": read as one word
_DOTTED = re.compile(r"(?<![^\W_])(?:[a-z]\.){2,6}[a-z]?(?![^\W_])")
_BAR_CODES = re.compile(r"(?<![^\W_])(ean|gtin|upc|dun)([- ]?(?:8|1[2-4]))(?![^\W_])")
_OPENING = frozenset("([<←=")
_THIS = frozenset({"this", "that", "este", "ese", "esse", "esta", "esto", "eso", "isso"})
_ANDS = frozenset({"and", "y", "e"})


@dataclass(frozen=True, slots=True)
class Label:
    """What a number is called: by which kind of word, and what stands between the two."""

    kind: str
    word: str
    unknown: int = 0  # words between that say nothing
    between: tuple[str, ...] = ()
    head: str | None = None  # of "código de retiro del pedido:" the code
    above: bool = False  # on the line before

    @property
    def is_order(self) -> bool:
        """Whether an order is what it is called, and not something of an order's."""
        return self.kind == ORDER_KIND and self.head is None

    @property
    def is_close(self) -> bool:
        """Whether nothing stands between but words that say which one, or whose it is."""
        return self.unknown == 0 or (self.unknown == 1 and not self.above and bool(OF & set(self.between)))

    @property
    def is_heading(self) -> bool:
        """Whether it stands above a list: "Pedidos de hoy:", "My orders of this week:"."""
        return self.above and self.word in PLURALS and self.is_order

    @property
    def is_own(self) -> bool:
        """Whether it is the label of this number, and not of what the number belongs to ("factura de …")."""
        return self.unknown == 0 and not self.above and OF.isdisjoint(self.between)

    @property
    def is_said(self) -> bool:
        """Whether "is" stands before the number: "the order that I placed yesterday is 70530116"."""
        return any(word in COPULAS for word in takewhile(lambda word: word != UNKNOWN, self.between))

    @property
    def is_direct(self) -> bool:
        """Whether nothing stands between but "number", "is" and the like."""
        with_what = not _LINKING.isdisjoint(self.between)  # "con código X", but not "compra con X"
        named = not with_what or not NUMBERS_OWN.isdisjoint(self.between)
        return named and self.unknown == 0 and (NUMBER_WORDS | _LINKING).issuperset(self.between)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _by_last(phrases: Iterable[tuple[str, str]], place: int) -> Mapping[str, list[tuple[list[str], str]]]:
    """Index the phrases by their last (-1) or first (0) word, the longest first."""
    found: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for phrase, kind in phrases:
        words = phrase.split()
        found[words[place]].append((words, kind))
    for same in found.values():
        same.sort(key=lambda one: -len(one[0]))
    return dict(found)


_ENDING, _BEGINNING = _by_last(kinds(), -1), _by_last(kinds(), 0)


class Labels:
    """The words of a text, in small letters; `\\0` stands for what is taken already, and more may be `taken`."""

    def __init__(self, said: str) -> None:
        self._said = _BAR_CODES.sub(lambda found: found[1] + " " * len(found[2]), _DOTTED.sub(_undotted, said))
        found = _TOKEN.finditer(self._said)
        self._tokens = [_Token(str(one.lastgroup), one[0], *one.span()) for one in found]
        self._ends = [token.end for token in self._tokens]
        self._starts = [token.start for token in self._tokens]
        self._tables = Tables(self._said)

    def take(self, start: int, end: int) -> None:
        """Let no word of this span be read any more: it belongs to a number."""
        for place in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            token = self._tokens[place]
            self._tokens[place] = _Token("number", "\0", token.start, token.end)

    def before(self, start: int) -> Label | None:
        """Return the nearest label before a number, on its line or the one above."""
        at = bisect_left(self._ends, start + 1) - 1
        between: list[str] = []
        unknown, above, said = 0, False, False
        for place in range(at, max(-1, at - MOST_STEPS), -1):
            token = self._tokens[place]
            if token.kind == "line":
                if between or unknown or above:
                    return None
                above = said = True
            elif (token.kind == "number" and not self._counts(place)) or (token.kind == "sign" and self._parts(place)):
                return None
            elif token.kind == "sign":
                said = said or token.text in ":="
            elif token.kind == "word":
                matched = self._ending(place)
                if matched is not None:
                    words, kind = matched
                    head = self._head(place - self._length(words, place), kind)
                    head = head if said or head == "time" else None  # in "invoice of order X" the order is numbered
                    if kind == CUSTOMER_KIND and said and self._is_an_orders(place, words):
                        kind, head = ORDER_KIND, None
                    return Label(kind, " ".join(words), unknown, tuple(between), head, above)
                is_known, said = token.text in FILLERS, said or token.text in COPULAS
                between.append(token.text if is_known else UNKNOWN)
                unknown += not is_known
                if unknown > MOST_UNKNOWN:
                    return None
        return None

    def behind(self, end: int, *, opened_only: bool = False) -> Label | None:
        """Return the label that follows a number and says what it is: "(celular)", "is my order", "phone"."""
        first = bisect_left(self._starts, end)
        opened = skipped = False
        for place in range(first, min(len(self._tokens), first + 8)):
            token = self._tokens[place]
            matched = self._beginning(place) if token.kind == "word" else None
            if matched is not None:
                words, kind = matched
                below = kind in WEAK and any(one.kind == "line" for one in self._tokens[first:place])
                named = (opened and not below) or (
                    kind in NOUNS_BEHIND and not opened_only and self._is_last(place, len(words))
                )
                return Label(kind, " ".join(words)) if named and not self._goes_on(place, len(words)) else None
            if token.kind == "number" or token.text in ":;!?.#" or (token.kind == "line" and (skipped or opened)):
                return None
            is_copula = not skipped and self._is_copula(place)
            if not skipped and token.text in TAKING_BACK:
                continue
            opened = opened or token.text in _OPENING or is_copula
            skipped = skipped or (token.kind == "word" and token.text not in _THIS)
            if token.kind == "word" and not is_copula and token.text not in FILLERS - _ANDS:
                return None
        return None

    def word_before(self, start: int) -> str:
        """Return the word, number or sign right before, "" at the beginning of a line."""
        at = bisect_left(self._ends, start + 1) - 1
        return self._tokens[at].text if at >= 0 and self._tokens[at].kind != "line" else ""

    def column(self, start: int) -> str | None:
        """Return the kind that the head of its column gives a number in a table; "" for a head that says nothing."""
        found = self._tables.heads(start)
        if found is None:
            return None
        heads, column = found
        kinds_of_heads = [_kind_of(head) for head in heads]
        return (kinds_of_heads[column] or "") if any(kinds_of_heads) else None

    def _counts(self, place: int) -> bool:
        """Return whether a number merely says which one: "Pedido 1: …"."""
        following = self._tokens[place + 1 : place + 2]
        return len(self._tokens[place].text) <= 2 and bool(following) and following[0].text == ":"

    def _parts(self, place: int) -> bool:
        """Return whether a sign ends a sentence or begins another matter."""
        sign = self._tokens[place].text
        if sign == ")":
            return self._is_of_another(place)
        if sign == ".":
            word = self._tokens[place - 1] if place else None
            goes_on = self._said[self._tokens[place].end : self._tokens[place].end + 1]
            return not (word is not None and word.kind == "word" and len(word.text) <= 4) and goes_on in (" ", "\n", "")
        return sign in "!?;,"

    def _is_copula(self, place: int) -> bool:
        """Return whether "is" stands here; "e" is one ("é meu celular"), and an "and" ("e o telefone?")."""
        text = self._tokens[place].text
        if text == "s":
            return place > 0 and self._tokens[place - 1].text in ("'", "’")
        following = {token.text for token in self._tokens[place + 1 : place + 3]}
        is_said = not POSSESSIVES.isdisjoint(following) or (place > 0 and self._tokens[place - 1].text in _THIS)
        return text in COPULAS and (text != "e" or is_said)

    def _is_of_another(self, place: int) -> bool:
        """Return whether what is in brackets says what another number is, which stands before them."""
        for opening in range(place - 1, max(0, place - 8), -1):
            if self._tokens[opening].text in ("(", "["):
                return self._tokens[opening - 1].kind == "number"
        return False

    def _ending(self, place: int) -> tuple[list[str], str] | None:
        """Return the longest phrase that ends with the word at this place, and its kind."""
        for words, kind in _ENDING.get(self._tokens[place].text, ()):
            if self._words_to(place, len(words)) == words:
                return words, kind
        return None

    def _beginning(self, place: int) -> tuple[list[str], str] | None:
        for words, kind in _BEGINNING.get(self._tokens[place].text, ()):
            some = [token.text for token in self._tokens[place : place + 2 * len(words)] if token.text not in "-./"]
            if some[: len(words)] == words:
                return words, kind
        return None

    def _words_to(self, place: int, count: int) -> list[str]:
        some = [
            token.text for token in self._tokens[max(0, place + 1 - 2 * count) : place + 1] if token.text not in "-./"
        ]
        return some[-count:]

    def _length(self, words: list[str], place: int) -> int:
        """Return how many tokens a phrase takes that ends at this place, with the signs within."""
        taken, left = 0, len(words)
        while left:
            left -= self._tokens[place - taken].text not in "-./"
            taken += 1
        return taken

    def _head(self, place: int, kind: str) -> str | None:
        """Return what the label belongs to: in "código de retiro del pedido" the code is what is numbered."""
        linked = False
        while place >= 0 and self._tokens[place].kind == "word":
            token = self._tokens[place]
            matched = self._ending(place)
            if matched is not None:
                return matched[1] if linked and matched[1] != kind else None
            if token.text not in OF | POSSESSIVES | NUMBER_WORDS:
                return None
            linked = linked or token.text in OF
            place -= 1
        return None

    def _is_an_orders(self, place: int, words: list[str]) -> bool:
        """Return whether a customer or store only says whose the order is: "Pedido cliente: …", "Pedido da loja: …"."""
        place -= self._length(words, place)
        while place >= 0 and self._tokens[place].text in OF | POSSESSIVES | ARTICLES:
            place -= 1
        matched = self._ending(place) if place >= 0 and self._tokens[place].kind == "word" else None
        return matched is not None and matched[1] == ORDER_KIND

    def _goes_on(self, place: int, length: int) -> bool:
        """Return whether a number follows the label, which is its label then."""
        following = self._tokens[place + length : place + length + 2]
        is_abbreviated = len(self._tokens[place + length - 1].text) <= 4
        if following and (following[0].text in "!?;," or (following[0].text == "." and not is_abbreviated)):
            return False
        return any(token.kind == "number" or token.text == ":" for token in following)

    def _is_last(self, place: int, length: int) -> bool:
        """Return whether nothing follows a noun behind a number that it may name instead."""
        following = self._tokens[place + length : place + length + 1]
        return not following or following[0].kind == "line" or following[0].text in ".,;!?)"


def _undotted(found: re.Match[str]) -> str:
    return found[0].replace(".", "").ljust(len(found[0]))


def _kind_of(head: str) -> str | None:
    """Return which kind of number stands below the head of a column."""
    label = Labels(head).before(len(head))
    return None if label is None else label.kind
