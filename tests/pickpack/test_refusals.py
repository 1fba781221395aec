"""What is left out of an answer is logged, once."""

import logging

import pytest

from bot.pickpack.client import PickPackClient
from bot.pickpack.refusals import RefusalLog
from bot.simulators.pickpack.orders import CourierService
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.tracking.events import OrderSnapshot, Refusal


async def test_a_link_that_cannot_be_shown_is_logged_once_and_again_when_it_is_another(
    simulator: PickPackSimulator, client: PickPackClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    service = CourierService("S-1", "ON_ROUTE", tracking_url="https://ana:5ecret@localhost/track?email=ana@example.com")
    simulator.put_order("B-2", "ON_ROUTE", services=[service])
    for _ in range(3):
        await client.fetch_order("B-2")
    service.tracking_url = "https://swift.example.com/null"
    await client.fetch_order("B-2")
    logged = [record.getMessage() for record in caplog.records if "left out" in record.getMessage()]
    assert len(logged) == 2
    assert "https://localhost/track" in logged[0]
    assert "B-2" in logged[0]
    assert "5ecret" not in logged[0]
    assert "ana" not in logged[0]
    assert "https://swift.example.com/null" in logged[1]


def test_what_was_logged_is_remembered_within_bounds(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    refusals = RefusalLog(most=2)
    answers = [OrderSnapshot("store", f"A-{n}", "PICKING", refused=(Refusal("courier", "why"),)) for n in range(3)]
    for answer in [*answers, answers[2], answers[0]]:
        refusals.add(answer)
    assert len([record for record in caplog.records if "left out" in record.getMessage()]) == 4
