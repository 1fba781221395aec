"""What the card of `/check` is worded from."""

from dataclasses import dataclass, field
from functools import cached_property

from bot.tracking.card_content import CardContent, StaffTold
from bot.tracking.deciding import effective_status
from bot.tracking.lead import Lead
from bot.tracking.model import Chat, Kind, Notice, Order, OrderPk, Receipt, Subscription, SubscriptionId, Ticks, Wall
from bot.tracking.statuses import TABLE, look_up
from bot.words.fluent.emoji import past_key
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup, code
from bot.words.messages.card_context import CardContext
from bot.words.messages.told_lines import Found, ToldRow

_NOBODYS = Chat(0)
_IN_A_GROUP = Chat(-1, "supergroup")


@dataclass(frozen=True, slots=True)
class CardsShown:
    """So many chats whose cards show the same. `status`: what they show, None: they have none yet.

    `order`: with its packages as these cards show them; None: as they are now. `staff`: how many of the chats are
    staff's own.
    """

    chats: int
    is_private: bool = True
    status: str | None = None
    receipt: Receipt | None = None
    lead: Lead = field(default_factory=Lead)
    paused: str | None = None
    order: Order | None = None
    staff: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many chats wait for a number to appear, since when, and when it is asked for again (wall time)."""

    chats: int = 0
    since: Wall | None = None
    next_ask_at: Wall | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """Since when somebody doesn't have the order, when staff were or are alerted, and who is on it (wall time).

    `name`: of who said to be done with the alert; None: nobody did, "": it isn't known any more who.
    """

    since: Wall | None = None
    alerted_at: Wall | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """How many chats have stopped following, and when the last did (wall time)."""

    chats: int
    last_at: Wall


@dataclass(frozen=True, slots=True)
class OrderCheck:
    """What is known of an order at a glance; `order` None: Pick and Pack has never shown it here.

    `number`: as staff have typed it, or the order's. `found`: how its status was found, where no webhook told it.
    `api_error`: why Pick and Pack could not be asked just now.
    `clock_offset`: seconds to add to the order's times on the service's clock to get wall time.
    """

    number: str
    order: Order | None = None
    cards: tuple[CardsShown, ...] = ()
    told: tuple[ToldRow, ...] = ()
    waiting: Waiting = field(default_factory=Waiting)
    staff_told: StaffTold | None = None
    promises: bool = True
    api_error: str | None = None
    clock_offset: float = 0.0
    found: Found | None = None
    missed: Missed = field(default_factory=Missed)
    stopped: Stopped | None = None


@dataclass(frozen=True)
class CheckContext:
    """One check in one language; `now` is wall time."""

    localizer: Localizer
    check: OrderCheck
    order: Order
    now: float

    def clock(self, wall: float) -> Markup:
        """Format a wall time as a clock in the store's zone, with the day where that is not today."""
        return self.localizer.clock(wall, now=self.now)

    def ticks(self, at: Ticks) -> Markup:
        """Format a time on the service's clock in the same way."""
        return self.clock(at + self.check.clock_offset)

    def quoted(self, status: str | None) -> Markup:
        """Return a status in words, with its step where its stage has several; one that has no word as it is."""
        if status is None or status not in TABLE:
            return code(status) if status else self.localizer.html("details-none")
        phrase, step = self.localizer.status_phrase(status), self.localizer.html(past_key(status))
        is_same = look_up(status).key or phrase.casefold() == step.casefold()
        return phrase if is_same else Markup(f"{phrase} ({step})")

    @cached_property
    def card(self) -> CardContext:
        """What a new follower's card would be worded from."""
        return self.card_of(CardsShown(1, status=effective_status(self.order)))

    def card_of(self, shown: CardsShown) -> CardContext:
        """Return what the card of such a chat is worded from: no name that the person has given to the order."""
        order_pk = self.order.id or OrderPk(0)
        follower = Subscription(SubscriptionId(0), 0, order_pk, receipt=shown.receipt, card_lead=shown.lead)
        notice = Notice(0, Kind.CARD, Ticks(self.now), order=order_pk, status=shown.status)
        content = CardContent(lead=shown.lead, promises=self.check.promises, staff_told=self.check.staff_told)
        chat = _NOBODYS if shown.is_private else _IN_A_GROUP
        return CardContext(self.localizer, notice, shown.order or self.order, follower, chat, self.now, "all", content)
