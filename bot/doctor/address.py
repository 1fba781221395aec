"""Does PUBLIC_URL reach *us*? Shown by what only our own process can know, without handing the secret to a stranger.

A running service counts the webhooks that it refuses: if calls without a secret to PUBLIC_URL make our own counter
rise by as many, they have come in here. Without one, the doctor itself listens at the port for the time of one call,
answers 503 (as a proxy does for a service that is down) and a number made up for it.
"""

import asyncio
import json
import re
import secrets

import aiohttp

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import Reply, call, session
from bot.doctor.service import Service, own_url
from bot.settings import ListenerSettings, TelegramSettings

CHECK = "public address"
PATH = "/webhooks/pickpack"
COUNTER = re.compile(rb'^onroute_webhooks_total\{result="wrong-secret"\} ([0-9.e+]+)', re.MULTILINE)
UNSET = "set PUBLIC_URL to the https address that Pick and Pack calls, so that doctor can try it"
PASS_ON = f"have the proxy at PUBLIC_URL pass {PATH} on to HTTP_PORT of this machine (see deploy/Caddyfile)"
SHOW_IT = "point the DNS name in PUBLIC_URL to this machine and open port 443 (a router may refuse calls from inside)"
HEAD_LIMIT = 65_536


async def check_address(telegram: TelegramSettings, listener: ListenerSettings, service: Service) -> list[Finding]:
    """Call PUBLIC_URL from outside, as far as this machine can."""
    url = telegram.public_url
    if url is None:
        return [warn(CHECK, "PUBLIC_URL is not set", UNSET)]
    async with session() as http:
        found = await (_by_counter if service.is_ours else _by_answer)(http, url, listener)
    if found.result == "ok" and url.startswith("http:"):
        return [warn(CHECK, f"{found.says}, but without TLS: the secret can be read on the way", "put https before it")]
    return [found]


async def _by_counter(http: aiohttp.ClientSession, url: str, listener: ListenerSettings) -> Finding:
    times = 3 + secrets.randbelow(4)  # not always the same, so that chance calls of others hardly look like ours
    before = await _refused_so_far(http, listener)
    for _ in range(times):
        reply = await call(http, "POST", url + PATH, json={})
        if reply.status != 401:
            return _wrong(reply)
    after = await _refused_so_far(http, listener)
    if before is None or after is None:
        return skipped(CHECK, "/metrics of the service can't be read")
    if after - before < times:
        return fail(CHECK, f"{url} answers like this program, but its calls don't come in here", PASS_ON)
    return ok(CHECK, f"{url} reaches this service")


async def _refused_so_far(http: aiohttp.ClientSession, listener: ListenerSettings) -> float | None:
    found = COUNTER.search((await call(http, "GET", f"{own_url(listener)}/metrics")).body)
    return float(found[1]) if found else None


async def _by_answer(http: aiohttp.ClientSession, url: str, listener: ListenerSettings) -> Finding:
    mark = secrets.token_hex(16)
    try:
        server = await asyncio.start_server(_Door(mark).answer, listener.http_host, listener.http_port)
    except OSError:
        return skipped(CHECK, "the port can't be listened at")
    async with server:
        reply = await call(http, "POST", url + PATH, json={})
    if mark.encode() in reply.body:
        return ok(CHECK, f"{url} reaches this machine's port {listener.http_port}")
    return _wrong(reply)


class _Door:
    """Answers one request a connection with 503 and a mark; whoever it is for will send it again."""

    def __init__(self, mark: str) -> None:
        body = json.dumps({"error": "not started yet", "mark": mark}).encode()
        head = f"Retry-After: 5\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close"
        self._response = f"HTTP/1.1 503 Service Unavailable\r\n{head}\r\n\r\n".encode() + body

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(2.0):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(self._response)
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # whoever it was has gone, or speaks no HTTP
        finally:
            writer.close()


def _wrong(reply: Reply) -> Finding:
    if reply.trouble:
        return fail(CHECK, f"PUBLIC_URL can't be reached from here: {reply.trouble}", SHOW_IT)
    if 300 <= reply.status < 400:
        remedy = "write the address that it leads to into PUBLIC_URL, and into the webhook in Pick and Pack's settings"
        return fail(CHECK, f"PUBLIC_URL leads elsewhere (HTTP {reply.status}), and webhooks don't follow", remedy)
    return fail(CHECK, f"at PUBLIC_URL somebody else answers (HTTP {reply.status})", PASS_ON)
