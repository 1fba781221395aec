"""Queries for staff's commands and for a chat's own export. They scan: call them through `Database.scan`."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.store import receipts
from bot.store.lookups import LookupKind
from bot.tracking.model import OrderPk, Wall
from bot.tracking.statuses import FINAL_STATUSES, ON_ROUTE, TABLE, is_further
from bot.tracking.timing import DAY, HOUR

STUCK_AFTER = DAY  # an unfinished order without a change for longer is shown as stuck
IN_TURNS = 3  # so often an order or a package has come to the same status within a day: it doesn't get on
_FINAL = json.dumps(FINAL_STATUSES)
_BEFORE_ON_ROUTE = json.dumps([one.name for one in TABLE.values() if is_further(ON_ROUTE, one.name)])
# what the couriers of an order report, as `shipping.courier_ahead` reads it: ended, all of it, or on its way; for long
# and what an order, or one of its packages, has come to again and again: each change makes it look as if it moved
_STUCK = """
WITH repeated AS (
    SELECT "order", new, count(*) AS times FROM history
    WHERE at > ?6 AND kind IN ('heard', 'seen', 'service')
    GROUP BY "order", CASE kind WHEN 'service' THEN detail END, new HAVING count(*) >= ?7
), unsettled AS (
    SELECT "order", group_concat(DISTINCT new) AS in_turns, max(times) AS times FROM repeated GROUP BY "order"
), couriers AS (
    SELECT shipments."order", CASE WHEN sum(shipments.status IN ('DELIVERED', 'RETURNED')) = count(*)
        THEN CASE WHEN sum(shipments.status = 'DELIVERED') > 0 THEN 'DELIVERED' ELSE 'RETURNED' END
        ELSE 'ON_ROUTE' END AS reported
    FROM shipments JOIN orders ON orders.id = shipments."order"
    WHERE NOT closed AND shipments.status != 'CANCELED'
    GROUP BY shipments."order"
    HAVING (sum(shipments.status IN ('DELIVERED', 'RETURNED')) = count(*) AND orders.status != 'WAITING_FOR_PICKUP')
        OR (orders.status IN (SELECT value FROM json_each(?2))
            AND min(CASE WHEN lifts THEN coalesce(status_at, news_at, orders.made_at) END) < ?1)
)
SELECT order_id, state, orders.status, since, seen_at, orders.made_at, unsure_at, misses, diverged_at, reported,
    in_turns, times, count(subscriptions.id) AS followers
FROM orders JOIN subscriptions ON subscriptions."order" = orders.id
LEFT JOIN couriers ON couriers."order" = orders.id
LEFT JOIN unsettled ON unsettled."order" = orders.id
WHERE diverged_at IS NOT NULL OR (state NOT IN (SELECT value FROM json_each(?3))
    AND (coalesce(news_at, orders.made_at) < ?4 OR misses > 0 OR unsure_at < ?1 OR reported IS NOT NULL
        OR times IS NOT NULL))
GROUP BY orders.id ORDER BY coalesce(news_at, orders.made_at) LIMIT ?5
"""

_IS_MESSAGE = "kind NOT IN ('edit', 'fold', 'alert-edit')"  # these change a message that is there


@dataclass(frozen=True, slots=True)
class StuckOrder:
    """An order that doesn't move: its status, since when (wall time), and how many follow it.

    `reported`: what its courier reports, where that is further on than the order itself. `in_turns`: the statuses to
    which it, or one of its packages, has come so many `times` within a day.
    """

    order_id: str
    status: str
    since: float
    followers: int
    why: str
    reported: str | None = None
    in_turns: tuple[str, ...] = ()
    times: int = 0


@dataclass(frozen=True, slots=True)
class FailedNotice:
    """A notice that could not be sent, with Telegram's reason. `at` is wall time."""

    order_id: str | None
    reason: str
    at: Wall


@dataclass(frozen=True, slots=True)
class OrderFollower:
    """Who follows an order."""

    chat_id: int
    verified: bool
    notified_status: str | None
    paused: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts; those with `since` only of that time."""

    orders: int
    chats: int
    sent: int
    waiting: int
    aside: int
    perhaps: int
    delay: float | None
    good: int = 0  # orders that people say to have, not to have, and to have after all
    missing: int = 0
    found: int = 0
    pauses: int = 0  # those after a 429 are not in the database: these two are the caller's
    longest_pause: float = 0.0


def followers_of(connection: sqlite3.Connection, order_pk: OrderPk) -> list[OrderFollower]:
    """List all followers of the order, also those that can't be written to."""
    rows = connection.execute(
        "SELECT chat_id, verified, told_status, paused "
        'FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = ? ORDER BY subscriptions.id',
        (order_pk,),
    )
    return [
        OrderFollower(
            chat_id=row["chat_id"],
            verified=bool(row["verified"]),
            notified_status=row["told_status"],
            paused=row["paused"],
        )
        for row in rows
    ]


def count_awaiting(connection: sqlite3.Connection, order_id: str) -> int:
    """Count the chats that await a number that may mean this order."""
    counted = connection.execute("SELECT count(DISTINCT chat_id) FROM awaited WHERE candidate = ?", (order_id,))
    count: int = counted.fetchone()[0]
    return count


def notices_about(connection: sqlite3.Connection, order_pk: OrderPk, limit: int) -> list[sqlite3.Row]:
    """Return the newest notices about an order, newest first: at (service clock), kind, status, state, reason."""
    return connection.execute(
        "SELECT coalesce(done_at, claimed_at, due_at) AS at, kind, status, state, reason "
        'FROM outbox WHERE "order" = ? AND ' + _IS_MESSAGE + " AND coalesce(reason, '') <> 'folded' "
        "ORDER BY id DESC LIMIT ?",
        (order_pk, limit),
    ).fetchall()


def stuck_orders(
    connection: sqlite3.Connection, now: float, limit: int, *, clock_offset: float = 0.0
) -> list[StuckOrder]:
    """List followed orders that don't move. `clock_offset`: what to add to the service's clock for wall time.

    They have not changed for long, are not found any more, have a webhook that the API does not confirm or denies, go
    to and fro, or stand before what their courier reports: the end, or for an hour that they are on their way.
    """
    since = now - DAY + clock_offset
    rows = connection.execute(_STUCK, (now - HOUR, _BEFORE_ON_ROUTE, _FINAL, now - STUCK_AFTER, limit, since, IN_TURNS))
    return [
        StuckOrder(
            row["order_id"],
            row["state"] if row["reported"] is None else row["status"],
            row["since"] or row["seen_at"] or row["made_at"],
            row["followers"],
            "missing" if row["misses"] else "unsure" if row["unsure_at"] or row["diverged_at"] else "still",
            row["reported"],
            tuple(sorted(row["in_turns"].split(","))) if row["in_turns"] else (),
            row["times"] or 0,
        )
        for row in rows
    ]


def failed_notices(
    connection: sqlite3.Connection, since: float, limit: int, *, clock_offset: float
) -> list[FailedNotice]:
    """Return what could not be sent, or perhaps was, newest first.

    `since` is on the service's clock, `clock_offset` what to add to it for wall time.
    """
    rows = connection.execute(
        'SELECT order_id, reason, done_at FROM outbox LEFT JOIN orders ON orders.id = outbox."order" '
        "WHERE outbox.state = 'aside' AND done_at >= ? ORDER BY outbox.id DESC LIMIT ?",
        (since, limit),
    )
    return [FailedNotice(row["order_id"], row["reason"] or "-", Wall(row["done_at"] + clock_offset)) for row in rows]


def stats(connection: sqlite3.Connection, *, since: float, now: float) -> Stats:
    """Count for staff; sent, aside, delay and answers from `since` (service clock) on."""

    def count(statement: str, *values: object) -> int:
        found: int = connection.execute(statement, values).fetchone()[0]
        return found

    return Stats(
        orders=count('SELECT count(DISTINCT "order") FROM subscriptions'),
        chats=count("SELECT count(*) FROM chats"),
        sent=count(f"SELECT count(*) FROM outbox WHERE state = 'sent' AND done_at >= ? AND {_IS_MESSAGE}", since),  # noqa: S608 - this file's own words
        waiting=count("SELECT count(*) FROM outbox WHERE state IN ('open', 'claimed') AND due_at <= ?", now),
        aside=count(
            "SELECT count(*) FROM outbox WHERE state = 'aside' AND done_at >= ? AND reason NOT LIKE 'perhaps told%'",
            since,
        ),
        perhaps=count(
            "SELECT count(*) FROM outbox WHERE state = 'aside' AND done_at >= ? AND reason LIKE 'perhaps told%'", since
        ),
        delay=_median_delay(connection, since),
        good=receipts.pressed(connection, LookupKind.RECEIPT_GOOD, since),
        missing=receipts.pressed(connection, LookupKind.RECEIPT_MISSING, since),
        found=receipts.pressed(connection, LookupKind.RECEIPT_FOUND, since),
    )


def followed_by_status(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the orders that somebody follows, by status; that of an order not heard of yet is empty."""
    rows = connection.execute(
        "SELECT coalesce(state, ''), count(*) FROM orders "
        'WHERE id IN (SELECT "order" FROM subscriptions) GROUP BY state'
    )
    return dict(rows.fetchall())


def everything_about(connection: sqlite3.Connection, chat_id: int) -> dict[str, Any] | None:
    """Return all that is stored about a chat, as JSON values; None if nothing is."""
    chat = connection.execute("SELECT * FROM chats WHERE chat_id = ?", (chat_id,)).fetchone()
    if chat is None:
        return None
    return {
        "chat": _without_meaningless(chat),
        "orders_followed": _dicts(
            connection,
            "SELECT orders.order_id, orders.state AS status, orders.items AS items, subscriptions.* "
            'FROM subscriptions JOIN orders ON orders.id = subscriptions."order" WHERE chat_id = ? '
            "ORDER BY subscriptions.id",
            chat_id,
        ),
        "numbers_awaited": _dicts(connection, "SELECT * FROM awaited WHERE chat_id = ?", chat_id),
        "messages": _dicts(
            connection,
            "SELECT outbox.*, orders.order_id FROM outbox "
            'LEFT JOIN orders ON orders.id = outbox."order" WHERE chat_id = ? ORDER BY outbox.id',
            chat_id,
        ),
        "drafts": _dicts(connection, "SELECT number, text, made_at FROM drafts WHERE chat_id = ?", chat_id),
        "actions": _dicts(connection, "SELECT * FROM audit WHERE who = ? ORDER BY id", chat_id),
    }


def _median_delay(connection: sqlite3.Connection, since: float) -> float | None:
    row = connection.execute(
        f"WITH delays AS (SELECT done_at - made_at AS delay FROM outbox WHERE state = 'sent' AND done_at >= ? "  # noqa: S608 - this file's own words
        f"AND {_IS_MESSAGE}) "
        "SELECT delay FROM delays ORDER BY delay LIMIT 1 OFFSET (SELECT count(*) FROM delays) / 2",
        (since,),
    ).fetchone()
    return row[0] if row else None


_JSON_COLUMNS = frozenset({"payload", "items", "told_links", "told_troubles", "told_parcels", "card_lead"})
_OF_NO_MEANING = frozenset(
    {"card_hash", "card_facts", "id", "order", "attempts", "unknowns", "lane", "met", "claim", "alert"}
)


def _dicts(connection: sqlite3.Connection, statement: str, chat_id: int) -> list[dict[str, Any]]:
    return [_without_meaningless(row) for row in connection.execute(statement, (chat_id,))]


def _without_meaningless(row: sqlite3.Row) -> dict[str, Any]:
    return {name: _value(name, row[name]) for name in row.keys() if name not in _OF_NO_MEANING}  # noqa: SIM118 - a Row


def _value(name: str, value: Any) -> Any:
    return json.loads(value) if name in _JSON_COLUMNS and value else value
