"""The metrics that /metrics shows in Prometheus' format; every label has a fixed set of values."""

import logging
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Info, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

OTHER = "other"
WEBHOOK_RESULTS = (
    "stored", "repeat", "ignored", "malformed", "mismapped", "wrong-secret", "other-account", "too-slow", "too-large",
    "not-stored",
)  # fmt: skip
ERROR_PLACES = (
    "listener", "intake", "poller", "sender", "shopper", "staff", "update", "chores", "alert checks", "store trial",
    "webhook log", "telegram",
)  # fmt: skip
RATE_LIMIT_SCOPES = ("chat", "bot", "method")
BREAKER_STATES = ("closed", "half-open", "open")
LATENCY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
COMMIT_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)
BATCH_BUCKETS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
DELAY_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60, 300, 3600)


class Metrics:
    """All metrics of the service. A label value that is not in its list is counted as `other`.

    `outcomes` are the names of what sending a notice can end in, `api_results` of what a call to Pick and Pack can.
    """

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, *, outcomes: tuple[str, ...], api_results: tuple[str, ...]) -> None:
        self._outcomes, self._api_results = outcomes, api_results
        self._registry = registry = CollectorRegistry()
        self._webhooks = _counter(registry, "webhooks", "Webhooks of Pick and Pack", "result", WEBHOOK_RESULTS)
        self._api_calls = _counter(registry, "api_calls", "Calls to Pick and Pack", "result", api_results)
        self._api_seconds = Histogram(
            "onroute_api_seconds",
            "Seconds that a call to Pick and Pack took",
            buckets=LATENCY_BUCKETS,
            registry=registry,
        )
        self._notices = _counter(registry, "notices_sent", "Attempts to send a notice, by outcome", "outcome", outcomes)
        self._delay = Histogram(
            "onroute_told_seconds", "Seconds from an event to its message", buckets=DELAY_BUCKETS, registry=registry
        )
        self._rate_limits = _counter(
            registry, "telegram_429", "429 responses of Telegram, by what they limit", "scope", RATE_LIMIT_SCOPES
        )
        self._errors = _counter(
            registry, "errors", "Unexpected errors, by where they were caught", "place", ERROR_PLACES
        )
        self._missing = Counter("onroute_missing_messages", "Messages missing in a language", registry=registry)
        self._breaker = Enum(
            "onroute_breaker",
            "State of the circuit breaker for Pick and Pack",
            states=BREAKER_STATES,
            registry=registry,
        )
        self._commit_seconds = Histogram(
            "onroute_commit_seconds", "Seconds that a commit took", buckets=COMMIT_BUCKETS, registry=registry
        )
        self._commit_writes = Histogram(
            "onroute_commit_writes", "Writes that shared a commit", buckets=BATCH_BUCKETS, registry=registry
        )
        self._gauges: dict[str, Gauge] = {}

    def webhook(self, result: str) -> None:
        """Count a webhook by its result (WEBHOOK_RESULTS)."""
        _count(self._webhooks, WEBHOOK_RESULTS, result)

    def api_call(self, result: str, seconds: float) -> None:
        """Count a call to Pick and Pack by the name of its result, and record its duration."""
        _count(self._api_calls, self._api_results, result)
        self._api_seconds.observe(seconds)

    def notice(self, outcome: str) -> None:
        """Count an attempt to send a notice, by the name of its outcome."""
        _count(self._notices, self._outcomes, outcome)

    def delivery_delay(self, seconds: float) -> None:
        """Record the time from an event to its message; 0 if the clock went back in between."""
        self._delay.observe(max(0.0, seconds))

    def rate_limited(self, scope: str) -> None:
        """Count a 429 response of Telegram by what it limits (RATE_LIMIT_SCOPES)."""
        _count(self._rate_limits, RATE_LIMIT_SCOPES, scope)

    def error(self, place: str) -> None:
        """Count an unexpected error by where it was caught (ERROR_PLACES)."""
        _count(self._errors, ERROR_PLACES, place)

    def missing_message(self) -> None:
        """Count a message that is missing in a language."""
        self._missing.inc()

    def breaker(self, state: str) -> None:
        """Record the state of the circuit breaker (BREAKER_STATES)."""
        self._breaker.state(state)

    def commit(self, writes: int, seconds: float) -> None:
        """Record a commit, from any thread: how many writes shared it, and how long it took."""
        self._commit_writes.observe(writes)
        self._commit_seconds.observe(seconds)

    def build(self, facts: Mapping[str, str]) -> None:
        """Show what runs, as the labels of `onroute_build_info`."""
        Info("onroute_build", "What runs", registry=self._registry).info(dict(facts))

    def watch(self, name: str, documentation: str, read: Callable[[], float], **labels: str) -> None:
        """Show the gauge `onroute_NAME` with what `read` returns at each `render`, or NaN where it raises."""
        gauge = self._gauge(name, documentation, labels)
        (gauge.labels(**labels) if labels else gauge).set_function(_nan_on_error(read))

    def show(self, name: str, documentation: str, label: str, values: Mapping[str, float]) -> None:
        """Set the gauge `onroute_NAME`, one value for each of its label."""
        gauge = self._gauge(name, documentation, [label])
        for value, number in values.items():
            gauge.labels(value).set(number)

    def _gauge(self, name: str, documentation: str, labels: Iterable[str]) -> Gauge:
        if name not in self._gauges:
            self._gauges[name] = Gauge(f"onroute_{name}", documentation, list(labels), registry=self._registry)
        return self._gauges[name]

    def render(self) -> bytes:
        """Return all metrics in Prometheus' text format (`content_type`)."""
        return generate_latest(self._registry)


def _counter(
    registry: CollectorRegistry, name: str, documentation: str, label: str, values: tuple[str, ...]
) -> Counter:
    """Make a counter that shows 0 for each value from the start: otherwise `rate()` would miss the first increase."""
    counter = Counter(f"onroute_{name}", documentation, [label], registry=registry)
    for value in values:
        counter.labels(value)
    return counter


def _count(counter: Counter, known: tuple[str, ...], value: str) -> None:
    counter.labels(value if value in known else OTHER).inc()


def _nan_on_error(read: Callable[[], float]) -> Callable[[], float]:
    def read_or_nan() -> float:
        try:
            return float(read())
        except Exception:  # the outer edge of a gauge: a broken database must not take all metrics away
            logging.getLogger(__name__).debug("a gauge could not be read", exc_info=True)
            return float("nan")

    return read_or_nan
