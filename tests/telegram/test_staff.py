"""What staff see and do, and that nobody else learns that there is anything to see."""

from pathlib import Path

import pytest

from bot.people.drafts import KEPT_FOR
from bot.people.links import read
from bot.pickpack.errors import Unreachable
from bot.tracking.model import SnapshotSeen
from tests.builders import HOST, service
from tests.telegram.room import ADMIN, ANA, BEN, LINK_SECRET, STAFF, STAFF_GROUP, Room, Talk, open_room

COMMANDS = ["/check A-1", "/check", "/stuck", "/stats", "/who A-1", "/resend A-1", "/tell A-1 hello", "/link A-1"]
NOT_ADMIN = "Only an admin of this bot may do this."


@pytest.fixture
def staff(room: Room) -> Talk:
    return room.talk(STAFF)


@pytest.fixture
def admin(room: Room) -> Talk:
    return room.talk(ADMIN)


async def test_a_check_shows_raw_statuses_couriers_and_links(room: Room, staff: Talk) -> None:
    room.put("A-1", "READY_FOR_SHIPPING")
    one = service("ASSIGNED", "s1", "https://t.example.com/9", courier="Swift")
    await room.intake.see(SnapshotSeen(HOST, "A-1", "READY_FOR_SHIPPING", (one,), ()), sent_at=room.clock.now())
    text = (await staff.asks("/check A-1")).text
    assert all(word in text for word in ("A-1", "READY_FOR_SHIPPING", "ASSIGNED", "Swift", "https://t.example.com/9"))
    assert room.asking.asked == ["A-1"]


async def test_a_check_of_an_order_that_nobody_knows_says_so(staff: Talk) -> None:
    assert "No order NONE-1 is known here" in (await staff.asks("/check NONE-1")).text


async def test_a_check_while_the_api_is_silent_says_why_and_shows_what_is_known(room: Room, staff: Talk) -> None:
    room.put("A-1")
    await room.asking.ask("A-1")
    room.asking.failing = Unreachable("no answer from the API")
    assert "no answer from the API" in (await staff.asks("/check A-1")).text
    assert "PACKING" in (await staff.hears()).text


@pytest.mark.parametrize("command", COMMANDS)
async def test_to_others_a_staff_command_is_unknown_like_any_other(room: Room, ana: Talk, command: str) -> None:
    room.put("A-1")
    await room.talk(BEN).asks("A-1")
    asked = len(room.asking.asked)
    unknown = (await ana.asks("/nosuchthing")).text
    answer = await ana.asks(command)
    assert (answer.text, answer.labels()) == (unknown, [])
    assert len(room.asking.asked) == asked
    assert room.rows("SELECT * FROM audit") == []


async def test_staff_see_their_commands_in_the_help_and_others_do_not(room: Room, ana: Talk, staff: Talk) -> None:
    await staff.asks("/help")
    assert "/check" in (await staff.hears()).text
    assert "/check" not in (await ana.asks("/help")).text
    await ana.hears_nothing()


async def test_in_a_staff_group_members_and_its_anonymous_admin_are_staff(room: Room) -> None:
    room.put("A-1")
    group = room.group(STAFF_GROUP, BEN)
    for anonymous in (False, True):
        assert "PACKING" in (await group.asks("/check A-1", user_id=BEN, anonymous=anonymous)).text
    assert "don’t know this command" in (await room.talk(BEN).asks("/check A-1")).text
    assert room.rows("SELECT who FROM audit ORDER BY id") == [(BEN,), (STAFF_GROUP,)]


async def test_a_member_of_staff_is_not_staff_in_a_group_where_others_read_along(room: Room) -> None:
    room.put("A-1")
    group = room.group(-1009, STAFF, ANA)
    assert "PACKING" not in (await group.asks("/check@onroute_bot A-1", user_id=STAFF)).text


async def test_who_shows_the_followers_of_an_order(room: Room, ana: Talk, staff: Talk) -> None:
    room.put("A-1")
    await room.asking.ask("A-1")
    assert "Nobody follows order A-1" in (await staff.asks("/who A-1")).text
    await ana.asks("A-1")
    await room.talk(BEN).asks("A-1")
    text = (await staff.asks("/who A-1")).text
    assert all(word in text for word in ("2 followers", str(ANA), str(BEN), "by number"))
    assert "No order NONE-1 is known here" in (await staff.asks("/who NONE-1")).text


async def test_the_numbers_of_the_day_are_counted(room: Room, ana: Talk, staff: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    stats = (await staff.asks("/stats")).text
    assert "Orders followed: 1" in stats
    assert "Messages sent: 1" in stats


async def test_an_order_that_does_not_move_is_stuck_and_others_are_not(room: Room, ana: Talk, staff: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    assert "Every order moves" in (await staff.asks("/stuck")).text
    room.clock.advance(30 * 86_400)
    assert "A-1: PACKING" in (await staff.asks("/stuck")).text


async def test_a_resend_tells_the_state_again_to_every_follower(room: Room, ana: Talk, admin: Talk) -> None:
    room.put("A-1")
    ben = room.talk(BEN)
    for person in (ana, ben):
        await person.asks("A-1")
    assert "told again to 2 chats" in (await admin.asks("/resend A-1")).text
    for person in (ana, ben):
        assert "is being packed" in (await person.hears()).text
    assert "No order NONE-1 is known here" in (await admin.asks("/resend NONE-1")).text


async def test_staffs_own_words_reach_followers_as_they_were_typed(room: Room, ana: Talk, admin: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    asked = await admin.asks("/tell A-1 We found <all> & more")
    assert "goes to 1 follower of order A-1. Send it?" in asked.text
    await ana.hears_nothing()
    await admin.presses("Send it")
    assert "We found <all> & more" in (await ana.hears()).text
    assert "Sent to 1 follower" in asked.text
    assert asked.labels() == []
    assert "Write it like this: /tell" in (await admin.asks("/tell A-1")).text
    assert "At most 2" in (await admin.asks("/tell A-1 " + "x" * 2001)).text
    await ana.hears_nothing()


async def test_staffs_own_words_go_once_or_not_at_all(room: Room, ana: Talk, admin: Talk) -> None:
    room.put("A-1")
    room.put("B-2")
    await room.asking.ask("B-2")
    await ana.asks("A-1")
    asked = await admin.asks("/tell A-1 hello")
    again = asked.button("Send it")["callback_data"]
    await admin.presses("Don’t send it")
    assert asked.text == "Nothing was sent."
    assert "out of date" in await admin.presses_data(asked, again)
    late = await admin.asks("/tell A-1 hello")
    room.clock.advance(KEPT_FOR)
    assert "out of date" in await admin.presses_data(late, late.button("Send it")["callback_data"])
    assert "Nobody follows order B-2" in (await admin.asks("/tell B-2 hello")).text
    await ana.hears_nothing()


async def test_nobody_else_sends_what_an_admin_has_written(room: Room, ana: Talk, staff: Talk, admin: Talk) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    asked = await admin.asks("/tell A-1 hello")
    send = asked.button("Send it")["callback_data"]
    for other in (ana, staff):
        message = await other.asks("/help")
        assert "out of date" in await other.presses_data(message, send)
    await admin.presses("Send it")
    assert "hello" in (await ana.hears("hello")).text


@pytest.mark.parametrize("command", ["/resend A-1", "/tell A-1 hello"])
async def test_what_writes_to_shoppers_is_for_admins_only(room: Room, ana: Talk, staff: Talk, command: str) -> None:
    room.put("A-1")
    await ana.asks("A-1")
    assert (await staff.asks(command)).text == NOT_ADMIN
    await ana.hears_nothing()


async def test_a_staff_group_that_is_an_admin_lets_all_its_members_write(tmp_path: Path) -> None:
    async with open_room(tmp_path, admins=frozenset({STAFF_GROUP})) as room:
        room.put("A-1")
        await room.talk(ANA).asks("A-1")
        group = room.group(STAFF_GROUP, BEN)
        assert "told again to 1 chat" in (await group.asks("/resend A-1", user_id=BEN)).text
        assert (await room.talk(ADMIN).asks("/resend A-1")).text == NOT_ADMIN


async def test_a_link_that_was_made_opens_the_order(room: Room, ana: Talk, staff: Talk) -> None:
    room.put("A-1")
    text = (await staff.asks("/link A-1")).text
    payload = text.rpartition("?start=")[2].split()[0]
    assert "https://t.me/onroute_bot?start=" in text
    assert read(payload, [LINK_SECRET]) == "A-1"
    assert "is being packed" in (await ana.asks(f"/start {payload}")).text
    assert "too long" in (await staff.asks("/link " + "Z1" * 30)).text


async def test_without_a_secret_there_are_no_links(tmp_path: Path) -> None:
    async with open_room(tmp_path, link_secrets=()) as room:
        assert "LINK_SECRET" in (await room.talk(STAFF).asks("/link A-1")).text


@pytest.mark.parametrize("name", ["check", "who", "link"])
async def test_a_staff_command_without_a_number_says_how_it_is_written(staff: Talk, name: str) -> None:
    assert (await staff.asks(f"/{name}")).text == f"Write it like this: /{name} 1509750516095-01"
