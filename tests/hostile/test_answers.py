"""Whatever is answered in Pick and Pack's place: the client's own results, and orders that every chat can be shown.

The server is a bare socket, so that what is no HTTP can be answered too.
"""

import asyncio
import contextlib
import gzip
import json
import tempfile
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pickpack.client import PickPackClient, open_session
from bot.pickpack.errors import PickPackError, UnreachableError
from bot.tracking.events import NotFound, OrderSnapshot
from bot.tracking.model import OrderPk
from bot.tracking.statuses import TABLE
from bot.words.fluent.catalog import Catalog
from tests.fakes import ManualClock
from tests.hostile.searching import NASTY_TEXTS, corpus, expected, no_traceback_logged, searching, texts
from tests.run_options import IN_MEMORY
from tests.telegram.bot_harness import STAFF, BotHarness, Talk, running_bot
from tests.telegram.test_shopper import payload_of

SECONDS = 5.0  # that a call may take; none does, as the impostor closes
GROWN = 20_000_000  # bytes; ten times what is read of an answer at most
ORDER_ID = "A-1"


def http(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    """An answer as it goes over the wire."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines]
    return "".join(f"{line}\r\n" for line in head).encode() + b"\r\n" + body


def order_json(**data: Any) -> bytes:
    known = {"hostname": "store", "orderId": ORDER_ID, "fulfillmentStatus": "PICKING"}
    return json.dumps({"message": "ok", "data": known | data}).encode()


GOOD = {"token": http(b'{"message": "ok", "data": "a-token"}'), "tracking": http(order_json())}


@dataclass(repr=False)
class Impostor:
    """Answers with these bytes, at the token's door and at the order's, and closes. `heads`: all that was sent."""

    answers: dict[str, bytes] = field(default_factory=lambda: dict(GOOD))
    heads: list[bytes] = field(default_factory=list)
    port: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head)
            writer.write(self.answers["token" if head.startswith(b"POST") else "tracking"])
            await writer.drain()
            writer.write_eof()
            await reader.read()
        writer.close()

    def client(self, session: aiohttp.ClientSession) -> PickPackClient:
        url = f"http://localhost:{self.port}"  # a name: of a bare address no cookie would be kept anyway
        return PickPackClient(
            session,
            api_key="a-key-of-these-tests",
            token_url=f"{url}/token",
            tracking_url=f"{url}/order",
            clock=ManualClock(),
            total_timeout=SECONDS,
        )


@asynccontextmanager
async def serving(impostor: Impostor) -> AsyncIterator[aiohttp.ClientSession]:
    server = await asyncio.start_server(impostor.answer, "localhost", 0)
    impostor.port = server.sockets[0].getsockname()[1]
    async with server, open_session() as session:
        yield session


async def result_of(client: PickPackClient) -> OrderSnapshot | NotFound | PickPackError:
    """What the client makes of it; any other exception is this test's failure."""
    try:
        return await client.fetch_order(ORDER_ID)
    except PickPackError as trouble:
        assert "a-token" not in repr(trouble)
        return trouble


@dataclass(repr=False)
class Line:
    """A client and its impostor, on a loop of their own that lives from example to example."""

    runner: asyncio.Runner
    impostor: Impostor
    session: aiohttp.ClientSession

    def ask(self, **answers: bytes) -> OrderSnapshot | NotFound | PickPackError:
        """With these answers once, and then with good ones."""
        client = self.impostor.client(self.session)
        self.impostor.answers = GOOD | answers
        with no_traceback_logged():
            result = self.runner.run(result_of(client))
            self.impostor.answers = dict(GOOD)
            assert isinstance(self.runner.run(result_of(client)), OrderSnapshot)
        return result


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with asyncio.Runner() as runner:
        impostor = Impostor()
        serving_it = serving(impostor)
        yield Line(runner, impostor, runner.run(serving_it.__aenter__()))
        runner.run(serving_it.__aexit__(None, None, None))


# ── what the client makes of it ──────────────────────────────────────────────

jsons = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
bodies = st.one_of(
    st.binary(max_size=200),
    jsons.map(lambda value: json.dumps(value).encode()),
    jsons.map(lambda value: json.dumps({"data": value}).encode()),
    st.dictionaries(
        st.sampled_from(["hostname", "orderId", "fulfillmentStatus", "shipping", "pickedItems"]), jsons, max_size=2
    ).map(lambda data: order_json(**data)),
    texts.map(lambda text: f"e30.{text}.c2ln".encode("utf-8", "surrogatepass")),
    st.builds(lambda opens, count: opens * count, st.sampled_from([b"[", b'{"data":', b"9"]), st.integers(1, 9000)),
)
lines = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Content-Encoding: gzip",
                "Content-Encoding: br",
                "Content-Encoding: zstd",
                "Content-Encoding: deflate",
                "Transfer-Encoding: chunked",
                "Content-Type: application/json; charset=nonsense",
                "Content-Type: ;;;",
                "Set-Cookie: a=b; Max-Age=9e999; Domain=.",
                'Set-Cookie: "\\x00',
                "Date: Mon, 99 Foo 99999 99:99:99 GMT",
                "Retry-After: 1e999",
                "Retry-After: Thu, 01 Jan 0001 00:00:00 +9999",
                "Location: http://[",
                "Connection: upgrade",
                "Content-Length: 5",
            ]
        ),
        st.builds("X-{}: {}".format, st.text("ab-", max_size=3), st.text(max_size=20)),
    ),
    max_size=2,
).map(lambda found: [one.encode("utf-8", "replace").decode() for one in found])
statuses = st.sampled_from(
    [
        "200 OK",
        "200 OK",
        "201 C",
        "204 N",
        "302 F",
        "400 B",
        "401 U",
        "403 F",
        "404 N",
        "429 T",
        "500 E",
        "999 ?",
        "100 C",
    ]
)
answers = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda body, extra, status: http(body, *extra, status=status), bodies, lines, statuses),
    st.builds(lambda body, cut: http(body)[:cut], bodies, st.integers(0, 80)),
)


@searching(200)
@given(answer=answers)
def test_any_answer_about_an_order_is_a_result_of_the_clients_own(line: Line, answer: bytes) -> None:
    line.ask(tracking=answer)


@searching(150)
@given(answer=answers)
def test_any_answer_of_the_token_endpoint_is_a_result_of_the_clients_own(line: Line, answer: bytes) -> None:
    line.ask(token=answer)


@pytest.mark.parametrize("door", ["token", "tracking"])
def test_an_answer_that_unpacks_to_fifty_megabytes_is_cut_off(line: Line, door: str) -> None:
    bomb = http(gzip.compress(b" " * 50_000_000), "Content-Encoding: gzip")
    tracemalloc.start()
    try:
        assert isinstance(line.ask(**{door: bomb}), PickPackError)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < GROWN


def test_cookies_are_neither_kept_nor_sent_back(line: Line) -> None:
    line.impostor.heads.clear()
    for number in range(3):
        line.ask(tracking=http(order_json(), f"Set-Cookie: c{number}={'x' * 3000}; Path=/"))
    assert not [head for head in line.impostor.heads if b"cookie" in head.lower()]
    assert len(line.session.cookie_jar) == 0


@corpus("answers/token")
def test_a_found_answer_of_the_token_endpoint_ends_as_its_name_says(line: Line, path: Path) -> None:
    assert type(line.ask(token=path.read_bytes())).__name__ == expected(path)


@corpus("answers/tracking")
def test_a_found_answer_about_an_order_ends_as_its_name_says(line: Line, path: Path) -> None:
    assert type(line.ask(tracking=path.read_bytes())).__name__ == expected(path)


# ── what chats are shown of it ───────────────────────────────────────────────

LANGUAGES = {1101: "en", 1102: "es", 1103: "pt-BR"}
QUANTITIES = [1e25, -1e25, 1e-25, 0, -0.0, 10**300, "1e25", "NaN", "９", True, None, 0.1 + 0.2]
nasty = st.one_of(texts, st.sampled_from(NASTY_TEXTS).map(lambda text: text * 3))
links = st.one_of(
    nasty,
    nasty.map(lambda text: f"https://t.example.com/{text}"),
    nasty.map(lambda text: f"https://{text}.example.com/"),
    st.sampled_from(
        ["https://t.example.com/" + "x" * 2000, "javascript:alert(1)", "https://xn--/", "https://\u2100.com/"]
    ),
)
services = st.fixed_dictionaries(
    {
        "serviceStatus": st.sampled_from(
            ["ASSIGNED", "PICKED", "ON_ROUTE", "INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED"]
        )
    },
    optional={
        "serviceId": nasty | st.integers(),
        "courier": nasty,
        "vehicle": nasty,
        "trackingUrl": links,
        "createdAt": nasty,
    },
)
items = st.fixed_dictionaries({"name": nasty, "quantity": st.sampled_from(QUANTITIES) | st.floats()})
orders = st.fixed_dictionaries(
    {
        "fulfillmentStatus": st.one_of(
            st.sampled_from(sorted(TABLE)), nasty.filter(str.strip).map(lambda text: text[:60])
        ),
        "shipping": st.builds(
            lambda found, times: {"services": found * times},
            st.lists(services, max_size=4),
            st.sampled_from([1, 1, 40]),
        ),
        "pickedItems": st.builds(
            lambda found, times: found * times, st.lists(items, max_size=3), st.sampled_from([1, 1, 999])
        ),
    },
    optional={
        "orderId": st.sampled_from([f"{ORDER_ID}-\u202e<b>", f"{'😀' * 60}{ORDER_ID}", f"&{ORDER_ID}{'z' * 150}"])
    },
)


@dataclass(repr=False)
class Shown:
    """A bot with a chat in each language and one of staff, that all follow the one order."""

    line: Line
    harness: BotHarness
    chats: list[Talk]
    staff: Talk

    async def begin(self) -> None:
        for talk in self.chats:
            self.harness.put(ORDER_ID, "PICKING")
            await talk.asks(f"/start {payload_of(ORDER_ID)}")
        # from here on only the impostor is asked
        self.harness.order_lookup.failing = UnreachableError("not asked here")

    def show(self, answer: bytes) -> None:
        """All chats are shown what the answer says, if it says anything."""
        snapshot = self.line.ask(tracking=answer)
        if isinstance(snapshot, OrderSnapshot):
            with no_traceback_logged():
                self.line.runner.run(self._show(snapshot))

    async def _show(self, snapshot: OrderSnapshot) -> None:
        (number,) = self.harness.rows("SELECT min(id) FROM orders")[0]
        assert isinstance(number, int)
        for one in (OrderSnapshot("store", ORDER_ID, "PENDING"), snapshot):
            self.harness.clock.advance(
                3600
            )  # past what a cached answer could hide, and whatever is awaited before telling
            await self.harness.recorder.apply_snapshot(one, sent_at=self.harness.clock.now(), known=OrderPk(number))
            await self._drain()
        await self.staff.asks(f"/check {ORDER_ID}")
        for talk in self.chats:
            await talk.asks("/orders")
        # all went well the first time: nothing had to be sent plain, nothing was set aside
        outcomes = {call.outcome for call in self.harness.telegram.calls if call.method.startswith(("send", "edit"))}
        assert outcomes == {"ok"}
        assert self.harness.errors == []

    async def _drain(self) -> None:
        due = "SELECT count(*) FROM outbox WHERE state IN ('open', 'claimed') AND due_at <= ?"
        self.harness.sending_due.set()
        async with asyncio.timeout(10):
            while self.harness.rows(due, self.harness.clock.now()) != [(0,)]:  # noqa: ASYNC110 - the sender tells nobody
                await asyncio.sleep(0.001)


@asynccontextmanager
async def showing(line: Line, folder: Path) -> AsyncIterator[Shown]:
    async with running_bot(folder, catalog=Catalog()) as harness:
        chats = [harness.talk(chat_id, language_code=code) for chat_id, code in LANGUAGES.items()]
        shown = Shown(line, harness, chats, harness.talk(STAFF))
        await shown.begin()
        yield shown


@pytest.fixture(scope="module")
def shown(line: Line) -> Iterator[Shown]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        opened = showing(line, Path(folder))
        yield line.runner.run(opened.__aenter__())
        line.runner.run(opened.__aexit__(None, None, None))


@searching(50)
@given(data=orders)
def test_any_order_that_can_be_read_is_shown_in_each_language_and_to_staff(shown: Shown, data: dict[str, Any]) -> None:
    shown.show(http(order_json(**data)))


@corpus("answers/tracking")
def test_a_found_order_is_shown_in_each_language_and_to_staff(shown: Shown, path: Path) -> None:
    shown.show(path.read_bytes())
