"""How long orders stay in each stage, read from their history. It scans: call it through `Database.scan`.

A stay begins with the step that enters a stage and ends with the one that leaves it; steps within a stage, such as from
picking to packing, are one stay. Only the order's own statuses count, not what its courier reports.
"""

import json
import sqlite3

from bot.tracking.overview import StageTimes
from bot.tracking.statuses import TABLE, Stage

STAGE_OF_STATUS = json.dumps({status.name: status.stage for status in TABLE.values()})
# `is_cut`: it had begun, nobody knows when, before the order was first seen; `until` is NULL of the present stay
STAYS = """
stages AS MATERIALIZED (SELECT key AS status, value AS stage FROM json_each(:stages)),
steps AS (
    SELECT id, "order", at, old IS NULL AND kind = 'seen' AS is_cut, coalesce(stages.stage, 'unknown') AS stage
    FROM history LEFT JOIN stages ON stages.status = new
    WHERE kind IN ('heard', 'seen', 'chain') AND new IS NOT NULL AND {orders}
), entered AS (
    SELECT *, lag(stage) OVER (PARTITION BY "order" ORDER BY id) AS stage_before FROM steps
), stays AS (
    SELECT "order", stage, at AS since, is_cut, lead(at) OVER (PARTITION BY "order" ORDER BY id) AS until
    FROM entered WHERE stage IS NOT stage_before
)
"""
_TIMES = f"""
WITH {STAYS.format(orders="TRUE")}, lasted AS (
    SELECT stage, max(until - since, 0.0) AS seconds, count(*) OVER (PARTITION BY stage) AS stays,
        row_number() OVER (PARTITION BY stage ORDER BY until - since) AS place
    FROM stays WHERE until >= :since AND NOT is_cut
)
SELECT stage, stays, max(seconds) FILTER (WHERE place = (stays + 1) / 2) AS median,
    max(seconds) FILTER (WHERE place = (9 * stays + 9) / 10) AS nine_in_ten
FROM lasted GROUP BY stage
"""  # noqa: S608 - the text above


def times_by_stage(connection: sqlite3.Connection, *, since: float = 0.0) -> dict[Stage, StageTimes]:
    """Return how long orders were in each stage that they have left since that time (wall time)."""
    rows = connection.execute(_TIMES, {"stages": STAGE_OF_STATUS, "since": since})
    return {Stage(row["stage"]): StageTimes(row["stays"], row["median"], row["nine_in_ten"]) for row in rows}
