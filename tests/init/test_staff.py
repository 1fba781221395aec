"""How the engineer's Telegram id is found: without taking an update away from anybody."""

from pathlib import Path

import aiohttp

from bot.store.connection import take_lock
from tests.init.harness import ENGINEER, START, InitHarness

SHOPPER = 5001


async def test_the_start_and_what_others_write_is_left_for_the_service(init: InitHarness) -> None:
    init.telegram.add_user(SHOPPER)
    init.telegram.user_says(SHOPPER, "V-1-01")
    said = await init.hold({START: [init.press_start()]})
    assert f"That was Ana, whose id is {ENGINEER}" in said
    assert init.settings()["STAFF_IDS"] == str(ENGINEER)
    waiting = [entry.update["message"]["text"] for entry in init.telegram.updates.pending]
    assert (waiting[0], waiting[1].startswith("/start init-")) == ("V-1-01", True)
    assert not any(character.isdigit() for character in waiting[1])  # or it could be taken for an order's number
    assert all("offset" not in call.parameters for call in init.telegram.calls_of("getUpdates"))
    assert all("allowed_updates" not in call.parameters for call in init.telegram.calls_of("getUpdates"))


async def test_a_start_without_the_code_is_nobodys(init: InitHarness) -> None:
    init.telegram.add_user(SHOPPER)
    init.telegram.user_says(SHOPPER, "/start init-bcdfghjkmn")
    await init.hold({START: [init.press_start()]})
    assert init.settings()["STAFF_IDS"] == str(ENGINEER)


async def test_a_start_that_does_not_come_can_be_tried_again_or_the_id_typed(
    init: InitHarness, short_wait: None
) -> None:
    said = await init.hold({START: ["", init.press_start()]})
    assert "It has not come" in said
    assert init.settings()["STAFF_IDS"] == str(ENGINEER)
    init.dotenv.unlink()
    await init.hold({START: ["", "-"], "STAFF_IDS": ["someone", "7001"]})
    assert init.settings()["STAFF_IDS"] == "7001"


async def test_where_a_webhook_is_set_the_id_is_typed_and_the_webhook_stays(init: InitHarness) -> None:
    address = f"{init.telegram.api_url}/bot{init.telegram.token}/setWebhook"
    hook = "https://other.example.net/hook/a-secret-of-theirs"
    async with aiohttp.ClientSession() as http, http.post(address, json={"url": hook}) as response:
        assert response.status == 200
    said = await init.hold({"STAFF_IDS": ["7001"]})
    assert "a webhook is set, so that all that is written to the bot goes to other.example.net" in said
    assert "a-secret-of-theirs" not in said
    assert init.telegram.updates.webhook.url == hook
    assert init.settings()["STAFF_IDS"] == "7001"


async def test_an_id_under_which_strangers_write_is_refused_and_asked_for_again(
    init: InitHarness, short_wait: None
) -> None:
    said = await init.hold({START: ["", "-"], "STAFF_IDS": ["1087968824", "7001"]})
    assert "@GroupAnonymousBot" in said
    assert init.settings()["STAFF_IDS"] == "7001"


async def test_where_another_program_asks_for_updates_the_id_is_typed(init: InitHarness) -> None:
    init.telegram.fail("conflict", methods={"getUpdates"})
    said = await init.hold({START: [init.press_start()], "STAFF_IDS": ["7001"]})
    assert "make sure that only one bot instance is running" in said
    assert "@userinfobot" in said
    assert init.settings()["STAFF_IDS"] == "7001"


async def test_the_running_service_is_not_disturbed(init: InitHarness) -> None:
    database = Path(init.environ["DATABASE_PATH"])
    with take_lock(database):
        said = await init.hold({"STAFF_IDS": ["7001"]})
    assert "the service is running" in said
    assert init.telegram.calls_of("getUpdates") == []


async def test_telegram_that_fails_in_the_middle_costs_nothing(init: InitHarness) -> None:
    init.telegram.fail("500", methods={"getUpdates"})
    said = await init.hold({START: [init.press_start()], "STAFF_IDS": ["7001"]})
    assert "Telegram can't be asked: Internal Server Error" in said
    assert init.settings()["STAFF_IDS"] == "7001"


async def test_an_answer_that_repeats_the_token_does_not_show_it(init: InitHarness) -> None:
    init.telegram.fail("echo", methods={"getUpdates"})
    said = await init.hold({START: [init.press_start()], "STAFF_IDS": ["7001"]})
    assert "no such address as" in said
    assert init.telegram.token.partition(":")[2] not in said
