"""Everything a shopper and a member of staff can say or press, on the real service."""

import itertools
import json
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.people.links import sign
from bot.simulators.pickpack.orders import CourierService
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, saying_keys, shows, until
from tests.message_keys import button_of, key_of, keys_in, says

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF, STAFF_GROUP = 4242, -1004242
LINK_SECRET = "a-secret-only-for-these-tests"
_groups = itertools.count(-1009000, -1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(
        SimulatedWorld(cache_seconds=0),
        SETTLE_SECONDS=0,
        SEND_RATE=0,
        STAFF_IDS=f"{STAFF},{STAFF_GROUP}",
        LINK_SECRET=LINK_SECRET,
        STORE_CONTACT_URL="https://shop.example.com/contact",
    ) as world:
        yield world


@pytest.fixture
def group(world: SimulatedWorld) -> PersonsChat:
    chat_id = world.telegram.add_group(next(_groups), "Family")
    for person in (6001, 6002):
        world.telegram.add_user(person, language_code="es")
        world.telegram.add_member(chat_id, person)
    return PersonsChat(world, chat_id)


# ── an order number, wherever it stands ──────────────────────────────────────


@pytest.mark.parametrize(
    "said", ["my order is {}, where is it?", "#{}", "https://shop.example.com/orders/{}?x=y", "/order {}", "/start {}"]
)
async def test_a_number_is_found_wherever_it_stands(world: SimulatedWorld, chat: PersonsChat, said: str) -> None:
    number = f"WORD{chat.id}-01"
    world.pickpack.put_order(number, "PACKING")
    chat.says(said.format(number))
    assert shows(await chat.told(), "state-packing", order=number)


async def test_a_number_in_a_caption_or_without_its_suffix_is_found(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("CAP77-01", "PACKING")
    world.telegram.user_sends(chat.id, "photo", caption="order CAP77")
    await chat.shown("CAP77-01")


@pytest.mark.parametrize("kind", ["sticker", "voice", "contact"])
async def test_what_is_no_text_is_answered_helpfully(world: SimulatedWorld, chat: PersonsChat, kind: str) -> None:
    world.telegram.user_sends(chat.id, kind)
    assert keys_in(await chat.told()) == ["not-text"]


async def test_a_signed_link_follows_and_a_forged_one_is_told_so(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("SIGN-1", "PACKING")
    payload = sign("SIGN-1", [LINK_SECRET])
    assert isinstance(payload, str)
    chat.says(f"/start {payload}")
    await chat.shown("SIGN-1")
    chat.says("/start " + "!" * 30 + "1")
    assert says(await chat.told(), "link-bad")


async def test_an_unknown_command_is_not_repeated(chat: PersonsChat) -> None:
    chat.says("/frobnicate me")
    assert (await chat.told()).text == "⟦unknown-command⟧"


# ── what is followed ─────────────────────────────────────────────────────────


async def test_orders_are_listed_with_their_names_and_stopped_by_choice(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    for number in ("LIST-1", "LIST-2"):
        world.pickpack.put_order(number, "PACKING")
    chat.says("/order LIST-1 Mom's <gift>")
    await chat.told("state-packing", label="Mom's <gift>")
    await chat.follows("LIST-2")
    chat.says("/orders")
    listed = await chat.told("list-row", number="LIST-2", state="short-being-prepared")
    assert says(listed, "list-row-labelled", label="Mom's <gift>", number="LIST-1", state="short-being-prepared")
    chat.says("/stop")
    await chat.told("stop-which")
    await chat.presses("LIST-2")
    await chat.told("stopped", order="LIST-2")
    await world.pickpack.set_status("LIST-2", "INVOICED")
    await chat.is_told_no_more()


async def test_a_card_is_refreshed_by_its_button(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("CARD-1", "PACKING")
    card = await chat.follows("CARD-1")
    await chat.presses("button-more")
    await until(lambda: "⟦button-refresh⟧" in card.labels())
    press = world.telegram.user_presses(chat.id, card.message_id, button_of(card, "button-refresh")["callback_data"])
    answer = await world.telegram.wait_for_answer(press)
    assert key_of(answer["text"]) in ("toast-refreshed", "toast-too-soon")


@pytest.mark.parametrize("data", ["s:1", "r:999999", "x:abc", "nonsense", "l:xx", "v:loud", "w:00"])
async def test_a_foreign_forged_or_old_button_is_answered_and_does_nothing(
    world: SimulatedWorld, chat: PersonsChat, somebody: Callable[[], PersonsChat], data: str
) -> None:
    number = f"OWN{chat.id}-01"
    world.pickpack.put_order(number, "PACKING")
    owner = somebody()
    await owner.follows(number)
    chat.says("/help")
    message = await chat.told()
    press = world.telegram.user_presses(chat.id, message.message_id, data, forged=True)
    answer = await world.telegram.wait_for_answer(press)
    assert says(answer["text"], "toast-old")
    await world.pickpack.set_status(number, "INVOICED")
    await owner.told("state-invoiced", order=number)


async def test_the_language_is_chosen_and_kept_for_what_comes(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("LANG-1", "PICKING")
    await chat.follows("LANG-1")
    chat.says("/language")
    await chat.told("language-choose")
    await chat.presses("l:pt-BR")
    await chat.told("language-changed", language="pt-BR")
    await world.pickpack.set_status("LANG-1", "INVOICED")
    assert shows(await chat.shown("LANG-1"), "state-invoiced", language="pt-BR", order="LANG-1")


async def test_an_edited_message_does_not_run_twice(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("EDIT-1", "PACKING")
    chat.says("EDIT-1")
    await chat.shown("EDIT-1")
    world.telegram.edit_user_message(chat.id, 1, "EDIT-1 again")
    await chat.hears_no_more()


async def test_forgetting_asks_first_and_then_leaves_nothing_to_export(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("GONE-1", "PACKING")
    await chat.follows("GONE-1")
    chat.says("/export")
    held = await chat.told("export-ready")
    assert held.file is not None
    chat.says("/forget")
    await chat.told("forget-confirm")
    await chat.presses("button-forget")
    await world.pickpack.set_status("GONE-1", "INVOICED")
    await chat.is_told_no_more()


async def test_privacy_and_settings_are_answered(chat: PersonsChat) -> None:
    chat.says("/privacy")
    assert says(await chat.told(), "privacy")
    chat.says("/settings")
    settings = await chat.told("settings", level="level-name-main")
    assert len(settings.labels()) == 4


@pytest.mark.parametrize("code", ["pt-br", "pt", "es-419", "de", "zh-hans", "", None])
async def test_every_language_code_gets_an_answer_in_the_nearest_language(
    world: SimulatedWorld, code: str | None, somebody: Callable[[], PersonsChat]
) -> None:
    person = somebody()
    world.telegram.user_says(person.id, "/stop", language_code=code)
    nearest = {"pt-br": "pt-BR", "pt": "pt-BR", "es-419": "es"}.get(code or "", "en")
    assert says(await person.told(), "stop-nothing", language=nearest)


# ── staff ────────────────────────────────────────────────────────────────────


async def test_staff_get_the_raw_truth_and_others_an_unknown_command(
    world: SimulatedWorld, chat: PersonsChat, somebody: Callable[[], PersonsChat]
) -> None:
    service = CourierService("S-9", status="ASSIGNED", courier="Swift", tracking_url="https://t.example.com/9")
    world.pickpack.put_order("TRUE-1", "READY_FOR_SHIPPING", services=[service])
    await chat.follows("TRUE-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.says("/check TRUE-1")
    await staff.told("check-heading", number="TRUE-1")
    await staff.presses("button-details")
    report = await staff.sees("check-status", raw="READY_FOR_SHIPPING")
    assert says(report, "check-service", raw="ASSIGNED", courier="Swift", link="https://t.example.com/9")
    stranger = somebody()
    stranger.says("/check TRUE-1")
    denied = (await stranger.told()).text
    assert keys_in(denied) == ["unknown-command"]
    stranger.says("/nosuchthing")
    assert (await stranger.told()).text == denied


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("/stats", "stats-heading"),
        ("/stuck", "stuck-none"),
        ("/who STAFF-1", "who-heading"),
        ("/resend STAFF-1", "resend-done"),
        ("/link STAFF-1", "link-made"),
        ("/check", "panel-search"),
    ],
)
async def test_each_staff_command_is_answered(world: SimulatedWorld, chat: PersonsChat, command: str, key: str) -> None:
    world.pickpack.put_order("STAFF-1", "PACKING")
    await chat.follows("STAFF-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.looked = max((message.message_id for message in staff.messages), default=0)
    staff.says(command)
    assert key_of(await staff.told()) == key


async def test_staffs_own_words_reach_the_followers(world: SimulatedWorld, chat: PersonsChat) -> None:
    world.pickpack.put_order("TELL-1", "PACKING")
    await chat.follows("TELL-1")
    staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
    staff.says("/tell TELL-1 We found <all> of it & more")
    await staff.told("tell-confirm", number="TELL-1", count=1)
    await staff.presses("button-send")
    await chat.told("note", text="We found <all> of it & more")


async def test_in_a_staff_group_its_members_and_its_anonymous_admin_are_staff(world: SimulatedWorld) -> None:
    world.pickpack.put_order("GRP-1", "PACKING")
    room = PersonsChat(world, world.telegram.add_group(STAFF_GROUP, "Staff"))
    world.telegram.add_user(6009, language_code="en")
    world.telegram.add_member(STAFF_GROUP, 6009)
    for anonymous in (False, True):
        world.telegram.user_says(STAFF_GROUP, "/check GRP-1", user_id=6009, anonymous=anonymous)
        assert says(await room.told("check-heading", number="GRP-1"), "check-state")
    outside = PersonsChat(world, 6009)
    outside.says("/check GRP-1")
    assert keys_in(await outside.told()) == ["unknown-command"]


# ── groups ───────────────────────────────────────────────────────────────────


async def test_in_a_group_only_commands_for_the_bot_are_answered_in_the_groups_language(
    world: SimulatedWorld, group: PersonsChat
) -> None:
    number = f"FAM{-group.id}-1"
    world.pickpack.put_order(number, "PACKING")
    world.telegram.user_says(group.id, f"look, {number}!", user_id=6001)
    world.telegram.user_says(group.id, f"/order@another_bot {number}", user_id=6001)
    await group.hears_no_more(user_id=6001)
    world.telegram.user_says(group.id, f"/order {number}", user_id=6001)
    assert shows(await group.shown(number), "state-packing", order=number)


async def test_in_a_group_only_who_followed_can_stop(world: SimulatedWorld, group: PersonsChat) -> None:
    number = f"FAM{-group.id}-2"
    world.pickpack.put_order(number, "PACKING")
    world.telegram.user_says(group.id, f"/order {number}", user_id=6001)
    await group.shown(number)
    world.telegram.user_says(group.id, "/stop", user_id=6002)
    assert says(await group.told(), "not-yours-to-stop")
    world.telegram.user_says(group.id, "/stop", user_id=6001)
    assert says(await group.told(), "stopped", order=number)


async def test_a_topic_gets_its_news_in_the_topic(world: SimulatedWorld) -> None:
    forum = PersonsChat(world, world.telegram.add_group(next(_groups), "Forum", forum=True))
    world.telegram.add_member(forum.id, 6001)
    world.telegram.set_topic(forum.id, 17)
    world.pickpack.put_order("TOPIC-1", "PACKING")
    world.telegram.user_says(forum.id, "/order TOPIC-1", user_id=6001, thread_id=17)
    assert (await forum.shown("TOPIC-1")).thread_id == 17
    await world.pickpack.set_status("TOPIC-1", "INVOICED")
    assert (await forum.told("state-invoiced")).thread_id == 17


async def test_a_group_that_becomes_a_supergroup_keeps_its_orders(world: SimulatedWorld) -> None:
    old = PersonsChat(world, world.telegram.add_group(-777, "Old", kind="group"))
    world.telegram.add_member(old.id, 6001)
    world.pickpack.put_order("MOVE-1", "PACKING")
    world.telegram.user_says(old.id, "/order MOVE-1", user_id=6001)
    await old.shown("MOVE-1")
    world.telegram.upgrade_group(old.id, -100777)
    new = PersonsChat(world, -100777)
    await world.pickpack.set_status("MOVE-1", "INVOICED")
    await new.told("state-invoiced", order="MOVE-1")


async def test_the_menus_name_the_commands_in_the_persons_language(
    world: SimulatedWorld, somebody: Callable[[], PersonsChat]
) -> None:
    person = somebody()
    await until(lambda: bool(world.telegram.shown_commands(person.id, person.id)))
    names = [one["command"] for one in world.telegram.shown_commands(person.id, person.id)]
    assert "orders" in names
    assert "check" not in names
    assert json.dumps(names)
