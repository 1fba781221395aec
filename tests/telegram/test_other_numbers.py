"""A card, a phone, a key of an invoice: whichever way it comes in, it is not asked for, kept, repeated or logged."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.message_keys import says
from tests.telegram.bot_harness import ADMIN, ANA, BotHarness, Talk

ORDER = "1509750516095-01"
OTHERS = (
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "４１１１１１１１１１１１１１１１",
    "35261111222333000181550010001234561100456781",
    "3526 1111 2223 3300 0181 5500 1000 1234 5611 0045 6781",
    "+57 310 555 0142",
    "3105550142",
    "529.982.247-25",
    "04538-133",
    "RR473124829BR",
    "tel 5511987654321",
    "tarjeta 4222222222222",
)
WAYS = ("{}", "/order {}", "/start {}", "/stop {}", "/order card {}", f"Pedido {ORDER}, {{}}", f"/order {ORDER} {{}}")
STAFFS_WAYS = ("/check {}", "/who {}", "/resend {}", "/tell {} hello", "/link {}", "/check nr. {}")


def digits(text: str) -> str:
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def groups(other: str) -> set[str]:
    """What must not be seen: the digits as one, and how they were typed."""
    return {digits(other), other, digits(other)[:8]}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def assert_nowhere(harness: BotHarness, talk: Talk, log: pytest.LogCaptureFixture, other: str) -> None:
    """Not in what was asked, stored, answered or logged; `ORDER` holds none of these digits."""
    selects = [f'SELECT * FROM "{table}"' for table in tables(harness)]  # noqa: S608 - names from the schema
    rows = [dict(row) for select in selects for row in harness.database.reader.execute(select)]
    places = {
        "asked": " ".join(harness.order_lookup.asked),
        "stored": json.dumps(rows, default=str) + file_of(harness),
        "answered": " ".join(talk.texts),
        "logged": log.text,
    }
    found = [(place, one) for place, text in places.items() for one in groups(other) if one in text]
    assert found == []


def tables(harness: BotHarness) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [str(name) for (name,) in harness.rows(sql)]


def file_of(harness: BotHarness) -> str:
    """The bytes of the database and of its log."""
    files = Path(harness.database.path).parent.glob("bot.db*")
    return " ".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@pytest.mark.parametrize("other", OTHERS)
async def test_whichever_way_a_shopper_says_it_it_goes_nowhere(
    harness: BotHarness, ana: Talk, log: pytest.LogCaptureFixture, other: str
) -> None:
    harness.put(ORDER)
    for way in WAYS:
        await ana.asks(way.format(other))
    harness.telegram.user_sends(ANA, "photo", caption=f"this one: {other}")
    await ana.hears()
    assert harness.follow_service.awaited(ANA) == []
    assert set(harness.order_lookup.asked) == {ORDER}
    assert_nowhere(harness, ana, log, other)


@pytest.mark.parametrize("other", OTHERS)
async def test_whichever_command_of_staff_names_it_it_goes_nowhere(
    harness: BotHarness, log: pytest.LogCaptureFixture, other: str
) -> None:
    admin = harness.talk(ADMIN)
    for way in STAFFS_WAYS:
        answer = await admin.asks(way.format(other))
        assert says(answer, "panel-write" if way.startswith("/tell") else "staff-usage")
    assert harness.order_lookup.asked == []
    assert harness.rows("SELECT * FROM audit") == []
    assert_nowhere(harness, admin, log, other)


async def test_an_order_is_found_beside_it_and_its_name_keeps_the_rest(harness: BotHarness, ana: Talk) -> None:
    harness.put(ORDER)
    assert says(await ana.asks(f"Order {ORDER} paid with card {OTHERS[0]}"), "headline-being-prepared", order=ORDER)
    named = await ana.asks(f"/order {ORDER} gift {OTHERS[1]} for Mom")
    assert says(named, "headline-being-prepared", label="gift for Mom")


@pytest.mark.parametrize("number", ["XDE-1253881550433-01", "MKT-v527103anml-01", "MKT-MKP-123456789-01"])
@pytest.mark.parametrize("said", ["{}", "order {}", "Pedido {}", "/order {}", "/order Pedido {}", "/start {}"])
async def test_a_number_with_its_sellers_prefix_is_asked_for_as_it_is(
    harness: BotHarness, ana: Talk, number: str, said: str
) -> None:
    harness.put(number)
    assert says(await ana.asks(said.format(number)), "headline-being-prepared", order=number)
    assert set(harness.order_lookup.asked) == {number}


async def test_a_prefix_that_the_store_does_not_use_is_left_off_second(harness: BotHarness, ana: Talk) -> None:
    harness.put(ORDER)
    assert says(await ana.asks(f"slr – {ORDER}"), "headline-being-prepared", order=ORDER)
    assert harness.order_lookup.asked[:2] == [f"SLR-{ORDER}", ORDER]


async def test_a_prefixed_number_is_checked_and_stopped_too(harness: BotHarness, ana: Talk) -> None:
    number = harness.put("XDE-1253881550433-01")
    await ana.asks(number)
    assert number in (await harness.talk(ADMIN).asks("/check XDE – 1253881550433 – 01")).text
    assert says(await ana.asks("/stop xde-1253881550433-01"), "stopped", order=number)
