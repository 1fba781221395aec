"""What somebody answers to the question for an order's name: it is no number and no question, but that name."""

from aiogram.types import Message

from bot.telegram.gathering import storable
from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.telegram.said import Said
from bot.transactions.naming import fitting_name
from bot.understanding.other_numbers import without_other_numbers

LONGEST_NAME_TEXT = 400  # of what may become a name
NO_NAME = ""


def name_in(message: Message, said: Said, request: Request, context: HandlerContext) -> str | None:
    """Return the name that the message gives to an order; NO_NAME where it holds none.

    None where none was asked for, or where the answer is nothing but the number of an order, or a link to one.
    """
    question = message.reply_to_message
    if request.in_group or question is None:
        return None
    if not context.follow_service.asks_name(request.chat_id, question.message_id):
        return None
    written = storable(message.text or "")[:LONGEST_NAME_TEXT]
    if len(written.split()) == 1 and (said.understood.numbers or said.understood.payloads):
        return None
    return fitting_name(without_other_numbers(written)) or NO_NAME


async def name_order(message: Message, request: Request, context: HandlerContext, name: str) -> bool:
    """Call the order of the answered question so; return False if the chat follows it no longer."""
    question = message.reply_to_message
    found = context.follow_service.order_of_message(request.chat_id, question.message_id) if question else None
    if found is None:
        return False
    if name == NO_NAME:
        await context.answer(request, "name-unclear")
        return True
    return await context.card_service.set_name(found[0], name)
