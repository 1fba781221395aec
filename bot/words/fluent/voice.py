"""Check that a message speaks as its language's style asks: no cold words, one promise, no article before a colon."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.words.fluent import emoji
from bot.words.fluent.entry import Entry
from bot.words.fluent.patterns import possible_texts
from bot.words.fluent.style import CARD, Style, phrase_pattern, readable
from bot.words.html.markup import visible_text

# the messages of a card that may say what the bot will do: the code puts no two of them on one card
MAY_PROMISE = ("following-", "link-later", "trouble-", "state-unknown")
GOOD_NEWS = ("state-delivered", "state-collected", "receipt-good", "receipt-found")
_WORD, _VARIABLE = r"[^\s:.!?{}]+", r"\{ \$\w+ \}"
_OF = r"(?:de|del|da|do|das|dos|of|con|com|with|en|em|no|na)"


@dataclass(frozen=True, slots=True)
class Voice:
    """What the messages of a language are held against. `is_ours` is False of a store's own."""

    style: Style
    is_ours: bool = True

    def problems(self, entry: Entry, source: str) -> Iterator[str]:
        """Return what is wrong in any text that a message can become; `source` names English's file with its key."""
        texts = dict.fromkeys(seen(text) for text in possible_texts(entry.node.value, _as_written))
        problems = (one for text in texts for one in self._problems(entry.name, source, text))
        return (entry.problem(one) for one in dict.fromkeys(problems))

    def promises(self, text: str) -> list[str]:
        """Return what a text says that the bot will do."""
        return _found(self.style.lists.get("promises", ()), self._without_fine(text))

    def _problems(self, key: str, source: str, text: str) -> Iterator[str]:
        plain = self._without_fine(text)
        for phrase, instead in self.style.forbidden(key, source, is_ours=self.is_ours):
            if found := re.search(phrase_pattern(phrase), plain):
                yield f"says “{found['phrase']}”: {instead}"
        yield from self._promise_problems(key, source, text)
        if text.count("!") > 1:
            yield "has several exclamation marks; one is enough"
        elif "!" in text and not key.startswith(GOOD_NEWS):
            yield "has an exclamation mark, which only good news may have (an order delivered); end it with a full stop"
        if articles := self.style.lists.get("articles"):
            yield from _article_problems(articles, plain)

    def _promise_problems(self, key: str, source: str, text: str) -> Iterator[str]:
        promises = self.promises(text)
        if len(promises) > 1:
            yield f"promises {len(promises)} times ({', '.join(promises)}); say once what the bot will do"
        elif promises and source == CARD and not key.startswith(MAY_PROMISE):
            yield f"promises (“{promises[0]}”), but a card promises once, elsewhere; say what is, or leave it out"

    def _without_fine(self, text: str) -> str:
        """Leave out the phrases in which a word is right that is wrong elsewhere."""
        for phrase in self.style.lists.get("fine", ()):
            text = re.sub(phrase_pattern(phrase), "…", text)
        return text


def seen(text: str) -> str:
    """Return what readers see of a text, as phrases are looked for in it: without emoji."""
    return readable(emoji.ANY.sub("", visible_text(text)))


def _article_problems(articles: Sequence[str], text: str) -> Iterator[str]:
    """Find a line or sentence that begins with a name, its article and a colon: “The order 7: …”."""
    article = rf"(?:{'|'.join(map(re.escape, articles))})"
    more = rf"(?: {_VARIABLE}| {_OF}(?: {article})? (?:{_VARIABLE}|{_WORD}))"
    name = rf"{article} (?:{_WORD}{more}*|{_WORD}(?: {_WORD}){{1,2}} {_VARIABLE})"
    if found := re.search(rf"(?m:^|[.!?;·] )[^\w\s{{]*({name}) ?:(?!\S)", text):
        yield f"has an article before a colon (“{found[1]}:”); leave the article out"


def _as_written(variable: str) -> str:
    return f"{{ ${variable} }}"


def _found(phrases: Sequence[str], text: str) -> list[str]:
    """Return the phrases that a text has, in its order; of those that overlap, the longest."""
    patterns = (phrase_pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    places: dict[tuple[int, int], str] = {}
    for match in (match for pattern in patterns for match in re.finditer(pattern, text)):
        start, end = match.span("phrase")
        if not any(start < other_end and other_start < end for other_start, other_end in places):
            places[start, end] = match["phrase"]
    return [places[place] for place in sorted(places)]
