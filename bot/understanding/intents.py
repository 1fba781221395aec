"""Recognise what somebody wants who sends no command and no number. Each language brings its own phrases."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum

FRIENDLY = frozenset("👍👌👏🙏❤🙂😊😀🤝")
_WORD = re.compile(r"[^\W_]+")


class Intent(StrEnum):
    """What a message in plain words asks for."""

    STOP = "stop"
    CANCEL = "cancel"
    THANKS = "thanks"
    HELP = "help"


# the key of the words for it, and how many words a message may have: in long ones they say too little
_PHRASES = (
    (Intent.STOP, "heard-stop", 6),
    (Intent.CANCEL, "heard-cancel", 8),
    (Intent.THANKS, "heard-thanks", 3),
    (Intent.HELP, "heard-help", 2),
)


def recognize_intent(text: str, phrases: Callable[[str], Iterable[str]]) -> Intent | None:
    """Return what a text asks for, or None; `phrases` gives, for a key, each language's phrases parted by commas."""
    words = _words(text)
    if not words:
        return Intent.THANKS if FRIENDLY & set(text) else None
    searched = f" {' '.join(words)} "
    for intent, key, most_words in _PHRASES:
        if len(words) <= most_words and any(phrase in searched for phrase in _phrases(phrases(key))):
            return intent
    return None


def _phrases(texts: Iterable[str]) -> Iterable[str]:
    return (f" {' '.join(words)} " for text in texts for one in text.split(",") if (words := _words(one)))


def _words(text: str) -> list[str]:
    """Return the words in small letters and without accents: who is in a hurry leaves both out."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(character for character in decomposed if not unicodedata.combining(character)))
