"""A store's own words: each mistake by its file and line, and a folder that is laid out otherwise."""

from pathlib import Path

import pytest

from bot.words.fluent.checking import check_override
from bot.words.fluent.files import default_folder, why_without_words

BROKEN = """\
# the first card
button-copy = Copy
button-share = Share { $nobody }
hello-there = Hello
headline-being-prepared = 🛒 <b>Being prepared</b>
say-person =
    { $open ->
        [always] <b>Fine</b>
        [yes] <b>Fine</b>
       *[no]
            Well
            <b>Wrong
    }
say-store-hours =
    Fine
    <br>
say-refund = Fine { -nobody }
say-payment =
    { $open ->
        [yes] Fine
    }
# a comment above it
button-stop = { NOBODY($n) }
cmd-help = a < b
button-more = One that is far too long for a button of Telegram, as anybody can see who counts its letters
say-complaint = Fine { $store
"""


def lines(override: Path) -> list[str]:
    return [problem.removeprefix(f"{override}/") for problem in check_override(override, default_folder())]


@pytest.fixture
def override(tmp_path: Path) -> Path:
    place = tmp_path / "my-words"
    (place / "en").mkdir(parents=True)
    return place


def test_each_mistake_is_named_with_its_file_and_line(override: Path) -> None:
    (override / "en" / "mine.ftl").write_text(BROKEN)
    found = {}
    for line in lines(override):
        path, number, says = line.split(":", maxsplit=2)
        assert path == "en/mine.ftl"
        found[int(number)] = says.strip()
    expected = {
        3: "button-share: has the variable $nobody",
        4: "hello-there: is unknown",
        5: "headline-being-prepared: lacks the variable $order",
        12: "say-person: <b> is not closed",
        16: "say-store-hours: <br> is not for Telegram",
        17: "say-refund: refers to -nobody",
        23: "button-stop: uses the function NOBODY",
        24: "cmd-help: '<' must be written as &lt;",
        25: "button-more: is too long",
    }
    for at, says in expected.items():
        assert found[at].startswith(says), found
    broken = [number for number, says in found.items() if says.startswith("broken")]
    assert len(broken) == 2
    assert broken[0] in (21, 22)
    assert broken[1] in (26, 27)


@pytest.mark.parametrize(
    ("files", "chosen", "says"),
    [
        ([], ".", "holds no folder of a language"),
        (["en/words.ftl"], "en", "is itself the folder of a language: set LOCALES_OVERRIDE to {folder}"),
        (["locales/en/words.ftl"], ".", "locales: holds the languages: set LOCALES_OVERRIDE to {folder}/locales"),
        (["en/mine/es/words.ftl", "en/mine/words.ftl"], ".", "en/mine: is one level too deep"),
        (["words.ftl", "es/words.ftl"], ".", "words.ftl: is in no language's folder: move it to"),
        (["pt_BR/words.ftl"], ".", "is no language, so nothing of it is used: rename it to pt-BR"),
        (["spanish/words.ftl"], ".", "is no language, so nothing of it is used: name it as"),
        (["es/words.txt"], ".", "es: holds no messages (files must end in .ftl)"),
    ],
)
def test_a_folder_that_is_laid_out_otherwise_is_told_where_its_files_belong(
    tmp_path: Path, files: list[str], chosen: str, says: str
) -> None:
    folder = tmp_path / "my-words"
    folder.mkdir()
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("button-copy = Copy\n")
    found = check_override(folder / chosen, default_folder())
    assert any(says.format(folder=folder) in one for one in found), found


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-16-le"])
def test_a_file_in_another_encoding_is_named(override: Path, encoding: str) -> None:
    (override / "en" / "mine.ftl").write_bytes("button-copy = Cópy\n".encode(encoding))
    (found,) = lines(override)
    assert found.startswith("en/mine.ftl: ")
    assert "UTF-8" in found


def test_a_correct_folder_has_no_problem(override: Path) -> None:
    (override / "en" / "mine.ftl").write_bytes(b"\xef\xbb\xbfbutton-copy = Copy\r\n")
    (override / "es").mkdir()
    (override / "es" / "intents.txt").write_text("[thanks]\nmil gracias\n")
    assert lines(override) == []


@pytest.mark.parametrize("language", ["en", "es", "pt", "pt-BR", "pt-PT", "es-419", "en-GB"])
def test_a_language_near_one_with_words_may_be_the_default(language: str) -> None:
    assert why_without_words(language, None) is None


def test_a_language_without_words_is_told_which_there_are(override: Path) -> None:
    assert "en, es, es-AR, pt-BR" in (why_without_words("fr", None) or "")
    (override / "fr").mkdir()
    assert why_without_words("fr", override)
    (override / "fr" / "mine.ftl").write_text("button-copy = Copier\n")
    assert why_without_words("fr", override) is None
