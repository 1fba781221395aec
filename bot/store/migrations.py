"""The schema of the database, with what each column holds, and the steps that migrate older files to it.

Each step is one transaction: killed in the middle, it starts again. A file that a newer program has migrated further is
refused untouched, since this program can't know what the newer tables mean.
"""

import logging
import sqlite3

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from bot.store.errors import NewerVersionError

log = logging.getLogger(__name__)

migrations = Migrations("onroute")
OVERWRITTEN = 1  # PRAGMA user_version of a file without old content in free pages


SCHEMA = """
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    hostname TEXT NOT NULL,           -- the account, folded to lower case
    order_id TEXT NOT NULL,           -- as Pick and Pack writes it
    status TEXT,                      -- its own, normalised
    state TEXT,                       -- the effective status: own, or lifted by a shipment
    previous TEXT,
    for_pickup INTEGER NOT NULL DEFAULT 0,
    since REAL,                       -- wall time, only where a webhook told the change
    seen_at REAL,                     -- wall time
    heard_at REAL, asked_at REAL, confirmed_at REAL, news_at REAL,
    recent TEXT NOT NULL DEFAULT '[]',      -- the last minutes' webhooks: [[old, new, at], ...]
    unsure_at REAL, unsure_status TEXT,
    quiet INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0, missed_at REAL,
    failures INTEGER NOT NULL DEFAULT 0, retry_at REAL,
    asks TEXT NOT NULL DEFAULT '{}',        -- extra GETs: {reason: due}
    next_poll_at REAL, urgent INTEGER NOT NULL DEFAULT 0,
    items TEXT NOT NULL DEFAULT '[]',       -- [[name, quantity], ...]
    made_at REAL NOT NULL,
    UNIQUE (hostname, order_id)
) STRICT;
CREATE INDEX orders_by_number ON orders (order_id);
CREATE INDEX orders_due ON orders (urgent DESC, next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX orders_by_news ON orders (news_at);

CREATE TABLE shipments (
    "order" INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    key TEXT NOT NULL,                -- serviceId, or #position
    position INTEGER NOT NULL,
    status TEXT NOT NULL,
    courier TEXT, vehicle TEXT,
    raw_url TEXT,                     -- as the API showed it last, for staff
    link TEXT,                        -- the one that may be sent
    created_at TEXT,
    lifts INTEGER NOT NULL DEFAULT 0,
    missing_since REAL,
    closed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("order", key)
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    "order" INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    at REAL NOT NULL,                 -- wall time
    kind TEXT NOT NULL,               -- heard, repeat, held, doubtful, seen, unseen, stale, service, link, missed
    old TEXT, new TEXT, detail TEXT,
    count INTEGER NOT NULL DEFAULT 1  -- the same line again only counts
) STRICT;
CREATE INDEX history_by_order ON history ("order", id);

CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'private',
    language TEXT,                    -- chosen with /language
    language_code TEXT,               -- Telegram's
    paused TEXT,                      -- why it can't be written to
    hold_until REAL,                  -- a long 429 pause
    level TEXT NOT NULL DEFAULT 'every',    -- for orders followed from now on
    staff INTEGER NOT NULL DEFAULT 0,
    made_at REAL NOT NULL
) STRICT;
CREATE INDEX chats_held ON chats (hold_until) WHERE hold_until IS NOT NULL;

CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES chats (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    "order" INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    level TEXT NOT NULL DEFAULT 'every',
    label TEXT,
    thread_id INTEGER,
    verified INTEGER NOT NULL DEFAULT 0,
    follower INTEGER,                 -- in a group: who may stop it
    told_status TEXT, perhaps_status TEXT,
    told_message_id INTEGER, told_sent_at REAL,
    told_links TEXT NOT NULL DEFAULT '{}',
    told_aged INTEGER NOT NULL DEFAULT 0,
    told_troubles TEXT NOT NULL DEFAULT '{}',
    reminded_of TEXT,                 -- the states that the chat was reminded of, a blank between them
    made_at REAL NOT NULL,
    UNIQUE (chat_id, "order")
) STRICT;
CREATE INDEX subscriptions_by_order ON subscriptions ("order");

CREATE TABLE awaited (
    chat_id INTEGER NOT NULL REFERENCES chats (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    number TEXT NOT NULL,             -- as the person wrote it
    candidate TEXT NOT NULL,          -- an order id that it may mean
    level TEXT NOT NULL DEFAULT 'every',
    thread_id INTEGER,
    verified INTEGER NOT NULL DEFAULT 0,
    follower INTEGER,
    asked INTEGER NOT NULL DEFAULT 1,
    next_ask_at REAL,
    ends_at REAL NOT NULL,
    made_at REAL NOT NULL,
    PRIMARY KEY (chat_id, number, candidate)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_by_candidate ON awaited (candidate);
CREATE INDEX awaited_due ON awaited (next_ask_at) WHERE next_ask_at IS NOT NULL;
CREATE INDEX awaited_ends ON awaited (ends_at);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES chats (chat_id) ON DELETE CASCADE ON UPDATE CASCADE,
    thread_id INTEGER,
    "order" INTEGER REFERENCES orders (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    lane INTEGER NOT NULL,            -- 0 answer, 1 notice, 2 edit
    status TEXT, back_from TEXT, shipment TEXT,
    payload TEXT NOT NULL DEFAULT '{}',
    sound INTEGER NOT NULL DEFAULT 0,
    answer INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'open',     -- open, claimed, sent, closed, aside
    due_at REAL NOT NULL,
    made_at REAL NOT NULL,
    claimed_at REAL,
    done_at REAL,
    attempts INTEGER NOT NULL DEFAULT 0,    -- that certainly failed
    unknowns INTEGER NOT NULL DEFAULT 0,    -- that perhaps arrived
    message_id INTEGER,
    reason TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (lane, due_at, id) WHERE state = 'open';
CREATE INDEX outbox_claimed ON outbox (id) WHERE state = 'claimed';
CREATE INDEX outbox_by_order ON outbox ("order", chat_id, state);
CREATE INDEX outbox_by_chat ON outbox (chat_id, state);
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_aside ON outbox (id) WHERE state = 'aside';

CREATE TABLE updates (
    update_id INTEGER PRIMARY KEY,    -- Telegram's; the same update delivered twice is handled once
    at REAL NOT NULL
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    who INTEGER,
    action TEXT NOT NULL,
    "order" TEXT,
    detail TEXT
) STRICT;

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


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
