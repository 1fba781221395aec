"""An order's card: which lines it has and in which order, and the fingerprint of what it shows."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from html import unescape

from bot.tracking.model import Item
from bot.tracking.statuses import WAITING_FOR_PICKUP, Stage, look_up
from bot.tracking.timeline import Step
from bot.words.fluent import emoji
from bot.words.html.escaping import Markup, escape, fit_message
from bot.words.html.utf16 import utf16_length
from bot.words.messages.buttons import Rows
from bot.words.messages.card_context import CardContext
from bot.words.messages.packages import MAX_PACKAGES, PACKAGE_ENDS
from bot.words.messages.past import past_steps, timeline_block
from bot.words.messages.sentences import RETURNED, headline, leads, main_sentences, more_sentences, promises_already
from bot.words.texts import CardWords, Text

MOST_UNITS = 340  # of a card, without names, items and the timeline: longer ones are not read
_TAG = re.compile("<[^>]*>")
_MAX_ITEMS = 5
_ITEM_UNITS = 40
_MAX_QUANTITY = 1e6  # a larger quantity of one item is a mistake
_LEFT_OR_READY = frozenset({Stage.ON_ITS_WAY, Stage.READY_FOR_PICKUP})
_STEP_OF_STAGE = {
    Stage.RECEIVED: 1,
    Stage.BEING_PREPARED: 2,
    Stage.PACKED: 3,
    Stage.AWAITING_COURIER: 3,
    Stage.ON_ITS_WAY: 4,
    Stage.READY_FOR_PICKUP: 4,
}


def card_text(words: CardWords, buttons: Rows) -> Text:
    """Return the card: its words above its buttons."""
    return with_fingerprint(Text(words.html, buttons), [words.shown])


def card_words(context: CardContext) -> CardWords:
    """Word the card as the order is now."""
    steps = past_steps(context)
    first_line, state, step = headline(context), main_sentences(context), _step_line(context)
    ticking = _updated_line(context, steps)
    [lead, *others] = [*leads(context)] or [Markup()]
    following = [] if lead else _following_line(context)
    fixed = [first_line, lead, *state, *step, *following, *ticking]
    room = MOST_UNITS + _units(context.name) - sum(map(_units, fixed))
    more = _fitting(more_sentences(context), room)
    lines = [
        first_line,
        *filter(None, [lead]),
        *_fitting(others, room - sum(map(_units, more))),
        *state,
        *more,
        *_package_lines(context),
        *_items_line(context),
        *step,
        *timeline_block(context, steps),
        *following,
    ]
    return CardWords(fit_message("\n".join([*lines, *ticking])), _digest(_shown(context, lines)))


def card_top(context: CardContext) -> Markup:
    """Return what a card says first: its line 1, why it came, and what the status means. Staff are shown the same."""
    return Markup("\n".join([headline(context), *leads(context), *main_sentences(context)]))


def _fitting(lines: Iterable[Markup], room: int) -> list[Markup]:
    """Return the first of these, as long as the card stays short."""
    kept: list[Markup] = []
    for line in lines:
        room -= _units(line)
        if room < 0:
            break
        kept.append(line)
    return kept


def _units(line: str) -> int:
    """Return how much room a line takes, with its line break and without tags; foreign text is escaped in it."""
    return utf16_length(unescape(_TAG.sub("", line))) + 1


def with_fingerprint(text: Text, shown: Sequence[str]) -> Text:
    """Add the hash of what a card shows: these lines, and its buttons."""
    buttons = [[(one.label, one.kind.value, one.value, one.style) for one in row] for row in text.buttons]
    return Text(text.html, text.buttons, _digest((list(shown), buttons)), text.asks)


def _digest(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _shown(context: CardContext, lines: Sequence[str]) -> list[str]:
    """Return what the fingerprint is made of: that somebody had us ask is shown, how long ago is not."""
    checked = context.content.checked_at
    return [*lines, "" if checked is None else context.clock(checked), str(_is_old(context))]


def _package_lines(context: CardContext) -> list[Markup]:
    packages = context.packages
    stand = {package.how_it_stands for package in packages}
    # once the order is at its end, nothing is said that it makes wrong, such as a package that is on its way
    says_nothing = context.is_over and (len(stand) == 1 or not stand <= PACKAGE_ENDS)
    # what is ready for pickup is there, wherever its couriers say that they are
    if len(packages) < 2 or says_nothing or context.status == WAITING_FOR_PICKUP:
        return []
    return [context.html("package", package, **{"is": package.how_it_stands}) for package in packages[:MAX_PACKAGES]]


def _step_line(context: CardContext) -> list[Markup]:
    stage = look_up(context.status).stage
    step = _STEP_OF_STAGE.get(stage)
    if step is None or context.packages_end or context.is_unreported:  # whether pickup comes next is not sure
        return []
    if context.trouble or _is_one_back(context):
        return [context.html("step-trouble", step=step)]
    return [context.html("step-packed" if context.status in emoji.WITHOUT_A_WAY else f"step-{stage.value}")]


def _is_one_back(context: CardContext) -> bool:
    """Return whether a package went back, so that not all of what comes next will."""
    return any(package.shipment.status == RETURNED for package in context.packages)


def _items_line(context: CardContext) -> list[Markup]:
    items = context.order.items
    fits = context.content.lead.first or look_up(context.status).stage in _LEFT_OR_READY
    return listed_items(context) if items and fits and _may_see_items(context) else []


def listed_items(context: CardContext) -> list[Markup]:
    """Return the line of the first items; none where there are none, or none with a name that shows."""
    items = context.order.items
    first = items[:_MAX_ITEMS]
    listed = Markup(", ".join(_item(context, item) for item in first if item.name.strip()))
    return [context.html("items", items=listed, more=len(items) - len(first))] if listed else []


def _may_see_items(context: CardContext) -> bool:
    verified = bool(context.subscription and context.subscription.verified)
    return context.is_private and (context.items_for == "all" or (context.items_for == "links" and verified))


def _item(context: CardContext, item: Item) -> Markup:
    name = escape(item.name, _ITEM_UNITS)
    if item.quantity is None or not 0 < item.quantity < _MAX_QUANTITY or item.quantity == 1:
        return name
    return context.html("item", quantity=context.localizer.quantity(item.quantity), name=name)


def _following_line(context: CardContext) -> list[Markup]:
    """Say what will come: on the first card, and once after the levels have changed."""
    if context.subscription is None or context.is_over:
        return []
    if context.content.says_levels:
        return [context.html("levels-changed")]
    if not context.content.lead.first or promises_already(context):
        return []
    has_left = look_up(context.status).stage in _LEFT_OR_READY
    return [context.html("following-left" if has_left else f"following-{context.subscription.level.value}")]


def _is_old(context: CardContext) -> bool:
    return context.content.is_stale or context.content.age is not None


def _updated_line(context: CardContext, steps: Sequence[Step]) -> list[Markup]:
    """Say when the newest thing on the card happened, and when somebody had us ask. An end has its time above."""
    newest = None if context.is_over and steps else _newest(context, steps)
    if _is_old(context):
        return [_may_be_outdated(context, newest)]
    checked = context.content.checked_at
    if newest is None:
        return [] if checked is None else [context.html("checked", clock=context.clock(checked))]
    updated = context.relative_time(newest)
    if checked is None:
        return [context.html("updated", updated=updated)]
    return [context.html("updated-checked", updated=updated, clock=context.clock(checked))]


def _may_be_outdated(context: CardContext, newest: float | None) -> Markup:
    """Say when a check last worked, and that there may be news since."""
    age = context.content.age
    if age is None:
        return context.html("last-checked-unknown")
    clock = context.clock(context.now - age)
    if newest is None:
        return context.html("last-checked", clock=clock)
    return context.html("updated-last-checked", updated=context.relative_time(newest), clock=clock)


def _newest(context: CardContext, steps: Sequence[Step]) -> float | None:
    order = context.order
    own = (order.since if order.since is not None else order.observed_at) if context.status == order.status else None
    return max((at for at in (own, *(step.at for step in steps)) if at is not None), default=None)
