"""Who reads a regional language is understood in its language."""

from pathlib import Path

import pytest

from bot.understanding.classifying import nearest
from bot.understanding.reading import load_reader, understand
from bot.understanding.understood import Intent


@pytest.mark.parametrize(
    ("language", "understood"),
    [("es-AR", "es"), ("es", "es"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("en-GB", "en"), ("fr", None), ("est", None)],
)
def test_a_region_is_read_as_its_language(language: str, understood: str | None) -> None:
    assert nearest(language) == understood


def test_a_wish_is_the_same_in_every_region() -> None:
    assert understand("¿por dónde anda?", "es-AR").intent is understand("¿por dónde anda?", "es").intent
    assert understand("vale", "es-AR").intent is understand("vale", "es").intent is Intent.THANKS


def test_the_stores_examples_of_the_language_count_first(tmp_path: Path) -> None:
    for language, intent in (("en", "stop_messages"), ("es", "where_is_it")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "intents.txt").write_text(f"[{intent}]\nzambomba total\n", encoding="utf-8")
    assert load_reader(tmp_path).understand("zambomba total", "es-AR").intent is Intent.WHERE_IS_IT
