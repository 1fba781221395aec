"""Checks of Telegram by plain HTTP: the token, where updates go, whether staff can be reached."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import CHECK_THE_WAY, Reply, call, session
from bot.process.clock import Clock
from bot.settings import PeoplePart, TelegramPart
from bot.telegram.settings import WEBHOOK_PATH

TOKEN, UPDATES, STAFF = "telegram", "telegram updates", "staff"
ASK_BOTFATHER = "write /token to @BotFather in Telegram, choose the bot, and put the answer into BOT_TOKEN"
AT_ONCE = 8


async def check_telegram(
    telegram: TelegramPart, people: PeoplePart, clock: Clock, offsets: dict[str, float]
) -> list[Finding]:
    """Ask as the service would, changing nothing. Puts into `offsets` how far our clock is from theirs."""
    async with session() as http:
        reply = await _ask(http, telegram, "getMe")
        if reply.date is not None:
            offsets["Telegram"] = clock.wall() - reply.date
        known = _result(reply)
        if not isinstance(known, dict):
            return [_token_trouble(reply), *(skipped(name, "Telegram has not answered") for name in (UPDATES, STAFF))]
        return [
            ok(TOKEN, f"the bot is @{known.get('username')}"),
            _updates(await _ask(http, telegram, "getWebhookInfo"), telegram),
            await _staff(http, telegram, people),
        ]


async def _ask(http: aiohttp.ClientSession, telegram: TelegramPart, method: str, **given: Any) -> Reply:
    url = f"{telegram.telegram_api_url}/bot{telegram.bot_token.get_secret_value()}/{method}"
    return await call(http, "POST", url, json=given)


def _result(reply: Reply) -> Any:
    content = reply.content
    return content.get("result") if isinstance(content, dict) and content.get("ok") else None


def _token_trouble(reply: Reply) -> Finding:
    if reply.status in (401, 404):
        return fail(TOKEN, f"Telegram refuses BOT_TOKEN (HTTP {reply.status})", ASK_BOTFATHER)
    says = f"Telegram can't be used: {reply.trouble or f'HTTP {reply.status}'}"
    return fail(TOKEN, says, f"{CHECK_THE_WAY}, and TELEGRAM_API_URL if you set it")


# ── where updates go ─────────────────────────────────────────────────────────


def _updates(reply: Reply, telegram: TelegramPart) -> Finding:
    info = _result(reply)
    if not isinstance(info, dict):
        return fail(UPDATES, f"getWebhookInfo: {reply.trouble or f'HTTP {reply.status}'}", CHECK_THE_WAY)
    finding = _webhook(str(info.get("url") or ""), telegram)
    error = info.get("last_error_message")
    if finding.result == "ok" and error and info.get("url"):
        return warn(UPDATES, f"Telegram's last call to our webhook failed: {error}", "see the public address below")
    return finding


def _webhook(url: str, telegram: TelegramPart) -> Finding:
    ours = f"{telegram.public_url}{WEBHOOK_PATH}" if telegram.public_url else None
    if not url:
        return ok(UPDATES, "no webhook is set; the service " + _will(telegram))
    if url != ours:
        host = urlsplit(url).hostname or "an unknown host"
        remedy = (
            "if another program uses this bot, make a bot of its own with @BotFather; otherwise change the token "
            f"({ASK_BOTFATHER}), which ends the other's use, and start the service: it then {_will(telegram)}"
        )
        # the address itself stays unsaid: other programs put their token into it
        return fail(UPDATES, f"a webhook is set elsewhere, at {host}: updates go there", remedy)
    if telegram.telegram_updates == "polling":
        return warn(UPDATES, "our own webhook is still set", "start the service, which removes it and then asks itself")
    return ok(UPDATES, f"updates are sent to {ours}")


def _will(telegram: TelegramPart) -> str:
    return "sets its own webhook" if telegram.telegram_updates == "webhook" else "asks for updates itself"


# ── staff ────────────────────────────────────────────────────────────────────


async def _staff(http: aiohttp.ClientSession, telegram: TelegramPart, people: PeoplePart) -> Finding:
    ids = sorted(people.staff_ids)
    if not ids:
        return warn(
            STAFF, "STAFF_IDS is empty: nobody hears of trouble", "set STAFF_IDS to ids of people or of a group"
        )
    turn = asyncio.Semaphore(AT_ONCE)

    async def reached(chat_id: int) -> bool:
        async with turn:
            return _result(await _ask(http, telegram, "getChat", chat_id=chat_id)) is not None

    found = await asyncio.gather(*map(reached, ids))
    lost = [str(one) for one, is_reached in zip(ids, found, strict=True) if not is_reached]
    if lost:
        remedy = "each of these people must write /start to the bot, and to each group the bot must be added"
        return fail(STAFF, f"Telegram finds no chat with {', '.join(lost)}", remedy)
    return ok(STAFF, f"all {len(ids)} can be reached")
