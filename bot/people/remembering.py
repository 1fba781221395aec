"""What must be known after a restart of the talk with Telegram: updates handled, menus set."""

import json
import logging
from functools import partial

from bot.process.clock import Clock
from bot.store import facts
from bot.store.database import Database
from bot.store.errors import StoreTrouble

__all__ = ["Database", "Remembering"]

log = logging.getLogger(__name__)
MENUS_FACT = "menus"


class Remembering:
    """Asks and keeps; a store that can't be written makes it forgetful, never silent."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def first_time(self, update_id: int) -> bool:
        """True if this update has not been handled yet; from now on it has."""
        try:
            return await self._database.write(partial(facts.first_time, update_id=update_id, now=self._clock.now()))
        except StoreTrouble as trouble:
            # its handler will find the same trouble and say so to the person, which beats saying nothing
            log.warning("Update %s could not be remembered: %s", update_id, trouble)
            return True

    def menus(self) -> dict[str, str]:
        """What was set last of menus and descriptions: fingerprints by place."""
        kept = facts.get(self._database.reader, MENUS_FACT)
        return {str(place): str(print_) for place, print_ in json.loads(kept).items()} if kept else {}

    async def keep_menus(self, prints: dict[str, str]) -> None:
        """What is set now. Raises StoreTrouble."""
        await self._database.write(partial(facts.put, name=MENUS_FACT, value=json.dumps(prints, sort_keys=True)))
