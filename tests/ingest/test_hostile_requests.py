"""What a stranger may try at the listener: endless heads, other addresses, other methods, other ways to a path."""

import asyncio
import json
import socket
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from bot.ingest.connections import RESERVED_FILES, ConnectionLimits, connections_for
from tests.fakes import note_comparisons
from tests.ingest.test_listener import BODY, EVENT, HEAD, PATH, SECRET, UPDATES, ListenerHarness, answer, chunk, serving

ENDLESS = 12_000_000  # bytes: three times what one request may have on the wire
QUICK = ConnectionLimits(headers=20.0, request=20.0, idle=20.0, max_connections=40)  # no time limit is what ends these
HOME = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
async def harness() -> AsyncIterator[ListenerHarness]:
    async with serving(limits=QUICK, body_seconds=20.0) as harness:
        yield harness


async def asked(harness: ListenerHarness, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send a request on a connection of its own, and return the answer."""
    reader, writer = await harness.raw()
    writer.write(request)
    try:
        return await answer(reader)
    finally:
        writer.close()


# ── how much ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (b"", b"a" * 1000),
        (b"GET /", b"a" * 1000),
        (b"GET /healthz?", b"secret=a&" * 100),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"a" * 1000),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"a" * 1000),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: y\r\n" * 100),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: y\r\n", b" folded\r\n" * 100),
        (b"", b"\r\n" * 500),
        (CHUNKED, b"1;" + b"a" * 1000),
        (CHUNKED + b"1;", b"a" * 1000),
        (CHUNKED, b"0" * 1000),
        (CHUNKED + chunk(BODY) + b"0\r\n", b"X: y\r\n" * 100),
        (CHUNKED + chunk(BODY) + b"0\r\nX: ", b"a" * 1000),
    ],
)
async def test_what_goes_on_without_an_end_is_cut_off_by_its_size(
    harness: ListenerHarness, start: bytes, more: bytes
) -> None:
    reader, writer = await harness.raw()
    writer.write(start)
    sent = 0
    with suppress(ConnectionError):
        while sent < ENDLESS and not reader.at_eof() and not writer.transport.is_closing():
            writer.write(more * 10)
            sent += len(more) * 10
            await writer.drain()
            await asyncio.sleep(0)
    assert sent < ENDLESS
    assert harness.recorder.heard == []
    writer.close()
    assert (await harness.post())[0] == 200


@pytest.mark.parametrize(
    ("length", "status"),
    [(4000, 200), (5000, 400)],
)
async def test_a_header_of_4_kilobytes_is_taken_and_a_longer_one_is_not(
    harness: ListenerHarness, length: int, status: int
) -> None:
    assert (await asked(harness, HOME + b"X: " + b"a" * length + b"\r\n\r\n"))[0] == status


@pytest.mark.parametrize(("count", "status"), [(60, 200), (70, 400)])
async def test_64_headers_are_taken_and_more_are_not(harness: ListenerHarness, count: int, status: int) -> None:
    assert (await asked(harness, HOME + b"X: y\r\n" * count + b"\r\n"))[0] == status


@pytest.mark.parametrize(("length", "status"), [(8000, 200), (8200, 400)])
async def test_a_query_of_8_kilobytes_is_taken_and_a_longer_one_is_not(
    harness: ListenerHarness, length: int, status: int
) -> None:
    query = (b"secret=a&" * 1000)[:length]
    assert (await asked(harness, b"GET /healthz?" + query + b" HTTP/1.1\r\nHost: x\r\n\r\n"))[0] == status


async def test_many_connections_that_say_nothing_keep_nobody_out(harness: ListenerHarness) -> None:
    silent = [await harness.raw() for _ in range(3 * QUICK.max_connections)]
    for _, writer in silent[::2]:
        writer.write(b"GET /heal")
    assert (await harness.post())[0] == 200
    assert len(harness.listener._connections) <= QUICK.max_connections
    for _, writer in silent:
        writer.close()


# ── how many bytes and files all of them take ────────────────────────────────

MEGABYTE = 1_000_000
UPDATE_HEAD = f"POST {UPDATES} HTTP/1.1\r\nHost: x\r\nContent-Length: {MEGABYTE}\r\n"
GENUINE = "X-Telegram-Bot-Api-Secret-Token: genuine\r\n"


async def pour(harness: ListenerHarness, head: str, size: int) -> int:
    """Send a head and so many bytes of a body as far as they are taken, and wait for the end; return the status."""
    reader, writer = await harness.raw()
    writer.transport.set_write_buffer_limits(high=16_000)
    status = 0
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        writer.write(f"{head}\r\n".encode())
        for _ in range(size // 10_000):
            writer.write(SPACES)
            await writer.drain()
        status = (await answer(reader))[0]
    writer.close()
    return status


SPACES = b" " * 10_000


async def taken_update(request: web.Request) -> web.StreamResponse:
    return web.json_response({"read": len(await request.read())})


def is_genuine(headers: Mapping[str, str]) -> bool:
    return headers.get("X-Telegram-Bot-Api-Secret-Token") == "genuine"


@contextmanager
def traced_memory() -> Iterator[Callable[[], int]]:
    """Trace memory; what is yielded returns the most that was held."""
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_nothing_of_an_updates_body_is_kept_before_its_secret_is_seen(harness: ListenerHarness) -> None:
    """1,200 strangers with a megabyte each once took a gigabyte."""
    harness.listener.set_handler(UPDATES, taken_update, is_genuine=is_genuine)
    with traced_memory() as most:
        answers = await asyncio.gather(*(pour(harness, UPDATE_HEAD, MEGABYTE) for _ in range(100)))
        assert most() < 15 * MEGABYTE
    assert set(answers) <= {401, 0}  # 0: aborted, to make room
    async with harness.client.post(
        harness.url(UPDATES), data=SPACES, headers={"X-Telegram-Bot-Api-Secret-Token": "genuine"}
    ) as response:
        assert await response.json() == {"read": len(SPACES)}


@pytest.mark.parametrize("head", [f"{UPDATE_HEAD}{GENUINE}", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: "])
async def test_all_connections_together_hold_no_more_than_the_limit(head: str) -> None:
    """Of those who have the secret too, and of heads that don't end."""
    limits = replace(QUICK, max_connections=200, max_buffered_bytes=4 * MEGABYTE)
    async with serving(limits=limits, body_seconds=5.0) as harness:
        harness.listener.set_handler(UPDATES, taken_update, is_genuine=is_genuine)
        with traced_memory() as most:
            pouring = [asyncio.create_task(pour(harness, head, MEGABYTE - 100_000)) for _ in range(40)]
            try:
                async with asyncio.timeout(10):
                    while sum(task.done() for task in pouring) < 30:  # noqa: ASYNC110 - they are aborted one by one
                        await asyncio.sleep(0.01)
                assert most() < 12 * MEGABYTE
                assert (await harness.post())[0] == 200
            finally:
                for task in pouring:
                    task.cancel()
                await asyncio.gather(*pouring, return_exceptions=True)


async def test_a_burst_of_connections_never_has_many_more_open_than_the_limit() -> None:
    """The loop closes an aborted connection with its next turn: until then it was aborted again and again."""
    limits, burst = replace(QUICK, max_connections=50), 600
    async with serving(limits=limits) as harness:
        clients = [socket.create_connection(("127.0.0.1", harness.listener.port)) for _ in range(burst)]
        try:
            before, most = open_files_now(), 0
            for _ in range(200):
                await asyncio.sleep(0)
                most = max(most, open_files_now() - before)
            assert limits.max_connections <= most <= limits.max_connections + RESERVED_FILES
            assert len(harness.listener._connections) == limits.max_connections
            assert (await harness.post())[0] == 200
        finally:
            for client in clients:
                client.close()


def open_files_now() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize(("files", "connections"), [(64, 32), (256, 128), (1024, 768), (8192, 2000), (1_000_000, 2000)])
def test_the_connections_leave_files_for_everything_else(files: int, connections: int) -> None:
    assert connections_for(files) == connections


# ── who ──────────────────────────────────────────────────────────────────────

CLAIMS = [
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-For": "::1, 10.0.0.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"},
    {"Forwarded": 'for=127.0.0.1;host=localhost;proto="https"'},
    {"X-Real-IP": "127.0.0.1", "True-Client-IP": "127.0.0.1", "CF-Connecting-IP": "127.0.0.1"},
    {"Host": "localhost", "Origin": "http://localhost", "Referer": "http://localhost/metrics"},
    {"Host": "elsewhere.example:1"},
    {"X-Original-URL": "/metrics", "X-Rewrite-URL": "/metrics"},
    {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE", "X-HTTP-Method": "PUT"},
    {"Authorization": "Basic YWRtaW46YWRtaW4=", "Cookie": f'secret="{SECRET}"', "X-Secret": SECRET},
    {"X-Telegram-Bot-Api-Secret-Token": SECRET},
]


@pytest.mark.parametrize("claim", CLAIMS)
async def test_what_a_request_says_of_itself_opens_and_closes_nothing(
    harness: ListenerHarness, claim: dict[str, str]
) -> None:
    secret = {"X-Webhook-Secret": SECRET}
    for method, path, headers, status in (
        ("POST", PATH, claim, 401),
        ("POST", PATH, claim | secret, 200),
        ("GET", PATH, claim, 405),
        ("GET", "/healthz", claim, 200),
        ("GET", "/admin", claim, 404),
        ("POST", UPDATES, claim | secret, 503),
    ):
        async with harness.client.request(method, harness.url(path), data=BODY, headers=headers) as response:
            assert response.status == status, (method, path)
            said = f"{response.headers} {await response.text()}"
            assert not [value for value in claim.values() if len(value) > 6 and value in said]
    assert len(harness.recorder.heard) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/../metrics",
        "/webhooks/%2e%2e/metrics",
        "/webhooks/..%2fmetrics",
        "/webhooks/..;/metrics",
        "/webhooks//../metrics",
        "/webhooks/pickpack/../../metrics",
        "/webhooks/telegram/../../readyz",
        "/./metrics",
        "//metrics",
        "/metrics/",
        "/metrics;x",
        "/metrics%00",
        "/metrics%2f",
        "/Metrics",
        "\\metrics",
        "/webhooks\\..\\metrics",
        "/static/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/.env",
        "/data/bot.db",
    ],
)
async def test_a_path_means_what_is_written_and_nothing_else(harness: ListenerHarness, path: str) -> None:
    """A proxy lets `/webhooks/*` through: nothing behind that may lead to what is to stay inside."""
    status, _, body = await asked(harness, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert status in {400, 404}
    assert b"onroute_" not in body


@pytest.mark.parametrize("method", ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "post"])
async def test_no_other_method_brings_an_event(harness: ListenerHarness, method: str) -> None:
    head = HEAD.replace("POST", method, 1) + f"Content-Length: {len(BODY)}\r\n\r\n"
    reader, writer = await harness.raw()
    writer.write(head.encode() + BODY)
    first = await asyncio.wait_for(reader.readline(), 5)
    assert int(first.split()[1]) in {400, 405}
    writer.close()
    assert harness.recorder.heard == []


@pytest.mark.parametrize("hostname", ["http://127.0.0.1:1/", "127.0.0.1:1", "shop.evil.example", "shop/", " "])
async def test_an_account_that_looks_like_an_address_is_another_account(
    harness: ListenerHarness, hostname: str
) -> None:
    status, _ = await harness.post(json.dumps(EVENT | {"hostname": hostname}))
    assert status in {400, 403}
    assert harness.recorder.heard == []


# ── how long it takes to say no ──────────────────────────────────────────────


async def test_each_secret_is_compared_whole_whatever_the_others_say(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = note_comparisons(monkeypatch)
    async with serving(secrets=(SECRET, "the one before it")) as harness:
        for brought in (SECRET, "the one before it", "x", SECRET[:-1], SECRET * 100, "é"):
            compared.clear()
            await harness.post(path=f"{PATH}?secret=y", X_Webhook_Secret=brought, Authorization="Bearer z")
            assert len(compared) == 3 * 2
            assert {len(one) for pair in compared for one in pair} == {32}
            assert all(isinstance(one, bytes) for pair in compared for one in pair)


async def test_a_mounted_handler_is_given_no_more_than_a_megabyte_and_no_body_that_drips() -> None:
    async def take(request: web.Request) -> web.StreamResponse:
        return web.json_response({"read": len(await request.read())})

    async with serving() as harness:
        harness.listener.set_handler(UPDATES, take)
        head = f"POST {UPDATES} HTTP/1.1\r\nHost: x\r\n"
        assert (await asked(harness, f"{head}Content-Length: 9\r\n\r\n123".encode()))[0] == 408
        assert (await asked(harness, f"{head}Content-Length: 99999999\r\n\r\n".encode()))[0] == 413
