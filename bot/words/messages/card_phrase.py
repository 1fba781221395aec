"""What a card says, in a few words for staff: its line 1, or the news that it came for."""

from bot.tracking.card_content import CardContent
from bot.tracking.lead import Lead, News
from bot.tracking.model import Chat, Kind, Notice, Order, Subscription, Ticks
from bot.tracking.shipping import PickupDoubt
from bot.tracking.shown_order import order_told
from bot.tracking.statuses import WAITING_FOR_PICKUP
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup
from bot.words.messages.card_context import CardContext
from bot.words.messages.sentences import ended_package

_SOLVED = frozenset({News.INCIDENT_SOLVED, News.HOLD_SOLVED})
_NOBODYS = Chat(0)


def told_phrase(localizer: Localizer, order: Order, told: Subscription) -> Markup:
    """Return what the newest card has said that has reached a chat."""
    lead = told.card_lead if told.card_status == told.notified_status else Lead()
    notice = Notice(0, Kind.CARD, Ticks(0.0), order=order.id, status=told.notified_status)
    shown = CardContent(lead=lead)
    return card_phrase(CardContext(localizer, notice, order_told(order, told), told, _NOBODYS, 0.0, "none", shown))


def card_phrase(context: CardContext) -> Markup:
    """Return what a card says."""
    key = _key(context)
    return context.localizer.html(key) if key else _state(context)


def _key(context: CardContext) -> str | None:
    """Return the key of what a card says, where that is something else than the order's status."""
    lead = context.content.lead
    if context.trouble is not None:
        return f"short-{context.trouble.trouble}"
    if context.packages_end is not None:
        return f"short-{context.packages_end.value}"
    if ended := ended_package(context):
        return f"check-what-package-{ended[1].value}"
    if not context.is_over and _SOLVED & set(lead.news.values()):
        return "check-what-solved"
    if lead.reminder and context.status == WAITING_FOR_PICKUP:
        return "check-what-reminder"
    return "check-what-late" if lead.late and not context.is_over else None


def _state(context: CardContext) -> Markup:
    if doubt := context.pickup_doubt:
        return context.localizer.html("short-partly-there" if doubt is PickupDoubt.PART else "short-unreported")
    return context.localizer.status_phrase(context.status, picked_up=context.picked_up)
