"""The conversation from the first question to the last, in the order in which somebody has the answers at hand."""

import os
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.ingest.application import WEBHOOK_PATH
from bot.init.answers import Answers
from bot.init.console import Console
from bot.init.neighbours import Neighbours, token_in
from bot.init.questions import Question, ask
from bot.init.staff import ask_staff
from bot.init.zones import guess_zone, near_zones
from bot.settings import LocaleSettings, SettingsError
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.files import default_folder

SECRET_BYTES = 32
MADE = {"WEBHOOK_SECRET": "what Pick and Pack's webhook must bring", "LINK_SECRET": "the key of signed links"}


def converse(answers: Answers, neighbours: Neighbours, console: Console) -> None:
    """Ask all questions. Nothing is written."""
    for question in _neighbours(neighbours):
        ask(question, answers, console)
    for question in _store(answers):
        ask(question, answers, console)
    ask_staff(answers, neighbours, console)
    console.say()
    for name, meaning in MADE.items():
        _make_secret(name, meaning, answers, console)


def _neighbours(neighbours: Neighbours) -> list[Question]:
    return [
        Question(
            "BOT_TOKEN",
            "The bot's token. In Telegram, write /newbot to @BotFather, who answers with one.",
            "What you type or paste is not shown.",
            is_required=True,
            normalise=token_in,
            trial=neighbours.try_token,
        ),
        Question(
            "PICKPACK_API_KEY",
            "The API key. An admin makes one in Pick and Pack's settings, tab Integration (older versions: users).",
            "What you type or paste is not shown.",
            is_required=True,
            normalise=_bare,
            trial=neighbours.try_key,
        ),
        Question(
            "PUBLIC_URL",
            "The https address at which Pick and Pack reaches this machine, such as https://bot.example.com.",
            "Without one the bot works too, only slower: it asks for what it was not told.",
            normalise=_address,
            remark=_warn_of_plain_http,
        ),
    ]


def _store(answers: Answers) -> list[Question]:
    languages = _languages(answers)
    known = ", ".join(languages)
    return [
        Question("STORE_NAME", "The store's name, as messages say it."),
        Question(
            "STORE_TIMEZONE",
            "The store's time zone: its name, or a city, a country, an offset such as GMT-5.",
            guess=guess_zone() or "",
            suggest=lambda text: near_zones(text, datetime.now(UTC)),
            remark=lambda text: f"It is {datetime.now(ZoneInfo(text)):%H:%M} there.",
        ),
        Question(
            "STORE_HOURS",
            "The store's opening hours, such as 09:00-20:00.",
            "Left out, shoppers are told none, and reminders come between 09:00 and 20:00.",
        ),
        Question(
            "STORE_CONTACT_URL",
            "Where a shopper can ask a person: a page, or a chat (a WhatsApp number, a name in Telegram).",
            normalise=_contact,
            remark=lambda text: f"The button leads to {text}",
        ),
        Question(
            "DEFAULT_LOCALE",
            f"The language of groups, and of people whose language has no translation: {known}.",
            guess=_language_here(languages),
            normalise=lambda text: _language(text, languages),
            trial=lambda text: "" if text in languages else f"There are words in {known} only.",
        ),
    ]


def _make_secret(name: str, meaning: str, answers: Answers, console: Console) -> None:
    text = answers.text(name)
    problem = answers.problem(name, text) if text else ""
    if text and (name in answers.fixed or not problem):
        console.say(f"{name}, {meaning}, stays as it is.")
        return
    answers.given[name] = secrets.token_urlsafe(SECRET_BYTES)
    again = f" (the one before can't be used: it {problem})" if problem else ""
    console.say(f"{name}, {meaning}, was made{again}.")


# ── what people write ────────────────────────────────────────────────────────


def _bare(text: str) -> str:
    """Take a name and quotes away that were copied too."""
    return re.sub(r"^[A-Z_]+=", "", text).strip("'\"")


def _address(text: str) -> str:
    """Add what is missing to an address, and take the webhook's path away."""
    whole = text if "://" in text else f"https://{text}"
    return whole.rstrip("/").removesuffix(WEBHOOK_PATH)


def _warn_of_plain_http(text: str) -> str:
    return "Without https, the secret can be read on the way." if urlsplit(text).scheme == "http" else ""


def _contact(text: str) -> str:
    """Make an address of a telephone number, a name in Telegram, or an address without its beginning."""
    digits = re.sub(r"[\s().-]", "", text)
    if re.fullmatch(r"(\+|00)[0-9]{8,15}", digits):
        return f"https://wa.me/{digits.removeprefix('+').removeprefix('00')}"
    if re.fullmatch(r"@[A-Za-z][A-Za-z0-9_]{3,31}", text):
        return f"https://t.me/{text[1:]}"
    is_bare = re.fullmatch(r"[^\s@:/]+\.[^\s@:/]+(/\S*)?", text)
    return f"https://{text}" if is_bare else text


def _languages(answers: Answers) -> dict[str, str]:
    """Return the languages that there are words in, with their own names."""
    try:
        override = answers.load(LocaleSettings, DEFAULT_LOCALE="en").locales_override
    except SettingsError:
        override = None
    return dict(Catalog(default_folder(), override).available())


def _language(text: str, languages: Mapping[str, str]) -> str:
    """Return the language as it is written here: `PT_br`, `pt` and `Español` are meant as well."""
    wanted = text.strip().casefold().replace("_", "-")
    family = wanted.partition("-")[0]
    exact = [code for code, name in languages.items() if wanted in (code.casefold(), name.casefold())]
    parent = [code for code in languages if code.casefold() == family]
    regional = [code for code in languages if family and code.casefold().startswith(f"{family}-")]
    return next(iter([*exact, *parent, *regional]), text)


def _language_here(languages: Mapping[str, str]) -> str:
    """Guess the language of this machine; English if there are no words in it."""
    code = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").partition(".")[0]
    guess = _language(code, languages)
    return guess if guess in languages else "en"
