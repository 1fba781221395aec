"""Which orders and messages staff have to look at, as `/stuck` lists them. It scans: use `Database.scan`."""

import json
import sqlite3

from bot.store.stages import RUNNING, present_stays, usual_times
from bot.tracking.model import OrderPk, Wall
from bot.tracking.overview import FailedNotices, StageLimit, StuckList, StuckOrder, TroubledOrder, Why, limits
from bot.tracking.statuses import ON_ROUTE, TABLE, is_further, look_up
from bot.tracking.timing import DAY, HOUR

IN_TURNS = 3  # so often an order or a package has come to the same status within a day: it doesn't get on
MOST_FAILED = 200  # lines
_BEFORE_ON_ROUTE = json.dumps([one.name for one in TABLE.values() if is_further(ON_ROUTE, one.name)])
# what the couriers of an order report, as `shipping.courier_ahead` reads it: ended, all of it, or on its way; for long
# and what an order, or one of its packages, has come to again and again: each change makes it look as if it moved
_FOLLOWED = f"""
WITH running AS MATERIALIZED (
    SELECT * FROM orders WHERE {RUNNING} AND EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)
), repeated AS (
    SELECT "order", new, count(*) AS times FROM history
    WHERE "order" IN (SELECT id FROM running) AND at > :day_ago AND kind IN ('heard', 'seen', 'service')
    GROUP BY "order", CASE kind WHEN 'service' THEN detail END, new HAVING count(*) >= :in_turns
), unsettled AS MATERIALIZED (
    SELECT "order", group_concat(DISTINCT new) AS in_turns, max(times) AS times FROM repeated GROUP BY "order"
), couriers AS MATERIALIZED (
    SELECT shipments."order", CASE WHEN sum(shipments.status IN ('DELIVERED', 'RETURNED')) = count(*)
        THEN CASE WHEN sum(shipments.status = 'DELIVERED') > 0 THEN 'DELIVERED' ELSE 'RETURNED' END
        ELSE 'ON_ROUTE' END AS reported
    FROM running AS orders CROSS JOIN shipments ON shipments."order" = orders.id
    WHERE NOT closed AND shipments.status != 'CANCELED'
    GROUP BY shipments."order"
    HAVING (sum(shipments.status IN ('DELIVERED', 'RETURNED')) = count(*) AND orders.status != 'WAITING_FOR_PICKUP')
        OR (orders.status IN (SELECT value FROM json_each(:before_on_route))
            AND min(CASE WHEN lifts THEN coalesce(status_at, news_at, orders.made_at) END) < :hour_ago)
)
SELECT orders.id, order_id, state, orders.status, misses, coalesce(unsure_at < :hour_ago, 0) AS is_unsure, diverged_at,
    coalesce(orders.since, seen_at, orders.made_at) AS known_since, reported, in_turns, times
FROM running AS orders
LEFT JOIN couriers ON couriers."order" = orders.id
LEFT JOIN unsettled ON unsettled."order" = orders.id
"""  # noqa: S608 - made of this room's own words
# the worse one of an order first
_TROUBLED = f"""
SELECT orders.id, order_id, state, shipments.status, courier,
    coalesce(status_at, news_at, orders.made_at) AS known_since
FROM orders CROSS JOIN shipments ON shipments."order" = orders.id
WHERE {RUNNING} AND shipments.status IN ('INCIDENT', 'ON_HOLD') AND NOT closed
    AND EXISTS (SELECT 1 FROM subscriptions WHERE "order" = orders.id)
ORDER BY shipments.status, known_since
"""  # noqa: S608 - made of this room's own words
_FAILED = """
SELECT orders.id, coalesce(order_id, json_extract(payload, '$.number')) AS number, kind = 'alert' AS is_alert,
    reason LIKE 'perhaps told%' AS is_unknown, count(*) AS messages, max(done_at) AS at, reason
FROM outbox LEFT JOIN orders ON orders.id = outbox."order"
WHERE outbox.state = 'aside' AND done_at >= ?
GROUP BY orders.id, number, is_alert, reason ORDER BY at DESC LIMIT ?
"""


def stuck_list(connection: sqlite3.Connection, now: float, *, clock_offset: float = 0.0) -> StuckList:
    """List what doesn't get on. `clock_offset`: what to add to the service's clock for wall time."""
    troubled = troubled_orders(connection, clock_offset=clock_offset)
    known = {one.id for one in troubled}
    orders = stuck_orders(connection, now, clock_offset=clock_offset)
    others = (one for one in orders if one.why is not Why.SLOW or one.id not in known)
    failed = failed_notices(connection, now - DAY, clock_offset=clock_offset)
    return StuckList(tuple(others), tuple(failed), tuple(troubled))


def troubled_orders(connection: sqlite3.Connection, *, clock_offset: float = 0.0) -> list[TroubledOrder]:
    """List followed orders of which a courier reports a problem, or a pause, that lasts: the longest first."""
    found = dict[OrderPk, TroubledOrder]()
    for row in connection.execute(_TROUBLED):
        if not look_up(row["state"] or "").final:
            since = Wall(row["known_since"] + clock_offset)
            one = TroubledOrder(OrderPk(row["id"]), row["order_id"], row["status"], since, row["courier"])
            found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.since, one.id))


def stuck_orders(connection: sqlite3.Connection, now: float, *, clock_offset: float = 0.0) -> list[StuckOrder]:
    """List followed orders that don't get on.

    They are in their stage for longer than nine in ten of this store's orders were, are not found any more, have a
    webhook that the API does not confirm or denies, go to and fro, or stand before what their courier reports: the
    end, or for an hour that they are on their way.
    """
    wall = now + clock_offset
    most = limits(usual_times(connection))
    values = {
        "day_ago": wall - DAY,
        "hour_ago": now - HOUR,
        "in_turns": IN_TURNS,
        "before_on_route": _BEFORE_ON_ROUTE,
    }
    found = list[tuple[float, StuckOrder]]()
    rows = connection.execute(_FOLLOWED, values).fetchall()
    entered = present_stays(connection, (OrderPk(row["id"]) for row in rows))
    for row in rows:
        since = entered.get(row["id"], Wall(row["known_since"]))
        usual = most.get(look_up(row["status"] or "").stage)
        excess = wall - since - (usual.seconds if usual else DAY)
        if (why := _why(row, excess)) is not None:
            found.append((excess, _stuck_order(row, since, why, usual)))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))]


def _stuck_order(row: sqlite3.Row, since: Wall, why: Why, usual: StageLimit | None) -> StuckOrder:
    return StuckOrder(
        id=OrderPk(row["id"]),
        order_id=row["order_id"],
        status=row["state"] if row["reported"] is None else row["status"],
        since=since,
        why=why,
        usual=usual,
        reported=row["reported"],
        in_turns=tuple(sorted(row["in_turns"].split(","))) if row["in_turns"] else (),
        times=row["times"] or 0,
    )


def _why(row: sqlite3.Row, excess: float) -> Why | None:
    """Return why an order is stuck; None if it isn't. `excess`: seconds beyond what is usual in its stage."""
    if row["reported"] is not None:
        return Why.COURIER
    if row["misses"]:
        return Why.NOT_FOUND
    if row["is_unsure"] or row["diverged_at"] is not None:
        return Why.UNCONFIRMED
    if row["times"]:
        return Why.IN_TURNS
    return Why.SLOW if excess > 0 and row["state"] == row["status"] else None


def failed_notices(connection: sqlite3.Connection, since: float, *, clock_offset: float) -> list[FailedNotices]:
    """Return what could not be sent, or perhaps was, since that time (service clock), the newest first."""
    return [
        FailedNotices(
            id=row["id"],
            number=row["number"],
            reason=row["reason"] or "",
            at=Wall(row["at"] + clock_offset),
            messages=row["messages"],
            is_alert=bool(row["is_alert"]),
            is_unknown=bool(row["is_unknown"]),
        )
        for row in connection.execute(_FAILED, (since, MOST_FAILED))
    ]
