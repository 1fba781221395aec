"""Everything a shopper and a member of staff can say or press, on the real service."""

import itertools
import json
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.people.links import sign
from bot.simulators.pickpack.orders import SimulatedService
from bot.simulators.world import World, running
from tests.end_to_end.chats import PersonsChat, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF, STAFF_GROUP = 4242, -1004242
LINK_SECRET = "a-secret-only-for-these-tests"
_groups = itertools.count(-1009000, -1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[World]:
    async with running(
        World(cache_seconds=0),
        SETTLE_SECONDS=0,
        SEND_RATE=0,
        STAFF_IDS=f"{STAFF},{STAFF_GROUP}",
        LINK_SECRET=LINK_SECRET,
        STORE_CONTACT_URL="https://shop.example.com/contact",
    ) as world:
        yield world


@pytest.fixture
def group(world: World) -> PersonsChat:
    chat_id = world.telegram.add_group(next(_groups), "Family")
    for person in (6001, 6002):
        world.telegram.add_user(person, language_code="es")
        world.telegram.add_member(chat_id, person)
    return PersonsChat(world, chat_id)


# ── an order number, wherever it stands ──────────────────────────────────────


@pytest.mark.parametrize(
    "said", ["my order is {}, where is it?", "#{}", "https://shop.example.com/orders/{}?x=y", "/order {}", "/start {}"]
)
async def test_a_number_is_found_wherever_it_stands(world: World, chat: PersonsChat, said: str) -> None:
    number = f"WORD{chat.id}-01"
    world.pickpack.put_order(number, "PACKING")
    chat.says(said.format(number))
    assert "is being packed" in (await chat.told(number)).text


async def test_a_number_in_a_caption_or_without_its_suffix_is_found(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("CAP7-01", "PACKING")
    world.telegram.user_sends(chat.id, "photo", caption="this one: CAP7")
    await chat.told("CAP7-01")


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact"])
async def test_what_is_no_text_is_answered_helpfully(world: World, chat: PersonsChat, kind: str) -> None:
    world.telegram.user_sends(chat.id, kind)
    assert "order number" in (await chat.told()).text


async def test_a_signed_link_follows_and_a_forged_one_is_told_so(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("SIGN-1", "PACKING")
    payload = sign("SIGN-1", [LINK_SECRET])
    assert isinstance(payload, str)
    chat.says(f"/start {payload}")
    await chat.told("SIGN-1")
    chat.says("/start " + "!" * 30)
    assert "not valid" in (await chat.told()).text


async def test_an_unknown_command_is_not_repeated(chat: PersonsChat) -> None:
    chat.says("/frobnicate me")
    assert "frobnicate" not in (await chat.told()).text


# ── what is followed ─────────────────────────────────────────────────────────


async def test_orders_are_listed_with_their_names_and_stopped_by_choice(world: World, chat: PersonsChat) -> None:
    for number in ("LIST-1", "LIST-2"):
        world.pickpack.put_order(number, "PACKING")
    chat.says("/order LIST-1 Mom's <gift>")
    await chat.told("Mom's <gift>")
    await chat.follows("LIST-2")
    chat.says("/orders")
    listed = (await chat.told("LIST-2")).text
    assert "Mom's <gift>" in listed
    chat.says("/stop")
    await chat.told("Which order")
    await chat.presses("LIST-2")
    assert "no longer follow order LIST-2" in (await chat.told("no longer")).text
    await world.pickpack.set_status("LIST-2", "INVOICED")
    await chat.stays_quiet(0.7)


async def test_a_card_is_refreshed_by_its_button(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("CARD-1", "PACKING")
    card = await chat.follows("CARD-1")
    press = world.telegram.user_presses(chat.id, card.message_id, card.button("Refresh")["callback_data"])
    answer = await world.telegram.wait_for_answer(press)
    assert answer["text"]


@pytest.mark.parametrize("data", ["s:1", "r:999999", "x:abc", "nonsense", "l:xx", "v:loud", "w:00"])
async def test_a_foreign_forged_or_old_button_is_answered_and_does_nothing(
    world: World, chat: PersonsChat, somebody: Callable[[], PersonsChat], data: str
) -> None:
    number = f"OWN{chat.id}-1"
    world.pickpack.put_order(number, "PACKING")
    owner = somebody()
    await owner.follows(number)
    chat.says("/help")
    message = await chat.told()
    press = world.telegram.user_presses(chat.id, message.message_id, data, forged=True)
    answer = await world.telegram.wait_for_answer(press)
    assert "out of date" in answer["text"]
    await world.pickpack.set_status(number, "INVOICED")
    await owner.told("receipt")


async def test_the_language_is_chosen_and_kept_for_what_comes(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("LANG-1", "PICKING")
    await chat.follows("LANG-1")
    chat.says("/language")
    await chat.told("language")
    await chat.presses("Português")
    await chat.told(lambda message: "português" in message.text.lower())
    await world.pickpack.set_status("LANG-1", "PACKING")
    assert "está sendo embalado" in (await chat.told("LANG-1")).text


async def test_an_edited_message_does_not_run_twice(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("EDIT-1", "PACKING")
    chat.says("EDIT-1")
    await chat.told("EDIT-1")
    world.telegram.edit_user_message(chat.id, 1, "EDIT-1 again")
    await chat.stays_quiet(0.7)


async def test_forgetting_asks_first_and_then_leaves_nothing_to_export(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("GONE-1", "PACKING")
    await chat.follows("GONE-1")
    chat.says("/export")
    held = await chat.told(lambda message: message.file is not None)
    assert held.file is not None
    chat.says("/forget")
    await chat.told("deletes all")
    await chat.presses("Delete everything")
    await world.pickpack.set_status("GONE-1", "INVOICED")
    await chat.stays_quiet(0.7)


async def test_privacy_and_settings_are_answered(chat: PersonsChat) -> None:
    chat.says("/privacy")
    assert "What is stored" in (await chat.told()).text
    chat.says("/settings")
    settings = await chat.told("Every step")
    assert len(settings.labels()) == 3


@pytest.mark.parametrize("code", ["pt-br", "pt", "es-419", "de", "zh-hans", "", None])
async def test_every_language_code_gets_an_answer_in_the_nearest_language(
    world: World, code: str | None, somebody: Callable[[], PersonsChat]
) -> None:
    person = somebody()
    world.telegram.user_says(person.id, "/stop", language_code=code)
    text = (await person.told()).text
    nearest = {"pt-br": "acompanha", "pt": "acompanha", "es-419": "seguimiento"}.get(code or "", "aren’t following any")
    assert nearest in text


# ── staff ────────────────────────────────────────────────────────────────────


async def test_staff_get_the_raw_truth_and_others_an_unknown_command(
    world: World, chat: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    service = SimulatedService("S-9", status="ASSIGNED", courier="Swift", tracking_url="https://t.example.com/9")
    world.pickpack.put_order("TRUE-1", "READY_FOR_SHIPPING", services=[service])
    await chat.follows("TRUE-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.says("/check TRUE-1")
    text = (await staff.told("TRUE-1")).text
    assert all(word in text for word in ("READY_FOR_SHIPPING", "ASSIGNED", "Swift", "https://t.example.com/9"))
    stranger = somebody()
    stranger.says("/check TRUE-1")
    denied = (await stranger.told()).text
    stranger.says("/nosuchthing")
    assert (await stranger.told()).text == denied


@pytest.mark.parametrize("command", ["/stats", "/stuck", "/who STAFF-1", "/resend STAFF-1", "/link STAFF-1", "/check"])
async def test_each_staff_command_is_answered(world: World, chat: PersonsChat, command: str) -> None:
    world.pickpack.put_order("STAFF-1", "PACKING")
    await chat.follows("STAFF-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.looked = max((message.message_id for message in staff.messages), default=0)
    staff.says(command)
    answer = (await staff.told()).text
    assert "don’t know this command" not in answer
    assert "something went wrong" not in answer


async def test_staffs_own_words_reach_the_followers(world: World, chat: PersonsChat) -> None:
    world.pickpack.put_order("TELL-1", "PACKING")
    await chat.follows("TELL-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.says("/tell TELL-1 We found <all> of it & more")
    await staff.told("Send it?")
    await staff.presses("Send it")
    assert "We found <all> of it & more" in (await chat.told("a message from the store")).text


async def test_in_a_staff_group_its_members_and_its_anonymous_admin_are_staff(world: World) -> None:
    world.pickpack.put_order("GRP-1", "PACKING")
    room = PersonsChat(world, world.telegram.add_group(STAFF_GROUP, "Staff"))
    world.telegram.add_user(6009, language_code="en")
    world.telegram.add_member(STAFF_GROUP, 6009)
    for anonymous in (False, True):
        world.telegram.user_says(STAFF_GROUP, "/check GRP-1", user_id=6009, anonymous=anonymous)
        assert "PACKING" in (await room.told("GRP-1")).text
    outside = PersonsChat(world, 6009)
    outside.says("/check GRP-1")
    assert "PACKING" not in (await outside.told()).text


# ── groups ───────────────────────────────────────────────────────────────────


async def test_in_a_group_only_commands_for_the_bot_are_answered_in_the_groups_language(
    world: World, group: PersonsChat
) -> None:
    number = f"FAM{-group.id}-1"
    world.pickpack.put_order(number, "PACKING")
    world.telegram.user_says(group.id, f"look, {number}!", user_id=6001)
    world.telegram.user_says(group.id, f"/order@another_bot {number}", user_id=6001)
    await group.stays_quiet(0.7)
    world.telegram.user_says(group.id, f"/order {number}", user_id=6001)
    assert "is being packed" in (await group.told(number)).text


async def test_in_a_group_only_who_followed_can_stop(world: World, group: PersonsChat) -> None:
    number = f"FAM{-group.id}-2"
    world.pickpack.put_order(number, "PACKING")
    world.telegram.user_says(group.id, f"/order {number}", user_id=6001)
    await group.told(number)
    world.telegram.user_says(group.id, "/stop", user_id=6002)
    assert "Only the person who followed" in (await group.told()).text
    world.telegram.user_says(group.id, "/stop", user_id=6001)
    assert "no longer follow" in (await group.told()).text


async def test_a_topic_gets_its_news_in_the_topic(world: World) -> None:
    forum = PersonsChat(world, world.telegram.add_group(next(_groups), "Forum", forum=True))
    world.telegram.add_member(forum.id, 6001)
    world.telegram.set_topic(forum.id, 17)
    world.pickpack.put_order("TOPIC-1", "PACKING")
    world.telegram.user_says(forum.id, "/order TOPIC-1", user_id=6001, thread_id=17)
    assert (await forum.told("TOPIC-1")).thread_id == 17
    await world.pickpack.set_status("TOPIC-1", "INVOICED")
    assert (await forum.told("receipt")).thread_id == 17


async def test_a_group_that_becomes_a_supergroup_keeps_its_orders(world: World) -> None:
    old = PersonsChat(world, world.telegram.add_group(-777, "Old", kind="group"))
    world.telegram.add_member(old.id, 6001)
    world.pickpack.put_order("MOVE-1", "PACKING")
    world.telegram.user_says(old.id, "/order MOVE-1", user_id=6001)
    await old.told("MOVE-1")
    world.telegram.upgrade_group(old.id, -100777)
    new = PersonsChat(world, -100777)
    await world.pickpack.set_status("MOVE-1", "INVOICED")
    await new.told("MOVE-1")


async def test_the_menus_name_the_commands_in_the_persons_language(
    world: World, somebody: Callable[[], PersonsChat]
) -> None:
    person = somebody()
    await until(lambda: bool(world.telegram.shown_commands(person.id, person.id)))
    names = [one["command"] for one in world.telegram.shown_commands(person.id, person.id)]
    assert "orders" in names
    assert "check" not in names
    assert json.dumps(names)
