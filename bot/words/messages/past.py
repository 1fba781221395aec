"""How a card shows the past: the timeline, and the one line that is left of a card which is folded."""

from bot.tracking.card_content import FoldReason
from bot.tracking.statuses import DELIVERED, WAITING_FOR_PICKUP, Stage, look_up
from bot.tracking.timeline import Step, What, last_of_packages, states, timeline
from bot.words.fluent import emoji
from bot.words.html.escaping import Markup, escape
from bot.words.messages.card_context import CardContext
from bot.words.messages.packages import Package

_COURIER_UNITS = 14  # so that the line fits a phone
_AWAY = frozenset({What.LEFT, What.SOLVED, What.GOES_ON, What.AGAIN})  # with a courier, whose last word it is
_TROUBLES = {What.INCIDENT: ("short-incident", emoji.PROBLEM), What.HOLD: ("short-hold", emoji.HOLD)}


def past_steps(context: CardContext) -> tuple[Step, ...]:
    """Return the steps that the card's timeline shows, the newest first."""
    return timeline(context.content.history, context.order.shipments)


def timeline_block(context: CardContext, steps: tuple[Step, ...]) -> list[Markup]:
    """Return the timeline as a quotation that can be expanded; nothing if there are no steps."""
    packages = {package.shipment.key: package for package in context.packages}
    lines = "\n".join(_line(context, step, packages.get(step.package)) for step in steps)
    return [Markup(f"<blockquote expandable>{lines}</blockquote>")] if lines else []


def folded_line(context: CardContext) -> Markup:
    """Return what is left of a card: the first and the last step that it showed, and why it is folded."""
    reason = context.content.fold or FoldReason.NEWER
    trouble = _last_trouble(context)
    sign = _TROUBLES[trouble.what][1] if trouble else emoji.of_status(context.status)
    last = _step(context, _TROUBLES[trouble.what][0], trouble) if trouble else _doubted_pickup(context)
    return context.html("fold", steps=_first_and_last(context, last), why=reason.value, emoji=sign)


def _line(context: CardContext, step: Step, package: Package | None) -> Markup:
    if step.what is What.STATUS:
        what = context.html(_own_key(context, step))
    else:
        courier = package.shipment.courier if package else None
        shown = escape(courier, _COURIER_UNITS) if courier else Markup()
        key = "there" if step.what is What.DELIVERED and context.for_pickup else step.what.value
        what = context.html(f"past-package-{key}", package, courier=shown, known=bool(shown))
    return context.html("past", seen=step.by, clock=context.clock(step.at), what=what)


def _own_key(context: CardContext, step: Step) -> str:
    return "past-collected" if step.status == DELIVERED and context.picked_up else emoji.past_key(step.status)


def _last_trouble(context: CardContext) -> Step | None:
    """Return the trouble that was the newest thing on a card which is folded."""
    return next((step for step in past_steps(context)[:1] if step.what in _TROUBLES), None)


def _doubted_pickup(context: CardContext) -> Markup | None:
    """Return the last step of a ready order's card that said to ask first, for not all was reported at the place."""
    if context.status != WAITING_FOR_PICKUP:
        return None
    last = last_of_packages(context.content.history, context.order.shipments)
    there = [step for step in last if step.what is What.DELIVERED]
    if there:
        return _step(context, "short-partly-there", there[0]) if len(there) < len(context.packages) else None
    steps = states(context.content.history, context.order.shipments)
    ready = [step for step in steps if step.stage is Stage.READY_FOR_PICKUP and any(one.what in _AWAY for one in last)]
    return _step(context, "short-unreported", ready[-1]) if ready else None


def _step(context: CardContext, key: str, step: Step) -> Markup:
    return context.html("fold-step", state=context.html(key), clock=context.clock(step.at))


def _first_and_last(context: CardContext, otherwise: Markup | None) -> Markup:
    """Return the first and the last step of the order itself; the last is `otherwise` if that says more."""
    steps = states(context.content.history, context.order.shipments)
    last = [step for step in steps if step.stage is look_up(context.status).stage][-1:]
    first = [step for step in steps[:1] if step not in last and step.stage is not look_up(context.status).stage]
    if otherwise is not None:
        return Markup(", ".join([*(_told(context, step) for step in first), otherwise]))
    told = [_told(context, step) for step in (*first, *last)]
    return Markup(", ".join(told if last else [*told, context.localizer.status_phrase(context.status)]))


def _told(context: CardContext, step: Step) -> Markup:
    phrase = context.localizer.status_phrase(step.status, picked_up=context.picked_up)
    return context.html("fold-step", state=phrase, clock=context.clock(step.at))
