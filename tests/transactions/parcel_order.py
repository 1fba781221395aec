"""An order whose services the API shows in one GET after the other, and chats that are sent whatever is due to them."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from bot.store import chats, orders, outbox
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.lead import News
from bot.tracking.link_state import held_links
from bot.tracking.model import Kind, Level, NoticeId, Order, Priority, Subscription, Ticks
from bot.transactions import delivery_results, follow, record
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from bot.transactions.context import DecisionContext
from bot.transactions.follow import FollowRequest, Requester
from tests.builders import CHAT, NOW, decision_context, following, order, row_of, snapshot_of, stored, text_for

GET_SPACING = 100.0  # seconds between two GETs: longer than the API's cache


class ParcelOrder:
    """One order that is on its way, and its first follower; `sent` lists what was sent, as it was claimed."""

    def __init__(self, connection: sqlite3.Connection, status: str = "ON_ROUTE", level: Level = Level.EVERY) -> None:
        self.connection = connection
        self.now = NOW
        self.sent: list[ClaimedNotice] = []
        self.perhaps: list[tuple[int, ClaimedNotice]] = []  # after how many that were sent, and what nobody knows of
        self.shown: dict[int, Order] = {}  # the order as a chat's card shows it
        self.staff: tuple[int, ...] = ()
        self.row = row_of(stored(connection, order(status, changed_at=NOW)))
        following(connection, self.order, told=status, level=level)

    @property
    def order(self) -> Order:
        found = orders.load_by_id(self.connection, self.row)
        assert found is not None
        return found

    @property
    def subscription(self) -> Subscription:
        found = chats.subscription_of(self.connection, CHAT, self.row)
        assert found is not None
        return found

    def cards(self, chat_id: int = CHAT) -> list[ClaimedNotice]:
        """The cards that a chat was sent."""
        return [one for one in self.sent if one.notice.kind is Kind.CARD and one.notice.chat_id == chat_id]

    def told(self, chat_id: int = CHAT) -> list[tuple[News, str]]:
        """What the cards of a chat have told of the packages, in this order."""
        return [(news, key) for one in self.cards(chat_id) for key, news in one.content.lead.news.items()]

    @property
    def news(self) -> list[News]:
        return [news for news, _ in self.told()]

    @property
    def links(self) -> list[tuple[str, ...]]:
        """The packages whose late link a card has told, by card."""
        return [one.content.lead.links for one in self.cards() if one.content.lead.links]

    def states(self, chat_id: int = CHAT) -> list[tuple[str | None, str | None]]:
        """The cards that have told another state than the chat knew: the state, and what it takes back."""
        return [(one.notice.status, one.content.lead.reverted_from) for one in self.cards(chat_id) if _is_state(one)]

    @property
    def edits(self) -> int:
        return sum(one.notice.kind is Kind.EDIT for one in self.sent)

    @property
    def shown_links(self) -> dict[str, str]:
        """The links that the card shows now, by shipment key."""
        return held_links(self.shown[CHAT])

    @property
    def context(self) -> DecisionContext:
        return replace(decision_context(self.now, debounce=0.0), staff=self.staff)

    def shows(
        self, *services: ShipmentSnapshot, status: str = "ON_ROUTE", after: float = GET_SPACING, send: bool = True
    ) -> None:
        """The API answers a GET; then whatever is due is sent."""
        self.now += after
        snapshot = snapshot_of(status, *services)
        record.apply_snapshot(self.connection, snapshot, self.context, sent_at=Ticks(self.now), known=self.row)
        if send:
            self.send_all()

    def follows(self, chat_id: int = CHAT) -> None:
        """Somebody follows; the answer waits for the API."""
        request = FollowRequest(Requester(chat_id, chat_id), self.order.order_id, (self.order.order_id,))
        follow.follow(self.connection, request, self.order, self.context, waits_for_api=True, fresh=False)

    def send_all(self, *, ending: str = "sent") -> None:
        """Send what is due. `ending`: what becomes of each card at first; what nobody knows of is sent again."""
        ended: set[NoticeId | None] = set()
        for _ in range(50):
            claimed = list(self._claim_due())
            if not claimed:
                return
            for one in claimed:
                is_first = one.notice.kind is Kind.CARD and one.notice.id not in ended
                self.end(one, ending if is_first else "sent")
                ended.add(one.notice.id)
        raise AssertionError("the outbox never gets empty")

    def claim_card(self, chat_id: int = CHAT) -> ClaimedNotice:
        """Take the card of a chat for sending."""
        [found] = [one for one in self._claim_due() if one.notice.chat_id == chat_id and one.notice.kind is Kind.CARD]
        return found

    def _claim_due(self) -> Iterator[ClaimedNotice]:
        """Claim what is due, one a chat at a time."""
        taken: set[int] = set()
        for number, chat_id in self.due():
            claimed = claim(self.connection, number, chat_id, self.context) if chat_id not in taken else None
            if claimed is not None:
                taken.add(chat_id)
                yield claimed

    def due(self) -> list[tuple[NoticeId, int]]:
        found = (
            outbox.due(self.connection, self.now + 20, priority=priority, without=(), limit=50) for priority in Priority
        )
        return [one for rows in found for one in rows]

    def end(self, claimed: ClaimedNotice, ending: str) -> None:
        """The message was sent, certainly not sent, perhaps sent, or the process was killed meanwhile."""
        if ending in {"killed", "unknown"}:
            self.perhaps.append((len(self.sent), claimed))
        match ending:
            case "killed":
                delivery_results.release_at_start(self.connection, context=self.context)
            case "unknown":
                delivery_results.mark_unknown(self.connection, claimed, "time-out", context=self.context)
            case "not sent":
                delivery_results.mark_not_sent(self.connection, claimed, context=self.context)
            case _:
                self.mark_sent(claimed)

    def mark_sent(self, claimed: ClaimedNotice) -> None:
        self.sent.append(claimed)
        if claimed.order is not None and claimed.notice.kind in {Kind.CARD, Kind.EDIT}:
            self.shown[claimed.notice.chat_id] = claimed.order
        message = claimed.target or 1000 + len(self.sent)
        delivery_results.mark_sent(self.connection, claimed, text_for(claimed.order), message, context=self.context)


def _is_state(claimed: ClaimedNotice) -> bool:
    told = claimed.subscription.notified_status if claimed.subscription is not None else None
    return claimed.notice.status != told
