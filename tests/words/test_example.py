"""The example of an order number shows its form, and whatever is done with it, it is nobody's order."""

import pytest

from bot.understanding.numbers import candidates, find, order_arguments
from bot.words.example import EXAMPLE
from bot.words.fluent.files import default_folder, entries, read_files
from bot.words.fluent.patterns import possible_texts
from bot.words.html.markup import visible_text
from tests.words.rendered import LANGUAGES

SENTENCES = ("{}", "{}.", "#{}", "“{}”", "order {} please", "my order number is\n{}", "pedido: {}", "onde está o {}?")
SPELLINGS = (EXAMPLE, EXAMPLE.replace("...", "…"), EXAMPLE.replace("-", "–"))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_example_is_no_order_wherever_it_is_copied_to(spelling: str) -> None:
    assert candidates(spelling) == ()
    for sentence in SENTENCES:
        said = sentence.format(spelling)
        found = find(said)
        assert (found.numbers, found.guesses) == ((), ()), said
        assert order_arguments(said)[0] == (), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_shows_a_number_that_could_be_an_order(language: str) -> None:
    for file in read_files(default_folder(), language):
        for entry in entries(file):
            for text in possible_texts(entry.value):
                assert find(visible_text(text)).numbers == (), entry.id.name
