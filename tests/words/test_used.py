"""Every text has a place where it is said: what nobody says costs translators, and hides what is missing."""

from pathlib import Path

import bot
from bot.words.reading import default_folder, entries, sources

CODE = Path(bot.__file__).parent
# made from a status, a level, a command and the like; whether each of those has its text is tested elsewhere
FAMILIES = ("alert-", "cmd-", "following-", "level-name-", "short-", "state-", "stats-name-", "trouble-")


def test_every_text_is_said_somewhere() -> None:
    code = "".join(file.read_text() for file in CODE.rglob("*.py") if "demo" not in file.parts)
    english = {entry.id.name for source in sources(default_folder(), "en") for entry in entries(source)}
    unused = {key for key in english if f'"{key}"' not in code and not key.startswith(FAMILIES)}
    assert unused == set()
