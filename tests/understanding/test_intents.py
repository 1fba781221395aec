"""Phrases that people write are understood in every packaged language."""

import pytest

from bot.understanding.intents import Intent, recognize_intent
from bot.words.fluent.catalog import Catalog

CATALOG = Catalog()


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        *((Intent.THANKS, said) for said in ("gracias", "Thank you!", "OK 👍", "muito obrigada", "🙏")),
        *(
            (Intent.STOP, said)
            for said in ("STOP", "please stop", "parar", "no quiero mas mensajes", "Não quero mais!")
        ),
        *(
            (Intent.CANCEL, said)
            for said in (
                "cancel my order",
                "Quero trocar o endereço",
                "Quiero cancelar mi pedido!!",
                "quero cancelar",
                "refund?",
            )
        ),
        *((Intent.HELP, said) for said in ("help", "Ayuda!", "me ajude")),
        *((None, said) for said in ("where is my order??", "thanks, but when does it arrive at last", "quando chega?")),
    ],
)
def test_a_phrase_has_the_meaning_of_its_language(meaning: Intent | None, said: str) -> None:
    assert (
        recognize_intent(said, lambda key: [CATALOG.format(locale, key) for locale, _ in CATALOG.available()])
        == meaning
    )
