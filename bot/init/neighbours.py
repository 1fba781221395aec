"""Try the token and the key at once, as the service will use them."""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from bot.doctor.bot_api import call_method, leads_to_no_bot_api, result
from bot.doctor.network import CONNECT_TIMEOUT, TOTAL_TIMEOUT, Reply, open_session
from bot.init.answers import Answers
from bot.init.console import Console
from bot.pickpack.client import PickPackClient
from bot.pickpack.errors import AuthenticationError, PickPackError
from bot.process.clock import SystemClock
from bot.settings import PickPackSettings, SettingsError, TelegramSettings

LATER = "so it could not be tried; `doctor` tries it later."
TOKEN_INSIDE = re.compile(r"(?<![0-9])[0-9]{6,20}:[A-Za-z0-9_-]{30,}")
ANY_TOKEN = f"123456:{'A' * 35}"  # stands for one that is not answered yet


@dataclass(slots=True)
class Neighbours:
    """Telegram and Pick and Pack, at the addresses that are set. `bot_name`: once Telegram has told it."""

    answers: Answers
    console: Console
    bot_name: str = ""

    def try_token(self, token: str) -> str:
        """Ask Telegram whose token it is; return what is wrong with it, if Telegram refuses it."""
        reply = self.call("getMe", token=token)
        bot = result(reply)
        if isinstance(bot, dict) and bot.get("username"):
            self.bot_name = str(bot["username"])
            self.console.say(f"  This is @{self.bot_name}.")
            return ""
        if reply.status and leads_to_no_bot_api(reply, self._api_url()):
            self.console.say(f"  TELEGRAM_API_URL leads to no Bot API server (HTTP {reply.status}), {LATER}")
            return ""
        if reply.status in (401, 404):
            return (
                f"Telegram does not know this token (HTTP {reply.status}). Copy all of it: in @BotFather, /mybots, the"
                " bot, API Token."
            )
        self.console.say(f"  Telegram can't be reached ({reply.error or f'HTTP {reply.status}'}), {LATER}")
        return ""

    def _api_url(self) -> str:
        return self.answers.load(TelegramSettings, BOT_TOKEN=ANY_TOKEN).telegram_api_url

    def call(self, method: str, *, token: str = "", **parameters: Any) -> Reply:
        """Call Telegram with the token given, or with the one that was answered."""

        async def call() -> Reply:
            async with open_session() as http:
                return await call_method(http, settings.telegram_api_url, secret, method, **parameters)

        try:
            settings = self.answers.load(TelegramSettings, BOT_TOKEN=token or ANY_TOKEN)
        except SettingsError as error:
            return Reply(error="; ".join(f"{one.name} {one.message}" for one in error.problems))
        secret = token or settings.bot_token.get_secret_value()
        return asyncio.run(call())

    def try_key(self, key: str) -> str:
        """Exchange the key for a token; return what is wrong with it, if Pick and Pack refuses it."""
        try:
            settings = self.answers.load(PickPackSettings, PICKPACK_API_KEY=key)
        except SettingsError as error:
            problems = "; ".join(f"{one.name} {one.message}" for one in error.problems)
            self.console.say(f"  {problems}, {LATER}")
            return ""
        try:
            hostname = asyncio.run(_account(settings, key))
        except AuthenticationError as error:
            return f"Pick and Pack does not take this key: {error.reason}. Copy all of it, or make a new one there."
        except PickPackError as error:
            self.console.say(f"  Pick and Pack can't be reached ({error.reason}), {LATER}")
            return ""
        self.console.say(f"  It is accepted, and opens the account {hostname or 'that it names nowhere'}.")
        if hostname and settings.pickpack_hostname and hostname.casefold() != settings.pickpack_hostname.casefold():
            self.console.say(f"  PICKPACK_HOSTNAME names another one, {settings.pickpack_hostname}: is that right?")
        return ""


def token_in(text: str) -> str:
    """Return the token in what was pasted: BotFather's whole message, or `BOT_TOKEN=…`."""
    found = TOKEN_INSIDE.findall(text)
    return found[0] if len(found) == 1 else text


async def _account(settings: PickPackSettings, key: str) -> str | None:
    async with open_session() as http:
        client = PickPackClient(
            http,
            api_key=key,
            token_url=settings.pickpack_token_url,
            tracking_url=settings.pickpack_tracking_url,
            auth_scheme=settings.pickpack_auth_scheme,
            clock=SystemClock(),
            connect_timeout=CONNECT_TIMEOUT,
            total_timeout=TOTAL_TIMEOUT,
        )
        try:
            return await client.authenticate()
        finally:
            await client.close()
