"""Telegram: the token, where updates are sent, staff."""

import aiohttp

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
