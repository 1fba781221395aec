"""Silent orders are put away, old ones dropped, and of thousands no step is long."""

import sqlite3
from functools import partial

import pytest

from bot.store import audit, awaited_numbers, chats, housekeeping, lookups, orders, outbox
from bot.store.awaited_numbers import AwaitedNumber
from bot.store.lookups import LookupKind
from bot.tracking.card_content import FoldReason
from bot.tracking.model import Keep, Kind, Notice, NoticeId, NoticeState
from bot.tracking.timing import AWAITED_FOR, DAY, HOUR
from bot.transactions import chat_state
from bot.transactions.claiming import claim
from tests.builders import CHAT, NOW, decision_context, following, next_poll, order, row_of, stored
from tests.people.maintenance_harness import THOUSANDS, MaintenanceHarness


async def test_a_silent_order_is_put_away_after_the_days_told_once_and_not_asked_for(
    maintenance: MaintenanceHarness,
) -> None:
    known = await maintenance.has("INVOICED", CHAT, 502, next_poll_at=NOW + 40 * DAY)
    assert await maintenance.run_once(after=30 * DAY - 1) == []
    told = await maintenance.run_once(after=1)
    assert [one.chat_id for one in told if one.kind is Kind.FOLD] == [CHAT, 502]
    assert [(one.chat_id, one.kind, one.payload) for one in told if one.kind is not Kind.FOLD] == [
        (CHAT, Kind.ARCHIVED, {"days": 30}),
        (502, Kind.ARCHIVED, {"days": 30}),
    ]
    assert maintenance.wake_ups == 1
    assert (chats.followers(maintenance.database.reader, row_of(known)), next_poll(maintenance.database.reader)) == (
        [],
        None,
    )
    assert await maintenance.run_once(after=60) == []
    assert orders.load_by_id(maintenance.database.reader, row_of(known)) is not None  # its last message needs it
    await maintenance.all_is_sent()
    assert await maintenance.run_once(after=60) == []
    assert orders.load_by_id(maintenance.database.reader, row_of(known)) is None


async def test_the_farewell_is_sent_though_nobody_follows_any_more(maintenance: MaintenanceHarness) -> None:
    await maintenance.has("INVOICED", CHAT)
    fold, farewell = await maintenance.run_once(after=30 * DAY)
    assert fold.payload["why"] == FoldReason.ARCHIVED
    assert farewell.id is not None
    context = decision_context(maintenance.clock.now())
    claimed = await maintenance.database.write(
        partial(claim, notice_id=farewell.id, chat_id=farewell.chat_id, context=context)
    )
    assert claimed is not None
    assert (claimed.notice.kind, claimed.order is not None) == (Kind.ARCHIVED, True)


async def test_what_waits_about_an_order_that_is_put_away_is_closed(maintenance: MaintenanceHarness) -> None:
    known = await maintenance.has("INVOICED", CHAT)
    note = Notice(CHAT, Kind.CARD, NOW + 60 * DAY, order=known.id, keep=frozenset({Keep.LATE}))
    await maintenance.database.write(partial(outbox.put, notices=[note]))
    made = await maintenance.run_once(after=30 * DAY)
    waiting = outbox.load(maintenance.database.reader, NoticeId(1))
    assert waiting is not None
    assert (waiting.state, [one.kind for one in made]) == (NoticeState.CLOSED, [Kind.FOLD, Kind.ARCHIVED])


async def test_finished_orders_get_no_farewell_and_paused_chats_neither(maintenance: MaintenanceHarness) -> None:
    await maintenance.has("DELIVERED", CHAT)
    await maintenance.has("INVOICED", 502, number="2002-01")
    await maintenance.database.write(partial(chats.pause, chat_id=502, reason="blocked"))
    assert await maintenance.run_once(after=31 * DAY) == []
    assert (maintenance.count("orders"), maintenance.count("subscriptions")) == (0, 0)


async def test_an_order_that_moves_at_the_last_moment_is_kept(maintenance: MaintenanceHarness) -> None:
    known = await maintenance.has("INVOICED", CHAT)
    maintenance.database.meanwhile = partial(maintenance.move, known=known, status="ON_ROUTE")
    assert await maintenance.run_once(after=30 * DAY) == []
    assert [one.chat_id for one in chats.followers(maintenance.database.reader, row_of(known))] == [CHAT]


# ── many ─────────────────────────────────────────────────────────────────────


async def rounds(maintenance: MaintenanceHarness, after: float) -> list[list[int]]:
    """Run once more than there are steps, and return the chats that each run has made a message for."""
    looks = [await maintenance.run_once(after)]
    looks += [await maintenance.run_once(60) for _ in range(THOUSANDS // housekeeping.MOST_TOLD)]
    return [[one.chat_id for one in made if one.kind is not Kind.FOLD] for made in looks]


@pytest.mark.parametrize("what", ["awaited", "pickup", "late", "silent"])
async def test_of_thousands_each_is_told_once_and_no_step_is_long(maintenance: MaintenanceHarness, what: str) -> None:
    people = range(1, THOUSANDS + 1)
    status = {"pickup": "WAITING_FOR_PICKUP", "late": "PICKING", "silent": "INVOICED"}.get(what)

    def work(connection: sqlite3.Connection) -> None:
        for one in people:
            if status is None:
                chats.touch(connection, one, now=NOW)
                awaited = AwaitedNumber(one, "1001", ("1001", "1001-01"))
                awaited_numbers.add(connection, awaited, next_ask_at=NOW, ends_at=NOW + AWAITED_FOR, now=NOW)
            else:
                known = stored(connection, order(status, order_id=f"{one}-01", changed_at=NOW))
                following(connection, known, one, told=status)

    await maintenance.database.write(work)
    maintenance.set(tell_late=True)
    told = await rounds(
        maintenance, {"awaited": AWAITED_FOR, "pickup": DAY, "late": 4 * HOUR, "silent": 30 * DAY}[what]
    )
    assert sorted(one for look in told for one in look) == list(people)
    assert max(len(look) for look in told) <= housekeeping.MOST_TOLD


async def test_thousands_of_old_orders_go_in_steps(maintenance: MaintenanceHarness) -> None:
    def work(connection: sqlite3.Connection) -> None:
        for one in range(THOUSANDS):
            stored(connection, order("DELIVERED", order_id=f"{one}-01", changed_at=NOW))

    await maintenance.database.write(work)
    maintenance.clock.advance(30 * DAY)
    left = []
    for _ in range(4):
        await maintenance.run_once()
        left.append(maintenance.count("orders"))
    assert left == [250, 50, 0, 0]


async def test_what_staff_did_is_kept_as_long_as_an_order(maintenance: MaintenanceHarness) -> None:
    for day in range(3):
        did = partial(
            audit.note, who=4242, action="tell", order="1001-01", detail="words", wall=maintenance.clock.wall()
        )
        await maintenance.database.write(did)
        maintenance.clock.advance(DAY if day < 2 else 0)
    kept = []
    for days in (27, 1, 1, 1):
        await maintenance.run_once(after=days * DAY)
        kept.append(maintenance.count("audit"))
    assert kept == [3, 2, 1, 0]


async def test_a_chat_is_forgotten_once_its_last_order_and_the_last_message_to_it_are(
    maintenance: MaintenanceHarness,
) -> None:
    await maintenance.has("DELIVERED", CHAT)
    await maintenance.run_once(after=30 * DAY - 1)
    assert chats.load(maintenance.database.reader, CHAT) is not None
    await maintenance.run_once(after=2)
    assert chats.load(maintenance.database.reader, CHAT) is None


async def test_what_a_chat_was_told_is_in_no_file_a_minute_after_it_is_forgotten(
    maintenance: MaintenanceHarness,
) -> None:
    marker = "my-b8d1-label"
    known = await maintenance.has("PICKING", CHAT)
    await maintenance.database.write(partial(following, known=known, label=marker))
    await maintenance.run_once()
    assert marker.encode() in written(maintenance)
    await maintenance.database.write(partial(chat_state.forget, context=decision_context(NOW), chat_id=CHAT))
    await maintenance.run_once(after=60)
    assert marker.encode() not in written(maintenance)


def written(maintenance: MaintenanceHarness) -> bytes:
    path = maintenance.database.path
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name))


async def test_what_people_looked_up_is_deleted_after_a_day(maintenance: MaintenanceHarness) -> None:
    count = partial(lookups.count, person="p", kind=LookupKind.ORDER, mark="m", now=NOW, since=NOW - DAY)
    await maintenance.database.write(count)
    await maintenance.run_once(after=DAY - 1)
    assert maintenance.count("lookups") == 1
    await maintenance.run_once(after=1)
    assert maintenance.count("lookups") == 0
