"""For how long it is known which of Telegram's updates were handled: as long as Telegram may bring them again."""

from functools import partial

import pytest

from bot.store import key_value
from bot.tracking.timing import DAY, HOUR
from tests.builders import NOW
from tests.people.maintenance_harness import MaintenanceHarness


@pytest.mark.parametrize(("after", "forgotten"), [(DAY + HOUR, False), (2 * DAY + HOUR, True)])
async def test_a_handled_update_is_known_for_two_days(
    maintenance: MaintenanceHarness, after: float, forgotten: bool
) -> None:
    handle = partial(key_value.first_time, update_id=7, now=NOW)
    assert await maintenance.database.write(handle)
    await maintenance.run_once(after)
    assert await maintenance.database.write(handle) is forgotten
