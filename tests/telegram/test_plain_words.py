"""Who writes to the bot as to a person is answered with what helps."""

from pathlib import Path

import pytest

from tests.message_keys import keys_in, says
from tests.telegram.bot_harness import ANA, BotHarness, Talk, running_bot

# phrases of the key catalog, in whatever language; those of the real one are tried in tests/words


@pytest.mark.parametrize("said", ["muy amable", "Cheers!", "CHEERS 👍", "valeu, amigo", "🙏"])
async def test_thanks_are_returned(ana: Talk, said: str) -> None:
    assert keys_in(await ana.asks(said)) == ["thanked"]


@pytest.mark.parametrize("said", ["ENOUGH", "please be quiet", "basta ya", "ja chega de avisos", "Já chega de avisos!"])
async def test_who_wants_to_stop_is_asked_which_one(harness: BotHarness, ana: Talk, said: str) -> None:
    await ana.asks(harness.put("A-1"))
    assert keys_in(await ana.asks(said)) == ["stop-which"]
    assert len(harness.follow_service.followed(ANA)) == 1
    await ana.presses("button-stop-all")
    assert harness.follow_service.followed(ANA) == []
    await ana.hears()
    assert keys_in(await ana.asks(said)) == ["stop-nothing"]


@pytest.mark.parametrize(
    "said", ["undo my order", "Quero que desfaca o pedido", "Anúlalo, por favor!!", "quero desfaça", "undo?"]
)
async def test_who_wants_to_cancel_is_told_that_the_store_does_it(ana: Talk, said: str) -> None:
    assert keys_in(await ana.asks(said)) == ["cancel-elsewhere"]


@pytest.mark.parametrize("said", ["sos", "Socorro!", "me acuda"])
async def test_a_call_for_help_gets_it(ana: Talk, said: str) -> None:
    assert keys_in(await ana.asks(said)) == ["help"]


@pytest.mark.parametrize("said", ["where is my order??", "cheers, but when does it arrive at last", "quando chega?"])
async def test_a_question_shows_what_is_followed(harness: BotHarness, ana: Talk, said: str) -> None:
    assert keys_in(await ana.asks(said)) == ["not-a-number"]
    await ana.asks(harness.put("A-1"))
    answer = await ana.asks(said)
    assert keys_in(answer) == ["list-instead", "list-row"]
    assert says(answer, "list-row", number="A-1", state="short-packing")
    assert answer.labels() == ["A-1"]


async def test_where_a_link_is_needed_nobody_is_told_to_send_a_number(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        for said in ("hello", "/start"):
            assert keys_in(await ana.asks(said)) == ["start-by-link"]
        for said, key in (("/orders", "list-empty"), ("/help", "help")):
            assert says(await ana.asks(said), key, way="link")
