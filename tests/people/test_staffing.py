"""What staff asks about: no number that is plainly something else is asked for or kept, whoever calls."""

import asyncio
from pathlib import Path

import pytest

from bot.news.intake import Intake
from bot.people.staffing import Staffing
from bot.tracking.notifying import Policy
from bot.tracking.timing import Silence
from tests.builders import open_database
from tests.fakes import ManualClock
from tests.telegram.room import FakeAsking


def _nothing() -> None: ...


@pytest.mark.parametrize("other", ["4111111111111111", "4111 1111 1111 1111", "3" * 44, "529.982.247-25"])
async def test_a_card_is_not_asked_for_and_the_audit_keeps_that_somebody_asked_not_for_what(
    tmp_path: Path, other: str
) -> None:
    database, clock = open_database(tmp_path), ManualClock()
    intake = Intake(database, clock, silence=Silence(), policy=lambda: Policy(0.0), woke=_nothing, chance=lambda: 0.0)
    asking = FakeAsking(intake, clock)
    staffing = Staffing(database, clock, asking, woke=_nothing)
    assert (await staffing.check(4242, other)).report is None
    assert await staffing.who(4242, other) is None
    assert await staffing.resend(4242, other) is None
    assert await staffing.tell(4242, other, "hello") is None
    await staffing.linked(4242, other)
    assert asking.asked == []
    kept = [tuple(row) for row in database.reader.execute('SELECT action, "order" FROM audit ORDER BY id')]
    assert kept == [(action, None) for action in ("check", "who", "resend", "tell", "link")]
    await asyncio.to_thread(database.close)
