"""What staff's list says of what the service depends on: no more than is known."""

import pytest

from bot.people.open_alerts import troubles_of
from bot.process.condition import Condition, Conditions, Trouble
from tests.fakes import ManualClock

NAMES = ("database", "telegram", "pickpack")


@pytest.mark.parametrize("name", NAMES)
def test_calls_that_fail_one_after_another_are_failing_until_one_is_answered(name: str) -> None:
    clock = ManualClock()
    conditions = Conditions.unknown(clock)
    one: Condition = getattr(conditions, name)
    one.answered()
    clock.advance(60)
    begun = clock.wall()
    for _ in range(3):
        one.doubt("timeout")
        [trouble] = troubles_of(conditions)
        assert (trouble.key, trouble.since, dict(trouble.values)) == (f"open-{name}", begun, {"how": "failing"})
        clock.advance(30)
    one.fail(Trouble("timeout", "is down", "is up"))
    [trouble] = troubles_of(conditions)
    assert (trouble.since, dict(trouble.values)) == (begun, {"how": "down"})
    one.answered()
    assert [*troubles_of(conditions)] == []
    one.limit("throttled")
    [trouble] = troubles_of(conditions)
    assert dict(trouble.values) == {"how": "limited"}
