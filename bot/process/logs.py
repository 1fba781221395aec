"""The log of the process: text or JSON, one record a line, with every secret struck out."""

import json
import logging
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO

from bot.process.redaction import Redaction

_CONTROLS = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160))} | {10: "\\n", 13: "\\r", 9: " "}
_CONTROLS |= {0x2028: "\\u2028", 0x2029: "\\u2029"}
_LINES = {number: sign for number, sign in _CONTROLS.items() if number != 10}


class _Formatter(logging.Formatter):
    """One record, one line, cleaned as a whole: message, arguments, traceback, stack and extras alike."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def details(self, record: logging.LogRecord) -> str:
        """Give the traceback and the stack, if there are any. Not cached on the record: others would show it as is."""
        error = self.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else record.exc_text
        return "\n".join(part for part in (error, record.stack_info) if part)

    @staticmethod
    def time(record: logging.LogRecord) -> str:
        """Write the record's time, UTC, with milliseconds."""
        return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class TextFormatter(_Formatter):
    """Time, level, logger, message; a traceback follows, indented, so that nothing in it can pass for another line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        message = _message(record).translate(_CONTROLS)
        line = f"{self.time(record)} {record.levelname:<8} {record.name}: {message}"
        details = self.details(record).translate(_LINES)
        return self._redaction.clean("\n    ".join([line, *details.split("\n")]) if details else line)


class JsonFormatter(_Formatter):
    """One JSON object a line: time, level, logger, message, and details where there is a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record, cleaned before it is escaped."""
        said = {"time": self.time(record), "level": record.levelname, "logger": record.name}
        said["message"] = self._redaction.clean(_message(record))
        if details := self.details(record):
            said["details"] = self._redaction.clean(details)
        return json.dumps(said, ensure_ascii=True)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError) as error:  # a wrong placeholder must not lose the line
        return f"{record.msg} (its values could not be put in: {type(error).__name__})"


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to a stream. The standard one prints what it could not write, raw, with its traceback."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say only that, and where from."""
        error = sys.exc_info()[0]
        if sys.stderr and error and not issubclass(error, OSError):
            sys.stderr.write(f"a log line of {record.name} could not be written: {error.__name__}\n")


def configure(
    *, form: Literal["text", "json"], level: str, secrets: Iterable[str], stream: TextIO | None = None
) -> Redaction:
    """Set up the process's log on `stream` (standard error), in place of whatever handlers there were.

    `form` is text or json, `level` a level's name, `secrets` what must never be written. Errors that nobody caught
    are logged as well, here and in threads, so that they are redacted too.
    """
    redaction = Redaction(secrets)
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(redaction) if form == "json" else TextFormatter(redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for chatty in ("aiohttp.access", "apscheduler", "aiogram.event"):  # a line for each request, job, update
        logging.getLogger(chatty).setLevel(level if level == "DEBUG" else max(logging.WARNING, root.level))
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda thrown: _log_uncaught(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)
    sys.unraisablehook = lambda thrown: _log_uncaught(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)
    return redaction


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        logging.getLogger("bot").critical("an error nobody caught", exc_info=(kind, error or kind(), trace))
