"""Check that PUBLIC_URL reaches this machine, without sending the secret to a server that may be somebody else's.

A running service counts the webhooks that it rejects: if calls to PUBLIC_URL without a secret raise our own counter by
as many, they have arrived here. Without a running service, the doctor itself listens on the port for the time of one
call, and answers it with 503 (as a proxy does for a service that is down) and a random marker.
"""

import asyncio
import json
import re
import secrets

import aiohttp

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import Reply, call, open_session
from bot.doctor.running_service import RunningService, listener_url
from bot.ingest.application import TRIAL_AGENT, WEBHOOK_PATH
from bot.settings import ListenerSettings, TelegramSettings

CHECK = "public address"
COUNTER = re.compile(rb'^onroute_webhooks_total\{result="wrong-secret"\} ([0-9.e+]+)', re.MULTILINE)
UNSET = "set PUBLIC_URL to the https address that Pick and Pack calls, so that doctor can try it"
FORWARD_PATH = (
    f"have the proxy at PUBLIC_URL pass {WEBHOOK_PATH} on to HTTP_PORT of this machine (see deploy/Caddyfile)"
)
MAKE_REACHABLE = (
    "point the DNS name in PUBLIC_URL to this machine and open port 443 (a router may refuse calls from inside)"
)


async def check_address(
    telegram: TelegramSettings, listener: ListenerSettings, service: RunningService
) -> list[Finding]:
    """Call PUBLIC_URL, and check that the call arrives here."""
    url = telegram.public_url
    if url is None:
        return [warn(CHECK, "PUBLIC_URL is not set", UNSET)]
    async with open_session() as http:
        found = await (_check_by_counter if service.is_ours else _check_by_probe)(http, url, listener)
    if found.result == "ok" and url.startswith("http:"):
        return [warn(CHECK, f"{found.says}, but without TLS: the secret can be read on the way", "put https before it")]
    return [found]


async def _check_by_counter(http: aiohttp.ClientSession, url: str, listener: ListenerSettings) -> Finding:
    times = 3 + secrets.randbelow(4)  # random, so that other people's calls are unlikely to add up to it
    before = await _rejected_webhooks(http, listener)
    for _ in range(times):
        reply = await call(http, "POST", url + WEBHOOK_PATH, json={}, headers={"User-Agent": TRIAL_AGENT})
        if reply.status != 401:
            return _describe_failure(reply)
    after = await _rejected_webhooks(http, listener)
    if before is None or after is None:
        return skipped(CHECK, "/metrics of the service can't be read")
    if after - before < times:
        return fail(CHECK, f"{url} answers like this program, but its calls don't come in here", FORWARD_PATH)
    return ok(CHECK, f"{url} reaches this service")


async def _rejected_webhooks(http: aiohttp.ClientSession, listener: ListenerSettings) -> float | None:
    found = COUNTER.search((await call(http, "GET", f"{listener_url(listener)}/metrics")).body)
    return float(found[1]) if found else None


async def _check_by_probe(http: aiohttp.ClientSession, url: str, listener: ListenerSettings) -> Finding:
    marker = secrets.token_hex(16)
    try:
        server = await asyncio.start_server(_ProbeResponder(marker).answer, listener.http_host, listener.http_port)
    except OSError:
        return skipped(CHECK, "the port can't be listened at")
    async with server:
        reply = await call(http, "POST", url + WEBHOOK_PATH, json={})
    if marker.encode() in reply.body:
        return ok(CHECK, f"{url} reaches this machine's port {listener.http_port}")
    return _describe_failure(reply)


class _ProbeResponder:
    """Answers each request with 503 and a marker; a webhook that happens to arrive will be sent again."""

    def __init__(self, marker: str) -> None:
        body = json.dumps({"error": "not started yet", "marker": marker}).encode()
        head = f"Retry-After: 5\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close"
        self._response = f"HTTP/1.1 503 Service Unavailable\r\n{head}\r\n\r\n".encode() + body

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(2.0):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(self._response)
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # the client has gone, or does not speak HTTP
        finally:
            writer.close()


def _describe_failure(reply: Reply) -> Finding:
    if reply.error:
        return fail(CHECK, f"PUBLIC_URL can't be reached from here: {reply.error}", MAKE_REACHABLE)
    if 300 <= reply.status < 400:
        remedy = "write the address that it leads to into PUBLIC_URL, and into the webhook in Pick and Pack's settings"
        return fail(CHECK, f"PUBLIC_URL leads elsewhere (HTTP {reply.status}), and webhooks don't follow", remedy)
    return fail(CHECK, f"at PUBLIC_URL somebody else answers (HTTP {reply.status})", FORWARD_PATH)
