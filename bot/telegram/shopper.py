"""The commands of shoppers: each reads the request, calls one use case, answers."""

from aiogram import Router
from aiogram.types import Message

from bot.telegram import keyboards
from bot.telegram.commands import Command
from bot.telegram.filters import IsCommand, MayManageChat
from bot.telegram.follow_order import Wanted, follow_order, follow_orders
from bot.telegram.handler_context import HandlerContext
from bot.telegram.meant import Meant, all_of_chat, choice, named, rows, stop_choice
from bot.telegram.request import Request
from bot.telegram.said import holds_example
from bot.telegram.settings_menu import settings_text
from bot.tracking.model import Subscription
from bot.understanding.numbers import order_arguments
from bot.understanding.other_numbers import without_other_numbers
from bot.words.callbacks import FORGET_NO, FORGET_YES, CallbackAction

LONGEST_LABEL_TEXT = 400  # of what may become a label


async def help_(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/help`."""
    await context.answer(request, "help", way=context.way(request))


async def privacy(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/privacy`."""
    days, copies = context.config.keep_days, "yes" if context.config.makes_backups else "no"
    await context.answer(request, "privacy", days=days, copies=copies)


async def orders(message: Message, request: Request, context: HandlerContext) -> None:
    """Answer `/orders` with what the chat follows and what it waits for; a single order is shown by its card."""
    everything = all_of_chat(request, context)
    only = everything.only_order
    if only is not None:
        await context.follow_service.show_card(request.requester, only[0].id)
        return
    if everything.follows == "none":
        await context.answer(request, "list-empty", way=context.way(request))
        return
    listing = context.renderer.listing(request.locale, "list-heading", rows(request, context, everything))
    await context.reply(request, keyboards.with_buttons(listing, choice(request, everything)))


async def order(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Follow the orders of `/order ID`, and with words behind the number: call it so."""
    numbers, words = order_arguments(command.rest)
    if not numbers and holds_example(command.rest):
        await context.answer(request, "example-sent", way=context.way(request))
    elif not numbers:
        await context.answer(request, context.hint(request, private="order-usage"))
    elif len(numbers) == 1:
        label = without_other_numbers(words[:LONGEST_LABEL_TEXT]) or None
        await follow_order(request, context, numbers[0], label=label)
    else:
        await follow_orders(request, context, [Wanted(number) for number in numbers])


async def stop(message: Message, request: Request, context: HandlerContext, command: Command) -> None:
    """Stop what `/stop` names, or the only one there is, or offer a choice."""
    everything = all_of_chat(request, context)
    if command.rest:
        meant = named(request, context, order_arguments(command.rest)[0])
    else:
        meant = everything if everything.follows == "one" else Meant()
    for subscription, _ in meant.followed:
        await _stop_one(request, context, subscription)
    for number in meant.awaited:
        await _stop_awaiting(request, context, number)
    if meant.follows != "none" and meant.unknown:
        await context.answer(request, "stop-not-followed", orders=context.order_names(request, meant.unknown))
    if meant.follows == "none":
        await _offer_to_stop(request, context, everything, is_named=bool(command.rest))


async def _offer_to_stop(request: Request, context: HandlerContext, everything: Meant, *, is_named: bool) -> None:
    offers = everything.followed if is_named else everything.follows != "none"
    await context.answer(
        request, "stop-which" if offers else "stop-nothing", buttons=stop_choice(request, context, everything)
    )


async def _stop_one(request: Request, context: HandlerContext, subscription: Subscription) -> None:
    if await context.may_manage(request, context.follow_service.follower_of(subscription.id)):
        await context.stop(request, subscription)
    else:
        await context.answer(request, "not-yours-to-stop")


async def _stop_awaiting(request: Request, context: HandlerContext, number: str) -> None:
    follower = next(
        (one.follower for one in context.follow_service.awaited(request.chat_id) if one.number == number), None
    )
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
