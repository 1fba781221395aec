"""Make the database of a store: the same week of orders in each, and behind it as many ended ones as are wanted.

The rows are made by SQL in the real schema, without the pragmas that keep a service's data safe and with the indices
built at the end: a million orders in less than a minute.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store import migrations
from bot.store.connection import connect
from bot.tracking.timing import DAY

HOST = "store"
LIVE = 1000  # orders of the last week, each followed by a chat of its own: half of them run
ORDERS_OF_A_CHAT = 4  # of the ended ones
LIVE_CHATS = 10**9  # and on: the chats of the live orders
_STEPS = ("READY_FOR_PICKING", "PICKING", "INVOICED", "ON_ROUTE", "DELIVERED")
_QUICK = (
    "synchronous = OFF",
    "journal_mode = OFF",
    "foreign_keys = OFF",
    "secure_delete = OFF",
    "cache_size = -400000",
)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
# ended eight days ago or longer, each told of in one card
_ENDED = (
    "INSERT INTO orders (id, hostname, order_id, status, state, previous, since, seen_at, heard_at, asked_at, "
    "confirmed_at, news_at, made_at) SELECT i, :host, printf('%013d-01', i), 'DELIVERED', 'DELIVERED', 'ON_ROUTE', "
    "t, t, t, t, t, t, t - 7200 FROM (SELECT i, :now - 8 * 86400 - 20.0 * 86400 * (:last - i) / :last AS t FROM n)",
    "INSERT INTO order_cores (\"order\", core) SELECT i, printf('%013d', i) FROM n",
    "INSERT INTO shipments (\"order\", key, position, status, courier, lifts) SELECT i, 's1', 0, 'DELIVERED', 'Ana', 1 "
    "FROM n",
    "INSERT INTO chats (chat_id, level, made_at) SELECT i, 'main', :now - 30 * 86400 FROM n "
    "WHERE i <= :last / :of_chat",
    'INSERT INTO subscriptions (id, chat_id, "order", level, told_status, told_message_id, told_sent_at, card_hash, '
    "card_status, card_shown_at, made_at) SELECT i, 1 + (i - 1) / :of_chat, i, 'main', 'DELIVERED', i, t, 'hash', "
    "'DELIVERED', t, t - 7200 FROM (SELECT i, :now - 8 * 86400 - 20.0 * 86400 * (:last - i) / :last AS t FROM n) "
    "WHERE i <= :last / :of_chat * :of_chat",
    'INSERT INTO history (id, "order", at, kind, old, new) SELECT i, i, :now - 8 * 86400 - 20.0 * 86400 * '
    "(:last - i) / :last, 'heard', 'ON_ROUTE', 'DELIVERED' FROM n",
    'INSERT INTO outbox (id, chat_id, "order", kind, lane, status, sound, state, due_at, made_at, claimed_at, done_at, '
    "message_id, events) SELECT i, 1 + (i - 1) / :of_chat, i, 'card', 1, 'DELIVERED', 1, 'sent', t, t, t, t, i, i "
    "FROM (SELECT i, :now - 8 * 86400 - 20.0 * 86400 * (:last - i) / :last AS t FROM n) "
    "WHERE i <= :last / :of_chat * :of_chat",
)


def make_store(path: Path, *, ended: int, now: float) -> None:
    """Write the database of a store with LIVE orders of this week and so many ended ones of before."""
    with closing(connect(path)) as connection:
        migrations.migrate(connection)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in _QUICK:
            connection.execute(f"PRAGMA {pragma}")
        indices = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
        built_later = indices.fetchall()
        for name, _ in built_later:
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("BEGIN")
        _make_ended(connection, ended, now)
        for number in range(LIVE):
            _make_live(connection, number, now)
        connection.execute("COMMIT")
        for _, statement in built_later:
            connection.execute(statement)


def _make_ended(connection: sqlite3.Connection, count: int, now: float) -> None:
    values = {"first": 1, "last": count, "now": now, "host": HOST, "of_chat": ORDERS_OF_A_CHAT}
    for statement in _ENDED if count else ():
        connection.execute(_after_insert(statement), values)


def _after_insert(statement: str) -> str:
    """Put the numbers before the statement that selects from them."""
    return _NUMBERS + statement


def _make_live(connection: sqlite3.Connection, number: int, now: float) -> None:
    """Write an order of this week: every second one has ended, the others are on their way since half an hour."""
    ended = number % 2 == 0
    steps = _STEPS if ended else _STEPS[:-1]
    at = now - 7 * DAY * (number + 1) / LIVE if ended else now - 1800.0
    times = [at - 1800.0 * back for back in reversed(range(len(steps)))]
    status, chat = steps[-1], LIVE_CHATS + number
    order = connection.execute(
        "INSERT INTO orders (hostname, order_id, status, state, previous, since, seen_at, heard_at, asked_at, "
        "confirmed_at, news_at, next_poll_at, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (HOST, order_number(number), status, status, steps[-2], *[at] * 6, now - 60.0 + number / LIVE, times[0]),
    ).lastrowid
    connection.execute('INSERT INTO order_cores ("order", core) VALUES (?, ?)', (order, f"9{number:012}"))
    connection.execute(
        "INSERT INTO shipments (\"order\", key, position, status, lifts) VALUES (?, 's1', 0, ?, 1)",
        (order, "DELIVERED" if ended else "ON_ROUTE"),
    )
    connection.execute("INSERT INTO chats (chat_id, level, made_at) VALUES (?, 'main', ?)", (chat, times[0]))
    connection.execute(
        'INSERT INTO subscriptions (chat_id, "order", level, told_status, told_message_id, told_sent_at, card_hash, '
        "card_status, card_shown_at, made_at) VALUES (?, ?, 'main', ?, 1, ?, 'hash', ?, ?, ?)",
        (chat, order, status, at, status, at, times[0]),
    )
    for old, new, when in zip((None, *steps), steps, times, strict=False):
        event = connection.execute(
            "INSERT INTO history (\"order\", at, kind, old, new) VALUES (?, ?, 'heard', ?, ?)", (order, when, old, new)
        ).lastrowid
        connection.execute(
            'INSERT INTO outbox (chat_id, "order", kind, lane, status, sound, state, due_at, made_at, claimed_at, '
            "done_at, message_id, events) VALUES (?, ?, 'card', 1, ?, 1, 'sent', ?, ?, ?, ?, 1, ?)",
            (chat, order, new, *[when] * 4, event),
        )
    if not ended:
        connection.execute(
            'INSERT INTO outbox (chat_id, "order", kind, lane, status, due_at, made_at) '
            "VALUES (?, ?, 'card', 1, ?, ?, ?)",
            (chat, order, status, now - 1.0, now - 1.0),
        )


def order_number(number: int) -> str:
    """Return the number of a live order."""
    return f"9{number:012}-01"
