"""What staff press under an alert: Mute for an hour in this chat, Unmute, and Done for all of staff.

Each is decided where it is written, so that of several presses at once one acts and the others hear that it was done.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from bot.store import open_alerts, outbox
from bot.store.open_alerts import AlertRow
from bot.tracking.model import Ticks, Wall
from bot.transactions.alerting import MUTED_SECONDS, Alert, due_at, is_over, muted_until, put_edit, put_edits
from bot.transactions.context import DecisionContext
from bot.transactions.staff import record_action

LONGEST_NAME = 64  # of who is done with an alert, as the others see it


class AlertPress(StrEnum):
    """What became of a press."""

    DONE = "done"
    ALREADY = "already"  # what it asks for was done before
    OVER = "over"  # the alert has ended by itself
    OLD = "old"  # the message shows no such alert


@dataclass(frozen=True, slots=True)
class AlertPressed:
    """What became of a press. `by`, `name`: who was done with it before; `until`: when the mute ends."""

    press: AlertPress
    by: int | None = None
    name: str | None = None
    until: Wall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presser:
    """Who presses, and under which message."""

    who: int
    chat_id: int
    message_id: int
    name: str = ""


def mute(connection: sqlite3.Connection, alert_id: int, context: DecisionContext, *, presser: Presser) -> AlertPressed:
    """Let a chat hear nothing of the alert's kind for a while; its message says until when."""
    row = open_alerts.find_shown(connection, alert_id, presser.chat_id, presser.message_id)
    if (ended := _ended(connection, row, presser, context)) is not None or row is None:
        return ended or AlertPressed(AlertPress.OLD)
    until = muted_until(connection, presser.chat_id, row.kind, context)
    if until > context.now:
        return AlertPressed(AlertPress.ALREADY, until=context.wall_at(Ticks(until)))
    open_alerts.mute(connection, presser.chat_id, row.kind, until=context.now + MUTED_SECONDS)
    _edit_pressed(connection, alert_id, presser, context)
    record_action(connection, context, who=presser.who, action="mute", detail=row.kind)
    return AlertPressed(AlertPress.DONE, until=context.wall_at(Ticks(context.now + MUTED_SECONDS)))


def unmute(
    connection: sqlite3.Connection, alert_id: int, context: DecisionContext, *, presser: Presser
) -> AlertPressed:
    """Let a chat hear of the alert's kind again, at once of what waited for that."""
    row = open_alerts.find_shown(connection, alert_id, presser.chat_id, presser.message_id)
    if row is None:
        return AlertPressed(AlertPress.OLD)
    was_muted = muted_until(connection, presser.chat_id, row.kind, context) > context.now
    _unmute(connection, presser.chat_id, row.kind, context)
    if not was_muted:
        return AlertPressed(AlertPress.ALREADY)
    record_action(connection, context, who=presser.who, action="unmute", detail=row.kind)
    return AlertPressed(AlertPress.DONE)


def unmute_all(connection: sqlite3.Connection, context: DecisionContext, *, chat_id: int, who: int) -> None:
    """Let a chat hear of all kinds of alerts again; what it has muted says so no longer."""
    for kind, _until in open_alerts.muted_kinds(connection, chat_id, now=context.now):
        _unmute(connection, chat_id, kind, context)
        record_action(connection, context, who=who, action="unmute", detail=kind)


def close(connection: sqlite3.Connection, alert_id: int, context: DecisionContext, *, presser: Presser) -> AlertPressed:
    """Let an alert be done for all of staff: who hasn't heard of it doesn't, and the others see whose work it was."""
    row = open_alerts.find_shown(connection, alert_id, presser.chat_id, presser.message_id)
    if (ended := _ended(connection, row, presser, context)) is not None or row is None:
        return ended or AlertPressed(AlertPress.OLD)
    name = presser.name[:LONGEST_NAME]
    open_alerts.mark_done(connection, alert_id, who=presser.who, name=name, now=context.now)
    waiting = open_alerts.unsent(connection, alert_id, due_after=0.0)
    outbox.close(connection, [notice_id for notice_id, _ in waiting], reason="done", now=context.now)
    put_edits(connection, alert_id, context)
    record_action(connection, context, who=presser.who, action="done", detail=row.kind)
    return AlertPressed(AlertPress.DONE)


def _ended(
    connection: sqlite3.Connection, row: AlertRow | None, presser: Presser, context: DecisionContext
) -> AlertPressed | None:
    """Return what a press on an alert comes to that needs nobody any more, and take its buttons away; else None."""
    if row is None or not (row.is_done or is_over(row)):
        return None
    _edit_pressed(connection, row.id, presser, context)
    if row.is_done:
        return AlertPressed(AlertPress.ALREADY, by=row.done_by, name=row.done_name)
    return AlertPressed(AlertPress.OVER)


def _edit_pressed(connection: sqlite3.Connection, alert_id: int, presser: Presser, context: DecisionContext) -> None:
    for one in open_alerts.shown(connection, alert_id):
        if (one.chat_id, one.message_id) == (presser.chat_id, presser.message_id):
            put_edit(connection, one.notice, one.message_id, context)


def _unmute(connection: sqlite3.Connection, chat_id: int, kind: str, context: DecisionContext) -> None:
    muted_at = open_alerts.muted_until(connection, chat_id, kind) - MUTED_SECONDS - 1.0  # whatever is lost by rounding
    open_alerts.unmute(connection, chat_id, kind, due_at=due_at(Alert(kind), context))
    for one in open_alerts.edited(connection, chat_id, kind, since=min(muted_at, context.now)):
        put_edit(connection, one.notice, one.message_id, context)
