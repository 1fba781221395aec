"""A file of an older version is migrated, and keeps what it holds."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database as Tables

from bot.store import awaited_numbers, chats, open_alerts, order_cores, orders, outbox
from bot.store.migrations import migrate, migrations
from bot.tracking.model import NoticeId, Order, OrderPk, SubscriptionId


def test_a_number_awaited_before_labels_were_kept_is_still_awaited(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="awaited_label")
    chats.touch(connection, 7, now=1.0)
    connection.execute(
        "INSERT INTO awaited (chat_id, number, candidate, ends_at, made_at) VALUES (7, 'A-1', 'A-1', 2, 1)"
    )
    connection.commit()
    migrate(connection)
    migrate(connection)
    [awaited] = awaited_numbers.of_chat(connection, 7)
    assert (awaited.number, awaited.label) == ("A-1", None)
    assert awaited_numbers.expired(connection, 100.0, 1) == []  # the API has not said that there is none
    awaited_numbers.mark_not_found(connection, "A-1", now=100.0, wait=60.0)
    assert awaited_numbers.expired(connection, 100.0, 1) == [replace(awaited, asked=2)]
    connection.close()


def test_an_order_of_before_chains_were_kept_is_as_it_was(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="chains_and_ends")
    connection.execute(
        "INSERT INTO orders (hostname, order_id, status, state, recent, made_at) "
        "VALUES ('store', 'A-1', 'DELIVERED', 'DELIVERED', '[[\"ON_ROUTE\", \"DELIVERED\", 5]]', 1)"
    )
    connection.commit()
    migrate(connection)
    [known] = orders.find(connection, ["A-1"])
    assert (known.status, known.pairs, known.chain, known.ended, known.by_chain) == ("DELIVERED", (), (), None, False)
    assert orders.due_chains(connection, 100.0, 1) == []
    connection.close()


def test_a_shipment_of_before_the_couriers_own_tracking_was_kept_is_still_there(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="couriers_own_tracking")
    connection.execute("INSERT INTO orders (id, hostname, order_id, made_at) VALUES (1, 'store', 'A-1', 1)")
    connection.execute(
        "INSERT INTO shipments (\"order\", key, position, status, courier) VALUES (1, 'S', 1, 'ON_ROUTE', 'Swift')"
    )
    connection.commit()
    migrate(connection)
    [shipment] = (orders.load_by_id(connection, OrderPk(1)) or Order("", "")).shipments
    assert (shipment.courier, shipment.tracking_id, shipment.tracking_status) == ("Swift", None, None)
    connection.close()


def test_how_packages_were_before_it_was_kept_counts_as_told_except_what_waits_to_be(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="told_parcels")
    chats.touch(connection, 7, now=1.0)
    connection.executescript(
        """
        INSERT INTO orders (id, hostname, order_id, status, state, made_at) VALUES
            (1, 's', 'A-1', 'ON_ROUTE', 'ON_ROUTE', 1);
        INSERT INTO shipments ("order", key, position, status) VALUES
            (1, 'S-1', 1, 'DELIVERED'), (1, '#2', 2, 'RETURNED'), (1, 'S-3', 3, 'ASSIGNED'), (1, 'S-4', 4, 'ON_ROUTE'),
            (1, 'S-5', 5, 'DELIVERED');
        INSERT INTO subscriptions (id, chat_id, "order", told_troubles, made_at) VALUES
            (1, 7, 1, '{"S-4": "solved"}', 1);
        INSERT INTO outbox (chat_id, "order", kind, lane, shipment, due_at, made_at) VALUES
            (7, 1, 'parcel-delivered', 1, 'S-5', 1, 1);
        """
    )
    migrate(connection)
    migrate(connection)
    told = chats.subscription(connection, SubscriptionId(1))
    assert told is not None
    assert told.notified_parcels == {"S-1": "delivered", "#2": "returned", "S-3": "assigned"}
    assert told.notified_troubles == {"S-4": "solved"}
    known = orders.load_by_id(connection, OrderPk(1))
    assert known is not None
    assert [one.service_id for one in known.shipments] == ["S-1", None, "S-3", "S-4", "S-5"]
    connection.close()


def test_labels_given_in_groups_are_deleted_and_those_of_people_stay(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="no_labels_in_groups")
    for chat_id in (7, -7):
        chats.touch(connection, chat_id, now=1.0)
        connection.execute(
            "INSERT INTO awaited (chat_id, number, candidate, label, ends_at, made_at) "
            "VALUES (?, 'A', 'A', 'Mom', 2, 1)",
            (chat_id,),
        )
    connection.commit()
    migrate(connection)
    assert [awaited_numbers.of_chat(connection, one)[0].label for one in (7, -7)] == ["Mom", None]
    connection.close()


def test_an_order_of_before_is_found_by_the_core_of_its_number(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="order_cores")
    for number in ("SLR-1509750516095-01", "1509750516095-01", "NONE"):
        connection.execute("INSERT INTO orders (hostname, order_id, made_at) VALUES ('store', ?, 1)", (number,))
    connection.commit()
    migrate(connection)
    first, second, without = (orders.load_by_id(connection, OrderPk(number)) or Order("", "") for number in (1, 2, 3))
    assert order_cores.with_core_of(connection, second) == [first.id]
    assert order_cores.with_core_of(connection, without) == []
    connection.close()


def test_an_alert_of_before_alerts_had_rows_is_still_a_message(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "bot.db")
    connection.row_factory = sqlite3.Row
    migrations.apply(Tables(connection), stop_before="open_alerts")
    chats.touch(connection, 7, now=1.0)
    connection.execute(
        "INSERT INTO outbox (id, chat_id, kind, lane, payload, state, due_at, made_at, message_id) "
        "VALUES (1, 7, 'alert', 1, '{\"alert\": \"api-down\"}', 'open', 1, 1, NULL)"
    )
    connection.commit()
    migrate(connection)
    found = outbox.load(connection, NoticeId(1))
    assert found is not None
    assert (found.payload["alert"], found.alert) == ("api-down", None)
    assert open_alerts.all_open(connection, "api-down") == []
    connection.close()
