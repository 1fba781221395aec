"""The catalog chooses a language, falls back to others, and puts an override on top."""

import logging
from pathlib import Path

import pytest

from bot.words.fluent.catalog import LAST_RESORT, Catalog, MissingMessage
from bot.words.fluent.files import default_folder


def write(folder: Path, **languages: str) -> Path:
    for name, text in languages.items():
        language_folder = folder / name.replace("_", "-")
        language_folder.mkdir(parents=True, exist_ok=True)
        (language_folder / "words.ftl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(
        tmp_path / "locales",
        en="language-name = English\none = en one\ntwo = en two { $x }\nthree = en three\nfour = en four\n",
        es="language-name = Español\none = es uno\ntwo = es dos { $x }\n",
        pt_BR="language-name = Português\none = pt um\n",
        pt_BR_x="one = sul um\ntwo = sul { $missing }\n",
    )


class TestChoice:
    @pytest.mark.parametrize(
        ("chosen", "code", "locale"),
        [
            (None, "pt", "pt-BR"),
            (None, "pt-br", "pt-BR"),
            (None, "pt_BR", "pt-BR"),
            (None, "pt-PT", "pt-BR"),
            (None, "es-419", "es"),
            (None, "de", "en"),
            (None, "zh-hans", "en"),
            (None, "", "en"),
            (None, None, "en"),
            (None, " ES ", "es"),
            (None, "-", "en"),
            (None, "../../etc", "en"),
            ("es", "pt-br", "es"),
            ("xx", "pt-br", "pt-BR"),
        ],
    )
    def test_follows_the_chat_and_then_telegram(
        self, folder: Path, chosen: str | None, code: str | None, locale: str
    ) -> None:
        assert Catalog(folder).choose(chosen, code) == locale

    def test_is_the_default_for_an_unknown_language(self, folder: Path) -> None:
        assert Catalog(folder, default="es").choose(None, "de") == "es"

    def test_is_english_if_the_default_has_no_messages(self, folder: Path) -> None:
        assert Catalog(folder, default="fi").default == "en"

    def test_lists_every_language_by_its_own_name(self, folder: Path) -> None:
        assert ("es", "Español") in Catalog(folder).available()


class TestFallback:
    def test_is_not_needed_for_the_languages_own_messages(self, folder: Path) -> None:
        assert Catalog(folder).format("es", "one") == "es uno"

    def test_is_first_the_parent_language(self, folder: Path) -> None:
        assert Catalog(folder).format("pt-BR-x", "language-name") == "Português"

    def test_is_second_the_default(self, folder: Path) -> None:
        assert Catalog(folder, default="es").format("pt-BR", "two", x="X") == "es dos X"

    def test_is_third_english(self, folder: Path) -> None:
        assert Catalog(folder, default="es").format("pt-BR", "three") == "en three"

    def test_is_last_a_sentence_of_the_code(self, folder: Path) -> None:
        assert Catalog(folder).format("es", "nowhere") == LAST_RESORT

    def test_is_used_for_a_message_that_can_not_be_parse_text(self, folder: Path) -> None:
        assert Catalog(folder).format("pt-BR-x", "two", x="X") == "en two X"

    def test_of_an_unknown_language_is_the_default(self, folder: Path) -> None:
        assert Catalog(folder, default="es").format("xx", "one") == "es uno"

    def test_is_reported_and_logged_once(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        missing: list[MissingMessage] = []
        catalog = Catalog(folder, on_missing=missing.append)
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                catalog.format("es", "three")
        assert [(message.locale, message.key) for message in missing] == [("es", "three")]
        assert len(caplog.records) == 1


class TestOverride:
    def test_replaces_our_messages(self, folder: Path, tmp_path: Path) -> None:
        override = write(tmp_path / "own", es="one = uno propio\n")
        assert Catalog(folder, override).format("es", "one") == "uno propio"
        assert Catalog(folder, override).format("es", "two", x="X") == "es dos X"

    def test_applies_to_one_language_only(self, folder: Path, tmp_path: Path) -> None:
        override = write(tmp_path / "own", es="one = uno propio\nfour = cuatro propio\n")
        assert Catalog(folder, override).format("en", "one") == "en one"
        assert Catalog(folder, override).format("pt-BR", "four") == "en four"

    def test_is_ignored_if_it_can_not_be_parse_text(self, folder: Path, tmp_path: Path) -> None:
        override = write(tmp_path / "own", es="two = dos { $y }\n")
        assert Catalog(folder, override).format("es", "two", x="X") == "es dos X"

    @pytest.mark.parametrize("broken", ["one = <b>uno\n", "one = <div>uno</div>\n", "one = {\n", "one\n"])
    def test_is_ignored_if_telegram_would_refuse_it(self, folder: Path, tmp_path: Path, broken: str) -> None:
        override = write(tmp_path / "own", es=broken)
        assert Catalog(folder, override).format("es", "one") == "es uno"

    def test_may_add_a_regional_language(self, folder: Path, tmp_path: Path) -> None:
        missing: list[MissingMessage] = []
        override = write(tmp_path / "own", es_ES="one = uno de España\n")
        catalog = Catalog(folder, override, on_missing=missing.append)
        assert catalog.choose(None, "es-ES") == "es-ES"
        assert catalog.format("es-ES", "one") == "uno de España"
        assert catalog.format("es-ES", "two", x="X") == "es dos X"
        assert not missing

    def test_may_have_windows_line_ends_and_a_byte_order_mark(self, folder: Path, tmp_path: Path) -> None:
        override = write(tmp_path / "own", es="")
        (override / "es" / "words.ftl").write_bytes(b"\xef\xbb\xbfone =\r\n    a\r\n    b\r\n")
        assert Catalog(folder, override).format("es", "one") == "a\nb"


def test_an_id_has_no_digit_groups_and_no_isolation_characters() -> None:
    text = Catalog().format("en", "list-row-awaited", number="1509750516095-01")
    assert text.startswith("1509750516095-01 – ")


def test_the_packaged_languages_are_found() -> None:
    assert (default_folder() / "en" / "card.ftl").is_file()


class TestARegion:
    """A folder `es-AR` beside `es` holds only what differs."""

    def folder(self, tmp_path: Path) -> Path:
        return write(
            tmp_path / "locales",
            en="language-name = English\none = en one\ntwo = en two\n-bot = the bot\n",
            es="language-name = Español\none = tú\ntwo = dos { -bot }\n-bot = el bot\n",
            es_AR="language-name = Español (Argentina)\none = vos { -bot }\n",
        )

    def test_takes_the_rest_from_its_language_and_misses_nothing(self, tmp_path: Path) -> None:
        missing: list[MissingMessage] = []
        catalog = Catalog(self.folder(tmp_path), on_missing=missing.append)
        assert [catalog.format("es-AR", key) for key in ("one", "two")] == ["vos el bot", "dos el bot"]
        assert missing == []

    @pytest.mark.parametrize(
        ("code", "locale"), [("es-AR", "es-AR"), ("es_ar", "es-AR"), ("es", "es"), ("es-MX", "es"), ("es-419", "es")]
    )
    def test_is_chosen_for_its_own_people(self, tmp_path: Path, code: str, locale: str) -> None:
        assert Catalog(self.folder(tmp_path)).choose(None, code) == locale

    def test_may_be_the_default_and_is_in_the_menu(self, tmp_path: Path) -> None:
        catalog = Catalog(self.folder(tmp_path), default="es-AR")
        assert catalog.choose(None, "fi") == "es-AR"
        assert ("es-AR", "Español (Argentina)") in catalog.available()

    @pytest.mark.parametrize(("code", "locale"), [("es", "es-AR"), ("ES", "es-AR"), ("es-MX", "es"), ("en", "en")])
    def test_that_is_the_default_is_meant_by_its_language(self, tmp_path: Path, code: str, locale: str) -> None:
        assert Catalog(self.folder(tmp_path), default="es-AR").choose(None, code) == locale

    def test_says_the_stores_own_words_before_ours(self, tmp_path: Path) -> None:
        own = write(tmp_path / "own", es="one = la tienda\ntwo = la tienda\n", es_AR="two = la tienda, che\n")
        catalog = Catalog(self.folder(tmp_path), own)
        assert [catalog.format("es-AR", key) for key in ("one", "two")] == ["la tienda", "la tienda, che"]

    def test_of_the_stores_own_is_one_too(self, tmp_path: Path) -> None:
        missing: list[MissingMessage] = []
        own = write(tmp_path / "own", es_MX="one = mande\n")
        catalog = Catalog(self.folder(tmp_path), own, on_missing=missing.append)
        assert [catalog.format("es-MX", key) for key in ("one", "two")] == ["mande", "dos el bot"]
        assert missing == []

    def test_that_is_whole_takes_nothing_from_a_stores_language(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "locales", en="one = en\n", pt_BR="one = br\n")
        catalog = Catalog(folder, write(tmp_path / "own", pt="one = pt\n"))
        assert [catalog.format(locale, "one") for locale in ("pt-BR", "pt")] == ["br", "pt"]

    def test_may_differ_from_a_language_of_the_store(self, tmp_path: Path) -> None:
        missing: list[MissingMessage] = []
        own = write(tmp_path / "own", fr="one = un { -bot }\n-bot = le robot\n", fr_CA="two = { -bot } deux\n")
        catalog = Catalog(self.folder(tmp_path), own, on_missing=missing.append)
        assert [catalog.format("fr-CA", key) for key in ("one", "two")] == ["un le robot", "le robot deux"]
        assert missing == []

    def test_of_examples_alone_is_no_language(self, tmp_path: Path) -> None:
        (tmp_path / "own" / "es-MX").mkdir(parents=True)
        (tmp_path / "own" / "es-MX" / "intents.txt").write_text("[thanks]\nórale\n", encoding="utf-8")
        catalog = Catalog(self.folder(tmp_path), tmp_path / "own")
        assert [locale for locale, _ in catalog.available()] == ["en", "es", "es-AR"]
        assert catalog.choose(None, "es-MX") == "es"
