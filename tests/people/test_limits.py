"""How often anybody may refresh."""

from bot.people.limits import REFRESH_INTERVAL, RefreshLimit

NOW = 1_790_000_000.0


def test_an_order_is_refreshed_once_in_thirty_seconds_whoever_presses() -> None:
    limit = RefreshLimit()
    assert limit.take(7, NOW, polled_at=None)
    assert not limit.take(7, NOW + REFRESH_INTERVAL - 1, polled_at=None)
    assert limit.take(8, NOW, polled_at=None)
    assert limit.take(7, NOW + REFRESH_INTERVAL, polled_at=None)


def test_an_answer_that_the_api_gave_anyway_counts_as_a_refresh() -> None:
    assert not RefreshLimit().take(7, NOW, polled_at=NOW - 5)
