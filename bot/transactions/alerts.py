"""Alert staff: notices of the outbox like any other, once for each thing that has happened.

What staff were alerted to is stored, so a restart repeats nothing. While no staff are set, nothing counts as alerted.
"""

import sqlite3
from enum import StrEnum

from bot.pickpack.health import ApiHealth
from bot.process.redaction import Redaction
from bot.store import chats, key_value, outbox, receipts
from bot.tracking.hours import until_open
from bot.tracking.link_secrets import without_secrets
from bot.tracking.model import Kind, Notice, Order, Shipment, Subscription, Ticks
from bot.tracking.timing import DAY, HOUR
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


class Alert(StrEnum):
    """All that staff are alerted to; the catalog's key of each is `alert-` and its value."""

    API_DOWN = "api-down"
    API_UP = "api-up"
    KEY_REFUSED = "key-refused"
    KEY_ACCEPTED = "key-accepted"
    UNKNOWN_STATUS = "unknown-status"
    UNREADABLE_LINK = "unreadable-link"
    OTHER_ACCOUNT = "other-account"
    BACKUP_FAILED = "backup-failed"
    NOTICE_FAILED = "aside"
    WEBHOOK_MISMAPPED = "webhook-mismapped"
    NOT_RECEIVED = "not-received"


CAN_WAIT = frozenset(  # for the store's hours
    {
        Alert.UNKNOWN_STATUS,
        Alert.UNREADABLE_LINK,
        Alert.OTHER_ACCOUNT,
        Alert.BACKUP_FAILED,
        Alert.NOTICE_FAILED,
        Alert.WEBHOOK_MISMAPPED,
        Alert.NOT_RECEIVED,
    }
)


def api_health(connection: sqlite3.Connection, health: ApiHealth, context: DecisionContext) -> None:
    """Alert staff to how the API is: once for each change, over restarts too."""
    before = key_value.get(connection, HEALTH_KEY) or ApiHealth.OK
    if context.staff and before != health:
        key_value.put(connection, HEALTH_KEY, health)
        _alert(connection, _health_alert(before, health), context)


def backup_result(connection: sqlite3.Connection, error: str | None, context: DecisionContext) -> None:
    """Alert staff that the daily backup failed; once, until one has been made (`error` None)."""
    alerted = key_value.get(connection, BACKUP_KEY) is not None
    if error is None:
        key_value.put(connection, BACKUP_KEY, None)
    elif context.staff and not alerted:
        key_value.put(connection, BACKUP_KEY, "failed")
        _alert(connection, Alert.BACKUP_FAILED, context, reason=error)


def unknown_status(connection: sqlite3.Connection, order: Order, context: DecisionContext) -> None:
    """Alert staff to a status that we have no words for: once for each value, in the commit that found it.

    At most MOST_UNKNOWN are alerted to and stored: where there are more, somebody makes them up.
    """
    name = f"{UNKNOWN_STATUS_PREFIX}{order.status}"
    if not context.staff or key_value.get(connection, name) is not None:
        return
    if key_value.count(connection, UNKNOWN_STATUS_PREFIX) < MOST_UNKNOWN:
        key_value.put(connection, name, "told")
        _alert(connection, Alert.UNKNOWN_STATUS, context, raw=order.status or "", number=order.order_id)


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
    _alert(connection, Alert.WEBHOOK_MISMAPPED, context, raw=fields)


def unreadable_link(connection: sqlite3.Connection, order: Order, shipment: Shipment, context: DecisionContext) -> None:
    """Alert staff to a value that is no tracking link: once for each courier, in the commit that found it."""
    courier = shipment.courier or "-"
    name = f"{UNREADABLE_LINK_PREFIX}{courier.casefold()}"
    if not context.staff or key_value.get(connection, name) is not None:
        return
    if key_value.count(connection, UNREADABLE_LINK_PREFIX) < MOST_UNKNOWN:
        key_value.put(connection, name, "told")
        raw = _shortened(shipment.raw_url or "")
        _alert(connection, Alert.UNREADABLE_LINK, context, raw=raw, courier=courier, number=order.order_id)


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
        _alert(connection, Alert.OTHER_ACCOUNT, context, raw=hostname.strip())


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
        _alert(connection, Alert.NOTICE_FAILED, context, number=number, reason=reason)


def can_reach_staff(connection: sqlite3.Connection, context: DecisionContext) -> bool:
    """Return whether an alert would reach anybody: staff are set, and not all of them have blocked the bot."""
    known = (chats.load(connection, chat_id) for chat_id in context.staff)
    return any(chat is None or chat.paused is None for chat in known)


def not_received(
    connection: sqlite3.Connection, order: Order, subscription: Subscription, context: DecisionContext
) -> Ticks:
    """Alert staff that a follower doesn't have what is reported as delivered; return when they hear of it."""
    answers = receipts.answers(connection, subscription.order)
    _alert(
        connection,
        Alert.NOT_RECEIVED,
        context,
        order=subscription.order,
        number=order.order_id,
        verified=subscription.verified,
        since=context.wall_at(subscription.created_at),
        followers=answers.followers,
        good=answers.good,
        missing=answers.missing,
    )
    return _due_at(Alert.NOT_RECEIVED, context)


def _is_time_for(
    connection: sqlite3.Connection, key: str, alert: Alert, seconds: float, context: DecisionContext
) -> bool:
    """Return whether an alert was last read `seconds` ago or longer, and note that one is told now.

    The time begins when it is read: a night's failures are one alert in the morning. One that is read much later
    than what is told now would be was told by a clock that was ahead.
    """
    alerted, due_at = key_value.get(connection, key), _due_at(alert, context)
    if alerted and float(alerted) <= due_at + HOUR and context.now < float(alerted) + seconds:
        return False
    key_value.put(connection, key, str(due_at))
    return True


def _due_at(alert: Alert, context: DecisionContext) -> Ticks:
    return Ticks(context.now + (until_open(context.store_hours, context.wall) if alert in CAN_WAIT else 0.0))


def _alert(connection: sqlite3.Connection, alert: Alert, context: DecisionContext, **args: str | float) -> None:
    """Put an alert for each of staff. `order` among what it says is the key of the order that its button shows."""
    due_at = _due_at(alert, context)
    for chat_id in context.staff:
        chats.touch(connection, chat_id, kind="private" if chat_id > 0 else "supergroup", now=context.now)
        notice = Notice(
            chat_id=chat_id,
            kind=Kind.ALERT,
            due_at=due_at,
            audible=True,
            payload={"alert": alert, "args": args},
            made_at=due_at,
        )
        outbox.put(connection, [notice])


def _health_alert(before: str, health: ApiHealth) -> Alert:
    if health is ApiHealth.OK:
        return Alert.KEY_ACCEPTED if before == ApiHealth.REFUSED else Alert.API_UP
    return Alert.KEY_REFUSED if health is ApiHealth.REFUSED else Alert.API_DOWN
