"""Several numbers in one message, behind a command too; numbers that are only perhaps meant; limits on both."""

import json
from pathlib import Path

import pytest

from bot.pickpack.errors import UnreachableError
from bot.simulators.telegram.state import ShownMessage
from bot.telegram.follow_order import MOST_AT_ONCE
from tests.message_keys import key_of, keys_in, says, values_of
from tests.telegram.bot_harness import ADMIN, ANA, BEN, BotHarness, Talk, running_bot

NUMBERS = [f"15097505160{place}-01" for place in range(10, 24)]
ONE, TWO, THREE = NUMBERS[:3]
GUESS = "1509750516095-01"


def followed(harness: BotHarness) -> list[str]:
    return [order.order_id for _, order in harness.follow_service.followed(ANA)]


async def hears_cards(talk: Talk, count: int) -> list[ShownMessage]:
    return [await talk.hears("state-packing") for _ in range(count)]


# ── how many ─────────────────────────────────────────────────────────────────


async def test_ten_numbers_are_followed_and_the_rest_is_named_once(harness: BotHarness, ana: Talk) -> None:
    for number in NUMBERS:
        harness.put(number)
    ana.says("\n".join(NUMBERS[:MOST_AT_ONCE]))
    await hears_cards(ana, MOST_AT_ONCE)
    await ana.asks("/stop NONE-404")
    await ana.presses("button-stop-all")
    await ana.hears("stopped-all")
    ana.says("\n".join(NUMBERS))
    rest = await ana.hears("numbers-rest")
    assert values_of(rest, "numbers-rest")["orders"] == ", ".join(NUMBERS[MOST_AT_ONCE:])
    assert sorted(followed(harness)) == NUMBERS[:MOST_AT_ONCE]
    assert {*harness.order_lookup.asked} == {*NUMBERS[:MOST_AT_ONCE]}


async def test_several_that_are_not_there_are_said_in_one_message(harness: BotHarness, ana: Talk) -> None:
    harness.put(TWO)
    ana.says(f"{ONE}\n{TWO}\n{THREE}")
    assert says(await ana.hears("not-there-several"), "not-there-several", orders=f"{ONE}, {THREE}")
    ana.says(f"{ONE}\n{THREE}")
    await ana.hears("awaiting-already-several", orders=f"{ONE}, {THREE}")
    assert followed(harness) == [TWO]


async def test_more_than_may_be_awaited_is_said_once_with_the_numbers(harness: BotHarness, ana: Talk) -> None:
    ana.says("\n".join(NUMBERS[:5]))
    assert says(await ana.hears(), "not-there-several", orders=", ".join(NUMBERS[:3]))
    refused = await ana.hears()
    assert keys_in(refused) == ["awaiting-limit", "not-looked-up"]
    assert says(refused, "not-looked-up", orders=", ".join(NUMBERS[3:5]))
    await ana.hears_nothing()


async def test_what_would_meet_a_limit_is_not_asked_for_again(harness: BotHarness, ana: Talk) -> None:
    ana.says("\n".join(NUMBERS))
    refused = await ana.hears("not-looked-up")
    assert says(refused, "not-looked-up", orders=", ".join(NUMBERS[3:]))
    await ana.hears_nothing()


async def test_where_a_link_is_needed_nobody_is_asked_to_send_numbers_again(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        assert keys_in(await ana.asks("\n".join(NUMBERS))) == ["link-required"]
        await ana.hears_nothing()


async def test_more_than_a_days_orders_are_refused_once_with_the_numbers(tmp_path: Path) -> None:
    async with running_bot(tmp_path, follows_per_day=2) as harness:
        ana = harness.talk(ANA)
        for number in NUMBERS[:5]:
            harness.put(number)
        ana.says("\n".join(NUMBERS[:5]))
        refused = await ana.hears("day-limit")
        assert keys_in(refused) == ["day-limit", "not-looked-up"]
        assert says(refused, "not-looked-up", orders=", ".join(NUMBERS[2:5]))
        assert sorted(followed(harness)) == NUMBERS[:2]


async def test_where_a_link_is_needed_many_numbers_are_refused_once(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        assert keys_in(await ana.asks("\n".join(NUMBERS)))[0] == "link-required"
        assert harness.order_lookup.asked == []


async def test_while_the_api_is_away_several_are_answered_at_once(harness: BotHarness, ana: Talk) -> None:
    harness.order_lookup.failing = UnreachableError("away")
    ana.says(f"{ONE}\n{TWO}")
    assert says(await ana.hears(), "api-trouble-several", orders=f"{ONE}, {TWO}")


# ── behind commands ──────────────────────────────────────────────────────────


async def test_order_with_two_numbers_follows_both_and_names_neither(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    harness.put(TWO)
    ana.says(f"/order {ONE} {TWO}")
    cards = await hears_cards(ana, 2)
    assert sorted(values_of(card, "headline-being-prepared")["order"] for card in cards) == [ONE, TWO]
    assert harness.rows("SELECT DISTINCT label FROM subscriptions") == [(None,)]


async def test_order_with_words_behind_the_number_is_called_so(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    assert says(await ana.asks(f"/order {ONE} Mom’s groceries"), "headline-being-prepared", label="Mom’s groceries")


async def test_stop_with_two_numbers_stops_both_and_says_what_is_not_followed(harness: BotHarness, ana: Talk) -> None:
    for number in NUMBERS[:3]:
        await ana.asks(harness.put(number))
    ana.says(f"/stop {ONE} {TWO}")
    for _ in range(2):
        await ana.hears("stopped")
    assert followed(harness) == [THREE]
    ana.says(f"/stop {ONE} {THREE}")
    assert says(await ana.hears(), "stopped", order=THREE)
    assert says(await ana.hears(), "stop-not-followed", orders=ONE)


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("/check", ["check-unknown", "check-unknown"]),
        ("/who", ["check-unknown", "check-unknown"]),
        ("/resend", ["check-unknown", "check-unknown"]),
        ("/link", ["link-made", "link-made"]),
    ],
)
async def test_staffs_commands_take_several_numbers(harness: BotHarness, command: str, keys: list[str]) -> None:
    admin = harness.talk(ADMIN)
    admin.says(f"{command} {ONE} {TWO}")
    answers = [await admin.hears() for _ in keys]
    assert [key_of(answer) for answer in answers] == keys
    assert ONE in answers[0].text
    assert TWO in answers[1].text


async def test_resend_of_two_orders_tells_each_once(harness: BotHarness, ana: Talk) -> None:
    for number in (ONE, TWO):
        await ana.asks(harness.put(number))
    admin = harness.talk(ADMIN)
    admin.says(f"/resend {ONE} {TWO}")
    for number in (ONE, TWO):
        await admin.hears("resend-done", number=number)
    await hears_cards(ana, 2)
    assert harness.rows("SELECT count(*) FROM audit WHERE action = 'resend'") == [(2,)]
    await harness.until(lambda: harness.rows("SELECT * FROM inbox WHERE body LIKE '%resend%'") == [])


# ── what is perhaps meant ────────────────────────────────────────────────────


async def test_a_guess_is_looked_up_only_when_its_button_is_pressed(harness: BotHarness, ana: Talk) -> None:
    harness.put(GUESS)
    answer = await ana.asks(f"~{GUESS}")
    assert says(answer, "guess-which", count="1")
    assert answer.labels() == [GUESS]
    assert harness.order_lookup.asked == []
    assert harness.follow_service.awaited(ANA) == []
    await ana.presses(GUESS)
    assert says(await ana.hears(), "headline-being-prepared", order=GUESS)


async def test_of_many_guesses_three_are_offered_and_none_that_a_button_cannot_carry(ana: Talk) -> None:
    long = "9" * 70
    answer = await ana.asks(" ".join(f"~{one}" for one in (long, *NUMBERS[:5])))
    assert answer.labels() == NUMBERS[:3]
    assert all(len(button["callback_data"].encode()) <= 64 for row in answer.buttons for button in row)


async def test_a_number_beside_a_guess_is_followed_and_the_guess_offered(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    ana.says(f"{ONE}, ~{GUESS}")
    assert says(await ana.hears(), "guess-which")
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)
    assert harness.order_lookup.asked == [ONE]


async def test_pressing_guesses_counts_as_guessing(harness: BotHarness, ana: Talk) -> None:
    answer = await ana.asks(f"~{GUESS}")
    for number in NUMBERS[:5]:
        await ana.presses_data(answer, f"n:{number}")
        await ana.hears()
    asked = len(harness.order_lookup.asked)
    await ana.presses_data(answer, f"n:{GUESS}")
    assert says(await ana.hears(), "wait")
    assert len(harness.order_lookup.asked) == asked


async def test_a_pressed_guess_counts_into_the_days_orders(tmp_path: Path) -> None:
    async with running_bot(tmp_path, follows_per_day=1) as harness:
        ana = harness.talk(ANA)
        await ana.asks(harness.put(ONE))
        harness.put(GUESS)
        await ana.asks(f"~{GUESS}")
        await ana.presses(GUESS)
        assert says(await ana.hears(), "day-limit")


async def test_where_a_link_is_needed_no_guess_is_offered_and_a_forged_press_follows_nothing(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        answer = await ana.asks(f"~{GUESS}")
        assert keys_in(answer) == ["link-required"]
        await ana.presses_data(answer, f"n:{harness.put(GUESS)}")
        assert says(await ana.hears(), "link-required")
        assert harness.order_lookup.asked == []


@pytest.mark.parametrize("data", ["n:4111111111111111", "n:5511987654321"])
async def test_a_forged_guess_of_what_is_never_an_order_is_not_looked_up(
    harness: BotHarness, ana: Talk, data: str
) -> None:
    answer = await ana.asks(f"~{GUESS}")
    await ana.presses_data(answer, data)
    if data.startswith("n:4"):
        assert key_of(await ana.hears()) == "not-a-number"
        assert harness.order_lookup.asked == []


async def test_in_a_group_whoever_presses_a_guess_is_who_looks_it_up(harness: BotHarness) -> None:
    group = harness.group(-1002000, ANA, BEN)
    hint = await group.asks("/order", user_id=ANA)
    harness.put(GUESS)
    await group.asks(f"~{GUESS}", user_id=ANA, reply_to=hint.message_id)
    await group.presses(GUESS, user_id=BEN)
    assert says(await group.hears(), "headline-being-prepared", order=GUESS)
    assert harness.rows("SELECT follower FROM subscriptions") == [(BEN,)]


async def test_a_guess_is_kept_with_its_message_and_offered_after_a_restart(harness: BotHarness, ana: Talk) -> None:
    fault = harness.telegram.fail("hang", chat_id=ANA, methods={"sendMessage"})
    ana.says(f"~{GUESS} my card is 4111 1111 1111 1111")
    await harness.telegram.wait_for(lambda: fault.hits)
    [(body,)] = harness.rows("SELECT body FROM inbox")
    assert json.loads(str(body))["said"]["understood"]["guesses"] == [GUESS]
    assert "4111" not in str(body)
    await harness.bot.stop()
