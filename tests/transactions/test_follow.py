"""What following and stopping leave: when the order is polled next, and what the chat calls it."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from bot.store import awaited_numbers, chats
from bot.tracking.model import Order
from bot.transactions import chat_state, follow
from bot.transactions.follow import LONGEST_LABEL, FollowRequest, Requester
from tests.builders import (
    CHAT,
    NOW,
    ORDER_ID,
    decision_context,
    following,
    memory_store,
    next_poll,
    order,
    row_of,
    stored,
)

ANA = Requester(CHAT, CHAT)
BEN = CHAT + 1
LONG_NAME = "a birthday present for my grandmother, who is ninety"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with memory_store() as opened:
        yield opened


def asks(connection: sqlite3.Connection, known: Order, label: str | None = None) -> None:
    """Ana follows the order."""
    request = FollowRequest(ANA, known.order_id, (known.order_id,), label=label)
    follow.follow(connection, request, known, decision_context(), waits_for_api=False, fresh=True)


def _stop(connection: sqlite3.Connection, known: Order) -> None:
    mine = chats.subscription_of(connection, CHAT, row_of(known))
    assert mine is not None
    assert follow.stop(connection, decision_context(), chat_id=CHAT, subscription_id=mine.id) is not None


def _stop_all(connection: sqlite3.Connection, _known: Order) -> None:
    assert follow.stop_all(connection, decision_context(), chat_id=CHAT) == 1


def _forget(connection: sqlite3.Connection, _known: Order) -> None:
    chat_state.forget(connection, decision_context(), chat_id=CHAT)


EACH_END = pytest.mark.parametrize("end", [_stop, _stop_all, _forget], ids=["stop", "stop all", "forget"])
End = Callable[[sqlite3.Connection, Order], None]


@EACH_END
def test_an_order_that_nobody_follows_any_more_is_not_polled(connection: sqlite3.Connection, end: End) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    asks(connection, known)
    assert next_poll(connection) is not None
    end(connection, known)
    assert next_poll(connection) is None


@EACH_END
def test_an_order_that_somebody_else_follows_is_polled_as_before(connection: sqlite3.Connection, end: End) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    following(connection, known, BEN)
    asks(connection, known)
    before = next_poll(connection)
    end(connection, known)
    assert next_poll(connection) == before is not None


def test_a_long_name_of_an_order_is_cut(connection: sqlite3.Connection) -> None:
    known = stored(connection, order("PICKING", changed_at=NOW))
    asks(connection, known, LONG_NAME)
    mine = chats.subscription_of(connection, CHAT, row_of(known))
    assert mine is not None
    assert (mine.label, LONGEST_LABEL) == ("a birthday present for my grandmother, w", 40)


def test_a_long_name_of_an_awaited_number_is_cut(connection: sqlite3.Connection) -> None:
    request = FollowRequest(ANA, ORDER_ID, (ORDER_ID,), label=LONG_NAME)
    follow.await_number(connection, request, decision_context(), first_wait=60.0)
    assert [one.label for one in awaited_numbers.of_chat(connection, CHAT)] == [LONG_NAME[:LONGEST_LABEL]]
