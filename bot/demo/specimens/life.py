"""The life of one order in a chat: time goes on, its past grows, and its card comes, is edited and folds."""

from dataclasses import dataclass, replace
from typing import Any

from bot.demo.samples import NUMBER
from bot.demo.specimens.conversation import Conversation
from bot.tracking.card_content import CardContent, FoldReason, Page, PastStep, StaffTold
from bot.tracking.lead import Lead, News
from bot.tracking.model import (
    Chat,
    Item,
    Kind,
    Level,
    Notice,
    Order,
    OrderPk,
    Receipt,
    Shipment,
    Subscription,
    SubscriptionId,
    Ticks,
    Wall,
)
from bot.tracking.statuses import ON_ROUTE, is_further, look_up
from bot.words.texts import Text

TRACKED = "https://track.example.com/t/{}"
_TEN_MINUTES = 600.0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the living card shows."""

    status: str
    history: tuple[PastStep, ...]


class Life:
    """One order that a chat follows. `way`: the statuses before somebody followed it, the last one it has then."""

    def __init__(
        self,
        chat: Conversation,
        *way: str,
        number: str = NUMBER,
        label: str | None = None,
        level: Level = Level.MAIN,
        verified: bool = False,
        items: tuple[Item, ...] = (),
    ) -> None:
        self.chat, self.number = chat, number
        place = len(chat.followed.lives) + 1
        self.subscription = Subscription(
            SubscriptionId(place), 1, OrderPk(place), label=label, level=level, verified=verified
        )
        chat.followed.lives.append(self)
        self.order = Order("shop", number, id=OrderPk(place), items=items)
        self.history: tuple[PastStep, ...] = ()
        self._card: _Shown | None = None
        self._has_answered = False
        for n, status in enumerate(way, 1):
            self._note(status, Wall(chat.now - _TEN_MINUTES * (len(way) - n) - 120))

    # ── what happens to the order ────────────────────────────────────────────

    def moves(self, status: str, minutes: float = 8, *, seen: bool = False, **order: Any) -> "Life":
        """Let the order come to a status, without showing it; `seen`: nobody told when."""
        self.chat.minutes_later(minutes)
        self._note(status, self.chat.now, seen=seen)
        self.order = replace(self.order, **order)
        return self

    def parcel(
        self, n: int, status: str, *, courier: str | None = None, link: bool = False, minutes: float = 2
    ) -> "Life":
        """Let package `n` come to a status, without showing it."""
        self.chat.minutes_later(minutes)
        key = f"S{n}"
        known = {one.key: one for one in self.order.shipments}
        before = known.get(key, Shipment(key, n, ""))
        after = replace(
            before,
            status=status,
            courier=courier or before.courier,
            link=TRACKED.format(n) if link else before.link,
        )
        if before.status != status:
            line = PastStep(self.chat.now, "service", before.status or None, status, key)
            self.history = (line, *self.history)
        shipments = sorted((known | {key: after}).values(), key=lambda one: one.position)
        self.order = replace(self.order, shipments=tuple(shipments))
        return self

    def _note(self, status: str, at: Wall, *, seen: bool = False) -> None:
        before = self.order.status
        self.history = (PastStep(at, "seen" if seen else "heard", before, status), *self.history)
        since, observed = (None, at) if seen else (at, at)
        self.order = replace(self.order, status=status, previous=before, since=since, observed_at=observed)

    # ── what the chat shows of it ────────────────────────────────────────────

    def answers(self) -> None:
        """Show the card as the answer to what somebody has just done; in full only once."""
        if self._has_answered:
            self.chat.remarks("(the order’s card comes once more, as above)")
        else:
            self._has_answered = True
            self._new_card("", Lead(first=self._card is None))

    def arrives(self, did: str, **content: Any) -> None:
        """Show the first card, after somebody did this."""
        self._new_card(did, content.pop("lead", Lead(first=True)), **content)

    def steps(self, status: str, minutes: float = 8, *, seen: bool = False, **order: Any) -> None:
        """Let the order come to a status, and show it as this chat's level has it."""
        before = look_up(self.order.status or "")
        self.moves(status, minutes, seen=seen, **order)
        now, level = look_up(status), self.subscription.level
        if now.key:
            self.rings()
        elif level is Level.EVERY or (level is Level.MAIN and now.stage is not before.stage):
            self.comes_silently()
        else:
            self.is_edited()

    def rings(self, **content: Any) -> None:
        """Send a new card with sound."""
        self._new_card(f"({self.chat.clock}, later, with sound)", content.pop("lead", Lead()), **content)

    def comes_silently(self, **content: Any) -> None:
        """Send a new card without sound."""
        self._new_card(f"({self.chat.clock}, later, silent)", content.pop("lead", Lead()), **content)

    def goes_back(self, status: str, minutes: float = 8, *, told: str | None = None, **order: Any) -> None:
        """Let the order come to another status than what the chat was told, and send a card that takes it back."""
        told = told or self.order.status
        key = look_up(told or "").key
        self.moves(status, minutes, **order)
        (self.rings if key else self.comes_silently)(lead=Lead(reverted_from=told))

    def news(self, n: int, news: News, *, sound: bool = True, **content: Any) -> None:
        """Send a card about one package."""
        (self.rings if sound else self.comes_silently)(lead=Lead(news={f"S{n}": news}), **content)

    def is_edited(self, did: str = "", *, toast: str = "", **content: Any) -> None:
        """Edit the living card; `toast`: the key of what a press shows besides."""
        did = did or f"({self.chat.clock}, later, silent: the card above is edited)"
        text = self._text(Kind.EDIT, CardContent(history=self.history, **content))
        self.chat.turns_to(did, text, toast=toast)
        self._card = _Shown(self._status, self.history)

    def presses(self, key: str, toast: str = "", **content: Any) -> None:
        """Press a button of the living card, which is then edited; `toast`: the key of what the press shows."""
        did = f"you press [{self.chat.plain(key)}] (the card above is edited)"
        self.is_edited(did, toast=toast, **content)

    def opens_more(self) -> None:
        """Press More."""
        self.presses("button-more", page=Page.MORE)

    def has_it(self, receipt: Receipt, key: str, told: StaffTold | None = None) -> None:
        """Answer whether somebody has what was delivered."""
        self.subscription = replace(self.subscription, receipt=receipt)
        self.presses(key, "toast-noted", staff_told=told)

    def folds(self, why: FoldReason = FoldReason.NEWER, how: str = "(the card before it folds)") -> None:
        """Fold the card that is not the living one any more."""
        if self._card is not None:
            content = CardContent(history=self._card.history, fold=why)
            self.chat.turns_to(how, self._text(Kind.FOLD, content, status=self._card.status))
            self._card = None

    def named(self, label: str) -> None:
        """Reply to the question for a name, and see it on the card."""
        self.subscription = replace(self.subscription, label=label)
        self.is_edited(f"you reply to it: {label} (the card above is edited)")

    def sends(self, kind: Kind, did: str, *, row: int | None = None, **payload: Any) -> None:
        """Send another message about the order. `row`: of an alert that can be muted and done."""
        self.chat.turns_to(did, self._text(kind, CardContent(), payload=payload, row=row))

    def _new_card(self, did: str, lead: Lead, **content: Any) -> None:
        text = self._text(Kind.CARD, CardContent(lead=lead, history=self.history, **content))
        self.chat.turns_to(did, text)
        self.folds()
        self._card = _Shown(self._status, self.history)

    @property
    def _status(self) -> str:
        """The status that a card shows: a package that left the store takes the order with it."""
        own = self.order.status or ""
        left = any(one.implies_on_route for one in self.order.shipments)
        return ON_ROUTE if left and is_further(ON_ROUTE, own) else own

    def _text(
        self,
        kind: Kind,
        content: CardContent,
        *,
        status: str | None = None,
        payload: dict[str, Any] | None = None,
        row: int | None = None,
    ) -> Text:
        notice = Notice(1, kind, Ticks(0.0), order=self.order.id, status=status, payload=payload or {}, alert=row)
        chat = Chat(1, self.chat.kind, language=self.chat.language)
        return self.chat.renderer.notice(
            notice, self.order, self.subscription, chat, now=self.chat.now, content=content
        )
