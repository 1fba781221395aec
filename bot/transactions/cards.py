"""Put rows about a living card into the outbox: the card that answers somebody, an edit after a press, a fold."""

import sqlite3
from dataclasses import replace

from bot.store import outbox
from bot.tracking.card_content import FoldReason, Page
from bot.tracking.model import Keep, Kind, Notice, NoticeState, Order, OrderPk, Priority, Subscription
from bot.tracking.notifying import answer_card, new_card, pressed_edit
from bot.transactions.context import DecisionContext


def put_card(
    connection: sqlite3.Connection,
    subscription: Subscription,
    order: Order,
    context: DecisionContext,
    *,
    waits_for_api: bool = False,
    fresh: bool = False,
    reply_to: int | None = None,
    priority: Priority = Priority.ANSWER,
) -> None:
    """Put the card that answers somebody; one that waits to be sent becomes it, and one on the wire that answers is it.

    `fresh`: what it shows is of now, so it says no age.
    """
    rows = outbox.open_notices(connection, subscription.chat_id, subscription.order)
    if any(one.kind is Kind.CARD and one.state is NoticeState.CLAIMED and one.is_reply for one in rows):
        return
    answer = answer_card(subscription, now=context.now, ask=waits_for_api, message=reply_to)
    answer = replace(answer, order=order.id, priority=priority)
    if fresh:
        answer = replace(answer, payload={key: value for key, value in answer.payload.items() if key != "asked_at"})
    waiting = _waiting(connection, subscription, Kind.CARD)
    if waiting is None:
        outbox.put(connection, [answer])
    else:
        outbox.change(connection, _taken_over(waiting, answer))
    _close_edits(connection, subscription, context)


def _taken_over(waiting: Notice, answer: Notice) -> Notice:
    """Return the card that waits as the answer; what somebody else has asked of it stays."""
    return replace(
        waiting,
        due_at=min(waiting.due_at, answer.due_at) if waiting.is_reply else answer.due_at,
        keep=waiting.keep | answer.keep,
        priority=min(waiting.priority, answer.priority),
        thread_id=answer.thread_id,
        payload={**waiting.payload, **answer.payload},
    )


def put_kept(
    connection: sqlite3.Connection,
    subscription: Subscription,
    context: DecisionContext,
    keep: Keep,
    *,
    status: str | None = None,
) -> None:
    """Put a card that is wanted whatever the chat was told; one that waits to be sent takes the reason in.

    `status`: where the order is, if the reason holds only there.
    """
    _close_edits(connection, subscription, context)
    waiting = _waiting(connection, subscription, Kind.CARD)
    if waiting is not None:
        outbox.change(connection, replace(waiting, keep=waiting.keep | {keep}, status=status or waiting.status))
        return
    card = new_card(subscription, context.now, due=context.now)
    outbox.put(connection, [replace(card, keep=frozenset({keep}), status=status)])


def put_edit(
    connection: sqlite3.Connection,
    subscription: Subscription,
    context: DecisionContext,
    *,
    page: Page = Page.CARD,
    pressed: int | None = None,
    checked: bool = False,
) -> None:
    """Put the edit that answers a person: after a press on the message `pressed`, or a new name. Only a card is edited.

    `page`: which buttons it shows, if the pressed message is still the living card then. `checked`: the person has
    asked for news, so it says when the API was asked last.
    """
    if subscription.notified_message_id is None:
        return
    payload = {"page": page.value, "pressed": pressed, "checked": checked}
    edit = replace(pressed_edit(subscription, now=context.now), payload=payload)
    waiting = _waiting(connection, subscription, Kind.EDIT)
    if waiting is None:
        outbox.put(connection, [edit])
    else:
        outbox.change(connection, replace(edit, id=waiting.id))


def put_fold(
    connection: sqlite3.Connection, subscription: Subscription, context: DecisionContext, reason: FoldReason
) -> None:
    """Put the fold of the living card, if there is one: it becomes one line without buttons."""
    if subscription.notified_message_id is None:
        return
    shown_at = subscription.card_shown_at if subscription.card_shown_at is not None else context.now
    fold = Notice(
        chat_id=subscription.chat_id,
        kind=Kind.FOLD,
        due_at=context.now,
        order=subscription.order,
        status=subscription.card_status,
        priority=Priority.EDIT,
        thread_id=subscription.thread_id,
        payload={
            "message_id": subscription.notified_message_id,
            "shown_at": context.wall_at(shown_at),
            "why": reason.value,
        },
        made_at=context.now,
    )
    outbox.put(connection, [fold])


def is_card_under_way(connection: sqlite3.Connection, chat_id: int) -> bool:
    """Return whether a card is on the wire to this chat: then nobody knows which message is the living one."""
    return outbox.is_under_way(connection, chat_id, Kind.CARD)


def is_card_waiting(connection: sqlite3.Connection, chat_id: int, order_pk: OrderPk) -> bool:
    """Return whether a card of this order is open or on the wire."""
    return any(one.kind is Kind.CARD for one in outbox.open_notices(connection, chat_id, order_pk))


def _close_edits(connection: sqlite3.Connection, subscription: Subscription, context: DecisionContext) -> None:
    """Close the edits that nobody waits for: the new card shows it all."""
    rows = outbox.open_notices(connection, subscription.chat_id, subscription.order)
    edits = (one for one in rows if one.kind is Kind.EDIT and one.priority is not Priority.ANSWER)
    outbox.close(connection, [one.id for one in edits if one.id is not None], reason="folded", now=context.now)


def _waiting(connection: sqlite3.Connection, subscription: Subscription, kind: Kind) -> Notice | None:
    """Return the first row of a kind that waits to be sent about the order."""
    rows = outbox.open_notices(connection, subscription.chat_id, subscription.order)
    return next((one for one in rows if one.kind is kind and one.state is NoticeState.OPEN), None)
