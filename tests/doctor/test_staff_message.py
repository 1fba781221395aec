"""`--send-test`: who of the staff gets a message, and what is said of the others."""

import pytest

from bot.doctor import examine
from bot.doctor.findings import Finding
from bot.words.fluent.catalog import Catalog
from tests.doctor.harness import STAFF, DoctorHarness

GROUP = -1001234567890


async def sent(doctor: DoctorHarness, **changes: str) -> list[Finding]:
    findings = await examine(doctor.environ | changes, doctor.folder / ".env", send_test=True)
    return [one for one in findings if one.check == "test message"]


LANGUAGES = [name for name, _ in Catalog().available()]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_of_the_staff_gets_the_message_in_the_default_language(doctor: DoctorHarness, language: str) -> None:
    doctor.telegram.add_group(GROUP)
    [group, person] = await sent(doctor, STAFF_IDS=f"{STAFF},{GROUP}", DEFAULT_LOCALE=language)
    assert (group.result, group.says) == ("ok", f"{GROUP} has it")
    assert (person.result, person.says) == ("ok", f"{STAFF} has it")
    [shown] = doctor.telegram.bot_messages(STAFF)
    assert shown.text == Catalog().format(language, "staff-test")


async def test_nothing_is_sent_unasked(doctor: DoctorHarness) -> None:
    await doctor.look()
    assert doctor.telegram.calls_of("sendMessage") == []


async def test_who_never_pressed_start_or_has_blocked_the_bot_is_named_with_what_to_do(doctor: DoctorHarness) -> None:
    doctor.telegram.add_user(7002)
    doctor.telegram.user_blocks(7002)
    [blocked, stranger] = await sent(doctor, STAFF_IDS="7002,7003")
    assert (blocked.result, blocked.says) == ("fail", "7002 has blocked the bot")
    assert (stranger.result, stranger.says) == ("fail", "7003 has never pressed START")
    assert all("https://t.me/onroute_bot" in one.remedy for one in (blocked, stranger))


@pytest.mark.parametrize(
    ("fault", "says", "remedy"),
    [
        ("kicked", "removed from the group", "add @onroute_bot"),
        ("chat not found", "not in the group", "add @onroute_bot"),
        ("no rights", "may not write", "administrator"),
        ("migrated", f"has become a supergroup, which is {GROUP}", f"write {GROUP} in the place of -77"),
        ("429", "Telegram asks to wait", "in 7 s"),
        ("500", "perhaps not got it: Internal Server Error", "run it again"),
        ("reset after", "perhaps not got it", "run it again"),
    ],
)
async def test_a_group_that_can_not_be_written_to_is_named_with_what_to_do(
    doctor: DoctorHarness, fault: str, says: str, remedy: str
) -> None:
    doctor.telegram.add_group(-77)
    doctor.telegram.fail(fault, methods={"sendMessage"}, new_chat_id=GROUP, seconds=7)
    [found] = await sent(doctor, STAFF_IDS="-77")
    assert found.result == "fail"
    assert says in found.says
    assert remedy in found.remedy


async def test_an_answer_that_repeats_the_token_does_not_show_it(doctor: DoctorHarness) -> None:
    doctor.telegram.fail("echo", methods={"sendMessage"})
    [found] = await sent(doctor)
    assert "no such address as" in found.says
    assert doctor.telegram.token.partition(":")[2] not in found.says


async def test_without_staff_it_says_whom_to_name(doctor: DoctorHarness) -> None:
    [found] = await sent(doctor, STAFF_IDS="")
    assert (found.result, "STAFF_IDS" in found.remedy) == ("warn", True)
