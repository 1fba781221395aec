"""What staff see of one order with /check: how it stands now, its courier, and what its followers were told."""

from collections.abc import Iterator

from bot.tracking.deciding import effective_status
from bot.tracking.lead import News
from bot.tracking.link_state import LinkState, link_state
from bot.tracking.model import Order
from bot.tracking.shipping import courier_ahead, open_shipments
from bot.tracking.statuses import DELIVERED
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, code, escape
from bot.words.messages.card import listed_items
from bot.words.messages.check_context import CardsShown, CheckContext, OrderCheck
from bot.words.messages.packages import Package, worst_trouble
from bot.words.messages.told_block import quoted_card, told_block

MOST_PACKAGES = 6
_NAMING_THE_COURIER = frozenset({"on-its-way", "waiting", "delivered"})  # as the message `package` does
_TROUBLES = {News.INCIDENT: "short-incident", News.HOLD: "short-hold"}


def check_lines(localizer: Localizer, check: OrderCheck, now: float) -> Iterator[Markup]:
    """Return the card line by line, in three blocks; of an order that was never shown, who waits for it."""
    order = check.order
    if order is None:
        yield from _absent_lines(localizer, check, now)
        return
    yield localizer.html("check-heading", number=check.number)
    yield from _unreachable(localizer, check)
    context = CheckContext(localizer, check, order, now)
    for heading, lines in (
        ("check-now", _now_lines(context)),
        ("check-courier", _courier_lines(context)),
        ("check-told-to", told_block(context)),
    ):
        yield Markup()
        yield localizer.html(heading)
        yield from lines


# ── an order that was never shown ────────────────────────────────────────────


def _absent_lines(localizer: Localizer, check: OrderCheck, now: float) -> Iterator[Markup]:
    context = CheckContext(localizer, check, Order("", check.number), now)
    waiting = check.waiting
    if not waiting.chats or waiting.since is None:
        # only an answer of the API says that it has no such order
        key = "check-unknown" if check.api_error is None else "check-unknown-unreachable"
        yield localizer.html(key, number=check.number)
        return
    yield from _unreachable(localizer, check)
    yield localizer.html("check-awaited", number=check.number)
    yield localizer.html("check-waited-since", count=waiting.chats, clock=context.clock(waiting.since))
    if waiting.next_ask_at is not None:
        yield localizer.html("check-next-ask", clock=context.clock(max(waiting.next_ask_at, now)))
    yield localizer.html("check-their-message")
    yield quoted_card(localizer.html("not-there", number=check.number))


def _unreachable(localizer: Localizer, check: OrderCheck) -> list[Markup]:
    return [] if check.api_error is None else [localizer.html("check-unreachable")]


# ── now ──────────────────────────────────────────────────────────────────────


def _now_lines(context: CheckContext) -> Iterator[Markup]:
    order = context.order
    at = order.since if order.since is not None else order.observed_at
    timed = "no" if at is None else "since" if order.since is not None else "seen"
    clock = Markup() if at is None else context.clock(at)
    yield from _trouble(context)
    state = context.localizer.html("check-state", what=context.quoted(order.status), timed=timed, clock=clock)
    found = [context.localizer.html("check-found", webhook=how.value)] if (how := context.check.found) else []
    yield Markup(", ".join([state, *found]))
    yield from _divergence(context)
    if order.webhook_at is not None:
        yield context.localizer.html("check-webhook-at", clock=context.ticks(order.webhook_at))
    else:
        yield context.localizer.html("check-no-webhook")
    if order.confirmed_at is not None:
        yield context.localizer.html("check-answered-at", clock=context.ticks(order.confirmed_at))
    yield from listed_items(context.card)


def _trouble(context: CheckContext) -> Iterator[Markup]:
    """Say first what is wrong on the road: the order's own status says only that it is on its way."""
    package = worst_trouble(context.card.packages)
    if package is not None and package.trouble is not None:
        what, courier = context.localizer.html(_TROUBLES[package.trouble]), package.shipment.courier or ""
        values = {"named": bool(courier), "courier": courier, "n": package.n, "total": package.total}
        yield context.localizer.html("check-trouble", what=what, **values)


def _divergence(context: CheckContext) -> Iterator[Markup]:
    """Say in a sentence each where the order, its courier, the webhooks and the API say different things."""
    order, html, quoted = context.order, context.localizer.html, context.quoted
    shown, reported = effective_status(order), courier_ahead(order)
    if shown != order.status:
        yield html("check-apart-shown", what=quoted(shown), before=quoted(order.status))
    if reported and reported != shown:
        yield html("check-apart-courier", what=quoted(reported), before=quoted(order.status))
    if order.status == DELIVERED and open_shipments(order.shipments):
        yield html("check-apart-behind", what=quoted(order.status))
    if order.unconfirmed_at is not None and order.unconfirmed_status:
        clock = context.ticks(order.unconfirmed_at)
        yield html("check-apart-webhook", what=quoted(order.unconfirmed_status), clock=clock)
    if order.ended is not None and order.diverged_at is not None:
        before, clock = quoted(order.ended.old), context.ticks(order.diverged_at)
        yield html("check-apart-end", what=quoted(order.ended.new), before=before, clock=clock)
    if order.not_found_count:
        yield html("check-gone", count=order.not_found_count)
    if order.failures:
        yield html("check-failing", count=order.failures)


# ── the courier ──────────────────────────────────────────────────────────────


def _courier_lines(context: CheckContext) -> Iterator[Markup]:
    packages = context.card.packages
    for package in packages[:MOST_PACKAGES]:
        line = context.card.html("package", package, **{"is": package.how_it_stands})
        yield Markup(" · ".join([line, *_courier_apart(package), _link(context, package)]))
        if package.shipment.tracking_id:
            yield context.localizer.html("check-tracking-id", tracking=code(package.shipment.tracking_id))
    if len(packages) > MOST_PACKAGES:
        yield context.localizer.html("check-more-packages", count=len(packages) - MOST_PACKAGES)
    if not packages:
        yield context.localizer.html("check-no-courier")


def _courier_apart(package: Package) -> list[Markup]:
    """Return whose package it is, where the line about it doesn't say so."""
    courier = package.shipment.courier
    return [escape(courier)] if courier and package.how_it_stands not in _NAMING_THE_COURIER else []


def _link(context: CheckContext, package: Package) -> Markup:
    if package.link:
        return _who_sees_link(context, package)
    state = link_state(package.shipment, context.order.confirmed_at)
    # it has one, which shoppers see only while the order is on its way
    key = {LinkState.SHOWN: "check-link-kept", LinkState.UNREADABLE: "check-link-unreadable"}.get(state)
    return context.localizer.html(key or ("check-link-awaited" if package.awaits_link else "check-link-none"))


def _who_sees_link(context: CheckContext, package: Package) -> Markup:
    """Say whose cards show a link that may be shown: a card that can't be edited stays as it was."""
    with_card = [one for one in context.check.cards if one.status is not None]
    total = sum(one.chats for one in with_card)
    seeing = sum(one.chats for one in with_card if _shows_link(context, one, package))
    if seeing == total:
        return context.localizer.html("check-link-shown")
    return context.localizer.html("check-link-seen", count=seeing, total=total)


def _shows_link(context: CheckContext, shown: CardsShown, package: Package) -> bool:
    return any(one.link == package.link for one in context.card_of(shown).packages)
