"""Decide which rows of the outbox a chat has about an order: a new card, an edit of the living card, or none. Pure.

The news that is worth a message is a new card; everything else is edited into the living one. Both are found by
comparison: a card where the order differs from what the chat was told, an edit where it differs from what the card
shows. A row holds neither text nor target, so one row stands for all that happens until it is sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.tracking.card_reasons import Reasons, card_reasons, with_kept
from bot.tracking.deciding import effective_status
from bot.tracking.link_state import awaits_link
from bot.tracking.model import (
    Keep,
    Kind,
    Notice,
    NoticeId,
    NoticeState,
    Order,
    Priority,
    Subscription,
    Ticks,
)
from bot.tracking.order_facts import order_facts
from bot.tracking.shipping import open_shipments
from bot.tracking.statuses import ON_ROUTE

DETAIL_WAIT = 15.0  # a card that is better with details waits for them no longer than this
MOST_DETAIL_WAIT = 20.0  # the same, since its row was made
ANSWER_WAIT = 5.0  # a person who asks waits for the API no longer than this
EDIT_INTERVAL = 20.0  # between edits of one card that nobody waits for
GROUP_EDIT_INTERVALS = 3  # a group takes 20 messages and edits a minute, of all its orders
MOST_EVENTS = 10  # that a row names
_OF_THE_ORDER = (Kind.CARD, Kind.EDIT)
_OF_A_STATE = frozenset({Keep.REMINDER, Keep.LATE})  # these hold while the order stays where it is


@dataclass(frozen=True, slots=True)
class Policy:
    """What the settings and the API's health say about when a row is due.

    `debounce`: seconds that a routine notice waits for the next change. `details_possible`: the API can be asked.
    `edit_interval`: seconds between edits of one card that nobody waits for.
    """

    debounce: float = 3.0
    details_possible: bool = True
    edit_interval: float = EDIT_INTERVAL


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids of rows to close; rows to put instead of open ones (with an id) or beside them (without).

    `note`: rows on the wire, with the events that have come meanwhile.
    """

    close: tuple[NoticeId, ...] = ()
    change: tuple[Notice, ...] = ()
    make: tuple[Notice, ...] = ()
    note: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One order beside what one chat was told and shown of it, now: what `plan` compares.

    `notices`: the chat's cards and edits of this order that are open or claimed. `fresh`: the API has just answered (or
    has just failed to), so nothing waits for details any longer.
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

    def open_rows(self, kind: Kind) -> list[Notice]:
        """Return the rows of a kind that wait."""
        return [one for one in self.notices if one.kind is kind and one.state is NoticeState.OPEN]

    def is_under_way(self, kind: Kind) -> bool:
        """Return whether a row of a kind is on the wire."""
        return any(one.kind is kind and one.state is NoticeState.CLAIMED for one in self.notices)


def plan(comparison: Comparison) -> Plan:
    """Plan the rows of one chat after its order changed, or after a message to it was marked or released."""
    if comparison.is_under_way(Kind.CARD):
        return Plan()  # its mark or its release compares again
    cards = comparison.open_rows(Kind.CARD)
    keep = frozenset[Keep]().union(*(kept_reasons(one, comparison.state) for one in cards))
    reasons = with_kept(card_reasons(comparison.order, comparison.subscription, now=comparison.now), keep)
    if reasons is None:
        return _plan_edit(comparison, closed=_ids(cards))
    return _plan_card(comparison, reasons, keep)


def with_events(plan: Plan, notices: Sequence[Notice], events: Iterable[int]) -> Plan:
    """Return the plan with the events that its rows tell: those of before, of the rows that are closed, and these."""
    closed = [event for one in notices if one.id in plan.close for event in one.events]
    told = (*closed, *events)
    if not told:
        return plan
    changed = {one.id: one for one in plan.change}
    standing = [one for one in notices if one.kind in _OF_THE_ORDER and one.id not in plan.close]
    for one in standing:
        if one.state is NoticeState.OPEN:
            changed[one.id] = replace(changed.get(one.id, one), events=_newest((*one.events, *told)))
    on_the_wire = [] if changed or plan.make else [one for one in standing if one.state is NoticeState.CLAIMED]
    return Plan(
        plan.close,
        tuple(changed.values()),
        tuple(replace(one, events=_newest(told)) for one in plan.make),
        tuple(replace(one, events=_newest((*one.events, *told))) for one in on_the_wire),
    )


def _newest(events: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(events)))[-MOST_EVENTS:]


def kept_reasons(card: Notice, state: str | None) -> frozenset[Keep]:
    """Return what keeps a card that waits; a reminder is dropped where the order is somewhere else by now."""
    return card.keep if card.status is None or card.status == state else card.keep - _OF_A_STATE


def new_card(subscription: Subscription, now: Ticks, *, due: Ticks) -> Notice:
    """Make the row of a new card."""
    return Notice(
        chat_id=subscription.chat_id,
        kind=Kind.CARD,
        due_at=due,
        order=subscription.order,
        thread_id=subscription.thread_id,
        made_at=now,
    )


def answer_card(subscription: Subscription, *, now: Ticks, ask: bool, message: int | None) -> Notice:
    """Make the card that answers a person; with `ask` it waits for the API's answer, at most ANSWER_WAIT."""
    return replace(
        new_card(subscription, now, due=Ticks(now + ANSWER_WAIT) if ask else now),
        keep=frozenset({Keep.ANSWER}),
        priority=Priority.ANSWER,
        payload={"asked_at": now} | ({"reply_to": message} if message is not None else {}),
    )


def pressed_edit(subscription: Subscription, *, now: Ticks) -> Notice:
    """Make the edit that answers a press on the living card."""
    return replace(_edit(subscription, now, due=now), priority=Priority.ANSWER)


def _plan_card(comparison: Comparison, reasons: Reasons, keep: frozenset[Keep]) -> Plan:
    """One row takes all reasons in; an open edit is not needed, unless somebody waits for it who pressed a button."""
    cards = comparison.open_rows(Kind.CARD)
    edits, pressed = comparison.open_rows(Kind.EDIT), _newest_pressed(comparison)
    edits = [one for one in edits if one is not pressed]
    if not cards:
        made = new_card(comparison.subscription, comparison.now, due=_due(comparison, reasons, comparison.now))
        return Plan(close=_ids(edits), make=(made,))
    first = next((one for one in reversed(cards) if one.is_reply), cards[0])
    standing = replace(first, keep=keep, due_at=_standing_due(comparison, reasons, cards))
    others = [one for one in cards if one is not first]
    return Plan(close=_ids([*edits, *others]), change=(standing,) if standing != first else ())


def _standing_due(comparison: Comparison, reasons: Reasons, cards: Sequence[Notice]) -> Ticks:
    """Return when a card that waits is due: never later than it was, but for the details of an order that leaves."""
    due = min(one.due_at for one in cards)
    if any(one.is_reply for one in cards):
        return min(due, comparison.now) if comparison.fresh else due
    made_at = min(one.made_at for one in cards)
    wanted = _due(comparison, reasons, made_at)
    # no other news waits so long after its row was made: where it does, it waits for details already
    is_other_news = due <= made_at + comparison.policy.debounce
    if _waits_for_details(comparison) and due > comparison.now and is_other_news:
        return wanted
    return max(min(due, wanted), _settled_at(comparison))  # also what was put while the last card was on the wire


def _due(comparison: Comparison, reasons: Reasons, made_at: Ticks) -> Ticks:
    """Return when a card for these reasons is due: key news at once, routine news debounced, no two in a burst."""
    now, debounce = comparison.now, comparison.policy.debounce
    if _waits_for_details(comparison):
        return Ticks(min(now + DETAIL_WAIT, made_at + MOST_DETAIL_WAIT))
    return Ticks(max(now if reasons.urgent else now + debounce, _settled_at(comparison)))


def _settled_at(comparison: Comparison) -> Ticks:
    """Return when the last card has settled: before that only an answer comes. A clock ahead is no matter."""
    told_at = comparison.subscription.notified_at
    if told_at is None or told_at > comparison.now:
        return Ticks(0.0)
    return Ticks(told_at + comparison.policy.debounce)


def _waits_for_details(comparison: Comparison) -> bool:
    """Return whether the card tells first that the order is on its way, and its link may be in the API's answer."""
    told_before = comparison.subscription.notified_status == ON_ROUTE
    is_leaving = comparison.state == ON_ROUTE and not told_before and awaits_link(comparison.order)
    return is_leaving and not comparison.fresh and comparison.policy.details_possible


def _plan_edit(comparison: Comparison, *, closed: tuple[NoticeId, ...]) -> Plan:
    edits, pressed = comparison.open_rows(Kind.EDIT), _newest_pressed(comparison)
    if not _is_edit_wanted(comparison):
        return Plan(close=(*closed, *_ids(one for one in edits if one is not pressed)))
    if comparison.is_under_way(Kind.EDIT):
        return Plan(close=closed)  # its mark compares again
    due = _edit_due(comparison)
    if not edits:
        return Plan(close=closed, make=(_edit(comparison.subscription, comparison.now, due=due),))
    standing = pressed or edits[0]
    sooner = replace(standing, due_at=min(standing.due_at, due))
    others = _ids(one for one in edits if one is not standing)
    return Plan(close=(*closed, *others), change=(sooner,) if sooner != standing else ())


def _newest_pressed(comparison: Comparison) -> Notice | None:
    """Return the edit that somebody waits for, who pressed a button last: one that was held up comes back beside it."""
    pressed = [one for one in comparison.open_rows(Kind.EDIT) if one.priority is Priority.ANSWER]
    return pressed[-1] if pressed else None


def _is_edit_wanted(comparison: Comparison) -> bool:
    subscription = comparison.subscription
    if subscription.notified_message_id is None or comparison.state is None:
        return False
    return order_facts(comparison.order) != subscription.card_facts or _has_aged(comparison)


def _has_aged(comparison: Comparison) -> bool:
    """Return whether the card says how old its knowledge is, and the API has answered since."""
    sent_at = comparison.subscription.notified_at or 0.0
    return comparison.subscription.sent_stale and (comparison.order.confirmed_at or 0.0) >= sent_at


def _edit_due(comparison: Comparison) -> Ticks:
    now, subscription = comparison.now, comparison.subscription
    if _has_aged(comparison) or _is_link_new(comparison):
        return now
    interval = comparison.policy.edit_interval * (GROUP_EDIT_INTERVALS if subscription.chat_id < 0 else 1)
    earliest = min(subscription.card_shown_at or 0.0, now) + interval
    return Ticks(max(now + comparison.policy.debounce, earliest))


def _is_link_new(comparison: Comparison) -> bool:
    links = {one.key for one in open_shipments(comparison.order.shipments) if one.link}
    return comparison.state == ON_ROUTE and bool(links - comparison.subscription.notified_links.keys())


def _edit(subscription: Subscription, now: Ticks, *, due: Ticks) -> Notice:
    return replace(new_card(subscription, now, due=due), kind=Kind.EDIT, priority=Priority.EDIT)


def _ids(notices: Iterable[Notice]) -> tuple[NoticeId, ...]:
    return tuple(one.id for one in notices if one.id is not None)
