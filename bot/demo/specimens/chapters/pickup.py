"""An order that is picked up."""

from collections.abc import Iterator

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import ALWAYS_OPEN, E_MERCADO, MOM, UNNAMED, WITH_PLACE_ONLY
from bot.demo.specimens.conversation import Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.tracking.card_content import StaffTold
from bot.tracking.lead import Lead
from bot.tracking.model import Receipt
from bot.tracking.statuses import DELIVERED, WAITING_FOR_PICKUP


def scenes(edition: Edition) -> Iterator[Scene]:
    """Pick orders up at each kind of place."""
    yield _picked_up(Conversation(edition, E_MERCADO, "At the store, whose place is known"))
    yield _picked_up(Conversation(edition, ALWAYS_OPEN, "At a store that never closes; the order has a name"), MOM)
    yield _picked_up(Conversation(edition, WITH_PLACE_ONLY, "At a place without known hours"))
    yield _picked_up(Conversation(edition, UNNAMED, "At the place chosen at checkout"))
    yield _picked_up(Conversation(edition, E_MERCADO, "In a group", group=True), MOM)
    for store in (E_MERCADO, UNNAMED):
        yield _picked_up_by_whom(Conversation(edition, store, "Picked up, but by whom?"))
        yield _reported_without_a_time(Conversation(edition, store, "Picked up, and nobody told when (an order each)"))
        yield _not_picked_up(Conversation(edition, store, "Never picked up"))


def _picked_up(chat: Conversation, label: str | None = None) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", "INVOICED", label=label)
    life.arrives(f"you: /order {NUMBER} {label or ''}".strip())
    life.steps("PREPARING_SHIPPING")
    life.steps(WAITING_FOR_PICKUP, 35)
    chat.minutes_later(24 * 60)
    life.rings(lead=Lead(reminder=True))
    life.steps(DELIVERED, 95, for_pickup=True)
    life.has_it(Receipt.GOOD, "button-all-good")
    return chat.scene


def _picked_up_by_whom(chat: Conversation) -> Scene:
    life = Life(chat, "PACKING", WAITING_FOR_PICKUP)
    life.arrives(f"you: {NUMBER}")
    life.steps(DELIVERED, 40, for_pickup=True)
    life.has_it(Receipt.MISSING, "button-missing", StaffTold.TOLD)
    return chat.scene


def _reported_without_a_time(chat: Conversation) -> Scene:
    for when in ({}, {"since": None, "observed_at": None}):
        life = Life(chat, "PACKING", WAITING_FOR_PICKUP)
        life.moves(DELIVERED, 40, seen=True, for_pickup=True, **when)
        life.rings()
    return chat.scene


def _not_picked_up(chat: Conversation) -> Scene:
    life = Life(chat, "PACKING", WAITING_FOR_PICKUP)
    life.arrives(f"you: {NUMBER}")
    chat.minutes_later(24 * 60)
    life.rings(lead=Lead(reminder=True))
    life.steps("RETURNED", 48 * 60, for_pickup=True)
    return chat.scene
