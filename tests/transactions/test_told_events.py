"""Which events a message names: the log leads from a webhook to the message that tells it."""

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.store import orders, outbox
from bot.store.database import Database
from bot.tracking.deciding import Decision
from bot.tracking.model import Kind, Notice, Ticks
from bot.transactions import delivery_results, record
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from tests.builders import (
    CHAT,
    NOW,
    decision_context,
    following,
    open_database,
    order,
    row_of,
    snapshot_of,
    status_changed,
    stored,
    text_for,
)

NUMBER = "1001-01"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path)
    yield opened
    opened.close()


async def follows(database: Database) -> None:
    def work(connection: sqlite3.Connection) -> None:
        following(connection, stored(connection, order("PICKING", order_id=NUMBER)), CHAT, told="PICKING")

    await database.write(work)


async def hears(database: Database, old: str, new: str) -> Decision:
    work = partial(record.apply_webhook, event=status_changed(old, new, NUMBER), context=decision_context())
    return await database.write(work)


def waiting(database: Database) -> list[Notice]:
    known = orders.find(database.reader, [NUMBER])[0]
    return [one for one in outbox.open_notices(database.reader, CHAT, row_of(known)) if one.kind is Kind.CARD]


async def claims(database: Database) -> ClaimedNotice:
    [card] = waiting(database)
    assert card.id is not None
    claimed = await database.write(partial(claim, notice_id=card.id, chat_id=CHAT, context=decision_context()))
    assert claimed is not None
    return claimed


async def test_a_message_names_the_webhook_that_it_tells(database: Database) -> None:
    await follows(database)
    heard = await hears(database, "PICKING", "INVOICED")
    assert heard.event is not None
    assert [one.events for one in waiting(database)] == [(heard.event,)]


async def test_a_message_that_tells_several_names_each(database: Database) -> None:
    await follows(database)
    heard = [await hears(database, old, new) for old, new in [("PICKING", "INVOICED"), ("INVOICED", "DELIVERED")]]
    assert [one.events for one in waiting(database)] == [tuple(one.event for one in heard)]


async def test_a_repeated_webhook_has_an_event_too_and_no_message(database: Database) -> None:
    await follows(database)
    heard = await hears(database, "PICKING", "INVOICED")
    again = await hears(database, "PICKING", "INVOICED")
    assert again.event not in {None, heard.event}
    assert [one.events for one in waiting(database)] == [(heard.event,)]


async def test_what_comes_while_a_message_is_on_the_wire_is_named_by_the_next(database: Database) -> None:
    await follows(database)
    first = await hears(database, "PICKING", "INVOICED")
    claimed = await claims(database)
    second = await hears(database, "INVOICED", "DELIVERED")
    assert claimed.notice.events == (first.event,)
    text, context = text_for(claimed.order), decision_context()
    sent = partial(delivery_results.mark_sent, claimed=claimed, text=text, message_id=7, context=context)
    await database.write(sent)
    assert [one.events for one in waiting(database)] == [(second.event,)]


async def test_a_webhook_that_the_api_has_to_confirm_is_named_by_the_message_that_tells_it(database: Database) -> None:
    await follows(database)
    held = await hears(database, "PACKING", "INVOICED")
    assert waiting(database) == []
    answer = snapshot_of("INVOICED", order_id=NUMBER)
    work = partial(record.apply_snapshot, snapshot=answer, context=decision_context(), sent_at=Ticks(NOW + 1))
    confirmed = await database.write(work)
    assert [one.events for one in waiting(database)] == [(held.event, confirmed.event)]
