"""What Telegram was last told to show of the bot (menus, name, descriptions): only what differs is told again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from bot.store import key_value
from bot.store.database import Database

MENUS_KEY = "menus"
DESCRIPTIONS = ("description:", "short:")


@dataclass(frozen=True, slots=True)
class SetText:
    """A name or description at one place: the fingerprint of what we set last (None: nothing), and our last attempt.

    `owners`: it shows what somebody else has written there, before us or since; that was said.
    """

    fingerprint: str | None = None
    tried_at: float | None = None
    owners: bool = False


@dataclass(frozen=True, slots=True)
class ShownByTelegram:
    """Fingerprints by the place where each is shown; `bot`: which bot it is that shows them, 0 where nobody knows."""

    bot: int = 0
    menus: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, SetText] = field(default_factory=dict)


class MenuState:
    """Keeps it in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, bot: int) -> ShownByTelegram:
        """Return what this bot was told last; the bot of another token has been told nothing."""
        kept = key_value.get(self._database.reader, MENUS_KEY)
        shown = _read(json.loads(kept)) if kept else ShownByTelegram(bot)
        return shown if shown.bot in (0, bot) else ShownByTelegram(bot)

    async def save(self, shown: ShownByTelegram) -> None:
        """Store what is set now. Raises StoreError."""
        value = json.dumps(asdict(shown), sort_keys=True)
        await self._database.write(partial(key_value.put, name=MENUS_KEY, value=value))


def _read(kept: dict[str, Any]) -> ShownByTelegram:
    if "menus" in kept:
        texts = {place: SetText(**one) for place, one in kept["texts"].items()}
        return ShownByTelegram(kept["bot"], kept["menus"], texts)
    # of an older version: fingerprints alone, descriptions among them
    texts = {place: SetText(one) for place, one in kept.items() if place.startswith(DESCRIPTIONS)}
    menus = {place: one for place, one in kept.items() if not place.startswith(DESCRIPTIONS)}
    return ShownByTelegram(menus=menus, texts=texts)
