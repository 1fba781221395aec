"""Who has not said for days whether a delivered order came is asked no more."""

from functools import partial

import pytest

from bot.store import chats
from bot.store.housekeeping import MOST_TOLD
from bot.tracking.model import Kind, Order, Receipt
from bot.tracking.timing import DAY
from bot.transactions import chat_state
from tests.builders import CHAT, contexts, row_of
from tests.people.maintenance_harness import MaintenanceHarness

DAYS = 7


@pytest.fixture
def maintenance(maintenance: MaintenanceHarness) -> MaintenanceHarness:
    maintenance.set(page_days=DAYS)
    return maintenance


async def answered(maintenance: MaintenanceHarness, known: Order, receipt: Receipt | None) -> None:
    [subscription] = chats.followers(maintenance.database.reader, row_of(known))
    await maintenance.database.write(partial(chats.set_receipt, subscription_id=subscription.id, receipt=receipt))


def receipts(maintenance: MaintenanceHarness) -> list[str | None]:
    rows = maintenance.database.reader.execute("SELECT receipt FROM subscriptions ORDER BY id").fetchall()
    return [row["receipt"] for row in rows]


@pytest.mark.parametrize("receipt", [None, Receipt.MISSING])
async def test_after_some_days_nobody_is_asked_and_the_card_loses_its_question_once(
    maintenance: MaintenanceHarness, receipt: Receipt | None
) -> None:
    await answered(maintenance, await maintenance.has("DELIVERED", CHAT), receipt)
    assert await maintenance.run_once(after=DAYS * DAY - 1) == []
    [edit] = await maintenance.run_once(after=1)
    assert (edit.kind, edit.chat_id) == (Kind.EDIT, CHAT)
    assert receipts(maintenance) == ["closed"]
    assert maintenance.wake_ups == 1
    assert await maintenance.run_once(after=DAY) == []


@pytest.mark.parametrize("receipt", [Receipt.GOOD, Receipt.FOUND])
async def test_who_has_answered_is_left_alone(maintenance: MaintenanceHarness, receipt: Receipt) -> None:
    await answered(maintenance, await maintenance.has("DELIVERED", CHAT), receipt)
    assert await maintenance.run_once(after=2 * DAYS * DAY) == []
    assert receipts(maintenance) == [receipt]


@pytest.mark.parametrize("status", ["ON_ROUTE", "RETURNED", "CANCELED"])
async def test_only_what_was_delivered_is_asked_about(maintenance: MaintenanceHarness, status: str) -> None:
    await maintenance.has(status, CHAT)
    await maintenance.run_once(after=2 * DAYS * DAY)
    assert receipts(maintenance) == [None]


async def test_the_days_begin_with_the_delivery_and_an_order_that_moves_on_meanwhile_is_asked_about(
    maintenance: MaintenanceHarness,
) -> None:
    known = await maintenance.has("ON_ROUTE", CHAT)
    maintenance.clock.advance(DAYS * DAY)
    known = await maintenance.moves(known, "DELIVERED")
    assert await maintenance.run_once(after=DAY) == []
    maintenance.clock.advance(DAYS * DAY)
    maintenance.database.meanwhile = partial(maintenance.move, known=known, status="ON_ROUTE")
    await maintenance.run_once()
    assert receipts(maintenance) == [None]


async def test_of_many_only_some_are_told_at_once(maintenance: MaintenanceHarness) -> None:
    await maintenance.has("DELIVERED", *range(1, MOST_TOLD + 2))
    assert len(await maintenance.run_once(after=DAYS * DAY)) == MOST_TOLD
    await maintenance.all_is_sent()
    assert len(await maintenance.run_once()) == 1
    assert set(receipts(maintenance)) == {"closed"}


async def test_a_chat_that_cannot_be_written_to_is_asked_no_more_once_it_is_back(
    maintenance: MaintenanceHarness,
) -> None:
    await maintenance.has("DELIVERED", CHAT)
    pause = partial(chat_state.pause, context=contexts(maintenance.clock).current(), chat_id=CHAT, reason="blocked")
    await maintenance.database.write(pause)
    assert await maintenance.run_once(after=DAYS * DAY) == []
    await maintenance.database.write(lambda connection: chats.resume(connection, CHAT) and None)
    assert len(await maintenance.run_once()) == 1
