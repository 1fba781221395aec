"""What the listener remembers of the last webhooks: in words, without any secret."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest

from bot.ingest.application import TRIAL_AGENT, WEBHOOK_PATH, Readiness, build_application
from bot.ingest.connections import ConnectionLimits
from bot.ingest.listener import Listener
from bot.ingest.webhook_log import LastWebhooks, WebhookLog, read_log
from bot.store.errors import StoreError
from tests.builders import open_database
from tests.fakes import ManualClock
from tests.ingest.test_listener import FakeMetrics, FakeRecorder

SECRET = "Zk3v9Qx7Lm2Rt8Wp5Yb1Nc6H"
EVENT = {"orderId": "V-1-01", "oldStatus": "PENDING", "newStatus": "PICKING", "hostname": "mystore"}
RIGHT = {"X-Webhook-Secret": SECRET}


class LoggedListener:
    """A listener with a log, and a client."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.log = WebhookLog(wall=self.clock.wall)
        self.recorder = FakeRecorder()
        self.listener = Listener(
            build_application(
                events=self.recorder,
                metrics=FakeMetrics(),
                readiness=lambda: Readiness(True, "ok", "ok", "ok"),
                secrets=[SECRET],
                header="X-Webhook-Secret",
                known_hostname=lambda: "mystore",
                webhook_log=self.log,
            ),
            ConnectionLimits(),
        )

    async def post(self, content: object, headers: Mapping[str, str], query: str = "") -> int:
        url = f"http://127.0.0.1:{self.listener.port}{WEBHOOK_PATH}{query}"
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        async with aiohttp.ClientSession() as client, client.post(url, data=body, headers=dict(headers)) as response:
            return response.status


@pytest.fixture
async def logged() -> AsyncIterator[LoggedListener]:
    logged = LoggedListener()
    await logged.listener.start("127.0.0.1", 0)
    yield logged
    await logged.listener.stop(within=1.0)


@pytest.mark.parametrize("answer", ["stored", "repeat"])
async def test_an_event_that_is_taken_is_the_last_one_heard(logged: LoggedListener, answer: str) -> None:
    logged.recorder.answer = answer  # type: ignore[assignment] # one of the two literals
    assert await logged.post(EVENT, RIGHT) == 200
    assert logged.log.last == LastWebhooks(taken_at=logged.clock.wall())


WRONG = "Wr0ng" * 5


@pytest.mark.parametrize(
    ("content", "headers", "result", "reason"),
    [
        (EVENT, {}, "wrong-secret", "brought no secret, neither in the header X-Webhook-Secret nor otherwise"),
        (EVENT, {"X-Secret": WRONG}, "wrong-secret", "it had X-Secret instead"),
        (EVENT, {SECRET: "X-Webhook-Secret"}, "wrong-secret", "brought no secret"),  # the two are swapped
        (EVENT, {"X-Webhook-Secret": WRONG}, "wrong-secret", "the header X-Webhook-Secret came, but not with"),
        (EVENT, {"Authorization": f"Bearer {WRONG}"}, "wrong-secret", "the header Authorization came, but not"),
        (EVENT | {"hostname": "theirshop"}, RIGHT, "other-account", "of the account theirshop, ours is mystore"),
        (EVENT | {"hostname": SECRET}, RIGHT, "other-account", "of another account"),
        (b"nonsense", RIGHT, "malformed", "JSON"),
        (EVENT | {"newStatus": " "}, RIGHT, "malformed", "newStatus"),
        ({"data": EVENT}, RIGHT, "mismapped", "orderId"),
        (EVENT | {"type": "WORKSHEET"}, RIGHT, "ignored", "another type than ORDER_STATUS"),
        (b"x" * 70_000, RIGHT, "too-large", "65536 bytes"),
    ],
)
async def test_one_that_is_refused_is_remembered_in_words_without_any_secret(
    logged: LoggedListener, content: object, headers: Mapping[str, str], result: str, reason: str
) -> None:
    await logged.post(EVENT, RIGHT)
    heard_at = logged.clock.wall()
    logged.clock.advance(10)
    await logged.post(content, headers)
    last = logged.log.last
    assert (last.taken_at, last.refused_at, last.result) == (heard_at, logged.clock.wall(), result)
    assert reason in last.reason
    assert not any(secret.lower() in last.reason.lower() for secret in (SECRET, WRONG))


@pytest.mark.parametrize(
    ("content", "headers", "reason"),
    [
        (EVENT, {}, "brought no secret"),
        (EVENT | {"hostname": "theirshop"}, RIGHT, "of the account theirshop, ours is mystore"),
        ({"data": EVENT}, RIGHT, "data.orderId"),
        (b"nonsense", RIGHT, "JSON"),
    ],
)
async def test_of_those_refused_for_one_reason_a_line_a_minute_says_all_that_is_known(
    logged: LoggedListener, caplog: pytest.LogCaptureFixture, content: object, headers: Mapping[str, str], reason: str
) -> None:
    for _ in range(3):
        await logged.post(content, headers)
    [said] = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    assert reason in said


async def test_a_wrong_secret_in_the_query_is_named_as_that(logged: LoggedListener) -> None:
    assert await logged.post(EVENT, {}, f"?secret={WRONG}") == 401
    assert logged.log.last.reason == "the query's ?secret= came, but not with the value of WEBHOOK_SECRET"


async def test_what_can_not_be_stored_is_not_heard(logged: LoggedListener) -> None:
    logged.recorder.trouble = StoreError("full")
    assert await logged.post(EVENT, RIGHT) == 503
    assert (logged.log.last.taken_at, logged.log.last.result) == (None, "not-stored")


async def test_the_doctors_own_calls_are_not_remembered(logged: LoggedListener) -> None:
    assert await logged.post(EVENT, {"User-Agent": TRIAL_AGENT}) == 401
    assert logged.log.last == LastWebhooks()


async def test_it_is_stored_beside_the_hot_path_and_outlives_a_restart(tmp_path: Path) -> None:
    database, clock = open_database(tmp_path), ManualClock()
    assert read_log(database.reader) == LastWebhooks()
    log = WebhookLog(read_log(database.reader), clock.wall)
    keeping = asyncio.create_task(log.keep(database))
    for _ in range(1000):
        log.refused("wrong-secret", "it brought no secret" + "!" * 1000)
    log.taken()
    async with asyncio.timeout(5):
        while read_log(database.reader) != log.last:  # noqa: ASYNC110 - the file has no event
            await asyncio.sleep(0.01)
    keeping.cancel()
    assert len(log.last.reason) == 300
    database.close()
