"""Bodies, headers and whole requests of any shape at the real listener, over a real database."""

import asyncio
import gzip
import json
import tempfile
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ingest.application import Readiness, build_application
from bot.ingest.connections import ConnectionLimits
from bot.ingest.listener import Listener
from bot.ingest.recorder import EventRecorder
from bot.store.database import Database
from tests.builders import contexts, nothing_due, open_database
from tests.fakes import ManualClock
from tests.hostile.searching import corpus, expected, no_traceback_logged, searching, texts
from tests.ingest.test_listener import BODY, EVENT, HEAD, PATH, SECRET, FakeMetrics, answer
from tests.run_options import IN_MEMORY

TAKEN = {200}
REFUSED = {400, 413}
NO_REQUEST = {400, 401, 403, 404, 405, 408, 411, 413, 414, 415, 417, 431}
TABLES = ("orders", "history", "outbox", "facts", "audit")
GROWN = 10_000_000  # bytes; a body is 64 kB at most, and six times this is sent

Result = TypeVar("Result")


@dataclass(repr=False)
class Door:
    """The listener with all that is behind it, on a loop of its own that lives from example to example."""

    runner: asyncio.Runner
    database: Database
    listener: Listener = field(init=False)
    client: aiohttp.ClientSession = field(init=False)
    metrics: FakeMetrics = field(default_factory=FakeMetrics)

    def run(self, work: Awaitable[Result]) -> Result:
        async def awaited() -> Result:
            return await work

        with no_traceback_logged():
            return self.runner.run(awaited())

    def rows(self) -> list[int]:
        """How many rows each table has."""
        counts = (f"SELECT count(*) FROM {table}" for table in TABLES)  # noqa: S608 - names of this file
        return [self.database.reader.execute(count).fetchone()[0] for count in counts]

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        url = f"http://127.0.0.1:{self.listener.port}{PATH}"
        async with self.client.post(url, data=body, headers={"X-Webhook-Secret": SECRET} | (headers or {})) as response:
            assert response.content_type == "application/json"
            content = await response.json()
            assert isinstance(content.get("error") or content.get("result"), str)
            return response.status, content

    async def send(self, request: bytes, *, at_once: bool) -> int | None:
        """The status of the first answer to these bytes; None where the connection was closed without one.

        If not `at_once`, the body comes when its head has been read, and is met by another part of the server.
        """
        reader, writer = await asyncio.open_connection("127.0.0.1", self.listener.port)
        head, end, body = (request, b"", b"") if at_once else request.partition(b"\r\n\r\n")
        try:
            with suppress(OSError):  # it may have been answered and closed meanwhile
                writer.write(head + end)
                await writer.drain()
                if body:
                    await asyncio.sleep(0.005)
                writer.write(body)
                writer.write_eof()
            status, headers, body = await answer(reader)
            if status == 100:
                status, headers, body = await answer(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        finally:
            writer.close()
        assert headers["content-type"].startswith(("application/json", "text/plain"))
        assert b"Traceback" not in body
        return status

    async def still_well(self) -> None:
        assert (await self.post(BODY))[0] == 200

    def refuses_or_stores(self, status: int, before: list[int]) -> None:
        assert status in TAKEN | REFUSED
        if status in REFUSED:
            assert self.rows() == before
        self.run(self.still_well())
        assert self.metrics.errors == []


@asynccontextmanager
async def _serving(door: Door) -> AsyncIterator[None]:
    clock = ManualClock()
    recorder = EventRecorder(door.database, contexts(clock), on_due=nothing_due)
    app = build_application(
        events=recorder,
        metrics=door.metrics,
        readiness=lambda: Readiness(True, "ok", "ok", "ok"),
        secrets=[SECRET],
        header="X-Webhook-Secret",
        known_hostname=lambda: None,
        body_seconds=0.4,
    )
    door.listener = Listener(app, ConnectionLimits(headers=1.0))
    await door.listener.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as door.client:
        yield
    await door.listener.stop(within=1.0)


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder, asyncio.Runner() as runner:
        door = Door(runner, open_database(Path(folder)))
        serving = _serving(door)
        runner.run(serving.__aenter__())
        door.run(door.still_well())
        yield door
        runner.run(serving.__aexit__(None, None, None))
        door.database.close()


# ── bodies ───────────────────────────────────────────────────────────────────

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
shapes = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4))
fields = st.sampled_from(
    [*EVENT, "type", "worksheetId", "ORDERID", "order_id", "status", "State", "Domain", "data", "\x00", "__proto__"]
)
values = st.one_of(texts, shapes, st.sampled_from(sorted(EVENT.values())))
events = st.lists(st.tuples(fields, values), max_size=8)
encodings = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7"])


def with_duplicates(pairs: list[tuple[str, Any]], *, escaped: bool) -> str:
    """An object in JSON, each pair as it comes: a name may be there twice. NaN and Infinity are written as such."""
    parts = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=escaped)}" for name, value in pairs)
    return "{" + ", ".join(parts) + "}"


good_pairs = list(EVENT.items())
bodies = st.one_of(
    st.binary(max_size=400),
    st.builds(
        lambda pairs, escaped, encoding: with_duplicates(pairs, escaped=escaped).encode(encoding, "surrogatepass"),
        # most are events but for what comes after: else hardly any would reach the database
        st.one_of(
            events,
            events.map(lambda pairs: good_pairs + pairs),
            events.map(lambda pairs: pairs + good_pairs),
            events.map(lambda pairs: [("data", dict(pairs + good_pairs)), *pairs]),
        ),
        st.booleans(),
        encodings,
    ),
    shapes.map(lambda value: json.dumps(value).encode()),
    st.builds(
        lambda opens, count: opens * count, st.sampled_from([b"[", b'{"a":', b"[[]", b"9"]), st.integers(1, 9000)
    ),
)
headers = st.dictionaries(
    st.sampled_from(["Content-Type", "Accept", "X-Request-Id", "Cookie", "User-Agent", "If-Match", "Range"]),
    st.one_of(
        st.sampled_from(["text/html; charset=utf-16", "multipart/form-data", "a" * 3000, "", ";;;=", "bytes=9-1"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip),
    ),
    max_size=3,
)


PACKED = {".gz": {"Content-Encoding": "gzip"}, ".deflate": {"Content-Encoding": "deflate"}}
packings = st.sampled_from([bytes, gzip.compress, zlib.compress, lambda body: zlib.compress(body)[2:-4]])
encodings_said = st.sampled_from(["gzip", "GZip", "deflate", "x-gzip", "br", "gzip, gzip", "identity", "", ";;"])


@searching(150)
@given(body=bodies, pack=packings, said=encodings_said, cut=st.integers(0, 40), more=st.binary(max_size=20))
def test_any_packed_body_is_stored_or_refused_and_the_next_one_is_taken(
    *, door: Door, body: bytes, pack: Callable[[bytes], bytes], said: str, cut: int, more: bytes
) -> None:
    before = door.rows()
    packed = pack(body)
    # most are whole: else hardly any would be unpacked
    sent = packed[: len(packed) - cut + 20] if cut > 20 else packed + more[: cut // 5]
    status, _ = door.run(door.post(sent, {"Content-Encoding": said}))
    door.refuses_or_stores(status, before)


@searching(250)
@given(body=bodies, headers=headers)
def test_any_body_is_stored_or_refused_and_the_next_one_is_taken(
    door: Door, body: bytes, headers: dict[str, str]
) -> None:
    before = door.rows()
    status, _ = door.run(door.post(body, headers))
    door.refuses_or_stores(status, before)


@corpus("webhooks")
def test_a_found_body_ends_as_its_name_says(door: Door, path: Path) -> None:
    before = door.rows()
    status, _ = door.run(door.post(path.read_bytes(), PACKED.get(path.suffix)))
    assert status == int(expected(path))
    door.refuses_or_stores(status, before)


# ── whole requests ───────────────────────────────────────────────────────────

SIZE = str(len(BODY)).encode()
head_lines = st.one_of(
    st.sampled_from([b"-1", b"0", b"1", b"65537", b"9" * 20, b"1e3", b"", b"+5", b"5, 5", "٣".encode(), SIZE]).map(
        lambda size: b"Content-Length: " + size
    ),
    st.sampled_from(
        [
            b"Transfer-Encoding: chunked",
            b"Transfer-Encoding: gzip, chunked",
            b"Transfer-Encoding: \x0bchunked",
            b"Content-Encoding: gzip",
            b"Expect: 100-continue",
            b"Connection: upgrade",
            b"Authorization: Bearer",
            b"Authorization: \x80\xff",
            b"X-Webhook-Secret: \xff\xfe",
            b"Content-Type: application/json; charset=\xed\xa0\x80",
            b" folded: line",
            b"no colon",
            b": no name",
            b"Host: \x00",
        ]
    ),
    st.binary(max_size=30).map(lambda value: b"X-A: " + value),
    st.binary(max_size=10).map(lambda name: name + b": a"),
)
targets = st.one_of(
    st.just(PATH.encode()),
    st.binary(max_size=20).map(lambda secret: PATH.encode() + b"?secret=" + secret),
    st.sampled_from([b"*", b"//", b"/%00", b"/\xff\xfe", b"/\x1b[2J", b"/..%2f..", b"http://[/", b"/?secret=%ff%"]),
    st.binary(max_size=20).map(lambda path: b"/" + path),
)
BASE = [b"Host: x", b"X-Webhook-Secret: " + SECRET.encode()]


def written(method: bytes, target: bytes, lines: list[bytes], body: bytes) -> bytes:
    return method + b" " + target + b" HTTP/1.1\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


# one thing odd at a time, as else the first oddity hides all others; and now and then all of them
requests = st.one_of(
    st.builds(written, st.just(b"POST"), targets, st.just([*BASE, b"Content-Length: " + SIZE]), st.just(BODY)),
    head_lines.map(lambda line: written(b"POST", PATH.encode(), [*BASE, b"Content-Length: " + SIZE, line], BODY)),
    head_lines.map(lambda line: written(b"POST", PATH.encode(), [*BASE, line], BODY)),
    st.binary(max_size=200).map(lambda head: head + b"\r\n\r\n"),  # heads without end are the listener's own tests
    st.builds(
        written,
        st.sampled_from([b"POST", b"GET", b"PUT", b"post", b"", b"POST POST"]),
        targets,
        st.lists(head_lines, max_size=3).map(lambda lines: BASE + lines),
        st.sampled_from([BODY, b"5\r\nabcde\r\n0\r\n\r\n", b"f" * 20 + b"\r\n", b"\x00"]),
    ),
)


@searching(180)
@given(request=requests, at_once=st.booleans())
@example(request=written(b"POST", PATH.encode(), [*BASE, b"Transfer-Encoding: chunked"], b"zz\r\n"), at_once=False)
def test_any_request_is_answered_and_the_next_one_is_taken(door: Door, request: bytes, at_once: bool) -> None:
    before = door.rows()
    status = door.run(door.send(request, at_once=at_once))
    assert status is None or status in TAKEN | NO_REQUEST
    if status != 200:
        assert door.rows() == before
    door.run(door.still_well())
    assert door.metrics.errors == []


# ── memory ───────────────────────────────────────────────────────────────────


def test_bodies_without_end_from_many_senders_take_no_memory(door: Door) -> None:
    async def pour() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.listener.port)
        with suppress(ConnectionError):
            writer.write(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode())
            for _ in range(50):
                writer.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
                await writer.drain()
            await reader.read()
        writer.close()

    async def all_at_once() -> None:
        await asyncio.gather(*(pour() for _ in range(20)))

    tracemalloc.start()
    try:
        door.run(all_at_once())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < GROWN
    door.run(door.still_well())
