"""The log redacts secrets of every logger in every spelling, and nothing from outside can forge a line."""

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
def _restore_logging() -> Iterator[None]:
    root = logging.getLogger()
    original = (root.handlers[:], root.level, sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    root.handlers[:], level, sys.excepthook, threading.excepthook, sys.unraisablehook = original
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> io.StringIO:
    stream = io.StringIO()
    configure(log_format=request.param, level="DEBUG", secrets=[TOKEN, KEY], stream=stream)
    return stream


@pytest.mark.parametrize("secret", [TOKEN, KEY, TOKEN.partition(":")[2]])
@pytest.mark.parametrize("name", ["bot.ingest", "aiohttp.access", "aiogram", "asyncio"])
def test_a_secret_is_redacted_in_message_arguments_traceback_and_stack(
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
    credentials = f"{before}:{secret}".encode()
    spellings = [
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote(quote(secret)),
        html.escape(secret),
        json.dumps(secret),
        repr(secret),
    ]
    for text in spellings:
        assert redaction.clean(f"<{text}>") in {"<***>", '<"***">', "<'***'>"}
    encoded = base64.b64encode(credentials + b"@host").decode()
    redacted = redaction.clean(f"Basic-{encoded}")
    assert "***" in redacted
    assert len(redacted) < len(encoded)


def test_tokens_in_urls_and_jwts_are_redacted_without_being_known() -> None:
    clean = Redaction().clean
    assert clean("GET https://api.telegram.org/bot42:other-token/getMe") == "GET https://api.telegram.org/bot***/getMe"
    assert clean(f"Authorization: {JWT}, next") == "Authorization: ***, next"
    assert clean('"POST /webhooks/pickpack?secret=almost&x=1 HTTP/1.1"') == (
        '"POST /webhooks/pickpack?secret=***&x=1 HTTP/1.1"'
    )
    assert clean("Authorization: Bearer abcdefgh1234") == "Authorization: Bearer ***"


ESCAPINGS: list[Callable[[str], str]] = [
    lambda text: json.dumps([json.dumps({"it": text})]),
    lambda text: repr({"it": text, "else": "'\""}),
    lambda text: repr([repr([text, "'", '"']), f"{text}'\""]),
    lambda text: repr([json.dumps(repr(text).encode().decode())]),
    lambda text: repr(f"'{text}\"".encode()),
    lambda text: str(URL.build(scheme="http", host="x", query={"a": text, "b": f"{text}{text}"})),
]


@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="*"), min_size=8, max_size=40),
    st.sampled_from(ESCAPINGS),
)
def test_a_secret_is_redacted_in_nested_escapes(secret: str, wrap: Callable[[str], str]) -> None:
    escapes = str.maketrans("", "", "'\"\\")
    redacted = Redaction([secret]).clean(wrap(secret))
    assert redacted.translate(escapes) == wrap("***").translate(escapes)


@pytest.mark.parametrize("before", ["\n", "\r", "\t", "\x1b", "\u2028", "\0", "x\n", " ", "=", "("])
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_token_after_a_line_break_is_redacted(log_format: Literal["text", "json"], before: str) -> None:
    stream = io.StringIO()
    configure(log_format=log_format, level="INFO", secrets=[], stream=stream)
    message = f"{before}{JWT}{before}bot42:other-token{before}Bearer abcdefgh1234"
    logging.getLogger("bot").info("%s %r %s", message, message, quote(message))
    logging.getLogger("bot").info("%s", {"deep": [message.encode()]}, stack_info=True)
    try:
        raise ValueError(message) from KeyError(message)
    except ValueError:
        logging.getLogger("bot").exception("%s", json.dumps([message, json.dumps(message)]))
    assert not [
        secret for secret in (*JWT.split(".")[1:], "other-token", "abcdefgh1234") if secret in stream.getvalue()
    ]


def test_other_text_is_unchanged() -> None:
    text = "order 1509750516095-01 of bot store_bot: ON_ROUTE, the bearer of it is known"
    assert Redaction([TOKEN, KEY, ""]).clean(text) == text


def test_a_secret_added_later_is_redacted_too() -> None:
    redaction = Redaction()
    redaction.add("learnt-later")
    assert redaction.clean("it was learnt-later") == "it was ***"


def test_a_text_line_has_time_level_logger_and_message() -> None:
    stream = io.StringIO()
    configure(log_format="text", level="INFO", secrets=[], stream=stream)
    logging.getLogger("bot.ingest").info("stored %d", 3)
    logging.getLogger("bot.ingest").debug("not shown")
    assert stream.getvalue().endswith("Z INFO     bot.ingest: stored 3\n")
    assert stream.getvalue().count("\n") == 1


def test_nothing_from_outside_can_forge_a_line() -> None:
    stream = io.StringIO()
    configure(log_format="text", level="INFO", secrets=[], stream=stream)
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


def test_a_json_line_is_one_object() -> None:
    stream = io.StringIO()
    configure(log_format="json", level="INFO", secrets=[], stream=stream)
    try:
        raise ValueError("why")
    except ValueError:
        logging.getLogger("bot").exception("a\nb %s", '"')
    entry = json.loads(stream.getvalue())
    assert (entry["level"], entry["logger"], entry["message"]) == ("ERROR", "bot", 'a\nb "')
    assert "ValueError: why" in entry["details"]


def test_a_wrong_placeholder_loses_no_record_and_shows_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    log = io.StringIO()
    configure(log_format="text", level="INFO", secrets=[TOKEN], stream=log)
    logging.getLogger("other").warning("%d of it", TOKEN)
    assert "could not be put in" in log.getvalue()
    assert TOKEN not in log.getvalue() + capsys.readouterr().err


def test_a_value_that_can_not_be_formatted_prints_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    log = io.StringIO()
    configure(log_format="json", level="INFO", secrets=[TOKEN], stream=log)

    class Broken:
        def __str__(self) -> str:
            raise RuntimeError(TOKEN)

    logging.getLogger("other").warning("%s", Broken())
    error = capsys.readouterr().err
    assert error == "a log line of other could not be written: RuntimeError\n"
    assert TOKEN not in log.getvalue()


def test_uncaught_errors_are_logged_and_redacted(log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError(TOKEN)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    error = ValueError(TOKEN)
    sys.excepthook(type(error), error, None)
    assert log.getvalue().count("an error nobody caught") == 2
    assert TOKEN not in log.getvalue() + capsys.readouterr().err


def test_what_a_line_says_for_machines_stands_in_fields_of_its_own_without_secrets() -> None:
    stream = io.StringIO()
    configure(log_format="json", level="INFO", secrets=[KEY], stream=stream)
    named = {"order": f"A-1 {KEY}", "event": 12, "events": [11, 12], "old": None, "level": "none of theirs"}
    logging.getLogger("bot").info("Sent", extra={"fields": named})
    entry = json.loads(stream.getvalue())
    assert {name: entry[name] for name in ("order", "event", "events", "old", "level", "message")} == {
        "order": "A-1 ***", "event": 12, "events": [11, 12], "old": None, "level": "INFO", "message": "Sent",
    }  # fmt: skip


def test_timers_that_go_off_are_logged_at_no_level() -> None:
    stream = io.StringIO()
    configure(log_format="text", level="DEBUG", secrets=[], stream=stream)
    logging.getLogger("apscheduler.executors.default").info("Running job")
    logging.getLogger("apscheduler.scheduler").debug("Next wakeup")
    assert stream.getvalue() == ""
