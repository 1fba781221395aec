"""What the tests of hostile input share: how long hypothesis searches, the corpus, and an ear for tracebacks."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.run_options import LONG

PAYLOADS = Path(__file__).parent.parent / "payloads"

NASTY_TEXTS = [
    "",
    " ",
    "\x00",
    "A-1\x00",
    "\ud800",
    "A-1 \udfff",
    "\u202eA-1",
    "\u2066\u200f\ufeff",
    "😀" * 40,
    "<b>A-1",
    "</code>&amp;&#0;",
    "{ $order } { -term }",
    "%s %n {0} ${HOME}",
    "\r\n\x1b[2J",
    "z" + "\u0301" * 300,
    "1e25",
    "٣٤٥",
    "9" * 500,
    "a" * 5000,
    "../../etc/passwd",
    "'; DROP TABLE chats; --",
]
texts = st.one_of(st.text(max_size=80), st.sampled_from(NASTY_TEXTS))


def searching(examples: int) -> settings:
    """The same examples in each run; with ONROUTE_LONG_TESTS=1 new ones at random, forty times as many."""
    return settings(
        max_examples=examples * 40 if LONG else examples,
        derandomize=not LONG,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def corpus(folder: str) -> pytest.MarkDecorator:
    """`path`: each file of a folder of the corpus. An empty one is a mistake, not a test less."""
    files = sorted(path for path in (PAYLOADS / folder).iterdir() if path.is_file())
    assert files, f"no cases in {folder}"
    return pytest.mark.parametrize("path", files, ids=[path.name for path in files])


def expected(path: Path) -> str:
    """What a case comes to, by its name: `what-is-in-it.EXPECTED.ext`."""
    return path.suffixes[-2].removeprefix(".")


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            self.heard.append(f"{record.name}: {record.getMessage()} {record.exc_info}")


@contextmanager
def no_traceback_logged() -> Iterator[None]:
    """Whatever happens in here, no logger says error."""
    ear, root = _Ear(), logging.getLogger()
    root.addHandler(ear)
    try:
        yield
    finally:
        root.removeHandler(ear)
    assert ear.heard == []
