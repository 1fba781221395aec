"""What a chat gets of an order by comparison, as the tables of the card are written: card, edit or nothing."""

from dataclasses import replace
from typing import Any

from bot.tracking.card_reasons import Reasons, card_reasons, with_kept
from bot.tracking.lead import Lead
from bot.tracking.model import Kind, Notice, Order, OrderPk, Subscription, Ticks
from bot.tracking.notifying import Comparison, Plan, Policy, plan
from tests.builders import NOW

CARD, EDIT, NOTHING = "card", "edit", "nothing"
RINGS, SILENT = True, False


def planned(known: Order, to: Subscription, *notices: Notice, now: float = NOW, **fields: Any) -> Plan:
    """The rows that are planned. `fresh`: the API has just answered; `possible`: it can be asked."""
    policy, fresh = Policy(fields.get("debounce", 3.0), fields.get("possible", True)), fields.get("fresh", False)
    return plan(Comparison(to, replace(known, id=OrderPk(1)), notices, policy, Ticks(now), fresh))


def reasons(known: Order, to: Subscription, *, now: float = NOW) -> Reasons:
    """Why a card is wanted, which is wanted."""
    found = card_reasons(known, to, now=Ticks(now))
    assert found is not None
    return found


def lead(known: Order, to: Subscription, *, now: float = NOW) -> Lead:
    """What the card that is wanted leads with."""
    return reasons(known, to, now=now).lead


def rings(known: Order, to: Subscription, *notices: Notice, now: float = NOW) -> bool:
    """Whether the card that is wanted rings, with what its rows keep."""
    keep = frozenset(one for notice in notices for one in notice.keep)
    found = with_kept(card_reasons(known, to, now=Ticks(now)), keep)
    assert found is not None
    return found.audible


def compared(known: Order, to: Subscription, *, now: float = NOW) -> str | tuple[str, bool]:
    """A card with or without sound, an edit, or nothing: what a chat gets for which no row waits."""
    made = planned(known, to, now=now).make
    if not made:
        return NOTHING
    [row] = made
    if row.kind is Kind.EDIT:
        return EDIT
    return CARD, reasons(known, to, now=now).audible
