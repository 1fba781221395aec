"""When the last webhook was heard, and why the last one was refused: from a running service, and once it has ended."""

import asyncio
import json
import sqlite3
from dataclasses import asdict

import pytest

from bot.ingest.webhook_log import LAST_WEBHOOKS_KEY, LastWebhooks
from bot.simulators.world import SimulatedWorld
from bot.store import key_value
from tests.doctor.harness import DoctorHarness
from tests.doctor.test_database import create_database
from tests.fakes import ManualClock

EVENT = {"orderId": "V-1-01", "oldStatus": "PENDING", "newStatus": "PICKING", "hostname": "mystore"}
CLOCK = ManualClock()
NOW = CLOCK.wall()


def note(doctor: DoctorHarness, last: LastWebhooks) -> None:
    connection = sqlite3.connect(create_database(doctor))
    key_value.put(connection, LAST_WEBHOOKS_KEY, json.dumps(asdict(last)))
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("last", "result", "says", "remedy"),
    [
        (LastWebhooks(), "warn", "none heard yet", "POST to https://<your address>/webhooks/pickpack"),
        (LastWebhooks(NOW - 3), "ok", "last heard 3 s ago", ""),
        (LastWebhooks(NOW - 7200), "ok", "last heard 2 h ago", ""),
        (LastWebhooks(NOW + 60), "ok", "last heard 0 s ago", ""),  # the clock was set back
        (LastWebhooks(NOW - 5 * 86_400), "warn", "last heard 5 days ago", "switched on"),
        (
            LastWebhooks(None, NOW - 300, "wrong-secret", "it brought nothing"),
            "warn",
            "none heard yet; last one refused 5 min ago: it brought nothing",
            "WEBHOOK_SECRET as the value of the header X-Webhook-Secret",
        ),
        (LastWebhooks(NOW - 9, NOW - 5, "other-account", "x"), "warn", "heard 9 s ago; last one refused 5 s", "HOST"),
        (LastWebhooks(NOW - 5, NOW - 9, "malformed", "no id"), "ok", "last one refused 9 s ago: no id", ""),
        (LastWebhooks(None, NOW - 5, "ignored", "a worksheet"), "warn", "last one of no use 5 s", "ORDER_STATUS"),
    ],
)  # fmt: skip
async def test_the_line_says_when_and_why_and_what_to_do(
    doctor: DoctorHarness, last: LastWebhooks, result: str, says: str, remedy: str
) -> None:
    note(doctor, last)
    found = (await doctor.look(clock=CLOCK))["webhook"]
    assert (found.result, says in found.says, remedy in found.remedy) == (result, True, True), found


async def test_after_a_kill_nothing_is_said_that_may_be_out_of_date(doctor: DoctorHarness) -> None:
    note(doctor, LastWebhooks(NOW - 3))
    path = doctor.folder / "data" / "bot.db-wal"
    path.write_bytes(b"what it wrote last is in a file that only a writer may read")
    found = (await doctor.look(clock=CLOCK))["webhook"]
    assert (found.result, "not checked" in found.says) == ("warn", True)


async def test_before_the_first_start_there_is_none(doctor: DoctorHarness) -> None:
    found = (await doctor.look())["webhook"]
    assert (found.result, "has not run" in found.says) == ("ok", True)


async def test_a_running_service_tells_it_and_its_file_still_does_afterwards(doctor: DoctorHarness) -> None:
    world = SimulatedWorld()
    try:
        await world.start(PICKPACK_HOSTNAME="mystore", PUBLIC_URL="http://127.0.0.1:1")
        await world.wait_until_ready()
        doctor.environ |= world.settings

        async def until(says: str) -> None:
            async with asyncio.timeout(20):
                while says not in (await doctor.look(PUBLIC_URL=world.url))["webhook"].says:
                    continue  # each look takes its time

        assert await world.pickpack.send_webhook(EVENT) == 200
        await until(" s ago")  # at once, and though the doctor itself has called without a secret
        assert "refused" not in (await doctor.look())["webhook"].says
        assert await world.pickpack.send_webhook(EVENT, headers={"X-Webhook-Secret": "a-wrong-value"}) == 401
        await until("the header X-Webhook-Secret came, but not with the value")
        await world.terminate()
        assert "last one refused" in (await doctor.look())["webhook"].says
    finally:
        await world.stop()
