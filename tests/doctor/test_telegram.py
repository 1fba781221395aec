"""Telegram: the token, where updates are sent, staff."""

import aiohttp
import pytest

from bot.doctor.bot_api import leads_to_no_bot_api
from bot.doctor.network import Reply
from tests.doctor.harness import STAFF, DoctorHarness


async def test_a_wrong_token_is_reported(doctor: DoctorHarness) -> None:
    found = await doctor.look(BOT_TOKEN="123456789:" + "B" * 35)
    assert found["telegram"].result == "fail"
    assert "refuses BOT_TOKEN" in found["telegram"].says
    assert "@BotFather" in found["telegram"].remedy
    assert "not checked" in found["staff"].says


async def test_an_unreachable_telegram_is_reported(doctor: DoctorHarness) -> None:
    await doctor.telegram.go_down()
    found = (await doctor.look())["telegram"]
    assert (found.result, "no connection" in found.says) == ("fail", True)
    await doctor.telegram.come_back()


async def set_webhook(doctor: DoctorHarness, url: str) -> None:
    address = f"{doctor.telegram.api_url}/bot{doctor.telegram.token}/setWebhook"
    async with aiohttp.ClientSession() as http, http.post(address, json={"url": url}) as response:
        assert response.status == 200


async def test_a_webhook_set_elsewhere_is_reported_by_its_host_only(doctor: DoctorHarness) -> None:
    await set_webhook(doctor, "https://other.example.net/hook/a-secret-of-theirs")
    found = (await doctor.look())["telegram updates"]
    assert found.result == "fail"
    assert "other.example.net" in found.says
    assert "a-secret-of-theirs" not in found.says + found.remedy
    assert "@BotFather" in found.remedy
    assert doctor.telegram.updates.webhook.url  # looked at, not removed


async def test_our_own_webhook_is_no_failure(doctor: DoctorHarness) -> None:
    public = {"PUBLIC_URL": "https://bot.example.com"}
    await set_webhook(doctor, "https://bot.example.com/webhooks/telegram")
    assert (await doctor.look(**public))["telegram updates"].result == "warn"  # polling: it will be removed
    doctor.telegram.updates.webhook.last_error = ""
    assert (await doctor.look(TELEGRAM_UPDATES="webhook", **public))["telegram updates"].result == "ok"
    doctor.telegram.updates.webhook.last_error = "Wrong response from the webhook: 404 Not Found"
    doctor.telegram.updates.webhook.last_error_at = 1.0
    found = (await doctor.look(TELEGRAM_UPDATES="webhook", **public))["telegram updates"]
    assert (found.result, "404 Not Found" in found.says) == ("warn", True)


async def test_staff_who_never_wrote_to_the_bot_are_named(doctor: DoctorHarness) -> None:
    found = (await doctor.look(STAFF_IDS=f"{STAFF},7002"))["staff"]
    assert found.result == "fail"
    assert found.says.endswith("7002")
    assert "/start" in found.remedy


async def test_another_server_than_a_bot_api_is_not_blamed_on_the_token(doctor: DoctorHarness) -> None:
    urls = (f"{doctor.telegram.api_url}/elsewhere", doctor.pickpack.token_url, doctor.pickpack.tracking_url)
    for url in urls:
        found = (await doctor.look(TELEGRAM_API_URL=url))["telegram"]
        assert (found.result, "TELEGRAM_API_URL leads to no Bot API server" in found.says) == ("fail", True)
        assert "BOT_TOKEN" not in found.says + found.remedy


@pytest.mark.parametrize(
    ("status", "body", "is_elsewhere"),
    [(404, b'{"ok": false}', True), (200, b"<html>", True), (401, b'{"ok": false}', False), (502, b"<html>", False)],
)
def test_what_answers_at_another_address_is_told_apart(status: int, body: bytes, is_elsewhere: bool) -> None:
    reply = Reply(status, body)
    assert leads_to_no_bot_api(reply, "https://bots.example.com") is is_elsewhere
    assert not leads_to_no_bot_api(reply, "https://api.telegram.org")


async def test_staff_who_can_be_reached_are_counted(doctor: DoctorHarness) -> None:
    doctor.telegram.add_user(7002)
    assert (await doctor.look())["staff"].says == "the one in STAFF_IDS can be reached"
    assert (await doctor.look(STAFF_IDS=f"{STAFF},7002"))["staff"].says == "all 2 can be reached"
