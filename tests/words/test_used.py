"""Every text has a place where it is said: what nobody says costs translators, and hides what is missing."""

from pathlib import Path

import bot
from bot.transactions.alerts import Alert
from bot.words.fluent.reading import default_folder, entries, sources

CODE = Path(bot.__file__).parent
NOT_SAID_IN = {"demo", "simulators"}
# made from a status, a level, a command and the like; whether each of those has its text is tested elsewhere
FAMILIES = ("cmd-", "following-", "level-name-", "short-", "state-", "stats-name-", "trouble-")
# alerts that are worded before anything says them: a new one must be said, and one that is said leaves this list
NOT_SAID_YET = {
    "alert-conflict",
    "alert-hostname",
    "alert-order-missing",
    "alert-perhaps-told",
    "alert-store-trouble",
    "alert-stuck",
    "alert-unknown-service",
    "alert-webhook-back",
    "alert-webhook-refused",
    "alert-webhook-silent",
    "alert-words-missing",
}


def texts() -> set[str]:
    return {entry.id.name for source in sources(default_folder(), "en") for entry in entries(source)}


def test_every_text_is_said_somewhere() -> None:
    code = "".join(file.read_text() for file in CODE.rglob("*.py") if not NOT_SAID_IN & {*file.parts})
    families = (*FAMILIES, "alert-")
    assert {key for key in texts() if f'"{key}"' not in code and not key.startswith(families)} == set()


def test_every_alert_is_worded_and_what_is_worded_is_said() -> None:
    said = {f"alert-{one}" for one in Alert} | {"alert-other"}
    assert {key for key in texts() if key.startswith("alert-")} == said | NOT_SAID_YET
    assert said & NOT_SAID_YET == set()
