"""Orders that come in several packages."""

from collections.abc import Iterator, Sequence

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import AMAZON, E_MERCADO, ECOLO, OSCAR, UNNAMED
from bot.demo.specimens.conversation import Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.turns import Scene
from bot.tracking.lead import Lead, News
from bot.tracking.model import Receipt
from bot.tracking.statuses import DELIVERED, ON_ROUTE, WAITING_FOR_PICKUP
from bot.understanding.understood import Intent


def scenes(edition: Edition) -> Iterator[Scene]:
    """Bring two and four packages, not all of them straight."""
    for store, couriers in ((E_MERCADO, (AMAZON, OSCAR)), (ECOLO, (AMAZON, None)), (UNNAMED, (None, None))):
        yield _two(Conversation(edition, store, "Two packages; the second has a problem"), couriers)
    for store, couriers in ((ECOLO, (OSCAR, AMAZON)), (E_MERCADO, (OSCAR, None)), (UNNAMED, (None, None))):
        yield _one_returns(Conversation(edition, store, "Two packages; the first goes back"), couriers)
    for store, last in ((E_MERCADO, OSCAR), (UNNAMED, AMAZON)):
        yield _all_return(Conversation(edition, store, "Two packages; both go back"), (OSCAR, last))
        yield _brought_to_a_pickup_point(Conversation(edition, store, "Couriers bring them to a pickup point"))
    for second in (OSCAR, AMAZON):
        yield _all_return(Conversation(edition, E_MERCADO, "Three packages; all go back"), (OSCAR, second, OSCAR))
    yield _one_courier(Conversation(edition, E_MERCADO, "Three packages with one courier, which gives its links late"))
    yield _four(Conversation(edition, E_MERCADO, "Four packages, and corrections"))


def _begun(chat: Conversation) -> Life:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", "INVOICED", "READY_FOR_SHIPPING")
    life.arrives(f"you: {NUMBER}")
    return life


def _two(chat: Conversation, couriers: tuple[str | None, str | None]) -> Scene:
    life = _begun(chat)
    life.parcel(1, "ASSIGNED", courier=couriers[0]).parcel(2, "ASSIGNED", courier=couriers[1]).is_edited()
    life.parcel(1, ON_ROUTE, link=True, minutes=10).steps(ON_ROUTE, minutes=0)
    life.parcel(2, ON_ROUTE, minutes=20).is_edited()
    life.parcel(2, ON_ROUTE, link=True, minutes=15).comes_silently(lead=Lead(links=("S2",)))
    chat.asks(Intent.COURIER_QUESTION)
    life.parcel(1, "DELIVERED", minutes=20).news(1, News.DELIVERED)
    life.parcel(2, "INCIDENT", minutes=20).news(2, News.INCIDENT)
    life.parcel(2, ON_ROUTE, minutes=20).news(2, News.INCIDENT_SOLVED, sound=False)
    life.parcel(2, "ON_HOLD", minutes=20).news(2, News.HOLD, sound=False)
    life.parcel(2, ON_ROUTE, minutes=20).news(2, News.HOLD_SOLVED, sound=False)
    life.parcel(2, "DELIVERED", minutes=20).news(2, News.DELIVERED)
    life.steps(DELIVERED, 30)
    life.has_it(Receipt.GOOD, "button-all-good")
    return chat.scene


def _one_returns(chat: Conversation, couriers: tuple[str | None, str | None]) -> Scene:
    life = _begun(chat)
    life.parcel(1, ON_ROUTE, courier=couriers[0]).parcel(2, ON_ROUTE, courier=couriers[1])
    life.steps(ON_ROUTE, 5)
    chat.asks(Intent.COURIER_QUESTION)
    life.parcel(1, "RETURNED", minutes=60).news(1, News.RETURNED)
    life.parcel(2, "DELIVERED", minutes=20).news(2, News.DELIVERED)
    chat.asks(Intent.WHEN_ARRIVES)
    chat.asks(Intent.WRONG_MISSING_OR_DAMAGED)
    life.parcel(1, ON_ROUTE, minutes=60).news(1, News.NOT_RETURNED)
    return chat.scene


def _all_return(chat: Conversation, couriers: Sequence[str]) -> Scene:
    life = _begun(chat)
    for n, courier in enumerate(couriers, 1):
        life.parcel(n, ON_ROUTE, courier=courier)
    life.steps(ON_ROUTE, 0)
    for n in range(1, len(couriers) + 1):
        life.parcel(n, "RETURNED", minutes=60).news(n, News.RETURNED)
    return chat.scene


def _one_courier(chat: Conversation) -> Scene:
    life = _begun(chat)
    for n in (1, 2, 3):
        life.parcel(n, ON_ROUTE, courier=AMAZON)
    life.steps(ON_ROUTE, 0)
    for n in (1, 2, 3):
        life.parcel(n, ON_ROUTE, link=True, minutes=15).comes_silently(lead=Lead(links=(f"S{n}",)))
    for n in (1, 2, 3):
        life.parcel(n, "DELIVERED", minutes=15)
    life.news(3, News.DELIVERED)
    return chat.scene


def _brought_to_a_pickup_point(chat: Conversation) -> Scene:
    life = _begun(chat)
    for n, courier in enumerate((AMAZON, OSCAR, AMAZON), 1):
        life.parcel(n, ON_ROUTE, courier=courier)
    life.steps(WAITING_FOR_PICKUP, 0)
    chat.asks(Intent.PICKUP_QUESTION)
    life.parcel(1, "DELIVERED", minutes=20).news(1, News.DELIVERED)
    chat.asks(Intent.PICKUP_QUESTION)
    for n in (2, 3):
        life.parcel(n, "DELIVERED", minutes=20).news(n, News.DELIVERED)
    other = _begun(chat)
    other.parcel(1, ON_ROUTE, courier=AMAZON).steps(WAITING_FOR_PICKUP, 0)
    other.parcel(1, "RETURNED", minutes=60).news(1, News.RETURNED)
    alone = _begun(chat)
    alone.parcel(1, ON_ROUTE, courier=AMAZON).steps(WAITING_FOR_PICKUP, 0)
    alone.parcel(1, "DELIVERED", minutes=60).news(1, News.DELIVERED)
    return chat.scene


def _four(chat: Conversation) -> Scene:
    life = _begun(chat)
    for n, courier in enumerate((AMAZON, OSCAR, AMAZON, OSCAR), 1):
        life.parcel(n, ON_ROUTE, courier=courier, link=n <= 2, minutes=1)
    life.steps(ON_ROUTE, 1)
    for n in (3, 4):
        life.parcel(n, ON_ROUTE, link=True, minutes=5)
    life.comes_silently(lead=Lead(links=("S3", "S4")))
    life.parcel(4, "TRANSFER", minutes=10).is_edited()
    life.parcel(3, "DELIVERED", minutes=20).news(3, News.DELIVERED)
    life.parcel(3, ON_ROUTE, minutes=10).news(3, News.NOT_DELIVERED)
    for n in (1, 2, 3, 4):
        life.parcel(n, "DELIVERED", minutes=15)
    life.news(4, News.DELIVERED)
    return chat.scene
