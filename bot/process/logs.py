"""What people see of the running service: the log, with every secret struck out, and the counters of /metrics."""

import base64
import html
import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, TextIO

from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

HIDDEN = "***"
SHORTEST_SECRET = 4  # striking out anything shorter would eat the log

# No \b in front: after an escaped line break there is none. Better a word too many than a token in the log.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"bot[0-9]+(:|%3[Aa])[A-Za-z0-9_-]+"), f"bot{HIDDEN}"),
    (re.compile(r"eyJ[A-Za-z0-9_-]{6,}(\.[A-Za-z0-9_-]*){0,2}"), HIDDEN),  # a JWT: new ones come every 15 minutes
    (re.compile(r"([?&](?:secret|token|api_?key)=)[^&\s\"'\\]*", re.IGNORECASE), rf"\g<1>{HIDDEN}"),
    (re.compile(r"(Bearer|Basic)(?:\s|%20)+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\g<1> {HIDDEN}"),
)
_CONTROLS = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160))} | {10: "\\n", 13: "\\r", 9: " "}
_CONTROLS |= {0x2028: "\\u2028", 0x2029: "\\u2029"}
_LINES = {number: sign for number, sign in _CONTROLS.items() if number != 10}


# ── striking out ─────────────────────────────────────────────────────────────


class Redaction:
    """Knows the secrets in every spelling in which one could get into a text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: dict[str, re.Pattern[str]] = {}
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Strike this out from now on as well."""
        self._spellings |= {one: _any_spelling(one) for one in _parts(secret) if len(one) >= SHORTEST_SECRET}
        # the longest first, or the rest of a longer one would stay
        self._spellings = dict(sorted(self._spellings.items(), key=lambda item: len(item[0]), reverse=True))

    def clean(self, text: str) -> str:
        """Give the text with *** for each secret, each token in a URL, each JWT."""
        for spelling in self._spellings.values():
            text = spelling.sub(HIDDEN, text)
        for shape, put in _SHAPES:
            text = shape.sub(put, text)
        return text


def _parts(secret: str) -> Iterator[str]:
    yield secret
    if re.fullmatch(r"[0-9]+:.{20,}", secret):  # the bot's number is public, what follows it is not
        yield secret.partition(":")[2]


def _any_spelling(secret: str) -> re.Pattern[str]:
    """The secret with each of its signs escaped or not, as often as anybody does it, or all of it in base64."""
    runs = re.findall(r"\\+|[^\\]", secret)
    encoded = {re.escape(one) for one in _base64(secret.encode("utf-8", "surrogateescape"))}
    whole = "".join(_any_escape(run) for run in runs)
    return re.compile("|".join([whole, *(one for one in encoded if len(one) >= SHORTEST_SECRET)]))


def _any_escape(sign: str) -> str:
    """One sign, or a run of backslashes, as Python, JSON, URLs and HTML write it, also twice: \", \\\", %22, %2522."""
    if sign.isascii() and sign.isalnum():
        return sign
    percents = "".join(f"%(?:25)*(?i:{byte:02x})" for byte in sign.encode("utf-8", "surrogateescape"))
    if sign[0] == "\\":
        return rf"(?:{percents}|\\{{{len(sign)},}}+)"
    escaped = re.escape(json.dumps(sign)[1:-1].lstrip("\\"))
    spelt = {re.escape(sign), escaped, *(["[+]"] if sign == " " else [])}
    # the longer ones first: what follows is no part of them
    return rf"(?:{percents}|{re.escape(html.escape(sign))}|\\*+(?:{'|'.join(sorted(spelt))}))"


def _base64(secret: bytes) -> Iterator[str]:
    """Base64 of the secret wherever it lies in a longer text (`user:secret`): the characters that it alone decides."""
    for before in range(3):
        first, last = -(-before * 8 // 6), (before + len(secret)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * before + secret).decode()[first:last]


# ── the log ──────────────────────────────────────────────────────────────────


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


# ── the counters ─────────────────────────────────────────────────────────────

OTHER = "other"
WEBHOOK_RESULTS = (
    "stored", "repeat", "ignored", "malformed", "wrong-secret", "other-account", "too-slow", "too-large", "not-stored",
)  # fmt: skip
PLACES = ("listener", "intake", "poller", "sender", "shopper", "staff", "update", "job", "telegram")
BREAKER_STATES = ("closed", "half-open", "open")
LATENCY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
TOLD_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60, 300, 3600)


class Metrics:
    """The counters, each with its own few labels: a value that is not in its list is counted as `other`.

    `outcomes`: what can become of a notice; `api_results`: of a call to Pick and Pack.
    """

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, *, outcomes: tuple[str, ...], api_results: tuple[str, ...]) -> None:
        self._outcomes, self._api_results = outcomes, api_results
        self._registry = registry = CollectorRegistry()
        self._webhooks = _counter(registry, "webhooks", "Webhooks of Pick and Pack", "result", WEBHOOK_RESULTS)
        self._api_calls = _counter(registry, "api_calls", "Calls to Pick and Pack", "result", api_results)
        self._api_seconds = Histogram(
            "onroute_api_seconds", "Time of a call to Pick and Pack", buckets=LATENCY_BUCKETS, registry=registry
        )
        self._notices = _counter(registry, "notices_sent", "Notices by what became of them", "outcome", outcomes)
        self._told_seconds = Histogram(
            "onroute_told_seconds", "From an event to its message", buckets=TOLD_BUCKETS, registry=registry
        )
        self._pauses = _counter(registry, "telegram_429", "Answers 429 by whom they pause", "scope", ("chat", "bot"))
        self._errors = _counter(registry, "errors", "Errors caught at an outer edge", "place", PLACES)
        self._missing = Counter("onroute_missing_messages", "Messages that a language lacked", registry=registry)
        self._breaker = Enum("onroute_breaker", "Pick and Pack's breaker", states=BREAKER_STATES, registry=registry)
        self._backlog = Gauge("onroute_outbox_backlog", "Notices not yet sent", registry=registry)
        self._oldest = Gauge("onroute_outbox_oldest_seconds", "Age of the oldest due notice", registry=registry)

    def webhook(self, result: str) -> None:
        """Count a webhook by its result (WEBHOOK_RESULTS)."""
        _count(self._webhooks, WEBHOOK_RESULTS, result)

    def api_call(self, result: str, seconds: float) -> None:
        """Count a call to Pick and Pack, by its result's name, and its time."""
        _count(self._api_calls, self._api_results, result)
        self._api_seconds.observe(seconds)

    def notice(self, outcome: str) -> None:
        """Count an attempt to tell a notice, by its outcome's name."""
        _count(self._notices, self._outcomes, outcome)

    def told(self, seconds: float) -> None:
        """Note the time from an event to its message; a clock that went back counts as no time."""
        self._told_seconds.observe(max(0.0, seconds))

    def paused(self, *, whole_bot: bool) -> None:
        """Count a 429 of any call to Telegram, by whether it pauses one chat or the whole bot."""
        self._pauses.labels("bot" if whole_bot else "chat").inc()

    def error(self, place: str) -> None:
        """Count an error that an outer edge caught (PLACES)."""
        _count(self._errors, PLACES, place)

    def missing_message(self) -> None:
        """Count a message that a language lacked."""
        self._missing.inc()

    def breaker(self, state: str) -> None:
        """Note the breaker's state (BREAKER_STATES)."""
        self._breaker.state(state)

    def watch_outbox(self, *, backlog: Callable[[], float], oldest_seconds: Callable[[], float]) -> None:
        """Say whom to ask for the backlog and the age of the oldest due notice; asked at each `render`."""
        self._backlog.set_function(_surely(backlog))
        self._oldest.set_function(_surely(oldest_seconds))

    def render(self) -> bytes:
        """Write everything in Prometheus' text format (`content_type`)."""
        return generate_latest(self._registry)


def _counter(registry: CollectorRegistry, name: str, says: str, label: str, values: tuple[str, ...]) -> Counter:
    """Make a counter that shows 0 for each value from the start, so that a first one is seen as an increase."""
    counter = Counter(f"onroute_{name}", says, [label], registry=registry)
    for value in values:
        counter.labels(value)
    return counter


def _count(counter: Counter, known: tuple[str, ...], value: str) -> None:
    counter.labels(value if value in known else OTHER).inc()


def _surely(ask: Callable[[], Any]) -> Callable[[], float]:
    def answer() -> float:
        try:
            return float(ask())
        except Exception:  # an outer edge: a database in trouble must not take the whole page away
            logging.getLogger(__name__).debug("a gauge could not be read", exc_info=True)
            return float("nan")

    return answer
