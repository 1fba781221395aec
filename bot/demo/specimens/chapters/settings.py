"""Orders, names, stopping, settings, and what is stored about a chat."""

from collections.abc import Iterator

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import COUNTS, E_MERCADO, ECOLO, MOM, OTHER_NUMBERS, UNNAMED
from bot.demo.specimens.conversation import MESSAGE, PRESS, Conversation, Edition
from bot.demo.specimens.life import Life
from bot.demo.specimens.said import NOTE, words
from bot.demo.specimens.turns import Scene
from bot.telegram import callbacks, shopper
from bot.telegram.commands import Command
from bot.tracking.card_content import FoldReason
from bot.tracking.model import Kind, Level
from bot.tracking.statuses import DELIVERED, ON_ROUTE
from bot.words.callbacks import FORGET_NO, FORGET_YES, QUIET_OFF, QUIET_ON, CallbackAction, CallbackData


def scenes(edition: Edition) -> Iterator[Scene]:
    """Use every command and menu."""
    yield _orders(Conversation(edition, E_MERCADO, "Several orders: list them, stop one, stop all"))
    yield _stop(Conversation(edition, ECOLO, "One order: name it, stop it"))
    yield _stop(Conversation(edition, ECOLO, "One order by the store’s link: stop it, delete all", by_link=True))
    yield _stop(Conversation(edition, UNNAMED, "One order in a group: stop it, delete all", group=True))
    yield _settings(Conversation(edition, E_MERCADO, "How much the chat hears, and in which language"))
    for store, backups, days in ((E_MERCADO, True, 30), (UNNAMED, False, 1)):
        yield _stored(Conversation(edition, store, "What is stored", backups=backups, keep_days=days))
    yield _note(Conversation(edition, E_MERCADO, "A note from the store; the order is put away"))
    yield _not_theirs(Conversation(edition, E_MERCADO, "In a group: what not everybody may do", group=True))
    yield _counts(Conversation(edition, E_MERCADO, "The same, with each count"))


def _orders(chat: Conversation) -> Scene:
    request, context = chat.request, chat.context
    Life(chat, "READY_FOR_HANDLING", "PACKING", label=MOM)
    Life(chat, "READY_FOR_HANDLING", number=OTHER_NUMBERS[0])
    Life(chat, "READY_FOR_HANDLING", DELIVERED, number=OTHER_NUMBERS[1])
    chat.followed.wait_for(OTHER_NUMBERS[2], chat.now)
    chat.types("/orders", shopper.orders(MESSAGE, request, context))
    first = chat.followed.lives[1]
    chat.presses(first.number, callbacks.show_card(PRESS, request, context, first.subscription))
    chat.types("/stop", shopper.stop(MESSAGE, request, context, Command("stop")))
    chat.presses(MOM, _stops_listed(chat, chat.followed.lives[0]))
    wrong = Command("stop", rest=f"{OTHER_NUMBERS[1]} {OTHER_NUMBERS[3]}")
    chat.types(f"/stop {wrong.rest}", shopper.stop(MESSAGE, request, context, wrong))
    chat.types("/stop", shopper.stop(MESSAGE, request, context, Command("stop")))
    chat.presses(OTHER_NUMBERS[2], callbacks.stop_awaiting(PRESS, request, context, OTHER_NUMBERS[2], None))
    chat.followed.wait_for(OTHER_NUMBERS[2], chat.now)
    chat.presses(chat.plain("button-stop-all"), callbacks.stop_all(PRESS, request, context))
    chat.types("/stop", shopper.stop(MESSAGE, request, context, Command("stop")))
    return chat.scene


async def _stops_listed(chat: Conversation, life: Life) -> str:
    await chat.context.stop(chat.request, life.subscription)
    return "toast-stopped"


def _stop(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING")
    by_link, in_group = chat.context.config.by_link_only, chat.request.in_group
    life.arrives("you open the store’s link" if by_link else f"you: /order {NUMBER}" if in_group else f"you: {NUMBER}")
    if not by_link and not in_group:
        _name(chat, life)
    life.opens_more()
    chat.presses(chat.plain("button-stop"), _stops_listed(chat, life))
    life.folds(FoldReason.STOPPED, "(the card above folds)")
    if by_link or in_group:
        _forget(chat)
    return chat.scene


def _name(chat: Conversation, life: Life) -> None:
    life.opens_more()
    life.sends(Kind.NAME, f"you press [{chat.plain('button-name')}]")
    chat.answered("you reply to it: 12345678", "name-unclear")
    life.named(MOM)


def _settings(chat: Conversation) -> Scene:
    request, context = chat.request, chat.context
    chat.types("/settings", shopper.settings(MESSAGE, request, context))
    for level in (Level.EVERY, Level.KEY, Level.MAIN):
        data = CallbackData(CallbackAction.SET_LEVEL, level.value)
        chat.presses(chat.plain(f"level-name-{level.value}"), callbacks.set_level(PRESS, request, context, data))
    for key, argument in (("button-quiet-nights", QUIET_ON), ("button-loud-nights", QUIET_OFF)):
        data = CallbackData(CallbackAction.SET_QUIET, argument)
        chat.presses(chat.plain(key), callbacks.set_quiet(PRESS, request, context, data))
    chat.types("/language", shopper.language(MESSAGE, request, context))
    spoken = CallbackData(CallbackAction.SET_LANGUAGE, chat.language)
    chat.presses(chat.plain("language-name"), callbacks.set_language(PRESS, request, context, spoken))
    return chat.scene


def _stored(chat: Conversation) -> Scene:
    request, context = chat.request, chat.context
    chat.types("/privacy", shopper.privacy(MESSAGE, request, context))
    chat.types("/export", shopper.export(MESSAGE, request, context))
    chat.types("/forget", shopper.forget(MESSAGE, request, context))
    no = CallbackData(CallbackAction.FORGET, FORGET_NO)
    chat.presses(chat.plain("button-keep"), callbacks.forget(PRESS, request, context, no))
    _forget(chat)
    chat.followed.stored = None
    chat.types("/export", shopper.export(MESSAGE, request, context))
    return chat.scene


def _forget(chat: Conversation) -> None:
    chat.types("/forget", shopper.forget(MESSAGE, chat.request, chat.context))
    yes = CallbackData(CallbackAction.FORGET, FORGET_YES)
    chat.presses(chat.plain("button-forget"), callbacks.forget(PRESS, chat.request, chat.context, yes))


def _note(chat: Conversation) -> Scene:
    life = Life(chat, "READY_FOR_HANDLING", "PICKING", label=MOM)
    life.arrives(f"you: /order {NUMBER} {MOM}")
    life.sends(Kind.NOTE, "(later, with sound: the store’s staff have written this)", text=words(chat.language, NOTE))
    life.steps(ON_ROUTE, 60)
    for days in (30, *COUNTS[1:]):
        chat.minutes_later(days * 24 * 60)
        life.sends(Kind.ARCHIVED, f"({days} days without news later, silent)", days=days)
    life.folds(FoldReason.ARCHIVED)
    return chat.scene


def _not_theirs(chat: Conversation) -> Scene:
    chat.answered("somebody who is no administrator: /settings", "group-admins-only")
    chat.answered(f"somebody else: /stop {NUMBER}", "not-yours-to-stop")
    chat.toasts("toast-not-yours", f"somebody else presses [{chat.plain('button-stop')}]")
    return chat.scene


def _counts(chat: Conversation) -> Scene:
    for days in COUNTS:
        chat.answered(f"you: /privacy (kept for {days} days)", "privacy", days=days, copies="yes")
    return chat.scene
