"""What staff can say: the raw truth about any order. To everybody else these are unknown commands."""

from aiogram import Router
from aiogram.types import Message

from bot.people import links
from bot.people.links import TooLong
from bot.telegram import keyboards
from bot.telegram.context import FromStaff, Named, Turn
from bot.telegram.desk import Desk
from bot.tracking.numbers import leading_number
from bot.transactions.staff import LONGEST_NOTE

USAGE = {
    "check": "/check 1509750516095-01",
    "who": "/who 1509750516095-01",
    "resend": "/resend 1509750516095-01",
    "tell": "/tell 1509750516095-01 …",
    "link": "/link 1509750516095-01",
}


async def _number(turn: Turn, desk: Desk) -> str | None:
    """The number behind the command; without one the answer says how to write it, and repeats nothing."""
    number = _number_and_words(turn)[0]
    if number is None and turn.command is not None:
        await desk.say(turn, "staff-usage", command=USAGE[turn.command.name])
    return number


def _number_and_words(turn: Turn) -> tuple[str | None, str]:
    return leading_number(turn.command.rest) if turn.command is not None else (None, "")


async def check(message: Message, turn: Turn, desk: Desk) -> None:
    """`/check ID`: asks the API now."""
    number = await _number(turn, desk)
    if number is None:
        return
    checked = await desk.staffing.check(turn.asker.person, number)
    if checked.trouble is not None:
        await desk.say(turn, "alert-other", raw=checked.trouble)
    if checked.report is None:
        await desk.say(turn, "check-unknown", number=number)
    else:
        await desk.reply(turn, desk.renderer.staff_report(checked.report, turn.locale))


async def stuck(message: Message, turn: Turn, desk: Desk) -> None:
    """`/stuck`."""
    still, aside = await desk.staffing.stuck(turn.asker.person)
    if not still and not aside:
        await desk.say(turn, "stuck-none")
        return
    rows = [("stuck-row", {"number": one.order_id, "raw": one.status, "time": one.since}) for one in still]
    rows += [("stuck-row", {"number": one.order_id or "–", "raw": one.reason, "time": one.at}) for one in aside]
    await desk.listing(turn, "stuck-heading", rows)


async def stats(message: Message, turn: Turn, desk: Desk) -> None:
    """`/stats`."""
    since, counted = await desk.staffing.stats(turn.asker.person)
    named: dict[str, object] = {
        "orders": counted.orders,
        "chats": counted.chats,
        "sent": counted.sent,
        "waiting": counted.waiting,
        "aside": counted.aside,
        "perhaps": counted.perhaps,
        "delay": "–" if counted.delay is None else round(counted.delay, 1),
    }
    rows = [
        ("stats-row", {"name": desk.renderer.plain(turn.locale, f"stats-name-{name}"), "value": value})
        for name, value in named.items()
    ]
    await desk.listing(turn, "stats-heading", rows, time=since)


async def who(message: Message, turn: Turn, desk: Desk) -> None:
    """`/who ID`: who follows an order."""
    number = await _number(turn, desk)
    if number is None:
        return
    found = await desk.staffing.who(turn.asker.person, number)
    if found is None:
        await desk.say(turn, "staff-unknown-order", number=number)
        return
    order, followers = found
    if not followers:
        await desk.say(turn, "who-nobody", number=order.order_id)
        return
    rows = [
        ("who-row", {"chat": str(one.chat_id), "raw": one.told_status or "–", "verified": one.verified})
        for one in followers
    ]
    await desk.listing(turn, "who-heading", rows, number=order.order_id, count=len(followers))


async def resend(message: Message, turn: Turn, desk: Desk) -> None:
    """`/resend ID`: tell its state again to all followers."""
    if not await _is_admin(turn, desk):
        return
    number = await _number(turn, desk)
    if number is None:
        return
    done = await desk.staffing.resend(turn.asker.person, number)
    if done is None:
        await desk.say(turn, "staff-unknown-order", number=number)
    else:
        await desk.say(turn, "resend-done", number=done[0].order_id, count=done[1])


async def tell(message: Message, turn: Turn, desk: Desk) -> None:
    """`/tell ID TEXT`: staff's own words to all followers, once it has been asked whether they may go."""
    if not await _is_admin(turn, desk):
        return
    number = await _number(turn, desk)
    _, text = _number_and_words(turn)
    if number is None:
        return
    if not text:
        await desk.say(turn, "staff-usage", command=USAGE["tell"])
    elif len(text) > LONGEST_NOTE:
        await desk.say(turn, "tell-too-long", limit=LONGEST_NOTE)
    else:
        await _ask_to_tell(turn, desk, number, text)


async def _ask_to_tell(turn: Turn, desk: Desk, number: str, text: str) -> None:
    order = desk.staffing.find(number)
    if order is None:
        await desk.say(turn, "staff-unknown-order", number=number)
        return
    count = desk.staffing.count_followers(order)
    if count == 0:
        await desk.say(turn, "who-nobody", number=order.order_id)
        return
    name = desk.drafts.put(turn.asker.chat_id, order.order_id, text, desk.clock.now())
    send = keyboards.button(desk.renderer.plain(turn.locale, "button-send"), f"t:{name}")
    cancel = keyboards.button(desk.renderer.plain(turn.locale, "button-cancel"), f"u:{name}")
    await desk.say(turn, "tell-confirm", buttons=[[send], [cancel]], number=order.order_id, count=count)


async def link(message: Message, turn: Turn, desk: Desk) -> None:
    """`/link ID`: a signed link."""
    number = await _number(turn, desk)
    if number is None:
        return
    if not desk.policies.link_secrets:
        await desk.say(turn, "link-no-secret")
        return
    payload = links.sign(number, desk.policies.link_secrets)
    if isinstance(payload, TooLong):
        await desk.say(turn, "link-too-long", number=number)
        return
    await desk.staffing.linked(turn.asker.person, number)
    await desk.say(turn, "link-made", number=number, url=links.deep_link(desk.me.username or "", payload))


async def _is_admin(turn: Turn, desk: Desk) -> bool:
    if not turn.admin:
        await desk.say(turn, "staff-not-admin")
    return turn.admin


def router() -> Router:
    """Seen by staff only; everybody else's falls through to the unknown command."""
    made = Router(name="staff")
    for name, handler in {
        "check": check,
        "stuck": stuck,
        "stats": stats,
        "who": who,
        "resend": resend,
        "tell": tell,
        "link": link,
    }.items():
        made.message.register(handler, Named(name), FromStaff())
    return made
