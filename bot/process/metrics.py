"""The metrics that /metrics shows in Prometheus' format; every label has a fixed set of values."""

import logging
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

OTHER = "other"
WEBHOOK_RESULTS = (
    "stored", "repeat", "ignored", "malformed", "wrong-secret", "other-account", "too-slow", "too-large", "not-stored",
)  # fmt: skip
ERROR_PLACES = ("listener", "intake", "poller", "sender", "shopper", "staff", "update", "job", "telegram")
BREAKER_STATES = ("closed", "half-open", "open")
LATENCY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
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
            registry, "telegram_429", "429 responses of Telegram, by what they limit", "scope", ("chat", "bot")
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
        self._backlog = Gauge("onroute_outbox_backlog", "Notices not yet sent", registry=registry)
        self._oldest = Gauge("onroute_outbox_oldest_seconds", "Age of the oldest due notice", registry=registry)

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

    def rate_limited(self, *, whole_bot: bool) -> None:
        """Count a 429 response of Telegram, by whether it limits one chat or the whole bot."""
        self._rate_limits.labels("bot" if whole_bot else "chat").inc()

    def error(self, place: str) -> None:
        """Count an unexpected error by where it was caught (ERROR_PLACES)."""
        _count(self._errors, ERROR_PLACES, place)

    def missing_message(self) -> None:
        """Count a message that is missing in a language."""
        self._missing.inc()

    def breaker(self, state: str) -> None:
        """Record the state of the circuit breaker (BREAKER_STATES)."""
        self._breaker.state(state)

    def watch_outbox(self, *, backlog: Callable[[], float], oldest_seconds: Callable[[], float]) -> None:
        """Set what each `render` calls for the backlog and for the age of the oldest due notice."""
        self._backlog.set_function(_nan_on_error(backlog))
        self._oldest.set_function(_nan_on_error(oldest_seconds))

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
