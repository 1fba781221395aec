"""Decide which notices a chat gets about an order: which to make, which to close, which to send at once. Pure.

A state is notified by comparison, not by event: whatever happened in between, a notice is pending exactly when the
order's effective status differs from what the chat was notified of last and its level asks for it. So nothing that
changed while a message was being sent is forgotten, and a burst becomes one message. What is told of a package (an
incident, its end, its link) is found in the same way, and never replaces a notice about a state.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.tracking import shipping
from bot.tracking.deciding import effective_status
from bot.tracking.link_state import awaits_link, held_links, is_outdated, shown_links
from bot.tracking.model import (
    PARCEL_KINDS,
    Kind,
    Level,
    Notice,
    NoticeId,
    NoticeState,
    Order,
    Priority,
    Subscription,
    Ticks,
)
from bot.tracking.parcel_news import is_perhaps_seen, pending_news
from bot.tracking.statuses import ON_ROUTE, is_reverted, look_up, takes_back

DETAIL_WAIT = 15.0  # a message that is better with details waits for them no longer than this
ANSWER_WAIT = 5.0  # a person who asks waits for the API no longer than this
LINK_EDIT_WINDOW = 300.0  # a first link within this time is edited in; later it is a message of its own
_KEY_NEWS = PARCEL_KINDS - {Kind.ASSIGNED}


@dataclass(frozen=True, slots=True)
class Policy:
    """`debounce`: seconds that a routine notice waits for the next change. `details_possible`: the API can be asked."""

    debounce: float = 3.0
    details_possible: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids of notices to close and to send at once; notices to make."""

    close: tuple[NoticeId, ...] = ()
    make: tuple[Notice, ...] = ()
    expedite: tuple[NoticeId, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One order beside what one chat was notified of, now: what `plan` compares.

    `notices`: the chat's notices of this order that are open or claimed. `fresh`: the API has just answered (or has
    just failed to), so nothing waits for details any longer.
    """

    subscription: Subscription
    order: Order
    notices: Sequence[Notice]
    policy: Policy
    now: Ticks
    fresh: bool = False

    @property
    def state(self) -> str | None:
        """Return the order's effective status."""
        return effective_status(self.order)


def plan(comparison: Comparison) -> Plan:
    """Plan the notices of one chat after its order changed, or after a message to it was marked or released."""
    state = _plan_state(comparison)
    links = _plan_links(comparison, state)
    parts = (state, _plan_parcels(comparison, state, links), links)
    return Plan(
        close=tuple(number for part in parts for number in part.close),
        make=tuple(notice for part in parts for notice in part.make),
        expedite=tuple(number for part in parts for number in part.expedite),
    )


def reply_to_follow(subscription: Subscription, order: Order, *, now: Ticks, ask: bool, message: int | None) -> Notice:
    """Make the state notice that answers a follow; with `ask` it waits for the API's answer, at most ANSWER_WAIT."""
    return Notice(
        chat_id=subscription.chat_id,
        kind=Kind.STATE,
        due_at=Ticks(now + ANSWER_WAIT) if ask else now,
        order=order.id,
        status=effective_status(order),
        audible=True,
        is_reply=True,
        priority=Priority.ANSWER,
        thread_id=subscription.thread_id,
        payload={"asked_at": now} | ({"reply_to": message} if message is not None else {}),
        made_at=now,
    )


def wants(level: Level, state: str, told: str | None) -> bool:
    """Return whether a chat of this level that was notified of `told` wants to hear that the order is at `state`.

    Where nobody knows what the chat saw last, every level does: it may have been what no longer holds.
    """
    if level is Level.EVERY or told is None or is_reverted(state, told):
        return True
    row = look_up(state)
    return look_up(told).stage != row.stage if level is Level.MAIN else row.key


def _plan_state(comparison: Comparison) -> Plan:
    states = [one for one in comparison.notices if one.kind is Kind.STATE]
    waiting = [one for one in states if one.state is NoticeState.OPEN]
    if any(one.state is NoticeState.CLAIMED for one in states):
        # the notice that is being sent decides first: the comparison is made again when it is marked
        return Plan(close=_ids(one for one in waiting if not one.is_reply))
    if comparison.state is None:
        return Plan()
    standing = [one for one in waiting if one.status == comparison.state]
    others = [one for one in waiting if one.status != comparison.state]
    if standing:
        early = [one for one in standing if one.due_at > comparison.now and _waits_for_api(one)]
        # two of a kind: one was being sent when the other was made, and has been released
        return Plan(close=_ids([*others, *standing[:-1]]), expedite=_ids(early) if comparison.fresh else ())
    if not _is_pending(comparison, comparison.state, others):
        return Plan(close=_ids(others))
    return Plan(close=_ids(others), make=(_state_notice(comparison, comparison.state, others),))


def _is_pending(comparison: Comparison, state: str, coalesced: Sequence[Notice]) -> bool:
    if any(one.is_reply for one in coalesced):
        return True
    subscription = comparison.subscription
    told = (subscription.notified_status, subscription.maybe_notified_status)
    return state not in told and wants(subscription.level, state, subscription.notified_status)


def _waits_for_api(notice: Notice) -> bool:
    """Return whether the notice is better with the API's answer; any other that is not due yet is being debounced."""
    return notice.is_reply or notice.status == ON_ROUTE


def _state_notice(comparison: Comparison, state: str, coalesced: Sequence[Notice]) -> Notice:
    told = _told_or_perhaps(comparison.subscription, coalesced)
    back = is_reverted(state, told)
    key = look_up(state).key or back
    notice = Notice(
        chat_id=comparison.subscription.chat_id,
        kind=Kind.STATE,
        due_at=_state_due(comparison, state, coalesced, key=key),
        order=comparison.order.id,
        status=state,
        reverted_from=told if takes_back(state, told) else None,
        audible=key,
        thread_id=comparison.subscription.thread_id,
        made_at=comparison.now,
    )
    answer = next((one for one in coalesced if one.is_reply), None)
    if answer is None:
        return notice
    due = comparison.now if comparison.fresh else answer.due_at
    return replace(notice, is_reply=True, priority=answer.priority, audible=True, payload=answer.payload, due_at=due)


def _told_or_perhaps(subscription: Subscription, coalesced: Sequence[Notice]) -> str | None:
    """Return what the chat was told; where nobody knows, what it was told before the doubt, or has perhaps seen."""
    seen = (one for one in coalesced if one.unknown_outcomes or not one.is_reply)
    return subscription.notified_status or next((one.reverted_from or one.status for one in seen), None)


def _state_due(comparison: Comparison, state: str, coalesced: Sequence[Notice], *, key: bool) -> Ticks:
    """Return when the notice is due: key ones at once, routine ones debounced, a burst never put off twice.

    The wait for details is separate.
    """
    if (
        state == ON_ROUTE
        and awaits_link(comparison.order)
        and not comparison.fresh
        and comparison.policy.details_possible
    ):
        return Ticks(comparison.now + DETAIL_WAIT)
    debounced = comparison.now if key else Ticks(comparison.now + comparison.policy.debounce)
    return min([debounced, *(one.due_at for one in coalesced if one.status != ON_ROUTE)])


def _plan_parcels(comparison: Comparison, state: Plan, links: Plan) -> Plan:
    """Plan what is told of single packages; while an answer is pending that will show them all, nothing is."""
    if _is_answer_pending(comparison, state, links):
        return Plan()
    mine = [one for one in comparison.notices if one.kind in PARCEL_KINDS]
    pending = pending_news(comparison.order, comparison.subscription, mine)
    standing = {
        one.shipment: one
        for one in mine
        if one.state is NoticeState.OPEN and pending.get(one.shipment or "") is one.kind
    }
    # what was perhaps seen is not closed here: its claim notes that it was
    outdated = [
        one
        for one in mine
        if one.state is NoticeState.OPEN and one not in standing.values() and not is_perhaps_seen(one)
    ]
    made = (_parcel_notice(comparison, kind, key) for key, kind in pending.items() if key not in standing)
    return Plan(close=_ids(outdated), make=tuple(made))


def _is_answer_pending(comparison: Comparison, state: Plan, links: Plan) -> bool:
    notices = (*comparison.notices, *state.make)
    if any(one.kind is Kind.STATE and one.is_reply and one.id not in state.close for one in notices):
        return True
    refreshed = any(one.kind is Kind.EDIT for one in (*comparison.notices, *links.make))
    return comparison.subscription.sent_stale and refreshed


def _parcel_notice(comparison: Comparison, kind: Kind, shipment: str) -> Notice:
    key = kind in _KEY_NEWS
    return Notice(
        chat_id=comparison.subscription.chat_id,
        kind=kind,
        due_at=comparison.now if key else Ticks(comparison.now + comparison.policy.debounce),
        order=comparison.order.id,
        status=comparison.state,
        shipment=shipment,
        audible=key,
        thread_id=comparison.subscription.thread_id,
        made_at=comparison.now,
    )


def _plan_links(comparison: Comparison, state: Plan) -> Plan:
    """Plan what follows a notified state: links that are new, changed or gone, and a fresh answer to a stale card."""
    details = [one for one in comparison.notices if one.kind in {Kind.EDIT, Kind.LINK}]
    outdated = _ids(one for one in details if one.state is NoticeState.OPEN and not _still_holds(comparison, one))
    told = (comparison.subscription.notified_status, comparison.subscription.maybe_notified_status)
    busy = state.make or any(one.kind in {Kind.STATE, Kind.EDIT} for one in comparison.notices)
    if busy or comparison.state is None or comparison.state not in told:
        return Plan(close=outdated)
    return Plan(close=outdated, make=tuple(_pending_details(comparison, details)))


def _still_holds(comparison: Comparison, detail: Notice) -> bool:
    """Return whether a waiting edit is of the state that holds, and a waiting link one that can still be followed."""
    if detail.status != comparison.state:
        return False
    return detail.kind is Kind.EDIT or detail.shipment in _open_links(comparison.order)


def _pending_details(comparison: Comparison, pending: Sequence[Notice]) -> Iterable[Notice]:
    subscription, on_its_way = comparison.subscription, comparison.state == ON_ROUTE
    links, held = (_open_links(comparison.order), held_links(comparison.order)) if on_its_way else ({}, {})
    told = subscription.notified_links
    late = [] if shipping.is_restless(comparison.order.shipments) else [key for key in links if key not in told]
    changed = [key for key, link in links.items() if told.get(key, link) != link]
    shown = shown_links(subscription.shown_parcels) if subscription.shown_parcels else told
    gone = on_its_way and any(held.get(key) != link for key, link in shown.items())
    sent_at = subscription.notified_at or 0.0
    refreshed = subscription.sent_stale and (comparison.order.confirmed_at or 0.0) >= sent_at
    soon = bool(late) and comparison.now - sent_at <= LINK_EDIT_WINDOW
    # a late link is told first, in a message of its own; only then the message that promised it is mended
    missing = any(key not in shown for key in links) or is_outdated(
        subscription.shown_parcels, comparison.order, comparison.state
    )
    outdated = not late and missing
    if subscription.notified_message_id is not None and (gone or refreshed or soon or outdated):
        yield _detail_notice(comparison, Kind.EDIT, None)
        return
    # where nobody knows which message to edit, a changed link is told like a new one
    own = late if subscription.notified_message_id is not None else late + changed
    under_way = {one.shipment for one in pending if one.kind is Kind.LINK}
    for key in own:
        if key not in under_way:
            yield _detail_notice(comparison, Kind.LINK, key)


def _open_links(order: Order) -> dict[str, str]:
    return {one.key: one.link for one in shipping.open_shipments(order.shipments) if one.link}


def _detail_notice(comparison: Comparison, kind: Kind, shipment: str | None) -> Notice:
    edit = kind is Kind.EDIT
    return Notice(
        chat_id=comparison.subscription.chat_id,
        kind=kind,
        due_at=comparison.now,
        order=comparison.order.id,
        status=comparison.state,
        shipment=shipment,
        priority=Priority.EDIT if edit else Priority.NOTICE,
        thread_id=comparison.subscription.thread_id,
        payload={"message_id": comparison.subscription.notified_message_id} if edit else {},
        made_at=comparison.now,
    )


def _ids(notices: Iterable[Notice]) -> tuple[NoticeId, ...]:
    return tuple(one.id for one in notices if one.id is not None)
