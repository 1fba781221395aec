"""How many calls to Telegram one order takes: docs/faq.md reckons with it how many orders an hour there may be."""

from collections import Counter

from bot.tracking.model import Kind
from bot.tracking.statuses import TABLE
from tests.builders import memory_store
from tests.transactions.one_chat import OneChat

LEFT_OUT = ("PENDING", "WAITING_FOR_PICKUP", "RETURNED", "CANCELED", "IDLE")


def send_all(chat: OneChat) -> Counter[Kind]:
    """Send what waits and what that leads to; count it."""
    calls = Counter[Kind]()
    while waiting := chat.waiting:
        chat.ends(chat.claims(waiting[0]))
        calls[waiting[0]] += 1
    return calls


def test_an_order_that_goes_step_by_step_takes_six_cards_seven_edits_and_five_folds() -> None:
    first, *others = [name for name in TABLE if name not in LEFT_OUT]
    assert 1 + len(others) == 13
    with memory_store() as connection:
        chat = OneChat(connection, first, told=None)
        chat.compare()
        calls = send_all(chat)
        for status in others:
            chat.moves(status)
            calls += send_all(chat)
    assert calls == {Kind.CARD: 6, Kind.EDIT: 7, Kind.FOLD: 5}
