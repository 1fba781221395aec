"""The checker hears how a language speaks: in ours and in a store's own words, in every variant."""

from pathlib import Path

import pytest

from bot.words.fluent.checking import check
from bot.words.fluent.entry import Entry, collect
from bot.words.fluent.files import default_folder, family_of, list_languages, parent_of
from bot.words.fluent.style import read_style
from bot.words.fluent.voice import Voice

ENGLISH = collect(default_folder(), "en", [])
DEEP = """\
{{ $named ->
        [yes] {{ $store ->
            [x] {0}
           *[other] -
        }}
       *[no] -
    }}"""


def problems_of(tmp_path: Path, language: str, key: str, text: str, *, own: bool = False) -> list[str]:
    """Say what is wrong with the message in a language of ours, or in a store's own words."""
    english = ENGLISH[key]
    ours, stores = tmp_path / "locales", tmp_path / "own"
    for folder, name, message in (
        (ours, "en", english.file.text[english.node.span.start : english.node.span.end]),
        (stores if own else ours, language, f"{key} =\n    {text}\n"),
    ):
        (folder / name).mkdir(parents=True, exist_ok=True)
        file = "mine" if folder == stores else english.source
        (folder / name / f"{file}.ftl").write_text(message, encoding="utf-8")
    place = stores if own else ours / language
    found = [one.removeprefix(f"{place}/") for one in check(ours, stores if own else None) if str(place) in one]
    return [one for one in found if "lacks the variable" not in one]


@pytest.mark.parametrize("own", [False, True], ids=["ours", "own"])
@pytest.mark.parametrize("deep", [False, True], ids=["plain", "deep"])
class TestWords:
    @pytest.mark.parametrize(
        ("language", "key", "text", "said"),
        [
            ("en", "state-picking", "It is reported as picked.", "reported as"),
            ("en", "thanked", "DON'T worry about it.", "don’t worry"),
            ("en", "alert-backup-failed", "⚠️ Unfortunately, it failed", "unfortunately"),
            ("es", "thanked", "Basta con esperar.", "basta con"),
            ("es", "thanked", "basta <b>con</b> esperar", "basta con"),
            ("es", "thanked", "Aquí hay\u00a0 que esperar.", "hay que"),
            ("es", "thanked", "Lo mejor\n    es esperar.", "lo mejor\nes"),
            ("es", "thanked", "Figuran como entregados.", "figuran como"),
            ("es", "thanked", "Consta como entregado.", "consta como"),
            ("es", "alert-backup-failed", "⚠️ Lamentablemente, falló", "lamentablemente"),
            ("es", "thanked", "Ya está devuelto.", "devuelto"),
            ("es", "thanked", "¿Habéis comprado?", "habéis"),
            ("es", "thanked", "Revisa tu número, y espere.", "espere"),
            ("es", "thanked", "Tu pedido llegó. Abra el enlace.", "abra"),
            ("es", "say-help", "Compraste en { $store }.", "en { $store }"),
            ("pt-BR", "say-help", "Comprou em <i>{ $store }</i>.", "em { $store }"),
            ("pt-BR", "thanked", "Infelizmente, não.", "infelizmente"),
            ("pt-BR", "thanked", "Sua fatura saiu.", "fatura"),
            ("pt-BR", "thanked", "Seguir o pedido.", "seguir o pedido"),
            ("pt-BR", "thanked", "Isto é para ti.", "ti"),
            ("en", "late", "It comes soon.", "soon"),
            ("en", "late", "It comes Tomorrow.", "tomorrow"),
            ("es", "late", "Llega hoy.", "hoy"),
            ("pt-BR", "late", "Chega em breve.", "em breve"),
        ],
    )
    def test_that_are_not_used_are_found(
        self, tmp_path: Path, language: str, key: str, text: str, said: str, *, own: bool, deep: bool
    ) -> None:
        written = DEEP.format(text) if deep and not text.startswith("⚠️") and "\n" not in text else text
        found = problems_of(tmp_path, language, key, written, own=own)
        assert len(found) == 1, found
        assert f"ftl:1: {key}: says “{said}”: " in found[0]

    @pytest.mark.parametrize(
        ("language", "key", "text"),
        [
            ("en", "state-picking", "It is reported, as ever."),
            ("en", "thanked", "Please come today, or as soon as you can."),  # no card
            ("en", "late", "As soon as the courier has it."),
            ("es", "thanked", "Bastaba consultar; ya no hay quejas."),
            ("es", "say-refund", "De las devoluciones se ocupa la tienda."),
            ("es", "say-help", "Compraste en la tienda { $store }."),
            ("es", "thanked", "Que abra la tienda no lo sabemos."),
            ("es", "late", "Tan pronto como la tienda lo diga."),
            ("pt-BR", "thanked", "Espere { $named } minuto em casa."),
            ("pt-BR", "say-help", "Comprou na loja { $store }."),
            ("pt-BR", "alert-backup-failed", "⚠️ Faturado"),  # what staff see in VTEX
            ("fr", "thanked", "Unfortunately, basta con infelizmente."),  # a language without a style
        ],
    )
    def test_that_are_like_them_are_not(
        self, tmp_path: Path, language: str, key: str, text: str, *, own: bool, deep: bool
    ) -> None:
        written = DEEP.format(text) if deep and not text.startswith("⚠️") else text
        assert problems_of(tmp_path, language, key, written, own=own) == []


def test_a_store_may_speak_as_its_country_does(tmp_path: Path) -> None:
    for language, text in (("es", "Puedes recoger tu boleta."), ("en", "Your parcel is cancelled.")):
        assert problems_of(tmp_path, language, "thanked", text, own=True) == []
        assert len(problems_of(tmp_path / language, language, "thanked", text)) == 2


@pytest.mark.parametrize("own", [False, True])
class TestPromises:
    @pytest.mark.parametrize(
        ("language", "key", "text", "problem"),
        [
            ("en", "thanked", "We’ll write, and we will call.", "promises 2 times (we’ll, we will)"),
            ("es", "thanked", "Te avisaremos y te contamos.", "promises 2 times (te avisaremos, te contamos)"),
            ("pt-BR", "thanked", "Vamos avisar, sim: avisaremos.", "promises 2 times"),
            ("en", "late", "We'll tell you.", "promises (“we’ll”), but a card promises once"),
            ("es", "state-picking", "Te avisamos luego.", "promises (“te avisamos”), but a card promises once"),
            ("pt-BR", "back", "Vamos avisar.", "promises (“vamos avisar”), but a card promises once"),
        ],
    )
    def test_more_than_one_or_in_the_wrong_place_is_found(
        self, tmp_path: Path, language: str, key: str, text: str, problem: str, *, own: bool
    ) -> None:
        for written in (text, DEEP.format(text)):
            found = problems_of(tmp_path, language, key, written, own=own)
            assert len(found) == 1, found
            assert problem in found[0]

    @pytest.mark.parametrize(
        ("language", "key", "text"),
        [
            ("en", "thanked", "We’ll tell you."),
            ("en", "late", "You’ll see; the store will see it."),
            ("en", "trouble-hold", "We’ll tell you."),
            ("es", "following-key", "Te avisaremos."),
            ("es", "receipt-missing", "Ya le avisamos a la tienda."),
            ("pt-BR", "receipt-missing", "Já avisamos a loja."),
        ],
    )
    def test_one_in_its_place_is_not(self, tmp_path: Path, language: str, key: str, text: str, *, own: bool) -> None:
        assert problems_of(tmp_path, language, key, text, own=own) == []


@pytest.mark.parametrize("own", [False, True])
class TestSigns:
    @pytest.mark.parametrize(
        ("language", "key", "text", "problem"),
        [
            ("en", "late", "It is late!", "which only good news may have"),
            ("es", "thanked", "¡De nada!", "which only good news may have"),
            ("en", "state-delivered", "Delivered! Enjoy!", "several exclamation marks"),
            ("es", "receipt-good", "¡Qué bueno! ¡Que lo disfrutes!", "several exclamation marks"),
            (
                "es",
                "not-there",
                "ℹ️ El pedido { $order }: no lo vemos",
                "article before a colon (“el pedido { $order }:”)",
            ),
            ("es", "thanked", "Gracias. Los pedidos: aquí", "article before a colon (“los pedidos:”)"),
            ("es", "thanked", "El horario de la tienda: 9 a 18", "article before a colon"),
            ("pt-BR", "thanked", "Oi\n    O pacote { $named } de { $store }: a caminho", "article before a colon"),
            ("en", "thanked", "The <b>order</b>: on its way", "article before a colon (“the order:”)"),
        ],
    )
    def test_that_are_wrong_are_found(
        self, tmp_path: Path, language: str, key: str, text: str, problem: str, *, own: bool
    ) -> None:
        found = problems_of(tmp_path, language, key, text, own=own)
        assert any(problem in one for one in found), found

    @pytest.mark.parametrize(
        ("language", "key", "text"),
        [
            ("es", "state-delivered", "Lo informó la tienda. ¡Que lo disfrutes!"),
            ("es", "not-there", "ℹ️ Pedido { $order }: no lo vemos"),
            ("es", "thanked", "La tienda abre a las 9:30."),
            ("es", "thanked", "Ya es tarde: el pedido terminó."),
            ("pt-BR", "thanked", "A transportadora corrigiu: ainda não."),
            ("en", "thanked", "A correction: the order goes on."),
        ],
    )
    def test_that_are_right_are_not(self, tmp_path: Path, language: str, key: str, text: str, *, own: bool) -> None:
        assert problems_of(tmp_path, language, key, text, own=own) == []


class TestStyleFile:
    def styled(self, tmp_path: Path, **languages: str) -> Path:
        for name, content in languages.items():
            folder = tmp_path / "locales" / name.replace("_", "-")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "style.toml").write_text(content, encoding="utf-8")
        return tmp_path

    def test_counts_before_ours(self, tmp_path: Path) -> None:
        self.styled(tmp_path, es='[anywhere]\n"patata*" = "say papa"\n')
        assert "says “patatas”: say papa" in problems_of(tmp_path, "es", "thanked", "Patatas.")[0]
        assert problems_of(tmp_path, "es", "thanked", "Basta con eso.") == []

    def test_of_a_region_adds_to_its_languages_or_takes_away(self, tmp_path: Path) -> None:
        self.styled(
            tmp_path,
            es='[anywhere]\n"patata" = "say papa"\n"vos" = "say tú"\n',
            es_AR='[anywhere]\n"tú" = "say vos"\n"vos" = ""\n',
        )
        (tmp_path / "locales" / "es" / "chat.ftl").write_text("thanked = Nada.\n", encoding="utf-8")
        for word, count in (("Patata.", 1), ("Tú.", 1), ("Vos.", 0)):
            found = [one for one in problems_of(tmp_path, "es-AR", "thanked", word) if "language-name" not in one]
            assert len(found) == count, found

    def test_of_a_store_adds_to_ours_or_takes_away_for_its_own_words(self, tmp_path: Path) -> None:
        style = tmp_path / "own" / "es" / "style.toml"
        style.parent.mkdir(parents=True)
        style.write_text('[anywhere]\n"hay que" = ""\n"patata" = "say papa"\n', encoding="utf-8")
        for text, count in (("Hay que esperar.", 0), ("Basta con esperar.", 1), ("Patata.", 1)):
            assert len(problems_of(tmp_path, "es", "thanked", text, own=True)) == count
            (tmp_path / "locales" / "es").mkdir(exist_ok=True)
        assert len(problems_of(tmp_path, "es", "thanked", "Hay que esperar.")) == 1

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            ("promises = 3", "promises must be a list"),
            ("[anywhere]\nx = 3", "anywhere must be a table"),
            ("words = []", "'words' is not known here"),
            ("[except]\nx = 3", "x must be a list"),
            ("except = 3", "except must be a table"),
            ("[", "can't be read"),
        ],
    )
    def test_that_is_wrong_is_a_problem(self, tmp_path: Path, content: str, problem: str) -> None:
        found = problems_of(self.styled(tmp_path, es=content), "es", "thanked", "Nada.")
        assert len(found) == 1
        assert f"style.toml: {problem}" in found[0]


def inherited(region: str) -> dict[str, Entry]:
    packaged = list_languages(default_folder())
    entries = [collect(default_folder(), one, []) for one in family_of(region, packaged, packaged)]
    return {key: entry for language in entries for key, entry in language.items()}


def test_a_region_is_never_spoken_to_as_another_one() -> None:
    """What a regional language takes from its language must be right there too, or be written anew."""
    packaged = list_languages(default_folder())
    for region in (one for one in packaged if parent_of(one, packaged)):
        voice = Voice(read_style([default_folder()], family_of(region, packaged, packaged)))
        found = [one for key, entry in inherited(region).items() for one in voice.problems(entry, ENGLISH[key].source)]
        assert found == []
