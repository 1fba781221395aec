"""Choosing a language, falling back, and an override on top."""

import logging
from pathlib import Path

import pytest

from bot.words.fluent.catalog import LAST_RESORT, Catalog, MissingMessage
from bot.words.fluent.reading import default_folder


def write(folder: Path, **languages: str) -> Path:
    for name, text in languages.items():
        place = folder / name.replace("_", "-")
        place.mkdir(parents=True, exist_ok=True)
        (place / "words.ftl").write_text(text, encoding="utf-8")
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


class TestChoosing:
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
    def test_of_a_chat(self, folder: Path, chosen: str | None, code: str | None, locale: str) -> None:
        assert Catalog(folder).choose(chosen, code) == locale

    def test_falls_to_the_default(self, folder: Path) -> None:
        assert Catalog(folder, default="es").choose(None, "de") == "es"

    def test_a_default_that_has_no_words_is_english(self, folder: Path) -> None:
        assert Catalog(folder, default="fi").default == "en"

    def test_every_language_is_listed_by_its_own_name(self, folder: Path) -> None:
        assert ("es", "Español") in Catalog(folder).available()


class TestFallingBack:
    def test_takes_its_own_words_first(self, folder: Path) -> None:
        assert Catalog(folder).format("es", "one") == "es uno"

    def test_then_its_parent(self, folder: Path) -> None:
        assert Catalog(folder).format("pt-BR-x", "language-name") == "Português"

    def test_then_the_default(self, folder: Path) -> None:
        assert Catalog(folder, default="es").format("pt-BR", "two", x="X") == "es dos X"

    def test_then_english(self, folder: Path) -> None:
        assert Catalog(folder, default="es").format("pt-BR", "three") == "en three"

    def test_at_last_a_built_in_sentence(self, folder: Path) -> None:
        assert Catalog(folder).format("es", "nowhere") == LAST_RESORT

    def test_a_message_with_errors_counts_as_missing(self, folder: Path) -> None:
        assert Catalog(folder).format("pt-BR-x", "two", x="X") == "en two X"

    def test_an_unknown_language_is_the_default(self, folder: Path) -> None:
        assert Catalog(folder, default="es").format("xx", "one") == "es uno"

    def test_each_miss_is_reported_and_logged_once(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        misses: list[MissingMessage] = []
        catalog = Catalog(folder, on_missing=misses.append)
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                catalog.format("es", "three")
        assert [(miss.locale, miss.key) for miss in misses] == [("es", "three")]
        assert len(caplog.records) == 1


class TestOverride:
    def test_is_read_after_ours(self, folder: Path, tmp_path: Path) -> None:
        over = write(tmp_path / "own", es="one = uno propio\n")
        assert Catalog(folder, over).format("es", "one") == "uno propio"
        assert Catalog(folder, over).format("es", "two", x="X") == "es dos X"

    def test_is_of_one_language_only(self, folder: Path, tmp_path: Path) -> None:
        over = write(tmp_path / "own", es="one = uno propio\nfour = cuatro propio\n")
        assert Catalog(folder, over).format("en", "one") == "en one"
        assert Catalog(folder, over).format("pt-BR", "four") == "en four"

    def test_that_formats_with_errors_gives_way_to_ours(self, folder: Path, tmp_path: Path) -> None:
        over = write(tmp_path / "own", es="two = dos { $y }\n")
        assert Catalog(folder, over).format("es", "two", x="X") == "es dos X"

    @pytest.mark.parametrize("broken", ["one = <b>uno\n", "one = <div>uno</div>\n", "one = {\n", "one\n"])
    def test_that_telegram_would_refuse_gives_way_to_ours(self, folder: Path, tmp_path: Path, broken: str) -> None:
        over = write(tmp_path / "own", es=broken)
        assert Catalog(folder, over).format("es", "one") == "es uno"

    def test_may_add_a_regional_language(self, folder: Path, tmp_path: Path) -> None:
        misses: list[MissingMessage] = []
        over = write(tmp_path / "own", es_ES="one = uno de España\n")
        catalog = Catalog(folder, over, on_missing=misses.append)
        assert catalog.choose(None, "es-ES") == "es-ES"
        assert catalog.format("es-ES", "one") == "uno de España"
        assert catalog.format("es-ES", "two", x="X") == "es dos X"
        assert not misses

    def test_with_windows_line_ends_and_a_mark_at_its_start(self, folder: Path, tmp_path: Path) -> None:
        over = write(tmp_path / "own", es="")
        (over / "es" / "words.ftl").write_bytes(b"\xef\xbb\xbfone =\r\n    a\r\n    b\r\n")
        assert Catalog(folder, over).format("es", "one") == "a\nb"


def test_an_id_is_not_grouped_and_gets_no_isolates() -> None:
    text = Catalog().format("en", "list-row-awaited", number="1509750516095-01")
    assert text == "1509750516095-01 – not seen yet"


def test_the_packaged_languages_are_found() -> None:
    assert (default_folder() / "en" / "orders.ftl").is_file()
