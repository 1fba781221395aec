"""The lines of an order's history for a step that a GET showed, and for the steps that were skipped before it. Pure."""

from bot.tracking.model import HistoryEntry
from bot.tracking.statuses import ON_ROUTE, TABLE, is_further


def steps(known: str | None, shown: str) -> tuple[HistoryEntry, ...]:
    """Return the history of a step that a GET showed: before it, the statuses that were skipped, as unseen."""
    if known == shown:
        return ()
    skipped = _between(known, shown)
    unseen = (HistoryEntry("unseen", known, shown, ", ".join(skipped)),) if skipped else ()
    return (*unseen, HistoryEntry("seen", known, shown))


def _between(known: str | None, shown: str) -> list[str]:
    """List the usual statuses between two; none where the order can end at any time."""
    if known is None or shown in {"CANCELED", "IDLE"} or not is_further(shown, known):
        return []
    low, high = TABLE[known].rank or 0, TABLE[shown].rank or 0
    way = [one for one in TABLE.values() if one.rank is not None and not (one.key and one.name != ON_ROUTE)]
    return [one.name for one in way if one.rank is not None and low < one.rank < high]
