"""What `python -m bot link` needs besides the signature: the bot's name from Telegram, and a QR code."""

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path

import aiohttp
import click
import segno

from bot.people.links import TooLong, sign
from bot.settings import TelegramSettings

TIMEOUT_SECONDS = 5.0
MAX_RESPONSE_BYTES = 65_536
_BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_BEFORE_NAME = re.compile(r"^(?:@|(?:https?://)?(?:www\.)?(?:t|telegram)\.me/@?)", re.IGNORECASE)


def check_arguments(order_id: str | None, *, shop: bool, qr: Path | None) -> None:
    """Refuse arguments that don't go together. Raises UsageError."""
    if qr and qr.suffix.lower() not in (".png", ".svg"):
        raise click.BadParameter("must end in .png or .svg", param_hint="--qr")
    if shop and order_id is not None:
        raise click.UsageError("--shop prints the bot's own link, which is of no order: leave one of the two out")
    if not shop and order_id is None:
        raise click.UsageError("give the id of an order, or --shop for the bot's own link")


def parse_bot_name(text: str) -> str:
    """Return a bot's user name, which may come with its @ or as its address. Raises BadParameter."""
    name = _BEFORE_NAME.sub("", text.strip()).rstrip("/")
    if not _BOT_NAME.fullmatch(name):
        message = "can't be a bot's name: 4 to 32 letters, digits and _, a letter first, as in @corner_shop_bot"
        raise click.BadParameter(message, param_hint="--bot-name")
    if not name.lower().endswith("bot"):
        click.echo("Nearly every bot's name ends in bot: open the link once to see that it is yours.", err=True)
    return name


def signed_payload(order_id: str, secrets: Sequence[str]) -> str:
    """Return the signed payload of an order's deep link. Raises ClickException if the order can't have one."""
    try:
        payload = sign(order_id, secrets)
    except ValueError:
        raise click.BadParameter("is no order id", param_hint="ORDER_ID") from None
    if isinstance(payload, TooLong):
        size = f"{payload.size} bytes, at most {payload.limit}"
        raise click.ClickException(f"this id has no link: it is too long for one ({size})")
    return payload


def ask_bot_name(settings: TelegramSettings) -> str:
    """Ask Telegram for the bot's user name. Raises ClickException.

    No error's own message is shown: it may hold the URL, and with it the token.
    """
    url = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    try:
        status, body = asyncio.run(_get(url))
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise click.ClickException(f"Telegram can't be reached ({reason}); give --bot-name") from None
    if status in (401, 404):
        raise click.ClickException("Telegram refuses BOT_TOKEN")
    try:
        return str(json.loads(body)["result"]["username"])
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(f"Telegram's answer ({status}) has no name in it; give --bot-name") from None


async def _get(url: str) -> tuple[int, bytes]:
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
        session.get(url, allow_redirects=False) as response,  # a redirect would carry the token to another host
    ):
        return response.status, await response.content.read(MAX_RESPONSE_BYTES)


def draw_qr_code(url: str, target: Path) -> None:
    """Write the URL as a QR code to a .png or .svg file. Raises ClickException."""
    try:
        segno.make_qr(url, error="m").save(str(target), scale=8, border=4)
    except OSError as error:
        raise click.ClickException(f"{target} can't be written ({error.strerror})") from None
