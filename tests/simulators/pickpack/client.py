"""A client of the simulated API, and a receiver of its webhooks."""

import json

import aiohttp
from aiohttp import web

from bot.simulators.pickpack.simulator import PickPackSimulator


class WebhookReceiver:
    """Takes the place of the bot's listener, and keeps what it receives."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str | None]] = []

    async def receive(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        self.received.append((body.get("newStatus", ""), request.headers.get("X-Webhook-Secret")))
        return web.json_response({"result": "stored"})

    @property
    def statuses(self) -> list[str]:
        return [status for status, _ in self.received]


async def issue_token(simulator: PickPackSimulator, session: aiohttp.ClientSession) -> str:
    async with session.post(simulator.token_url, json={"apiKey": simulator.api_key}) as response:
        return str((await response.json())["data"])


async def get_order(
    simulator: PickPackSimulator, session: aiohttp.ClientSession, order_id: str, authorization: str
) -> tuple[int, dict[str, object]]:
    address = f"{simulator.tracking_url}/{order_id}"
    async with session.get(address, headers={"Authorization": authorization}) as response:
        return response.status, await response.json()


async def status_shown(simulator: PickPackSimulator, session: aiohttp.ClientSession) -> object:
    _, answer = await get_order(simulator, session, "A-1", await issue_token(simulator, session))
    data = answer["data"]
    assert isinstance(data, dict)
    return data["fulfillmentStatus"]
