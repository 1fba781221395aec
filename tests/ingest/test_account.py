"""Which Pick and Pack account is ours: what the settings say, else what the API's token has named."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ingest.account import Account
from bot.store.database import Database
from tests.builders import HOST, open_database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(tmp_path, busy_seconds=0.01)
    yield opened
    await asyncio.to_thread(opened.close)


async def test_the_account_that_a_token_names_is_known_after_a_restart(database: Database) -> None:
    assert Account(database, None).hostname() is None
    await Account(database, None).learn(HOST)
    assert Account(database, None).hostname() == HOST


async def test_the_newest_token_says_which_account_it_is(database: Database) -> None:
    account = Account(database, None)
    for hostname in ("another-store", HOST):
        await account.learn(hostname)
    assert account.hostname() == HOST


async def test_what_the_settings_say_counts_more_than_the_token(database: Database) -> None:
    account = Account(database, "configured")
    await account.learn(HOST)
    assert account.hostname() == "configured"
