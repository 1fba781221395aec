"""What staff ask: times are those of the wall clock; numbers that are plainly something else are not asked for."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.ingest.recorder import EventRecorder
from bot.people.order_checks import OrderChecks
from bot.people.staff_service import StaffService
from bot.pickpack.errors import UnreachableError
from bot.store import chats, history, orders, outbox
from bot.store.connection import connect
from bot.tracking.model import HistoryEntry, Kind, Notice, NoticeId, NoticeState
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.builders import CHAT, ORDER_ID, contexts, nothing_due, open_database, order
from tests.fakes import ManualClock
from tests.key_catalog import key_catalog
from tests.telegram.bot_harness import FakeOrderLookup


@pytest.mark.parametrize("other", ["4111111111111111", "4111 1111 1111 1111", "3" * 44, "529.982.247-25"])
async def test_a_card_is_not_asked_for_and_the_audit_keeps_that_somebody_asked_not_for_what(
    tmp_path: Path, other: str
) -> None:
    database, clock = open_database(tmp_path), ManualClock()
    where = contexts(clock)
    recorder = EventRecorder(database, where, on_due=nothing_due)
    order_lookup = FakeOrderLookup(recorder, clock)
    staff_service = StaffService(database, clock, where, on_due=nothing_due)
    checks = OrderChecks(database, where, order_lookup)
    assert await checks.check(4242, other) == []
    assert await checks.check(4242, f"nr. {other}") == []
    assert await staff_service.who(4242, other) is None
    assert await staff_service.resend(4242, other) is None
    await staff_service.linked(4242, other)
    assert order_lookup.asked == []
    kept = [tuple(row) for row in database.reader.execute('SELECT action, "order" FROM audit ORDER BY id')]
    assert kept == [(action, None) for action in ("who", "resend", "link")]
    await asyncio.to_thread(database.close)


JUMP = 3600.0


@pytest.fixture
def corrected(tmp_path: Path) -> Iterator[tuple[StaffService, OrderChecks]]:
    """A service whose wall clock was corrected by an hour after the start, and then something happened to an order."""
    database, clock = open_database(tmp_path), ManualClock()
    clock.jump(JUMP)
    now, wall = clock.now(), clock.wall()
    with closing(connect(database.path)) as connection:
        packing = order("PACKING", since=wall, observed_at=wall, webhook_at=now, changed_at=now)
        known = orders.save(connection, packing, before=None, now=now)
        history.remember(connection, known, [HistoryEntry("heard", "PICKING", "PACKING")], wall=wall)
        chats.touch(connection, CHAT, now=now)
        outbox.put(
            connection, [Notice(CHAT, kind, now, order=known.id, status="PACKING") for kind in (Kind.CARD, Kind.NOTE)]
        )
        outbox.finish(connection, NoticeId(1), NoticeState.SENT, now=now, message_id=1)
        outbox.finish(connection, NoticeId(2), NoticeState.FAILED, now=now, reason="malformed")
    where = contexts(clock)
    lookup = FakeOrderLookup(
        EventRecorder(database, where, on_due=nothing_due), clock, failing=UnreachableError("down")
    )
    clock.advance(60)
    yield StaffService(database, clock, where, on_due=nothing_due), OrderChecks(database, where, lookup)
    database.close()


async def test_check_shows_one_time_for_one_event_after_the_wall_clock_was_corrected(
    corrected: tuple[StaffService, OrderChecks],
) -> None:
    _, checks = corrected
    [check] = await checks.check(4242, ORDER_ID)
    assert check.order is not None
    report = await checks.report(4242, check.order)
    assert {row.at for row in report.history} | {row.at for row in report.told} == {report.order.since}
    renderer = Renderer(key_catalog(), StoreInfo())
    card = renderer.order_check(check, "en", ManualClock().now() + JUMP + 60).html
    times = set(re.findall(r"(?:check-(?:state|webhook-at|event))¦.*?clock=([^¦⟧]+)", card))
    assert len(times) == 1, card
    html = renderer.staff_report(report, "en", ManualClock().now() + JUMP + 60)[0].html
    shown = re.findall(r"(check-(?:since|heard|event|history))¦.*?(?:time|clock)=([^¦⟧]+)", html)
    assert {key for key, _ in shown} == {"check-since", "check-heard", "check-event", "check-history"}
    assert len({time for _, time in shown}) == 1, shown


async def test_stuck_shows_when_a_notice_failed_on_the_corrected_wall_clock(
    corrected: tuple[StaffService, OrderChecks],
) -> None:
    _, found = await corrected[0].stuck(4242)
    [failed] = found.failed
    assert failed.at == ManualClock().now() + JUMP
