"""Which command menus and descriptions were last set at Telegram, so that only those that differ are set again."""

import json
from functools import partial

from bot.store import key_value
from bot.store.database import Database

MENUS_KEY = "menus"


class MenuState:
    """Fingerprints of what was set, by the place where it is shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> dict[str, str]:
        """Return what was set last."""
        kept = key_value.get(self._database.reader, MENUS_KEY)
        return {str(place): str(fingerprint) for place, fingerprint in json.loads(kept).items()} if kept else {}

    async def save(self, fingerprints: dict[str, str]) -> None:
        """Store what is set now. Raises StoreError."""
        value = json.dumps(fingerprints, sort_keys=True)
        await self._database.write(partial(key_value.put, name=MENUS_KEY, value=value))
