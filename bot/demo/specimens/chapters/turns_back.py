"""Trouble on the way, and what was told and no longer holds."""

from collections.abc import Iterator

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import AMAZON, E_MERCADO, ECOLO, OSCAR, UNNAMED
from bot.demo.specimens.conversation import Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.tracking.card_content import StaffTold
from bot.tracking.lead import Lead, News
from bot.tracking.model import Receipt
from bot.tracking.statuses import DELIVERED, ON_ROUTE, WAITING_FOR_PICKUP

STORES_AND_COURIERS = ((E_MERCADO, AMAZON), (ECOLO, OSCAR), (UNNAMED, None))
_TO_THE_COURIER = ("READY_FOR_HANDLING", "PICKING", "INVOICED", "READY_FOR_SHIPPING")


def scenes(edition: Edition) -> Iterator[Scene]:
    """Let orders have trouble, move back, end otherwise, and grow old."""
    for store, courier in STORES_AND_COURIERS:
        yield _trouble(Conversation(edition, store, "The only package has trouble"), courier)
        yield _ends(Conversation(edition, store, "Delivered, then back; canceled; handed off"))
    for store, courier in (STORES_AND_COURIERS[0], STORES_AND_COURIERS[-1]):
        yield _courier_first(Conversation(edition, store, "The courier reports, the store not yet"), courier)
        yield _late(Conversation(edition, store, "Slow, and nobody could ask"))
    yield _back(Conversation(edition, E_MERCADO, "Back to an earlier stage"))
    yield _corrections(Conversation(edition, E_MERCADO, "An end that no longer holds"))


def _on_its_way(chat: Conversation, courier: str | None) -> Life:
    life = Life(chat, *_TO_THE_COURIER)
    life.arrives(f"you: {NUMBER}")
    life.parcel(1, ON_ROUTE, courier=courier).steps(ON_ROUTE, 0)
    return life


def _trouble(chat: Conversation, courier: str | None) -> Scene:
    life = _on_its_way(chat, courier)
    life.parcel(1, "INCIDENT", minutes=20).news(1, News.INCIDENT)
    life.parcel(1, ON_ROUTE, minutes=30).news(1, News.INCIDENT_SOLVED, sound=False)
    life.parcel(1, "ON_HOLD", minutes=20).news(1, News.HOLD, sound=False)
    life.parcel(1, ON_ROUTE, link=True, minutes=30).news(1, News.HOLD_SOLVED, sound=False)
    life.parcel(1, "INCIDENT", minutes=20).news(1, News.INCIDENT)
    life.steps("RETURNED", 60)
    return chat.scene


def _courier_first(chat: Conversation, courier: str | None) -> Scene:
    life = _on_its_way(chat, courier)
    life.parcel(1, "DELIVERED", minutes=30).news(1, News.DELIVERED)
    life.parcel(1, ON_ROUTE, minutes=15).news(1, News.NOT_DELIVERED)
    life.parcel(1, "RETURNED", minutes=60).news(1, News.RETURNED)
    chat.minutes_later(15)
    life.is_edited()
    life.parcel(1, ON_ROUTE, minutes=60).news(1, News.NOT_RETURNED)
    return chat.scene


def _back(chat: Conversation) -> Scene:
    life = Life(chat, *_TO_THE_COURIER)
    life.arrives(f"you: {NUMBER}")
    life.goes_back("PICKING")
    life.steps("ROBOT_AT_WORK")
    life.steps("INVOICED", 20)
    life.goes_back("READY_FOR_HANDLING")
    life.steps("INVOICED", 30)
    life.parcel(1, "CREATED", courier=AMAZON).steps(ON_ROUTE, 20)
    life.goes_back("PACKING")
    life.steps(WAITING_FOR_PICKUP, 30)
    life.goes_back("READY_FOR_SHIPPING")
    life.steps(ON_ROUTE, 20)
    return chat.scene


def _corrections(chat: Conversation) -> Scene:
    life = Life(chat, *_TO_THE_COURIER, ON_ROUTE)
    life.arrives(f"you: {NUMBER}")
    for end in (DELIVERED, "RETURNED", "CANCELED", "IDLE"):
        life.moves(end, 30).rings()
        life.goes_back("PACKING", 10)
    life.moves("CANCELED", 10).rings()
    life.goes_back(DELIVERED, 20)
    life.goes_back("CANCELED", 20)
    life.goes_back("RETURNED", 20)
    life.goes_back(WAITING_FOR_PICKUP, 20)
    life.goes_back("RETURNED", 20)
    life.goes_back(ON_ROUTE, 20)
    return chat.scene


def _ends(chat: Conversation) -> Scene:
    life = _on_its_way(chat, None)
    life.steps(DELIVERED, 30)
    life.has_it(Receipt.MISSING, "button-missing", StaffTold.NOBODY)
    life.goes_back("RETURNED", 90)
    life.goes_back("CANCELED", 90)
    life.goes_back("IDLE", 90)
    return chat.scene


def _late(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING")
    life.arrives(f"you: {NUMBER}", is_stale=True)
    life.steps("PICKING", 5)
    chat.minutes_later(180)
    life.comes_silently(lead=Lead(late=True))
    chat.minutes_later(30)
    life.opens_more()
    life.presses("button-refresh", "toast-trouble", is_stale=True, age=600.0)
    life.is_edited(says_levels=True)
    life.moves("READY_FOR_PACKING", 5).moves("UNKNOWN_STEP", 10).is_edited()
    life.steps("CANCELED", 20)
    chat.minutes_later(15)
    life.arrives(f"you: {NUMBER}", lead=Lead(), is_stale=True, age=900.0)
    return chat.scene
