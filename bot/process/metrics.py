"""The counters of /metrics, each with labels that stay few."""

import logging
from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

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
