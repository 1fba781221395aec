"""Which menus and descriptions Telegram was given last, so that only what differs is set again."""

import json
from functools import partial

from bot.store import key_value
from bot.store.database import Database

MENUS_KEY = "menus"


class MenuState:
    """Fingerprints of what was set, by the place where it shows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> dict[str, str]:
        """Return what was set last."""
        kept = key_value.get(self._database.reader, MENUS_KEY)
        return {str(place): str(fingerprint) for place, fingerprint in json.loads(kept).items()} if kept else {}

    async def save(self, fingerprints: dict[str, str]) -> None:
        """Keep what is set now. Raises StoreError."""
        value = json.dumps(fingerprints, sort_keys=True)
        await self._database.write(partial(key_value.put, name=MENUS_KEY, value=value))
