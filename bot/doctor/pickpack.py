"""Checks of Pick and Pack: the key, the account it belongs to, the tracking address, one order."""

from urllib.parse import urlsplit

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import CHECK_THE_WAY, CONNECT_SECONDS, PATIENCE_SECONDS, session
from bot.pickpack.client import PickPackClient
from bot.pickpack.errors import AuthenticationError, PickPackError
from bot.process.clock import Clock
from bot.settings import PickPackPart
from bot.tracking.model import NotFound

KEY, ACCOUNT, TRACKING, ORDER = "pick and pack", "account", "tracking", "order"
NO_ORDER = "0000000000000-00"  # a number that no account has
NEW_KEY = "make a new key in Pick and Pack's settings, under users, and put it into PICKPACK_API_KEY"


async def check_pickpack(
    settings: PickPackPart, order: str | None, clock: Clock, offsets: dict[str, float]
) -> list[Finding]:
    """Ask as the service would. Puts into `offsets` how far our clock is from theirs."""
    async with session() as http:
        client = PickPackClient(
            http,
            api_key=settings.pickpack_api_key.get_secret_value(),
            token_url=settings.pickpack_token_url,
            tracking_url=settings.pickpack_tracking_url,
            auth_scheme=settings.pickpack_auth_scheme,
            clock=clock,
            connect_timeout=CONNECT_SECONDS,
            total_timeout=PATIENCE_SECONDS,
        )
        try:
            return await _ask_all(client, settings, order)
        finally:
            if client.server_date is not None:
                offsets["Pick and Pack"] = clock.wall() - client.server_date
            await client.close()


async def _ask_all(client: PickPackClient, settings: PickPackPart, order: str | None) -> list[Finding]:
    try:
        hostname = await client.authenticate()
    except PickPackError as trouble:
        names = [ACCOUNT, TRACKING, *([ORDER] if order else [])]
        rest = [skipped(name, "there is no token without a key") for name in names]
        return [_key_trouble(trouble, settings.pickpack_token_url), *rest]
    findings = [ok(KEY, "PICKPACK_API_KEY is accepted"), _account(hostname, settings.pickpack_hostname)]
    findings.append(await _tracking(client, settings.pickpack_tracking_url))
    if order:
        findings.append(await _order(client, order))
    return findings


def _key_trouble(trouble: PickPackError, url: str) -> Finding:
    if isinstance(trouble, AuthenticationError):
        return fail(KEY, f"Pick and Pack refuses PICKPACK_API_KEY: {trouble.reason}", NEW_KEY)
    remedy = f"{CHECK_THE_WAY}, and PICKPACK_TOKEN_URL if you set it"
    return fail(KEY, f"no token from {urlsplit(url).hostname}: {trouble.reason}", remedy)


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
        await client.fetch_order(NO_ORDER)
    except AuthenticationError as refused:
        remedy = "set PICKPACK_AUTH_SCHEME=Bearer, or leave it out if it is set; otherwise ask Pick and Pack's support"
        return fail(TRACKING, f"the token is not taken: {refused.reason}", remedy)
    except PickPackError as trouble:
        remedy = f"{CHECK_THE_WAY}, and PICKPACK_TRACKING_URL if you set it"
        return fail(TRACKING, f"{urlsplit(url).hostname}: {trouble.reason}", remedy)
    return ok(TRACKING, "orders can be asked for")


async def _order(client: PickPackClient, order: str) -> Finding:
    try:
        seen = await client.fetch_order(order)
    except PickPackError as trouble:
        return fail(ORDER, f"{order}: {trouble.reason}", "see the lines above")
    if isinstance(seen, NotFound):
        remedy = "check the number, with its prefix and suffix; orders of another account are not found either"
        return fail(ORDER, f"{order} is not known to Pick and Pack", remedy)
    return ok(ORDER, f"{order} is {seen.status}, with {len(seen.shipments)} shipments")
