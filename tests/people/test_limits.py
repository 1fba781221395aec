"""How often anybody may guess and refresh."""

from bot.people.limits import MISSES, MISSES_WITHIN, REFRESH_WITHIN, LookupLimit, Refreshes

NOW = 1_790_000_000.0
ANA, BOB = 1, 2


def test_the_sixth_guess_waits_until_the_first_miss_is_old() -> None:
    guesses = LookupLimit()
    for second in range(MISSES):
        assert guesses.wait(ANA, NOW + second) == 0.0
        guesses.missed(ANA, NOW + second)
    assert guesses.wait(ANA, NOW + 10) == MISSES_WITHIN - 10
    assert guesses.wait(BOB, NOW + 10) == 0.0
    assert guesses.wait(ANA, NOW + MISSES_WITHIN) == 0.0


def test_an_order_is_refreshed_once_in_thirty_seconds_whoever_presses() -> None:
    refreshes = Refreshes()
    assert refreshes.take(7, NOW, polled_at=None)
    assert not refreshes.take(7, NOW + REFRESH_WITHIN - 1, polled_at=None)
    assert refreshes.take(8, NOW, polled_at=None)
    assert refreshes.take(7, NOW + REFRESH_WITHIN, polled_at=None)


def test_an_answer_that_the_api_gave_anyway_counts_as_a_refresh() -> None:
    assert not Refreshes().take(7, NOW, polled_at=NOW - 5)
