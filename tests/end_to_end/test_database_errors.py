"""Trouble with the database's file and folder, on the real process: how it ends, and what it says that helps."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulators.world import SimulatedWorld
from bot.store.database import Database
from tests.end_to_end.chats import PersonsChat, saying_keys, stored
from tests.end_to_end.service_process import spawned
from tests.file_permissions import WITHOUT_ROOT, owned_by_another, permissions_bind

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORE_TROUBLE, ANOTHER_INSTANCE = 74, 75  # the contract's numbers, whatever the program calls them


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[SimulatedWorld]:
    async with saying_keys(SimulatedWorld(cache_seconds=0), SETTLE_SECONDS=0, SEND_RATE=0) as world:
        yield world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of ours that nobody has open."""
    path = tmp_path / "other.db"
    database = Database(path)
    database.open()
    database.close()
    return path


async def starts(world: SimulatedWorld, path: Path, *before: str) -> tuple[int | None, str]:
    """Start one on this file: its exit code and what it said. Its port is the world's, so that it never comes up."""
    process = await spawned(
        world, "-m", "bot", "run", before=before, cwd=path.parent.parent, settings={"DATABASE_PATH": str(path)}
    )
    said, _ = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, said.decode()


def last_line(said: str) -> str:
    assert "Traceback" not in said, said
    return said.splitlines()[-1]


def content(path: Path) -> bytes:
    return path.read_bytes()


def damage(path: Path, kept: int) -> bytes:
    """What the file holds then."""
    whole = path.read_bytes()
    path.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    return path.read_bytes()


@permissions_bind
async def test_a_folder_that_cannot_be_written_is_74_and_says_who_must_get_which_right(
    world: SimulatedWorld, tmp_path: Path
) -> None:
    folder = tmp_path / "not-ours"
    folder.mkdir()
    with owned_by_another(folder, mode=0o555):
        code, said = await starts(world, folder / "bot.db", *WITHOUT_ROOT)
    assert code == STORE_TROUBLE
    assert f"can't write in {folder}: Permission denied" in last_line(said)
    assert "or point DATABASE_PATH elsewhere" in last_line(said)
    assert list(folder.iterdir()) == []


@permissions_bind
async def test_a_file_that_cannot_be_written_is_74_and_says_what_to_check(world: SimulatedWorld, path: Path) -> None:
    with owned_by_another(path, mode=0o444):
        code, said = await starts(world, path, *WITHOUT_ROOT)
    assert code == STORE_TROUBLE
    assert str(path) in last_line(said)
    assert "check its owner and rights" in last_line(said)


@pytest.mark.parametrize("kept", [0, 4096])
async def test_a_damaged_file_is_74_says_what_to_do_and_is_left_as_it_is(
    world: SimulatedWorld, path: Path, kept: int
) -> None:
    """`kept`: so many bytes at its beginning are as they were."""
    damaged = damage(path, kept)
    code, said = await starts(world, path)
    assert code == STORE_TROUBLE
    assert f"{path} is damaged" in last_line(said)
    assert "restore the last backup" in last_line(said)
    assert content(path) == damaged


async def test_a_file_of_a_newer_version_is_74_names_what_is_needed_and_is_left_as_it_is(
    world: SimulatedWorld, path: Path
) -> None:
    with closing(sqlite3.connect(path)) as newer, newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('onroute', 'from_the_future', '')"
        )
    before = content(path)
    code, said = await starts(world, path)
    assert code == STORE_TROUBLE
    assert "from_the_future" in last_line(said)
    assert content(path) == before


async def test_a_file_that_a_service_has_open_is_75_and_says_what_to_do(world: SimulatedWorld) -> None:
    code, said = await starts(world, world.database)
    assert code == ANOTHER_INSTANCE
    assert f"another instance holds {world.database}" in last_line(said)
    assert "DATABASE_PATH" in last_line(said)


async def test_a_file_that_another_program_holds_at_the_start_is_74_and_says_what_to_do(
    world: SimulatedWorld, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, said = await starts(world, path)
    assert code == STORE_TROUBLE
    assert f"another program holds {path} locked: end it" in last_line(said)


async def test_while_another_program_holds_the_file_webhooks_are_503_and_the_log_says_why_once(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    world.pickpack.put_order("HELD-1", "PICKING")
    await chat.follows("HELD-1")
    body = {"orderId": "HELD-1", "oldStatus": "PICKING", "newStatus": "INVOICED", "hostname": "demo-store"}
    with closing(sqlite3.connect(world.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        statuses = await asyncio.gather(*(world.pickpack.send_webhook(body) for _ in range(10)))
        assert set(statuses) == {503}
        assert time.monotonic() - began < 9
        assert (await world.get("/readyz"))[0] == 503
    await world.pickpack.set_status("HELD-1", "INVOICED")
    await chat.told("state-invoiced", order="HELD-1")
    log = world.service.log.read_text()
    assert log.count("Could not store") == 1
    assert f"another program holds {world.database} locked" in log


async def test_after_an_io_error_webhooks_are_503_the_log_says_where_to_look_and_it_serves_again_by_itself(
    world: SimulatedWorld, chat: PersonsChat
) -> None:
    """The system refuses to let a file grow, as a broken disk or a quota would."""
    world.pickpack.put_order("GROW-1", "PICKING")
    await chat.follows("GROW-1")
    assert world.service.pid is not None
    body = {"orderId": "GROW-1", "oldStatus": "PICKING", "newStatus": "INVOICED", "hostname": "demo-store"}
    size = world.database.with_name("bot.db-wal").stat().st_size
    log = len(world.service.log.read_bytes())
    before = resource.prlimit(world.service.pid, resource.RLIMIT_FSIZE)
    # the log has room for a line of each webhook, or what it is to say would not fit into it either
    resource.prlimit(world.service.pid, resource.RLIMIT_FSIZE, (max(size, log + 100_000), before[1]))
    statuses = [await world.pickpack.send_webhook({**body, "orderId": f"GROW-{number}"}) for number in range(2, 200)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 503
    resource.prlimit(world.service.pid, resource.RLIMIT_FSIZE, before)
    assert await world.pickpack.send_webhook(body) == 200
    await chat.told("state-invoiced", order="GROW-1")
    taken = [f"GROW-{number}" for number, status in enumerate(statuses, 2) if status == 200]
    kept = stored(world, "SELECT order_id FROM orders WHERE order_id LIKE 'GROW-%' AND order_id <> 'GROW-1'")
    assert sorted(str(row[0]) for row in kept) == sorted(taken)
    assert b"look at the disk, the quota" in world.service.log.read_bytes()[log:]
