"""The HTTP side, over real connections."""

import asyncio
import base64
import gzip
import json
import logging
import socket
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.ingest.application import Readiness, build_application
from bot.ingest.connections import ConnectionLimits
from bot.ingest.listener import Listener, ListenError
from bot.store.errors import InvalidValueError, StoreError
from bot.tracking.events import StatusChanged

SECRET = "correct horse battery staple"
EVENT = {"orderId": "V-1-01", "oldStatus": "PENDING", "newStatus": "PICKING", "hostname": "shop"}
BODY = json.dumps(EVENT).encode()
WRONG: tuple[Any, ...] = ("", "  ", None, [], "\ud800")  # values that no field may have
WRONG_OLD: tuple[Any, ...] = ([], {}, "\ud800", "a\x00")  # here nothing said is not wrong
PATH = "/webhooks/pickpack"
UPDATES = "/webhooks/telegram"
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nX-Webhook-Secret: {SECRET}\r\n"
SHORT = ConnectionLimits(headers=0.6, request=3.0, idle=2.0, max_connections=40)


@dataclass
class FakeRecorder:
    heard: list[StatusChanged] = field(default_factory=list)
    answer: Literal["stored", "repeat"] = "stored"
    trouble: Exception | None = None
    gate: asyncio.Event | None = None

    async def apply_webhook(self, event: StatusChanged) -> Literal["stored", "repeat"]:
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        self.heard.append(event)
        return self.answer


@dataclass
class FakeMetrics:
    content_type: str = "text/plain; version=0.0.4; charset=utf-8"
    webhooks: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def webhook(self, result: str) -> None:
        self.webhooks.append(result)

    def error(self, place: str) -> None:
        self.errors.append(place)

    def render(self) -> bytes:
        return b"onroute_webhooks_total 1.0\n"


@dataclass
class ListenerHarness:
    """A listener that listens, what stands behind it, and a client."""

    recorder: FakeRecorder = field(default_factory=FakeRecorder)
    metrics: FakeMetrics = field(default_factory=FakeMetrics)
    readiness: Readiness = field(default_factory=lambda: Readiness(True, "ok", "ok", "ok"))
    hostname: str | None = "shop"
    mismapped: list[str] = field(default_factory=list)
    franchises: frozenset[str] = frozenset()
    refused: list[str] = field(default_factory=list)
    listener: Listener = field(init=False)
    client: aiohttp.ClientSession = field(init=False)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.listener.port}{path}"

    async def post(self, body: Any = BODY, *, path: str = PATH, **headers: str) -> tuple[int, dict[str, Any]]:
        named = {name.replace("_", "-"): value for name, value in ({"X_Webhook_Secret": SECRET} | headers).items()}
        async with self.client.post(self.url(path), data=body, headers=named) as response:
            assert response.content_type == "application/json"
            return response.status, await response.json()

    async def report_mismapped(self, fields: str) -> None:
        self.mismapped.append(fields)

    async def raw(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.listener.port)


@asynccontextmanager
async def serving(
    *, limits: ConnectionLimits = SHORT, body_seconds: float = 0.5, secrets: tuple[str, ...] = (SECRET,)
) -> AsyncIterator[ListenerHarness]:
    harness = ListenerHarness()
    app = build_application(
        events=harness.recorder,
        metrics=harness.metrics,
        readiness=lambda: harness.readiness,
        secrets=secrets,
        header="X-Webhook-Secret",
        known_hostname=lambda: harness.hostname,
        is_ours=lambda hostname: hostname in harness.franchises,
        on_other_account=harness.refused.append,
        deferred_paths=[UPDATES],
        body_seconds=body_seconds,
        on_mismapped=harness.report_mismapped,
    )
    harness.listener = Listener(app, limits)
    await harness.listener.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as harness.client:
        yield harness
    await harness.listener.stop(within=1.0)


@pytest.fixture
async def harness() -> AsyncIterator[ListenerHarness]:
    async with serving() as harness:
        yield harness


async def answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of one answer on a raw connection."""
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)).decode()
    first, *lines = head.strip().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, await reader.readexactly(int(headers.get("content-length", 0)))


async def closed(reader: asyncio.StreamReader, within: float = 3.0) -> bool:
    with suppress(ConnectionError):
        await asyncio.wait_for(reader.read(), within)
    return True


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


# ── events ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("result", ["stored", "repeat"])
async def test_an_event_is_answered_with_what_became_of_it(harness: ListenerHarness, result: Any) -> None:
    harness.recorder.answer = result
    assert await harness.post() == (200, {"result": result})
    assert [(e.order_id, e.old, e.new) for e in harness.recorder.heard] == [("V-1-01", "PENDING", "PICKING")]
    assert harness.metrics.webhooks == [result]


async def test_another_kind_of_event_is_ignored_without_intake(harness: ListenerHarness) -> None:
    assert await harness.post(json.dumps(EVENT | {"type": "RETURN_STATUS"})) == (200, {"result": "ignored"})
    assert harness.recorder.heard == []


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ({"order_id": "V-1", "new_status": "PICKING"}, "order_id, new_status"),
        ({"data": EVENT}, "data.orderId, data.oldStatus, data.newStatus, data.hostname"),
        (EVENT | {"newStatus": {"name": "PICKING"}}, "orderId, oldStatus, newStatus.name, hostname"),
        *(
            (EVENT | {name: 7}, "orderId, oldStatus, newStatus, hostname")
            for name in ("orderId", "oldStatus", "hostname")
        ),
        ({name: value for name, value in EVENT.items() if name != "hostname"}, "orderId, oldStatus, newStatus"),
        ({"Domain": "F", "OrderId": "V-1", "State": "invoiced", "Origin": {"Account": "shop"}}, "Origin.Account"),
        ([EVENT], "[].orderId"),
    ],
)
async def test_an_event_that_can_be_guessed_but_not_read_is_400_counted_and_reported(
    harness: ListenerHarness, body: Any, seen: str
) -> None:
    status, content = await harness.post(json.dumps(body))
    assert status == 400
    assert seen in content["error"]
    assert '"orderId"' in content["error"]
    assert (harness.metrics.webhooks, harness.recorder.heard) == (["mismapped"], [])
    [reported] = harness.mismapped
    assert seen in reported


@pytest.mark.parametrize("old", [None, "", " ", "null"])
async def test_an_event_that_does_not_say_what_was_before_is_taken(harness: ListenerHarness, old: str | None) -> None:
    without = {name: value for name, value in EVENT.items() if name != "oldStatus"}
    for body in (EVENT | {"oldStatus": old}, without):
        assert await harness.post(json.dumps(body)) == (200, {"result": "stored"})
    assert [(event.old, event.new) for event in harness.recorder.heard] == [(None, "PICKING")] * 2
    assert harness.mismapped == []


async def test_nothing_is_answered_before_the_commit(harness: ListenerHarness) -> None:
    harness.recorder.gate = asyncio.Event()
    asking = asyncio.create_task(harness.post())
    await asyncio.sleep(0.1)
    assert not asking.done()
    harness.recorder.gate.set()
    assert await asking == (200, {"result": "stored"})


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 60_000, b'{"orderId": "' + b"x" * 60_000]
    + [json.dumps({k: v for k, v in EVENT.items() if k != name}).encode() for name in ("orderId", "newStatus")]
    + [json.dumps(EVENT | {name: wrong}).encode() for name in EVENT for wrong in WRONG if name != "oldStatus"]
    + [json.dumps(EVENT | {"oldStatus": wrong}).encode() for wrong in WRONG_OLD]
    + [json.dumps(EVENT | {"newStatus": 7}).encode()],
)  # fmt: skip
async def test_what_is_no_event_is_400_and_says_why(harness: ListenerHarness, body: bytes) -> None:
    status, content = await harness.post(body)
    assert status == 400
    assert content["error"]
    assert harness.recorder.heard == []
    assert harness.metrics.webhooks == ["malformed"]


@pytest.mark.parametrize("trouble", [StoreError("disk full"), RuntimeError("a bug"), TimeoutError(), OSError("x")])
async def test_what_could_not_be_stored_is_503_and_to_be_sent_again(
    harness: ListenerHarness, trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    harness.recorder.trouble = trouble
    headers = {"X-Webhook-Secret": SECRET}
    async with harness.client.post(harness.url(PATH), data=BODY, headers=headers) as response:
        assert response.status == 503
        assert int(response.headers["Retry-After"]) > 0
        text = await response.text()
    assert str(trouble) not in text or not str(trouble)
    assert "Traceback" not in text
    assert caplog.records
    harness.recorder.trouble = None
    assert await harness.post() == (200, {"result": "stored"})


async def test_an_event_that_no_database_takes_is_refused_for_good(harness: ListenerHarness) -> None:
    harness.recorder.trouble = InvalidValueError("surrogates not allowed")
    assert (await harness.post())[0] == 400


def basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


# ── who may ──────────────────────────────────────────────────────────────────


async def test_an_event_may_come_by_put(harness: ListenerHarness) -> None:
    headers = {"X-Webhook-Secret": SECRET}
    async with harness.client.put(harness.url(PATH), data=BODY, headers=headers) as response:
        assert (response.status, await response.json()) == (200, {"result": "stored"})


@pytest.mark.parametrize(
    ("headers", "query", "status"),
    [
        ({"X-Webhook-Secret": SECRET}, "", 200),
        ({"Authorization": f"Bearer {SECRET}"}, "", 200),
        ({"Authorization": f"bearer   {SECRET}"}, "", 200),
        ({"Authorization": basic(f"pickpack:{SECRET}")}, "", 200),
        ({"Authorization": basic(f":{SECRET}").replace("Basic", "basic")}, "", 200),
        ({"Authorization": basic(SECRET)}, "", 401),  # a name alone
        ({"Authorization": basic(f"{SECRET}:wrong")}, "", 401),
        ({"Authorization": "Basic =?="}, "", 401),
        ({"Authorization": "Basic //79"}, "", 401),
        ({}, f"?secret={SECRET.replace(' ', '%20')}", 200),
        ({"X-Webhook-Secret": "wrong"}, f"?secret={SECRET.replace(' ', '+')}", 200),
        ({}, "", 401),
        ({}, "?secret=", 401),
        ({}, "?secret=%ED%A0%80", 401),
        ({"X-Webhook-Secret": ""}, "", 401),
        ({"X-Webhook-Secret": SECRET[:-1]}, "", 401),
        ({"X-Webhook-Secret": SECRET + "x"}, "", 401),
        ({"X-Webhook-Secret": SECRET.upper()}, "", 401),
        ({"X-Webhook-Secret": "pässwörd"}, "", 401),
        ({"Authorization": SECRET}, "", 401),
        ({"Authorization": f"Basic {SECRET}"}, "", 401),
        ({"Authorization": "Bearer"}, "", 401),
    ],
)
async def test_the_secret_may_come_in_four_ways(
    harness: ListenerHarness, headers: dict[str, str], query: str, status: int
) -> None:
    async with harness.client.post(
        URL(harness.url(PATH) + query, encoded=True), data=BODY, headers=headers
    ) as response:
        assert response.status == status
        assert response.content_type == "application/json"
    assert len(harness.recorder.heard) == (1 if status == 200 else 0)


async def test_any_of_several_secrets_will_do_and_an_empty_one_never() -> None:
    async with serving(secrets=("old", "new", "")) as harness:
        assert (await harness.post(X_Webhook_Secret="old"))[0] == 200
        assert (await harness.post(X_Webhook_Secret="new"))[0] == 200
        assert (await harness.post(X_Webhook_Secret=""))[0] == 401
    async with serving(secrets=()) as harness:
        assert (await harness.post(X_Webhook_Secret=""))[0] == 401


@pytest.mark.parametrize(
    ("known", "named", "status"),
    [("shop", "shop", 200), ("Shop", "sHOP", 200), ("shop", "other", 403), (None, "anything", 200)],
)
async def test_another_account_is_refused(harness: ListenerHarness, known: str | None, named: str, status: int) -> None:
    harness.hostname = known
    assert (await harness.post(json.dumps(EVENT | {"hostname": named})))[0] == status
    assert len(harness.recorder.heard) == (status == 200)
    assert harness.refused == ([named] if status == 403 else [])


async def test_an_account_that_an_answer_has_named_is_ours(harness: ListenerHarness) -> None:
    harness.franchises = frozenset({"franchise"})
    assert (await harness.post(json.dumps(EVENT | {"hostname": "franchise"})))[0] == 200
    assert (await harness.post(json.dumps(EVENT | {"hostname": "another"})))[0] == 403


async def test_a_wrong_secret_is_answered_before_the_body_and_leaves_the_connection_safe(
    harness: ListenerHarness,
) -> None:
    reader, writer = await harness.raw()
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n"
    writer.write(head.encode())
    status, headers, _ = await answer(reader)
    assert status == 401
    assert headers["connection"] == "close"
    # what looks like a request in the rest of the body must not become one
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY)
    assert await closed(reader)
    assert harness.recorder.heard == []
    writer.close()


async def test_a_connection_lives_on_after_a_refused_body_that_had_come(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(BODY)}\r\n\r\n".encode() + BODY)
    assert (await answer(reader))[0] == 401
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY)
    assert (await answer(reader))[0] == 200
    writer.close()


# ── size, time, shape ────────────────────────────────────────────────────────


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 413)])
@pytest.mark.parametrize("chunked", [False, True])
async def test_64_kilobytes_are_taken_and_one_byte_more_is_not(
    harness: ListenerHarness, extra: int, status: int, chunked: bool
) -> None:
    body = BODY + b" " * (64 * 1024 - len(BODY) + extra)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 5000):
            yield body[start : start + 5000]

    assert (await harness.post(pieces() if chunked else body))[0] == status


async def test_a_body_announced_as_too_large_is_refused_unread(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + "Content-Length: 5000000000\r\n\r\n").encode())
    assert (await answer(reader))[0] == 413
    assert await closed(reader)
    writer.close()


async def test_an_endless_chunked_body_is_cut_off(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").encode())
    sent = 0
    with suppress(ConnectionError):
        while sent < 50_000_000:
            writer.write(chunk(b" " * 60_000))
            sent += 60_000
            await asyncio.wait_for(writer.drain(), 5)
            if reader.at_eof():
                break
            await asyncio.sleep(0)
    assert sent < 50_000_000
    writer.close()


async def drip(writer: asyncio.StreamWriter, data: bytes, every: float) -> None:
    with suppress(ConnectionError):
        for number in range(len(data)):
            writer.write(data[number : number + 1])
            await writer.drain()
            await asyncio.sleep(every)


@pytest.mark.parametrize("framing", [f"Content-Length: {len(BODY)}", "Transfer-Encoding: chunked"])
async def test_a_dripping_body_is_408_and_slows_nobody(harness: ListenerHarness, framing: str) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + framing + "\r\n\r\n").encode())
    dripping = asyncio.create_task(drip(writer, chunk(BODY) if "chunked" in framing else BODY, 0.05))
    answering = asyncio.create_task(answer(reader))
    for _ in range(20):
        assert (await harness.post())[0] == 200
    assert not answering.done()  # nobody waited for the end of the slow one
    assert (await answering)[0] == 408
    assert await closed(reader)
    assert len(harness.recorder.heard) == 20
    assert harness.metrics.webhooks.count("too-slow") == 1
    dripping.cancel()
    writer.close()


@pytest.mark.parametrize("start", [b"", b"POST /", HEAD.encode(), HEAD.encode() + b"X-A: "])
async def test_a_head_that_never_ends_is_cut_off(start: bytes) -> None:
    only_the_head = ConnectionLimits(headers=0.6, request=60.0, idle=60.0, max_connections=40)
    async with serving(limits=only_the_head) as harness:
        reader, writer = await harness.raw()
        writer.write(start)
        before = asyncio.get_running_loop().time()
        dripping = asyncio.create_task(drip(writer, b"x" * 1000 if start else b"", 0.002))
        text = b""
        with suppress(ConnectionError):
            text = await asyncio.wait_for(reader.read(), 20)
        assert asyncio.get_running_loop().time() - before > 0.4
        assert text.startswith(b"HTTP/1.1 408") is bool(start)
        dripping.cancel()
        writer.close()


async def test_who_goes_on_sending_is_not_reset_before_the_408_is_read(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write(HEAD.encode())
    assert (await answer(reader))[0] == 408
    for _ in range(3):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)
    assert not reader.exception()
    assert await closed(reader)
    writer.close()


async def test_a_second_head_that_drips_on_a_good_connection_is_cut_off_too(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY)
    assert (await answer(reader))[0] == 200
    await asyncio.sleep(0.8)  # idle for longer than a head may take
    writer.write(b"GET /heal")
    assert (await answer(reader))[0] == 408
    assert await closed(reader)
    writer.close()


async def test_an_idle_connection_is_closed_in_the_end(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await answer(reader))[0] == 200
    assert await closed(reader, within=4.0)
    writer.close()


async def test_a_half_closed_connection_still_gets_its_answer_and_is_closed(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY)
    writer.write_eof()
    assert (await answer(reader))[0] == 200
    assert await closed(reader)
    assert len(harness.listener._connections) == 0


async def test_a_half_closed_connection_with_half_a_body_is_408(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY[:20])
    writer.write_eof()
    assert (await answer(reader))[0] == 408
    assert await closed(reader)
    assert harness.recorder.heard == []


async def test_more_connections_than_are_held_push_out_those_without_a_request() -> None:
    async with serving(limits=ConnectionLimits(headers=30.0, request=60.0, idle=75.0, max_connections=20)) as harness:
        silent = [await harness.raw() for _ in range(40)]
        assert (await harness.post())[0] == 200
        assert len(harness.listener._connections) <= 20
        for _, writer in silent:
            writer.close()


async def test_an_event_under_way_is_never_pushed_out() -> None:
    async with serving(limits=ConnectionLimits(headers=30.0, request=60.0, idle=75.0, max_connections=5)) as harness:
        harness.recorder.gate = asyncio.Event()
        asking = [asyncio.create_task(harness.post()) for _ in range(4)]
        await asyncio.sleep(0.2)
        silent = [await harness.raw() for _ in range(20)]
        harness.recorder.gate.set()
        assert [status for status, _ in await asyncio.gather(*asking)] == [200] * 4
        for _, writer in silent:
            writer.close()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    " Deflate ": zlib.compress,
}
RAW_DEFLATE = zlib.compress(BODY)[2:-4]


@pytest.mark.parametrize("encoding", [*PACKED, "identity", "Identity", ""])
async def test_a_packed_body_is_unpacked(harness: ListenerHarness, encoding: str) -> None:
    body = PACKED.get(encoding, bytes)(BODY)
    assert await harness.post(body, Content_Encoding=encoding) == (200, {"result": "stored"})
    assert [event.order_id for event in harness.recorder.heard] == ["V-1-01"]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("deflate", RAW_DEFLATE),
        ("gzip", gzip.compress(BODY[:20]) + gzip.compress(BODY[20:])),
        ("gzip", gzip.compress(BODY) + b"\0" * 20),
    ],
    ids=["deflate without a head", "in two parts", "filled up"],
)
async def test_a_body_packed_in_an_unusual_way_is_unpacked(
    harness: ListenerHarness, encoding: str, body: bytes
) -> None:
    assert await harness.post(body, Content_Encoding=encoding) == (200, {"result": "stored"})


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "deflate"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_that_unpacks_to_more_than_64_kilobytes_is_413(
    harness: ListenerHarness, encoding: str, chunked: bool
) -> None:
    for size, status in ((64 * 1024, 200), (64 * 1024 + 1, 413), (40_000_000, 413)):
        bomb = PACKED["gzip"](BODY + b" " * (size - len(BODY)))
        assert len(bomb) < 64 * 1024

        async def pieces(body: bytes = bomb) -> AsyncIterator[bytes]:
            yield body

        assert (await harness.post(pieces() if chunked else bomb, Content_Encoding=encoding))[0] == status
    assert harness.metrics.webhooks == ["stored", "too-large", "too-large"]


async def test_a_bomb_takes_no_memory(harness: ListenerHarness) -> None:
    bomb = gzip.compress(b" " * 60_000_000)
    bombs = [bomb, b"".join([gzip.compress(b"")] * 3000)]
    tracemalloc.start()
    try:
        statuses = [(await harness.post(one, Content_Encoding="gzip"))[0] for one in bombs * 5]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert set(statuses) == {413, 400}
    assert most < 5_000_000
    assert await harness.post() == (200, {"result": "stored"})


@pytest.mark.parametrize("encoding", ["br", "nonsense", "gzip, gzip", "zstd", "compress"])
async def test_a_body_packed_in_a_way_that_is_not_known_says_which_are(harness: ListenerHarness, encoding: str) -> None:
    headers = {"X-Webhook-Secret": SECRET, "Content-Encoding": encoding}
    async with harness.client.post(harness.url(PATH), data=gzip.compress(BODY), headers=headers) as response:
        assert response.status == 400
        assert "gzip" in response.headers["Accept-Encoding"]
        assert "Content-Encoding" in (await response.json())["error"]


@pytest.mark.parametrize(
    "body",
    [BODY, b"", gzip.compress(BODY)[:-9], gzip.compress(BODY) + b"more"],
    ids=["not packed", "empty", "cut off", "with more behind"],
)
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_is_not_packed_as_it_says_is_400(
    harness: ListenerHarness, encoding: str, body: bytes
) -> None:
    status, content = await harness.post(body, Content_Encoding=encoding)
    assert status == 400
    assert content["error"]
    assert harness.recorder.heard == []


async def test_a_packed_body_is_not_unpacked_without_the_secret(harness: ListenerHarness) -> None:
    for encoding in ("gzip", "nonsense"):
        assert (await harness.post(gzip.compress(BODY), X_Webhook_Secret="wrong", Content_Encoding=encoding))[0] == 401


async def test_a_sender_that_asks_before_it_sends_is_told_to_go_on(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + f"Expect: 100-continue\r\nContent-Length: {len(BODY)}\r\n\r\n").encode())
    assert await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 2) == b"HTTP/1.1 100 Continue\r\n\r\n"
    writer.write(BODY)
    assert (await answer(reader))[0] == 200
    writer.close()


@pytest.mark.parametrize(
    "bytes_sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        HEAD.encode() + b"Content-Length: -1\r\n\r\n",
        HEAD.encode() + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        HEAD.encode() + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nabcde",
        HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        HEAD.encode() + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://elsewhere.example/healthz?x HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET //x/../..%2f%00?secret=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
)
async def test_what_is_no_proper_request_is_never_a_500(harness: ListenerHarness, bytes_sent: bytes) -> None:
    reader, writer = await harness.raw()
    with suppress(ConnectionError):
        writer.write(bytes_sent)
        status, _, body = await answer(reader)
        assert status in {200, 400, 404, 405, 408, 413, 417}
        assert b"Traceback" not in body
    writer.close()
    assert (await harness.post())[0] == 200


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(EVENT)) | st.text(), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
@example(body=BODY)
def test_any_body_is_200_or_400(body: bytes) -> None:
    async def ask() -> int:
        async with serving() as harness:
            return (await harness.post(body))[0]

    assert asyncio.run(ask()) in {200, 400, 403}


# ── the other paths ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/", 404),
        ("POST", "/webhooks/pickpack/", 404),
        ("GET", "/webhooks", 404),
        ("GET", PATH, 405),
        ("PATCH", PATH, 405),
        ("POST", "/healthz", 405),
        ("DELETE", "/metrics", 405),
    ],
)
async def test_every_answer_is_json(harness: ListenerHarness, method: str, path: str, status: int) -> None:
    async with harness.client.request(method, harness.url(path)) as response:
        assert response.status == status
        assert response.content_type == "application/json"
        assert isinstance(await response.json(), dict)
        assert ("Allow" in response.headers) is (status == 405)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (Readiness(True, "ok", "ok", "ok"), 200),
        (Readiness(True, "ok", "down", "degraded"), 200),
        (Readiness(False, "down", "ok", "ok"), 503),
    ],
)
async def test_readiness_is_told_with_each_part(harness: ListenerHarness, state: Readiness, status: int) -> None:
    harness.readiness = state
    async with harness.client.get(harness.url("/readyz")) as response:
        assert response.status == status
        content = await response.json()
    assert (content["database"], content["telegram"], content["pickpack"]) == (
        state.database, state.telegram, state.pickpack,
    )  # fmt: skip


async def test_metrics_are_text(harness: ListenerHarness) -> None:
    async with harness.client.get(harness.url("/metrics")) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == harness.metrics.content_type
        assert await response.read() == harness.metrics.render()


async def test_a_slot_answers_503_until_it_is_filled_and_hands_the_body_on(harness: ListenerHarness) -> None:
    async with harness.client.post(harness.url(UPDATES), json={"update_id": 1}) as response:
        assert response.status == 503
        assert "Retry-After" in response.headers

    async def take(request: web.Request) -> web.StreamResponse:
        return web.json_response({"seen": (await request.json())["update_id"]})

    harness.listener.set_handler(UPDATES, take)
    async with harness.client.post(harness.url(UPDATES), json={"update_id": 1}) as response:
        assert (response.status, await response.json()) == (200, {"seen": 1})
    async with harness.client.post(harness.url(UPDATES), data=b"x" * 1_100_000) as response:
        assert response.status == 413
    with pytest.raises(KeyError):
        harness.listener.set_handler("/elsewhere", take)


async def test_a_mounted_handler_that_raises_is_a_503(harness: ListenerHarness) -> None:
    async def take(request: web.Request) -> web.StreamResponse:
        raise RuntimeError("inside")

    harness.listener.set_handler(UPDATES, take)
    status, content = await harness.post(path=UPDATES)
    assert (status, "inside" in str(content)) == (503, False)
    assert harness.metrics.errors == ["listener"]


async def test_no_secret_gets_into_a_log(harness: ListenerHarness, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await harness.post(path=PATH + "?secret=from-the-query", Authorization="Bearer from-the-header")
    await harness.post(path=PATH + "?secret=from-the-query", X_Webhook_Secret="wrong-from-the-header")
    reader, writer = await harness.raw()
    writer.write(HEAD.encode() + b"bad header from-the-header\r\n\r\n")
    await closed(reader)
    writer.close()
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records if "asyncio" not in record.name)
    assert "from-the" not in logged
    assert SECRET not in logged
    assert PATH in logged


# ── start and stop ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(("host", "port", "says", "may_pass"), [
    ("127.0.0.1", None, "is in use", True),
    ("203.0.113.7", 0, "HTTP_HOST", True),
    ("no such host", 0, "HTTP_HOST", False),
    ("127.0.0.1", 70_000, "1 to 65535", False),
])  # fmt: skip
async def test_a_listener_that_cannot_listen_says_why(
    harness: ListenerHarness, host: str, port: int | None, says: str, may_pass: bool
) -> None:
    app = web.Application()
    with pytest.raises(ListenError, match=says) as refused:
        await Listener(app).start(host, harness.listener.port if port is None else port)
    assert refused.value.may_pass is may_pass


async def test_a_port_that_is_in_use_for_a_moment_is_tried_again(harness: ListenerHarness) -> None:
    listener = Listener(web.Application())
    starting = asyncio.create_task(listener.start("127.0.0.1", harness.listener.port, patience=10.0))
    await asyncio.sleep(0.05)
    await harness.listener.stop()
    await starting
    await listener.stop()
    assert listener.port == harness.listener.port


@pytest.mark.parametrize("is_same", [True, False])
async def test_a_handed_socket_is_used_and_another_port_in_the_settings_is_said(
    caplog: pytest.LogCaptureFixture, is_same: bool
) -> None:
    listener = Listener(web.Application())
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port = opened.getsockname()[1]
        await listener.start("127.0.0.1", port if is_same else port - 1, handed=opened.dup())
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 404")  # an application without routes
        writer.close()
        await listener.stop()
        assert listener.port == port
    assert any(f"HTTP_PORT says {port - 1}" in record.message for record in caplog.records) is not is_same


async def test_stop_finishes_what_is_under_way_and_takes_nothing_new(harness: ListenerHarness) -> None:
    harness.recorder.gate = asyncio.Event()
    idle_reader, idle_writer = await harness.raw()
    asking = asyncio.create_task(harness.post())
    await asyncio.sleep(0.1)
    harness.listener.stop_accepting()
    stopping = asyncio.create_task(harness.listener.stop(within=3.0))
    assert await closed(idle_reader)
    with pytest.raises(OSError):
        await harness.raw()
    assert not asking.done()
    harness.recorder.gate.set()
    assert await asking == (200, {"result": "stored"})
    await asyncio.wait_for(stopping, 2.0)
    idle_writer.close()


async def test_a_body_that_is_coming_in_at_the_stop_is_still_taken(harness: ListenerHarness) -> None:
    reader, writer = await harness.raw()
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY[:20])
    await asyncio.sleep(0.1)
    stopping = asyncio.create_task(harness.listener.stop(within=3.0))
    await asyncio.sleep(0.1)
    writer.write(BODY[20:])
    status, headers, _ = await answer(reader)
    assert (status, headers["connection"]) == (200, "close")
    await asyncio.wait_for(stopping, 2.0)
    writer.close()


async def test_stop_does_not_wait_for_ever() -> None:
    async with serving() as harness:
        harness.recorder.gate = asyncio.Event()
        asking = asyncio.create_task(harness.post())
        await asyncio.sleep(0.1)
        await asyncio.wait_for(harness.listener.stop(within=0.2), 4.0)
        with pytest.raises(aiohttp.ClientError):
            await asking


async def test_a_sender_that_leaves_does_not_undo_the_event(harness: ListenerHarness) -> None:
    harness.recorder.gate = asyncio.Event()
    _, writer = await harness.raw()
    writer.write((HEAD + f"Content-Length: {len(BODY)}\r\n\r\n").encode() + BODY)
    await writer.drain()
    await asyncio.sleep(0.1)
    writer.transport.abort()
    await asyncio.sleep(0.1)
    harness.recorder.gate.set()
    await asyncio.sleep(0.1)
    assert len(harness.recorder.heard) == 1


Ask = Callable[[], Awaitable[tuple[int, dict[str, Any]]]]


async def test_a_thousand_copies_at_once_are_all_answered() -> None:
    async with serving(limits=ConnectionLimits()) as harness:
        ask: Ask = harness.post
        answers = await asyncio.gather(*(ask() for _ in range(1000)))
        assert {status for status, _ in answers} == {200}
        assert len(harness.recorder.heard) == 1000
