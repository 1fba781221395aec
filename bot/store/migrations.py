"""The steps that migrate a database to the tables of this program.

Each step is one transaction: killed in the middle, it starts again. A file that a newer program has migrated further is
refused untouched, since this program can't know what the newer tables mean.
"""

import logging
import sqlite3

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from bot.store.errors import NewerVersionError
from bot.store.first_cards import one_card_for_what_waits
from bot.store.first_schema import SCHEMA
from bot.tracking.order_numbers import core

log = logging.getLogger(__name__)

migrations = Migrations("onroute")
OVERWRITTEN = 1  # PRAGMA user_version of a file without old content in free pages


@migrations()
def first_schema(db: Tables) -> None:
    """Create all tables of version 0.1."""
    for statement in SCHEMA.split(";\n"):
        # one by one: executescript would commit first, and a kill in the middle would leave half a schema
        if statement.strip():
            db.execute(statement)


@migrations()
def awaited_label(db: Tables) -> None:
    """Add what a chat calls an order that it awaits."""
    db.execute("ALTER TABLE awaited ADD COLUMN label TEXT")


@migrations()
def couriers_own_tracking(db: Tables) -> None:
    """Add the courier's own number and status of a shipment, which staff see."""
    db.execute("ALTER TABLE shipments ADD COLUMN tracking_id TEXT")
    db.execute("ALTER TABLE shipments ADD COLUMN tracking_status TEXT")


@migrations()
def chains_and_ends(db: Tables) -> None:
    """Add the steps of the last day, the chain of deferred webhooks, and what brought a final status."""
    for column in (
        "pairs TEXT NOT NULL DEFAULT '[]'",  # like recent, but of a day: [[old, new, at], ...]
        "chain TEXT NOT NULL DEFAULT '[]'",  # like recent: its first webhook and its last
        "chain_due_at REAL",
        "by_chain INTEGER NOT NULL DEFAULT 0",
        "ended TEXT NOT NULL DEFAULT '[]'",  # like recent: at most one
        "diverged_at REAL",
    ):
        db.execute(f"ALTER TABLE orders ADD COLUMN {column}")
    db.execute("CREATE INDEX orders_by_chain ON orders (chain_due_at) WHERE chain_due_at IS NOT NULL")


@migrations()
def awaited_answers(db: Tables) -> None:
    """Add when the API last answered about an awaited number, and the wait that was meant to follow."""
    db.execute("ALTER TABLE awaited ADD COLUMN answered_at REAL")
    db.execute("ALTER TABLE awaited ADD COLUMN wait REAL NOT NULL DEFAULT 0")


@migrations()
def told_parcels(db: Tables) -> None:
    """Add what each chat was told of each package, and by what a service is known besides its place in the list.

    How packages are now counts as told, except for what waits to be told.
    """
    for column in ("service_id TEXT", "status_at REAL", "linkless_since REAL"):
        db.execute(f"ALTER TABLE shipments ADD COLUMN {column}")
    for column in ("told_parcels", "told_packages"):
        db.execute(f"ALTER TABLE subscriptions ADD COLUMN {column} TEXT NOT NULL DEFAULT '{{}}'")
    db.execute("UPDATE shipments SET service_id = key WHERE key NOT LIKE '#%'")
    db.execute(
        "UPDATE subscriptions SET told_parcels = coalesce((SELECT json_group_object(key, lower(status)) FROM shipments "
        "WHERE shipments.\"order\" = subscriptions.\"order\" AND status IN ('ASSIGNED', 'DELIVERED', 'RETURNED') "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat_id = subscriptions.chat_id "
        'AND outbox."order" = subscriptions."order" AND outbox.shipment = shipments.key '
        "AND outbox.state IN ('open', 'claimed') AND outbox.kind IN ('assigned', 'parcel-delivered', 'parcel-returned')"
        ")), '{}')"
    )


@migrations()
def orders_by_poll(db: Tables) -> None:
    """Find the orders that the API has answered about, the latest first."""
    db.execute("CREATE INDEX orders_by_poll ON orders (asked_at) WHERE asked_at IS NOT NULL")


@migrations()
def counted_lookups(db: Tables) -> None:
    """Count what people look up, under pseudonyms: it bounds what can be guessed, over restarts too."""
    db.execute(
        "CREATE TABLE lookups ("
        "person TEXT NOT NULL, "  # a keyed hash of the person's id
        "kind TEXT NOT NULL, "  # order, not-found, failure
        "mark TEXT, "  # a hash of the person and the order or the message: the same counts once
        "at REAL NOT NULL, "
        "UNIQUE (person, kind, mark)) STRICT"
    )
    db.execute("CREATE INDEX lookups_by_age ON lookups (at)")
    db.execute("ALTER TABLE awaited ADD COLUMN counted_for TEXT")  # the pseudonym of whose limit it counts for


@migrations()
def no_labels_in_groups(db: Tables) -> None:
    """Delete what a group's members called their orders: it is shown to nobody there."""
    for table in ("subscriptions", "awaited"):
        db.execute(f"UPDATE {table} SET label = NULL WHERE chat_id < 0")  # noqa: S608 - the loop's own names


@migrations()
def orders_without_case(db: Tables) -> None:
    """Find orders by their number however its letters are written."""
    db.execute("CREATE INDEX orders_without_case ON orders (order_id COLLATE NOCASE)")


@migrations()
def inbox(db: Tables) -> None:
    """Add the updates that are kept before they are confirmed to Telegram, until they have been handled."""
    db.execute(
        """
        CREATE TABLE inbox (
            update_id INTEGER PRIMARY KEY,    -- Telegram's, and so their order
            chat_id INTEGER,                  -- no reference: the chat may not be known yet
            body TEXT NOT NULL,               -- Telegram's JSON, in which the digits of cards, phones … are zeros
            starts INTEGER NOT NULL DEFAULT 0,      -- how often it was handled anew, as the process had ended amid it
            at REAL NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX inbox_by_chat ON inbox (chat_id)")


@migrations()
def newer_than_the_call(db: Tables) -> None:
    """Add what tells an old call's outcome from newer knowledge: of a chat when it was last met, of a row its claim.

    Both are random and only compared: rows and chats that were deleted come again under the same numbers.
    """
    db.execute("ALTER TABLE chats ADD COLUMN met INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE outbox ADD COLUMN claim INTEGER")


@migrations()
def order_aliases(db: Tables) -> None:
    """Add the other numbers under which the API has answered with an order."""
    db.execute(
        "CREATE TABLE order_aliases ("
        "alias TEXT PRIMARY KEY COLLATE NOCASE, "
        '"order" INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID'
    )
    db.execute('CREATE INDEX order_aliases_by_order ON order_aliases ("order")')


@migrations()
def awaited_without_case(db: Tables) -> None:
    """Find awaited numbers however their letters are written."""
    db.execute("CREATE INDEX awaited_without_case ON awaited (candidate COLLATE NOCASE)")


@migrations()
def order_cores(db: Tables) -> None:
    """Add the core of each order's number, by which its other spellings are found."""
    db.execute(
        "CREATE TABLE order_cores ("
        '"order" INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE, '
        "core TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX order_cores_by_core ON order_cores (core)")
    for order_pk, number in db.execute("SELECT id, order_id FROM orders").fetchall():
        db.execute('INSERT INTO order_cores ("order", core) VALUES (?, ?)', (order_pk, core(number)))


@migrations()
def what_updates_have_done(db: Tables) -> None:
    """Add what an update has done already, of which its sender is still to be told (JSON)."""
    db.execute("ALTER TABLE inbox ADD COLUMN done TEXT")


@migrations()
def living_cards(db: Tables) -> None:
    """Add what a living card shows; the last message about each order is its card from now on.

    Every step was everybody's default, so nobody is known to have chosen it; the next card says that it is less now.
    """
    for column in (
        "card_hash TEXT",  # of text and buttons; NULL while nobody knows
        "card_status TEXT",
        "card_shown_at REAL",
        "card_facts TEXT",  # a fingerprint of what it shows of the order
        "card_lead TEXT NOT NULL DEFAULT '{}'",  # why it was sent
        "receipt TEXT",  # what somebody answered to "delivered"
    ):
        db.execute(f"ALTER TABLE subscriptions ADD COLUMN {column}")
    db.execute("UPDATE subscriptions SET told_status = coalesce(told_status, perhaps_status)")
    db.execute("UPDATE subscriptions SET card_status = told_status, card_shown_at = told_sent_at")
    for column in ("quiet_nights", "levels_changed"):
        db.execute(f"ALTER TABLE chats ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
    db.execute(
        "UPDATE chats SET levels_changed = 1 WHERE chat_id IN (SELECT chat_id FROM subscriptions WHERE level = 'every')"
    )
    for table in ("chats", "subscriptions", "awaited"):
        db.execute(f"UPDATE {table} SET level = 'main' WHERE level = 'every'")  # noqa: S608 - the loop's own names
    one_card_for_what_waits(db)
    for column in ("perhaps_status", "told_packages"):
        db.execute(f"ALTER TABLE subscriptions DROP COLUMN {column}")
    for column in ("back_from", "shipment", "answer"):
        db.execute(f"ALTER TABLE outbox DROP COLUMN {column}")


@migrations()
def receipt_alerts(db: Tables) -> None:
    """Add of which orders staff were alerted that somebody doesn't have them, and when the alert is due."""
    db.execute(
        "CREATE TABLE receipt_alerts ("
        '"order" INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE, '
        "due_at REAL NOT NULL) STRICT, WITHOUT ROWID"
    )


@migrations()
def events_of_notices(db: Tables) -> None:
    """Add which lines of the history a notice tells, so that the log leads from a webhook to its message."""
    db.execute("ALTER TABLE outbox ADD COLUMN events TEXT NOT NULL DEFAULT ''")  # keys, a blank between them


@migrations()
def open_alerts(db: Tables) -> None:
    """Add which alerts staff were given, which messages show each, and who has muted a kind for a while."""
    db.execute(
        "CREATE TABLE alerts (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, "
        '"order" INTEGER REFERENCES orders (id) ON DELETE CASCADE, started_at REAL NOT NULL, '
        "ended_at REAL, "  # of what has no end of its own: when it started
        "done_at REAL, done_by INTEGER, done_name TEXT) STRICT"
    )
    db.execute("CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE ended_at IS NULL")
    db.execute('CREATE INDEX alerts_by_order ON alerts ("order") WHERE "order" IS NOT NULL')
    db.execute(
        "CREATE TABLE alert_mutes ("
        "chat_id INTEGER NOT NULL REFERENCES chats (chat_id) ON DELETE CASCADE ON UPDATE CASCADE, "
        "kind TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (chat_id, kind)) STRICT, WITHOUT ROWID"
    )
    db.execute("ALTER TABLE outbox ADD COLUMN alert INTEGER REFERENCES alerts (id) ON DELETE SET NULL")
    db.execute("CREATE INDEX outbox_by_alert ON outbox (alert) WHERE alert IS NOT NULL")


@migrations()
def drafts(db: Tables) -> None:
    """Add what staff have written to followers and not yet confirmed."""
    db.execute(
        "CREATE TABLE drafts (name TEXT PRIMARY KEY, "
        "chat_id INTEGER NOT NULL REFERENCES chats (chat_id) ON DELETE CASCADE ON UPDATE CASCADE, "
        "number TEXT NOT NULL, text TEXT NOT NULL, made_at REAL NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX drafts_by_chat ON drafts (chat_id)")


@migrations()
def sent_once(db: Tables) -> None:
    """Add when staff have sent an order's state again, and when a note went out and who sent it."""
    db.execute("ALTER TABLE orders ADD COLUMN resent_at REAL")
    db.execute("ALTER TABLE drafts ADD COLUMN sent_at REAL")
    db.execute("ALTER TABLE drafts ADD COLUMN sent_by INTEGER")


@migrations()
def reports_by_time(db: Tables) -> None:
    """Find what the reports count without reading what has ended: what runs, and what was since a time."""
    db.execute("CREATE INDEX history_by_time ON history (at)")
    db.execute("CREATE INDEX orders_by_age ON orders (made_at)")
    db.execute(
        "CREATE INDEX orders_running ON orders (id) "
        "WHERE (diverged_at IS NOT NULL OR state NOT IN ('DELIVERED', 'RETURNED', 'CANCELED', 'IDLE'))"
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to this program's schema; the lock must be held. Raises NewerVersionError, sqlite3.Error."""
    refuse_newer(connection)
    migrations.apply(Tables(connection))


def overwrite_free_pages(connection: sqlite3.Connection) -> None:
    """Rewrite, once, a file from before deleted content was overwritten: its free pages still hold it.

    A full disk is no reason not to start: it is tried again at the next start.
    """
    if connection.execute("PRAGMA user_version").fetchone()[0] >= OVERWRITTEN:
        return
    try:
        connection.execute("VACUUM")
        connection.execute(f"PRAGMA user_version = {OVERWRITTEN}")
    except sqlite3.OperationalError as error:
        log.warning("Deleted content could not be overwritten: %s. It is tried again at the next start", error)


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Raise NewerVersionError where a newer program has migrated the file. Only reads."""
    tables = Tables(connection)
    known = {step.name for step in migrations.pending(Tables(memory=True))}
    unknown = [step.name for step in migrations.applied(tables) if step.name not in known]
    if unknown:
        raise NewerVersionError(
            f"the database was written by a newer version of this program (it holds the step {unknown[-1]}): "
            "install that version again, or restore a backup of before"
        )
