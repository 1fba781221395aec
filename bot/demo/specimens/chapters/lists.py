"""How lists word what the first line of a card says beside an order's status."""

from bot.demo.samples import NUMBER, order, subscription
from bot.demo.specimens.conversation import Conversation
from bot.demo.specimens.turns import Scene
from bot.tracking.lead import Lead, News
from bot.tracking.model import Receipt
from bot.tracking.statuses import DELIVERED, ON_ROUTE, WAITING_FOR_PICKUP


def phrases(chat: Conversation) -> Scene:
    """List an order for each headline that is not its status's own."""
    two = order(ON_ROUTE, packages=2)
    ended = {one: order(ON_ROUTE, packages=2, trouble=one.upper()) for one in (News.DELIVERED, News.RETURNED)}
    shown = [
        (order(WAITING_FOR_PICKUP), subscription(card_lead=Lead(reminder=True))),
        *((one, subscription(card_lead=Lead(news={"S1": news}))) for news, one in ended.items()),
        (order(DELIVERED), subscription(receipt=Receipt.MISSING)),
        (order(DELIVERED, for_pickup=True), subscription(receipt=Receipt.MISSING)),
        *((order(ON_ROUTE, packages=2, trouble=one), subscription()) for one in ("INCIDENT", "ON_HOLD")),
        (two, subscription()),
    ]
    for one, follower in shown:
        state = chat.context.renderer.order_phrase(chat.request.locale, one, follower)
        chat.answered("(a line of a list)", "list-row", number=NUMBER, state=state)
    return chat.scene
