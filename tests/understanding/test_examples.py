"""Examples of what people say: a store's own count at once, and mistakes in them are named."""

from pathlib import Path

import pytest

from bot.understanding.classifying import load_classifier
from bot.understanding.examples import check_examples, read_examples
from bot.understanding.understood import Intent

OWN = """
# what our people say
[refund_or_return]
la yapa de vuelta

[talk_to_human]
pásame a la Marta
"""


def folder_with(tmp_path: Path, text: str, language: str = "es") -> Path:
    place = tmp_path / language
    place.mkdir(parents=True)
    (place / "intents.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "said",
    [
        "pásame a la Marta",
        "PASAME A LA MARTA!!",
        "hola, pásame a la marta porfa",
        "pasame a la Martta",
        "pásame a la marrta",
    ],
)
def test_who_says_the_same_as_an_example_of_the_store_wants_that(tmp_path: Path, said: str) -> None:
    classifier = load_classifier(folder_with(tmp_path, OWN))
    wish = classifier.classify(said, "es")
    assert (wish.intent, wish.sure) == (Intent.TALK_TO_HUMAN, True)


def test_an_example_of_the_store_wins_over_ours(tmp_path: Path) -> None:
    assert load_classifier().classify("vale", "es").intent is Intent.THANKS
    own = load_classifier(folder_with(tmp_path, "[payment_or_invoice]\nvale\n"))
    assert own.classify("vale", "es").intent is Intent.PAYMENT_OR_INVOICE


def test_one_word_more_or_another_short_word_is_no_repetition(tmp_path: Path) -> None:
    own = load_classifier(folder_with(tmp_path, "[thanks]\nquiero cancelar mi pedido\n"))
    assert own.classify("quiero cancelar mi pedido", "es").intent is Intent.THANKS
    assert own.classify("ya no quiero cancelar mi pedido", "es").intent is not Intent.THANKS


def test_a_language_that_is_not_understood_has_the_stores_examples(tmp_path: Path) -> None:
    own = load_classifier(folder_with(tmp_path, "[where_is_it]\noù est ma commande\n", "fr"))
    assert own.classify("ou est ma commande?", "fr").intent is Intent.WHERE_IS_IT


def test_a_broken_file_costs_nothing_but_its_examples(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "")
    (folder / "es" / "intents.txt").write_bytes(b"[thanks]\n\xff\xfe")
    assert load_classifier(folder).classify("muchas gracias", "es").intent is Intent.THANKS


def test_what_stands_below_a_wrong_heading_is_left_out(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "[thanks]\nva\n[tanks]\nvale\n")
    assert [one.text for one in read_examples(folder, "es")] == ["va"]


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        ("[tanks]\nva\n", 1, "tanks"),
        ("va\n", 1, "heading"),
        ("[thanks]\nva\n[cancel]\notra\nVA!\n", 5, "[thanks] already, line 2"),
        ("[thanks]\n\n# nothing\n[cancel]\nva\n", 1, "no example"),
        ("[thanks]\n" + "va " * 300 + "\n", 2, "too long"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, names: str) -> None:
    [problem] = check_examples(folder_with(tmp_path, text))
    assert f"intents.txt:{line}:" in problem
    assert names in problem


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "")
    (folder / "es" / "intents.txt").write_bytes(b"\xff\xfe")
    [problem] = check_examples(folder)
    assert "can't be read" in problem


@pytest.mark.parametrize(
    ("content", "names"),
    [
        pytest.param(b"", "holds no example", id="empty"),
        pytest.param(b"# nothing yet\n\n", "holds no example", id="only a comment"),
        pytest.param(b"[thanks]\n" + b"va\n" * 3_400_000, "larger than", id="ten megabytes"),
        pytest.param(bytes(range(256)) * 10, "can't be read", id="binary"),
    ],
)
def test_a_file_that_cannot_be_meant_is_named_and_costs_nothing_else(
    tmp_path: Path, content: bytes, names: str
) -> None:
    folder = folder_with(tmp_path, "")
    (folder / "es" / "intents.txt").write_bytes(content)
    [problem] = check_examples(folder)
    assert names in problem
    assert read_examples(folder, "es") == []
    assert load_classifier(folder).classify("dónde está mi pedido", "es").intent == Intent.WHERE_IS_IT


def test_ours_are_without_mistakes() -> None:
    assert list(check_examples(Path(__file__).parents[2] / "locales")) == []
