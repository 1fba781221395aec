"""What staff asks about: no number that is plainly something else is asked for or kept, whoever calls."""

import asyncio
from pathlib import Path

import pytest

from bot.ingest.recorder import EventRecorder
from bot.people.staff_service import StaffService
from tests.builders import contexts, nothing_due, open_database
from tests.fakes import ManualClock
from tests.telegram.bot_harness import FakeOrderLookup


@pytest.mark.parametrize("other", ["4111111111111111", "4111 1111 1111 1111", "3" * 44, "529.982.247-25"])
async def test_a_card_is_not_asked_for_and_the_audit_keeps_that_somebody_asked_not_for_what(
    tmp_path: Path, other: str
) -> None:
    database, clock = open_database(tmp_path), ManualClock()
    where = contexts(clock)
    recorder = EventRecorder(database, where, on_due=nothing_due)
    order_lookup = FakeOrderLookup(recorder, clock)
    staff_service = StaffService(database, clock, where, order_lookup, on_due=nothing_due)
    assert (await staff_service.check(4242, other)).report is None
    assert await staff_service.who(4242, other) is None
    assert await staff_service.resend(4242, other) is None
    assert await staff_service.tell(4242, other, "hello") is None
    await staff_service.linked(4242, other)
    assert order_lookup.asked == []
    kept = [tuple(row) for row in database.reader.execute('SELECT action, "order" FROM audit ORDER BY id')]
    assert kept == [(action, None) for action in ("check", "who", "resend", "tell", "link")]
    await asyncio.to_thread(database.close)
