"""Check Telegram by plain HTTP: the token, where updates are sent, whether staff can be reached."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.bot_api import call_method, leads_to_no_bot_api, result
from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import CHECK_NETWORK, Reply, open_session
from bot.process.clock import Clock
from bot.sending.pacing import MAX_CONCURRENT_CALLS
from bot.settings import AccessSettings, TelegramSettings
from bot.settings.groups import TELEGRAM_API_URL
from bot.telegram.config import WEBHOOK_PATH

TOKEN, UPDATES, STAFF = "telegram", "telegram updates", "staff"
ASK_BOTFATHER = "write /token to @BotFather in Telegram, choose the bot, and put the answer into BOT_TOKEN"


async def check_telegram(
    telegram: TelegramSettings, people: AccessSettings, clock: Clock, offsets: dict[str, float]
) -> list[Finding]:
    """Call Telegram without changing anything, and put the difference between our clock and theirs into `offsets`."""
    async with open_session() as http:
        reply = await _call(http, telegram, "getMe")
        if reply.date is not None:
            offsets["Telegram"] = clock.wall() - reply.date
        known = result(reply)
        if not isinstance(known, dict):
            return [
                _token_error(reply, telegram.telegram_api_url),
                *(skipped(name, "Telegram has not answered") for name in (UPDATES, STAFF)),
            ]
        return [
            ok(TOKEN, f"the bot is @{known.get('username')}"),
            _updates(await _call(http, telegram, "getWebhookInfo"), telegram),
            await _staff(http, telegram, people),
        ]


async def _call(http: aiohttp.ClientSession, telegram: TelegramSettings, method: str, **parameters: Any) -> Reply:
    token = telegram.bot_token.get_secret_value()
    return await call_method(http, telegram.telegram_api_url, token, method, **parameters)


def _token_error(reply: Reply, api_url: str) -> Finding:
    if leads_to_no_bot_api(reply, api_url):
        says = f"TELEGRAM_API_URL leads to no Bot API server: {urlsplit(api_url).hostname} answers HTTP {reply.status}"
        return fail(
            TOKEN, says, f"set it to your server's address without /bot…, or leave it out for {TELEGRAM_API_URL}"
        )
    if reply.status in (401, 404):
        return fail(TOKEN, f"Telegram refuses BOT_TOKEN (HTTP {reply.status})", ASK_BOTFATHER)
    says = f"Telegram can't be used: {reply.error or f'HTTP {reply.status}'}"
    return fail(TOKEN, says, f"{CHECK_NETWORK}, and TELEGRAM_API_URL if you set it")


# ── where updates go ─────────────────────────────────────────────────────────


def _updates(reply: Reply, telegram: TelegramSettings) -> Finding:
    info = result(reply)
    if not isinstance(info, dict):
        return fail(UPDATES, f"getWebhookInfo: {reply.error or f'HTTP {reply.status}'}", CHECK_NETWORK)
    finding = _webhook(str(info.get("url") or ""), telegram)
    error = info.get("last_error_message")
    if finding.result == "ok" and error and info.get("url"):
        return warn(UPDATES, f"Telegram's last call to our webhook failed: {error}", "see the public address below")
    return finding


def _webhook(url: str, telegram: TelegramSettings) -> Finding:
    ours = f"{telegram.public_url}{WEBHOOK_PATH}" if telegram.public_url else None
    if not url:
        return ok(UPDATES, "no webhook is set; the service " + _planned(telegram))
    if url != ours:
        host = urlsplit(url).hostname or "an unknown host"
        remedy = (
            "if another program uses this bot, make a bot of its own with @BotFather; otherwise change the token "
            f"({ASK_BOTFATHER}), which ends the other's use, and start the service: it then {_planned(telegram)}"
        )
        # the URL itself is not shown: other programs put their token into it
        return fail(UPDATES, f"a webhook is set elsewhere, at {host}: updates go there", remedy)
    if telegram.telegram_updates == "polling":
        return warn(UPDATES, "our own webhook is still set", "start the service, which removes it and then asks itself")
    return ok(UPDATES, f"updates are sent to {ours}")


def _planned(telegram: TelegramSettings) -> str:
    return "sets its own webhook" if telegram.telegram_updates == "webhook" else "asks for updates itself"


# ── staff ────────────────────────────────────────────────────────────────────


async def _staff(http: aiohttp.ClientSession, telegram: TelegramSettings, people: AccessSettings) -> Finding:
    ids = sorted(people.staff_ids)
    if not ids:
        return warn(
            STAFF, "STAFF_IDS is empty: nobody hears of trouble", "set STAFF_IDS to ids of people or of a group"
        )
    slots = asyncio.Semaphore(MAX_CONCURRENT_CALLS)

    async def is_reachable(chat_id: int) -> bool:
        async with slots:
            return result(await _call(http, telegram, "getChat", chat_id=chat_id)) is not None

    reachable = await asyncio.gather(*map(is_reachable, ids))
    missing = [str(chat_id) for chat_id, is_found in zip(ids, reachable, strict=True) if not is_found]
    if missing:
        remedy = "each of these people must write /start to the bot, and to each group the bot must be added"
        return fail(STAFF, f"Telegram finds no chat with {', '.join(missing)}", remedy)
    return ok(STAFF, "the one in STAFF_IDS can be reached" if len(ids) == 1 else f"all {len(ids)} can be reached")
