"""A message is its order numbers, and what is wanted apart from them."""

import pytest

from bot.understanding.reading import understand
from bot.understanding.understood import Intent

ORDER = "1509750516095-01"


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", ORDER, Intent.WHERE_IS_IT),
        ("en", f"hi! {ORDER} thanks", Intent.WHERE_IS_IT),
        ("en", f"cancel {ORDER} please", Intent.CANCEL),
        ("es", f"no me llegó el {ORDER} y dice entregado", Intent.DELIVERED_NOT_RECEIVED),
        ("pt-BR", f"quero meu dinheiro de volta, pedido {ORDER}", Intent.REFUND_OR_RETURN),
    ],
)
def test_beside_a_number(language: str, text: str, intent: Intent) -> None:
    understood = understand(text, language)
    assert (understood.numbers, understood.intent) == ((ORDER,), intent)


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("es", "where is my order", Intent.WHERE_IS_IT),
        ("pt-BR", "please cancel my order", Intent.CANCEL),
        ("en", "quiero hablar con una persona", Intent.TALK_TO_HUMAN),
        ("en", "quero meu dinheiro de volta", Intent.REFUND_OR_RETURN),
        ("en", "obrigado", Intent.THANKS),
        ("es", "thank you so much", Intent.THANKS),
        ("es", "vale", Intent.THANKS),
        ("fr", "where is my order", Intent.WHERE_IS_IT),
        ("de", "dónde está mi pedido", Intent.WHERE_IS_IT),
        ("", "cadê meu pedido", Intent.WHERE_IS_IT),
    ],
)
def test_a_text_plainly_in_another_language_is_read_in_that_one(language: str, text: str, intent: Intent) -> None:
    assert understand(text, language).intent is intent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "¿a dónde fue a parar mi pedido?"),
        ("pt-BR", "onde foi parar meu pedido?"),
        ("en", "I can't stop thinking about where my order is"),
        ("en", "why was my order canceled?"),
        ("es", "por qué me cancelaron el pedido"),
        ("en", "thanks for nothing, it never came"),
        ("pt-BR", "vale a pena comprar aí?"),
    ],
)
def test_a_word_of_an_act_in_another_sense_names_no_act(language: str, text: str) -> None:
    assert understand(text, language).intent not in (Intent.STOP_MESSAGES, Intent.CANCEL, Intent.THANKS)


@pytest.mark.parametrize("text", ["", " ", "…", "xqzw", "�", "#", "\0"])
def test_what_says_nothing_is_not_understood(text: str) -> None:
    assert understand(text, "en").intent is Intent.SMALLTALK_OR_UNKNOWN


def test_the_reasons_say_how_it_was_read() -> None:
    why = understand("quiero cancelar", "en").why
    assert "read as es" in why
