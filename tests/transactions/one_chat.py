"""One chat that follows one order: the order moves, what waits is claimed, and the call ends in one way or another."""

import sqlite3
from dataclasses import replace
from typing import Any

from bot.store import chats, orders, outbox
from bot.tracking.model import Kind, Level, Notice, NoticeId, NoticeState, Order, Subscription
from bot.transactions import delivery_results
from bot.transactions.claimed_notice import ClaimedNotice
from bot.transactions.claiming import claim
from bot.transactions.context import DecisionContext
from bot.transactions.reconcile import reconcile_chat
from tests.builders import CHAT, NOW, decision_context, following, order, row_of, stored, text_for

OLD_CARD, NEW_CARD = 77, 90  # the message that is the living card at first, and the next one that is sent
SUPERGROUP = -1007
WIRE = ("sent", "unknown", "not sent", "held up", "gone", "moved", "failed", "target gone", "closed", "killed")


class OneChat:
    """`now` goes on by 100 seconds with each move of the order, so that nothing has to settle."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        status: str = "PICKING",
        *shipments: Any,
        told: str | None = "PICKING",
        level: Level = Level.MAIN,
        chat_id: int = CHAT,
        **fields: Any,
    ) -> None:
        self.connection, self.chat_id, self.now = connection, chat_id, float(NOW)
        self.row = row_of(stored(connection, order(status, *shipments, **{"confirmed_at": NOW, **fields})))
        following(connection, self.order, chat_id, told=told, level=level)
        self.next_message = NEW_CARD

    @property
    def context(self) -> DecisionContext:
        return decision_context(self.now)

    @property
    def order(self) -> Order:
        found = orders.load_by_id(self.connection, self.row)
        assert found is not None
        return found

    @property
    def subscription(self) -> Subscription:
        found = chats.subscription_of(self.connection, self.chat_id, self.row)
        assert found is not None
        return found

    @property
    def living(self) -> int | None:
        """The message that is the living card."""
        return self.subscription.notified_message_id

    @property
    def paused(self) -> str | None:
        chat = chats.load(self.connection, self.chat_id)
        return chat.paused if chat is not None else None

    def moves(self, status: str | None = None, **changes: Any) -> None:
        """The order changes, and what that means to the chat is put into the outbox."""
        self.now += 100
        known = self.order
        changes |= {"status": status} if status is not None else {}
        orders.save(self.connection, replace(known, **changes), before=known, now=self.now)
        self.compare()

    def compare(self) -> None:
        reconcile_chat(self.connection, self.chat_id, self.row, self.context)

    def open(self, kind: Kind | None = None) -> list[Notice]:
        """What waits to be sent about the order, the oldest first."""
        rows = outbox.open_notices(self.connection, self.chat_id, self.row)
        return [one for one in rows if one.state is NoticeState.OPEN and kind in {None, one.kind}]

    @property
    def waiting(self) -> list[Kind]:
        return [one.kind for one in self.open()]

    @property
    def folds(self) -> list[int]:
        """The messages that are to be folded."""
        return [one.payload["message_id"] for one in self.open(Kind.FOLD)]

    def claims(self, kind: Kind = Kind.CARD) -> ClaimedNotice:
        """Take the only one of a kind that waits for sending."""
        [waits] = self.open(kind)
        assert waits.id is not None
        claimed = self.try_claim(waits.id)
        assert claimed is not None
        return claimed

    def try_claim(self, number: NoticeId) -> ClaimedNotice | None:
        return claim(self.connection, number, self.chat_id, self.context)

    def ends(self, claimed: ClaimedNotice, ending: str = "sent") -> None:
        """Let the call end in this way; what is sent gets the next message id."""
        connection, context = self.connection, self.context
        match ending:
            case "sent":
                message = claimed.target
                if message is None:
                    message, self.next_message = self.next_message, self.next_message + 1
                delivery_results.mark_sent(connection, claimed, text_for(claimed.order), message, context=context)
            case "unknown":
                delivery_results.mark_unknown(connection, claimed, "time-out", context=context)
            case "not sent":
                delivery_results.mark_not_sent(connection, claimed, context=context)
            case "held up":
                delivery_results.mark_rate_limited(connection, claimed, until=None, context=context)
            case "gone":
                delivery_results.mark_gone(connection, claimed, "blocked", context=context)
            case "moved":
                delivery_results.mark_moved(connection, claimed, SUPERGROUP, context=context)
            case "failed":
                delivery_results.mark_failed(connection, claimed, "can't parse entities", context=context)
            case "target gone":
                delivery_results.mark_target_gone(connection, claimed, context=context)
            case "closed":
                delivery_results.mark_closed(connection, claimed, "x", context=context)
            case "killed":
                delivery_results.release_at_start(connection, context=context)

    def sends(self, kind: Kind = Kind.CARD, ending: str = "sent") -> ClaimedNotice:
        """Claim what waits, and let the call end."""
        claimed = self.claims(kind)
        self.ends(claimed, ending)
        return claimed

    def state_of(self, claimed: ClaimedNotice) -> tuple[str, str | None]:
        found = self.connection.execute("SELECT * FROM outbox WHERE id = ?", (claimed.notice.id,)).fetchone()
        return found["state"], found["reason"]


def shows(known: Order) -> str | None:
    """The fingerprint of a card that shows the order as it is."""
    return text_for(known).fingerprint
