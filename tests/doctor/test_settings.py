"""The settings and their content: each problem is a line that says what to do."""

from pathlib import Path

import pytest

from bot.doctor import examine
from tests.doctor.harness import DoctorHarness


async def test_with_valid_settings_every_check_passes_and_nothing_is_created(doctor: DoctorHarness) -> None:
    doctor.pickpack.put_order("A-1", "ON_ROUTE")
    found = await doctor.look(order="A-1", PUBLIC_URL=f"http://127.0.0.1:{doctor.environ['HTTP_PORT']}")
    # only the test's own address is without TLS
    assert {name: one.says for name, one in found.items() if one.result != "ok" and name != "public address"} == {}
    assert "reaches this machine's port" in found["public address"].says
    assert "A-1 is ON_ROUTE" in found["order"].says
    assert list(doctor.folder.iterdir()) == []


async def test_an_invalid_time_zone_is_named_and_the_other_checks_run(doctor: DoctorHarness) -> None:
    found = await doctor.look(STORE_TIMEZONE="Mars/Base")
    assert found["settings"].result == "fail"
    assert "STORE_TIMEZONE" in found["settings"].says
    assert "STORE_TIMEZONE=America/Lima" in found["settings"].remedy
    assert "not checked" in found["time zone"].says
    assert found["pick and pack"].result == found["telegram"].result == "ok"


async def test_every_invalid_setting_has_its_own_line(doctor: DoctorHarness) -> None:
    findings = await examine(doctor.environ | {"HTTP_PORT": "eighty", "BOT_TOKEN": "nonsense"}, Path("none"))
    assert [one.says.split(":")[0] for one in findings if one.check == "settings"] == ["BOT_TOKEN", "HTTP_PORT"]


@pytest.mark.parametrize("name", ["STAFF_IDS", "ADMIN_IDS"])
async def test_the_id_under_which_strangers_write_is_refused_with_what_to_write_instead(
    doctor: DoctorHarness, name: str
) -> None:
    found = (await doctor.look(**{name: "1087968824"}))["settings"]
    assert (found.result, found.says.split(":")[0]) == ("fail", name)
    assert "@GroupAnonymousBot" in found.says
    assert "the id of the group itself" in found.says


async def test_every_faulty_message_of_an_override_has_its_own_line(doctor: DoctorHarness) -> None:
    words = doctor.folder / "my-words" / "en"
    words.mkdir(parents=True)
    (words / "mine.ftl").write_text("headline-being-prepared = 🛒 <b>Being prepared</b>\nbutton-copy = <b>\n")
    given = doctor.environ | {"LOCALES_OVERRIDE": str(words.parent)}
    found = [one for one in await examine(given, Path("none")) if one.check == "words"]
    assert [(one.result, one.says.removeprefix(f"{words}/").split(": ")[0]) for one in found] == [
        ("fail", "mine.ftl:1"),
        ("fail", "mine.ftl:2"),
    ]
    assert "lacks the variable $order" in found[0].says
    assert "docs/words.md" in found[0].remedy


async def test_a_name_that_is_given_twice_is_noticed(doctor: DoctorHarness) -> None:
    dotenv = doctor.folder / ".env"
    dotenv.write_text("KEEP_DAYS=3\nKEEP_DAYS=4\n")
    found = [one for one in await examine(doctor.environ, dotenv) if one.check == "settings"]
    assert [one.result for one in found] == ["ok", "warn"]
    assert "KEEP_DAYS is given in the lines 1, 2" in found[1].says


async def test_a_missing_message_is_named(doctor: DoctorHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    english = doctor.folder / "locales" / "en"
    english.mkdir(parents=True)
    (english / "all.ftl").write_text("a-message = Hello\n")
    (english.parent / "es").mkdir()
    monkeypatch.setattr("bot.doctor.configuration.default_folder", lambda: english.parent)
    found = (await doctor.look())["words"]
    assert found.result == "fail"
    assert "a-message: is missing" in found.says


async def test_a_default_language_without_texts_is_reported(doctor: DoctorHarness) -> None:
    found = (await doctor.look(DEFAULT_LOCALE="fi"))["words"]
    assert (found.result, "en, es, es-AR, pt-BR" in found.says) == ("fail", True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"WEBHOOK_SECRET": "aaaaaaaaaaaaaaaaaaaaaaaa"}, "WEBHOOK_SECRET is too short or too uniform"),
        ({"WEBHOOK_SECRET": "my-Secret-of-the-store-1"}, "WEBHOOK_SECRET looks made up by hand"),
    ],
)
async def test_weak_secrets_are_reported_without_being_shown(
    doctor: DoctorHarness, changes: dict[str, str], says: str
) -> None:
    found = (await doctor.look(**changes))["secrets"]
    assert found.result == "warn"
    assert says in found.says
    assert "token_urlsafe" in found.remedy


async def test_a_dotenv_that_everybody_can_read_is_reported(doctor: DoctorHarness) -> None:
    dotenv = doctor.folder / ".env"
    dotenv.write_text(f"WEBHOOK_SECRET={doctor.environ.pop('WEBHOOK_SECRET')}\n")
    dotenv.chmod(0o644)
    assert f"chmod 600 {dotenv}" in (await doctor.look())["secrets"].remedy
    dotenv.chmod(0o600)
    assert (await doctor.look())["secrets"].result == "ok"


async def test_no_contact_and_no_backups_are_warnings(doctor: DoctorHarness) -> None:
    found = await doctor.look(STORE_CONTACT_URL="", BACKUP_DIR="", STORE_TIMEZONE="", STAFF_IDS="")
    for name, setting in (
        ("privacy contact", "STORE_CONTACT_URL"),
        ("backups", "BACKUP_DIR"),
        ("time zone", "STORE_TIMEZONE"),
        ("staff", "STAFF_IDS"),
    ):
        assert found[name].result == "warn"
        assert setting in found[name].remedy


@pytest.mark.parametrize(
    ("changes", "result", "setting"),
    [
        ({}, "ok", "checkout"),
        ({"PICKUP_PLACE": "Counter 3"}, "ok", "Counter 3"),
        ({"PICKUP_PLACE": "Counter 3", "PICKUP_ADDRESS": "Av. Larco 123"}, "ok", "Counter 3, Av. Larco 123"),
        ({"PICKUP_MAP_URL": "https://maps.example.com/"}, "warn", "without a name"),
        ({"PICKUP_PLACE": "Counter 3", "PICKUP_MAP_URL": "https://maps.example.com/{id}"}, "warn", "PICKUP_MAP_URL"),
    ],
)
async def test_where_orders_are_picked_up_is_said_whole_or_not_at_all(
    doctor: DoctorHarness, changes: dict[str, str], result: str, setting: str
) -> None:
    found = (await doctor.look(**changes))["pickup place"]
    assert found.result == result
    assert setting in found.says


@pytest.mark.parametrize(
    ("line", "is_cut"),
    [
        ("STORE_NAME=Bodega #1 & Co", True),
        ("STORE_NAME='Bodega #1 & Co'", False),
        ('STORE_NAME="Bodega #1 & Co"', False),
        ("STORE_NAME=Bodega # as messages name it", False),
        ("STORE_NAME=Bodega#1", False),
        ("STORE_NAME= #1", False),
        ("# STORE_NAME=Bodega #1", False),
    ],
)
async def test_a_value_that_ends_before_its_hash_is_named(doctor: DoctorHarness, line: str, is_cut: bool) -> None:
    dotenv = doctor.folder / ".env"
    dotenv.write_text(f"\n{line}\nPICKUP_REMINDER_HOURS=24 # by day\n", encoding="utf-8")
    dotenv.chmod(0o600)
    found = (await doctor.look())["settings"]
    assert found.result == ("warn" if is_cut else "ok"), found
    assert not is_cut or "STORE_NAME ends before the #" in found.says


async def test_a_secret_in_another_settings_place_is_reported_and_its_setting_not_used(doctor: DoctorHarness) -> None:
    found = await doctor.look(STORE_NAME=f"Shop {doctor.environ['BOT_TOKEN']}", LINK_SECRET=doctor.telegram.token)
    assert found["settings"].result == "fail"
    assert "(from the environment)" in found["settings"].says
    assert "not checked" in found["pickup place"].says
