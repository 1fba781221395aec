"""The first minute: START in private, in groups and as staff, the example, where the number stands, no dead ends."""

from pathlib import Path

import pytest

from bot.simulators.telegram.state import BotStatus, ShownMessage
from bot.telegram.greetings import RECENT_SECONDS
from bot.tracking.statuses import ON_ROUTE
from bot.words.example import EXAMPLE
from bot.words.store_info import StoreInfo
from tests.builders import service, snapshot_of
from tests.message_keys import button_of, key_of, keys_in, says
from tests.telegram.bot_harness import ANA, BEN, STAFF, STAFF_GROUP, BotHarness, Talk, running_bot
from tests.telegram.test_answers import CONTACT
from tests.telegram.test_start_links import ONE, payload

GROUP, CHANNEL = -1002000, -1007777


@pytest.fixture
def group(harness: BotHarness) -> Talk:
    harness.put(ONE)
    return harness.group(GROUP, ANA, BEN)


def button_keys(message: ShownMessage) -> list[str]:
    return [key_of(label) for label in message.labels()]


# ── START ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", ["/start", "/start true", "/start spring-sale"])
async def test_start_says_what_to_send_and_where_it_stands(tmp_path: Path, said: str) -> None:
    async with running_bot(tmp_path, store=CONTACT) as harness:
        ana = harness.talk(ANA)
        hello = await ana.asks(said)
        assert keys_in(hello) == ["start"]
        assert button_keys(hello) == ["button-where-number", "button-contact"]
        assert await ana.presses("button-where-number") == ""
        where = await ana.hears("where-number", way="number")
        assert button_keys(where) == ["button-contact"]


async def test_where_a_link_is_needed_it_is_the_link_that_is_explained(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        for said in ("/start", "/start spring-sale", "/orders", f"/start {ONE}"):
            assert button_keys(await ana.asks(said)) == ["button-where-link"]
        await ana.presses("button-where-link")
        await ana.hears("where-number", way="link")


# ── in groups ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by_link_only", [False, True])
async def test_a_link_adds_the_bot_to_a_group_and_follows_the_order_there(
    tmp_path: Path, *, by_link_only: bool
) -> None:
    async with running_bot(tmp_path, by_link_only=by_link_only) as harness:
        group = harness.group(GROUP, ANA)
        harness.put(ONE)
        harness.telegram.state.chats[GROUP].bot_status = BotStatus.LEFT
        harness.telegram.change_bot_status(GROUP, BotStatus.MEMBER, by=ANA)
        await group.hears("group-hello", way="link" if by_link_only else "group")
        group.says(f"/start@onroute_bot {payload()}", user_id=ANA)
        assert says(await group.hears(), "headline-being-prepared", order=ONE)
        [(subscription, _)] = harness.follow_service.followed(GROUP)
        assert harness.follow_service.follower_of(subscription.id) == ANA


async def test_a_bare_number_in_a_groups_link_is_a_number_and_no_link(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        group = harness.group(GROUP, ANA)
        assert keys_in(await group.asks(f"/start@onroute_bot {ONE}", user_id=ANA)) == ["link-bad"]
        assert harness.order_lookup.asked == []
    (tmp_path / "number").mkdir()
    async with running_bot(tmp_path / "number") as harness:
        group = harness.group(GROUP, ANA)
        harness.put(ONE)
        assert says(await group.asks(f"/start@onroute_bot {ONE}", user_id=ANA), "headline-being-prepared")


@pytest.mark.parametrize("sent", ["/start@onroute_bot", "/start@onroute_bot true"])
async def test_whoever_adds_the_bot_by_a_link_without_an_order_hears_once_how_to_ask(
    harness: BotHarness, group: Talk, sent: str
) -> None:
    harness.telegram.state.chats[GROUP].bot_status = BotStatus.LEFT
    harness.telegram.change_bot_status(GROUP, BotStatus.MEMBER, by=ANA)
    group.says(sent, user_id=ANA)
    await group.hears("group-hello")
    await group.hears_nothing(user_id=ANA)
    assert says(await group.asks(sent, user_id=BEN), "group-hello")


async def test_start_after_a_while_is_answered_like_any(harness: BotHarness, group: Talk) -> None:
    harness.telegram.state.chats[GROUP].bot_status = BotStatus.LEFT
    harness.telegram.change_bot_status(GROUP, BotStatus.MEMBER, by=ANA)
    await group.hears("group-hello")
    harness.clock.advance(RECENT_SECONDS)
    assert says(await group.asks("/start", user_id=BEN), "group-hello")


async def test_a_group_is_greeted_once_and_not_when_it_makes_the_bot_an_administrator(
    harness: BotHarness, group: Talk
) -> None:
    harness.telegram.change_bot_status(GROUP, BotStatus.ADMINISTRATOR, by=ANA)
    await group.hears_nothing(user_id=ANA)
    for status in (BotStatus.LEFT, BotStatus.MEMBER):
        harness.telegram.change_bot_status(GROUP, status, by=ANA)
    await group.hears_nothing(user_id=ANA)


async def test_staffs_own_group_is_greeted_as_staff(harness: BotHarness) -> None:
    group = harness.group(STAFF_GROUP, STAFF)
    harness.telegram.state.chats[STAFF_GROUP].bot_status = BotStatus.LEFT
    harness.telegram.change_bot_status(STAFF_GROUP, BotStatus.MEMBER, by=STAFF)
    assert keys_in(await group.hears()) == ["panel"]


async def test_channels_and_muted_groups_are_not_greeted(harness: BotHarness, ana: Talk) -> None:
    channel = harness.group(CHANNEL, ANA, kind="channel")
    muted = harness.group(GROUP, ANA)
    for talk, status in ((channel, BotStatus.ADMINISTRATOR), (muted, BotStatus.RESTRICTED)):
        harness.telegram.state.chats[talk.id].bot_status = BotStatus.LEFT
        harness.telegram.change_bot_status(talk.id, status, by=ANA)
    await ana.asks("/start")  # handled after both
    assert (channel.texts, muted.texts) == ([], [])
    assert harness.rows("SELECT chat_id FROM chats") == [(ANA,)]


# ── the example ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by_link_only", [False, True])
@pytest.mark.parametrize("said", [EXAMPLE, f"it is {EXAMPLE.replace('...', '…')}", f"/order {EXAMPLE}", "/start {}"])
async def test_who_sends_the_example_is_told_so_and_nothing_is_looked_up(
    tmp_path: Path, said: str, *, by_link_only: bool
) -> None:
    async with running_bot(tmp_path, by_link_only=by_link_only) as harness:
        ana = harness.talk(ANA)
        answer = await ana.asks(said.format(EXAMPLE))
        assert says(answer, "example-sent", way="link" if by_link_only else "number")
        assert "button-where-link" if by_link_only else "button-where-number" in button_keys(answer)
        assert harness.order_lookup.asked == []
        assert harness.follow_service.awaited(ANA) == []


async def test_in_a_group_the_example_is_answered_too(group: Talk) -> None:
    assert says(await group.asks(f"/order {EXAMPLE}", user_id=ANA), "example-sent", way="group")


async def test_the_example_beside_a_number_is_no_trouble(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    assert says(await ana.asks(f"{EXAMPLE}? mine is {ONE}"), "headline-being-prepared", order=ONE)


# ── no dead ends ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("/order", "order-usage"),
        ("4111 1111 1111 1111", "not-a-number"),
        ("NONE-4", "not-there"),
        ("/orders", "list-empty"),
        ("/stop", "stop-nothing"),
        ("/help", "help"),
        ("[where_is_it]", "how-to-begin"),
        ("[when_arrives]", "say-when"),
        ("[courier_question]", "say-courier"),
        ("[help_or_what_is_this]", "say-help"),
        ("[greeting]", "say-greeting"),
    ],
)
async def test_whoever_has_no_number_finds_out_where_it_stands_or_reaches_the_store(
    tmp_path: Path, said: str, key: str
) -> None:
    async with running_bot(tmp_path, store=CONTACT) as harness:
        answer = await harness.talk(ANA).asks(said)
        assert key_of(answer) == key
        assert button_keys(answer)[-2:] == ["button-where-number", "button-contact"]


async def test_the_couriers_page_does_not_take_the_place_of_the_store(tmp_path: Path) -> None:
    async with running_bot(tmp_path, store=CONTACT) as harness:
        ana = harness.talk(ANA)
        harness.put(ONE)
        await harness.shown(ana, ONE)
        courier = service("PICKED", link="https://courier.example.com/track/77")
        await harness.recorder.apply_snapshot(snapshot_of(ON_ROUTE, courier, order_id=ONE), sent_at=harness.clock.now())
        await ana.hears("state-on-route")
        answer = await ana.asks("[courier_question]")
        assert button_keys(answer) == ["button-track", "button-contact"]


async def test_a_stopped_order_is_named_by_its_number_too(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    await harness.shown(ana, f"/order {ONE} Mom's gift")
    assert says(await ana.asks("/stop"), "stopped", labelled="yes", number=ONE)


async def test_an_order_that_was_stopped_is_followed_again_by_a_press(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    await harness.shown(ana, ONE)
    stopped = await ana.asks("/stop")
    assert (key_of(stopped), button_keys(stopped)) == ("stopped", ["button-follow"])
    await ana.presses("button-follow")
    await ana.hears("headline-being-prepared", order=ONE)


async def test_a_number_that_is_not_awaited_any_more_is_looked_for_again_by_a_press(
    harness: BotHarness, ana: Talk
) -> None:
    await ana.asks("NONE-4")
    assert button_keys(await ana.asks("/stop NONE-4")) == ["button-follow"]
    await ana.presses("button-follow")
    await ana.hears("not-there", order="NONE-4")


async def test_where_a_link_is_needed_a_stopped_order_leads_to_the_link(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True, store=CONTACT) as harness:
        ana = harness.talk(ANA)
        harness.put(ONE)
        await harness.shown(ana, f"/start {payload()}")
        stopped = await ana.asks("/stop")
        assert (key_of(stopped), button_keys(stopped)) == ("stopped", ["button-where-link", "button-contact"])


async def test_who_is_forgotten_hears_how_to_begin_again(ana: Talk) -> None:
    await ana.asks("/forget")
    question = await ana.asks("/forget")
    await ana.presses("button-forget")
    assert keys_in(question) == ["forget-done", "how-to-follow-again"]


async def test_whom_telegram_hides_in_a_group_is_led_to_the_private_chat(harness: BotHarness, group: Talk) -> None:
    harness.telegram.add_member(GROUP, ANA, "administrator")
    hidden = await group.asks(f"/order {ONE}", user_id=ANA, anonymous=True)
    assert key_of(hidden) == "person-hidden"
    assert button_of(hidden, "button-private-chat")["url"] == "https://t.me/onroute_bot"


async def test_a_store_without_a_contact_shows_no_button_to_it(tmp_path: Path) -> None:
    async with running_bot(tmp_path, store=StoreInfo("Corner Shop")) as harness:
        assert button_keys(await harness.talk(ANA).asks("/start")) == ["button-where-number"]
