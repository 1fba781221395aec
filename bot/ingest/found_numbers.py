"""Remembers whether the API has found any order since the start: one that finds none may be another account's."""

from bot.ingest.api_judgement import NOBODYS_ORDER

MOST_KEPT = 100


class FoundNumbers:
    """The numbers that were not found, as long as none was."""

    def __init__(self) -> None:
        self.any_found = False
        self._missing = set[str]()

    @property
    def missing(self) -> int:
        """How many different numbers were not found, while none was."""
        return len(self._missing)

    def note(self, order_id: str, *, found: bool) -> None:
        """Note an answer about a number; that of nobody is asked to be not found."""
        if found:
            self.any_found = True
            self._missing.clear()
        elif not self.any_found and order_id != NOBODYS_ORDER and len(self._missing) < MOST_KEPT:
            self._missing.add(order_id)
