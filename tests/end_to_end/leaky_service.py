"""Becomes the service, in which every secret is said wherever something can be said: only redaction keeps it in.

`python -m tests.end_to_end.leaky_service PARENT`. The parent's process id is there so that it ends with the test run.
"""

import asyncio
import base64
import logging
import os
import sys
import threading
import warnings
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.__main__ import main as service
from bot.people.staff_service import StaffService
from bot.pickpack.client import PickPackClient
from bot.simulators.child_launcher import die_with_parent

SECRETS = ("BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "LINK_SECRET")
MARK = "on purpose"  # in each line that is said here


def tell_all(more: str) -> str:
    """All secrets in all spellings, in one text of several lines."""
    known = [one for name in SECRETS for one in os.environ[name].split(",")]
    spelt = [text for one in [*known, more] for text in (one, repr(one), quote(one, safe=""))]
    spelt += [base64.b64encode(one.encode()).decode() for one in known]
    address = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['BOT_TOKEN']}/sendMessage?secret={quote(known[2])}"
    return "\n".join([MARK, address, *spelt])


class Unraisable:
    """Its end fails, where nobody can catch it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __del__(self) -> None:
        raise RuntimeError(self.text)


def prepare() -> None:
    """From now on `/stats` says everything in every way, and each token of Pick and Pack is said as well."""
    track, build = PickPackClient._get_order, PickPackClient.__init__
    clients = list[PickPackClient]()

    def remember(self: PickPackClient, *given: Any, **named: Any) -> None:
        build(self, *given, **named)
        clients.append(self)

    async def talk(self: PickPackClient, order_id: str, token: Any) -> Any:
        logging.getLogger("aiohttp.client").info("%s {'Authorization': %r}\n%s", MARK, token.jwt, token)
        return await track(self, order_id, token)

    async def fail(self: StaffService, person: int) -> Any:
        [client] = clients
        token = await client._tokens.get()
        text = tell_all(token.jwt)
        logging.getLogger("aiogram.event").info(text)
        logging.getLogger("bot.leaky").debug("%(it)s", {"it": [text, text.encode()]}, stack_info=True)
        warnings.warn(text, stacklevel=1)
        threading.Thread(target=_raise, args=(text,)).start()
        Unraisable(text)
        asyncio.get_running_loop().call_soon(_raise, text)
        async with aiohttp.ClientSession() as session:
            try:
                await session.get(f"http://127.0.0.1:9/{quote(text)}")
            except aiohttp.ClientError as error:
                raise RuntimeError(text) from error

    # another process than the tests' own, and there only to say what nothing outside can make it say
    PickPackClient.__init__ = remember  # type: ignore[method-assign]
    PickPackClient._get_order = talk  # type: ignore[method-assign]
    StaffService.stats = fail  # type: ignore[method-assign, assignment]


def _raise(text: str) -> None:
    raise RuntimeError(text)


if __name__ == "__main__":
    if not die_with_parent(int(sys.argv[1])):
        sys.exit(1)
    prepare()
    sys.argv = ["bot", "run"]
    sys.exit(service())
