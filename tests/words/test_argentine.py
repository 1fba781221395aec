"""Argentine Spanish says vos, also in the messages that it takes over from es."""

import re

from bot.words.fluent.entry import Entry, collect
from bot.words.fluent.files import default_folder
from bot.words.fluent.patterns import possible_texts
from bot.words.fluent.style import phrase_pattern, read_style, readable

STYLE = read_style([default_folder()], ["es", "es-AR"])


def says_tu(entry: Entry) -> bool:
    texts = [readable(text) for text in possible_texts(entry.node.value)]
    phrases = [phrase for phrase, _ in STYLE.forbidden(entry.name, entry.source, is_ours=True)]
    return any(re.search(phrase_pattern(phrase), text) for phrase in phrases for text in texts)


def test_no_message_that_is_taken_over_says_tu() -> None:
    spanish, own = (collect(default_folder(), language, []) for language in ("es", "es-AR"))
    assert says_tu(spanish["state-pending"])  # which has a message of its own
    assert [name for name, entry in spanish.items() if name not in own and says_tu(entry)] == []
