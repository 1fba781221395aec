"""What the card of `/check` says of those who follow an order: what their cards show, and what they were told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.tracking.card_content import StaffTold
from bot.tracking.deciding import effective_status
from bot.tracking.lead import Lead
from bot.tracking.model import Receipt, Wall
from bot.words.html.escaping import Markup
from bot.words.messages.card import card_top
from bot.words.messages.card_phrase import card_phrase
from bot.words.messages.check_context import CardsShown, CheckContext
from bot.words.messages.telegram_reasons import reasons
from bot.words.messages.told_lines import told_lines

MOST_CARDS = 3  # different ones; the rest is counted


def told_block(context: CheckContext) -> Iterator[Markup]:
    """Return the lines about those who follow the order."""
    check, html = context.check, context.localizer.html
    staff = sum(one.staff for one in check.cards)
    yield html("check-followed", count=sum(one.chats for one in check.cards), staff=staff)
    if stopped := check.stopped:
        yield html("check-stopped", count=stopped.chats, clock=context.clock(stopped.last_at))
    paused = [(one.paused, one.chats) for one in check.cards if one.paused is not None]
    if paused:
        count = sum(chats for _, chats in paused)
        yield html("check-cannot-write", count=count, why=reasons(context.localizer, paused))
    yield from _not_told(context)
    if check.waiting.chats:
        yield html("check-waited", count=check.waiting.chats)
    yield from _receipts(context)
    yield from _cards(context)
    yield from told_lines(context.localizer, check.told, context.clock, current=effective_status(context.order))


def _not_told(context: CheckContext) -> Iterator[Markup]:
    """Name the news that followers were not told as they can't be written to."""
    now = card_phrase(context.card)
    behind = [one for one in context.check.cards if one.paused is not None and _is_behind(context, one, now)]
    if behind:
        count = sum(one.chats for one in behind)
        why = reasons(context.localizer, [(one.paused, one.chats) for one in behind])
        yield context.localizer.html("check-not-told", what=now, count=count, why=why)


def _is_behind(context: CheckContext, shown: CardsShown, now: Markup) -> bool:
    """Tell whether a card says something else than how the order stands; why it came is no difference."""
    return shown.status is None or card_phrase(context.card_of(replace(shown, lead=Lead()))) != now


def _receipts(context: CheckContext) -> Iterator[Markup]:
    said = Counter[Receipt | None]()
    for one in context.check.cards:
        said[one.receipt] += one.chats
    if said[Receipt.MISSING]:
        yield _not_received(context, said[Receipt.MISSING])
    if have := said[Receipt.GOOD] + said[Receipt.FOUND]:
        yield context.localizer.html("check-received", count=have)


def _not_received(context: CheckContext, count: int) -> Markup:
    missed, known = context.check.missed, {StaffTold.TOLD: "told", StaffTold.LATER: "later"}
    by = known.get(context.check.staff_told or StaffTold.NOBODY, "nobody")
    if missed.name is not None:
        by = "somebody" if missed.name else "unknown"
    elif missed.alerted_at is None:
        by = "nobody"
    return context.localizer.html(
        "check-not-received",
        count=count,
        timed=missed.since is not None,
        clock=_clock(context, missed.since),
        by=by,
        name=missed.name or "",
        alerted=_clock(context, missed.alerted_at),
    )


def _clock(context: CheckContext, at: Wall | None) -> Markup:
    return Markup() if at is None else context.clock(at)


def _cards(context: CheckContext) -> Iterator[Markup]:
    """Say what the followers' cards say, by the very lines of a card; alike ones are counted together."""
    without = sum(one.chats for one in context.check.cards if one.status is None)
    said = Counter[tuple[bool, Markup]]()
    for one in context.check.cards:
        if one.status is not None:
            said[one.is_private, card_top(context.card_of(one))] += one.chats
    for (is_private, top), chats in said.most_common(MOST_CARDS):
        yield context.localizer.html("check-card-private" if is_private else "check-card-group", count=chats)
        yield quoted_card(top)
    if (others := sum(said.values()) - sum(chats for _, chats in said.most_common(MOST_CARDS))) > 0:
        yield context.localizer.html("check-other-cards", count=others)
    if without:
        yield context.localizer.html("check-no-card", count=without)
    if not context.check.cards:
        yield context.localizer.html("check-card-new")
        yield quoted_card(card_top(context.card))


def quoted_card(lines: Markup) -> Markup:
    """Return a card's words as a quotation."""
    return Markup(f"<blockquote>{lines}</blockquote>")
