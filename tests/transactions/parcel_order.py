"""An order whose services the API shows in one GET after the other, and a chat that is sent whatever is due to it."""

import sqlite3
from dataclasses import replace

from bot.store import chats, orders, outbox
from bot.tracking.events import ShipmentSnapshot
from bot.tracking.link_state import shown_links
from bot.tracking.model import PARCEL_KINDS, Kind, Level, Notice, NoticeId, Order, Priority, Subscription, Ticks
from bot.transactions import delivery_results, follow, record
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.context import DecisionContext
from bot.transactions.follow import FollowRequest, Requester
from tests.builders import CHAT, NOW, decision_context, following, order, row_of, snapshot_of, stored, text_for

GET_SPACING = 100.0  # seconds between two GETs: longer than the API's cache


class ParcelOrder:
    """One order that is on its way, and its first follower; `told` lists what that chat was sent besides states."""

    def __init__(self, connection: sqlite3.Connection, status: str = "ON_ROUTE", level: Level = Level.EVERY) -> None:
        self.connection = connection
        self.now = NOW
        self.sent: list[Notice] = []
        self.perhaps: list[tuple[int, Notice]] = []  # after how many that were sent, and what nobody knows of
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

    @property
    def told(self) -> list[tuple[Kind, str | None]]:
        return [one for one in self.told_to(CHAT) if one[0] is not Kind.STATE]

    def told_to(self, chat_id: int) -> list[tuple[Kind, str | None]]:
        return [(one.kind, one.shipment) for one in self.sent if one.chat_id == chat_id]

    @property
    def shown_links(self) -> dict[str, str]:
        """The links that the state message shows now, by shipment key."""
        return dict(shown_links(self.subscription.shown_parcels))

    @property
    def kinds(self) -> list[Kind]:
        return [kind for kind, _ in self.told]

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

    def send_all(self, *, ending: str = "sent", stale: bool = False) -> None:
        """Send what is due. `ending`: what becomes of each message; what nobody knows of is not shown."""
        for _ in range(50):
            claimed = [one for one in map(self.claim, self.due()) if one is not None]
            if not claimed:
                return
            for one in claimed:
                aged = {"stale_age": 60.0} if stale and "asked_at" in one.notice.payload else {}
                shown = replace(one, notice=replace(one.notice, payload={**one.notice.payload, **aged}))
                self.end(shown, "sent" if one.notice.unknown_outcomes else ending)
        raise AssertionError("the outbox never gets empty")

    def due(self) -> list[NoticeId]:
        found = (
            outbox.due(self.connection, self.now + 20, priority=priority, without=(), limit=50) for priority in Priority
        )
        return [number for rows in found for number, _ in rows]

    def claim(self, number: NoticeId) -> ClaimedNotice | None:
        return delivery_results.claim(self.connection, number, context=self.context)

    def end(self, claimed: ClaimedNotice, ending: str) -> None:
        """The message was sent, certainly not sent, perhaps sent, or the process was killed meanwhile."""
        if ending in {"killed", "unknown"} and claimed.notice.kind in PARCEL_KINDS:
            self.perhaps.append((len(self.sent), claimed.notice))
        match ending:
            case "killed" if claimed.notice.kind in PARCEL_KINDS:
                delivery_results.release_at_start(self.connection, context=self.context)
            case "unknown" if claimed.notice.kind in PARCEL_KINDS:
                delivery_results.mark_unknown(
                    self.connection, claimed, text_for(claimed.order), "time-out", context=self.context
                )
            case "not sent":
                delivery_results.mark_not_sent(self.connection, claimed, context=self.context)
            case _:
                self.mark_sent(claimed)

    def mark_sent(self, claimed: ClaimedNotice) -> None:
        self.sent.append(claimed.notice)
        message = claimed.notice.payload.get("message_id", claimed.notice.id)
        delivery_results.mark_sent(self.connection, claimed, text_for(claimed.order), message, context=self.context)

    def kind_of(self, number: NoticeId) -> Kind | None:
        found = outbox.load(self.connection, number)
        return found.kind if found is not None else None

    def chat_of(self, number: NoticeId) -> int | None:
        found = outbox.load(self.connection, number)
        return found.chat_id if found is not None else None
