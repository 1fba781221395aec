"""Which orders a question is about: those that it names or answers to, else all that the chat follows.

A number that is awaited may be mistyped: it is meant by itself only where nothing is followed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.telegram import keyboards
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.telegram.said import Said
from bot.tracking.model import Order, Subscription
from bot.understanding.understood import Intent
from bot.words.callbacks import CallbackAction
from bot.words.texts import Button

Row = tuple[str, dict[str, object]]  # a key with its values
Buttons = list[list[Button]]


@dataclass(frozen=True, slots=True)
class Meant:
    """`unknown`: numbers that were named, which the chat neither follows nor awaits. `is_all`: none was singled out."""

    followed: tuple[tuple[Subscription, Order], ...] = ()
    awaited: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    is_all: bool = False

    @property
    def follows(self) -> str:
        """Return `$follows` of an answer."""
        return ("none", "one", "several")[min(2, len(self.followed) + len(self.awaited))]

    @property
    def only_order(self) -> tuple[Subscription, Order] | None:
        """The one order that is meant, if it is known."""
        return self.followed[0] if len(self.followed) == 1 and not self.awaited else None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which orders. `card_follows`: they are shown by themselves, right after the answer."""

    said: Said
    meant: Meant
    card_follows: bool = False

    @property
    def intent(self) -> Intent:
        """What the person wants."""
        return self.said.understood.intent


def meant_by(request: Request, context: HandlerContext, said: Said) -> Meant:
    """Return the orders that somebody speaks of."""
    service, chat_id = context.follow_service, request.chat_id
    if said.understood.numbers:
        return named(request, context, said.understood.numbers)
    if said.reply_to is not None:
        about = service.order_of_message(chat_id, said.reply_to)
        if about is not None:
            return Meant((about,))
        cited = named(request, context, said.cited)
        if cited.followed or cited.awaited:
            return Meant(cited.followed, cited.awaited)
    everything = all_of_chat(request, context)
    return replace(everything, awaited=()) if everything.followed else everything


def all_of_chat(request: Request, context: HandlerContext) -> Meant:
    """Return all that the chat follows and awaits."""
    awaited = tuple(one.number for one in context.follow_service.awaited(request.chat_id))
    return Meant(tuple(context.follow_service.followed(request.chat_id)), awaited, is_all=True)


def named(request: Request, context: HandlerContext, numbers: Iterable[str]) -> Meant:
    """Return what these numbers mean in a chat."""
    orders = {subscription.id: order for subscription, order in context.follow_service.followed(request.chat_id)}
    followed: dict[int, tuple[Subscription, Order]] = {}
    awaited: list[str] = []
    unknown: list[str] = []
    for number in numbers:
        subscription, waiting = context.follow_service.find_in_chat(request.chat_id, number)
        if subscription is not None and subscription.id in orders:
            followed[subscription.id] = subscription, orders[subscription.id]
        elif waiting is not None:
            awaited.append(waiting.number)
        else:
            unknown.append(number)
    return Meant(tuple(followed.values()), tuple(dict.fromkeys(awaited)), tuple(dict.fromkeys(unknown)))


def rows(request: Request, context: HandlerContext, meant: Meant) -> list[Row]:
    """Return a line for each order: its number and how it stands."""
    lines = [_row(request, context, subscription, order) for subscription, order in meant.followed]
    lines += [("list-row-awaited", {"number": one}) for one in meant.awaited]
    lines += [("list-row-unknown", {"number": one}) for one in meant.unknown]
    return lines


def choice(request: Request, meant: Meant) -> Buttons:
    """Return a button for the card of each order."""
    return keyboards.orders(meant.followed, CallbackAction.SHOW_CARD, labels=not request.in_group)


def stop_choice(request: Request, context: HandlerContext, meant: Meant) -> Buttons:
    """Return a button for each order and number that can be stopped, and one for all where none was singled out."""
    if meant.follows == "none":
        return []
    listed = keyboards.orders(meant.followed, CallbackAction.STOP_LISTED, labels=not request.in_group)
    listed += keyboards.awaited(meant.awaited)
    return [*listed, [context.button(request, "button-stop-all", CallbackAction.STOP_ALL)]] if meant.is_all else listed


def state_phrase(request: Request, context: HandlerContext, subscription: Subscription, order: Order) -> str:
    """Return how an order stands in a few words, as its card shows it."""
    return context.renderer.order_phrase(request.locale, order, subscription)


def _row(request: Request, context: HandlerContext, subscription: Subscription, order: Order) -> Row:
    # in a group a label may say more than the others should know
    label = None if request.in_group else subscription.label
    key = "list-row-labelled" if label else "list-row"
    return key, {"number": order.order_id, "state": state_phrase(request, context, subscription, order), "label": label}
