"""What a shopper can say or press: read the update, call one use case, answer."""

import asyncio

from aiogram import Router
from aiogram.types import Message

from bot.people import links
from bot.people.following import Said, Wish
from bot.people.limits import MOST_FOLLOWED, MOST_LOOKED_UP
from bot.telegram import keyboards
from bot.telegram.context import Command, Named, Turn
from bot.telegram.desk import Desk
from bot.telegram.hearing import Meant, meant
from bot.tracking.model import Level, Order, Subscription
from bot.tracking.numbers import find_numbers, leading_number
from bot.tracking.other_numbers import without_other_numbers
from bot.transactions.follow import MOST_AWAITED
from bot.words.texts import Button, Text

LONGEST_LABEL = 40
LONGEST_SAID = 400  # of what may become a label


async def start(message: Message, turn: Turn, desk: Desk) -> None:
    """`/start`, with or without the payload of a link."""
    payload = turn.command.first if turn.command is not None else ""
    if not payload:
        key = {"link": "start-by-link", "group": "group-hint"}.get(desk.way(turn), "start")
        await desk.say(turn, key)
        return
    linked = links.read(payload, desk.policies.link_secrets)
    if linked is not None:
        await follow(turn, desk, linked, verified=True)
        return
    is_open = not links.looks_signed(payload) and not desk.policies.by_link_only
    number = leading_number(turn.command.rest)[0] if turn.command is not None and is_open else None
    if number is not None:
        await follow(turn, desk, number)
    else:
        await desk.say(turn, "link-bad")


async def help_(message: Message, turn: Turn, desk: Desk) -> None:
    """`/help`; staff get theirs besides."""
    await desk.say(turn, "help", buttons=desk.renderer.contact_buttons(turn.locale), way=desk.way(turn))
    if turn.staff:
        await desk.say(turn, "help-staff")


async def privacy(message: Message, turn: Turn, desk: Desk) -> None:
    """`/privacy`."""
    await desk.say(turn, "privacy", buttons=desk.renderer.contact_buttons(turn.locale), days=desk.policies.keep_days)


async def orders(message: Message, turn: Turn, desk: Desk) -> None:
    """`/orders`: what the chat follows and what it waits for."""
    if not await _listed(turn, desk, "list-heading"):
        await desk.say(turn, "list-empty", way=desk.way(turn))


async def _listed(turn: Turn, desk: Desk, heading: str, *, below: keyboards.Rows = ()) -> bool:
    """Show what the chat follows and awaits; False, and nothing shown, if there is none."""
    followed = desk.following.followed(turn.asker.chat_id)
    rows = [_row(turn, desk, subscription, order) for subscription, order in followed]
    rows += [("list-row-awaited", {"number": one.number}) for one in desk.following.awaited(turn.asker.chat_id)]
    if rows:
        listing = desk.renderer.listing(turn.locale, heading, rows)
        buttons = [*keyboards.orders(followed, "c", labels=not turn.in_group), *below]
        await desk.reply(turn, keyboards.with_buttons(listing, buttons))
    return bool(rows)


def _row(turn: Turn, desk: Desk, subscription: Subscription, order: Order) -> tuple[str, dict[str, object]]:
    state = desk.renderer.status_phrase(turn.locale, order.status or "", for_pickup=order.for_pickup)
    # in a group a label may say more than the others should know
    label = None if turn.in_group else subscription.label
    key = "list-row-labelled" if label else "list-row"
    return key, {"number": order.order_id, "state": state, "label": label}


async def order(message: Message, turn: Turn, desk: Desk) -> None:
    """`/order ID`, and with words behind the number: call it so."""
    command = turn.command or Command("order")
    number, words = leading_number(command.rest)
    if number is None:
        await desk.say(turn, "group-hint" if turn.in_group else "order-usage")
        return
    await follow(turn, desk, number, label=without_other_numbers(words[:LONGEST_SAID])[:LONGEST_LABEL] or None)


async def stop(message: Message, turn: Turn, desk: Desk) -> None:
    """`/stop`: the named one, the only one, or a choice."""
    chat_id = turn.asker.chat_id
    word = turn.command.rest if turn.command is not None else ""
    followed, awaited = desk.following.followed(chat_id), desk.following.awaited(chat_id)
    if word:
        number, _ = leading_number(word)
        subscription, waiting = desk.following.meant(chat_id, number) if number is not None else (None, None)
        if subscription is not None:
            await _stop_one(turn, desk, subscription)
        elif waiting is not None:
            await _stop_waiting(turn, desk, waiting.number, waiting.follower)
        else:
            await desk.say(turn, "stop-nothing" if not followed else "stop-which", buttons=_choice(desk, turn))
    elif not followed and not awaited:
        await desk.say(turn, "stop-nothing")
    elif len(followed) == 1 and not awaited:
        await _stop_one(turn, desk, followed[0][0])
    elif len(awaited) == 1 and not followed:
        await _stop_waiting(turn, desk, awaited[0].number, awaited[0].follower)
    else:
        await desk.say(turn, "stop-which", buttons=_choice(desk, turn))


def _choice(desk: Desk, turn: Turn) -> list[list[Button]]:
    chat_id = turn.asker.chat_id
    followed, awaited = desk.following.followed(chat_id), desk.following.awaited(chat_id)
    if not followed and not awaited:
        return []
    rows = keyboards.orders(followed, "x", labels=not turn.in_group) + keyboards.awaited(one.number for one in awaited)
    return [*rows, [keyboards.button(desk.renderer.plain(turn.locale, "button-stop-all"), "a:")]]


async def _stop_one(turn: Turn, desk: Desk, subscription: Subscription) -> None:
    if not await desk.may_manage(turn, desk.following.follower_of(subscription.id)):
        await desk.say(turn, "not-yours-to-stop")
        return
    await desk.stop(turn, subscription)


async def _stop_waiting(turn: Turn, desk: Desk, number: str, follower: int | None) -> None:
    if await desk.may_manage(turn, follower):
        await stop_awaiting(turn, desk, number)
    else:
        await desk.say(turn, "not-yours-to-stop")


async def stop_awaiting(turn: Turn, desk: Desk, number: str) -> None:
    """The chat no longer waits for a number, and is told so."""
    await desk.following.stop_awaiting(turn.asker.chat_id, number)
    await desk.say(turn, "stopped-awaiting", order=desk.renderer.order_name(turn.locale, number))


async def language(message: Message, turn: Turn, desk: Desk) -> None:
    """`/language`: the menu; in a group only for its administrators."""
    if not await desk.may_manage(turn):
        await desk.say(turn, "group-admins-only")
        return
    await desk.say(turn, "language-choose", buttons=keyboards.languages(desk.renderer.languages()))


async def settings(message: Message, turn: Turn, desk: Desk) -> None:
    """`/settings`: how much the chat hears."""
    if not await desk.may_manage(turn):
        await desk.say(turn, "group-admins-only")
        return
    await desk.reply(turn, settings_text(turn, desk))


def settings_text(turn: Turn, desk: Desk) -> Text:
    """How much the chat hears now, with a button for each level."""
    names = {level: desk.renderer.plain(turn.locale, f"level-name-{level.value}") for level in Level}
    now = names[desk.following.level(turn.asker.chat_id)]
    text = desk.renderer.listing(turn.locale, "settings", [("settings-levels", {})], level=now)
    return keyboards.with_buttons(text, keyboards.levels(names))


async def forget(message: Message, turn: Turn, desk: Desk) -> None:
    """`/forget`: asks first."""
    if not await desk.may_manage(turn):
        await desk.say(turn, "group-admins-only")
        return
    yes = keyboards.button(desk.renderer.plain(turn.locale, "button-forget"), "f:yes")
    no = keyboards.button(desk.renderer.plain(turn.locale, "button-keep"), "f:no")
    await desk.say(turn, "forget-confirm", buttons=[[yes], [no]])


async def export(message: Message, turn: Turn, desk: Desk) -> None:
    """`/export`: all that is held of the chat, as a file."""
    if not await desk.may_manage(turn):
        await desk.say(turn, "group-admins-only")
        return
    content = await desk.following.export(turn.asker.chat_id)
    if content is None:
        await desk.say(turn, "export-empty")
        return
    caption = desk.text(turn, "export-ready")
    await desk.replies.document(turn.asker.chat_id, "onroute.json", content, caption, thread_id=turn.asker.thread_id)


async def words(message: Message, turn: Turn, desk: Desk) -> None:
    """Anything that is no command: an order number somewhere in it, or a helpful answer."""
    if turn.command is not None:
        if turn.for_us:
            await desk.say(turn, "unknown-command")
        return
    if not turn.for_us:
        return
    if turn.in_group:
        await desk.say(turn, "group-hint")
        return
    numbers = find_numbers(turn.said)
    for number in numbers:
        await follow(turn, desk, number)
    if not numbers:
        await _without_a_number(turn, desk)


async def _without_a_number(turn: Turn, desk: Desk) -> None:
    """What was meant, as far as it can be told; else what the chat follows, or how to begin."""

    def phrases(key: str) -> list[str]:
        return [desk.renderer.plain(locale, key) for locale, _ in desk.renderer.languages()]

    contact = desk.renderer.contact_buttons(turn.locale)
    match meant(turn.said, phrases):
        case Meant.STOP:  # not said as a command, so never stopped without a question
            choice = _choice(desk, turn)
            await desk.say(turn, "stop-which" if choice else "stop-nothing", buttons=choice)
        case Meant.CANCEL:
            await desk.say(turn, "cancel-elsewhere", buttons=contact)
        case Meant.THANKS:
            await desk.say(turn, "thanked")
        case Meant.HELP:
            await desk.say(turn, "help", buttons=contact, way=desk.way(turn))
        case _:
            if turn.said and await _listed(turn, desk, "list-instead", below=contact):
                return
            key = "not-a-number" if turn.said else "not-text"
            await desk.say(turn, "start-by-link" if desk.policies.by_link_only else key, buttons=contact)


async def follow(turn: Turn, desk: Desk, number: str, *, verified: bool = False, label: str | None = None) -> None:
    """Follow, and say what became of it; the card itself comes from the outbox."""
    wish = await desk.following.follow(turn.asker, number, verified=verified, label=label)
    await _say_wish(turn, desk, wish)


async def _say_later(turn: Turn, desk: Desk, later: "asyncio.Task[Wish]") -> None:
    await _say_wish(turn, desk, await later)


async def _say_wish(turn: Turn, desk: Desk, wish: Wish) -> None:
    named = desk.renderer.order_name(turn.locale, wish.number)
    match wish.said:
        case Said.FOLLOWING | Said.STOPPED:
            return
        case Said.AWAITING:
            await desk.say(turn, "not-there", order=named)
        case Said.AWAITING_ALREADY:
            await desk.say(turn, "awaiting-already", order=named)
        case Said.TROUBLE:
            await desk.say(turn, "api-trouble", order=named)
        case Said.TOO_MANY_FOLLOWED:
            await desk.say(turn, "follow-limit", count=MOST_FOLLOWED)
        case Said.TOO_MANY_AWAITED:
            await desk.say(turn, "awaiting-limit", count=MOST_AWAITED)
        case Said.TOO_MANY_MISSES:
            await desk.say(turn, "wait", minutes=max(1, round(wish.wait / 60 + 0.5)))
        case Said.TOO_MANY_LOOKED_UP:
            await desk.say(turn, "look-up-limit", count=MOST_LOOKED_UP)
        case Said.LOOKING_UP:
            await desk.say(turn, "looking-up", order=named)
            if wish.later is not None:
                desk.follow_up(_say_later(turn, desk, wish.later))
        case Said.LINK_NEEDED:
            await desk.say(turn, "link-required")
        case Said.NO_ORDER:
            await desk.say(turn, "not-a-number", buttons=desk.renderer.contact_buttons(turn.locale))


def router() -> Router:
    """The commands of shoppers; what is left over comes last."""
    made = Router(name="shopper")
    for name, handler in {
        "start": start,
        "help": help_,
        "privacy": privacy,
        "orders": orders,
        "order": order,
        "stop": stop,
        "language": language,
        "settings": settings,
        "forget": forget,
        "export": export,
    }.items():
        made.message.register(handler, Named(name))
    made.message.register(words)
    return made
