"""The card of `/check`: how an order stands, what its followers see and were told, for any id; and its buttons."""

from pathlib import Path

import pytest

from bot.people.links import read, sign
from bot.pickpack.errors import UnreachableError
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.state import ShownMessage
from bot.tracking.events import OrderSnapshot
from bot.transactions.staff import RESEND_SECONDS
from bot.words.example import WHOLE_EXAMPLE
from tests.builders import HOST, service, status_changed
from tests.message_keys import button_of, key_of, keys_in, says, values_of
from tests.telegram.bot_harness import ADMIN, ANA, BEN, LINK_SECRET, STAFF, BotHarness, Talk, running_bot

BUTTONS = ["button-refresh", "button-details", "button-followers", "button-link"]
FOR_ADMINS = ["button-resend", "button-write"]
IDS = [
    "Pedido 10/452: ñandú 7",
    "10/452",
    "MX:12/3",
    "#1234",
    "Ñ-123 b",
    "MKT-2026/1234567890",
    "A?x=1&y=2",
    "a/../b1",
    "50% off <b>7</b>",
    "V" + "x" * 90 + "7",
]


@pytest.fixture
def staff(harness: BotHarness) -> Talk:
    return harness.talk(STAFF)


@pytest.fixture
def admin(harness: BotHarness) -> Talk:
    return harness.talk(ADMIN)


def buttons(message: ShownMessage) -> list[str]:
    return [key_of(one["text"]) for row in message.buttons for one in row]


def events(card: ShownMessage) -> list[str]:
    return [line for line in card.text.splitlines() if "check-event" in line]


# ── any id ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("order_id", IDS)
async def test_any_id_is_looked_up_as_it_is_given(harness: BotHarness, staff: Talk, order_id: str) -> None:
    harness.put(order_id)
    for _ in range(2):  # not known here yet, and known
        card = await staff.asks(f"/check {order_id}")
        assert says(card, "check-state")
        assert order_id in card.text
    assert set(harness.order_lookup.asked) == {order_id}
    await staff.presses("button-refresh")
    assert harness.order_lookup.asked[-1] == order_id
    assert len(harness.order_lookup.asked) == 3


async def test_an_id_that_is_two_numbers_for_others_is_found_where_there_is_such_an_order(
    harness: BotHarness, staff: Talk
) -> None:
    harness.put("A-1/B-2")
    assert "A-1/B-2" in (await staff.asks("/check A-1/B-2")).text
    harness.put("C-3")
    assert says(await staff.asks("/check #C-3"), "check-heading", number="C-3")


@pytest.mark.parametrize(
    "other", ["4111 1111 1111 1111", "nr. 4111111111111111", "Ana, 529.982.247-25", "555 123 4567"]
)
async def test_what_is_personal_is_not_asked_for(harness: BotHarness, staff: Talk, other: str) -> None:
    assert says(await staff.asks(f"/check {other}"), "staff-usage", command=f"/check {WHOLE_EXAMPLE}")
    assert harness.order_lookup.asked == []
    assert harness.rows("SELECT * FROM audit") == []


async def test_of_a_number_that_is_awaited_staff_see_who_waits_and_what_was_said(
    harness: BotHarness, ana: Talk, staff: Talk
) -> None:
    await ana.asks("NEW-1")
    card = await staff.asks("/check NEW-1")
    assert says(card, "check-awaited", number="NEW-1")
    assert says(card, "check-waited-since", count=1)
    assert says(card, "check-next-ask")
    assert says(card, "not-there")
    assert buttons(card) == ["button-refresh"]
    harness.put("NEW-1")
    assert says(await staff.presses("button-refresh"), "toast-refreshed")
    shown = harness.telegram.bot_messages(STAFF)[-1]
    assert shown.message_id == card.message_id
    assert says(shown, "check-heading", number="NEW-1")
    assert says(shown, "check-followed", count=1)
    assert buttons(shown) == BUTTONS


# ── what the card says ───────────────────────────────────────────────────────


async def test_the_card_says_what_followers_cards_say_in_their_own_words(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1", "ON_ROUTE")
    for person in (ANA, BEN):
        await harness.shown(harness.talk(person), "A-1")
    group = harness.group(-100777, ANA)
    await harness.shown(group, "/order@onroute_bot A-1", user_id=ANA)
    card = await staff.asks("/check A-1")
    assert says(card, "check-followed", count=3)
    assert says(card, "check-card-private", count=2)
    assert says(card, "check-card-group", count=1)
    assert keys_in(card).count("headline-on-its-way") == 2
    assert keys_in(card).count("state-on-route") == 2


async def test_of_an_order_that_nobody_follows_it_says_what_a_follower_would_read(
    harness: BotHarness, staff: Talk
) -> None:
    harness.put("A-1")
    card = await staff.asks("/check A-1")
    assert says(card, "check-followed", count=0)
    assert says(card, "check-card-new")
    assert says(card, "state-packing")
    assert says(card, "check-nothing-told")
    assert says(card, "check-no-courier")


async def test_each_event_is_one_line_with_whom_it_reached_and_why_not(
    harness: BotHarness, ana: Talk, staff: Talk
) -> None:
    harness.put("A-1", "INVOICED")
    for person in (ana, harness.talk(BEN)):
        await harness.shown(person, "A-1")
    harness.telegram.fail(TelegramFault.BLOCKED, chat_id=BEN)
    harness.clock.advance(700)
    await harness.moves("A-1", "ON_ROUTE")
    harness.clock.advance(20)
    harness.sending_due.set()
    await ana.hears("state-on-route")
    await harness.until(lambda: harness.rows("SELECT 1 FROM chats WHERE paused IS NOT NULL"))
    await harness.until(lambda: not harness.rows("SELECT 1 FROM outbox WHERE state IN ('open', 'claimed')"))
    card = await staff.asks("/check A-1")
    newest, asked = events(card)
    for part in ("short-on-its-way", "check-to¦count=1", "check-undelivered¦count=1", "check-why-blocked"):
        assert part in newest, part
    for part in ("check-what-asked", "short-packed", "check-to¦count=2"):
        assert part in asked, part
    assert says(card, "check-cannot-write", count=1)


async def test_what_a_chat_got_again_counts_it_once_and_says_when(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    for wait in (700, 61, 420):
        harness.clock.advance(wait)
        await admin.asks("/resend A-1")
        harness.sending_due.set()
        await ana.hears("state-packing")
    await settled(harness)
    last, twice, asked = events(await admin.asks("/check A-1"))
    assert "check-what-again" in last and "check-what-again" in twice
    assert "check-to¦count=1" in last and "check-messages" not in last
    assert "check-span" in twice and "check-messages¦count=1¦messages=2" in twice
    assert "check-to¦count=1" in asked and "check-messages" not in asked


async def test_what_waits_says_until_when_where_telegram_has_asked_for_that(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    harness.clock.advance(700)
    harness.telegram.fail(TelegramFault.TOO_MANY, chat_id=ANA, seconds=3000)
    await admin.asks("/resend A-1")
    harness.sending_due.set()
    await harness.until(lambda: harness.rows("SELECT 1 FROM chats WHERE hold_until IS NOT NULL"))
    again, _ = events(await admin.asks("/check A-1"))
    assert "check-pending-until¦" in again and "held=yes" in again


async def test_what_came_without_a_sound_says_so(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1", "ON_ROUTE")
    await harness.shown(ana, "A-1")
    rang = not harness.telegram.bot_messages(ANA)[-1].silent
    harness.clock.advance(700)
    snapshot = OrderSnapshot(HOST, "A-1", "ON_ROUTE", (service("ON_HOLD", "s1"),), ())
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    harness.sending_due.set()
    assert (await ana.hears("headline-hold")).silent
    await harness.until(lambda: not harness.rows("SELECT 1 FROM outbox WHERE state IN ('open', 'claimed')"))
    hold, asked = events(await admin.asks("/check A-1"))
    assert "check-silent¦all=yes" in hold
    assert ("check-silent" not in asked) is rang


async def test_what_only_asking_has_found_says_so(harness: BotHarness, ana: Talk, staff: Talk) -> None:
    harness.put("A-1", "INVOICED")
    await ana.asks("/order A-1")
    await harness.shown(ana, "A-1")
    harness.clock.advance(700)
    harness.put("A-1", "ON_ROUTE")
    card = await staff.asks("/check A-1")
    assert says(card, "check-found", webhook="open")
    harness.sending_due.set()
    await ana.hears("state-on-route")
    harness.clock.advance(120)
    card = await staff.asks("/check A-1")
    state = next(line for line in card.text.splitlines() if "check-state" in line)
    assert "check-found¦webhook=missed" in state
    assert "check-found¦webhook=missed" in events(card)[0]
    assert "check-silent" not in events(card)[0]  # key news ring
    await harness.recorder.apply_webhook(status_changed("INVOICED", "ON_ROUTE", "A-1"))
    card = await staff.asks("/check A-1")
    assert not says(card, "check-found")


async def test_a_note_is_shown_with_its_words_and_stays_on_its_preview(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    preview = await admin.asks("/tell A-1 Your <cake>\nis ready")
    await admin.presses("button-send")
    harness.sending_due.set()
    await ana.hears("note")
    assert says(preview, "tell-done", count=1)
    assert says(preview, "note", text="Your <cake>\nis ready")
    newest = events(await admin.asks("/check A-1"))[0]
    assert "check-what-note" in newest and "Your <cake> is ready" in newest
    assert f"author={ADMIN}" in newest


async def test_a_name_that_a_shopper_gave_to_an_order_is_nobody_elses(
    harness: BotHarness, ana: Talk, staff: Talk
) -> None:
    harness.put("A-1")
    await ana.asks("/order A-1 Birthday")
    assert "Birthday" not in (await staff.asks("/check A-1")).text


async def test_where_courier_and_order_say_different_things_a_sentence_says_so(
    harness: BotHarness, staff: Talk
) -> None:
    harness.put("A-1", "INVOICED")
    snapshot = OrderSnapshot(HOST, "A-1", "INVOICED", (service("ON_ROUTE", "s1", courier="Swift"),), ())
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    card = await staff.asks("/check A-1")
    assert says(card, "check-apart-shown")
    assert says(card, "package", courier="Swift")
    harness.clock.advance(3600)
    delivered = OrderSnapshot(HOST, "A-1", "DELIVERED", snapshot.shipments, ())
    await harness.recorder.apply_snapshot(delivered, sent_at=harness.clock.now())
    harness.order_lookup.failing = UnreachableError("no answer from the API")
    assert says(await staff.asks("/check A-1"), "check-apart-behind")


async def test_of_a_problem_on_the_road_it_says_whose_it_is_and_what_was_sent_again(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1", "ON_ROUTE")
    await harness.shown(ana, "A-1")
    harness.clock.advance(700)
    snapshot = OrderSnapshot(HOST, "A-1", "ON_ROUTE", (service("INCIDENT", "s1", courier="Swift"),), ())
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    harness.sending_due.set()
    await ana.hears("headline-incident")
    harness.clock.advance(700)
    await admin.asks("/resend A-1")
    harness.sending_due.set()
    await ana.hears("headline-incident")
    await harness.until(lambda: not harness.rows("SELECT 1 FROM outbox WHERE state IN ('open', 'claimed')"))
    card = await admin.asks("/check A-1")
    assert " · Swift · " in card.text
    assert says(card, "check-trouble", courier="Swift")
    assert card.text.index("check-trouble") < card.text.index("check-state")
    again, problem, asked = events(card)
    assert "check-what-again" in again and "short-incident" in again
    assert "short-incident" in problem
    assert "check-what-asked" in asked and "short-on-its-way" in asked


TROUBLES = {"INCIDENT": "incident", "ON_HOLD": "hold"}


async def reports(harness: BotHarness, *statuses: str, order_status: str = "ON_ROUTE") -> None:
    """The API shows the packages of A-1 so; nobody is left waiting for news of it."""
    harness.clock.advance(700)
    services = tuple(service(status, f"s{n}", courier="Swift") for n, status in enumerate(statuses, 1))
    snapshot = OrderSnapshot(HOST, "A-1", order_status, services, ())
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    harness.order_lookup.failing = UnreachableError("only what was reported is known")
    harness.clock.advance(20)
    harness.sending_due.set()
    await settled(harness)


async def settled(harness: BotHarness) -> None:
    await harness.until(lambda: not harness.rows("SELECT 1 FROM outbox WHERE state IN ('open', 'claimed')"))


async def followed_by_two_of_whom_ben_blocks(harness: BotHarness, *before: str) -> None:
    harness.put("A-1", "ON_ROUTE")
    for person in (ANA, BEN):
        await harness.shown(harness.talk(person), "A-1")
    if before:
        await reports(harness, *before)
    harness.telegram.user_blocks(BEN)
    await harness.until(lambda: harness.rows("SELECT 1 FROM chats WHERE paused IS NOT NULL"))


@pytest.mark.parametrize("status", ["INCIDENT", "ON_HOLD"])
async def test_of_a_chat_that_was_not_told_of_a_trouble_it_says_what_its_card_says(
    harness: BotHarness, staff: Talk, status: str
) -> None:
    await followed_by_two_of_whom_ben_blocks(harness)
    await reports(harness, status)
    card = await staff.asks("/check A-1")
    assert keys_in(card).count("check-card-private") == 2
    assert keys_in(card).count(f"headline-{TROUBLES[status]}") == 1
    assert keys_in(card).count("headline-on-its-way") == 1


@pytest.mark.parametrize("status", ["INCIDENT", "ON_HOLD"])
async def test_of_a_chat_that_was_not_told_that_a_trouble_is_over_it_says_what_its_card_says(
    harness: BotHarness, staff: Talk, status: str
) -> None:
    await followed_by_two_of_whom_ben_blocks(harness, status)
    await reports(harness, "ON_ROUTE")
    card = await staff.asks("/check A-1")
    assert keys_in(card).count(f"headline-{TROUBLES[status]}") == 1
    assert keys_in(card).count(f"news-{TROUBLES[status]}-solved") == 1
    assert "check-what-solved" in events(card)[0]


@pytest.mark.parametrize("end", ["DELIVERED", "RETURNED"])
async def test_of_a_chat_that_was_not_told_of_a_packages_end_it_says_what_its_card_says(
    harness: BotHarness, staff: Talk, end: str
) -> None:
    await followed_by_two_of_whom_ben_blocks(harness, "ON_ROUTE", "ON_ROUTE")
    await reports(harness, end, "ON_ROUTE")
    card = await staff.asks("/check A-1")
    assert keys_in(card).count(f"headline-package-{end.lower()}") == 1
    assert keys_in(card).count("headline-on-its-way") == 1
    await reports(harness, end, end)
    card = await staff.asks("/check A-1")
    assert keys_in(card).count("headline-on-its-way") == 1


async def who_says(harness: BotHarness, staff: Talk) -> list[str]:
    """What `/who` says of Ana, who was told, and of Ben, who wasn't."""
    text = (await staff.asks("/who A-1")).text
    rows = [line for line in text.splitlines() if "who-row" in line]
    return sorted(rows, key=lambda line: str(BEN) in line)


@pytest.mark.parametrize(
    ("before", "then", "said"),
    [
        (("ON_ROUTE",), ("INCIDENT",), ("short-incident", "short-on-its-way")),
        (("ON_ROUTE",), ("ON_HOLD",), ("short-hold", "short-on-its-way")),
        (("INCIDENT",), ("ON_ROUTE",), ("check-what-solved", "short-incident")),
        (("ON_HOLD",), ("ON_ROUTE",), ("check-what-solved", "short-hold")),
        (("ON_ROUTE", "ON_ROUTE"), ("DELIVERED", "ON_ROUTE"), ("check-what-package-delivered", "short-on-its-way")),
        (("ON_ROUTE", "ON_ROUTE"), ("ON_ROUTE", "RETURNED"), ("check-what-package-returned", "short-on-its-way")),
        (("ON_ROUTE",), ("DELIVERED",), ("short-delivered", "short-on-its-way")),
    ],
)
async def test_who_says_what_the_newest_card_has_said_that_reached_each_chat(
    harness: BotHarness, staff: Talk, before: tuple[str, ...], then: tuple[str, ...], said: tuple[str, str]
) -> None:
    await followed_by_two_of_whom_ben_blocks(harness, *before)
    await reports(harness, *then)
    of_ana, of_ben = await who_says(harness, staff)
    assert said[0] in of_ana
    assert said[1] in of_ben


async def test_news_that_a_chat_was_not_told_as_it_cannot_be_written_to_is_named(
    harness: BotHarness, staff: Talk
) -> None:
    await followed_by_two_of_whom_ben_blocks(harness)
    assert not says(await staff.asks("/check A-1"), "check-not-told")
    await reports(harness, "INCIDENT")
    card = await staff.asks("/check A-1")
    missed = next(line for line in card.text.splitlines() if "check-not-told" in line)
    for part in ("count=1", "short-incident", "check-why-blocked"):
        assert part in missed
    await reports(harness, order_status="DELIVERED")
    assert "short-delivered" in values_of(await staff.asks("/check A-1"), "check-not-told")["what"]


async def test_of_an_order_that_somebody_has_stopped_following_it_says_so(
    harness: BotHarness, ana: Talk, staff: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    await ana.asks("/stop A-1")
    card = await staff.asks("/check A-1")
    assert says(card, "check-followed", count=0)
    assert says(card, "check-stopped", count=1)
    await harness.shown(ana, "A-1")
    assert not says(await staff.asks("/check A-1"), "check-stopped")


async def test_of_an_order_that_somebody_misses_it_says_since_when_and_who_is_on_it(tmp_path: Path) -> None:
    async with running_bot(tmp_path, alerted=[STAFF]) as harness:
        ana, staff = harness.talk(ANA), harness.talk(STAFF)
        harness.put("A-1", "DELIVERED")
        await harness.shown(ana, "A-1")
        await ana.presses("button-missing")
        harness.sending_due.set()
        await staff.hears("alert-not-received")
        harness.clock.advance(600)
        said = values_of(await staff.asks("/check A-1"), "check-not-received")
        assert (said["count"], said["timed"], said["by"]) == ("1", "yes", "told")
        await staff.presses("button-done")
        said = values_of(await staff.asks("/check A-1"), "check-not-received")
        assert (said["by"], bool(said["name"])) == ("somebody", True)


async def test_of_a_link_it_says_how_many_cards_show_it(harness: BotHarness, staff: Talk) -> None:
    await followed_by_two_of_whom_ben_blocks(harness, "ON_ROUTE")
    harness.clock.advance(700)
    services = (service("ON_ROUTE", "s1", "https://track.example.com/1", courier="Swift"),)
    await harness.recorder.apply_snapshot(
        OrderSnapshot(HOST, "A-1", "ON_ROUTE", services, ()), sent_at=harness.clock.now()
    )
    harness.clock.advance(60)
    harness.sending_due.set()
    await settled(harness)
    assert says(await staff.asks("/check A-1"), "check-link-seen", count=1, total=2)


async def test_what_telegram_has_not_taken_so_far_says_so(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    harness.clock.advance(700)
    harness.telegram.fail(TelegramFault.SERVER_ERROR, chat_id=ANA)
    await admin.asks("/resend A-1")
    harness.sending_due.set()
    await harness.until(lambda: harness.rows("SELECT 1 FROM outbox WHERE state = 'open' AND attempts + unknowns > 0"))
    again, _ = events(await admin.asks("/check A-1"))
    assert "check-pending-tried¦count=1" in again


async def test_of_the_chats_that_follow_it_says_how_many_are_staffs(tmp_path: Path) -> None:
    async with running_bot(tmp_path, alerted=[STAFF]) as harness:
        harness.put("A-1")
        for person in (ANA, STAFF):
            await harness.shown(harness.talk(person), "/order A-1")
        assert says(await harness.talk(ADMIN).asks("/check A-1"), "check-followed", count=2, staff=1)


# ── the buttons ──────────────────────────────────────────────────────────────


async def test_admins_have_two_buttons_more_and_nobody_else_uses_them(
    harness: BotHarness, ana: Talk, staff: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    card = await admin.asks("/check A-1")
    assert buttons(card) == [*BUTTONS[:2], *FOR_ADMINS, *BUTTONS[2:]]
    of_staff = await staff.asks("/check A-1")
    assert buttons(of_staff) == BUTTONS
    for name in FOR_ADMINS:
        data = button_of(card, name)["callback_data"]
        assert says(await staff.presses_data(of_staff, data), "toast-admins-only")
    for data in (one["callback_data"] for row in card.buttons for one in row):
        message = await ana.asks("/help")
        assert says(await ana.presses_data(message, data), "toast-old")
    await ana.hears_nothing()


async def test_the_details_turn_the_card_over_and_back(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1")
    card = await staff.asks("/check A-1")
    await staff.presses("button-details")
    assert says(card, "check-status", raw="PACKING")
    asked = len(harness.order_lookup.asked)
    await staff.presses("button-back")
    assert says(card, "check-state")
    assert buttons(card) == BUTTONS
    assert len(harness.order_lookup.asked) == asked


async def test_what_the_card_has_no_room_for_is_reached_under_details(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    for n in range(30):
        await admin.asks(f"/tell A-1 {n} {'words ' * 50}")
        await admin.presses("button-send")
        harness.clock.advance(700)
        harness.sending_due.set()
        await ana.hears("note")
    card = await admin.asks("/check A-1")
    assert says(card, "check-earlier")
    await admin.presses("button-details")
    lines = events(card)
    while "button-earlier" in buttons(card):
        await admin.presses("button-earlier")
        lines += events(card)
    assert ["check-what-note" in line for line in lines] == [True] * 30 + [False]
    assert len(set(lines)) == 31
    await admin.presses("button-later")
    assert "button-earlier" in buttons(card)
    await admin.presses("button-back")
    assert says(card, "check-state")


async def test_resend_and_followers_do_what_their_commands_do(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    await admin.asks("/check A-1")
    await admin.presses("button-resend")
    assert says(await admin.hears(), "who-nobody", number="A-1")
    await harness.shown(ana, "A-1")
    await admin.presses("button-resend")
    assert says(await admin.hears(), "resend-done", number="A-1", count=1)
    await ana.hears("state-packing")
    await admin.presses("button-followers")
    assert says(await admin.hears(), "who-row", chat=ANA)


async def test_followers_who_have_blocked_the_bot_are_the_same_everywhere(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    ben = harness.talk(BEN)
    for person in (ana, ben):
        await harness.shown(person, "A-1")
    harness.telegram.fail(TelegramFault.BLOCKED, chat_id=BEN)
    await admin.asks("/resend A-1")
    harness.sending_due.set()
    await harness.until(lambda: harness.rows("SELECT 1 FROM chats WHERE paused IS NOT NULL"))
    assert says(await admin.asks("/tell A-1 hello"), "who-rest", count=1)
    harness.telegram.fail(TelegramFault.BLOCKED, chat_id=ANA)
    harness.clock.advance(RESEND_SECONDS)
    await admin.asks("/resend A-1")
    harness.sending_due.set()
    await harness.until(lambda: len(harness.rows("SELECT 1 FROM chats WHERE paused IS NOT NULL")) == 2)
    for asked in ("/resend A-1", "/tell A-1 hello"):
        answer = await admin.asks(asked)
        assert says(answer, "who-unreachable", number="A-1", count=2)
        assert not says(answer, "who-nobody")
    assert says(await admin.asks("/who A-1"), "who-row", chat=ANA, paused="yes")
    assert says(await admin.asks("/check A-1"), "check-cannot-write", count=2)
    for button in ("button-resend", "button-write"):
        await admin.presses(button)
        assert says(await admin.hears(), "who-unreachable", count=2)


@pytest.mark.parametrize("order_id", [*IDS, "x/y", "MRC-1"])
async def test_every_command_reads_an_order_in_the_same_way(harness: BotHarness, admin: Talk, order_id: str) -> None:
    harness.put(order_id)
    signed = sign(order_id, [LINK_SECRET])
    typed = [order_id, f"  {order_id} "]
    typed += [f"https://t.me/onroute_bot?start={signed}"] if isinstance(signed, str) else []
    for text in typed:
        for command, key in (("/who", "who-nobody"), ("/resend", "who-nobody"), ("/check", "check-heading")):
            assert says(await admin.asks(f"{command} {text}"), key, number=order_id), (command, text)
        if isinstance(signed, str):
            made = values_of(await admin.asks(f"/link {text}"), "link-made")
            assert made["url"].endswith(signed)
        assert says(await admin.asks(f"/tell {text} hello you"), "who-nobody", number=order_id)
    assert set(harness.order_lookup.asked) == {order_id}


async def test_of_an_order_that_nobody_knows_every_command_says_what_check_says(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    commands = ("/check {}", "/who {}", "/resend {}", "/tell {} hello")
    for command in commands:
        answer = await admin.asks(command.format("NONE-1"))
        assert says(answer, "check-unknown", number="NONE-1")
        assert buttons(answer) == ["button-refresh"]
    assert says(await admin.asks("/link NONE-1"), "link-unseen", known="yes")
    await ana.asks("NEW-1")
    for command in commands:
        assert says(await admin.asks(command.format("NEW-1")), "check-waited-since", count=1)
    harness.order_lookup.failing = UnreachableError("no answer from the API")
    for command in commands:
        answer = await admin.asks(command.format("NONE-1"))
        assert says(answer, "check-unknown-unreachable", number="NONE-1")
        assert not says(answer, "check-unreachable")
    assert says(await admin.asks("/link NONE-1"), "link-unseen", known="no")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("STUCK-4 CALM-5", ["STUCK-4", "CALM-5"]),
        ("STUCK-4, CALM-5", ["STUCK-4", "CALM-5"]),
        ("where is CALM-5?", ["CALM-5"]),
        ("what does the client of STUCK-4 see", ["STUCK-4"]),
        ("https://shop.example.com/admin/orders/CALM-5", ["CALM-5"]),
        ("see https://shop.example.com/orders/CALM-5 please", ["CALM-5"]),
    ],
)
async def test_numbers_among_words_are_found(harness: BotHarness, staff: Talk, text: str, found: list[str]) -> None:
    for one in ("STUCK-4", "CALM-5"):
        harness.put(one)
    for command, key in (("/check", "check-heading"), ("/who", "who-nobody")):
        staff.says(f"{command} {text}")
        for number in found:
            assert says(await staff.hears(), key, number=number)
    await staff.hears_nothing()


@pytest.mark.parametrize(
    "text",
    [
        "1509750516097-O1",
        "where is 1509750516097-O1",
        "¿Qué ve el cliente de I509750516097-01?",
        "quem segue 15O9750516097-O1",
    ],
)
async def test_a_letter_for_a_digit_is_offered_and_a_sentence_is_no_number(
    harness: BotHarness, staff: Talk, text: str
) -> None:
    harness.put("1509750516097-01")
    if " " not in text:
        assert says(await staff.asks(f"/check {text}"), "check-unknown", number=text)
        offer = await staff.hears("guess-which")
    else:
        offer = await staff.asks(f"/check {text}")
        assert says(offer, "guess-which", count=1)
        assert harness.order_lookup.asked == []
    await staff.hears_nothing()
    await staff.presses_data(offer, button_of(offer, "1509750516097-01")["callback_data"])
    await harness.telegram.wait_for(lambda: says(offer, "check-heading", number="1509750516097-01"))


@pytest.mark.parametrize("text", ["where is my order", "cadê?", "¿dónde está?", "is it there 7?"])
async def test_a_question_is_never_an_id_unless_it_is_stored(harness: BotHarness, staff: Talk, text: str) -> None:
    known = harness.put(text)
    if " " in text:
        assert says(await staff.asks(f"/check {text}"), "staff-usage")
        assert harness.order_lookup.asked == []
    await harness.order_lookup.look_up(known)
    assert says(await staff.asks(f"/check {text}"), "check-heading", number=text)


async def test_check_without_a_number_asks_for_it(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1")
    question = await staff.asks("/check")
    assert says(question, "panel-search")
    assert says(await staff.asks("A-1", reply_to=question.message_id), "check-heading", number="A-1")


async def test_a_link_that_names_no_order_is_not_asked_for(harness: BotHarness, staff: Talk) -> None:
    for text in ("https://shop.example.com/contact", "https://shop.example.com/a?b=c"):
        assert says(await staff.asks(f"/check {text}"), "staff-usage")
        assert says(await staff.asks(f"/who {text}"), "staff-usage")
    assert harness.order_lookup.asked == []


async def test_the_link_comes_with_its_code(harness: BotHarness, staff: Talk) -> None:
    order_id = harness.put("10/452: ñ")
    await staff.asks(f"/check {order_id}")
    await staff.presses("button-link")
    sent = await staff.hears()
    made = values_of(sent, "link-made")
    assert read(made["url"].partition("?start=")[2], [LINK_SECRET]) == order_id


async def test_without_a_secret_the_link_button_says_so(tmp_path: Path) -> None:
    async with running_bot(tmp_path, link_secrets=()) as harness:
        harness.put("A-1")
        staff = harness.talk(STAFF)
        await staff.asks("/check A-1")
        await staff.presses("button-link")
        assert says(await staff.hears(), "link-no-secret")


@pytest.mark.parametrize("order_id", ["A-1", "Pedido 10/452: ñ"])
async def test_what_answers_write_goes_the_way_of_tell(
    harness: BotHarness, ana: Talk, admin: Talk, order_id: str
) -> None:
    harness.put(order_id)
    await admin.asks(f"/check {order_id}")
    await ana.asks(f"/start {sign(order_id, [LINK_SECRET])}")
    await admin.presses("button-write")
    question = await admin.hears("write-ask", number=order_id)
    too_long = await admin.asks("x" * 2001, reply_to=question.message_id)
    assert says(too_long, "tell-too-long")
    asked = await admin.asks("We found <all> & more", reply_to=question.message_id)
    assert says(asked, "tell-confirm", number=order_id, count=1)
    await admin.presses("button-send")
    assert says(await ana.hears("note"), "note", text="We found <all> & more")


async def test_what_a_button_brings_comes_once_however_quickly_it_is_pressed(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    await admin.asks("/check A-1")
    for name, key in (("button-followers", "who-heading"), ("button-link", "link-made"), ("button-write", "write-ask")):
        for _ in range(5):
            said = await admin.presses(name)
        assert says(said, "toast-asked-already" if name == "button-write" else "toast-below")
        assert says(await admin.hears(), key)
    await admin.hears_nothing()
    harness.clock.advance(60)
    await admin.presses("button-followers")
    assert says(await admin.hears(), "who-heading")


async def test_an_answer_of_the_api_that_takes_long_keeps_no_press_waiting(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1")
    card = await staff.asks("/check A-1")
    harness.order_lookup.open.clear()
    harness.put("A-1", "ON_ROUTE")
    refresh = button_of(card, "button-refresh")["callback_data"]
    for _ in range(3):
        assert says(await staff.presses_data(card, refresh), "toast-asking")
    harness.order_lookup.open.set()
    await harness.telegram.wait_for(lambda: says(card, "state-on-route"))
    assert len(harness.order_lookup.asked) <= 3


async def test_an_answer_to_something_else_is_no_note(harness: BotHarness, ana: Talk, admin: Talk) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    card = await admin.asks("/check A-1")
    answer = await admin.asks("thanks", reply_to=card.message_id)
    assert not says(answer, "tell-confirm")


async def test_a_button_of_an_order_that_is_gone_does_nothing_to_the_next(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    card = await admin.asks("/check A-1")
    data = button_of(card, "button-resend")["callback_data"]
    for forged in (data.replace("1.", "2.", 1), data[:-1] + ("0" if data[-1] != "0" else "1"), "ks:1", "ks:", "kw:x.y"):
        assert says(await admin.presses_data(card, forged), "toast-staff-old", number="A-1")
    await ana.hears_nothing()
