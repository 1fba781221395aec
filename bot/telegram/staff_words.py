"""What staff write in free words about orders: they are shown each order as staff see it, not as its followers do."""

from bot.telegram.handler_context import HandlerContext
from bot.telegram.request import Request
from bot.telegram.said import Said
from bot.telegram.staff_check import named_by_staff, show_each
from bot.understanding.understood import Intent

# what staff want of the bot for themselves
_OWN_WISHES = frozenset({Intent.STOP_MESSAGES, Intent.PRIVACY_OR_DELETE_DATA})


async def show_what_staff_name(request: Request, context: HandlerContext, said: Said) -> bool:
    """Show the orders that staff write about; False if they name none, or one number and nothing else, to follow it."""
    if not request.is_staff or said.understood.intent in _OWN_WISHES or said.understood.payloads:
        return False
    numbers = named_by_staff(context, said.mentioned, said.understood.numbers)
    if not numbers or (said.mentioned.is_alone and len(numbers) == 1):
        return False
    await show_each(request, context, numbers)
    return True
