"""Check Pick and Pack: the key, the account it belongs to, the tracking URL, one order."""

import re
from urllib.parse import urlsplit

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import CHECK_NETWORK, CONNECT_TIMEOUT, TOTAL_TIMEOUT, open_session
from bot.ingest.api_judgement import NOBODYS_ORDER
from bot.pickpack.client import PickPackClient
from bot.pickpack.errors import AuthenticationError, PickPackError
from bot.process.clock import Clock
from bot.settings import PickPackSettings
from bot.tracking.events import NotFound

KEY, ACCOUNT, TRACKING, ORDER = "pick and pack", "account", "tracking", "order"
NEW_KEY = (
    "make a new key in Pick and Pack's settings (tab Integration, in older versions the users section), "
    "and put it into PICKPACK_API_KEY"
)


async def check_pickpack(
    settings: PickPackSettings, order: str | None, clock: Clock, offsets: dict[str, float]
) -> list[Finding]:
    """Call Pick and Pack as the service would, and put the difference between our clock and theirs into `offsets`."""
    async with open_session() as http:
        client = PickPackClient(
            http,
            api_key=settings.pickpack_api_key.get_secret_value(),
            token_url=settings.pickpack_token_url,
            tracking_url=settings.pickpack_tracking_url,
            auth_scheme=settings.pickpack_auth_scheme,
            clock=clock,
            connect_timeout=CONNECT_TIMEOUT,
            total_timeout=TOTAL_TIMEOUT,
        )
        try:
            return await _run_checks(client, settings, order)
        finally:
            if client.server_date is not None:
                offsets["Pick and Pack"] = clock.wall() - client.server_date
            await client.close()


async def _run_checks(client: PickPackClient, settings: PickPackSettings, order: str | None) -> list[Finding]:
    try:
        hostname = await client.authenticate()
    except PickPackError as error:
        names = [ACCOUNT, TRACKING, *([ORDER] if order else [])]
        because = "the key is refused" if isinstance(error, AuthenticationError) else "no token came"
        others = [skipped(name, because) for name in names]
        return [_key_error(error, settings.pickpack_token_url), *others]
    findings = [ok(KEY, "PICKPACK_API_KEY is accepted"), _account(hostname, settings.pickpack_hostname)]
    findings.append(await _tracking(client, settings.pickpack_tracking_url))
    if order:
        findings.append(await _order(client, order))
    return findings


def _key_error(error: PickPackError, url: str) -> Finding:
    if isinstance(error, AuthenticationError):
        return fail(KEY, f"Pick and Pack refuses PICKPACK_API_KEY: {error.reason}", NEW_KEY)
    reason = error.reason.removeprefix("token endpoint: ")
    if _is_wrong_path(reason):
        return _wrong_path(KEY, url, "PICKPACK_TOKEN_URL")
    remedy = f"{CHECK_NETWORK}, and PICKPACK_TOKEN_URL if you set it"
    return fail(KEY, f"no token from {urlsplit(url).hostname}: {reason}", remedy)


def _is_wrong_path(reason: str) -> bool:
    return bool(re.search(r"HTTP (?:404|405|410)\b", reason))


def _wrong_path(check: str, url: str, setting: str) -> Finding:
    says = f"{urlsplit(url).hostname} answers, but not at this path"
    return fail(check, says, f"compare {setting} with .env.example, or leave it out")


def _account(hostname: str | None, wanted: str | None) -> Finding:
    if hostname is None and wanted is None:
        remedy = "set PICKPACK_HOSTNAME to your account's name, so that webhooks of others are refused"
        return warn(ACCOUNT, "the token names no account", remedy)
    if hostname and wanted and hostname.casefold() != wanted.casefold():
        says = f"the key belongs to {hostname}, but PICKPACK_HOSTNAME is {wanted}: every webhook would be refused"
        return fail(ACCOUNT, says, "use the key of that account, or correct PICKPACK_HOSTNAME (or leave it out)")
    return ok(ACCOUNT, f"the account is {hostname or wanted}")


async def _tracking(client: PickPackClient, url: str) -> Finding:
    try:
        await client.fetch_order(NOBODYS_ORDER)
    except AuthenticationError as error:
        remedy = "set PICKPACK_AUTH_SCHEME=Bearer, or leave it out if it is set; otherwise ask Pick and Pack's support"
        return fail(TRACKING, f"the token is not taken: {error.reason}", remedy)
    except PickPackError as error:
        if _is_wrong_path(error.reason):
            return _wrong_path(TRACKING, url, "PICKPACK_TRACKING_URL")
        remedy = f"{CHECK_NETWORK}, and PICKPACK_TRACKING_URL if you set it"
        return fail(TRACKING, f"{urlsplit(url).hostname}: {error.reason}", remedy)
    return ok(TRACKING, "orders can be asked for")


async def _order(client: PickPackClient, order: str) -> Finding:
    try:
        found = await client.fetch_order(order)
    except PickPackError as error:
        return fail(ORDER, f"{order}: {error.reason}", "see the lines above")
    if isinstance(found, NotFound):
        remedy = "check the number, with its prefix and suffix; orders of another account are not found either"
        return fail(ORDER, f"{order} is not known to Pick and Pack", remedy)
    count = len(found.shipments)
    return ok(ORDER, f"{order} is {found.status}, with {count} shipment{'' if count == 1 else 's'}")
