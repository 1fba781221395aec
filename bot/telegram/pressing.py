"""What the buttons do. A press proves nothing: whose it is is checked at each one, and each is answered."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.telegram import keyboards
from bot.telegram.context import Turn
from bot.telegram.desk import Desk
from bot.telegram.shopper import settings_text, stop_awaiting
from bot.tracking.model import Level, Subscription
from bot.words.texts import Text


async def press(query: CallbackQuery, turn: Turn, desk: Desk) -> None:
    """A button. Each press is checked, and each is answered."""
    sign, argument = keyboards.read(query.data)
    act = _PRESSES.get(sign)
    toast = await act(query, turn, desk, argument) if act is not None else "toast-old"
    if toast is not None:
        await desk.toast(turn, query.id, toast)
    else:
        await desk.replies.toast(query.id)


def _mine(turn: Turn, desk: Desk, argument: str) -> Subscription | None:
    number = keyboards.number_in(argument)
    return desk.following.subscription(turn.asker.chat_id, number) if number is not None else None


async def _refresh(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str:
    mine = _mine(turn, desk, argument)
    if mine is None:
        return "toast-old"
    look = await desk.following.look_again(turn.asker, mine.id)
    chat = desk.following.chat(turn.asker.chat_id)
    if look is None or chat is None or query.message is None:
        return "toast-old"
    card = desk.renderer.card(look.order, look.subscription, chat, now=desk.clock.wall(), age=look.age)
    await _replace(query, turn, desk, card)
    return {"asked": "toast-refreshed", "too-soon": "toast-too-soon"}.get(look.looked.value, "toast-trouble")


async def _stop(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str:
    mine = _mine(turn, desk, argument)
    if mine is None:
        return "toast-old"
    if not await desk.may_manage(turn, desk.following.follower_of(mine.id)):
        return "toast-not-yours"
    return "toast-stopped" if await desk.stop(turn, mine) else "toast-old"


async def _stop_waiting(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str:
    waiting = desk.following.awaited(turn.asker.chat_id)
    meant = next((one for one in waiting if keyboards.digest(one.number) == argument), None)
    if meant is None:
        return "toast-old"
    if not await desk.may_manage(turn, meant.follower):
        return "toast-not-yours"
    await stop_awaiting(turn, desk, meant.number)
    return "toast-stopped"


async def _stop_all(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str:
    if not await desk.may_manage(turn):
        return "toast-not-yours"
    await desk.say(turn, "stopped-all", count=await desk.following.stop_all(turn.asker.chat_id))
    return "toast-saved"


async def _card(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str | None:
    mine = _mine(turn, desk, argument)
    return None if mine is not None and await desk.following.show_card(turn.asker, mine.id) else "toast-old"


async def _language(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str:
    if not await desk.may_manage(turn):
        return "toast-not-yours"
    if argument not in dict(desk.renderer.languages()):
        return "toast-old"
    await desk.following.set_language(turn.asker.chat_id, argument)
    await desk.say(turn.with_locale(argument), "language-changed")
    return "toast-saved"


async def _level(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str:
    if not await desk.may_manage(turn):
        return "toast-not-yours"
    if argument not in {level.value for level in Level}:
        return "toast-old"
    await desk.following.set_level(turn.asker.chat_id, Level(argument))
    await _replace(query, turn, desk, settings_text(turn, desk))
    return "toast-saved"


async def _forget(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str | None:
    if not await desk.may_manage(turn):
        return "toast-not-yours"
    if argument == "yes":
        await desk.following.forget(turn.asker.chat_id)
    await _replace(query, turn, desk, desk.text(turn, "forget-done" if argument == "yes" else "forget-cancelled"))
    return None


async def _tell(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str | None:
    """Staff's words go to the followers; only an admin may send them, and only once."""
    if not turn.admin:
        return "toast-old"
    draft = desk.drafts.take(turn.asker.chat_id, argument, desk.clock.now())
    done = await desk.staffing.tell(turn.asker.person, draft.number, draft.text) if draft is not None else None
    if done is None:
        return "toast-old"
    await _replace(query, turn, desk, desk.text(turn, "tell-done", number=done[0].order_id, count=done[1]))
    return None


async def _do_not_tell(query: CallbackQuery, turn: Turn, desk: Desk, argument: str) -> str | None:
    if not turn.admin or desk.drafts.take(turn.asker.chat_id, argument, desk.clock.now()) is None:
        return "toast-old"
    await _replace(query, turn, desk, desk.text(turn, "tell-cancelled"))
    return None


async def _replace(query: CallbackQuery, turn: Turn, desk: Desk, text: Text) -> None:
    if query.message is not None:
        await desk.replies.edit(turn.asker.chat_id, query.message.message_id, text)


_PRESSES = {
    "r": _refresh,
    "s": _stop,
    "x": _stop,
    "w": _stop_waiting,
    "a": _stop_all,
    "c": _card,
    "l": _language,
    "v": _level,
    "f": _forget,
    "t": _tell,
    "u": _do_not_tell,
}


def router() -> Router:
    """All presses."""
    made = Router(name="presses")
    made.callback_query.register(press)
    return made
