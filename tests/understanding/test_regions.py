"""Who reads a regional language is understood in its language."""

import pytest

from bot.understanding.classifying import nearest
from bot.understanding.reading import understand
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
