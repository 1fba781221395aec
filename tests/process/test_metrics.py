"""Metrics count what happened, with a bounded number of labels, and survive a broken database."""

from bot.pickpack.errors import API_RESULTS
from bot.process.metrics import Metrics
from bot.sending.outcome import OUTCOME_NAMES

TOKEN = "123456789:AAF-Zq8t1u2v3w4x5y6z7A8B9C0D1E2F3G4"


def new_metrics() -> Metrics:
    return Metrics(outcomes=OUTCOME_NAMES, api_results=API_RESULTS)


def test_metrics_show_what_was_counted() -> None:
    metrics = new_metrics()
    metrics.webhook("stored")
    metrics.api_call("ok", 0.2)
    metrics.notice("sent")
    metrics.delivery_delay(1.5)
    metrics.rate_limited("bot")
    metrics.breaker("open")
    metrics.error("sender")
    metrics.missing_message()
    metrics.commit(3, 0.002)
    metrics.build({"version": "1.2"})
    metrics.watch("outbox_oldest_seconds", "…", lambda: 3.5)
    metrics.watch("up", "…", lambda: True, part="telegram")
    metrics.show("orders_followed", "…", "stage", {"packed": 7})
    lines = metrics.render().decode().splitlines()
    for expected in (
        'onroute_webhooks_total{result="stored"} 1.0',
        'onroute_webhooks_total{result="repeat"} 0.0',
        'onroute_api_calls_total{result="ok"} 1.0',
        "onroute_api_seconds_count 1.0",
        'onroute_notices_sent_total{outcome="sent"} 1.0',
        'onroute_told_seconds_bucket{le="2.0"} 1.0',
        'onroute_telegram_429_total{scope="bot"} 1.0',
        'onroute_breaker{onroute_breaker="open"} 1.0',
        'onroute_errors_total{place="sender"} 1.0',
        "onroute_missing_messages_total 1.0",
        'onroute_telegram_429_total{scope="method"} 0.0',
        'onroute_commit_writes_bucket{le="2.0"} 0.0',
        "onroute_commit_writes_sum 3.0",
        "onroute_commit_seconds_count 1.0",
        'onroute_build_info{version="1.2"} 1.0',
        "onroute_outbox_oldest_seconds 3.5",
        'onroute_up{part="telegram"} 1.0',
        'onroute_orders_followed{stage="packed"} 7.0',
    ):
        assert expected in lines


def test_unknown_label_values_are_counted_as_other() -> None:
    metrics = new_metrics()
    before = metrics.render().count(b"\n")
    for number in range(1000):
        metrics.webhook(f"result {number}")
        metrics.error(TOKEN)
    rendered = metrics.render()
    assert b'onroute_webhooks_total{result="other"} 1000.0' in rendered
    assert rendered.count(b"\n") < before + 10
    assert TOKEN.encode() not in rendered


def test_a_gauge_that_can_not_be_read_is_nan() -> None:
    def failing() -> float:
        raise OSError("disk full")

    metrics = new_metrics()
    metrics.watch("outbox_backlog", "…", failing)
    assert b"onroute_outbox_backlog NaN" in metrics.render()


def test_two_instances_do_not_share_counters() -> None:
    one, other = new_metrics(), new_metrics()
    one.webhook("stored")
    assert b'{result="stored"} 0.0' in other.render()
