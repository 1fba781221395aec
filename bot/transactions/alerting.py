"""Give staff an alert: a row that is open while it lasts, and a notice for each of them; its end, Mute and Done.

What is open is stored, so a restart neither repeats an alert nor forgets to tell its end. While no staff are set,
nothing counts as alerted.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from bot.store import audit, chats, open_alerts, outbox
from bot.tracking.hours import until_open
from bot.tracking.model import Kind, Notice, OrderPk, Priority, Ticks
from bot.tracking.timing import HOUR
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.context import DecisionContext

MUTED_SECONDS = HOUR
LONGEST_NAME = 64  # of who is done with an alert, as the others see it


class Alert(StrEnum):
    """All that staff are alerted to; the catalog's key of each is `alert-` and its value."""

    API_DOWN = "api-down"
    API_UP = "api-up"
    KEY_REFUSED = "key-refused"
    KEY_ACCEPTED = "key-accepted"
    TOKEN_ACCEPTED = "token-accepted"  # noqa: S105 - no token. Its row is open from the refusal on
    DATABASE_DOWN = "database-down"
    DATABASE_UP = "database-up"
    WEBHOOKS_SILENT = "webhooks-silent"
    WEBHOOKS_REFUSED = "webhooks-refused"
    WEBHOOKS_BACK = "webhooks-back"
    WEBHOOK_MISMAPPED = "webhook-mismapped"
    WEBHOOKS_READABLE = "webhooks-readable"
    OTHER_ACCOUNT = "other-account"
    NOTHING_FOUND = "nothing-found"
    FOUND_AGAIN = "found-again"
    UNKNOWN_STATUS = "unknown-status"
    UNREADABLE_LINK = "unreadable-link"
    DISK_LOW = "disk-low"
    DISK_FREE = "disk-free"
    BACKUP_FAILED = "backup-failed"
    BACKUP_MADE = "backup-made"
    NOTICE_FAILED = "aside"
    NOT_RECEIVED = "not-received"
    RECEIVED = "received"
    STUCK = "stuck"
    MOVES_AGAIN = "moves-again"
    DIGEST = "digest"


CAN_WAIT = frozenset(  # for the store's hours
    {
        Alert.WEBHOOKS_SILENT,
        Alert.WEBHOOKS_BACK,
        Alert.WEBHOOK_MISMAPPED,
        Alert.WEBHOOKS_READABLE,
        Alert.NOTHING_FOUND,
        Alert.FOUND_AGAIN,
        Alert.UNKNOWN_STATUS,
        Alert.UNREADABLE_LINK,
        Alert.DISK_LOW,
        Alert.DISK_FREE,
        Alert.BACKUP_FAILED,
        Alert.BACKUP_MADE,
        Alert.NOTICE_FAILED,
        Alert.NOT_RECEIVED,
        Alert.RECEIVED,
        Alert.STUCK,
        Alert.MOVES_AGAIN,
    }
)


class Closing(StrEnum):
    """What became of a press on Done."""

    DONE = "done"
    ALREADY = "already"
    OLD = "old"


def due_at(alert: Alert, context: DecisionContext) -> Ticks:
    """Return when an alert of this moment is due."""
    return Ticks(context.now + (until_open(context.store_hours, context.wall) if alert in CAN_WAIT else 0.0))


def start(
    connection: sqlite3.Connection,
    alert: Alert,
    context: DecisionContext,
    *,
    subject: str = "",
    lasts: bool = False,
    order: OrderPk | None = None,
    **args: str | float,
) -> None:
    """Alert each of staff. `lasts`: until `end`, and nothing while one about the same `subject` is open.

    `order`: the key of the order that a button shows; the alert goes with it.
    """
    if not context.staff or (lasts and open_alerts.find_open(connection, alert, subject) is not None):
        return
    alert_id = open_alerts.add(connection, alert, subject, order=order, lasts=lasts, now=context.now)
    said = args if order is None else {**args, "order": order}
    _put(connection, alert, context, kind=alert, args=said, alert_id=alert_id)


def begin_unsaid(connection: sqlite3.Connection, alert: Alert, context: DecisionContext) -> None:
    """Open an alert of which nobody can be told before it ends."""
    if context.staff and open_alerts.find_open(connection, alert, "") is None:
        open_alerts.add(connection, alert, "", order=None, lasts=True, now=context.now)


def end(
    connection: sqlite3.Connection,
    alert: Alert,
    ending: Alert | None,
    context: DecisionContext,
    *,
    subject: str = "",
    **args: str | float,
) -> None:
    """End the open alert about this, if there is one, and tell staff so, unless `ending` is None.

    Who has not been alerted yet, as it waits for the store's hours, hears neither; nobody hears more of an order that
    somebody is done with.
    """
    row = open_alerts.find_open(connection, alert, subject)
    if row is None:
        return
    open_alerts.end(connection, row.id, now=context.now)
    waiting = open_alerts.unsent(connection, row.id, due_after=context.now)
    outbox.close(connection, [notice_id for notice_id, _ in waiting], reason="over", now=context.now)
    if ending is not None and not (row.is_done and row.order is not None):
        said = args if row.order is None else {**args, "order": row.order}
        _put(connection, ending, context, kind=alert, args=said, but={chat_id for _, chat_id in waiting})


def tell(connection: sqlite3.Connection, alert: Alert, context: DecisionContext, **args: str | float) -> None:
    """Tell each of staff what has neither an end nor anybody who could be done with it."""
    _put(connection, alert, context, kind=alert, args=args)


def _put(
    connection: sqlite3.Connection,
    alert: Alert,
    context: DecisionContext,
    *,
    kind: Alert,
    args: dict[str, str | float],
    alert_id: int | None = None,
    but: Collection[int] = (),
) -> None:
    for chat_id in context.staff:
        if chat_id in but:
            continue
        chats.touch(connection, chat_id, kind="private" if chat_id > 0 else "supergroup", now=context.now)
        due = Ticks(max(due_at(alert, context), _muted_until(connection, chat_id, kind, context)))
        notice = Notice(
            chat_id=chat_id,
            kind=Kind.ALERT,
            due_at=due,
            audible=True,
            payload={"alert": alert, "args": args},
            made_at=due,
            alert=alert_id,
        )
        outbox.put(connection, [notice])


def _muted_until(connection: sqlite3.Connection, chat_id: int, kind: Alert, context: DecisionContext) -> float:
    until = open_alerts.muted_until(connection, chat_id, kind)
    return until if until <= context.now + MUTED_SECONDS else 0.0  # else set by a clock that was ahead


# ── what staff press ─────────────────────────────────────────────────────────


def mute(
    connection: sqlite3.Connection,
    alert_id: int,
    context: DecisionContext,
    *,
    chat_id: int,
    message_id: int,
    who: int,
) -> bool:
    """Let a chat hear nothing of the alert's kind for a while; False if the message shows no such alert."""
    row = open_alerts.find_shown(connection, alert_id, chat_id, message_id)
    if row is None:
        return False
    open_alerts.mute(connection, chat_id, row.kind, until=context.now + MUTED_SECONDS)
    audit.note(connection, who=who, action="mute", order=None, detail=row.kind, wall=context.wall)
    return True


def close(
    connection: sqlite3.Connection,
    alert_id: int,
    context: DecisionContext,
    *,
    chat_id: int,
    message_id: int,
    who: int,
    name: str,
) -> Closing:
    """Let an alert be done for all of staff: who hasn't heard of it doesn't, and the others see whose work it was."""
    row = open_alerts.find_shown(connection, alert_id, chat_id, message_id)
    if row is None:
        return Closing.OLD
    if row.is_done:
        return Closing.ALREADY
    open_alerts.mark_done(connection, alert_id, who=who, name=name[:LONGEST_NAME], now=context.now)
    waiting = open_alerts.unsent(connection, alert_id, due_after=0.0)
    outbox.close(connection, [notice_id for notice_id, _ in waiting], reason="done", now=context.now)
    for one in open_alerts.shown(connection, alert_id):
        _put_edit(connection, one.notice, one.message_id, context)
    audit.note(connection, who=who, action="done", order=None, detail=row.kind, wall=context.wall)
    return Closing.DONE


def note_sent(connection: sqlite3.Connection, notice: Notice, message_id: int | None, context: DecisionContext) -> None:
    """Take the buttons of an alert away again that was on the wire when somebody was done with it."""
    if notice.kind is not Kind.ALERT or notice.alert is None or message_id is None:
        return
    row = open_alerts.load(connection, notice.alert)
    if row is not None and row.is_done:
        _put_edit(connection, notice, message_id, context)


def _put_edit(connection: sqlite3.Connection, notice: Notice, message_id: int, context: DecisionContext) -> None:
    edit = Notice(
        chat_id=notice.chat_id,
        kind=Kind.ALERT_EDIT,
        due_at=context.now,
        priority=Priority.EDIT,
        payload={**notice.payload, "message_id": message_id},
        made_at=context.now,
        alert=notice.alert,
    )
    outbox.put(connection, [edit])


def load_edit(connection: sqlite3.Connection, claimed: ClaimedNotice) -> ClaimedNotice | None:
    """Load what an edited alert shows: who is done with it. None where the alert, or its message, is gone."""
    notice = claimed.notice
    row = open_alerts.load(connection, notice.alert) if notice.alert is not None else None
    if row is None or "message_id" not in notice.payload:
        return None
    payload = {**notice.payload, "done_by": row.done_name or ""}
    return replace(claimed, notice=replace(notice, payload=payload), target=int(notice.payload["message_id"]))
