"""What staff see of one order with /check: how it stands now, its courier, and what its followers were told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bot.tracking.card_content import CardContent, StaffTold
from bot.tracking.deciding import effective_status
from bot.tracking.lead import Lead, News
from bot.tracking.link_state import LinkState, link_state
from bot.tracking.model import Chat, Kind, Notice, Order, OrderPk, Receipt, Subscription, SubscriptionId, Ticks, Wall
from bot.tracking.shipping import courier_ahead, open_shipments
from bot.tracking.statuses import DELIVERED, TABLE, look_up
from bot.words.fluent.emoji import past_key
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, code, escape
from bot.words.messages.card import card_top, listed_items
from bot.words.messages.card_context import CardContext
from bot.words.messages.packages import Package, worst_trouble
from bot.words.messages.telegram_reasons import reasons
from bot.words.messages.told_lines import Found, ToldRow, told_lines

MOST_PACKAGES = 6
MOST_CARDS = 3  # different ones; the rest is counted
_NAMING_THE_COURIER = frozenset({"on-its-way", "waiting", "delivered"})  # as the message `package` does
_TROUBLES = {News.INCIDENT: "short-incident", News.HOLD: "short-hold"}
_NOBODYS = Chat(0)
_IN_A_GROUP = Chat(-1, "supergroup")


@dataclass(frozen=True, slots=True)
class CardsShown:
    """So many chats whose cards show the same. `status`: what they show, None: they have none yet.

    `order`: with its packages as these cards show them; None: as they are now.
    """

    chats: int
    is_private: bool = True
    status: str | None = None
    receipt: Receipt | None = None
    lead: Lead = field(default_factory=Lead)
    paused: str | None = None
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many chats wait for a number to appear, since when, and when it is asked for again (wall time)."""

    chats: int = 0
    since: Wall | None = None
    next_ask_at: Wall | None = None


@dataclass(frozen=True, slots=True)
class OrderCheck:
    """What is known of an order at a glance; `order` None: Pick and Pack has never shown it here.

    `number`: as staff have typed it, or the order's. `found`: how its status was found, where no webhook told it.
    `api_error`: why Pick and Pack could not be asked just now.
    `clock_offset`: seconds to add to the order's times on the service's clock to get wall time.
    """

    number: str
    order: Order | None = None
    cards: tuple[CardsShown, ...] = ()
    told: tuple[ToldRow, ...] = ()
    waiting: Waiting = field(default_factory=Waiting)
    staff_told: StaffTold | None = None
    promises: bool = True
    api_error: str | None = None
    clock_offset: float = 0.0
    found: Found | None = None


@dataclass(frozen=True)
class CheckContext:
    """One check in one language; `now` is wall time."""

    localizer: Localizer
    check: OrderCheck
    order: Order
    now: float

    def clock(self, wall: float) -> Markup:
        """Format a wall time as a clock in the store's zone, with the day where that is not today."""
        return self.localizer.clock(wall, now=self.now)

    def ticks(self, at: Ticks) -> Markup:
        """Format a time on the service's clock in the same way."""
        return self.clock(at + self.check.clock_offset)

    def quoted(self, status: str | None) -> Markup:
        """Return a status in words, with its step where its stage has several; one that has no word as it is."""
        if status is None or status not in TABLE:
            return code(status) if status else self.localizer.html("details-none")
        phrase, step = self.localizer.status_phrase(status), self.localizer.html(past_key(status))
        is_same = look_up(status).key or phrase.casefold() == step.casefold()
        return phrase if is_same else Markup(f"{phrase} ({step})")

    @cached_property
    def card(self) -> CardContext:
        """What a new follower's card would be worded from."""
        return self.card_of(CardsShown(1, status=effective_status(self.order)))

    def card_of(self, shown: CardsShown) -> CardContext:
        """Return what the card of such a chat is worded from: no name that the person has given to the order."""
        order_pk = self.order.id or OrderPk(0)
        follower = Subscription(SubscriptionId(0), 0, order_pk, receipt=shown.receipt, card_lead=shown.lead)
        notice = Notice(0, Kind.CARD, Ticks(self.now), order=order_pk, status=shown.status)
        content = CardContent(lead=shown.lead, promises=self.check.promises, staff_told=self.check.staff_told)
        chat = _NOBODYS if shown.is_private else _IN_A_GROUP
        return CardContext(self.localizer, notice, shown.order or self.order, follower, chat, self.now, "all", content)


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
        ("check-told-to", _told_block(context)),
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
    yield _quote(localizer.html("not-there", number=check.number))


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
        return context.localizer.html("check-link-shown")
    state = link_state(package.shipment, context.order.confirmed_at)
    # it has one, which shoppers see only while the order is on its way
    key = {LinkState.SHOWN: "check-link-kept", LinkState.UNREADABLE: "check-link-unreadable"}.get(state)
    return context.localizer.html(key or ("check-link-awaited" if package.awaits_link else "check-link-none"))


# ── told ─────────────────────────────────────────────────────────────────────


def _told_block(context: CheckContext) -> Iterator[Markup]:
    check, html = context.check, context.localizer.html
    yield html("check-followed", count=sum(one.chats for one in check.cards))
    paused = [(one.paused, one.chats) for one in check.cards if one.paused is not None]
    if paused:
        count = sum(chats for _, chats in paused)
        yield html("check-cannot-write", count=count, why=reasons(context.localizer, paused))
    if check.waiting.chats:
        yield html("check-waited", count=check.waiting.chats)
    yield from _receipts(context)
    yield from _cards(context)
    yield from told_lines(context.localizer, check.told, context.clock, current=effective_status(context.order))


def _receipts(context: CheckContext) -> Iterator[Markup]:
    said = Counter[Receipt | None]()
    for one in context.check.cards:
        said[one.receipt] += one.chats
    if said[Receipt.MISSING]:
        yield context.localizer.html("check-not-received", count=said[Receipt.MISSING])
    if have := said[Receipt.GOOD] + said[Receipt.FOUND]:
        yield context.localizer.html("check-received", count=have)


def _cards(context: CheckContext) -> Iterator[Markup]:
    """Say what the followers' cards say, by the very lines of a card; alike ones are counted together."""
    without = sum(one.chats for one in context.check.cards if one.status is None)
    said = Counter[tuple[bool, Markup]]()
    for one in context.check.cards:
        if one.status is not None:
            said[one.is_private, card_top(context.card_of(one))] += one.chats
    for (is_private, top), chats in said.most_common(MOST_CARDS):
        yield context.localizer.html("check-card-private" if is_private else "check-card-group", count=chats)
        yield _quote(top)
    if (others := sum(said.values()) - sum(chats for _, chats in said.most_common(MOST_CARDS))) > 0:
        yield context.localizer.html("check-other-cards", count=others)
    if without:
        yield context.localizer.html("check-no-card", count=without)
    if not context.check.cards:
        yield context.localizer.html("check-card-new")
        yield _quote(card_top(context.card))


def _quote(lines: Markup) -> Markup:
    return Markup(f"<blockquote>{lines}</blockquote>")
