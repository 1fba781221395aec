"""Foreign text becomes HTML that Telegram accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulators.telegram.text import parse_text
from bot.tracking.addresses import public_link
from bot.words.html.escaping import clean, code, escape, fit_message, truncate
from bot.words.html.markup import MarkupError, visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.limits import ENTITIES, TEXT_UNITS

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
TAGGED = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<b>",
                "</b>",
                "<code>",
                "</code>",
                "<",
                ">",
                "&",
                "&lt;",
                "&bad;",
                "<script>",
                "</",
                "😀" * 900,
                "a" * 3000,
            ]
        ),
        ANY_TEXT,
    ),
    max_size=12,
).map("".join)


@given(ANY_TEXT, st.integers(1, 80))
def test_any_text_becomes_html_that_parses_within_its_limit(text: str, limit: int) -> None:
    assert utf16_length(visible_text(escape(text, limit))) <= limit


@given(ANY_TEXT)
def test_any_text_with_lines_can_be_sent(text: str) -> None:
    markup = escape(text, 200, lines=True)
    markup.encode()
    assert not set(visible_text(markup)) & set("\u202e\u200b\u2028\r\x00\u2066")


@given(ANY_TEXT)
def test_an_id_becomes_code_that_parses(text: str) -> None:
    assert visible_text(code(text)) == visible_text(code(visible_text(code(text))))


@given(TAGGED)
def test_any_fitted_message_is_accepted_by_telegram(source: str) -> None:
    fitted = fit_message(source)
    assert utf16_length(visible_text(fitted)) <= TEXT_UNITS
    if visible_text(fitted).strip(" \t\r\n\v\0"):
        parse_text(fitted, "HTML")


@given(st.integers(0, 5000), st.integers(0, 120))
def test_long_formatted_text_keeps_its_tags_closed_within_the_limit_of_entities(length: int, bold: int) -> None:
    fitted = fit_message("<b>x</b>" * bold + "<i>" + "😀" * length + "</i>")
    assert utf16_length(visible_text(fitted)) <= TEXT_UNITS
    assert fitted.count("<b>") + fitted.count("<i>") <= ENTITIES


def test_short_valid_html_is_unchanged() -> None:
    text = 'a <b>b</b> <code>c</code> &amp; <tg-time unix="1" format="wdt">d</tg-time>'
    assert fit_message(text) == text


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("  two\n\tlines ", "two lines"),
        ("one\u2028two\u2029three\u0085four", "one two three four"),
        ("abc\u202edef\u2066", "abcdef"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\u200d\u200d x \u200d", "x"),
        ("a\u200d\u200d\u200db", "ab"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("\x00\x07\x1b[31m", "[31m"),
        ("\u3164\u2800", ""),
        ("\u0301\u0301", ""),
        ("\ufffc \u20e3", ""),
    ],
)
def test_invisible_characters_are_removed(given_text: str, cleaned: str) -> None:
    assert clean(given_text) == cleaned


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_truncation_splits_no_surrogate_pair() -> None:
    assert truncate("😀😀😀", 4) == "😀…"
    assert truncate("😀😀", 4) == "😀😀"
    assert utf16_length(truncate("a😀b😀", 5)) <= 5


@pytest.mark.parametrize(
    "text", ["booking.com", "www.evil.org/x", "@admin", "see /forget", "#1", "+51 987 654 321", "x://y"]
)
def test_text_that_telegram_would_link_becomes_code(text: str) -> None:
    assert escape(text).startswith("<code>")


@pytest.mark.parametrize("text", ["amazon", "Óscar Envíos", "mamá’s <gift>", "a & b", "S.A. de C.V.", "24/7 Express"])
def test_ordinary_names_stay_text(text: str) -> None:
    assert not escape(text).startswith("<code>")


def test_an_id_is_only_escaped() -> None:
    assert code("MKT-<v5>&01") == "<code>MKT-&lt;v5&gt;&amp;01</code>"
    assert code("a  b") == "<code>a  b</code>"


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/x",
        "https://127.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest",
        "https://intranet/",
        "https://box.local/",
        "https://user:pass@courier.com/",
        "javascript:alert(1)",
        "ftp://courier.com/",
        "https://courier.com/a b",
        "https://courier.com/\u202e",
        "https://courier.com:0/",
        "https://" + "a" * 2100 + ".com",
        "",
    ],
)
def test_an_address_that_is_not_public_is_no_link(url: str) -> None:
    link = public_link(url)
    assert link is None or ("\u202e" not in link and " " not in link)


@pytest.mark.parametrize(
    "source", ["<b>", "</b>", "<b></i>", "<div>x</div>", "a < b", "a & b", '<a href="x">y</a>', "<br>"]
)
def test_the_parser_refuses_what_telegram_may_refuse(source: str) -> None:
    with pytest.raises(MarkupError):
        visible_text(source)
