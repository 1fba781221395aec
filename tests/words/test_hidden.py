"""The checker reads what readers see: words that are hidden, split or lent from elsewhere count as said."""

from pathlib import Path

import pytest

from bot.words.fluent.checking import check
from tests.words.test_voice import problems_of

OURS = """\
headline-being-prepared = 🛒 <b>Picking</b> · { $order }
state-picking = Picking.
state-packing = Packing.
button-copy = Copy
"""


def override_problems(tmp_path: Path, language: str, words: str) -> list[str]:
    ours = tmp_path / "locales"
    for name in ("en", "es"):
        (ours / name).mkdir(parents=True)
        (ours / name / "card.ftl").write_text(OURS, encoding="utf-8")
    for name in ("es-AR", "pt-BR"):
        (ours / name).mkdir()
    place = tmp_path / "own" / language
    place.mkdir(parents=True)
    (place / "mine.ftl").write_text(words, encoding="utf-8")
    return [one for one in check(ours, tmp_path / "own") if str(place) in one]


@pytest.mark.parametrize("own", [False, True], ids=["ours", "own"])
class TestSigns:
    @pytest.mark.parametrize(
        ("language", "text", "said"),
        [
            ("es", "Bas\u200bta con esperar.", "basta con"),
            ("es", "Bas\u00adta con esperar.", "basta con"),
            ("es", "Basta\u2060 con esperar.", "basta con"),
            ("es", "Bas&#8203;ta con esperar.", "basta con"),
            ("pt-BR", "Chega amanha\u0303.", "amanhã"),
            *(("en", f"Don{sign}t worry.", "don’t worry") for sign in "'’‘ʼ`´＇′"),
        ],
    )
    def test_that_nobody_sees_hide_nothing(
        self, tmp_path: Path, language: str, text: str, said: str, *, own: bool
    ) -> None:
        [found] = problems_of(tmp_path, language, "state-picking", text, own=own)
        assert f"says “{said}”" in found

    @pytest.mark.parametrize("sign", ["™", "©", "▶", "‼", "⁉", "Ⓜ", "▪", "㊗", "1\u20e3"])
    def test_that_phones_show_in_colour_are_emoji(self, tmp_path: Path, sign: str, *, own: bool) -> None:
        text = f"🛒 <b>We’re on it</b> {sign} · Order {{ $order }}"
        [found] = problems_of(tmp_path, "en", "headline-being-prepared", text, own=own)
        assert "has the emoji" in found

    @pytest.mark.parametrize("text", ["\u200b", "<b>\u2060</b>", '{ "" }', "&#8203;"])
    def test_alone_are_no_text(self, tmp_path: Path, text: str, *, own: bool) -> None:
        assert any("is empty" in one for one in problems_of(tmp_path, "en", "thanked", text, own=own))

    @pytest.mark.parametrize(
        "text",
        [
            "The one { $store } : so.",
            "Packed · The one { $store }: so.",
            "The one { $store }： so.",
            "The\u200b one: so.",
        ],
    )
    def test_beside_a_colon_keep_no_article(self, tmp_path: Path, text: str, *, own: bool) -> None:
        [found] = problems_of(tmp_path, "en", "thanked", text, own=own)
        assert "has an article before a colon" in found

    @pytest.mark.parametrize("bold", ["{ $order }", " ", "№ { $order }"])
    def test_and_numbers_are_no_state(self, tmp_path: Path, bold: str, *, own: bool) -> None:
        text = f"🛒 <b>{bold}</b> · Order {{ $order }}"
        assert any(
            "state in bold" in one for one in problems_of(tmp_path, "en", "headline-being-prepared", text, own=own)
        )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("-b = Basta\nstate-picking = { -b } con esperar.\n", "state-picking: says “basta con”"),
        ("-a = con\n-b = Basta { -a }\nstate-picking = { -b } esperar.\n", "state-picking: says “basta con”"),
        ("-b = { $is ->\n    [a] Basta con\n   *[b] x\n }\nstate-picking = { -b(is: 1) }.\n", "state-picking: says"),
        ("-p = te avisaremos\nstate-picking = Sí, { -p }.\n", "state-picking: promises"),
        ("-x = Lo juntan todo hoy en la tienda\nheadline-being-prepared = 🛒 <b>{ -x }</b> · { $order }\n", "in bold"),
        ("-x = el número\nbutton-copy = Copiar { -x } entero\n", "button-copy: is too long"),
        ("state-picking = { state-packing }\nstate-packing = { state-picking }\n", "refers to itself"),
        ("-x = { -x }\n", "refers to itself"),
    ],
)  # fmt: skip
def test_what_is_lent_is_read_where_it_stands(tmp_path: Path, words: str, problem: str) -> None:
    found = override_problems(tmp_path, "es", words)
    assert any(problem in one for one in found), found


def test_what_is_lent_and_right_is_right(tmp_path: Path) -> None:
    words = "-x = En preparación\nheadline-being-prepared = 🛒 <b>{ -x }</b> · Pedido { $order }\n"
    assert override_problems(tmp_path, "es", words) == []


def test_a_variant_behind_very_many_is_read(tmp_path: Path) -> None:
    many = "".join(f"{{ $named ->\n        [yes] {n}\n       *[no] -\n    }} " for n in range(9))  # 512 texts
    text = f"{{ $named ->\n        [yes] {many}\n       *[no] Unfortunately not.\n    }}"
    assert any("unfortunately" in one for one in problems_of(tmp_path, "en", "state-picking", text))


@pytest.mark.parametrize(
    ("folder", "advice"),
    [
        ("ES", "rename it to es"),
        ("es-ar", "rename it to es-AR"),
        ("es_AR", "rename it to es-AR"),
        ("es_MX", "rename it to es-MX"),
        ("English", "name it as “fr”"),
        ("pt_br", "rename it to pt-BR"),
    ],
)
def test_a_folder_that_is_never_used_is_a_problem(tmp_path: Path, folder: str, advice: str) -> None:
    [found] = override_problems(tmp_path, folder, "state-picking = x\n")
    assert advice in found


@pytest.mark.parametrize("key", ["never-seen", "archived"])
def test_what_begins_as_a_card_is_as_short(tmp_path: Path, key: str) -> None:
    text = "ℹ️ <b>Nothing was heard of it for { $days } long days</b> · Order { $order }\n    Well."
    found = problems_of(tmp_path, "en", key, text, own=True)
    assert any("on line 1, is too long" in one for one in found), found
    short = "ℹ️ <b>Nothing heard</b> · Order { $order }\n    A second line may be as long as it likes, as here."
    assert problems_of(tmp_path, "en", key, short, own=True) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We’re going to tell you when it’s packed."),
        ("en", "You’ll get a message when it leaves."),
        ("en", "I'll tell you."),
        ("en", "You will be notified."),
        ("es", "Vamos a avisarte."),
        ("es", "Recibirás un mensaje."),
        ("es", "Te notificaremos."),
        ("pt-BR", "Você vai receber uma mensagem."),
        ("pt-BR", "Mandaremos uma mensagem."),
        ("pt-BR", "Você será avisada."),
    ],
)
def test_a_promise_in_other_words_is_one(tmp_path: Path, language: str, text: str) -> None:
    assert any("promises" in one for one in problems_of(tmp_path, language, "state-picking", text, own=True))
