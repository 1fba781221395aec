"""What a message says: first the order numbers in it, then what its writer wants."""

from collections.abc import Iterable

from bot.understanding.found import Link
from bot.understanding.numbers import find
from bot.understanding.understood import Intent, Understood


def understand(text: str, language: str, links: Iterable[Link] = ()) -> Understood:
    """Understand a text in the language of whoever wrote it; `links` are the addresses that hide behind its words."""
    found = find(text, links)
    return Understood(found.numbers, found.guesses, found.payloads, Intent.SMALLTALK_OR_UNKNOWN, found.why)
