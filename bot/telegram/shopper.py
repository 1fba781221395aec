"""The commands of shoppers: each reads the request, calls one use case, answers."""

from aiogram import Router
from aiogram.types import Message

from bot.people import links
from bot.telegram import keyboards
from bot.telegram.commands import Command
from bot.telegram.filters import IsCommand, MayManageChat
from bot.telegram.follow_order import follow_order
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.tracking.deciding import effective_status
from bot.tracking.model import Level, Order, Subscription
from bot.understanding.numbers import leading_number
from bot.understanding.other_numbers import without_other_numbers
from bot.words.callbacks import FORGET_NO, FORGET_YES, CallbackAction
from bot.words.texts import Button, Text

LONGEST_LABEL_TEXT = 400  # of what may become a label


async def start(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Answer `/start`, with or without the payload of a link."""
    payload = command.first
    if not payload:
        key = {"link": "start-by-link", "group": "group-hint"}.get(context.way(request), "start")
        await context.answer(request, key)
        return
    linked = links.read(payload, context.config.link_secrets)
    if linked is not None:
        await follow_order(request, context, linked, verified=True)
        return
    is_open = not links.looks_signed(payload) and not context.config.by_link_only
    number = leading_number(command.rest)[0] if is_open else None
    if number is not None:
        await follow_order(request, context, number)
    else:
        await context.answer(request, "link-bad")


async def help_(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/help`; staff get theirs besides."""
    contact = context.renderer.contact_buttons(request.locale)
    await context.answer(request, "help", buttons=contact, way=context.way(request))
    if request.is_staff:
        await context.answer(request, "help-staff")


async def privacy(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/privacy`."""
    contact = context.renderer.contact_buttons(request.locale)
    days, copies = context.config.keep_days, "yes" if context.config.makes_backups else "no"
    await context.answer(request, "privacy", buttons=contact, days=days, copies=copies)


async def orders(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/orders` with what the chat follows and what it waits for."""
    if not await show_orders(request, context, "list-heading"):
        await context.answer(request, "list-empty", way=context.way(request))


async def show_orders(request: Request, context: HandlerContext, heading: str, *, below: keyboards.Rows = ()) -> bool:
    """Show what the chat follows and awaits; False, and nothing shown, if there is none."""
    followed = context.follow_service.followed(request.chat_id)
    rows = [_row(request, context, subscription, order) for subscription, order in followed]
    rows += [("list-row-awaited", {"number": one.number}) for one in context.follow_service.awaited(request.chat_id)]
    if rows:
        listing = context.renderer.listing(request.locale, heading, rows)
        buttons = keyboards.orders(followed, CallbackAction.SHOW_CARD, labels=not request.in_group)
        await context.reply(request, keyboards.with_buttons(listing, [*buttons, *below]))
    return bool(rows)


def _row(
    request: Request, context: HandlerContext, subscription: Subscription, order: Order
) -> tuple[str, dict[str, object]]:
    status = effective_status(order) or ""  # as the order's card shows it
    state = context.renderer.status_phrase(request.locale, status, for_pickup=order.for_pickup)
    # in a group a label may say more than the others should know
    label = None if request.in_group else subscription.label
    key = "list-row-labelled" if label else "list-row"
    return key, {"number": order.order_id, "state": state, "label": label}


async def order(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Follow the order of `/order ID`, and with words behind the number: call it so."""
    number, words = leading_number(command.rest)
    if number is None:
        await context.answer(request, "group-hint" if request.in_group else "order-usage")
        return
    label = without_other_numbers(words[:LONGEST_LABEL_TEXT]) or None
    await follow_order(request, context, number, label=label)


async def stop(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Stop what `/stop` names, or the only one there is, or offer a choice."""
    followed, awaited = (
        context.follow_service.followed(request.chat_id),
        context.follow_service.awaited(request.chat_id),
    )
    if command.rest:
        number, _ = leading_number(command.rest)
        subscription, waiting = (
            (None, None) if number is None else context.follow_service.find_in_chat(request.chat_id, number)
        )
        key = "stop-which" if followed else "stop-nothing"
    else:
        is_only_one = len(followed) + len(awaited) == 1
        subscription = followed[0][0] if is_only_one and followed else None
        waiting = awaited[0] if is_only_one and awaited else None
        key = "stop-which" if followed or awaited else "stop-nothing"
    if subscription is not None:
        await _stop_one(request, context, subscription)
    elif waiting is not None:
        await _stop_awaiting(request, context, waiting.number, waiting.follower)
    else:
        await context.answer(request, key, buttons=stop_choice(request, context))


def stop_choice(request: Request, context: HandlerContext) -> list[list[Button]]:
    """Return a button for each order and number that can be stopped, and one for all of them."""
    followed, awaited = (
        context.follow_service.followed(request.chat_id),
        context.follow_service.awaited(request.chat_id),
    )
    if not followed and not awaited:
        return []
    rows = keyboards.orders(followed, CallbackAction.STOP_LISTED, labels=not request.in_group)
    rows += keyboards.awaited(one.number for one in awaited)
    return [*rows, [context.button(request, "button-stop-all", CallbackAction.STOP_ALL)]]


async def _stop_one(request: Request, context: HandlerContext, subscription: Subscription) -> None:
    if await context.may_manage(request, context.follow_service.follower_of(subscription.id)):
        await context.stop(request, subscription)
    else:
        await context.answer(request, "not-yours-to-stop")


async def _stop_awaiting(request: Request, context: HandlerContext, number: str, follower: int | None) -> None:
    if await context.may_manage(request, follower):
        await context.stop_awaiting(request, number)
    else:
        await context.answer(request, "not-yours-to-stop")


async def language(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/language` with the menu."""
    buttons = keyboards.languages(context.renderer.languages())
    await context.answer(request, "language-choose", buttons=buttons)


async def settings(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/settings` with how much the chat hears."""
    await context.reply(request, settings_text(request, context))


def settings_text(request: Request, context: HandlerContext) -> Text:
    """Return how much the chat hears now, with a button for each level."""
    names = {level: context.renderer.plain(request.locale, f"level-name-{level.value}") for level in Level}
    now = names[context.follow_service.level(request.chat_id)]
    text = context.renderer.listing(request.locale, "settings", [("settings-levels", {})], level=now)
    return keyboards.with_buttons(text, keyboards.levels(names))


async def forget(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/forget` by asking first."""
    yes = context.button(request, "button-forget", CallbackAction.FORGET, FORGET_YES)
    no = context.button(request, "button-keep", CallbackAction.FORGET, FORGET_NO)
    await context.answer(request, "forget-confirm", buttons=[[yes], [no]])


async def export(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/export` with all that is held of the chat, as a file."""
    content = await context.follow_service.export(request.chat_id)
    if content is None:
        await context.answer(request, "export-empty")
        return
    caption = context.text(request, "export-ready")
    thread_id = request.requester.thread_id
    await context.replies.document(request.chat_id, "onroute.json", content, caption, thread_id=thread_id)


async def group_admins_only(message: Message, request: Request, context: HandlerContext) -> None:
    """Refuse what concerns the whole chat to whoever doesn't decide for it."""
    await context.answer(request, "group-admins-only")


def router() -> Router:
    """Return the commands that everybody has."""
    made = Router(name="shopper")
    on_message = made.message.register
    on_message(start, IsCommand("start"))
    on_message(help_, IsCommand("help"))
    on_message(privacy, IsCommand("privacy"))
    on_message(orders, IsCommand("orders"))
    on_message(order, IsCommand("order"))
    on_message(stop, IsCommand("stop"))
    on_message(language, IsCommand("language"), MayManageChat())
    on_message(settings, IsCommand("settings"), MayManageChat())
    on_message(forget, IsCommand("forget"), MayManageChat())
    on_message(export, IsCommand("export"), MayManageChat())
    on_message(group_admins_only, IsCommand("language", "settings", "forget", "export"))
    return made
