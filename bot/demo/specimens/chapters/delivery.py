"""An order's life up to the door, as chats at each level hear of it."""

from collections.abc import Iterator

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import (
    AMAZON,
    COUNTS,
    E_MERCADO,
    ECOLO,
    MOM,
    OSCAR,
    UNNAMED,
    UNNAMED_WITH_CONTACT,
)
from bot.demo.specimens.conversation import Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.tracking.card_content import FoldReason, StaffTold
from bot.tracking.lead import Lead
from bot.tracking.model import Item, Level, Receipt
from bot.tracking.statuses import DELIVERED, ON_ROUTE, TABLE

_AT_THE_STORE = tuple(TABLE)[1:12]  # PENDING apart
_MOST_NAMED = 5  # items that a card names


def scenes(edition: Edition) -> Iterator[Scene]:
    """Follow orders from their beginning, from the middle, and from their last mile."""
    yield _every_status_at_main(Conversation(edition, E_MERCADO, "From the beginning, main steps"))
    yield _every_status(Conversation(edition, UNNAMED, "From the beginning, every step"))
    yield _every_status(Conversation(edition, ECOLO, "From the beginning, every step"), OSCAR)
    yield _at_key_only(Conversation(edition, ECOLO, "Key news only, with a name for the order"))
    for courier in (AMAZON, None):
        yield _joined_late(Conversation(edition, E_MERCADO, "The store’s link opened when it is on its way"), courier)
    yield _items(Conversation(edition, E_MERCADO, "The store’s link opened: how many things it is"))
    for store in (E_MERCADO, UNNAMED_WITH_CONTACT, UNNAMED):
        yield _missing(Conversation(edition, store, "Delivered, and not received"))
    for store, couriers in ((E_MERCADO, (AMAZON, OSCAR, None)), (ECOLO, (None,)), (UNNAMED, (None,))):
        yield _reports(Conversation(edition, store, "Delivered: who reports it, and when (an order each)"), couriers)
    yield _missing(Conversation(edition, E_MERCADO, "Delivered, and not received, in a group", group=True))
    yield _refreshed(Conversation(edition, E_MERCADO, "Refreshed at the door"))
    for store in (E_MERCADO, UNNAMED):
        yield _by_the_store(Conversation(edition, store, "Only the store’s notices report it"))


def _every_status_at_main(chat: Conversation) -> Scene:
    life = Life(chat, "PENDING")
    life.arrives(f"you: {NUMBER}")
    for status in _AT_THE_STORE[:-1]:
        life.steps(status)
    life.parcel(1, "CREATED", courier=AMAZON, minutes=5).is_edited()
    life.parcel(1, "ASSIGNED", minutes=5).is_edited()
    life.steps(_AT_THE_STORE[-1])
    life.parcel(1, ON_ROUTE, minutes=20).steps(ON_ROUTE, minutes=0)
    life.parcel(1, ON_ROUTE, link=True, minutes=3).is_edited()
    life.opens_more()
    chat.minutes_later(12)
    life.presses("button-refresh", "toast-refreshed", checked_at=chat.now)
    life.opens_more()
    chat.toasts("toast-too-soon", f"you press [{chat.plain('button-refresh')}] again, within a minute")
    life.presses("button-back")
    life.parcel(1, "DELIVERED", minutes=35).steps(DELIVERED, minutes=1)
    life.has_it(Receipt.GOOD, "button-all-good")
    return chat.scene


def _every_status(chat: Conversation, courier: str | None = None) -> Scene:
    life = Life(chat, "PENDING", level=Level.EVERY)
    life.arrives(f"you: {NUMBER}")
    for status in _AT_THE_STORE:
        life.steps(status)
    life.parcel(1, "ASSIGNED", courier=courier, minutes=5).is_edited()
    life.parcel(1, ON_ROUTE, minutes=20).steps(ON_ROUTE, minutes=0)
    life.parcel(1, ON_ROUTE, link=True, minutes=40).comes_silently(lead=Lead(links=("S1",)))
    life.parcel(1, "DELIVERED", minutes=35).steps(DELIVERED, minutes=1)
    life.has_it(Receipt.GOOD, "button-all-good")
    return chat.scene


def _at_key_only(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", label=MOM, level=Level.KEY)
    life.arrives(f"you: /order {NUMBER} {MOM}")
    for status in ("PACKING", "INVOICED", "READY_FOR_SHIPPING"):
        life.steps(status, 15)
    life.parcel(1, "CREATED", courier=OSCAR).is_edited()
    life.parcel(1, ON_ROUTE, link=True, minutes=20).steps(ON_ROUTE, minutes=0)
    life.parcel(1, "DELIVERED", minutes=50).steps(DELIVERED, minutes=3, seen=True)
    return chat.scene


def _joined_late(chat: Conversation, courier: str | None) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", "PACKING", "INVOICED", "READY_FOR_SHIPPING", ON_ROUTE)
    life.parcel(1, ON_ROUTE, courier=courier, minutes=1)
    life.arrives("you open the store’s link")
    life.folds(FoldReason.STOPPED, "(you stop following it: the card above folds)")
    return chat.scene


def _items(chat: Conversation) -> Scene:
    for count in COUNTS:
        items = tuple(Item(f"Leche <{n}>", quantity=n) for n in range(1, _MOST_NAMED + count + 1))
        life = Life(chat, "PENDING", "READY_FOR_HANDLING", verified=True, items=items)
        life.arrives(f"you open the store’s link; there are {_MOST_NAMED + count} kinds of things")
    return chat.scene


def _missing(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PACKING", "READY_FOR_SHIPPING", ON_ROUTE)
    life.arrives(f"you: {NUMBER}")
    life.steps(DELIVERED, 40)
    told = StaffTold.TOLD if chat.store.name else StaffTold.LATER if chat.store.contact_page else StaffTold.NOBODY
    life.has_it(Receipt.MISSING, "button-missing", told)
    chat.minutes_later(20)
    life.has_it(Receipt.FOUND, "button-found")
    return chat.scene


def _reports(chat: Conversation, couriers: tuple[str | None, ...]) -> Scene:
    for courier in couriers:
        for seen, told in ((False, True), (True, True), (False, False)):
            life = Life(chat, "PACKING", "READY_FOR_SHIPPING", ON_ROUTE)
            life.parcel(1, ON_ROUTE, courier=courier).parcel(1, "DELIVERED", minutes=9)
            when = {} if told else {"since": None, "observed_at": None}
            life.moves(DELIVERED, 1, seen=seen, **when)
            life.rings()
    return chat.scene


def _by_the_store(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING")
    life.arrives(f"you: {NUMBER}")
    life.steps("PACKING", by_chain=True)
    life.steps(ON_ROUTE, 50, by_chain=True)
    life.steps(DELIVERED, 50, by_chain=True)
    return chat.scene


def _refreshed(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PACKING", "READY_FOR_SHIPPING", ON_ROUTE)
    life.arrives(f"you: {NUMBER}")
    life.opens_more()
    life.moves(DELIVERED, 25, seen=True)
    chat.toasts("toast-refreshed", f"you press [{chat.plain('button-refresh')}]")
    life.rings()
    life.is_edited("(the card above is edited)", checked_at=chat.now)
    return chat.scene
