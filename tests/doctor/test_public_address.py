"""The public URL: whether calls to it arrive at this machine."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.simulators.loopback import free_port
from bot.simulators.world import SimulatedWorld
from tests.doctor.harness import DoctorHarness


@pytest.fixture
async def other_server() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """Run another server that rejects webhooks just as ours does; `/moved` redirects elsewhere."""
    asked: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request)
        status = 308 if request.path.startswith("/moved") else 401
        return web.json_response({"error": "the secret is wrong or missing"}, status=status)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    await runner.cleanup()


async def test_a_url_that_reaches_another_server_is_reported(
    doctor: DoctorHarness, other_server: tuple[str, list[web.Request]]
) -> None:
    url, asked = other_server
    found = (await doctor.look(PUBLIC_URL=url))["public address"]
    assert (found.result, "somebody else answers" in found.says) == ("fail", True)
    assert "/webhooks/pickpack" in found.remedy
    found = (await doctor.look(PUBLIC_URL=f"{url}/moved"))["public address"]
    assert (found.result, "leads elsewhere" in found.says) == ("fail", True)
    # whoever it is, the secret was not shown
    assert not any(doctor.environ["WEBHOOK_SECRET"] in str(dict(one.headers)) + str(one.url) for one in asked)


async def test_a_url_without_a_server_is_reported(doctor: DoctorHarness) -> None:
    found = (await doctor.look(PUBLIC_URL=f"http://127.0.0.1:{free_port()}"))["public address"]
    assert (found.result, "can't be reached" in found.says, "DNS" in found.remedy) == ("fail", True, True)


async def test_a_running_service_is_recognised_and_not_disturbed(
    doctor: DoctorHarness, other_server: tuple[str, list[web.Request]]
) -> None:
    world = SimulatedWorld()
    try:
        await world.start()
        await world.wait_until_ready()
        doctor.environ |= world.settings
        found = await doctor.look(PUBLIC_URL=world.url)
        assert found["instance"].result == "ok"
        assert found["instance"].says.startswith("the service is running, ready (database ok")
        assert found["port"].says.startswith("the running service listens")
        assert "is of this version and whole" in found["database"].says
        assert f"{world.url} reaches this service" in found["public address"].says
        # refuses just as we do, but our own counter stays where it is
        lost = (await doctor.look(PUBLIC_URL=other_server[0]))["public address"]
        assert (lost.result, "don't come in here" in lost.says) == ("fail", True)
        assert world.service.pid is not None
    finally:
        await world.stop()
