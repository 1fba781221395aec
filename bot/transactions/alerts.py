"""What staff are alerted to: once for each thing that has happened, and once when it is over.

What they were alerted to is stored, so a restart repeats nothing. While no staff are set, nothing counts as alerted.
"""

import sqlite3

from bot.pickpack.health import ApiHealth
from bot.process.redaction import Redaction
from bot.store import chats, key_value, open_alerts, receipts
from bot.tracking.link_secrets import without_secrets
from bot.tracking.model import Kind, Notice, Order, Shipment, Subscription, Ticks, Wall
from bot.tracking.timing import DAY, HOUR
from bot.transactions.alerting import Alert, due_at, end, start
from bot.transactions.context import DecisionContext

HEALTH_KEY = "api-health"
BACKUP_KEY = "backup"
FAILED_KEY = "aside-told"
UNKNOWN_STATUS_PREFIX = "unknown-status:"
UNREADABLE_LINK_PREFIX = "unreadable-link:"
LONGEST_VALUE = 60  # of a link that can't be read, as staff see it
OTHER_ACCOUNT_PREFIX = "other-account:"
MOST_UNKNOWN = 50
MISMAPPED_KEY = "webhook-mismapped-told"
MISMAPPED_PREFIX = "webhook-mismapped:"
MOST_MISMAPPED = 5


ENDINGS = {ApiHealth.DOWN: (Alert.API_DOWN, Alert.API_UP), ApiHealth.REFUSED: (Alert.KEY_REFUSED, Alert.KEY_ACCEPTED)}


def api_health(connection: sqlite3.Connection, health: ApiHealth, context: DecisionContext) -> None:
    """Alert staff to how the API is: once for each change, over restarts too."""
    before = ApiHealth(key_value.get(connection, HEALTH_KEY) or ApiHealth.OK)
    if not context.staff or before is health:
        return
    key_value.put(connection, HEALTH_KEY, health)
    if before is not ApiHealth.OK:
        alert, ending = ENDINGS[before]
        end(connection, alert, ending if health is ApiHealth.OK else None, context)
    if health is not ApiHealth.OK:
        start(connection, ENDINGS[health][0], context, lasts=True)


def backup_result(connection: sqlite3.Connection, error: str | None, context: DecisionContext) -> None:
    """Alert staff that the daily backup failed; once, until one has been made (`error` None)."""
    alerted = key_value.get(connection, BACKUP_KEY) is not None
    if error is None:
        key_value.put(connection, BACKUP_KEY, None)
        end(connection, Alert.BACKUP_FAILED, Alert.BACKUP_MADE, context)
    elif context.staff and not alerted:
        key_value.put(connection, BACKUP_KEY, "failed")
        start(connection, Alert.BACKUP_FAILED, context, lasts=True, reason=error)


def unknown_status(connection: sqlite3.Connection, order: Order, context: DecisionContext) -> None:
    """Alert staff to a status that we have no words for: once for each value, in the commit that found it.

    At most MOST_UNKNOWN are alerted to and stored: where there are more, somebody makes them up.
    """
    name = f"{UNKNOWN_STATUS_PREFIX}{order.status}"
    if not context.staff or key_value.get(connection, name) is not None:
        return
    if key_value.count(connection, UNKNOWN_STATUS_PREFIX) < MOST_UNKNOWN:
        key_value.put(connection, name, "told")
        start(connection, Alert.UNKNOWN_STATUS, context, order=order.id, raw=order.status or "", number=order.order_id)


def webhook_mismapped(connection: sqlite3.Connection, fields: str, context: DecisionContext) -> None:
    """Alert staff to webhooks that seem to be about orders and can't be read: once for each set of fields.

    At most once an hour, and once MOST_MISMAPPED are stored once a day: a sender may vary the fields without end. What
    came too soon is told when it comes again.
    """
    name = f"{MISMAPPED_PREFIX}{fields}"
    if not context.staff or key_value.get(connection, name) is not None:
        return
    is_kept = key_value.count(connection, MISMAPPED_PREFIX) < MOST_MISMAPPED
    if not _is_time_for(connection, MISMAPPED_KEY, Alert.WEBHOOK_MISMAPPED, HOUR if is_kept else DAY, context):
        return
    if is_kept:
        key_value.put(connection, name, "told")
    start(connection, Alert.WEBHOOK_MISMAPPED, context, subject=fields, lasts=True, raw=fields)


def webhooks_readable(connection: sqlite3.Connection, context: DecisionContext, *, taken_at: Wall) -> None:
    """Tell staff, once, that webhooks can be read, where one was after they were alerted; a relapse is told again."""
    rows = open_alerts.all_open(connection, Alert.WEBHOOK_MISMAPPED)
    over = [row for row in rows if taken_at > context.wall_at(row.started_at)]
    for row in over:
        key_value.put(connection, f"{MISMAPPED_PREFIX}{row.subject}", None)
        ending = Alert.WEBHOOKS_READABLE if row is over[-1] else None
        end(connection, Alert.WEBHOOK_MISMAPPED, ending, context, subject=row.subject)


def unreadable_link(connection: sqlite3.Connection, order: Order, shipment: Shipment, context: DecisionContext) -> None:
    """Alert staff to a value that is no tracking link: once for each courier, in the commit that found it."""
    courier = shipment.courier or "-"
    name = f"{UNREADABLE_LINK_PREFIX}{courier.casefold()}"
    if not context.staff or key_value.get(connection, name) is not None:
        return
    if key_value.count(connection, UNREADABLE_LINK_PREFIX) < MOST_UNKNOWN:
        key_value.put(connection, name, "told")
        raw = _shortened(shipment.raw_url or "")
        number = order.order_id
        start(connection, Alert.UNREADABLE_LINK, context, order=order.id, raw=raw, courier=courier, number=number)


def _shortened(raw: str) -> str:
    """Return the beginning of a link without what may be secret in it: who signs in, query, fragment, any token."""
    shown = without_secrets(Redaction().clean(raw), "…")
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[:LONGEST_VALUE]}…"


def is_known_account(connection: sqlite3.Connection, hostname: str) -> bool:
    """Return whether staff were alerted to this account already, or to as many as are kept."""
    alerted = key_value.get(connection, _account_name(hostname)) is not None
    return alerted or key_value.count(connection, OTHER_ACCOUNT_PREFIX) >= MOST_UNKNOWN


def other_account(connection: sqlite3.Connection, hostname: str, context: DecisionContext) -> None:
    """Alert staff to an account whose webhooks are refused: once for each, as it may be a shop of theirs."""
    if context.staff and not is_known_account(connection, hostname):
        key_value.put(connection, _account_name(hostname), "told")
        start(connection, Alert.OTHER_ACCOUNT, context, raw=hostname.strip())


def _account_name(hostname: str) -> str:
    return OTHER_ACCOUNT_PREFIX + hostname.strip().casefold()


def notice_failed(
    connection: sqlite3.Connection, notice: Notice, order: Order | None, reason: str, context: DecisionContext
) -> None:
    """Alert staff to a message that could not be sent: once an hour at most, never about an alert."""
    if not context.staff or notice.kind is Kind.ALERT:
        return
    if _is_time_for(connection, FAILED_KEY, Alert.NOTICE_FAILED, HOUR, context):
        number = order.order_id if order is not None else str(notice.payload.get("number", ""))
        order_pk = order.id if order is not None else None
        start(connection, Alert.NOTICE_FAILED, context, order=order_pk, number=number, reason=reason)


def can_reach_staff(connection: sqlite3.Connection, context: DecisionContext) -> bool:
    """Return whether an alert would reach anybody: staff are set, and not all of them have blocked the bot."""
    known = (chats.load(connection, chat_id) for chat_id in context.staff)
    return any(chat is None or chat.paused is None for chat in known)


def not_received(
    connection: sqlite3.Connection, order: Order, subscription: Subscription, context: DecisionContext
) -> Ticks:
    """Alert staff that a follower doesn't have what is reported as delivered; return when they hear of it."""
    answers = receipts.answers(connection, subscription.order)
    start(
        connection,
        Alert.NOT_RECEIVED,
        context,
        subject=str(subscription.order),
        lasts=True,
        order=subscription.order,
        number=order.order_id,
        verified=subscription.verified,
        since=context.wall_at(subscription.created_at),
        followers=answers.followers,
        good=answers.good,
        missing=answers.missing,
    )
    return due_at(Alert.NOT_RECEIVED, context)


def not_received_again(
    connection: sqlite3.Connection, order: Order, subscription: Subscription, context: DecisionContext
) -> None:
    """Alert staff once more where they heard that an order had turned up: the last thing they hear must be true."""
    subject = str(subscription.order)
    if open_alerts.find_open(connection, Alert.NOT_RECEIVED, subject) is None:
        not_received(connection, order, subscription, context)


def received(connection: sqlite3.Connection, order: Order, context: DecisionContext) -> None:
    """Tell staff that an order has turned up, once nobody misses it any more; of an order to and fro only once."""
    assert order.id is not None  # noqa: S101 - a stored order
    is_first = open_alerts.times(connection, Alert.NOT_RECEIVED, str(order.id)) == 1
    if is_first and receipts.answers(connection, order.id).missing == 0:
        end(connection, Alert.NOT_RECEIVED, Alert.RECEIVED, context, subject=str(order.id), number=order.order_id)


def _is_time_for(
    connection: sqlite3.Connection, key: str, alert: Alert, seconds: float, context: DecisionContext
) -> bool:
    """Return whether an alert was last read `seconds` ago or longer, and note that one is told now.

    The time begins when it is read: a night's failures are one alert in the morning. One that is read much later
    than what is told now would be was told by a clock that was ahead.
    """
    alerted, due = key_value.get(connection, key), due_at(alert, context)
    if alerted and float(alerted) <= due + HOUR and context.now < float(alerted) + seconds:
        return False
    key_value.put(connection, key, str(due))
    return True
