"""Secrets that are typed, or stand, in another setting's place: said at once, never shown, never written."""

from bot.settings import load
from tests.init.harness import START, InitHarness


async def test_a_secret_typed_for_another_setting_is_asked_for_again(init: InitHarness) -> None:
    token, key = init.telegram.token, init.pickpack.api_key
    said = await init.hold(
        {
            START: [init.press_start()],
            "PICKPACK_API_KEY": [token, f"\ufeff{key}\u200b"],
            "STORE_NAME": [f"Shop {token}", "Shop"],
        }
    )
    assert "it is the same as BOT_TOKEN" in said
    assert "it holds the value of BOT_TOKEN" in said
    assert token not in said
    settings = load(init.environ, init.dotenv)
    assert (settings.pickpack_api_key.get_secret_value(), settings.store_name) == (key, "Shop")


async def test_a_secret_in_the_environment_in_another_settings_place_is_not_shown(init: InitHarness) -> None:
    said = await init.hold({START: [init.press_start()]}, STORE_NAME=init.telegram.token)
    assert "it holds the value of BOT_TOKEN" in said
    assert init.telegram.token not in said


async def test_a_wrong_bot_api_url_is_not_blamed_on_the_token(init: InitHarness) -> None:
    said = await init.hold({START: ["-"], "STAFF_IDS": ["7001"]}, TELEGRAM_API_URL=f"{init.telegram.api_url}/elsewhere")
    assert "TELEGRAM_API_URL leads to no Bot API server" in said
    assert "does not know this token" not in said
