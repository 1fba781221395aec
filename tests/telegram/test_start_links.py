"""A link that opens the bot, pasted instead of opened, does what it does when it is opened."""

from pathlib import Path

import pytest

from bot.people.links import sign
from tests.message_keys import keys_in, says
from tests.telegram.bot_harness import ANA, LINK_SECRET, running_bot

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


@pytest.mark.parametrize("by_link_only", [False, True])
async def test_a_pasted_start_link_that_nobody_signed_is_no_number(tmp_path: Path, *, by_link_only: bool) -> None:
    async with running_bot(tmp_path, by_link_only=by_link_only) as harness:
        ana = harness.talk(ANA)
        answer = await ana.asks(f"https://t.me/onroute_bot?start={payload(ONE, 'a-guess-of-somebody')}")
        assert keys_in(answer) == ["link-bad"]
        assert harness.order_lookup.asked == []
        assert harness.follow_service.awaited(ANA) == []
