"""The tables of version 0.1, with what each column holds; the steps in `migrations` change them."""

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
