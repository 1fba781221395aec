"""Alert staff to what shows only when it is looked at: the token, the disk, webhooks, numbers, orders that don't move.

Each is one commit, made only where something starts or ends.
"""

import sqlite3
from collections.abc import Sequence

from bot.store import key_value, open_alerts, orders
from bot.store.day_report import DayReport
from bot.tracking.model import Ticks, Wall
from bot.tracking.overview import StuckOrder
from bot.tracking.timing import DAY
from bot.transactions.alerting import Alert, begin_unsaid, end, start, tell
from bot.transactions.context import DecisionContext

DIGEST_KEY = "digest"
MOST_STUCK = 5  # orders that staff are alerted to in a day; /stuck lists all


def token_refused(connection: sqlite3.Connection, context: DecisionContext) -> None:
    """Note that Telegram refuses the token: staff hear of it once it doesn't."""
    begin_unsaid(connection, Alert.TOKEN_ACCEPTED, context)


def token_accepted(connection: sqlite3.Connection, context: DecisionContext) -> None:
    """Tell staff that the token is accepted again, and since when it was not."""
    row = open_alerts.find_open(connection, Alert.TOKEN_ACCEPTED, "")
    if row is not None:
        since = context.wall_at(row.started_at)
        end(connection, Alert.TOKEN_ACCEPTED, Alert.TOKEN_ACCEPTED, context, since=since)


def disk(connection: sqlite3.Connection, context: DecisionContext, *, is_low: bool, free: int) -> None:
    """Alert staff to a disk that is nearly full, or to its having room again; `free`: megabytes."""
    if is_low:
        start(connection, Alert.DISK_LOW, context, lasts=True, free=free)
    else:
        end(connection, Alert.DISK_LOW, Alert.DISK_FREE, context, free=free)


def nothing_found(connection: sqlite3.Connection, context: DecisionContext, *, count: int) -> None:
    """Alert staff to an API that has found none of all numbers since the start: it may be another account's."""
    start(connection, Alert.NOTHING_FOUND, context, lasts=True, count=count)


def found_again(connection: sqlite3.Connection, context: DecisionContext) -> None:
    """Tell staff that the API finds orders."""
    end(connection, Alert.NOTHING_FOUND, Alert.FOUND_AGAIN, context)


def webhooks_lost(
    connection: sqlite3.Connection, context: DecisionContext, *, lost: int, refused: bool, secret: bool
) -> None:
    """Alert staff to news that no webhook brings; `refused`: they come and are not taken, for their `secret`."""
    if refused:
        start(connection, Alert.WEBHOOKS_REFUSED, context, lasts=True, secret=secret)
    else:
        start(connection, Alert.WEBHOOKS_SILENT, context, lasts=True, lost=lost)


def webhooks_back(connection: sqlite3.Connection, context: DecisionContext, *, taken_at: Wall) -> None:
    """Tell staff, once, that webhooks arrive, where one was taken after they were alerted."""
    for alert in (Alert.WEBHOOKS_SILENT, Alert.WEBHOOKS_REFUSED):
        row = open_alerts.find_open(connection, alert, "")
        if row is not None and taken_at > context.wall_at(row.started_at):
            end(connection, alert, Alert.WEBHOOKS_BACK, context)


def stuck(connection: sqlite3.Connection, context: DecisionContext, *, found: Sequence[StuckOrder]) -> None:
    """Alert staff to followed orders that don't move, a few a day, and tell when one does."""
    standing = {one.order_id: one for one in found}
    known = set[str]()
    for row in open_alerts.all_open(connection, Alert.STUCK):
        order = orders.load_by_id(connection, row.order) if row.order is not None else None
        if order is None:
            end(connection, Alert.STUCK, None, context, subject=row.subject)
        elif order.order_id in standing:
            known.add(order.order_id)
        else:
            is_followed = order.id is not None and orders.is_followed(connection, order.id)
            ending = Alert.MOVES_AGAIN if is_followed else None
            end(connection, Alert.STUCK, ending, context, subject=row.subject, number=order.order_id)
    room = MOST_STUCK - open_alerts.started_since(connection, Alert.STUCK, Ticks(context.now - DAY))
    new = [one for one in found if one.order_id not in known]
    for one in new[: max(0, room)]:
        _alert_stuck(connection, context, one)


def _alert_stuck(connection: sqlite3.Connection, context: DecisionContext, one: StuckOrder) -> None:
    order = orders.load_by_id(connection, one.id)
    if order is None or order.id is None:
        return
    start(
        connection,
        Alert.STUCK,
        context,
        subject=str(order.id),
        lasts=True,
        order=order.id,
        number=order.order_id,
        status=one.status,
        why=one.why,
        since=one.since,
        reported=one.reported or "",
        times=one.times,
    )


def digest_due(connection: sqlite3.Connection, closing: Wall) -> Wall | None:
    """Return since when a digest counts; None where that day's was told, or the day began before anybody counted.

    A time after the closing was noted by a clock that was ahead.
    """
    noted = key_value.get(connection, DIGEST_KEY)
    if noted is None or float(noted) == closing:
        return None
    return Wall(max(float(noted), closing - 7 * DAY)) if float(noted) < closing else Wall(closing - DAY)


def has_begun(connection: sqlite3.Connection) -> bool:
    """Return whether the end of a day was ever noted."""
    return key_value.get(connection, DIGEST_KEY) is not None


def note_day(connection: sqlite3.Connection, closing: Wall) -> None:
    """Note that a day is over of which nothing is told."""
    key_value.put(connection, DIGEST_KEY, str(float(closing)))


def digest(connection: sqlite3.Connection, context: DecisionContext, *, closing: Wall, report: DayReport) -> None:
    """Tell staff what the day brought, once."""
    if digest_due(connection, closing) is None:
        return
    note_day(connection, closing)
    tell(
        connection,
        Alert.DIGEST,
        context,
        time=closing,
        orders=report.orders,
        delivered=report.delivered,
        missing=report.missing,
        undelivered=report.undelivered,
        lost=report.lost,
        stuck=report.stuck,
    )
