"""How often anybody may guess and refresh."""

from bot.people.limits import MAX_NOT_FOUND, NOT_FOUND_WINDOW, REFRESH_INTERVAL, LookupLimit, RefreshLimit

NOW = 1_790_000_000.0
ANA, BOB = 1, 2


def test_the_sixth_guess_waits_until_the_first_miss_is_old() -> None:
    limit = LookupLimit()
    for second in range(MAX_NOT_FOUND):
        assert limit.wait(ANA, NOW + second) == 0.0
        limit.record_not_found(ANA, NOW + second)
    assert limit.wait(ANA, NOW + 10) == NOT_FOUND_WINDOW - 10
    assert limit.wait(BOB, NOW + 10) == 0.0
    assert limit.wait(ANA, NOW + NOT_FOUND_WINDOW) == 0.0


def test_an_order_is_refreshed_once_in_thirty_seconds_whoever_presses() -> None:
    limit = RefreshLimit()
    assert limit.take(7, NOW, polled_at=None)
    assert not limit.take(7, NOW + REFRESH_INTERVAL - 1, polled_at=None)
    assert limit.take(8, NOW, polled_at=None)
    assert limit.take(7, NOW + REFRESH_INTERVAL, polled_at=None)


def test_an_answer_that_the_api_gave_anyway_counts_as_a_refresh() -> None:
    assert not RefreshLimit().take(7, NOW, polled_at=NOW - 5)
