"""A database as the version before living cards left it: bubbles in its chats, rows of every old kind, old levels.

It is written with SQL, since this program can't write it any more.
"""

import json
import sqlite3
from pathlib import Path

from sqlite_utils import Database as Tables

from bot.store.migrations import migrations
from tests.builders import CHAT, HOST, NOW

BUBBLE = 77
TOLD_AT = NOW - 3600
NEWS = (
    "state",
    "incident",
    "hold",
    "solved",
    "parcel-delivered",
    "parcel-returned",
    "parcel-mistaken",
    "link",
    "reminder",
    "late",
)
OF_THEIR_OWN = ("note", "archived", "never-seen", "alert")


class BeforeCards:
    """A file with the old tables; what is put into it is what that version would have stored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = sqlite3.connect(folder / "bot.db")
        migrations.apply(Tables(self.connection), stop_before="living_cards")

    def close(self) -> None:
        """Leave it to the next version."""
        self.connection.commit()
        self.connection.close()

    def chat(self, chat_id: int = CHAT, *, level: str = "every") -> None:
        self.connection.execute(
            "INSERT INTO chats (chat_id, kind, level, made_at) VALUES (?, ?, ?, ?)",
            (chat_id, "private" if chat_id > 0 else "group", level, NOW),
        )

    def order(self, status: str, number: str = "1001-01", **shipments: str) -> int:
        """Store an order; `shipments`: the status of each, by its key."""
        made = self.connection.execute(
            "INSERT INTO orders (hostname, order_id, status, state, seen_at, confirmed_at, asked_at, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (HOST, number, status, status, TOLD_AT, TOLD_AT, TOLD_AT, TOLD_AT),
        )
        order: int = made.fetchone()[0]
        for position, (key, its_status) in enumerate(shipments.items(), 1):
            self.connection.execute(
                'INSERT INTO shipments ("order", key, position, status, service_id) VALUES (?, ?, ?, ?, ?)',
                (order, key, position, its_status, key),
            )
        return order

    def follows(
        self,
        order: int,
        told: str | None = None,
        *,
        chat_id: int = CHAT,
        level: str = "every",
        perhaps: str | None = None,
        bubble: int | None = BUBBLE,
        troubles: dict[str, str] | None = None,
        parcels: dict[str, str] | None = None,
    ) -> None:
        """Let the chat follow the order; `told` stands in the message `bubble`, `perhaps` was perhaps seen since."""
        self.connection.execute(
            'INSERT INTO subscriptions (chat_id, "order", level, told_status, perhaps_status, told_message_id, '
            "told_sent_at, told_troubles, told_parcels, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                chat_id,
                order,
                level,
                told,
                perhaps,
                bubble if told else None,
                TOLD_AT if told else None,
                json.dumps(troubles or {}),
                json.dumps(parcels or {}),
                TOLD_AT,
            ),
        )

    def row(
        self,
        kind: str,
        order: int | None,
        *,
        chat_id: int = CHAT,
        state: str = "open",
        answer: bool = False,
        message: int | None = None,
        due_at: float = NOW,
        **payload: object,
    ) -> int:
        """Put a row into the outbox; `message`: the one that it became."""
        made = self.connection.execute(
            'INSERT INTO outbox (chat_id, "order", kind, lane, status, back_from, shipment, payload, sound, answer, '
            "state, due_at, made_at, claim, message_id, done_at) "
            "VALUES (?, ?, ?, ?, 'PICKING', 'PACKING', 's1', ?, 1, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                chat_id,
                order,
                kind,
                2 if kind == "edit" else int(not answer),
                json.dumps(payload),
                int(answer),
                state,
                due_at,
                NOW,
                5 if state == "claimed" else None,
                message,
                NOW if state in {"sent", "closed", "aside"} else None,
            ),
        )
        number: int = made.fetchone()[0]
        return number

    def awaits(self, number: str, *, level: str, chat_id: int = CHAT) -> None:
        self.connection.execute(
            "INSERT INTO awaited (chat_id, number, candidate, level, ends_at, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (chat_id, number, number, level, NOW + 3600, NOW),
        )
