"""Questions in words: each is asked where its answer differs from those before."""

from collections.abc import Callable, Iterator

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import (
    ALWAYS_OPEN,
    AMAZON,
    E_MERCADO,
    ECOLO,
    MOM,
    OTHER_NUMBERS,
    UNNAMED,
    UNNAMED_WITH_CONTACT,
)
from bot.demo.specimens.conversation import MESSAGE, Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.telegram import shopper
from bot.tracking.statuses import DELIVERED, ON_ROUTE, WAITING_FOR_PICKUP
from bot.understanding.understood import Intent

_PREPARED = ("READY_FOR_HANDLING", "PICKING", "PACKING")
_OF_ONE_ORDER = (Intent.CANCEL, Intent.DELIVERED_NOT_RECEIVED, Intent.STOP_MESSAGES, Intent.WHEN_ARRIVES)
Begin = Callable[[Conversation], None]


def scenes(edition: Edition) -> Iterator[Scene]:
    """Ask everything in each kind of chat; what was answered alike before is left out."""
    known: set[tuple[str, str]] = set()
    for title, begin in _CHATS.items():
        chat = Conversation(edition, E_MERCADO, title, known=known)
        begin(chat)
        yield _questions(chat)
    for store in (ECOLO, UNNAMED_WITH_CONTACT, UNNAMED, ALWAYS_OPEN):
        yield _questions(Conversation(edition, store, "Nothing is followed", known=known))
        chat = Conversation(edition, store, "One order is on its way, without a link", known=known)
        _on_its_way(chat)
        yield _questions(chat)
    for linked in (False, True):
        chat = Conversation(edition, ECOLO, "One order is on its way; nobody said with whom", known=known)
        _of_nobody(chat, linked=linked)
        yield _questions(chat)
    chat = Conversation(edition, ECOLO, "One order is ready for pickup, at a place that we don’t know", known=known)
    _ready(chat)
    yield _questions(chat)
    yield _questions(
        Conversation(edition, E_MERCADO, "Nothing is followed; by the store’s link only", by_link=True, known=known)
    )
    yield _questions(Conversation(edition, E_MERCADO, "In a group", group=True, known=known))
    yield _note(Conversation(edition, E_MERCADO, "Somebody answers a note of the store"))
    yield _note(Conversation(edition, UNNAMED, "Somebody answers a note of the store"))


def _questions(chat: Conversation) -> Scene:
    for intent in Intent:
        chat.asks(intent, languages=("de",) if intent is Intent.LANGUAGE_CHANGE else ())
    chat.asks(Intent.LANGUAGE_CHANGE)
    for intent in _OF_ONE_ORDER:
        chat.asks(intent, numbers=("1509750516099-01",))
    return chat.scene


# ── what the chat follows ────────────────────────────────────────────────────


def _nothing(chat: Conversation) -> None:
    """Follow nothing."""


def _being_packed(chat: Conversation) -> None:
    Life(chat, *_PREPARED).arrives(f"you: {NUMBER}")


def _on_its_way(chat: Conversation) -> None:
    Life(chat, *_PREPARED, ON_ROUTE).parcel(1, ON_ROUTE, courier=AMAZON).arrives(f"you: {NUMBER}")


def _with_link(chat: Conversation) -> None:
    life = Life(chat, *_PREPARED, ON_ROUTE, label=MOM)
    life.parcel(1, ON_ROUTE, courier=AMAZON, link=True).arrives(f"you: /order {NUMBER} {MOM}")


def _of_nobody(chat: Conversation, *, linked: bool) -> None:
    Life(chat, *_PREPARED, ON_ROUTE).parcel(1, ON_ROUTE, link=linked).arrives(f"you: {NUMBER}")


def _ready(chat: Conversation) -> None:
    Life(chat, *_PREPARED, WAITING_FOR_PICKUP).arrives(f"you: {NUMBER}")


def _delivered(chat: Conversation) -> None:
    Life(chat, *_PREPARED, ON_ROUTE, DELIVERED).arrives(f"you: {NUMBER}")


def _canceled(chat: Conversation) -> None:
    Life(chat, *_PREPARED, "CANCELED").arrives(f"you: {NUMBER}")


def _awaited(chat: Conversation) -> None:
    chat.followed.wait_for(NUMBER, chat.now)
    chat.minutes_later(15)


def _several_open(chat: Conversation) -> None:
    Life(chat, *_PREPARED, label=MOM)
    Life(chat, "READY_FOR_HANDLING", number=OTHER_NUMBERS[0])


def _several(chat: Conversation) -> None:
    _several_open(chat)
    Life(chat, *_PREPARED, ON_ROUTE, DELIVERED, number=OTHER_NUMBERS[1])
    chat.followed.wait_for(OTHER_NUMBERS[2], chat.now)


_CHATS: dict[str, Begin] = {
    "Nothing is followed": _nothing,
    "One order, being packed": _being_packed,
    "One order, on its way without a link": _on_its_way,
    "One order, on its way with a link": _with_link,
    "One order, ready for pickup": _ready,
    "One order, delivered": _delivered,
    "One order, canceled": _canceled,
    "One number that is not seen yet": _awaited,
    "Several orders, none delivered": _several_open,
    "Several orders, one delivered, and a number that is not seen yet": _several,
}


def _note(chat: Conversation) -> Scene:
    chat.followed.answers_note = True
    chat.asks(Intent.SMALLTALK_OR_UNKNOWN, reply_to=1)
    _several(chat)
    chat.types("/orders", shopper.orders(MESSAGE, chat.request, chat.context))
    return chat.scene
