"""Log what was left out of Pick and Pack's answers: each thing once, not at every GET."""

import logging
from collections import OrderedDict

from bot.tracking.events import OrderSnapshot, Refusal

log = logging.getLogger(__name__)

MOST_REMEMBERED = 5_000


class RefusalLog:
    """Remembers what it has logged, the newest few thousand, until the process ends."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._logged: OrderedDict[tuple[str, Refusal], None] = OrderedDict()

    def add(self, snapshot: OrderSnapshot) -> None:
        """Log what is new of what this answer's reading left out."""
        for refusal in snapshot.refused:
            known = (snapshot.order_id, refusal) in self._logged
            self._logged[snapshot.order_id, refusal] = None
            self._logged.move_to_end((snapshot.order_id, refusal))
            if not known:
                value = f" ({refusal.value})" if refusal.value else ""
                log.info("Order %s: %s is left out: %s%s", snapshot.order_id, refusal.field, refusal.reason, value)
        while len(self._logged) > self._most:
            self._logged.popitem(last=False)
