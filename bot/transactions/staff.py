"""What staff do to an order: send its state again, send a note to its followers; and the audit of it."""

import sqlite3
from dataclasses import dataclass

from bot.store import audit, chats, drafts, orders, outbox
from bot.store.drafts import Draft
from bot.tracking.model import Kind, Notice, Order, OrderPk, Priority, Ticks, Wall
from bot.transactions.cards import put_card
from bot.transactions.context import DecisionContext
from bot.understanding.numbers import is_never_an_order

LONGEST_NOTE = 2000  # UTF-16 units, as Telegram counts; what is longer is refused before it comes here


SAME_NOTE_SECONDS = 600.0  # in which the same words go to an order's followers only once, whoever sends them
RESEND_SECONDS = 60.0  # in which an order's state is sent again only once, whoever asks


@dataclass(frozen=True, slots=True)
class Dispatch:
    """To how many chats something goes; `before`, `by`: nothing goes now, as somebody has sent it already, then."""

    count: int = 0
    before: Wall | None = None
    by: int | None = None


def resend(connection: sqlite3.Connection, context: DecisionContext, *, order_pk: OrderPk, who: int) -> Dispatch:
    """Send the state of an order again to all its followers, unless that was done just now."""
    resent_at = orders.resent_at(connection, order_pk)
    if resent_at is not None and 0.0 <= context.now - resent_at < RESEND_SECONDS:
        return Dispatch(before=context.wall_at(Ticks(resent_at)))
    order = orders.load_by_id(connection, order_pk)
    followers = chats.followers(connection, order_pk) if order is not None and order.status is not None else []
    for subscription in followers:
        assert order is not None  # noqa: S101 - there are followers
        # not an answer to that person: it waits its turn like any notice, and says nothing of its age
        put_card(connection, subscription, order, context, fresh=True, priority=Priority.NOTICE)
    order_id = order.order_id if order is not None else None
    if followers:
        orders.note_resent(connection, order_pk, now=context.now)
    record_action(connection, context, who=who, action="resend", order=order_id, detail=str(len(followers)))
    return Dispatch(len(followers))


def send_note(connection: sqlite3.Connection, context: DecisionContext, *, order: Order, text: str, who: int) -> int:
    """Send staff's own words to all followers of a stored order; return how many."""
    assert order.id is not None  # noqa: S101 - a stored order
    followers = chats.followers(connection, order.id)
    notes = (
        Notice(
            chat_id=subscription.chat_id,
            kind=Kind.NOTE,
            due_at=context.now,
            order=order.id,
            audible=True,
            thread_id=subscription.thread_id,
            payload={"text": text},
            made_at=context.now,
        )
        for subscription in followers
    )
    outbox.put(connection, notes)
    record_action(connection, context, who=who, action="tell", order=order.order_id, detail=text)
    return len(followers)


def send_draft(
    connection: sqlite3.Connection, context: DecisionContext, *, order: Order, draft: Draft, who: int
) -> Dispatch:
    """Send a confirmed note to all followers of a stored order, once, and keep its words no longer.

    Once, too, where another of staff has just sent the same words: then this one counts as sent by them.

    `draft`: as it was read before; who sends it counts only here.
    """
    draft = drafts.load(connection, draft.name) or draft
    if draft.sent_at is not None:
        return Dispatch(before=context.wall_at(draft.sent_at), by=draft.sent_by)
    same = _sent_just_now(connection, context, order, draft.text)
    if same is not None and same.before is not None:
        sent_at = context.now - (context.wall - same.before)
        drafts.mark_sent(connection, draft.name, who=same.by, now=sent_at)
        return same
    drafts.mark_sent(connection, draft.name, who=who, now=context.now)
    return Dispatch(send_note(connection, context, order=order, text=draft.text, who=who))


def _sent_just_now(
    connection: sqlite3.Connection, context: DecisionContext, order: Order, text: str
) -> Dispatch | None:
    """Return when and by whom the same words were sent to an order's followers; None if they weren't lately."""
    since = context.wall - SAME_NOTE_SECONDS
    for at, who, words in audit.newest_of_order(connection, "tell", order.order_id, since=since):
        if words.split() == text.split() and at <= context.wall:
            return Dispatch(before=Wall(at), by=who)
    return None


def record_action(
    connection: sqlite3.Connection,
    context: DecisionContext,
    *,
    who: int,
    action: str,
    order: str | None = None,
    detail: str | None = None,
) -> None:
    """Store what staff did; `who` is a person, or the group that somebody wrote for anonymously."""
    if order is not None and is_never_an_order(order):
        order = None  # a card or a phone: the question is audited, the number is not
    audit.note(connection, who=who, action=action, order=order, detail=detail, wall=context.wall)
