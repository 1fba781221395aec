"""What staff hear: once for each thing that has happened, and in the store's hours where it can wait."""

import sqlite3
from functools import partial

import pytest

from bot.news import intake
from bot.news.intake import Intake
from bot.news.poller import BREAKER_OPENS_AFTER, Health, Poller
from bot.people.alerting import CAN_WAIT, MOST_UNKNOWN, Alert
from bot.pickpack.errors import AuthenticationError, PickPackError, RateLimitError, UnreachableError
from bot.store import chats, facts
from bot.tracking.model import NotFound, SnapshotSeen
from bot.tracking.notifying import Policy
from bot.tracking.timing import HOUR, Silence
from tests.builders import heard, moment, order, seen
from tests.people.staffroom import BOSS, GROUP, UNTIL_MORNING, UNTIL_NIGHT, Staffroom

# ── the API ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("course", "told"),
    [
        ("ok", []),
        ("down down ok ok", ["api-down", "api-up"]),
        ("refused refused ok", ["key-refused", "key-accepted"]),
        ("down refused ok", ["api-down", "key-refused", "key-accepted"]),
        ("refused down ok", ["key-refused", "api-down", "api-up"]),
        ("down ok down ok", ["api-down", "api-up", "api-down", "api-up"]),
    ],
)
@pytest.mark.parametrize("restarted", [False, True])
async def test_each_change_of_the_api_is_told_once_over_restarts_too(
    room: Staffroom, course: str, told: list[str], restarted: bool
) -> None:
    for health in course.split():
        await room.alerting.api_health(Health(health))
        if restarted:
            room.start()
    assert (room.told(BOSS), room.told(GROUP)) == (told, told)


async def test_trouble_with_the_api_or_the_key_waits_for_no_hours(room: Staffroom) -> None:
    room.clock.advance(UNTIL_NIGHT)
    for health in (Health.DOWN, Health.REFUSED, Health.OK):
        await room.alerting.api_health(health)
    assert {(one.due_at, one.sound) for one in room.alerts()} == {(room.clock.now(), True)}
    assert len(room.alerts()) == 3


class Api:
    """Pick and Pack as a list of answers, then it goes well."""

    def __init__(self, *answers: SnapshotSeen | PickPackError) -> None:
        self._answers = list(answers)

    async def fetch_order(self, _order_id: str) -> SnapshotSeen | NotFound:
        answer = self._answers.pop(0) if self._answers else seen("PICKING")
        if isinstance(answer, PickPackError):
            raise answer
        return answer


async def asked(room: Staffroom, *answers: SnapshotSeen | PickPackError) -> None:
    """The service starts and asks as often as there are answers."""
    taking = Intake(room.database, room.clock, silence=Silence(), policy=Policy, woke=lambda: None, chance=lambda: 0.0)
    poller = Poller(
        Api(*answers),
        room.database,
        taking,
        room.clock,
        rate=10_000,
        changed=room.alerting.api_health,
        chance=lambda: 0.0,
    )
    for answer in answers:
        room.clock.advance(HOUR)  # past every pause of the breaker
        try:
            await poller.ask("1001-01", person=1)
        except PickPackError as trouble:
            assert trouble is answer


async def test_a_key_that_was_mended_while_nobody_ran_is_told_and_its_next_refusal_too(room: Staffroom) -> None:
    await asked(room, AuthenticationError("401"))
    await asked(room, seen("PICKING"), seen("PICKING"))
    await asked(room, AuthenticationError("401"))
    assert room.told() == ["key-refused", "key-accepted", "key-refused"]


@pytest.mark.parametrize("first", [RateLimitError("429"), UnreachableError("no route")], ids=["429", "one failure"])
async def test_what_says_nothing_of_the_key_tells_nothing(room: Staffroom, first: PickPackError) -> None:
    await asked(room, AuthenticationError("401"))
    await asked(room, first)
    assert room.told() == ["key-refused"]


async def test_an_api_that_is_well_from_the_start_is_no_news(room: Staffroom) -> None:
    await asked(room, seen("PICKING"), *[UnreachableError("no route")] * (BREAKER_OPENS_AFTER - 1), seen("PICKING"))
    assert room.told() == []


# ── unknown statuses ─────────────────────────────────────────────────────────


async def test_an_unknown_status_is_told_once_for_each_value_and_restart(room: Staffroom) -> None:
    for status in ("FROZEN", "FROZEN", "MELTED"):
        await room.hears_of(order(status))
        room.start()
    assert [one.payload["args"] for one in room.alerts()] == [
        {"raw": "FROZEN", "number": "1001-01"},
        {"raw": "MELTED", "number": "1001-01"},
    ]


async def test_statuses_that_are_made_up_without_end_are_not_told_without_end(room: Staffroom) -> None:
    for number in range(MOST_UNKNOWN + 5):
        await room.hears_of(order(f"MADE_UP_{number}"))
    assert len(room.alerts(BOSS)) == MOST_UNKNOWN
    assert facts.count(room.database.reader, "") == MOST_UNKNOWN


async def test_an_unknown_status_is_told_in_the_commit_that_found_it(room: Staffroom) -> None:
    def work(connection: sqlite3.Connection, *, fails: bool) -> None:
        event = heard("PICKING", "FROZEN")
        intake.record_heard(connection, event, moment(), room.alerting.unknown_status)
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await room.database.write(partial(work, fails=True))
    assert room.told() == []
    await room.database.write(partial(work, fails=False))
    assert room.told() == ["unknown-status"]


@pytest.mark.parametrize(("later", "waits"), [(0.0, 0.0), (UNTIL_NIGHT, UNTIL_MORNING)])
async def test_an_unknown_status_waits_for_the_stores_hours(room: Staffroom, later: float, waits: float) -> None:
    room.clock.advance(later)
    await room.hears_of(order("FROZEN"))
    assert [one.due_at - room.clock.now() for one in room.alerts()] == [waits]


# ── backups ──────────────────────────────────────────────────────────────────


async def test_a_backup_that_fails_is_told_once_until_one_has_been_made(room: Staffroom) -> None:
    for trouble in (None, "full", "full", None, None, "no right", "full"):
        await room.alerting.backed_up(trouble)
        room.start()
    assert [one.payload["args"] for one in room.alerts()] == [{"reason": "full"}, {"reason": "no right"}]
    assert room.told() == ["backup-failed", "backup-failed"]


async def test_a_failed_backup_waits_for_the_stores_hours(room: Staffroom) -> None:
    room.clock.advance(UNTIL_NIGHT)
    await room.alerting.backed_up("full")
    assert [one.due_at - room.clock.now() for one in room.alerts(GROUP)] == [UNTIL_MORNING]


# ── who ──────────────────────────────────────────────────────────────────────


async def test_what_happens_while_there_are_no_staff_is_told_once_there_are(room: Staffroom) -> None:
    async def all_happens() -> None:
        await room.is_refused()
        await room.alerting.api_health(Health.REFUSED)
        await room.hears_of(order("FROZEN"))
        await room.alerting.backed_up("full")

    room.start(nobody=True)
    await all_happens()
    room.start(BOSS)
    assert room.told() == []
    await all_happens()
    assert room.told() == ["aside", "key-refused", "unknown-status", "backup-failed"]
    assert room.told(GROUP) == []


async def test_staff_who_cannot_be_written_to_are_left_alone(room: Staffroom) -> None:
    await room.is_due(BOSS)
    await room.database.write(partial(chats.pause, chat_id=BOSS, reason="blocked"))
    await room.alerting.api_health(Health.DOWN)
    await room.sends()
    assert [chat_id for chat_id, _kind, _options in room.delivery.calls] == [GROUP]


def test_trouble_that_stops_news_is_not_among_what_can_wait() -> None:
    assert {Alert.API_DOWN, Alert.API_UP, Alert.KEY_REFUSED, Alert.KEY_ACCEPTED} & CAN_WAIT == set()
