"""What the bot promises under faults, shown on the real process: kills, the neighbours' troubles, alerts to staff."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from functools import partial

import pytest
import pytest_asyncio

from bot.simulators.pickpack.faults import PickPackFault
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, saying_keys, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF = 4242
STEPS = ("PICKING", "READY_FOR_PACKING", "PACKING", "READY_FOR_INVOICING", "INVOICING", "INVOICED")
TIMES = {
    "orders": ("heard_at", "asked_at", "confirmed_at", "news_at", "next_poll_at"),
    "outbox": ("due_at", "made_at", "claimed_at", "done_at"),
    "subscriptions": ("told_sent_at", "card_shown_at"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    settings = {"SETTLE_SECONDS": 0, "SEND_RATE": 0, "POLL_SILENCE": 1, "POLL_SILENCE_MAX": 1}
    always = "00:00-24:00"  # alerts that can wait for the store's hours don't
    async with saying_keys(SimulatedWorld(cache_seconds=0), STAFF_IDS=STAFF, STORE_HOURS=always, **settings) as world:
        yield world


@pytest.fixture
def staff(world: SimulatedWorld) -> PersonsChat:
    return PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))


async def test_an_unknown_status_is_told_neutrally_and_staff_are_told_once(
    world: SimulatedWorld, staff: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    first, second = somebody(), somebody()
    for number, person in (("ODD-1", first), ("ODD-2", second)):
        world.pickpack.put_order(number, "PICKING")
        await person.follows(number)
    for number, person in (("ODD-1", first), ("ODD-2", second)):
        await world.pickpack.set_status(number, "FROZEN_SOLID")
        message = await person.sees("state-unknown", order=number)
        assert "FROZEN" not in message.text.upper()
    await staff.told("alert-unknown-status", raw="FROZEN_SOLID")
    await staff.is_told_all()
    assert staff.count("alert-unknown-status", raw="FROZEN_SOLID") == 1


async def test_a_webhook_that_is_set_up_wrongly_is_told_to_staff_once_and_good_ones_are_taken(
    world: SimulatedWorld, staff: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    person = somebody()
    world.pickpack.put_order("MAPPED-1", "PICKING")
    await person.follows("MAPPED-1")
    body = json.dumps({"data": {"order_id": "MAPPED-1", "new_status": "PACKING"}}).encode()
    assert [await world.pickpack.send_webhook(body) for _ in range(3)] == [400, 400, 400]
    await staff.told("alert-webhook-mismapped", raw="data.order_id, data.new_status")
    await world.pickpack.set_status("MAPPED-1", "INVOICED")
    await person.told("state-invoiced", order="MAPPED-1")
    await staff.is_told_all()
    assert staff.count("alert-webhook-mismapped") == 1


async def test_three_languages_tell_the_same_order_in_their_own_words(world: SimulatedWorld) -> None:
    world.pickpack.put_order("TONGUES-1", "READY_FOR_HANDLING")
    codes = {"en": "en", "es-419": "es", "pt-br": "pt-BR", "zh-hans": "en"}  # no Chinese here: the default
    people = {
        PersonsChat(world, world.telegram.add_user(7001 + place, language_code=code)): language
        for place, (code, language) in enumerate(codes.items())
    }
    for person in people:
        await person.follows("TONGUES-1")
    way = ("READY_FOR_PICKING", *STEPS, "PREPARING_SHIPPING", "READY_FOR_SHIPPING", "WAITING_FOR_DELIVERY_COMPANY")
    for step in (*way, "ON_ROUTE", "DELIVERED"):
        await world.pickpack.set_status("TONGUES-1", step)
        key = f"state-{step.lower().replace('_', '-')}"
        for person, language in people.items():
            await person.sees(key, language=language, order="TONGUES-1", within=20)
    for person in people:
        assert len(person.messages) == 6


async def test_the_key_refused_is_told_to_staff_once_and_webhooks_still_arrive(
    world: SimulatedWorld, staff: PersonsChat, chat: PersonsChat
) -> None:
    world.pickpack.put_order("KEY-1", "PICKING")
    await chat.follows("KEY-1")
    before = staff.count("alert-key-refused")
    world.pickpack.refuse_key = True
    world.pickpack.expire_tokens()
    try:
        await staff.told("alert-key-refused")
        await world.pickpack.set_status("KEY-1", "INVOICED")
        await chat.told("state-invoiced", order="KEY-1")
        assert staff.count("alert-key-refused") == before + 1
    finally:
        world.pickpack.refuse_key = False
    await staff.told("alert-key-accepted", within=40)


async def test_a_429_of_one_chat_holds_only_that_chat(
    world: SimulatedWorld, somebody: Callable[[], PersonsChat]
) -> None:
    held, free = somebody(), somebody()
    world.pickpack.put_order("SLOW-1", "PICKING")
    await held.follows("SLOW-1")
    await free.follows("SLOW-1")
    world.telegram.fail(TelegramFault.TOO_MANY, chat_id=held.id, times=1, seconds=2)
    early = world.telegram.early_calls
    await world.pickpack.set_status("SLOW-1", "INVOICED")
    await free.told("state-invoiced", order="SLOW-1", within=1.5)
    await held.told("state-invoiced", order="SLOW-1", within=6)
    assert world.telegram.early_calls == early


async def test_a_blocked_chat_gets_one_attempt_and_its_card_back_after_a_message(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("BLOCK-1", "PICKING")
    await chat.follows("BLOCK-1")
    world.telegram.fail(TelegramFault.BLOCKED, chat_id=chat.id)
    calls = len(world.telegram.calls_of("sendMessage", chat_id=chat.id))
    await world.pickpack.set_status("BLOCK-1", "INVOICED")
    await until(lambda: len(world.telegram.calls_of("sendMessage", chat_id=chat.id)) > calls)
    await world.pickpack.set_status("BLOCK-1", "READY_FOR_SHIPPING")
    await chat.is_told_no_more()
    assert len(world.telegram.calls_of("sendMessage", chat_id=chat.id)) == calls + 1
    world.telegram.heal()
    chat.says("/orders")
    await chat.told("state-ready-for-shipping", order="BLOCK-1")


async def test_a_refused_message_is_set_aside_and_blocks_nothing(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("BAD-1", "PICKING")
    await chat.follows("BAD-1")
    world.telegram.fail(TelegramFault.UNPARSABLE, chat_id=chat.id, times=1)
    await world.pickpack.set_status("BAD-1", "INVOICED")
    plain = await chat.told("state-invoiced", order="BAD-1")
    assert not plain.entities
    await world.pickpack.set_status("BAD-1", "READY_FOR_SHIPPING")
    await chat.told("state-ready-for-shipping", order="BAD-1")


async def test_messages_that_telegram_refuses_with_and_without_tags_are_told_to_staff_once(
    world: SimulatedWorld, staff: PersonsChat, chat: PersonsChat
) -> None:
    before = staff.count("alert-aside")
    for number in ("SUNK-1", "SUNK-2"):
        world.pickpack.put_order(number, "PICKING")
        await chat.follows(number)
    for number in ("SUNK-1", "SUNK-2"):
        refused = world.telegram.fail(TelegramFault.ECHO, chat_id=chat.id, times=2)
        await world.pickpack.set_status(number, "INVOICED")
        await until(partial(lambda fault: fault.hits == 2, refused))
    alert = await staff.told("alert-aside", number="SUNK-1")
    assert world.telegram.token not in alert.text
    for person in (chat, staff):
        await person.is_told_all()
    assert staff.count("alert-aside") == before + 1


@pytest.mark.parametrize("kind", [TelegramFault.SERVER_ERROR, TelegramFault.RESET_AFTER, TelegramFault.RESET_BEFORE])
async def test_a_failed_call_is_repeated_at_most_once_where_nobody_knows(
    world: SimulatedWorld, chat: PersonsChat, kind: TelegramFault
) -> None:
    number = "FAIL-" + kind.value.replace(" ", "-") + "-01"
    world.pickpack.put_order(number, "PICKING")
    await chat.follows(number)
    world.telegram.fail(kind, chat_id=chat.id, times=1)
    await world.pickpack.set_status(number, "INVOICED")
    await chat.told("state-invoiced", order=number, within=10)
    await chat.is_told_all()
    assert chat.count("state-invoiced") == (2 if kind is TelegramFault.RESET_AFTER else 1)


async def test_gateway_pages_and_broken_answers_are_no_word_about_the_order(
    world: SimulatedWorld, staff: PersonsChat, chat: PersonsChat
) -> None:
    """Staff ask, so that the API is asked at once however often it has failed."""
    world.pickpack.put_order("PAGE-1", "PICKING")
    await chat.follows("PAGE-1")
    for kind in (PickPackFault.HTML, PickPackFault.GATEWAY_404, PickPackFault.CUT_JSON, PickPackFault.WRONG_TYPES):
        world.pickpack.faults.on(kind, times=1, order_id="PAGE-1")
        staff.says("/check PAGE-1")
        await staff.told("check-heading", number="PAGE-1")
        assert not world.pickpack.faults.active
    await chat.is_told_no_more()
    await world.pickpack.set_status("PAGE-1", "INVOICED")
    await chat.told("state-invoiced", order="PAGE-1")


async def test_groups_of_a_stranger_that_are_refused_hold_nobody_else_up(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("STRANGER-1", "PICKING")
    await chat.follows("STRANGER-1")
    groups, stranger = [-100_777_001, -100_777_002, -100_777_003], 777
    refused = [
        world.telegram.fail(TelegramFault.TOO_MANY, chat_id=group, times=1, seconds=39, methods=["sendMessage"])
        for group in groups
    ]
    world.telegram.add_user(stranger)
    for group in groups:
        world.telegram.add_group(group)
        world.telegram.add_member(group, stranger)
        world.telegram.user_says(group, "/help", user_id=stranger)
    await until(lambda: all(one.hits == 1 for one in refused))
    await world.pickpack.set_status("STRANGER-1", "INVOICED")
    await chat.told("state-invoiced", order="STRANGER-1", within=15)


async def test_a_429_for_the_whole_bot_is_kept_over_a_restart(
    world: SimulatedWorld, somebody: Callable[[], PersonsChat]
) -> None:
    """That it is the whole bot is what a refusal of getUpdates says."""
    people = [somebody() for _ in range(3)]
    world.pickpack.put_order("WHOLE-1", "PICKING")
    for person in people:
        await person.follows("WHOLE-1")
    refused = world.telegram.fail(TelegramFault.TOO_MANY, times=1, seconds=8, methods=["getUpdates"])
    people[0].says("/privacy")  # ends the getUpdates that is under way
    await until(lambda: refused.hits == 1)
    await world.pickpack.set_status("WHOLE-1", "INVOICED")
    await asyncio.sleep(1.0)
    early = world.telegram.early_calls
    await world.kill()
    await world.restart()
    for person in people:
        await person.told("state-invoiced", order="WHOLE-1", within=30)
    assert world.telegram.early_calls == early
    await world.wait_until_ready()


async def test_when_the_machines_clock_was_set_back_an_hour_while_it_was_down_nothing_waits_an_hour(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    """Shown by a file whose times are an hour ahead, as if they had been written before the clock was set back."""
    world.pickpack.put_order("BACK-1", "PICKING")
    await chat.follows("BACK-1")
    failing = world.telegram.fail(TelegramFault.SERVER_ERROR, chat_id=chat.id)
    await world.pickpack.set_status("BACK-1", "INVOICED")
    await until(lambda: failing.hits > 0)
    await world.kill()
    world.telegram.heal(failing)
    with closing(sqlite3.connect(world.database)) as connection, connection:
        for table, names in TIMES.items():
            changes = ", ".join(f"{name} = {name} + 3600" for name in names)
            connection.execute(f"UPDATE {table} SET {changes}")  # noqa: S608 - names of this file
    await world.restart()
    await world.wait_until_ready()
    await chat.told("state-invoiced", order="BACK-1")
    await world.pickpack.set_status("BACK-1", "READY_FOR_SHIPPING")
    await chat.told("state-ready-for-shipping", order="BACK-1")
