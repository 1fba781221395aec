"""Find the engineer's Telegram id: from their START, which is looked at and left for the service to answer."""

import asyncio
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.doctor.bot_api import error_text, result
from bot.doctor.network import Reply
from bot.doctor.running_service import find_service
from bot.init.answers import Answers
from bot.init.console import Console
from bot.init.neighbours import Neighbours
from bot.init.questions import LEAVE_OUT, Question, ask
from bot.process.redaction import Redaction
from bot.settings import DatabaseSettings, ListenerSettings, SettingsError

NAME = "STAFF_IDS"
BY_HAND = "Write to @userinfobot in Telegram: it answers with your id. Type that; several with commas between."
ADD = "+"
CODE_LETTERS = "bcdfghjkmnpqrstvwxz"  # no digit and no vowel: neither an order number nor a word
WAIT_SECONDS, POLL_SECONDS = 60.0, 3  # getUpdates waits for the second one at most, so that Ctrl-C is quick
LOOK_AGAIN = 1.0
MOST_UPDATES = 100


class CantLookError(Exception):
    """Updates can't be looked at here; the text says why."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who has pressed START."""

    id: int
    name: str


def ask_staff(answers: Answers, neighbours: Neighbours, console: Console) -> None:
    """Ask whom alerts go to; take the engineer's own id from their START, where Telegram lets us look for it."""
    found: list[int] = []
    is_wanted = NAME not in answers.fixed and _wants_start(answers, console)
    if is_wanted and (person := _find(answers, neighbours, console)) is not None:
        console.say(f"  That was {person.name}, whose id is {person.id}.")
        found = [person.id]
    kept = [one.strip() for one in answers.text(NAME).split(",") if one.strip()]
    if found:
        ids = ",".join(dict.fromkeys([*kept, *map(str, found)]))
        problem = answers.problem(NAME, ids)
        answers.given[NAME] = str(found[0]) if problem else ids
        return
    if is_wanted or NAME in answers.fixed:
        ask(Question(NAME, "Staff, to whom alerts go.", BY_HAND), answers, console)


def _wants_start(answers: Answers, console: Console) -> bool:
    """Tell whether an id is to be added: always the first one."""
    if not answers.text(NAME) or answers.problem(NAME, answers.text(NAME)):
        return True
    console.say(f"\nStaff, to whom alerts go: {answers.text(NAME)}")
    return console.agree("Add somebody?", default=False)


def _find(answers: Answers, neighbours: Neighbours, console: Console) -> Person | None:
    if not neighbours.bot_name:
        return None
    code = "init-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(10))
    try:
        _require_that_nobody_else_looks(answers, neighbours)
        console.say("\nYour own id, for alerts and staff's commands. Press START in this chat now:")
        console.say(f"  https://t.me/{neighbours.bot_name}?start={code}")
        while console.ask(f"Then Enter ({LEAVE_OUT} to type the id instead):") != LEAVE_OUT:
            console.say("  Looking for it …")
            if (person := _wait_for(code, answers, neighbours)) is not None:
                return person
            console.say("  It has not come. Open that very link, press START, and try once more.")
    except CantLookError as error:
        console.say(f"  Your START can't be looked for: {error}.")
    return None


def _require_that_nobody_else_looks(answers: Answers, neighbours: Neighbours) -> None:
    """Raise CantLookError where a look would take the updates away from somebody, or is not possible."""
    try:
        database, listener = answers.load(DatabaseSettings), answers.load(ListenerSettings)
    except SettingsError:
        return
    if asyncio.run(find_service(listener, database)).lock == "held":
        raise CantLookError("the service is running, and gets all that is written to the bot")
    info = result(neighbours.call("getWebhookInfo", token=answers.text("BOT_TOKEN")))
    if isinstance(info, dict) and info.get("url"):
        host = urlsplit(str(info["url"])).hostname or "somebody"
        raise CantLookError(f"a webhook is set, so that all that is written to the bot goes to {host}")


def _wait_for(code: str, answers: Answers, neighbours: Neighbours) -> Person | None:
    """Look at the updates until the START with this code is among them. None is confirmed, so that none is lost."""
    until, pause = time.monotonic() + WAIT_SECONDS, POLL_SECONDS
    while True:
        reply = neighbours.call(
            "getUpdates", token=answers.text("BOT_TOKEN"), limit=MOST_UPDATES, timeout=min(pause, int(WAIT_SECONDS))
        )
        updates = result(reply)
        if reply.status == 409:
            raise CantLookError(f"Telegram says: {_said(reply, answers)}")
        if not isinstance(updates, list):
            raise CantLookError(f"Telegram can't be asked: {_said(reply, answers)}")
        person = next((one for one in (_starter(update, code) for update in updates) if one), None)
        if person is not None or time.monotonic() >= until:
            return person
        if len(updates) >= MOST_UPDATES:
            raise CantLookError("too much else waits to be answered by the bot")
        pause = POLL_SECONDS if not updates else 0  # with updates that wait, Telegram answers at once
        time.sleep(LOOK_AGAIN if updates else 0.0)


def _said(reply: Reply, answers: Answers) -> str:
    """Return Telegram's words without the token, which may be in them."""
    return Redaction([answers.text("BOT_TOKEN")]).clean(error_text(reply))


def _starter(update: Any, code: str) -> Person | None:
    """Return who has sent `/start <code>` in a private chat, if this update is that."""
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict) or message.get("text") != f"/start {code}":
        return None
    sender = message.get("from")
    if not isinstance(sender, dict) or not isinstance(sender.get("id"), int):
        return None
    names = (sender.get("first_name"), sender.get("last_name"))
    name = " ".join(str(one) for one in names if one)
    return Person(sender["id"], "".join(filter(str.isprintable, name)) or "somebody")
