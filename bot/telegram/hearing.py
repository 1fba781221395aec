"""What somebody means who sends no command and no number: thanks, stop, cancel. Each language brings its words."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum

FRIENDLY = frozenset("👍👌👏🙏❤🙂😊😀🤝")
_WORD = re.compile(r"[^\W_]+")


class Meant(StrEnum):
    """What a message may mean."""

    STOP = "stop"
    CANCEL = "cancel"
    THANKS = "thanks"
    HELP = "help"


# the key of the words for it, and how many words a message may have: in long ones they say too little
_HEARD = (
    (Meant.STOP, "heard-stop", 6),
    (Meant.CANCEL, "heard-cancel", 8),
    (Meant.THANKS, "heard-thanks", 3),
    (Meant.HELP, "heard-help", 2),
)


def meant(said: str, phrases: Callable[[str], Iterable[str]]) -> Meant | None:
    """What `said` means, or None; `phrases` gives, for a key, each language's phrases parted by commas."""
    words = _words(said)
    if not words:
        return Meant.THANKS if FRIENDLY & set(said) else None
    text = f" {' '.join(words)} "
    for meaning, key, longest in _HEARD:
        if len(words) <= longest and any(phrase in text for phrase in _phrases(phrases(key))):
            return meaning
    return None


def _phrases(texts: Iterable[str]) -> Iterable[str]:
    return (f" {' '.join(words)} " for text in texts for one in text.split(",") if (words := _words(one)))


def _words(text: str) -> list[str]:
    """In small letters and without accents: who is in a hurry leaves both out."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in bare if not unicodedata.combining(sign)))
