"""Give staff an alert: a row that is open while it lasts, and a notice for each of them; and tell its end.

What is open is stored, so a restart neither repeats an alert nor forgets to tell its end. While no staff are set,
nothing counts as alerted.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from bot.store import chats, open_alerts, outbox
from bot.store.open_alerts import AlertRow
from bot.tracking.hours import until_open
from bot.tracking.model import Kind, Notice, OrderPk, Priority, Ticks
from bot.tracking.timing import HOUR
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.context import DecisionContext

MUTED_SECONDS = HOUR


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


WITHOUT_END = frozenset(  # these have happened; all others last until they are over
    {Alert.OTHER_ACCOUNT, Alert.UNKNOWN_STATUS, Alert.UNREADABLE_LINK, Alert.NOTICE_FAILED}
)
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
    put_edits(connection, row.id, context)
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
        due = Ticks(max(due_at(alert, context), muted_until(connection, chat_id, kind, context)))
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


def muted_until(connection: sqlite3.Connection, chat_id: int, kind: str, context: DecisionContext) -> float:
    """Return until when a chat hears nothing of a kind of alert; a time that is past if it hears it."""
    until = open_alerts.muted_until(connection, chat_id, kind)
    return until if until <= context.now + MUTED_SECONDS else 0.0  # else set by a clock that was ahead


# ── messages that show an alert already ──────────────────────────────────────


def is_over(row: AlertRow) -> bool:
    """Tell whether what an alert says has lasted, and lasts no longer."""
    return row.ended_at is not None and row.kind not in WITHOUT_END


def put_edits(connection: sqlite3.Connection, alert_id: int, context: DecisionContext) -> None:
    """Let all messages that show an alert say what has become of it."""
    for one in open_alerts.shown(connection, alert_id):
        put_edit(connection, one.notice, one.message_id, context)


def put_edit(connection: sqlite3.Connection, notice: Notice, message_id: int, context: DecisionContext) -> None:
    """Let a message that shows an alert say what has become of it; an edit that waits does it as well."""
    if notice.alert is not None and open_alerts.is_edit_waiting(connection, notice.alert, notice.chat_id):
        return
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


def note_sent(connection: sqlite3.Connection, notice: Notice, message_id: int | None, context: DecisionContext) -> None:
    """Take the buttons of an alert away again that was on the wire when it ended, or somebody was done with it."""
    if notice.kind is not Kind.ALERT or notice.alert is None or message_id is None:
        return
    row = open_alerts.load(connection, notice.alert)
    if row is not None and (row.is_done or is_over(row)):
        put_edit(connection, notice, message_id, context)


def load_edit(connection: sqlite3.Connection, claimed: ClaimedNotice, context: DecisionContext) -> ClaimedNotice | None:
    """Load what an edited alert shows: who is done with it, that it is over, and until when its kind is muted here.

    None where the alert, or its message, is gone.
    """
    notice = claimed.notice
    row = open_alerts.load(connection, notice.alert) if notice.alert is not None else None
    if row is None or "message_id" not in notice.payload:
        return None
    payload = {**notice.payload, **_state(connection, row, notice.chat_id, context)}
    return replace(claimed, notice=replace(notice, payload=payload), target=int(notice.payload["message_id"]))


def _state(
    connection: sqlite3.Connection, row: AlertRow, chat_id: int, context: DecisionContext
) -> dict[str, str | float]:
    state: dict[str, str | float] = {"done_by": row.done_name or ""} if row.is_done else {}
    if row.ended_at is not None and is_over(row):
        state["over_at"] = context.wall_at(row.ended_at)
    until = muted_until(connection, chat_id, row.kind, context)
    if until > context.now:
        state["muted_until"] = context.wall_at(Ticks(until))
    return state
