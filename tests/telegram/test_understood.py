"""The real understanding behind the real bot: a few sentences as people write them, in each language."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.understanding.found import Link
from bot.understanding.reading import load_reader
from bot.understanding.understood import Understood
from tests.message_keys import key_of, says
from tests.telegram.bot_harness import ANA, running_bot, understand_tags

ORDER = "1509750516095-01"
SAID = {
    "where is my order??": "how-to-begin",
    "¿dónde está mi pedido?": "how-to-begin",
    "cadê meu pedido": "how-to-begin",
    "it says delivered but i never got it": "say-not-received",
    "quero cancelar a compra": "say-cancel",
    "quiero hablar con una persona": "say-person",
    "no me manden más mensajes": "stop-nothing",
    "muito obrigada!": "thanked",
    "👍": "thanked",
    "hola": "say-greeting",
    "blue elephants": "say-unsure",
}


@pytest.mark.parametrize("said", SAID)
async def test_what_people_write_is_answered_as_they_mean_it(tmp_path: Path, said: str) -> None:
    async with running_bot(tmp_path, understand=load_reader().understand) as harness:
        assert key_of(await harness.talk(ANA).asks(said)) == SAID[said]


async def test_a_number_alone_and_one_in_a_complaint_show_the_order(tmp_path: Path) -> None:
    async with running_bot(tmp_path, understand=load_reader().understand) as harness:
        ana = harness.talk(ANA)
        harness.put(ORDER)
        assert says(await ana.asks(ORDER), "headline-being-prepared", order=ORDER)
        assert key_of(await ana.asks(f"order {ORDER} never arrived")) == "say-not-received"
        assert says(await ana.hears(), "headline-being-prepared", order=ORDER)


async def test_between_two_messages_that_are_read_all_else_has_its_turn(tmp_path: Path) -> None:
    turns, seen = 0, list[int]()

    async def take_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def understand(text: str, language: str, links: Iterable[Link] = ()) -> Understood:
        seen.append(turns)
        return understand_tags(text, language, links)

    async with running_bot(tmp_path, understand=understand) as harness:
        ana = harness.talk(ANA)
        beside = asyncio.create_task(take_turns())
        try:
            for _ in range(10):
                ana.brings(text="[thanks]")  # before the bot asks again: they come together
            for _ in range(10):
                await ana.hears("thanked")
        finally:
            beside.cancel()
    assert len(seen) == len({*seen}) == 10
