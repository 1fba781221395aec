"""Every query that runs on the event loop uses an index."""

import sqlite3
from collections.abc import Callable
from functools import partial

import pytest

from bot.store import awaited_numbers, chats, inbox, key_value, lookups, order_aliases, order_cores, orders, outbox
from bot.store.lookups import LookupKind
from bot.tracking.model import Order, OrderPk, Priority
from tests.builders import CHAT, NOW, memory_store

LOOKS: list[Callable[[sqlite3.Connection], object]] = [
    partial(orders.due, now=NOW, urgent=True, limit=1),
    partial(orders.due_chains, now=NOW, limit=1),
    partial(orders.answered_last, limit=5),
    partial(orders.find, order_ids=["1001-01"]),
    partial(orders.load, hostname="acme", order_id="1001-01"),
    partial(order_aliases.find, alias="1001-01"),
    partial(order_cores.with_core_of, order=Order("acme", "1001-01", id=OrderPk(1))),
    partial(orders.is_followed, order_pk=OrderPk(1)),
    partial(outbox.due, now=NOW, priority=Priority.NOTICE, without={1}, limit=1),
    outbox.next_due,
    partial(outbox.open_notices, chat_id=CHAT, order_pk=OrderPk(1)),
    partial(outbox.messages_about_orders, chat_id=CHAT),
    partial(outbox.order_of_message, chat_id=CHAT, message_id=1),
    partial(chats.followers, order_pk=OrderPk(1)),
    partial(chats.subscriptions, chat_id=CHAT),
    partial(chats.count_followed, chat_id=CHAT),
    lambda connection: awaited_numbers.awaiting_order(connection, "1001-01"),
    partial(awaited_numbers.of_chat, chat_id=CHAT),
    partial(awaited_numbers.due, now=NOW, limit=1),
    partial(awaited_numbers.expired, now=NOW, limit=1),
    partial(lookups.times, person="p", kind=LookupKind.ORDER, since=NOW),
    partial(lookups.is_counted, person="p", kind=LookupKind.ORDER, marks=["m"], since=NOW),
    partial(chats.rate_limits, now=NOW),
    partial(key_value.names, prefix="account:"),
    partial(key_value.count, prefix="unknown-status:"),
    partial(inbox.holds, update_id=1),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: getattr(look, "func", look).__qualname__)
def test_a_look_on_the_event_loop_scans_no_table(look: Callable[[sqlite3.Connection], object]) -> None:
    with memory_store() as connection:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        look(connection)
        connection.set_trace_callback(None)
        assert statements
        for statement in statements:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
            scans = [step for step in plan if step.startswith("SCAN") and not step.startswith("SCAN json_each")]
            assert scans == [], plan
