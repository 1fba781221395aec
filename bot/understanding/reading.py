"""What a message says: first the order numbers in it, then what its writer wants."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bot.understanding.classifying import IntentClassifier, load_classifier
from bot.understanding.found import Found, Link
from bot.understanding.numbers import find
from bot.understanding.plain_words import beginning_and_end, words_of
from bot.understanding.understood import Intent, Understood

# what is cut out before the words are looked at: links, and whatever holds as many digits as no hour or price has
_LINK = re.compile(r"(?:https?://|www\.|t\.me/|tg://)\S+", re.IGNORECASE)
_CODE = re.compile(r"#?(?=\S*\d\D*\d\D*\d\D*\d)[\w\-./#]+")
_POLITENESS = frozenset({Intent.GREETING, Intent.THANKS, Intent.SMALLTALK_OR_UNKNOWN})


class MessageReader:
    """Understands messages; a store's own examples count before what was learnt."""

    def __init__(self, classifier: IntentClassifier) -> None:
        self._classifier = classifier

    def understand(self, text: str, language: str, links: Iterable[Link] = ()) -> Understood:
        """Understand a text in the language of whoever wrote it; `links` are the addresses behind its words."""
        found = find(text, links)
        rest = _without_orders(text, found) if _names_orders(found) else text
        intent, why = self._intent(rest, language, found)
        return Understood(found.numbers, found.guesses, found.payloads, intent, (*found.why, *why))

    def _intent(self, rest: str, language: str, found: Found) -> tuple[Intent, tuple[str, ...]]:
        if _names_orders(found) and not words_of(rest, {}):
            return Intent.WHERE_IS_IT, ("a number alone",)
        wish = self._classifier.classify(rest, language)
        if _names_orders(found) and wish.intent in _POLITENESS:
            return Intent.WHERE_IS_IT, (*wish.why, "a number, and nothing else that is wanted")
        return wish.intent, wish.why


def understand(text: str, language: str, links: Iterable[Link] = ()) -> Understood:
    """Understand a text as a store does that has no examples of its own."""
    return _packaged().understand(text, language, links)


def load_reader(own_folder: Path | None = None) -> MessageReader:
    """Load what understands messages, with a store's own examples (`<folder>/<language>/intents.txt`)."""
    return MessageReader(load_classifier(own_folder))


@cache
def _packaged() -> MessageReader:
    return load_reader()


def _without_orders(text: str, found: Found) -> str:
    """Leave out what names an order: a store's own numbers may hold words ("SOON-1")."""
    text = beginning_and_end(text, times=2)
    for number in (*found.numbers, *found.guesses):
        text = re.sub(rf"(?<!\w){re.escape(number)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return _CODE.sub(" ", _LINK.sub(" ", text))


def _names_orders(found: Found) -> bool:
    return bool(found.numbers or found.guesses or found.payloads)
