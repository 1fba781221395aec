"""Who writes to the bot as to a person is answered with what helps."""

from pathlib import Path

import pytest

from tests.telegram.room import ANA, Room, Talk, open_room


@pytest.mark.parametrize("said", ["gracias", "Thank you!", "OK 👍", "muito obrigada", "🙏"])
async def test_thanks_are_returned(ana: Talk, said: str) -> None:
    assert (await ana.asks(said)).text == "Happy to help. /orders shows how your orders stand."


@pytest.mark.parametrize("said", ["STOP", "please stop", "parar", "no quiero mas mensajes", "Não quero mais!"])
async def test_who_wants_to_stop_is_asked_which_one(room: Room, ana: Talk, said: str) -> None:
    await ana.asks(room.put("A-1"))
    assert "Which order" in (await ana.asks(said)).text
    assert len(room.following.followed(ANA)) == 1
    await ana.presses("Stop following all")
    assert room.following.followed(ANA) == []
    await ana.hears()
    assert "nothing to stop" in (await ana.asks(said)).text


@pytest.mark.parametrize(
    "said", ["cancel my order", "Quero trocar o endereço", "Quiero cancelar mi pedido!!", "quero cancelar", "refund?"]
)
async def test_who_wants_to_cancel_is_told_that_the_store_does_it(ana: Talk, said: str) -> None:
    assert "can’t be canceled or changed here; for that, ask the store." in (await ana.asks(said)).text


@pytest.mark.parametrize("said", ["help", "Ayuda!", "me ajude"])
async def test_a_call_for_help_gets_it(ana: Talk, said: str) -> None:
    assert (await ana.asks(said)).text.startswith("Follow an order\n")


@pytest.mark.parametrize("said", ["where is my order??", "thanks, but when does it arrive at last", "quando chega?"])
async def test_a_question_shows_what_is_followed(room: Room, ana: Talk, said: str) -> None:
    assert "no order number in this message" in (await ana.asks(said)).text
    await ana.asks(room.put("A-1"))
    answer = await ana.asks(said)
    assert "These are the orders you follow:\nA-1 – being packed" in answer.text
    assert answer.labels() == ["A-1"]


async def test_where_a_link_is_needed_nobody_is_told_to_send_a_number(tmp_path: Path) -> None:
    async with open_room(tmp_path, by_link_only=True) as room:
        ana = room.talk(ANA)
        for said in ("hello", "/start", "/orders", "/help"):
            answer = (await ana.asks(said)).text
            assert "open the link that the store sent you" in answer.replace("Open", "open")
            assert "number as a message" not in answer and "send its number" not in answer
