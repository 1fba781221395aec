"""A number is sent: what is said where no card can be the answer."""

from collections.abc import Iterator
from dataclasses import replace

from bot.demo.samples import NUMBER
from bot.demo.specimens.chapters.stores import COUNTS, E_MERCADO, OTHER_NUMBERS, UNNAMED
from bot.demo.specimens.conversation import MESSAGE, Conversation, Edition
from bot.demo.specimens.turns import Scene
from bot.people.follow_result import FollowOutcome, FollowResult
from bot.telegram import shopper
from bot.telegram.commands import Command
from bot.telegram.said import NOTHING_SAID, Said
from bot.tracking.model import Chat as ChatRow
from bot.tracking.model import Kind, Notice, Ticks, Wall
from bot.understanding.understood import Intent


def scenes(edition: Edition) -> Iterator[Scene]:
    """Send numbers that are not found, not allowed, not clear, or not looked up yet."""
    yield _not_there(Conversation(edition, E_MERCADO, "A number that is not there yet"))
    yield _not_there(Conversation(edition, UNNAMED, "A number that is not there yet"))
    yield _slow(Conversation(edition, E_MERCADO, "The store’s system is slow, or does not answer"))
    yield _several(Conversation(edition, E_MERCADO, "Several numbers at once"))
    yield _unclear(Conversation(edition, E_MERCADO, "A number that is not quite one, and links"))
    yield _limits(Conversation(edition, E_MERCADO, "Limits, with each count"))
    for store in (E_MERCADO, UNNAMED):
        yield _by_link(Conversation(edition, store, "Orders are followed by the store’s link only", by_link=True))
    yield _in_group(Conversation(edition, E_MERCADO, "In a group", group=True))


def _not_there(chat: Conversation) -> Scene:
    chat.sends(NUMBER, results=(FollowOutcome.AWAITING,))
    chat.followed.wait_for(NUMBER, chat.now)
    chat.minutes_later(20)
    chat.sends(NUMBER, results=(FollowOutcome.AWAITING_ALREADY,))
    chat.asks(Intent.WHERE_IS_IT)
    chat.asks(Intent.WHEN_ARRIVES)
    chat.types("/orders", shopper.orders(MESSAGE, chat.request, chat.context))
    chat.minutes_later(48 * 60)
    chat.turns_to(
        "(two days later, silent)",
        chat.renderer.notice(
            Notice(1, Kind.NEVER_SEEN, Ticks(0.0), payload={"number": NUMBER}),
            None, None, ChatRow(1, language=chat.language), now=chat.now,
        ),
    )  # fmt: skip
    chat.types("/stop", shopper.stop(MESSAGE, chat.request, chat.context, Command("stop")))
    return chat.scene


def _slow(chat: Conversation) -> Scene:
    chat.answered(f"you: {NUMBER}", "looking-up", order=chat.renderer.order_name(chat.language, NUMBER))
    chat.answered(f"you: {NUMBER}", "api-trouble", order=chat.renderer.order_name(chat.language, NUMBER))
    both = chat.renderer.order_names(chat.language, OTHER_NUMBERS[:2])
    chat.answered(f"you: {' '.join(OTHER_NUMBERS[:2])}", "looking-up-several")
    chat.answered(f"you: {' '.join(OTHER_NUMBERS[:2])}", "api-trouble-several", orders=both)
    return chat.scene


def _several(chat: Conversation) -> Scene:
    chat.sends(*OTHER_NUMBERS[:3], results=(FollowOutcome.AWAITING,) * 3)
    chat.sends(*OTHER_NUMBERS[:3], results=(FollowOutcome.AWAITING_ALREADY,) * 3)
    today = FollowResult(FollowOutcome.TOO_MANY_TODAY, OTHER_NUMBERS[2], wait=7 * 3600.0, limit=20)
    chat.sends(*OTHER_NUMBERS[:3], results=(FollowOutcome.AWAITING, FollowOutcome.AWAITING, today))
    chat.sends(
        *OTHER_NUMBERS,
        results=(FollowOutcome.AWAITING, FollowOutcome.AWAITING, today, replace(today, number=OTHER_NUMBERS[3])),
    )
    left = chat.renderer.order_names(chat.language, OTHER_NUMBERS)
    for count in COUNTS[1:]:
        chat.answered(f"you send more numbers than {count}", "numbers-rest", count=count, orders=left)
    return chat.scene


def _unclear(chat: Conversation) -> Scene:
    for guesses in (("1509750516095-01",), ("1509750516095-01", "1509750516095-02")):
        chat.says("you: l5O97505I6095", Said(replace(NOTHING_SAID.understood, guesses=guesses)))
    chat.asks(Intent.SMALLTALK_OR_UNKNOWN, "order 4455", tried_number=True)
    chat.answered("you open an old link of the store", "link-bad", way=chat.context.way(chat.request))
    return chat.scene


def _limits(chat: Conversation) -> Scene:
    for count in COUNTS:
        chat.answered(f"you: {NUMBER} (already waiting for {count})", "awaiting-limit", count=count)
    for count in COUNTS:
        chat.answered(f"you: {NUMBER} (already following {count})", "follow-limit", count=count)
    for count in COUNTS:
        chat.answered(f"you: {NUMBER} ({count} are being looked up)", "look-up-limit", count=count)
    for minutes in COUNTS:
        chat.answered(f"you: {NUMBER} (many wrong numbers before it)", "wait", minutes=minutes)
    for count in COUNTS:
        chat.answered(
            f"you: {NUMBER} (the day’s limit)", "day-limit", count=count, wait=COUNTS[-1 - COUNTS.index(count)]
        )
    return chat.scene


def _by_link(chat: Conversation) -> Scene:
    chat.sends(NUMBER, results=(FollowOutcome.LINK_NEEDED,))
    chat.answered("you open an old link of the store", "link-bad", way=chat.context.way(chat.request))
    chat.followed.wait_for(NUMBER, Wall(chat.now - 600))
    chat.types("/stop", shopper.stop(MESSAGE, chat.request, chat.context, Command("stop")))
    return chat.scene


def _in_group(chat: Conversation) -> Scene:
    chat.asks(Intent.SMALLTALK_OR_UNKNOWN)
    chat.types("/order", shopper.order(MESSAGE, chat.request, chat.context, Command("order")))
    hidden = (FollowOutcome.PERSON_HIDDEN,)
    chat.sends(NUMBER, results=hidden, did=f"an anonymous administrator: /order {NUMBER}")
    return chat.scene
