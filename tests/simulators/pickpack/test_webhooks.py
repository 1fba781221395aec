"""Webhooks are sent in order, unless they are to be lost, repeated, swapped or delayed."""

import asyncio
import json

from bot.simulators.pickpack.simulator import PickPackSimulator
from tests.simulators.pickpack.client import WebhookReceiver


class TestWebhooks:
    async def test_a_change_of_status_is_sent_with_the_secret(
        self, simulator: PickPackSimulator, receiver: WebhookReceiver
    ) -> None:
        await simulator.set_status("A-1", "PACKING")
        assert receiver.received == [("PACKING", "from-the-store")]
        (sent,) = simulator.webhooks
        assert json.loads(sent.body) == {
            "orderId": "A-1",
            "oldStatus": "PICKING",
            "newStatus": "PACKING",
            "hostname": "demo-store",
        }
        assert sent.status == 200
        assert sent.milliseconds > 0

    async def test_webhooks_go_in_order(self, simulator: PickPackSimulator, receiver: WebhookReceiver) -> None:
        steps = ["PACKING", "INVOICING", "INVOICED", "ON_ROUTE", "DELIVERED"]
        await asyncio.gather(*(simulator.set_status("A-1", step) for step in steps))
        assert receiver.statuses == steps

    async def test_webhooks_can_be_lost(self, simulator: PickPackSimulator, receiver: WebhookReceiver) -> None:
        simulator.webhook.lose_next = 1
        await simulator.set_status("A-1", "PACKING")
        await simulator.set_status("A-1", "INVOICED")
        assert receiver.statuses == ["INVOICED"]
        assert [sent.lost for sent in simulator.webhooks] == [True, False]
        simulator.webhook.lose_share = 1.0
        await simulator.set_status("A-1", "ON_ROUTE")
        assert receiver.statuses == ["INVOICED"]

    async def test_webhooks_can_be_repeated(self, simulator: PickPackSimulator, receiver: WebhookReceiver) -> None:
        simulator.webhook.copies = 50
        await simulator.set_status("A-1", "PACKING")
        assert receiver.statuses == ["PACKING"] * 50

    async def test_webhooks_can_be_swapped(self, simulator: PickPackSimulator, receiver: WebhookReceiver) -> None:
        simulator.webhook.swap_next = True
        for step in ("PACKING", "INVOICED", "ON_ROUTE"):
            await simulator.set_status("A-1", step)
        assert receiver.statuses == ["INVOICED", "PACKING", "ON_ROUTE"]

    async def test_a_webhook_that_waits_to_be_swapped_is_sent_by_a_flush(
        self, simulator: PickPackSimulator, receiver: WebhookReceiver
    ) -> None:
        simulator.webhook.swap_next = True
        await simulator.set_status("A-1", "PACKING")
        assert not receiver.received
        await simulator.flush_webhooks()
        assert receiver.statuses == ["PACKING"]

    async def test_their_fields_can_have_other_names(
        self, simulator: PickPackSimulator, receiver: WebhookReceiver
    ) -> None:
        simulator.webhook.rename = {"orderId": "order", "newStatus": "state"}
        await simulator.set_status("A-1", "PACKING")
        (sent,) = simulator.webhooks
        event = json.loads(sent.body)
        assert (event["order"], event["state"], set(event) & {"orderId", "newStatus"}) == ("A-1", "PACKING", set())

    async def test_webhooks_can_be_delayed(self, simulator: PickPackSimulator, receiver: WebhookReceiver) -> None:
        simulator.webhook.delay = 0.05
        simulator.set_status("A-1", "PACKING")
        simulator.webhook.delay = 0.0
        await asyncio.sleep(0.01)
        assert receiver.statuses in ([], ["PACKING"])
        await simulator.flush_webhooks()
        assert receiver.statuses == ["PACKING"]

    async def test_any_body_can_be_sent(self, simulator: PickPackSimulator, receiver: WebhookReceiver) -> None:
        assert await simulator.send_webhook({"newStatus": "X"}, headers={"X-Webhook-Secret": "wrong"}) == 200
        assert await simulator.send_webhook(b'{"newStatus": "Y"}') == 200
        assert receiver.received == [("X", "wrong"), ("Y", "from-the-store")]

    async def test_a_webhook_that_nobody_answers_is_logged(self, simulator: PickPackSimulator) -> None:
        simulator.webhook.url = "http://127.0.0.1:9/webhooks/pickpack"
        await simulator.set_status("A-1", "PACKING")
        assert [sent.status for sent in simulator.webhooks] == [None]
