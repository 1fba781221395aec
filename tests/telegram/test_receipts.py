"""What people answer to "delivered", what the store's staff hear of it, and that both happen once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.simulators.telegram.state import ShownMessage
from bot.tracking.hours import StoreHours, every_day
from bot.tracking.timing import DAY, HOUR
from bot.transactions.receipts import MOST_ALERTS
from tests.builders import snapshot_of
from tests.message_keys import says, values_of
from tests.telegram.bot_harness import ANA, BEN, STAFF, BotHarness, Talk, running_bot

GROUP = -1002000
HOURS = StoreHours(every_day(9 * 60, 20 * 60))
UNTIL_NIGHT, UNTIL_MORNING = 8 * HOUR, 11 * HOUR  # the clock begins at 14:13
ALERT = "alert-not-received"
CARL = 1003


@asynccontextmanager
async def a_store(folder: Path, *, alerted: tuple[int, ...] = (STAFF,)) -> AsyncIterator[BotHarness]:
    """A bot whose staff are alerted within HOURS; everything it is asked for is delivered."""
    orders = {f"A-{number}": "DELIVERED" for number in range(1, 9)}
    async with running_bot(folder, orders=orders, alerted=alerted, store_hours=HOURS) as harness:
        harness.telegram.add_user(STAFF)
        yield harness


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[BotHarness]:
    async with a_store(tmp_path) as harness:
        yield harness


@pytest.fixture
def ana(store: BotHarness) -> Talk:
    return store.talk(ANA)


class Shopper:
    """Somebody with the card of one delivered order."""

    def __init__(self, harness: BotHarness, talk: Talk, number: str, person: int, card: ShownMessage) -> None:
        self.harness, self.talk, self.number, self.person, self.card = harness, talk, number, person, card

    @property
    def row(self) -> int:
        followed = self.harness.follow_service.followed(self.talk.id)
        return next(one.id for one, order in followed if order.order_id == self.number)

    async def presses(self, action: str, *, person: int | None = None) -> str:
        return await self.talk.presses_data(self.card, f"{action}:{self.row}", user_id=person or self.person)

    @property
    def receipt(self) -> object:
        [(found,)] = self.harness.rows("SELECT receipt FROM subscriptions WHERE id = ?", self.row)
        return found

    async def reads(self, key: str, **values: str) -> None:
        await self.harness.telegram.wait_for(lambda: says(self.card, key, **values))

    def offers(self) -> set[str]:
        """The first letters of what the card's buttons send."""
        return {str(button.get("callback_data", ""))[:1] for row in self.card.buttons for button in row}


async def shopper(harness: BotHarness, talk: Talk, number: str = "A-1", person: int | None = None) -> Shopper:
    said = f"/order {number}"
    card = await (harness.shown(talk, said) if person is None else harness.shown(talk, said, user_id=person))
    return Shopper(harness, talk, number, person or talk.id, card)


def alerts(harness: BotHarness, chat_id: int = STAFF) -> list[ShownMessage]:
    return [one for one in harness.telegram.bot_messages(chat_id) if says(one, ALERT)]


def told(harness: BotHarness) -> int:
    """How many alerts were made, sent or not."""
    return len(harness.rows("SELECT 1 FROM outbox WHERE kind = 'alert'"))


# ── what the card says ───────────────────────────────────────────────────────


async def test_who_has_it_is_asked_no_more(store: BotHarness, ana: Talk) -> None:
    one = await shopper(store, ana)
    assert one.offers() == {"g", "d"}
    assert says(await one.presses("g"), "toast-noted")
    await one.reads("receipt-good")
    assert one.receipt == "good"
    assert one.offers() & {"g", "d", "h"} == set()
    assert told(store) == 0


async def test_who_does_not_have_it_is_told_that_the_store_knows_and_says_when_it_turns_up(
    store: BotHarness, ana: Talk
) -> None:
    one = await shopper(store, ana)
    assert says(await one.presses("d"), "toast-noted")
    await one.reads("receipt-missing", told="told")
    assert one.offers() & {"g", "d", "h"} == {"h"}
    assert says(await one.presses("h"), "toast-noted")
    await one.reads("receipt-found")
    assert one.receipt == "found"
    assert len(ana.texts) == 1


@pytest.mark.parametrize(
    ("presses", "receipt"),
    [
        ("g d", "missing"),  # it was the other button that was meant
        ("d g", "found"),
        ("d h d", "missing"),
        ("g g", "good"),
        ("d h g", "found"),
    ],
)
async def test_the_last_answer_counts(store: BotHarness, ana: Talk, presses: str, receipt: str) -> None:
    one = await shopper(store, ana)
    for action in presses.split():
        assert says(await one.presses(action), "toast-noted")
    assert one.receipt == receipt


@pytest.mark.parametrize("before", ["", "g"])
async def test_nothing_is_found_that_nobody_missed(store: BotHarness, ana: Talk, before: str) -> None:
    one = await shopper(store, ana)
    for action in before.split():
        await one.presses(action)
    assert says(await one.presses("h"), "toast-old")
    assert one.receipt != "found"


async def test_an_order_that_is_not_delivered_takes_no_answer(store: BotHarness, ana: Talk) -> None:
    store.put("A-1", "PACKING")
    one = await shopper(store, ana)
    for action in "gdh":
        assert says(await one.presses(action), "toast-old")
    assert one.receipt is None
    assert told(store) == 0


async def test_what_was_answered_is_forgotten_once_the_order_is_under_way_again(store: BotHarness, ana: Talk) -> None:
    one = await shopper(store, ana)
    await one.presses("d")
    await one.reads("receipt-missing")
    for status in ("INVOICED", "DELIVERED"):
        store.clock.advance(HOUR)
        await store.recorder.apply_snapshot(snapshot_of(status, order_id="A-1"), sent_at=store.clock.now())
        card = await ana.hears()
        await store.until(lambda: one.receipt is None)
    assert says(card, "headline-delivered")
    assert not says(card, "receipt-missing")


# ── what staff hear ──────────────────────────────────────────────────────────


async def test_staff_hear_which_order_and_see_all_of_it_at_a_press(store: BotHarness, ana: Talk) -> None:
    one, other = await shopper(store, ana), await shopper(store, store.talk(BEN))
    await other.presses("g")
    await one.presses("d")
    staff = Talk(store.telegram, STAFF)
    alert = await staff.hears(ALERT, number="A-1")
    counted = values_of(alert, ALERT)
    assert (counted["followers"], counted["good"], counted["missing"]) == ("2", "1", "1")
    assert counted["verified"] == "no"
    await staff.presses("button-check")
    assert says(await staff.hears(), "check-heading", number="A-1")


async def test_an_alert_says_that_the_order_is_followed_by_a_signed_link(store: BotHarness, ana: Talk) -> None:
    one = await shopper(store, ana)
    await store.database.write(lambda connection: connection.execute("UPDATE subscriptions SET verified = 1") and None)
    await one.presses("d")
    alert = await Talk(store.telegram, STAFF).hears(ALERT)
    assert values_of(alert, ALERT)["verified"] == "yes"


@pytest.mark.parametrize("key", ["1", "9999", "x", ""])
async def test_nobody_but_staff_looks_at_an_order_by_its_key(store: BotHarness, ana: Talk, key: str) -> None:
    one = await shopper(store, ana)
    assert says(await ana.presses_data(one.card, f"k:{key}"), "toast-old")
    await ana.hears_nothing()


async def test_staff_are_told_where_an_order_is_gone(store: BotHarness) -> None:
    staff = Talk(store.telegram, STAFF)
    message = await staff.asks("/help")
    for key in ("9999", "x", ""):
        assert says(await staff.presses_data(message, f"k:{key}"), "toast-staff-old")


async def test_staff_hear_of_an_order_once_whoever_misses_it(store: BotHarness, ana: Talk) -> None:
    one, other = await shopper(store, ana), await shopper(store, store.talk(BEN))
    for action in ("d", "d"):
        await one.presses(action)
    await other.presses("d")
    await other.reads("receipt-missing", told="told")
    ana.says("/stop A-1")
    await ana.hears("stopped")
    again = await shopper(store, ana)
    await again.presses("d")
    await again.reads("receipt-missing", told="told")
    assert told(store) == 1


async def test_staff_hear_that_an_order_has_turned_up_once_nobody_misses_it(store: BotHarness, ana: Talk) -> None:
    one, other = await shopper(store, ana), await shopper(store, store.talk(BEN))
    for who in (one, other):
        await who.presses("d")
    await Talk(store.telegram, STAFF).hears(ALERT)
    await one.presses("h")
    assert told(store) == 1
    await other.presses("h")
    await Talk(store.telegram, STAFF).hears("alert-received", number="A-1")


async def test_the_last_that_staff_hear_of_an_order_to_and_fro_is_that_it_is_missed(
    store: BotHarness, ana: Talk
) -> None:
    one = await shopper(store, ana)
    for action in "dhdhdhd":
        await one.presses(action)
    kinds = store.rows("SELECT json_extract(payload, '$.alert') FROM outbox WHERE kind = 'alert' ORDER BY id")
    assert kinds == [("not-received",), ("received",), ("not-received",)]


async def test_who_misses_very_many_orders_alerts_nobody_to_the_last_of_them(store: BotHarness, ana: Talk) -> None:
    for number in range(1, MOST_ALERTS + 1):
        one = await shopper(store, ana, f"A-{number}")
        await one.presses("d")
        await one.reads("receipt-missing", told="told")
    last = await shopper(store, ana, f"A-{MOST_ALERTS + 1}")
    await last.presses("d")
    await last.reads("receipt-missing", told="nobody")
    assert told(store) == MOST_ALERTS
    assert not any(str(ANA) in str(row) for row in store.rows("SELECT person, kind, mark FROM lookups"))


async def test_a_day_later_others_are_alerted_to(store: BotHarness, ana: Talk) -> None:
    cards = [await shopper(store, ana, f"A-{number}") for number in range(1, MOST_ALERTS + 2)]
    for one in cards[:-1]:
        await one.presses("d")
    store.clock.advance(DAY + 1)
    await cards[-1].presses("d")
    assert told(store) == MOST_ALERTS + 1


async def test_at_night_the_store_will_see_it_and_in_the_morning_it_has(store: BotHarness, ana: Talk) -> None:
    store.clock.advance(UNTIL_NIGHT)
    one = await shopper(store, ana)
    await one.presses("d")
    await one.reads("receipt-missing", told="later")
    await ana.hears_nothing()
    assert alerts(store) == []
    store.clock.advance(UNTIL_MORNING)
    store.sending_due.set()
    await Talk(store.telegram, STAFF).hears(ALERT)
    await one.presses("r")  # any edit says it
    await one.reads("receipt-missing", told="told")


@pytest.mark.parametrize("blocked", [False, True])
async def test_where_no_staff_can_be_reached_nobody_is_said_to_know(tmp_path: Path, blocked: bool) -> None:
    async with a_store(tmp_path, alerted=(STAFF,) if blocked else ()) as store:
        ana = store.talk(ANA)
        if blocked:
            await Talk(store.telegram, STAFF).asks("/help")
            await store.follow_service.pause(STAFF, "blocked")
        one = await shopper(store, ana)
        await one.presses("d")
        await one.reads("receipt-missing", told="nobody")
        assert told(store) == 0


# ── in groups, twice, and counted ────────────────────────────────────────────


async def test_in_a_group_only_who_follows_says_whether_it_came(store: BotHarness) -> None:
    group = store.group(GROUP, ANA, BEN, CARL)
    store.telegram.add_member(GROUP, CARL, "administrator")
    one = await shopper(store, group, person=ANA)
    for person in (BEN, CARL):
        for action in "gd":
            assert says(await one.presses(action, person=person), "toast-not-yours")
    assert one.receipt is None
    assert says(await one.presses("d"), "toast-noted")
    assert one.receipt == "missing"


@pytest.mark.parametrize("action", ["g", "d"])
async def test_a_press_that_comes_twice_is_answered_and_counts_once(store: BotHarness, ana: Talk, action: str) -> None:
    one = await shopper(store, ana)
    for _ in range(3):
        assert says(await one.presses(action), "toast-noted")
    assert told(store) == (1 if action == "d" else 0)
    assert store.rows("SELECT new, count FROM history WHERE kind = 'receipt'") == [
        ("good" if action == "g" else "missing", 1)
    ]


async def test_stats_count_what_people_answer_today_and_within_a_week(store: BotHarness, ana: Talk) -> None:
    for number, actions in (("A-1", "g"), ("A-2", "g"), ("A-3", "dh")):
        one = await shopper(store, ana, number)
        for action in actions:
            await one.presses(action)
    staff = Talk(store.telegram, STAFF)
    await staff.hears(ALERT)
    await staff.hears("alert-received", number="A-3")
    counted = await staff.asks("/stats")
    for name, value in (("good", 2), ("missing", 1), ("found", 1)):
        assert says(counted, "stats-row", name=f"stats-name-{name}", today=value, week=value), counted.text
    store.clock.advance(DAY)
    later = await staff.asks("/stats")
    assert says(later, "stats-row", name="stats-name-good", today=0, week=2)
