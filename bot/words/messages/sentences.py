"""What a card says in sentences: why it came, what the order's status means, what comes with it."""

from collections.abc import Iterator

from bot.tracking.card_content import StaffTold
from bot.tracking.lead import News
from bot.tracking.link_state import awaits_link
from bot.tracking.model import Receipt
from bot.tracking.shipping import open_shipments
from bot.tracking.statuses import DELIVERED, ON_ROUTE, WAITING_FOR_PICKUP, Stage, look_up
from bot.words.fluent import emoji
from bot.words.html.escaping import Markup, clean, truncate
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.card_context import CardContext
from bot.words.messages.packages import PACKAGE_ENDS, Package

RETURNED, CANCELED, IDLE = "RETURNED", "CANCELED", "IDLE"
HEADLINE_UNITS = 60  # of line 1, which the lock screen and the chat list show
_LEAST_LABEL_UNITS = 12  # less names nothing: where a store's own words take up the line, a label stays whole
_MOST_NEWS = 2  # the other packages' are in their lines
# the later one takes nothing back: a new attempt after a return, the end of what was returned or canceled
_GOES_ON = frozenset(
    {
        (RETURNED, ON_ROUTE),
        (RETURNED, WAITING_FOR_PICKUP),
        (RETURNED, CANCELED),
        (RETURNED, IDLE),
        (CANCELED, IDLE),
        (DELIVERED, IDLE),
    }
)
_ENDS = (News.RETURNED, News.DELIVERED)
# their sentences name the store as the one who acts, or say who reports it
_SAYS_THE_STORE = frozenset({"PICKING", "READY_FOR_PACKING", "PACKING", "INVOICING", DELIVERED, IDLE})
_TOLD_BY_TROUBLE = frozenset({News.INCIDENT, News.HOLD})


def headline(context: CardContext) -> Markup:
    """Return line 1: the worst trouble, else the state; then the order. A long label is cut: phones show no more."""
    key, package = _headline_key(context)
    line = context.html(key, package)
    too_long = utf16_length(visible_text(line)) - HEADLINE_UNITS
    if context.label is None or too_long <= 0:
        return line
    label = clean(context.label)
    room = utf16_length(label) - too_long
    return line if room < _LEAST_LABEL_UNITS else context.html(key, package, label=truncate(label, room))


def headline_phrase(context: CardContext) -> Markup:
    """Return what line 1 says in a few words, for lists and sentences."""
    key, package = _headline_key(context)
    return context.html(key.replace("headline-", "short-", 1), package)


def _headline_key(context: CardContext) -> tuple[str, Package | None]:
    if context.trouble is not None:
        return f"headline-{context.trouble.trouble}", context.trouble
    if ended := ended_package(context):
        package, news = ended
        return f"headline-package-{news.value}", package
    return _headline_of_state(context), None


def _headline_of_state(context: CardContext) -> str:
    if context.receipt is Receipt.MISSING:
        return "headline-uncollected" if context.picked_up else "headline-missing"
    if context.packages_end is not None:
        return f"headline-{context.packages_end.value}"
    if context.is_partly_there:
        return "headline-partly-there"
    if context.is_unreported:
        return "headline-unreported"
    if context.content.lead.reminder and context.status == WAITING_FOR_PICKUP:
        return "headline-reminder"
    return "headline-collected" if context.picked_up else emoji.headline_key(context.status)


def ended_package(context: CardContext) -> tuple[Package, News] | None:
    """Return the package whose end the card came for, one that went back first; None if others are not under way."""
    if context.status != ON_ROUTE or context.packages_end or len(context.packages) < 2:
        return None
    told = context.content.lead.news
    ended = [one for one in context.packages if told.get(one.shipment.key) in _ENDS]
    return next(((one, news) for news in _ENDS for one in ended if _holds(news, one)), None)


def _holds(end: News, package: Package) -> bool:
    """Tell whether the end that a package had when the card was wanted is the one that it has now."""
    return package.how_it_stands == end.value


def main_sentences(context: CardContext) -> list[Markup]:
    """Return what the order's status means, or what the worst trouble does."""
    trouble = context.trouble
    return [context.html(f"trouble-{trouble.trouble}", trouble)] if trouble else _state(context)


def more_sentences(context: CardContext) -> list[Markup]:
    """Return what comes with the status's own sentence, where there is room."""
    if context.trouble or context.packages_end:
        return []
    if context.is_unreported:
        return _what_to_bring(context)  # whether to go at all comes first
    source = [] if _is_fact_on_line_1(context) else _source(context)
    return [*source, *_courier(context), *_link_later(context)]


def promises_already(context: CardContext) -> bool:
    """Tell whether a sentence of the card says what comes here: once a card is enough."""
    is_unknown = look_up(context.status).stage is Stage.UNKNOWN
    return is_unknown or context.trouble is not None or bool(_link_later(context))


# ── why the card came ────────────────────────────────────────────────────────


def leads(context: CardContext) -> Iterator[Markup]:
    """Say why the card came, the most important reason first."""
    lead = context.content.lead
    yield from _turn(context)
    yield from _news(context)
    if _is_fact_on_line_1(context):
        yield from _source(context)
    if lead.late and not context.is_over and not context.trouble:
        yield context.html("late")
    if lead.links and any(package.link for package in context.open_packages):
        yield context.html("link-came")


def _turn(context: CardContext) -> Iterator[Markup]:
    """Say what was told before, where that no longer holds."""
    before = context.content.lead.reverted_from
    if not before or before == context.status or (before, context.status) in _GOES_ON or _went_back(context):
        return
    goes_back = "mistaken" if look_up(before).final else "back"
    key = "corrected" if context.is_over else goes_back
    yield context.html(key, before=context.localizer.status_phrase(before))


def _went_back(context: CardContext) -> bool:
    """Tell whether the order was reported as delivered before it went back to the store."""
    before = {context.content.lead.reverted_from, context.order.previous}
    return context.status == RETURNED and DELIVERED in before


def _news(context: CardContext) -> list[Markup]:
    """Say what happened to single packages. How all of them ended is said once, of the order."""
    if context.is_over or context.packages_end:
        return []
    told = context.content.lead.news
    has_rest = context.status != WAITING_FOR_PICKUP and bool(open_shipments(context.order.shipments))
    said_otherwise = _TOLD_BY_TROUBLE if has_rest else _TOLD_BY_TROUBLE | {News.DELIVERED}
    news = [
        context.html(f"news-{news.value}", package)
        for package in context.packages
        if (news := told.get(package.shipment.key)) is not None
        and news not in said_otherwise
        and (news not in _ENDS or _holds(news, package))
    ][:_MOST_NEWS]
    return [*_all_there(context), *news] if News.DELIVERED in told.values() else news


def _all_there(context: CardContext) -> list[Markup]:
    """Say that the last package has come to the pickup place. Until then the state says how many are there."""
    is_there = 0 < context.packages_there == len(context.packages)
    return [context.html("pickup-complete")] if is_there else []


def _source(context: CardContext) -> list[Markup]:
    """Say that only the store's notices report it, where no sentence says that already."""
    said_otherwise = context.trouble or context.packages_end or context.status in _SAYS_THE_STORE
    return [context.html("by-store")] if context.says_by_store and not said_otherwise else []


def _is_fact_on_line_1(context: CardContext) -> bool:
    """Tell whether the status's sentences say what to do, so that who reports it belongs above them."""
    return context.is_over or context.status == WAITING_FOR_PICKUP


# ── what the status means ────────────────────────────────────────────────────


def _state(context: CardContext) -> list[Markup]:
    if context.status == DELIVERED:
        return _delivered(context)
    if context.packages_end is not None:
        return [context.html(f"all-{context.packages_end.value}")]
    if context.status == WAITING_FOR_PICKUP:
        return [*_where(context), *([] if context.is_unreported else _what_to_bring(context))]
    if context.status == ON_ROUTE and _news(context):
        return _who_brings_it(context)  # that it left, and in how many packages, is no news any more
    if context.status == RETURNED:
        return [context.html(_how_it_returned(context))]
    return [context.html(emoji.state_key(context.status))]


def _how_it_returned(context: CardContext) -> str:
    if _went_back(context):
        return "went-back"
    return "not-collected" if context.was_ready else emoji.state_key(RETURNED)


def _delivered(context: CardContext) -> list[Markup]:
    """Say who reports it, or what the person answered."""
    if context.receipt is Receipt.MISSING:
        return [*_told_us(context), context.html("uncollected-advice" if context.picked_up else "missing-advice")]
    if context.is_private and context.receipt in {Receipt.GOOD, Receipt.FOUND}:
        return [_reported(context), context.html(f"receipt-{context.receipt.value}")]
    return [_reported(context)]


def _told_us(context: CardContext) -> list[Markup]:
    """Say what the person told us. A group doesn't hear it: somebody else may have pressed."""
    told = context.content.staff_told or StaffTold.NOBODY
    return [context.html("receipt-missing", told=told.value)] if context.is_private else []


def _reported(context: CardContext) -> Markup:
    order, packages = context.order, context.packages
    courier = packages[0].shipment.courier if len(packages) == 1 and packages[0].how_it_stands == "delivered" else None
    at = (order.since or order.observed_at) if context.status == order.status else None
    timed = "no" if at is None else "at" if order.since is not None else "seen"
    clock = Markup() if at is None else context.clock(at)
    if context.picked_up:
        return context.html("state-collected", timed=timed, clock=clock)
    known = bool(courier) and not context.says_by_store
    return context.html(emoji.state_key(DELIVERED), known=known, courier=courier, timed=timed, clock=clock)


def _where(context: CardContext) -> list[Markup]:
    """Say where it is ready; where nothing or only a part is reported there, that first, and the place for itself."""
    if context.is_partly_there:
        return [context.html("pickup-partly", there=context.packages_there), context.html("pickup-doubted-at")]
    if context.is_unreported:
        return [context.html("pickup-unreported"), context.html("pickup-doubted-at")]
    return [context.html("pickup-at" if context.localizer.pickup_place else "pickup-at-checkout")]


def _what_to_bring(context: CardContext) -> list[Markup]:
    return [context.html(emoji.state_key(WAITING_FOR_PICKUP))]


def _who_brings_it(context: CardContext) -> list[Markup]:
    packages = context.packages
    return [context.html("courier")] if len(packages) == 1 and packages[0].shipment.courier else []


def _courier(context: CardContext) -> list[Markup]:
    """Name the courier of an only package before the order leaves."""
    packages = context.packages
    if look_up(context.status).stage is not Stage.AWAITING_COURIER or len(packages) != 1:
        return []
    return [context.html("assigned")] if packages[0].shipment.status == "ASSIGNED" else _who_brings_it(context)


def _link_later(context: CardContext) -> list[Markup]:
    """Say that a link comes, only while one can."""
    if context.status != ON_ROUTE or context.packages_end or not context.content.promises:
        return []
    packages = context.packages
    waiting = [package for package in packages if package.awaits_link]
    if not (waiting if packages else awaits_link(context.order)):
        return []
    named = waiting[0] if len(waiting) == 1 else None
    return [context.html("link-later", named, links=_missing_links(context, waiting))]


def _missing_links(context: CardContext, waiting: list[Package]) -> str:
    """Return which links are still to come: `$links` of link-later."""
    packages = context.packages
    if len(packages) < 2 or len(waiting) == 1:
        return "only" if len(packages) < 2 else "one"
    if any(package.link for package in context.open_packages):
        return "missing"
    others = [package for package in packages if package not in waiting]
    return "others" if others and all(one.how_it_stands in PACKAGE_ENDS for one in others) else "all"
