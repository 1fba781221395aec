"""What staff see and do, and that nobody else learns that there is anything to see."""

from pathlib import Path

import pytest

from bot.people.links import read
from bot.people.staff_service import DRAFT_SECONDS
from bot.pickpack.errors import UnreachableError
from bot.tracking.events import OrderSnapshot
from bot.transactions.staff import RESEND_SECONDS, SAME_NOTE_SECONDS
from bot.words.example import WHOLE_EXAMPLE
from tests.builders import HOST, service
from tests.message_keys import button_of, keys_in, says, values_of
from tests.telegram.bot_harness import ADMIN, ANA, BEN, LINK_SECRET, STAFF, STAFF_GROUP, BotHarness, Talk, running_bot

COMMANDS = ["/check A-1", "/check", "/stuck", "/stats", "/who A-1", "/resend A-1", "/tell A-1 hello", "/link A-1"]


@pytest.fixture
def staff(harness: BotHarness) -> Talk:
    return harness.talk(STAFF)


@pytest.fixture
def admin(harness: BotHarness) -> Talk:
    return harness.talk(ADMIN)


async def test_a_check_shows_raw_statuses_couriers_and_links(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1", "READY_FOR_SHIPPING")
    one = service(
        *("ASSIGNED", "s1", "https://t.example.com/9"), courier="Swift", tracking_id="TRK-1", tracking_status="LATE"
    )
    await harness.recorder.apply_snapshot(
        OrderSnapshot(HOST, "A-1", "READY_FOR_SHIPPING", (one,), ()), sent_at=harness.clock.now()
    )
    card = await staff.asks("/check A-1")
    assert says(card, "check-heading", number="A-1")
    await staff.presses("button-details")
    report = harness.telegram.bot_messages(STAFF)[-1]
    assert report.message_id == card.message_id
    assert says(report, "check-status", raw="READY_FOR_SHIPPING")
    assert says(report, "check-service", raw="ASSIGNED", courier="Swift", link="https://t.example.com/9")
    assert says(report, "check-tracking", tracking="TRK-1", raw="LATE")
    assert harness.order_lookup.asked == ["A-1"]


async def test_a_check_of_an_order_that_nobody_knows_says_so(staff: Talk) -> None:
    assert says(await staff.asks("/check NONE-1"), "check-unknown", number="NONE-1")


async def test_a_check_while_the_api_is_silent_says_why_and_shows_what_is_known(
    harness: BotHarness, staff: Talk
) -> None:
    harness.put("A-1")
    await harness.order_lookup.look_up("A-1")
    harness.order_lookup.failing = UnreachableError("no answer from the API")
    card = await staff.asks("/check A-1")
    assert says(card, "check-unreachable")
    assert says(card, "check-state")


async def test_a_check_does_not_say_for_a_silent_api_that_there_is_no_such_order(
    harness: BotHarness, staff: Talk
) -> None:
    harness.order_lookup.failing = UnreachableError("no answer from the API")
    card = await staff.asks("/check NONE-1")
    assert says(card, "check-unknown-unreachable", number="NONE-1")
    assert not says(card, "check-unreachable")  # nothing was known before
    assert not says(card, "check-unknown")


@pytest.mark.parametrize("command", COMMANDS)
async def test_to_others_a_staff_command_is_unknown_like_any_other(
    harness: BotHarness, ana: Talk, command: str
) -> None:
    harness.put("A-1")
    await harness.talk(BEN).asks("A-1")
    asked = len(harness.order_lookup.asked)
    unknown = (await ana.asks("/nosuchthing")).text
    answer = await ana.asks(command)
    assert keys_in(unknown) == ["unknown-command"]
    assert (answer.text, answer.labels()) == (unknown, [])
    assert len(harness.order_lookup.asked) == asked
    assert harness.rows("SELECT * FROM audit") == []


async def test_in_a_staff_group_members_and_its_anonymous_admin_are_staff(harness: BotHarness) -> None:
    harness.put("A-1")
    group = harness.group(STAFF_GROUP, BEN)
    for anonymous in (False, True):
        answer = await group.asks("/check A-1", user_id=BEN, anonymous=anonymous)
        assert says(answer, "check-heading", number="A-1")
    assert says(await harness.talk(BEN).asks("/check A-1"), "unknown-command")
    assert harness.rows("SELECT who FROM audit ORDER BY id") == [(BEN,), (STAFF_GROUP,)]


async def test_a_member_of_staff_is_not_staff_in_a_group_where_others_read_along(harness: BotHarness) -> None:
    harness.put("A-1")
    group = harness.group(-1009, STAFF, ANA)
    assert keys_in(await group.asks("/check@onroute_bot A-1", user_id=STAFF)) == ["unknown-command"]


async def test_who_shows_the_followers_of_an_order(harness: BotHarness, ana: Talk, staff: Talk) -> None:
    harness.put("A-1")
    await harness.order_lookup.look_up("A-1")
    assert says(await staff.asks("/who A-1"), "who-nobody", number="A-1")
    await ana.asks("A-1")
    await harness.talk(BEN).asks("A-1")
    answer = await staff.asks("/who A-1")
    assert says(answer, "who-heading", number="A-1", count=2)
    for person in (ANA, BEN):
        assert says(answer, "who-row", chat=person, verified="no")
    assert says(await staff.asks("/who NONE-1"), "check-unknown", number="NONE-1")


async def test_a_resend_tells_the_state_again_to_every_follower(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    ben = harness.talk(BEN)
    for person in (ana, ben):
        await person.asks("A-1")
    assert says(await admin.asks("/resend A-1"), "resend-done", number="A-1", count=2)
    for person in (ana, ben):
        assert says(await person.hears(), "state-packing")
    assert says(await admin.asks("/resend NONE-1"), "check-unknown", number="NONE-1")


async def test_staffs_own_words_reach_followers_as_they_were_typed(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    asked = await admin.asks("/tell A-1 We found <all> & more")
    assert says(asked, "tell-confirm", number="A-1", count=1)
    assert says(asked, "note", text="We found <all> & more")  # as it will be seen
    await ana.hears_nothing()
    await admin.presses("button-send")
    assert says(await ana.hears(), "note", text="We found <all> & more")
    assert says(asked, "tell-done", number="A-1", count=1)
    assert asked.labels() == []
    for nothing in ("", "\u2800", "\u3164 \u200b", "\u0301"):
        assert says(await admin.asks(f"/tell A-1 {nothing}"), "write-ask", number="A-1")
    assert says(await admin.asks("/tell A-1 " + "x" * 2001), "tell-too-long", limit="2,000", length="2,001")
    assert says(await admin.asks("/tell A-1 " + "😀" * 1001), "tell-too-long", limit="2,000", length="2,002")
    assert says(await admin.asks("/tell A-1 " + "😀" * 1000), "tell-confirm", number="A-1", count=1)
    await ana.hears_nothing()


async def test_staffs_own_words_go_once_or_not_at_all(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    harness.put("B-2")
    await harness.order_lookup.look_up("B-2")
    await ana.asks("A-1")
    asked = await admin.asks("/tell A-1 hello")
    again = button_of(asked, "button-send")["callback_data"]
    await admin.presses("button-cancel")
    assert says(asked, "tell-cancelled")
    assert says(await admin.presses_data(asked, again), "toast-draft-gone")
    late = await admin.asks("/tell A-1 hello")
    harness.clock.advance(DRAFT_SECONDS)
    assert says(await admin.presses_data(late, button_of(late, "button-send")["callback_data"]), "toast-draft-gone")
    await harness.telegram.wait_for(lambda: late.labels() == [])
    assert says(await admin.asks("/tell B-2 hello"), "who-nobody", number="B-2")
    await ana.hears_nothing()


async def test_a_second_press_says_when_and_by_whom_it_was_sent(tmp_path: Path) -> None:
    async with running_bot(tmp_path, admins=frozenset({STAFF_GROUP})) as harness:
        harness.put("A-1")
        ana = harness.talk(ANA)
        await ana.asks("A-1")
        group = harness.group(STAFF_GROUP, BEN, ADMIN)
        asked = await group.asks("/tell A-1 hello", user_id=BEN)
        send = button_of(asked, "button-send")["callback_data"]
        for _ in range(5):
            said = await group.presses_data(asked, send, user_id=BEN)
        assert says(said, "toast-sent-already", by="you")
        assert says(await group.presses_data(asked, send, user_id=ADMIN), "toast-sent-already", by="another")
        await ana.hears("note")
        await ana.hears_nothing()
        assert harness.rows("SELECT who FROM audit WHERE action = 'tell'") == [(BEN,)]


async def test_the_same_words_to_the_same_order_go_once_whoever_sends_them(tmp_path: Path) -> None:
    async with running_bot(tmp_path, admins=frozenset({ADMIN, STAFF})) as harness:
        for number in ("A-1", "B-2"):
            harness.put(number)
            await harness.talk(ANA).asks(number)
        ana, first, second = (harness.talk(one) for one in (ANA, ADMIN, STAFF))
        for talk, words in ((first, "We are late"), (second, "We  are late\n")):
            asked = await talk.asks(f"/tell A-1 {words}")
        send = button_of(asked, "button-send")["callback_data"]
        await first.presses("button-send")
        for _ in range(2):
            assert says(await second.presses_data(asked, send), "toast-sent-already", by="another")
        await harness.telegram.wait_for(lambda: asked.labels() == [])
        await ana.hears("note", text="We are late")
        for number, words in (("A-1", "It is here"), ("B-2", "We are late")):
            await second.asks(f"/tell {number} {words}")
            assert await second.presses("button-send") == ""
            await ana.hears("note", text=words)
        assert says(await first.asks("/tell A-1 We are late"), "tell-confirm")
        assert says(await first.presses("button-send"), "toast-sent-already", by="you")
        harness.clock.advance(SAME_NOTE_SECONDS + 1)
        await first.asks("/tell A-1 We are late")
        assert await first.presses("button-send") == ""
        await ana.hears("note", text="We are late")
        await ana.hears_nothing()


async def test_an_order_is_sent_again_once_however_often_staff_ask(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    assert says(await admin.asks("/check A-1"), "check-heading")
    assert says(await admin.asks("/resend A-1"), "who-nobody", number="A-1")
    await harness.shown(ana, "A-1")
    for _ in range(5):
        said = await admin.presses("button-resend")
    assert says(said, "toast-resent-already")
    assert says(await admin.hears(), "resend-done", count=1)
    assert says(await admin.asks("/resend A-1"), "resend-just-now", number="A-1")
    await ana.hears("state-packing")
    await ana.hears_nothing()
    harness.clock.advance(RESEND_SECONDS)
    assert says(await admin.asks("/resend A-1"), "resend-done", count=1)
    await ana.hears("state-packing")


async def test_a_note_that_waits_to_be_confirmed_is_kept_until_then_and_no_longer(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    for press in ("button-send", "button-cancel"):
        await admin.asks("/tell A-1 hello")
        assert harness.rows("SELECT number, text FROM drafts WHERE text <> ''") == [("A-1", "hello")]
        await admin.presses(press)
        assert harness.rows("SELECT * FROM drafts WHERE text <> ''") == []
    await admin.asks("/tell A-1 hello")
    await admin.asks("/forget")
    await admin.presses("f:yes")
    assert harness.rows("SELECT * FROM drafts") == []


async def test_the_longest_note_is_shown_whole_before_it_goes(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    for text in ("x" * 1990 + "the end", "<" * 1990 + "the end", "😀" * 990 + "the end"):
        asked = await admin.asks(f"/tell A-1 {text}")
        assert says(asked, "note", text=text)
        assert asked.labels() == ["⟦button-send⟧", "⟦button-cancel⟧"]


async def test_nobody_else_sends_what_an_admin_has_written(
    harness: BotHarness, ana: Talk, staff: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    asked = await admin.asks("/tell A-1 hello")
    send = button_of(asked, "button-send")["callback_data"]
    for other, old in ((ana, "toast-old"), (staff, "toast-staff-old")):
        message = await other.asks("/help")
        assert says(await other.presses_data(message, send), old)
    await admin.presses("button-send")
    await ana.hears("note", text="hello")


@pytest.mark.parametrize("command", ["/resend A-1", "/tell A-1 hello"])
async def test_what_writes_to_shoppers_is_for_admins_only(
    harness: BotHarness, ana: Talk, staff: Talk, command: str
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    assert says(await staff.asks(command), "staff-not-admin")
    await ana.hears_nothing()


async def test_a_staff_group_that_is_an_admin_lets_all_its_members_write(tmp_path: Path) -> None:
    async with running_bot(tmp_path, admins=frozenset({STAFF_GROUP})) as harness:
        harness.put("A-1")
        await harness.talk(ANA).asks("A-1")
        group = harness.group(STAFF_GROUP, BEN)
        assert says(await group.asks("/resend A-1", user_id=BEN), "resend-done", number="A-1", count=1)
        assert says(await harness.talk(ADMIN).asks("/resend A-1"), "staff-not-admin")


async def test_a_link_that_was_made_opens_the_order(harness: BotHarness, ana: Talk, staff: Talk) -> None:
    harness.put("A-1")
    made = values_of(await staff.asks("/link A-1"), "link-made")
    address, _, payload = made["url"].partition("?start=")
    assert (made["number"], address) == ("A-1", "https://t.me/onroute_bot")
    assert read(payload, [LINK_SECRET]) == "A-1"
    assert says(await ana.asks(f"/start {payload}"), "state-packing")
    assert says(await staff.asks("/link " + "Z1" * 30), "link-too-long", number="Z1" * 30)


async def test_without_a_secret_there_are_no_links(tmp_path: Path) -> None:
    async with running_bot(tmp_path, link_secrets=()) as harness:
        assert says(await harness.talk(STAFF).asks("/link A-1"), "link-no-secret")


@pytest.mark.parametrize("name", ["who", "link"])
async def test_a_staff_command_without_a_number_says_how_it_is_written(staff: Talk, name: str) -> None:
    assert says(await staff.asks(f"/{name}"), "staff-usage", command=f"/{name} {WHOLE_EXAMPLE}")
