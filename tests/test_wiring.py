"""What the settings say reaches the parts that need it."""

from pathlib import Path

import pytest

from bot.process.metrics import Metrics
from bot.tracking.model import Chat, Kind, Notice
from bot.tracking.statuses import WAITING_FOR_PICKUP
from bot.wiring import build_renderer, build_retention, log_broken_words
from bot.words.texts import Button, ButtonKind
from tests.builders import CHAT, NOW, order
from tests.settings.test_settings import load_settings


def buttons_and_text(**given: str) -> tuple[str, list[Button]]:
    """An order that is ready for pickup, in the words of a service with these settings."""
    renderer = build_renderer(load_settings(**given), Metrics(outcomes=(), api_results=()))
    notice = Notice(CHAT, Kind.CARD, NOW, status=WAITING_FOR_PICKUP)
    text = renderer.notice(notice, order(WAITING_FOR_PICKUP), None, Chat(CHAT), now=NOW)
    return text.html, [button for row in text.buttons for button in row]


def test_where_orders_are_picked_up_is_said_with_a_map() -> None:
    page = "https://maps.example.com/corner"
    place = {"PICKUP_PLACE": "Écolo & Fils", "PICKUP_ADDRESS": "Av. Larco 123", "PICKUP_MAP_URL": page}
    html, buttons = buttons_and_text(**place)
    assert "Écolo &amp; Fils, Av. Larco 123" in html
    assert page in {button.value for button in buttons if button.kind is ButtonKind.URL}


def test_without_a_place_there_is_no_map() -> None:
    html, buttons = buttons_and_text()
    assert "Larco" not in html
    assert all(button.kind is not ButtonKind.URL for button in buttons)


@pytest.mark.parametrize(("given", "days"), [({}, 7.0), ({"KEEP_DAYS": "3"}, 3.0), ({"PAGE_DAYS": "20"}, 20.0)])
def test_how_long_an_order_can_be_answered_to_reaches_the_chores(given: dict[str, str], days: float) -> None:
    assert build_retention(load_settings(**given)).page_days == days


def test_each_broken_message_of_the_store_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.ftl").write_text("button-copy = <b>Copy\n# ours\nhello = Hello\nbutton-share = Share\n")
    (tmp_path / "en" / "intents.txt").write_text("[nothing]\nhello\n")
    log_broken_words(load_settings(LOCALES_OVERRIDE=str(tmp_path)))
    said = [record.getMessage().removeprefix(f"LOCALES_OVERRIDE: {tmp_path}/en/") for record in caplog.records]
    assert [one.split(": ")[0] for one in said] == ["mine.ftl:1", "mine.ftl:3", "intents.txt:1"]
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_hours_by_weekday_reach_the_chores() -> None:
    hours = build_retention(load_settings(STORE_HOURS="Mo-Fr 09:00-20:00", STORE_TIMEZONE="America/Lima")).hours
    saturday, monday = 1_788_627_600.0, 1_788_800_400.0  # noon in Lima
    assert (hours.is_open(saturday), hours.is_open(monday)) == (False, True)
