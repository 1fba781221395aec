"""The log strikes out secrets, whoever writes them and however they are spelt."""

import base64
import html
import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.process.logs import configure
from bot.process.redaction import Redaction

TOKEN = "123456789:AAF-Zq8t1u2v3w4x5y6z7A8B9C0D1E2F3G4"
KEY = "0f1e2d3c:4b5a+69c/787=c"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJob3N0bmFtZSI6Im0ifQ.7QRZpElg1HYgyJpE6QTNgE2IN3vX"


@pytest.fixture(autouse=True)
def _log_left_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    kept = (root.handlers[:], root.level, sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    root.handlers[:], level, sys.excepthook, threading.excepthook, sys.unraisablehook = kept
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> io.StringIO:
    stream = io.StringIO()
    configure(form=request.param, level="DEBUG", secrets=[TOKEN, KEY], stream=stream)
    return stream


@pytest.mark.parametrize("secret", [TOKEN, KEY, TOKEN.partition(":")[2]])
@pytest.mark.parametrize("name", ["bot.ingest", "aiohttp.access", "aiogram", "asyncio"])
def test_a_secret_is_struck_out_of_message_arguments_traceback_and_stack(
    log: io.StringIO, secret: str, name: str
) -> None:
    logger = logging.getLogger(name)
    logger.warning("said %s", secret)
    logger.warning("said " + secret)
    logger.warning("said %(it)s", {"it": {"deep": [secret]}})
    logger.warning("stack", stack_info=True, extra={"secret": secret})
    try:
        try:
            raise ValueError(secret)
        except ValueError as error:
            raise RuntimeError(f"again {secret}") from error
    except RuntimeError:
        logger.exception("failed with %s", secret)
    assert secret not in log.getvalue()
    assert log.getvalue().count("***") >= 6


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=40), st.text(max_size=5))
def test_a_secret_is_struck_out_in_every_spelling(secret: str, before: str) -> None:
    redaction = Redaction([secret])
    clear = f"{before}:{secret}".encode()
    spelt = [
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote(quote(secret)),
        html.escape(secret),
        json.dumps(secret),
        repr(secret),
    ]
    for text in spelt:
        assert redaction.clean(f"<{text}>") in {"<***>", '<"***">', "<'***'>"}
    encoded = base64.b64encode(clear + b"@host").decode()
    kept = redaction.clean(f"Basic-{encoded}")
    assert "***" in kept
    assert len(kept) < len(encoded)


def test_tokens_in_urls_and_jwts_are_struck_out_without_being_known() -> None:
    clean = Redaction().clean
    assert clean("GET https://api.telegram.org/bot42:other-token/getMe") == "GET https://api.telegram.org/bot***/getMe"
    assert clean(f"Authorization: {JWT}, next") == "Authorization: ***, next"
    assert clean('"POST /webhooks/pickpack?secret=almost&x=1 HTTP/1.1"') == (
        '"POST /webhooks/pickpack?secret=***&x=1 HTTP/1.1"'
    )
    assert clean("Authorization: Bearer abcdefgh1234") == "Authorization: Bearer ***"


WRAPS: list[Callable[[str], str]] = [
    lambda text: json.dumps([json.dumps({"it": text})]),
    lambda text: repr({"it": text, "else": "'\""}),
    lambda text: repr([repr([text, "'", '"']), f"{text}'\""]),
    lambda text: repr([json.dumps(repr(text).encode().decode())]),
    lambda text: repr(f"'{text}\"".encode()),
    lambda text: str(URL.build(scheme="http", host="x", query={"a": text, "b": f"{text}{text}"})),
]


@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="*"), min_size=8, max_size=40),
    st.sampled_from(WRAPS),
)
def test_a_secret_is_struck_out_though_it_is_escaped_within_escapes(secret: str, wrap: Callable[[str], str]) -> None:
    without = str.maketrans("", "", "'\"\\")
    kept = Redaction([secret]).clean(wrap(secret))
    assert kept.translate(without) == wrap("***").translate(without)


@pytest.mark.parametrize("before", ["\n", "\r", "\t", "\x1b", "\u2028", "\0", "x\n", " ", "=", "("])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_break_before_what_looks_like_a_secret_hides_it_from_nobody(
    form: Literal["text", "json"], before: str
) -> None:
    stream = io.StringIO()
    configure(form=form, level="INFO", secrets=[], stream=stream)
    said = f"{before}{JWT}{before}bot42:other-token{before}Bearer abcdefgh1234"
    logging.getLogger("bot").info("%s %r %s", said, said, quote(said))
    logging.getLogger("bot").info("%s", {"deep": [said.encode()]}, stack_info=True)
    try:
        raise ValueError(said) from KeyError(said)
    except ValueError:
        logging.getLogger("bot").exception("%s", json.dumps([said, json.dumps(said)]))
    assert not [one for one in (*JWT.split(".")[1:], "other-token", "abcdefgh1234") if one in stream.getvalue()]


def test_what_is_no_secret_stays() -> None:
    text = "order 1509750516095-01 of bot store_bot: ON_ROUTE, the bearer of it is known"
    assert Redaction([TOKEN, KEY, ""]).clean(text) == text


def test_a_secret_learnt_later_is_struck_out_too() -> None:
    redaction = Redaction()
    redaction.add("learnt-later")
    assert redaction.clean("it was learnt-later") == "it was ***"


def test_a_line_of_text_has_time_level_logger_and_message() -> None:
    stream = io.StringIO()
    configure(form="text", level="INFO", secrets=[], stream=stream)
    logging.getLogger("bot.ingest").info("stored %d", 3)
    logging.getLogger("bot.ingest").debug("not shown")
    assert stream.getvalue().endswith("Z INFO     bot.ingest: stored 3\n")
    assert stream.getvalue().count("\n") == 1


def test_nothing_from_outside_can_forge_a_line() -> None:
    stream = io.StringIO()
    configure(form="text", level="INFO", secrets=[], stream=stream)
    hostile = "x\n2026-01-01T00:00:00.000Z INFO     bot: all is well\r\x1b[2J\u2028"
    try:
        raise ValueError(hostile)
    except ValueError:
        logging.getLogger("bot").exception("order %s", hostile)
    first, *rest = stream.getvalue().rstrip("\n").split("\n")
    assert "order x\\n2026" in first
    assert rest
    assert all(line.startswith("    ") for line in rest)
    assert not {"\r", "\x1b", "\u2028"} & set(stream.getvalue())


def test_a_line_of_json_is_one_object() -> None:
    stream = io.StringIO()
    configure(form="json", level="INFO", secrets=[], stream=stream)
    try:
        raise ValueError("why")
    except ValueError:
        logging.getLogger("bot").exception("a\nb %s", '"')
    said = json.loads(stream.getvalue())
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "bot", 'a\nb "')
    assert "ValueError: why" in said["details"]


def test_a_wrong_placeholder_loses_no_line_and_tells_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    log = io.StringIO()
    configure(form="text", level="INFO", secrets=[TOKEN], stream=log)
    logging.getLogger("other").warning("%d of it", TOKEN)
    assert "could not be put in" in log.getvalue()
    assert TOKEN not in log.getvalue() + capsys.readouterr().err


def test_a_value_that_can_not_be_shown_prints_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    log = io.StringIO()
    configure(form="json", level="INFO", secrets=[TOKEN], stream=log)

    class Broken:
        def __str__(self) -> str:
            raise RuntimeError(TOKEN)

    logging.getLogger("other").warning("%s", Broken())
    error = capsys.readouterr().err
    assert error == "a log line of other could not be written: RuntimeError\n"
    assert TOKEN not in log.getvalue()


def test_errors_that_nobody_caught_are_logged_and_redacted(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError(TOKEN)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    error = ValueError(TOKEN)
    sys.excepthook(type(error), error, None)
    assert log.getvalue().count("an error nobody caught") == 2
    assert TOKEN not in log.getvalue() + capsys.readouterr().err
