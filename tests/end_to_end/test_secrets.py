"""No secret comes out: a whole run, through every trouble, and then a look at all that was said, sent and stored."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import pytest_asyncio
from yarl import URL

from bot.process.redaction import HIDDEN
from bot.simulators.pickpack.faults import Endpoint, PickPackFault
from bot.simulators.service_process import spawn
from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.world import SimulatedWorld
from tests.end_to_end.chats import PersonsChat, saying_keys, until
from tests.end_to_end.leaky_service import MARK
from tests.end_to_end.secret_scanner import leaks, pieces, with_signs
from tests.end_to_end.service_process import spawned, started
from tests.request_recorder import RequestRecorder, recorded_requests

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF = 4242
ORDER = "SECRET-1"
EVENTS = "/webhooks/pickpack"
UPDATES = "/webhooks/telegram"
PLACES = ("log", "answers", "commands", "messages", "calls", "files", "command line")
OF_TELEGRAM = [
    TelegramFault.ECHO,
    TelegramFault.REDIRECT,
    TelegramFault.UNAUTHORIZED,
    TelegramFault.SERVER_ERROR,
    TelegramFault.BAD_GATEWAY,
    TelegramFault.RESET_BEFORE,
    TelegramFault.RESET_AFTER,
    TelegramFault.GARBAGE,
    TelegramFault.TOO_MANY,
]
OF_THE_API = [
    (PickPackFault.ECHO, 500),
    (PickPackFault.ECHO, 400),
    (PickPackFault.REDIRECT, 302),
    (PickPackFault.HTML, 200),
    (PickPackFault.RESET, 0),
    (PickPackFault.CUT_JSON, 200),
    (PickPackFault.ECHO, 401),
]


@dataclass
class Run:
    """A world while it goes through everything, and what came out of the service, by the place where it did."""

    world: SimulatedWorld
    recorder: RequestRecorder
    link_secrets: tuple[str, str] = field(default_factory=lambda: (with_signs(), with_signs()))
    said: dict[str, list[str | bytes]] = field(default_factory=lambda: {place: [] for place in PLACES})
    codes: dict[str, int | None] = field(default_factory=dict)
    telegrams_secret: str = ""

    @property
    def secrets(self) -> Mapping[str, list[str]]:
        return {
            "BOT_TOKEN": [self.world.telegram.token],
            "PICKPACK_API_KEY": [self.world.pickpack.api_key],
            "WEBHOOK_SECRET": [self.world.webhook_secret],
            "LINK_SECRET": [*self.link_secrets],
            "Pick and Pack's token": self.world.pickpack.tokens,
            "the secret of Telegram's webhook": [self.telegrams_secret],
        }

    @property
    def all_secrets(self) -> list[str]:
        return [*chain.from_iterable(self.secrets.values())]

    @property
    def log(self) -> str:
        return self.world.service.log.read_text()

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> int:
        """A request to the service; the whole answer is kept."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, URL(self.world.url + path, encoded=True), data=body, headers=named) as answer,
        ):
            self.said["answers"].append(f"{answer.status} {answer.reason} {answer.headers} {await answer.text()}")
            return answer.status

    async def send(self, raw: str) -> None:
        """What need not be HTTP, on a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", int(self.world.settings["HTTP_PORT"]))
        writer.write(raw.encode())
        writer.write_eof()
        self.said["answers"].append(await asyncio.wait_for(reader.read(), 5))
        writer.close()

    async def command(self, name: str, *arguments: str, **changes: str) -> None:
        """`python -m bot …` with the service's settings; all it prints is kept, and its exit code under `name`."""
        process = await spawned(self.world, "-m", "bot", *arguments, settings=changes)
        printed, _ = await process.communicate()
        self.codes[name] = process.returncode
        self.said["commands"].append(printed)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def run() -> AsyncIterator[Run]:
    """All that is looked at happens here, once; what is found is for the tests to say."""
    world = SimulatedWorld(cache_seconds=0)
    world.webhook_secret = world.pickpack.webhook.secret = with_signs()
    world.pickpack.api_key = with_signs()
    async with recorded_requests() as recorder:
        run = Run(world, recorder)
        settings = {"LOG_LEVEL": "DEBUG", "STAFF_IDS": STAFF, "SETTLE_SECONDS": 0, "SEND_RATE": 0}
        async with saying_keys(world, spawn, LINK_SECRET=",".join(run.link_secrets), **settings):
            staff = PersonsChat(world, world.telegram.add_user(STAFF, language_code="en"))
            _name_the_recorder(run)
            await _people(run, staff)
            await _at_the_door(run)
            await _telegram_in_trouble(run, staff)
            await _api_in_trouble(run, staff)
            await _commands(run)
            await _key_refused(run, staff)
            run.said["command line"].append(_command_line(world))
            await world.kill()
            await _second_life(run, staff)
            _gather(run)
            yield run


def _command_line(world: SimulatedWorld) -> bytes:
    return Path(f"/proc/{world.service.pid}/cmdline").read_bytes()


def _name_the_recorder(run: Run) -> None:
    """From now on each order's answer names the recorder wherever an address may be looked for."""

    def alter(_order: str, data: dict[str, Any]) -> dict[str, Any]:
        address = f"{run.recorder.url}/next"
        return data | {"next": address, "links": {"next": address}, "url": address}

    run.world.pickpack.alter = alter
    service = f"{run.recorder.url}/follow"
    run.world.pickpack.put_order(ORDER, "PICKING")
    run.world.pickpack.set_service(ORDER, "S-1", status="ASSIGNED", tracking_url=service, courier=run.recorder.url)


async def _people(run: Run, staff: PersonsChat) -> None:
    """Somebody types secrets, or sends what can't be read; staff ask for everything."""
    token, chat = run.world.telegram.token, PersonsChat(run.world, run.world.telegram.add_user(5001))
    for typed in (token, f"https://api.telegram.org/bot{token}/getMe", f"/start {token}", f"/nothing {token}"):
        chat.says(typed)
        await chat.told()
    chat.says(f"{run.recorder.url}/orders?next={run.recorder.url}")
    await chat.told()
    run.world.telegram.push_update({"message": {"message_id": token, "chat": token, "text": run.all_secrets}})
    await chat.follows(ORDER)
    for asked in ("/export", "/privacy", "/orders"):
        chat.says(asked)
        await chat.told()
    for asked in (f"/check {ORDER}", "/stuck", "/stats", f"/who {ORDER}", f"/link {ORDER}", f"/resend {ORDER}"):
        staff.says(asked)
        await staff.told()


async def _at_the_door(run: Run) -> None:
    """Right and wrong secrets in right and wrong places, broken bodies and broken requests that hold them."""
    secret, everything = run.world.webhook_secret, json.dumps(run.all_secrets)
    spelt, event = quote(secret, safe=""), {"orderId": ORDER, "oldStatus": "PENDING", "newStatus": "PICKING"}
    broken = [f"{everything[:-1]}, ", everything, json.dumps(event), json.dumps(event | {"hostname": 7}), "\xff"]
    for text in broken:
        assert await run.ask("POST", EVENTS, text.encode("latin-1"), X_Webhook_Secret=secret) == 400
    for other in ({"orderId": everything}, event | {"type": everything}):
        assert await run.ask("POST", EVENTS, json.dumps(other).encode(), X_Webhook_Secret=secret) == 200
    for hostname in (run.recorder.url, secret):
        body = json.dumps(
            event | {"hostname": hostname, "next": run.recorder.url, "callbackUrl": run.recorder.url}
        ).encode()
        forwarded = {"X_Forwarded_Host": run.recorder.url, "Link": f'<{run.recorder.url}>; rel="next"'}
        assert await run.ask("POST", EVENTS, body, X_Webhook_Secret=secret, **forwarded) == 403
    body = json.dumps(event | {"hostname": run.world.pickpack.hostname, "next": run.recorder.url}).encode()
    for headers in ({"X_Webhook_Secret": secret}, {"Authorization": f"Bearer {secret}"}):
        assert await run.ask("POST", EVENTS, body, **headers, Referer=run.recorder.url, Host="127.0.0.1") == 200
    assert await run.ask("POST", f"{EVENTS}?secret={spelt}", body) == 200
    for headers in ({"X_Webhook_Secret": f"{secret}x"}, {"X_Other": secret}, {"Cookie": secret}):
        assert await run.ask("POST", EVENTS, body, **headers) == 401
    assert await run.ask("POST", f"{EVENTS}?secret={spelt}x&token={run.world.telegram.token}", body) == 401
    assert await run.ask("POST", f"{EVENTS}/{spelt}", body) == 404
    assert await run.ask("GET", f"{EVENTS}?secret={spelt}") == 405
    for line in (f"POST {EVENTS}?secret={secret} HTTP/9.9", f"{secret}", f"GET /{secret} HTTP/1.1\r\n{secret}"):
        await run.send(f"{line}\r\nX-Webhook-Secret: {secret}\r\n\r\n")
    await run.send(
        f"POST {EVENTS} HTTP/1.1\r\nX-Webhook-Secret: {secret}\r\nTransfer-Encoding: chunked\r\n\r\n{secret}"
    )
    for path in ("/metrics", "/healthz", "/readyz", f"/nothing?secret={spelt}"):
        await run.ask("GET", path)


async def _telegram_in_trouble(run: Run, staff: PersonsChat) -> None:
    """One chat for each fault, and one step that all of them are to hear of; then it is not there at all."""
    world = run.world
    chats = [PersonsChat(world, world.telegram.add_user(6001 + number)) for number in range(len(OF_TELEGRAM))]
    for chat in chats:
        await chat.follows(ORDER)
    leads = f"{run.recorder.url}/bot{world.telegram.token}/sendMessage"
    faults = [
        world.telegram.fail(kind, chat_id=chat.id, times=2 if kind is TelegramFault.ECHO else 1, location=leads)
        for kind, chat in zip(OF_TELEGRAM, chats, strict=True)
    ]
    asking = world.telegram.fail(TelegramFault.ECHO, methods=["getUpdates"], times=1)
    await world.pickpack.set_status(ORDER, "INVOICED")
    staff.says("/stats")  # ends the call that is under way, so that there is a next one
    await until(lambda: all(fault.hits == fault.times for fault in [*faults, asking]))
    await world.telegram.go_down()
    await asyncio.sleep(0.1)
    await world.telegram.come_back()
    staff.says("/stuck")
    await staff.shown("no such address as")


async def _api_in_trouble(run: Run, staff: PersonsChat) -> None:
    """Staff ask, and the API answers in each bad way; in between it is well, so that it is asked again."""
    faults = run.world.pickpack.faults
    for kind, status in OF_THE_API:
        faults.on(kind, times=1, status=status, location=f"{run.recorder.url}{kind}")
        await _check(staff)
        assert not faults.active
        await _check(staff)
    run.world.pickpack.expire_tokens()
    await _check(staff)


async def _check(staff: PersonsChat) -> None:
    staff.says(f"/check {ORDER}")
    await staff.told("check-heading", number=ORDER)


async def _key_refused(run: Run, staff: PersonsChat) -> None:
    """A new token is needed, and its endpoint repeats the key; once it even sends it elsewhere."""
    pickpack = run.world.pickpack
    pickpack.expire_tokens()
    pickpack.faults.on(PickPackFault.REDIRECT, endpoint=Endpoint.TOKEN, times=1, location=f"{run.recorder.url}/token")
    pickpack.faults.on(PickPackFault.ECHO, endpoint=Endpoint.TOKEN, times=1, status=401)
    await _check(staff)
    await _check(staff)
    await until(lambda: staff.count("alert-key-refused") > 0)
    assert not pickpack.faults.active


async def _commands(run: Run) -> None:
    """Every command, also with settings that hold a secret where it does not belong."""
    key, secret, token = run.world.pickpack.api_key, run.world.webhook_secret, run.world.telegram.token
    wrong = {"HTTP_PORT": secret, "LOG_LEVEL": secret, "TELEGRAM_UPDATES": key, "PICKPACK_TOKEN_URL": f"ftp://{key}"}
    wrong |= {"STORE_TIMEZONE": key, "ADMIN_IDS": secret, "LINK_SECRET": ",".join([run.link_secrets[0]] * 2)}
    wrong |= {"WEBHOOK_SECRT": secret, "DEFAULT_LOCALE": secret, "BOT_TOKEN": token.replace(":", " ")}
    confused = {"BOT_TOKEN": "", "BOT_TOKEN_FILE": token, "PICKPACK_API_KEY": f" {key} x", "LOCALES_OVERRIDE": secret}
    await asyncio.gather(
        # its own words, as keys are none that the doctor would let pass
        run.command("doctor", "doctor", "--json", "--order", ORDER, LOCALES_OVERRIDE=""),
        run.command("config", "config"),
        run.command("config of a secret in another place", "config", STORE_NAME=key),
        run.command("healthcheck", "healthcheck"),
        run.command("backup", "backup", "copy.db"),
        run.command("link without Telegram", "link", ORDER, TELEGRAM_API_URL="http://127.0.0.1:9"),
        run.command("wrong settings", "run", **wrong),
        run.command("confused settings", "run", **confused),
        run.command("doctor with wrong settings", "doctor", **wrong),
    )
    run.world.telegram.fail(TelegramFault.ECHO, methods=["getMe"], times=2)
    run.world.pickpack.faults.on(PickPackFault.ECHO, endpoint=Endpoint.TOKEN, times=1, status=403)
    await asyncio.gather(run.command("doctor, answered badly", "doctor"), run.command("link", "link", ORDER))
    assert not run.world.pickpack.faults.active


async def _second_life(run: Run, staff: PersonsChat) -> None:
    """Updates come by webhook, and the service says every secret itself; then it is stopped in good order."""
    world = run.world
    world.settings |= {"TELEGRAM_UPDATES": "webhook", "PUBLIC_URL": "https://bot.example.com"}
    world.telegram.updates.deliver_to = world.url
    async with started(world, "-m", "tests.end_to_end.leaky_service", str(os.getpid())) as process:
        await until(lambda: bool(world.telegram.updates.webhook.url), within=60)
        run.telegrams_secret = world.telegram.updates.webhook.secret
        await _check(staff)
        staff.says("/stats")
        await staff.told("apology")
        header = {"X_Telegram_Bot_Api_Secret_Token": run.telegrams_secret}
        for body in (json.dumps(run.all_secrets), f"{run.all_secrets}", json.dumps({"update_id": 1, "message": "x"})):
            await run.ask("POST", UPDATES, body.encode(), **header)
        assert await run.ask("POST", UPDATES, b"{}", X_Webhook_Secret=world.webhook_secret) == 401
        await run.ask("GET", "/metrics")
        process.terminate()
        run.codes["stop"] = await asyncio.wait_for(process.wait(), 15)


def _gather(run: Run) -> None:
    world = run.world
    files = [path for path in world.service.folder.rglob("*") if path.is_file() and path != world.service.log]
    run.said["log"].append(run.log)
    run.said["files"] += [path.name for path in files]
    run.said["files"] += [path.read_bytes() for path in files]
    for chat_id in list(world.telegram.state.chats):
        for message in world.telegram.messages(chat_id, from_bot=True, deleted=True):
            run.said["messages"] += [f"{message}", message.file or b"", json.dumps(message.markup)]
    for call in world.telegram.calls:  # Telegram must be told the secret that it is to bring
        run.said["calls"].append(f"{call.method} { {k: v for k, v in call.parameters.items() if k != 'secret_token'} }")
    run.said["calls"] += [call.path for call in world.pickpack.calls]


# ── what came out ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("place", PLACES)
async def test_no_secret_is_in_what_was_said_sent_or_stored(run: Run, place: str) -> None:
    assert run.said[place]
    assert [leak for said in run.said[place] for leak in leaks(run.secrets, said)] == []


async def test_the_run_has_been_through_what_it_was_for(run: Run) -> None:
    """Without this, a run that met no trouble would pass for one that keeps its secrets."""
    assert len(run.world.pickpack.tokens) >= 4
    assert all(run.all_secrets)
    assert run.codes == {
        "doctor": 0,
        "config": 0,
        "config of a secret in another place": 78,
        "healthcheck": 0,
        "backup": 0,
        "link without Telegram": 1,
        "wrong settings": 78,
        "confused settings": 78,
        "doctor with wrong settings": 1,
        "doctor, answered badly": 1,
        "link": 1,
        "stop": 0,
    }
    assert "Traceback (most recent call last)" in run.log
    assert run.log.count(MARK) > 10
    assert run.log.count(HIDDEN) > 50
    for line in ("can't be decoded", "DEBUG", "an error nobody caught", "refuses PICKPACK_API_KEY", "Stopping"):
        assert line in run.log


async def test_nothing_is_asked_of_an_address_that_a_payload_names(run: Run) -> None:
    """Webhooks, orders, redirects and chats have all named the recorder."""
    assert run.recorder.requests == []


@pytest.mark.parametrize("place", ["", "a line before\n", "<", '{"', "user:", "x" * 500])
async def test_a_secret_is_found_however_it_is_spelt(place: str) -> None:
    secret = with_signs()
    for piece in pieces(secret):
        assert leaks({"it": [secret]}, f"{place}{piece}{place}"), piece
        assert leaks({"it": [secret]}, f"{place}{piece}".encode()), piece
    assert leaks({"it": [secret]}, f"{place}{with_signs()}") == []
