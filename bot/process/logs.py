"""Set up logging for the process: text or JSON, one record a line, secrets redacted."""

import json
import logging
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO

from bot.process.redaction import Redaction

# control characters → how a log line shows them, so that nothing from outside can forge a line or move the cursor
_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {10: "\\n", 13: "\\r", 9: " "}
_ESCAPES |= {0x2028: "\\u2028", 0x2029: "\\u2029"}
_ESCAPES_EXCEPT_NEWLINE = {code: escape for code, escape in _ESCAPES.items() if code != 10}


class _Formatter(logging.Formatter):
    """Format a record and redact all of it: message, arguments, traceback and stack."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def details(self, record: logging.LogRecord) -> str:
        """Return the traceback and the stack, if there are any.

        They are not cached on the record: another handler would print them unredacted.
        """
        error = self.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else record.exc_text
        return "\n".join(part for part in (error, record.stack_info) if part)

    @staticmethod
    def time(record: logging.LogRecord) -> str:
        """Format the record's time: UTC, with milliseconds."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class TextFormatter(_Formatter):
    """Time, level, logger and message; a traceback follows, indented so that it can't be taken for another record."""

    def format(self, record: logging.LogRecord) -> str:
        """Format one record."""
        message = _message(record)
        if not message.isprintable():
            message = message.translate(_ESCAPES)
        line = f"{self.time(record)} {record.levelname:<8} {record.name}: {message}"
        if details := self.details(record):
            line = "\n    ".join([line, *details.translate(_ESCAPES_EXCEPT_NEWLINE).split("\n")])
        return self._redaction.clean(line)


class JsonFormatter(_Formatter):
    """One JSON object a line: time, level, logger, message, fields, and details where there is a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Format one record; it is redacted before JSON escapes it."""
        entry: dict[str, object] = {"time": self.time(record), "level": record.levelname, "logger": record.name}
        entry["message"] = self._redaction.clean(_message(record))
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):  # what the line says, for machines: extra={"fields": {…}}
            entry = {name: self._cleaned(value) for name, value in fields.items()} | entry
        if details := self.details(record):
            entry["details"] = self._redaction.clean(details)
        return json.dumps(entry, ensure_ascii=True)

    def _cleaned(self, value: object) -> object:
        """Return a field's value as JSON takes it, without secrets. Only texts can hold one."""
        if isinstance(value, list | tuple):
            return [self._cleaned(one) for one in value]
        return value if value is None or isinstance(value, int | float) else self._redaction.clean(str(value))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError) as error:  # a wrong placeholder must not lose the record
        return f"{record.msg} (its values could not be put in: {type(error).__name__})"


class _Handler(logging.StreamHandler[TextIO]):
    """Write to a stream. The standard handler prints what it could not write, unredacted."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """Report only the logger and the kind of error."""
        error = sys.exc_info()[0]
        if sys.stderr and error and not issubclass(error, OSError):
            sys.stderr.write(f"a log line of {record.name} could not be written: {error.__name__}\n")


def configure(
    *, log_format: Literal["text", "json"], level: str, secrets: Iterable[str], stream: TextIO | None = None
) -> None:
    """Log to `stream` (default: standard error) and nowhere else.

    Uncaught errors, of threads too, are logged as well, so that they are redacted.
    """
    redaction = Redaction(secrets)
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(redaction) if log_format == "json" else TextFormatter(redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for verbose in ("aiohttp.access", "aiogram.event"):  # a line for each request, update
        logging.getLogger(verbose).setLevel(level if level == "DEBUG" else max(logging.WARNING, root.level))
    # several lines for each timer that goes off: they say nothing, at DEBUG either
    logging.getLogger("apscheduler").setLevel(max(logging.WARNING, root.level))
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        logging.getLogger("bot").critical("an error nobody caught", exc_info=(kind, error or kind(), trace))
