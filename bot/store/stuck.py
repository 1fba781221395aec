"""Which orders and messages staff have to look at, as `/stuck` lists them. It scans: use `Database.scan`."""

import json
import sqlite3

from bot.store.stages import STAGE_OF_STATUS, STAYS, times_by_stage
from bot.tracking.model import OrderPk, Wall
from bot.tracking.overview import FailedNotices, StageLimit, StuckList, StuckOrder, Why, limits
from bot.tracking.statuses import FINAL_STATUSES, ON_ROUTE, TABLE, Stage, is_further
from bot.tracking.timing import DAY, HOUR

IN_TURNS = 3  # so often an order or a package has come to the same status within a day: it doesn't get on
MOST = 200  # that are read; whoever has more sees so by their number
_FINAL = json.dumps(FINAL_STATUSES)
_BEFORE_ON_ROUTE = json.dumps([one.name for one in TABLE.values() if is_further(ON_ROUTE, one.name)])
# what the couriers of an order report, as `shipping.courier_ahead` reads it: ended, all of it, or on its way; for long
# and what an order, or one of its packages, has come to again and again: each change makes it look as if it moved
_STUCK = f"""
WITH {STAYS.format(orders='"order" IN (SELECT "order" FROM subscriptions)')}, limits AS MATERIALIZED (
    SELECT key AS stage, value AS most FROM json_each(:limits)
), present AS (
    SELECT "order", since FROM stays WHERE until IS NULL
), repeated AS (
    SELECT "order", new, count(*) AS times FROM history
    WHERE at > :day_ago AND kind IN ('heard', 'seen', 'service')
    GROUP BY "order", CASE kind WHEN 'service' THEN detail END, new HAVING count(*) >= :in_turns
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
        OR (orders.status IN (SELECT value FROM json_each(:before_on_route))
            AND min(CASE WHEN lifts THEN coalesce(status_at, news_at, orders.made_at) END) < :hour_ago)
), seen AS (
    SELECT orders.id, order_id, state, orders.status, misses, unsure_at, unsure_status, diverged_at, reported, in_turns,
        times, coalesce(stages.stage, 'unknown') AS stage, most,
        coalesce(present.since, orders.since, seen_at, orders.made_at) AS entered_at
    FROM orders
    LEFT JOIN stages ON stages.status = orders.status
    LEFT JOIN limits ON limits.stage = coalesce(stages.stage, 'unknown')
    LEFT JOIN present ON present."order" = orders.id
    LEFT JOIN couriers ON couriers."order" = orders.id
    LEFT JOIN unsettled ON unsettled."order" = orders.id
    WHERE orders.id IN (SELECT "order" FROM subscriptions)
)
SELECT * FROM seen
WHERE diverged_at IS NOT NULL OR (state NOT IN (SELECT value FROM json_each(:final))
    AND (misses > 0 OR unsure_at < :hour_ago OR reported IS NOT NULL OR times IS NOT NULL
        OR (state IS status AND :wall - entered_at > coalesce(most, :day))))
ORDER BY :wall - entered_at - coalesce(most, :day) DESC, id LIMIT :limit
"""  # noqa: S608 - the text above
_FAILED = """
SELECT orders.id, coalesce(order_id, json_extract(payload, '$.number')) AS number, kind = 'alert' AS is_alert,
    reason LIKE 'perhaps told%' AS is_unknown, count(*) AS messages, max(done_at) AS at, reason
FROM outbox LEFT JOIN orders ON orders.id = outbox."order"
WHERE outbox.state = 'aside' AND done_at >= ?
GROUP BY orders.id, number, is_alert, reason ORDER BY at DESC LIMIT ?
"""


def stuck_list(connection: sqlite3.Connection, now: float, *, clock_offset: float = 0.0) -> StuckList:
    """List what doesn't get on. `clock_offset`: what to add to the service's clock for wall time."""
    orders = stuck_orders(connection, now, clock_offset=clock_offset)
    return StuckList(tuple(orders), tuple(failed_notices(connection, now - DAY, clock_offset=clock_offset)))


def stuck_orders(connection: sqlite3.Connection, now: float, *, clock_offset: float = 0.0) -> list[StuckOrder]:
    """List followed orders that don't get on.

    They are in their stage for longer than nine in ten of this store's orders were, are not found any more, have a
    webhook that the API does not confirm or denies, go to and fro, or stand before what their courier reports: the
    end, or for an hour that they are on their way.
    """
    most = limits(times_by_stage(connection))
    wall = now + clock_offset
    values = {
        "stages": STAGE_OF_STATUS,
        "limits": json.dumps({stage.value: limit.seconds for stage, limit in most.items()}),
        "day_ago": wall - DAY,
        "hour_ago": now - HOUR,
        "day": DAY,
        "wall": wall,
        "in_turns": IN_TURNS,
        "before_on_route": _BEFORE_ON_ROUTE,
        "final": _FINAL,
        "limit": MOST,
    }
    rows = connection.execute(_STUCK, values)
    return [_stuck_order(row, most.get(Stage(row["stage"]))) for row in rows]


def _stuck_order(row: sqlite3.Row, usual: StageLimit | None) -> StuckOrder:
    return StuckOrder(
        id=OrderPk(row["id"]),
        order_id=row["order_id"],
        status=row["state"] if row["reported"] is None else row["status"],
        since=Wall(row["entered_at"]),
        why=_why(row),
        usual=usual,
        reported=row["reported"],
        unconfirmed=row["unsure_status"],
        in_turns=tuple(sorted(row["in_turns"].split(","))) if row["in_turns"] else (),
        times=row["times"] or 0,
    )


def _why(row: sqlite3.Row) -> Why:
    if row["reported"] is not None:
        return Why.COURIER
    if row["misses"]:
        return Why.NOT_FOUND
    if row["unsure_at"] is not None or row["diverged_at"] is not None:
        return Why.UNCONFIRMED
    return Why.IN_TURNS if row["times"] else Why.SLOW


def failed_notices(connection: sqlite3.Connection, since: float, *, clock_offset: float) -> list[FailedNotices]:
    """Return what could not be sent, or perhaps was, since that time (service clock), the newest first."""
    return [
        FailedNotices(
            id=row["id"],
            number=row["number"],
            reason=row["reason"] or "-",
            at=Wall(row["at"] + clock_offset),
            messages=row["messages"],
            is_alert=bool(row["is_alert"]),
            is_unknown=bool(row["is_unknown"]),
        )
        for row in connection.execute(_FAILED, (since, MOST))
    ]
