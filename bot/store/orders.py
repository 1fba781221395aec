"""Orders and their shipments: load, save, what is due. Each function takes the connection."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.store import order_cores
from bot.store.json_columns import entries, fields, from_entries, from_fields
from bot.tracking import chains
from bot.tracking.deciding import effective_status
from bot.tracking.model import Item, Order, OrderPk, RecentWebhook, Shipment, Ticks

_NAMES = ("hostname", "order_id")  # of which each has an index, and which hardly ever change
_COLUMNS = (
    "status", "state", "previous", "for_pickup", "since", "seen_at", "heard_at", "asked_at",
    "confirmed_at", "news_at", "recent", "unsure_at", "unsure_status", "quiet", "misses", "missed_at", "failures",
    "retry_at", "asks", "next_poll_at", "urgent", "items", "pairs", "chain", "chain_due_at", "by_chain", "ended",
    "diverged_at",
)  # fmt: skip
# an order without shipments needs no look into their table
_SELECT = 'SELECT *, EXISTS (SELECT 1 FROM shipments WHERE "order" = orders.id) AS is_shipped FROM orders'
# the names are this file's own, nothing from outside
_INSERTED = (*_NAMES, *_COLUMNS, "made_at")
_INSERT = f"INSERT INTO orders ({', '.join(_INSERTED)}) VALUES ({', '.join('?' * len(_INSERTED))})"  # noqa: S608 - see above
_UPDATE = f"UPDATE orders SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"  # noqa: S608 - see above
_INSERT_SHIPMENT = (
    'INSERT OR REPLACE INTO shipments ("order", key, position, status, courier, vehicle, raw_url, link, created_at, '
    "lifts, missing_since, closed, tracking_id, tracking_status, service_id, status_at, linkless_since) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def load(connection: sqlite3.Connection, hostname: str, order_id: str, *, ours: Collection[str] = ()) -> Order | None:
    """Return the order, or None; names are compared without case.

    `ours`: the accounts (folded) that are all ours: an order that one of them names is the same that another names.
    """
    folded = hostname.casefold()
    found = same_number(connection, order_id)
    exact = (one for one in found if one.hostname == folded)
    of_ours = (one for one in found if folded in ours and one.hostname in ours)
    return next(exact, None) or next(of_ours, None)


def same_number(connection: sqlite3.Connection, order_id: str) -> list[Order]:
    """List the orders with this number, of any account, the oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE order_id = ? COLLATE NOCASE ORDER BY id", (order_id,))
    return [_order(connection, row) for row in rows]


def absorb(connection: sqlite3.Connection, kept: Order, other: Order) -> Order:
    """Make one row of two that turned out to be one order; return what is known of it, under the key of `kept`.

    Followers, messages, history and other numbers of `other` move over; of both, the one that was heard of later knows
    the state.
    """
    keys = (kept.id, other.id)
    connection.execute(
        'UPDATE subscriptions SET verified = 1 WHERE "order" = ? AND chat_id IN '
        '(SELECT chat_id FROM subscriptions WHERE "order" = ? AND verified = 1)',
        keys,
    )
    for table in ("subscriptions", "outbox", "history", "order_aliases", "receipt_alerts"):
        # a chat that follows both keeps one subscription; the other goes with its order
        connection.execute(f'UPDATE OR IGNORE {table} SET "order" = ? WHERE "order" = ?', keys)  # noqa: S608 - the loop's own names
    newer = max(kept, other, key=lambda one: max(one.webhook_at or 0.0, one.polled_at or 0.0))
    connection.execute('DELETE FROM shipments WHERE "order" = ?', (kept.id,))
    connection.execute("DELETE FROM orders WHERE id = ?", (other.id,))
    return save(connection, replace(newer, id=kept.id), before=None, now=0.0)


def load_by_id(connection: sqlite3.Connection, order_pk: OrderPk) -> Order | None:
    """Return the order with this key, or None."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (order_pk,)).fetchone()
    return None if row is None else _order(connection, row)


def find(connection: sqlite3.Connection, order_ids: Sequence[str]) -> list[Order]:
    """List the known orders among these ids, as the ids stand."""
    found = (
        connection.execute(f"{_SELECT} WHERE order_id = ? COLLATE NOCASE AND status IS NOT NULL", (one,))
        for one in order_ids
    )
    return [_order(connection, row) for rows in found for row in rows]


def save(connection: sqlite3.Connection, order: Order, *, before: Order | None, now: float) -> Order:
    """Store the order and its shipments; return it with its key."""
    if order.id is None:
        row_id = connection.execute(_INSERT, (*_name_values(order), *_values(order), now)).lastrowid
        order = replace(order, id=OrderPk(row_id or 0))
        order_cores.keep(connection, order)
    else:
        connection.execute(_UPDATE, (*_values(order), order.id))
        if before is None or _name_values(before) != _name_values(order):
            rename(connection, order)
    known = {one.key: one for one in before.shipments} if before is not None else {}
    for key in known.keys() - {one.key for one in order.shipments}:
        connection.execute('DELETE FROM shipments WHERE "order" = ? AND key = ?', (order.id, key))
    for shipment in order.shipments:
        if known.get(shipment.key) != shipment:
            connection.execute(_INSERT_SHIPMENT, _shipment_values(order, shipment))
    return order


def rename(connection: sqlite3.Connection, order: Order) -> None:
    """Store the account and the number of a stored order."""
    connection.execute("UPDATE orders SET hostname = ?, order_id = ? WHERE id = ?", (*_name_values(order), order.id))
    order_cores.keep(connection, order)


def due(connection: sqlite3.Connection, now: float, *, urgent: bool, limit: int) -> list[tuple[OrderPk, str, str]]:
    """List the orders that are due for a GET: key, hostname, order id; the longest due first."""
    rows = connection.execute(
        "SELECT id, hostname, order_id FROM orders INDEXED BY orders_due "
        "WHERE next_poll_at IS NOT NULL AND urgent = ? AND next_poll_at <= ? ORDER BY next_poll_at LIMIT ?",
        (int(urgent), now, limit),
    )
    return [(row["id"], row["hostname"], row["order_id"]) for row in rows]


def due_chains(connection: sqlite3.Connection, now: float, limit: int) -> list[OrderPk]:
    """List the orders whose chain of deferred webhooks is to be taken; the longest due first."""
    rows = connection.execute(
        "SELECT id FROM orders WHERE chain_due_at <= ? ORDER BY chain_due_at LIMIT ?", (now, limit)
    )
    return [row["id"] for row in rows]


def answered_last(connection: sqlite3.Connection, limit: int) -> list[tuple[OrderPk, str]]:
    """List the orders that the API has answered about, the latest first: key, order id."""
    rows = connection.execute(
        "SELECT id, order_id FROM orders WHERE asked_at IS NOT NULL ORDER BY asked_at DESC LIMIT ?", (limit,)
    )
    return [(row["id"], row["order_id"]) for row in rows]


def is_followed(connection: sqlite3.Connection, order_pk: OrderPk) -> bool:
    """Return whether a chat that can be written to follows the order."""
    query = 'SELECT 1 FROM subscriptions JOIN chats USING (chat_id) WHERE "order" = ? AND paused IS NULL LIMIT 1'
    return connection.execute(query, (order_pk,)).fetchone() is not None


def schedule(connection: sqlite3.Connection, order_pk: OrderPk, due_at: Ticks | None, *, urgent: bool) -> None:
    """Store when to poll the order next; None for never."""
    connection.execute("UPDATE orders SET next_poll_at = ?, urgent = ? WHERE id = ?", (due_at, int(urgent), order_pk))


def latest(connection: sqlite3.Connection) -> float:
    """Return the latest time on the service's clock at which anything was received, polled or sent; 0.0 if nothing."""
    times = connection.execute(
        "SELECT (SELECT max(heard_at) FROM orders), (SELECT max(asked_at) FROM orders), "
        "(SELECT max(claimed_at) FROM outbox WHERE state = 'claimed'), "  # of all others, the end is later
        "(SELECT max(done_at) FROM outbox WHERE done_at IS NOT NULL)"  # as its index says
    ).fetchone()
    return max((at for at in times if at is not None), default=0.0)


def clamp_future_due(connection: sqlite3.Connection, now: float, longest: float) -> None:
    """Bring due times forward that are further ahead than the longest wait: the clock has been set back since."""
    connection.execute("UPDATE orders SET next_poll_at = ? WHERE next_poll_at > ?", (now + longest, now + longest))


def _order(connection: sqlite3.Connection, row: sqlite3.Row) -> Order:
    return Order(
        id=row["id"],
        hostname=row["hostname"],
        order_id=row["order_id"],
        status=row["status"],
        previous=row["previous"],
        for_pickup=bool(row["for_pickup"]),
        since=row["since"],
        observed_at=row["seen_at"],
        webhook_at=row["heard_at"],
        polled_at=row["asked_at"],
        confirmed_at=row["confirmed_at"],
        changed_at=row["news_at"],
        recent=_webhooks(row["recent"]),
        unconfirmed_at=row["unsure_at"],
        unconfirmed_status=row["unsure_status"],
        unchanged_polls=row["quiet"],
        not_found_count=row["misses"],
        not_found_since=row["missed_at"],
        failures=row["failures"],
        retry_at=row["retry_at"],
        extra_polls=fields(row["asks"]),
        next_poll_at=row["next_poll_at"],
        urgent=bool(row["urgent"]),
        shipments=_shipments(connection, row["id"]) if row["is_shipped"] else (),
        items=tuple(Item(*one) for one in entries(row["items"])),
        pairs=_webhooks(row["pairs"]),
        chain=_webhooks(row["chain"]),
        by_chain=bool(row["by_chain"]),
        ended=next(iter(_webhooks(row["ended"])), None),
        diverged_at=row["diverged_at"],
    )


def _name_values(order: Order) -> tuple[str, str]:
    return order.hostname.casefold(), order.order_id


def _values(order: Order) -> tuple[object, ...]:
    return (
        order.status,
        effective_status(order),
        order.previous,
        int(order.for_pickup),
        order.since,
        order.observed_at,
        order.webhook_at,
        order.polled_at,
        order.confirmed_at,
        order.changed_at,
        _webhook_values(order.recent),
        order.unconfirmed_at,
        order.unconfirmed_status,
        order.unchanged_polls,
        order.not_found_count,
        order.not_found_since,
        order.failures,
        order.retry_at,
        from_fields(order.extra_polls),
        order.next_poll_at,
        int(order.urgent),
        from_entries((one.name, one.quantity) for one in order.items),
        _webhook_values(order.pairs),
        _webhook_values(order.chain),
        chains.due_at(order),
        int(order.by_chain),
        _webhook_values([order.ended] if order.ended is not None else []),
        order.diverged_at,
    )


def _webhooks(stored: str) -> tuple[RecentWebhook, ...]:
    return tuple(RecentWebhook(*one) for one in entries(stored))


def _webhook_values(webhooks: Iterable[RecentWebhook]) -> str:
    return from_entries((one.old, one.new, one.at) for one in webhooks)


def _shipments(connection: sqlite3.Connection, order_pk: OrderPk) -> tuple[Shipment, ...]:
    rows = connection.execute('SELECT * FROM shipments WHERE "order" = ? ORDER BY position', (order_pk,))
    return tuple(_shipment(row) for row in rows)


def _shipment(row: sqlite3.Row) -> Shipment:
    return Shipment(
        key=row["key"],
        position=row["position"],
        status=row["status"],
        courier=row["courier"],
        vehicle=row["vehicle"],
        raw_url=row["raw_url"],
        link=row["link"],
        created_at=row["created_at"],
        implies_on_route=bool(row["lifts"]),
        missing_since=row["missing_since"],
        closed=bool(row["closed"]),
        tracking_id=row["tracking_id"],
        tracking_status=row["tracking_status"],
        service_id=row["service_id"],
        status_at=row["status_at"],
        linkless_since=row["linkless_since"],
    )


def _shipment_values(order: Order, shipment: Shipment) -> tuple[object, ...]:
    return (
        order.id,
        shipment.key,
        shipment.position,
        shipment.status,
        shipment.courier,
        shipment.vehicle,
        shipment.raw_url,
        shipment.link,
        shipment.created_at,
        int(shipment.implies_on_route),
        shipment.missing_since,
        int(shipment.closed),
        shipment.tracking_id,
        shipment.tracking_status,
        shipment.service_id,
        shipment.status_at,
        shipment.linkless_since,
    )
