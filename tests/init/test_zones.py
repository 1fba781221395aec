"""Which time zone somebody may mean, and which one the machine is in."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.init.zones import guess_zone, near_zones

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lima", "America/Lima"),
        ("peru", "America/Lima"),
        ("PE", "America/Lima"),
        ("são paulo", "America/Sao_Paulo"),
        ("sao-paulo", "America/Sao_Paulo"),
        ("America/Bogata", "America/Bogota"),
        ("vietnam", "Asia/Ho_Chi_Minh"),
        ("Madrid", "Europe/Madrid"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("UTC+9", "Asia/Tokyo"),
    ],
)
def test_what_is_meant_is_among_those_that_are_offered(text: str, expected: str) -> None:
    assert expected in near_zones(text, NOW)


@pytest.mark.parametrize(("text", "hours"), [("GMT-5", -5), ("utc -3", -3), ("-03:00", -3), ("+2", 2)])
def test_an_offset_means_what_people_mean_by_it(text: str, hours: int) -> None:
    offered = near_zones(text, NOW)
    assert offered
    for name in offered:
        offset = NOW.astimezone(ZoneInfo(name)).utcoffset()
        assert offset is not None
        assert offset.total_seconds() == hours * 3600


def test_of_an_offset_the_markets_come_first() -> None:
    assert {"America/Bogota", "America/Lima"} <= set(near_zones("GMT-5", NOW))
    assert "America/Sao_Paulo" in near_zones("GMT-3", NOW)


@pytest.mark.parametrize("text", ["", "x", "UTC+99", "no such place at all"])
def test_nonsense_is_no_error(text: str) -> None:
    assert isinstance(near_zones(text, NOW), list)


def test_the_machines_zone_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert guess_zone(tmp_path) is None
    monkeypatch.setenv("LC_ALL", "es_PE.UTF-8")
    assert guess_zone(tmp_path) == "America/Lima"
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/localtime").symlink_to("/usr/share/zoneinfo/Europe/Madrid")
    assert guess_zone(tmp_path) == "Europe/Madrid"
    (tmp_path / "etc/timezone").write_text("Etc/UTC\n")  # a server's says nothing of the store
    assert guess_zone(tmp_path) == "Europe/Madrid"
    monkeypatch.setenv("TZ", ":America/Bogota")
    assert guess_zone(tmp_path) == "America/Bogota"
