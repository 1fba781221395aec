"""A link that opens the bot, pasted instead of opened, does what it does when it is opened."""

from pathlib import Path

import pytest

from bot.people.links import sign
from tests.message_keys import button_of, keys_in, says
from tests.telegram.bot_harness import ANA, LINK_SECRET, running_bot
from tests.telegram.test_answers import CONTACT

ONE = "1509750516095-01"


def payload(order_id: str = ONE, secret: str = LINK_SECRET) -> str:
    made = sign(order_id, [secret])
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("by_link_only", [False, True])
@pytest.mark.parametrize("order_id", [ONE, "ODD.ORDER#1"])
async def test_a_pasted_start_link_is_the_link_itself(tmp_path: Path, order_id: str, *, by_link_only: bool) -> None:
    async with running_bot(tmp_path, by_link_only=by_link_only) as harness:
        ana = harness.talk(ANA)
        harness.put(order_id)
        for link in (
            f"https://t.me/onroute_bot?start={payload(order_id)}",
            f"tg://resolve?domain=onroute_bot&start={payload(order_id)}",
        ):
            assert says(await ana.asks(f"my order: {link} thanks"), "state-packing")
        assert harness.rows("SELECT verified FROM subscriptions") == [(1,)]
        assert {*harness.order_lookup.asked} == {order_id}


OLD = payload(ONE, "a-secret-of-before")
OUTDATED = (f"/start {OLD}", f"https://t.me/onroute_bot?start={OLD}")


@pytest.mark.parametrize("said", OUTDATED)
async def test_an_outdated_link_is_as_good_as_the_number_in_it(tmp_path: Path, said: str) -> None:
    async with running_bot(tmp_path) as harness:
        ana = harness.talk(ANA)
        harness.put(ONE)
        assert says(await ana.asks(said), "headline-being-prepared", order=ONE)
        assert harness.order_lookup.asked == [ONE]
        assert harness.rows("SELECT verified FROM subscriptions") == [(0,)]


@pytest.mark.parametrize("said", OUTDATED)
async def test_where_a_link_is_needed_a_new_one_is_asked_for_instead_of_an_outdated_one(
    tmp_path: Path, said: str
) -> None:
    async with running_bot(tmp_path, by_link_only=True, store=CONTACT) as harness:
        ana = harness.talk(ANA)
        harness.put(ONE)
        answer = await ana.asks(said)
        assert keys_in(answer) == ["link-bad"]
        assert button_of(answer, "button-contact")["url"] == CONTACT.contact_url
        assert harness.order_lookup.asked == []


@pytest.mark.parametrize("by_link_only", [False, True])
async def test_a_start_link_that_nobody_signed_is_no_number(tmp_path: Path, *, by_link_only: bool) -> None:
    async with running_bot(tmp_path, by_link_only=by_link_only) as harness:
        ana = harness.talk(ANA)
        for forged in (payload("ODD.ORDER#1", "a-guess"), payload("A-1", "a-guess"), "_" + "aB" * 20):
            for said in (f"/start {forged}", f"https://t.me/onroute_bot?start={forged}"):
                assert keys_in(await ana.asks(said)) == ["link-bad"]
        assert harness.order_lookup.asked == []
        assert harness.follow_service.awaited(ANA) == []
