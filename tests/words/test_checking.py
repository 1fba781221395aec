"""The checker finds each kind of mistake, and none in the packaged languages."""

from pathlib import Path

import pytest

from bot.words.fluent.checking import check
from bot.words.fluent.files import default_folder
from tests.words.test_catalog import write

ENGLISH = """\
headline-being-prepared = 🛒 <b>Being prepared</b> · Order { $order }
alert-incident = ⚠️ <b>Problem</b> · Order { $order }: { $total ->
        [1] problem
       *[other] problem with package { $n } of { $total }
    }
fold = { $emoji } Order { $order } was packed
hello = Hello { $who }
button-copy = Copy number
"""
GOOD = ENGLISH.replace("Order", "Pedido")


def problems_of(tmp_path: Path, spanish: str) -> list[str]:
    return check(write(tmp_path / "locales", en=ENGLISH, es=spanish), None)


def test_the_packaged_languages_have_no_problem() -> None:
    assert check(default_folder(), None) == []


def test_correct_languages_have_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("spanish", "problem"),
    [
        (GOOD.replace("hello = Hello { $who }\n", ""), "hello: is missing"),
        (GOOD + "more = Más\n", "more: is extra"),
        (GOOD + "hello = { $who }\n", "hello: is already in words.ftl"),
        (GOOD.replace("{ $who }", "{ $name }"), "hello: has the variable $name"),
        (GOOD.replace("{ $who }", "you"), "hello: lacks the variable $who"),
        (GOOD.replace("Hello { $who }", "Hello { $who"), "broken"),
        (GOOD.replace("*[other]", "[other]"), "broken"),
        (GOOD.replace("Hello { $who }", "<b>Hello</b> <br> { $who }"), "<br> is not for Telegram"),
        (GOOD.replace("Hello { $who }", "<b>Hello { $who }"), "<b> is not closed"),
        (GOOD.replace("[1] problem", "[1] <i>problem"), "<i> is not closed"),
        (GOOD.replace("Hello { $who }", "a < b { $who }"), "must be written as &lt;"),
        (GOOD.replace("Hello { $who }", '<a href="javascript:x">Hello</a> { $who }'), "is not for Telegram"),
        (GOOD.replace("🛒 ", ""), "must open with 🛒"),
        (GOOD.replace("🛒", "📦"), "must open with 🛒"),
        (GOOD.replace("⚠️", "⚠"), "must open with ⚠️"),
        (GOOD.replace("{ $emoji } Pedido", "Pedido { $emoji }"), "must open with { $emoji }"),
        (GOOD.replace("[1] problem", "[1] problem 😀"), "one is enough"),
        (GOOD.replace("Hello", "👋 Hello"), "this message has none"),
        (GOOD + "-brand = x\n    .gender = m\n", "has attributes"),
        (GOOD.replace("Hello", "{ -nothing } Hello"), "refers to -nothing"),
        (GOOD.replace("Hello", "{ nothing } Hello"), "refers to nothing"),
        (GOOD.replace("Hello", "{ DATETIME($who) } Hello"), "uses the function DATETIME"),
        (GOOD.replace("Copy number", "<b>Copy</b>"), "plain text"),
        (GOOD.replace("Copy number", "Copiar el número del pedido"), "too long"),
        (GOOD.replace("Hello { $who }", "{ $who ->\n        [a] x\n       *[b] { \"\" }\n    }"), "is empty"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(tmp_path: Path, spanish: str, problem: str) -> None:
    problems = problems_of(tmp_path, spanish)
    assert any(problem in found for found in problems), problems


def test_a_problem_names_file_and_line(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, GOOD.replace("{ $who }", "{ $name }"))
    assert f"{tmp_path / 'locales' / 'es' / 'words.ftl'}:7: hello:" in problems[0]


def test_nested_variants_are_checked(tmp_path: Path) -> None:
    nested = "hello = { $who ->\n        [a] { $who ->\n                [b] <u>x\n               *[c] y\n            }\n       *[d] z\n    }\n"  # noqa: E501 - one literal
    problems = problems_of(tmp_path, GOOD.replace("hello = Hello { $who }\n", nested))
    assert any("<u> is not closed" in problem for problem in problems)


def test_the_stores_variables_are_allowed_everywhere(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD.replace("Hello", "Hello { $store } { $hours }")) == []


def test_a_folder_without_english_or_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    assert "no folder 'en'" in check(write(tmp_path / "locales", es=GOOD), None)[0]
    assert "can't be read" in check(tmp_path / "nowhere", None)[0]


def test_a_file_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    folder = write(tmp_path / "locales", en=ENGLISH, es=GOOD)
    (folder / "es" / "more.ftl").write_bytes(b"x = \xff\xfe")
    assert any("more.ftl: can't be read" in problem for problem in check(folder, None))


class TestOverride:
    def check(self, tmp_path: Path, **languages: str) -> list[str]:
        return check(write(tmp_path / "locales", en=ENGLISH, es=GOOD), write(tmp_path / "own", **languages))

    def test_may_have_few_messages_and_leave_out_facts(self, tmp_path: Path) -> None:
        assert self.check(tmp_path, es="hello = Hola\n", es_ES="button-copy = Copiar\n") == []

    def test_may_not_have_unknown_keys(self, tmp_path: Path) -> None:
        assert "hallo: is unknown" in self.check(tmp_path, es="hallo = Hola\n")[0]

    def test_may_not_leave_out_the_order(self, tmp_path: Path) -> None:
        assert "lacks the variable $order" in self.check(tmp_path, es="headline-being-prepared = 🛒 Tu pedido\n")[0]

    def test_may_not_be_broken(self, tmp_path: Path) -> None:
        assert "is not closed" in self.check(tmp_path, es="hello = <b>Hola\n")[0]

    def test_must_have_languages(self, tmp_path: Path) -> None:
        (tmp_path / "own").mkdir()
        assert "holds no folder" in self.check(tmp_path)[0]


class TestARegion:
    """A folder `es-AR` beside `es` holds only what differs."""

    NAME = "language-name = Español (Argentina)\n"

    def check(self, tmp_path: Path, region: str) -> list[str]:
        own_name = "language-name = -\n"
        return check(write(tmp_path / "locales", en=own_name + ENGLISH, es=own_name + GOOD, es_AR=region), None)

    def test_needs_only_what_differs(self, tmp_path: Path) -> None:
        assert self.check(tmp_path, self.NAME + "hello = Hola, che { $who }\n") == []

    @pytest.mark.parametrize(
        ("region", "problem"),
        [
            ("hello = Hola, che { $who }\n", "language-name: is missing"),
            (NAME + "hello = Hello { $who }\n", "hello: is the same in es"),
            (NAME + "hallo = Hola\n", "hallo: is extra"),
            (NAME + "hello = Hola\n", "hello: lacks the variable $who"),
            (NAME + "hello = <b>Hola { $who }\n", "<b> is not closed"),
            (NAME + "hello = Hola { $who } { -bot }\n", "refers to -bot"),
            (NAME + "hello =\n    .name = Hola\n", "hello: has no text"),
        ],
    )
    def test_may_not_have_mistakes(self, tmp_path: Path, region: str, problem: str) -> None:
        assert any(problem in found for found in self.check(tmp_path, region))

    def test_may_refer_to_what_its_language_has(self, tmp_path: Path) -> None:
        (tmp_path / "locales" / "es").mkdir(parents=True)
        own = "hello = Hola { $who } { -bot }\n"
        (tmp_path / "locales" / "es" / "terms.ftl").write_text("-bot = bot\n")
        assert self.check(tmp_path, self.NAME + own) == []

    def test_of_a_stores_own_needs_its_name_too(self, tmp_path: Path) -> None:
        packaged = write(tmp_path / "locales", en="language-name = -\n" + ENGLISH, es="language-name = -\n" + GOOD)
        own = write(tmp_path / "own", es_MX="hello = Qué onda\n")
        assert "language-name: is missing" in check(packaged, own)[0]
        assert check(packaged, write(own, es_MX="hello = Qué onda\nlanguage-name = México\n")) == []

    def test_of_a_stores_language_may_refer_to_what_that_has(self, tmp_path: Path) -> None:
        own = write(tmp_path / "own", fr="-bot = robot\n", fr_CA="hello = Salut { -bot }\n")
        assert check(write(tmp_path / "locales", en=ENGLISH, es=GOOD), own) == []
