"""What a card is worded from, beside the order: pure data, put together where its row is claimed."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.tracking.lead import Lead
from bot.tracking.model import Wall


class Page(StrEnum):
    """Which buttons a card has."""

    CARD = "card"
    MORE = "more"


class FoldReason(StrEnum):
    """Why a card is folded."""

    NEWER = "newer"  # a newer card follows
    STOPPED = "stopped"
    ARCHIVED = "archived"


class StaffTold(StrEnum):
    """Whether the store's staff know that somebody doesn't have what is reported as delivered."""

    TOLD = "told"
    LATER = "later"  # outside the store's hours
    NOBODY = "nobody"  # nobody can be reached


@dataclass(frozen=True, slots=True)
class PastStep:
    """A stored line of an order's history; see HistoryEntry."""

    at: Wall
    kind: str
    old: str | None
    new: str | None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card, an edit or a fold is worded from, beside the order: as it was when the row was claimed.

    `history`: the newest first; of a fold up to when its card was last right. `checked_at`: when the API was last
    asked, where a person wanted that. `is_stale`: the API has not answered yet; `age`: how old what is known is, in
    seconds, where that is known. `promises`: the API can be asked, so that a link may come. `says_levels`: it says
    that /settings has every step. `fold`: why this is a folded card. `staff_told`: of Receipt.MISSING; None: nothing is
    said of it.
    """

    lead: Lead = field(default_factory=Lead)
    history: tuple[PastStep, ...] = ()
    page: Page = Page.CARD
    checked_at: Wall | None = None
    is_stale: bool = False
    age: float | None = None
    promises: bool = True
    says_levels: bool = False
    fold: FoldReason | None = None
    staff_told: StaffTold | None = None
