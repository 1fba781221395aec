"""Send a short test message to everybody in STAFF_IDS, and say of each whether it arrived."""

import asyncio

import aiohttp

from bot.doctor.bot_api import call_method, error_text, parameter, result
from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import CHECK_NETWORK, Reply, open_session
from bot.sending.pacing import MAX_CONCURRENT_CALLS
from bot.settings import AccessSettings, LocaleSettings, StoreSettings, TelegramSettings
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.files import default_folder
from bot.words.fluent.localizer import Localizer
from bot.words.store_info import StoreInfo

CHECK, MESSAGE = "test message", "staff-test"
# a part of Telegram's description, what it means, and what to do; the first that fits
REFUSALS_OF_PEOPLE = (
    ("blocked by the user", "{who} has blocked the bot", "this person opens {link} and presses RESTART"),
    ("deactivated", "the account {who} is gone", "take {who} out of STAFF_IDS"),
    ("chat not found", "{who} has never pressed START", "this person opens {link} and presses START"),
    ("can't initiate conversation", "{who} has never pressed START", "this person opens {link} and presses START"),
    ("can't send messages to bots", "{who} is a bot", "take {who} out of STAFF_IDS"),
)
REFUSALS_OF_GROUPS = (
    ("not found", "the bot is not in the group {who}", "add @{bot} to it, or take {who} out of STAFF_IDS"),
    ("kicked", "the bot was removed from the group {who}", "add @{bot} to it, or take {who} out of STAFF_IDS"),
    ("not a member", "the bot is not in the group {who}", "add @{bot} to it, or take {who} out of STAFF_IDS"),
    ("right", "the bot may not write in the group {who}", "let its members write, or make @{bot} an administrator"),
    ("forbidden", "the bot may not write in the group {who}", "let its members write, or make @{bot} an administrator"),
)


async def send_test(
    telegram: TelegramSettings, people: AccessSettings, words: LocaleSettings, store: StoreSettings
) -> list[Finding]:
    """Send the message, in the language of groups and of people without a translation."""
    ids = sorted(people.staff_ids)
    if not ids:
        return [warn(CHECK, "sent to nobody: STAFF_IDS is empty", "set STAFF_IDS to ids of people or of a group")]
    text = await asyncio.to_thread(_text, words, store)  # the other checks' calls are under way
    slots, token = asyncio.Semaphore(MAX_CONCURRENT_CALLS), telegram.bot_token.get_secret_value()
    async with open_session() as http:
        bot_name = result(await call_method(http, telegram.telegram_api_url, token, "getMe"))
        if not isinstance(bot_name, dict):
            return [skipped(CHECK, "Telegram has not answered")]

        async def send(chat_id: int) -> Finding:
            async with slots:
                return _judge(chat_id, await _send(http, telegram, chat_id, text), str(bot_name.get("username")))

        return list(await asyncio.gather(*map(send, ids)))


def _text(words: LocaleSettings, store: StoreSettings) -> str:
    catalog = Catalog(default_folder(), words.locales_override, default=words.default_locale)
    return Localizer(catalog, StoreInfo(name=store.store_name), catalog.default).plain(MESSAGE)


async def _send(http: aiohttp.ClientSession, telegram: TelegramSettings, chat_id: int, text: str) -> Reply:
    token = telegram.bot_token.get_secret_value()
    return await call_method(http, telegram.telegram_api_url, token, "sendMessage", chat_id=chat_id, text=text)


def _judge(chat_id: int, reply: Reply, bot_name: str) -> Finding:
    if result(reply) is not None:
        return ok(CHECK, f"{chat_id} has it")
    if moved_to := parameter(reply, "migrate_to_chat_id"):
        says = f"the group {chat_id} has become a supergroup, which is {moved_to}"
        return fail(CHECK, says, f"write {moved_to} in the place of {chat_id} into STAFF_IDS")
    return fail(CHECK, *_what_and_remedy(chat_id, reply, bot_name))


def _what_and_remedy(chat_id: int, reply: Reply, bot_name: str) -> tuple[str, str]:
    if reply.status == 429:
        return f"{chat_id}: Telegram asks to wait", f"run it again in {parameter(reply, 'retry_after') or 60} s"
    text, named = error_text(reply), {"who": chat_id, "bot": bot_name, "link": f"https://t.me/{bot_name}"}
    for part, meaning, remedy in REFUSALS_OF_GROUPS if chat_id < 0 else REFUSALS_OF_PEOPLE:
        if part in text.lower():
            return meaning.format(**named), remedy.format(**named)
    return f"{chat_id} has perhaps not got it: {text}", f"run it again; if it stays: {CHECK_NETWORK}"
