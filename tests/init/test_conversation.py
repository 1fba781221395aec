"""The conversation: what is asked, tried and written."""

import stat
from pathlib import Path

import click
import pytest

from bot.init import main
from bot.settings import load
from tests.init.harness import ENGINEER, START, InitHarness, ScriptedConsole


async def test_the_whole_conversation_writes_settings_that_can_be_used(init: InitHarness) -> None:
    said = await init.hold(
        {
            "PUBLIC_URL": ["bot.example.com/webhooks/pickpack"],
            "STORE_NAME": ["Corner Shop #1"],
            "STORE_TIMEZONE": ["Lima", "1"],
            "STORE_HOURS": ["09:00-20:00"],
            "STORE_CONTACT_URL": ["+51 999 888 777"],
            "DEFAULT_LOCALE": ["Español"],
            START: [init.press_start()],
            "show the value": ["y"],
        }
    )
    settings = load(init.environ, init.dotenv)
    assert settings.bot_token.get_secret_value() == init.telegram.token
    assert settings.pickpack_api_key.get_secret_value() == init.pickpack.api_key
    assert settings.public_url == "https://bot.example.com"
    assert (settings.store_name, settings.store_timezone.key) == ("Corner Shop #1", "America/Lima")
    assert (settings.store_contact_url, settings.default_locale) == ("https://wa.me/51999888777", "es")
    assert settings.staff_ids == {ENGINEER}
    assert len(settings.webhook_secret.get_secret_value()) == 43
    assert len(settings.link_secret[0].get_secret_value()) == 43
    assert stat.S_IMODE(init.dotenv.stat().st_mode) == 0o600
    assert f"This is @{init.telegram.state.bot['username']}." in said
    assert f"opens the account {init.pickpack.hostname}" in said
    assert "https://bot.example.com/webhooks/pickpack" in said
    assert settings.webhook_secret.get_secret_value() in said  # once, as it was asked for


async def test_no_secret_is_shown_whole(init: InitHarness) -> None:
    said = await init.hold({START: [init.press_start()]})
    settings = load(init.environ, init.dotenv)
    assert not any(secret in said for secret in settings.secret_values())
    assert init.console.hidden == ["BOT_TOKEN", "PICKPACK_API_KEY"]
    assert f"{len(init.telegram.token)} characters, ending in …{init.telegram.token[-4:]}" in said


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("123456789:" + "B" * 35, "Telegram does not know this token (HTTP 401)"),
        ("nonsense", "does not look like a token"),
        ("", "is needed"),
        ("-", "does not look like a token"),
    ],
)
async def test_a_wrong_token_is_asked_for_again(init: InitHarness, typed: str, says: str) -> None:
    said = await init.hold({"BOT_TOKEN": [typed, init.telegram.token], START: [init.press_start()]})
    assert says in said
    assert not typed or len(typed) < 2 or typed not in said
    assert init.settings()["BOT_TOKEN"] == init.telegram.token


async def test_the_token_is_found_in_what_botfather_wrote(init: InitHarness) -> None:
    pasted = f"Use this token to access the HTTP API: {init.telegram.token} Keep it secure"
    await init.hold({"BOT_TOKEN": [pasted], START: [init.press_start()]})
    assert init.settings()["BOT_TOKEN"] == init.telegram.token


async def test_a_wrong_key_is_asked_for_again(init: InitHarness) -> None:
    key = init.pickpack.api_key
    said = await init.hold({"PICKPACK_API_KEY": ["short", "another-key-of-theirs", key], START: [init.press_start()]})
    assert "at least 8 characters" in said
    assert "Pick and Pack does not take this key" in said
    assert init.settings()["PICKPACK_API_KEY"] == key


async def test_without_a_network_it_goes_on_and_the_id_is_typed(init: InitHarness) -> None:
    await init.telegram.go_down()
    await init.pickpack.stop()
    said = await init.hold({"STAFF_IDS": ["7001, 7002"]})
    assert said.count("could not be tried; `doctor` tries it later") == 2
    assert init.settings()["STAFF_IDS"] == "7001, 7002"
    await init.telegram.come_back()


async def test_what_can_be_left_out_is_left_out(init: InitHarness) -> None:
    await init.hold({START: ["-"]})
    assert set(init.settings()) == {
        "BOT_TOKEN", "PICKPACK_API_KEY", "DEFAULT_LOCALE", "WEBHOOK_SECRET", "LINK_SECRET"
    }  # fmt: skip
    load(init.environ, init.dotenv)


@pytest.mark.parametrize(
    ("name", "typed", "written"),
    [
        ("STORE_TIMEZONE", ["Peru", "1"], "America/Lima"),
        ("STORE_TIMEZONE", ["america/sao paulo", "1"], "America/Sao_Paulo"),
        ("STORE_TIMEZONE", ["GMT-5:00", "America/Lima"], "America/Lima"),
        ("STORE_HOURS", ["nine to five", "9:00-17:00"], "9:00-17:00"),
        ("STORE_CONTACT_URL", ["@corner_shop"], "https://t.me/corner_shop"),
        ("STORE_CONTACT_URL", ["mail@example.com", "shop.example.com/help"], "https://shop.example.com/help"),
        ("DEFAULT_LOCALE", ["xx", "pt"], "pt-BR"),
        ("DEFAULT_LOCALE", ["ES_ar"], "es-AR"),
        ("PUBLIC_URL", ["http://bot.example.com/"], "http://bot.example.com"),
        ("STORE_NAME", ["Ana’s “Shop” $1"], "Ana’s “Shop” $1"),
    ],
)
async def test_what_people_write_is_understood_or_asked_again(
    init: InitHarness, name: str, typed: list[str], written: str
) -> None:
    await init.hold({name: [*typed], START: ["-"]})
    assert init.settings()[name] == written
    load(init.environ, init.dotenv)


# ── again ────────────────────────────────────────────────────────────────────

BEFORE = """\
# my own comment
STORE_NAME='Old Shop'  # as on the sign
# STORE_HOURS=09:00-20:00
KEEP_DAYS=14
WEBHOOK_SECRET=Zk3v9Qx7Lm2Rt8Wp5Yb1Nc6H

export STAFF_IDS=7009
STORE_CONTACT_URL=https://old.example.com
"""


async def test_what_is_there_stays_and_is_the_default(init: InitHarness) -> None:
    init.dotenv.write_text(BEFORE)
    said = await init.hold({"STORE_HOURS": ["08:00-18:00"], "STORE_CONTACT_URL": ["-"]})
    text = init.dotenv.read_text()
    assert text.startswith("# my own comment\nSTORE_NAME='Old Shop'  # as on the sign\n")
    assert "# STORE_HOURS=09:00-20:00\nSTORE_HOURS=08:00-18:00\nKEEP_DAYS=14\n" in text
    assert "\n\nexport STAFF_IDS=7009\n# STORE_CONTACT_URL=https://old.example.com\n" in text
    assert "STORE_NAME [Old Shop]:" in said
    assert "WEBHOOK_SECRET, what Pick and Pack's webhook must bring, stays as it is" in said
    before = init.folder / ".env.before"
    assert before.read_text() == BEFORE
    assert [stat.S_IMODE(one.stat().st_mode) for one in (init.dotenv, before)] == [0o600, 0o600]


async def test_a_second_run_with_enter_alone_changes_nothing(init: InitHarness) -> None:
    await init.hold({"STORE_NAME": ["Corner Shop"], START: [init.press_start()]})
    first = init.dotenv.read_text()
    await init.hold({"BOT_TOKEN": [""], "PICKPACK_API_KEY": [""]})
    assert init.dotenv.read_text() == first
    assert not (init.folder / ".env.before").exists()


async def test_somebody_is_added_to_those_who_are_there(init: InitHarness) -> None:
    init.dotenv.write_text("STAFF_IDS=7009\n")
    await init.hold({"add somebody": ["y"], START: [init.press_start()]})
    assert init.settings()["STAFF_IDS"] == f"7009,{ENGINEER}"


async def test_a_value_that_can_not_be_used_is_no_default(init: InitHarness) -> None:
    init.dotenv.write_text("STORE_TIMEZONE=Nowhere/Land\nWEBHOOK_SECRET=short\nHTTP_PORT=eighty\n")
    said = await init.hold({"STORE_TIMEZONE": ["America/Lima"], START: ["-"]})
    assert "What .env has for STORE_TIMEZONE can't be used" in said
    assert "the one before can't be used: it must have at least 16 characters" in said
    assert "has still to be mended" in said  # HTTP_PORT is not asked about
    assert "HTTP_PORT: must be a whole number" in said


async def test_what_the_environment_sets_is_tried_and_neither_asked_nor_written(init: InitHarness) -> None:
    said = await init.hold({START: ["-"]}, BOT_TOKEN=init.telegram.token, STORE_NAME="Corner Shop")
    assert "BOT_TOKEN is set in the environment" in said
    assert "This is @" in said
    assert not {"BOT_TOKEN", "STORE_NAME", "TELEGRAM_API_URL"} & set(init.settings())


async def test_another_server_that_dotenv_names_is_the_one_that_is_asked(init: InitHarness) -> None:
    addresses = {name: init.environ.pop(name) for name in ("TELEGRAM_API_URL", "PICKPACK_TOKEN_URL")}
    init.dotenv.write_text("".join(f"{name}={address}\n" for name, address in addresses.items()))
    said = await init.hold({START: [init.press_start()]})
    assert f"whose id is {ENGINEER}" in said
    assert f"opens the account {init.pickpack.hostname}" in said


async def test_a_secret_in_a_file_of_its_own_stays_there(init: InitHarness) -> None:
    (init.folder / "token").write_text(init.telegram.token)
    init.dotenv.write_text(f"BOT_TOKEN_FILE={init.folder}/token\n")
    await init.hold({"BOT_TOKEN": [""], START: ["-"]})
    assert "BOT_TOKEN" not in init.settings()
    load(init.environ, init.dotenv)
    (init.folder / "token").write_text("123456789:" + "B" * 35)  # refused, so that another one is typed
    await init.hold({"BOT_TOKEN": ["", init.telegram.token], START: ["-"]})
    assert load(init.environ, init.dotenv).bot_token.get_secret_value() == init.telegram.token


async def test_the_files_of_windows_keep_their_line_ends_and_a_link_stays_a_link(init: InitHarness) -> None:
    target = init.folder / "elsewhere.env"
    target.write_bytes(b"STORE_NAME=Corner Shop\r\n# end")
    init.dotenv.symlink_to(target)
    await init.hold({START: ["-"]})
    assert init.dotenv.is_symlink()
    assert b"\r\n# end\r\nBOT_TOKEN=" in target.read_bytes()
    assert b"\n" not in target.read_bytes().replace(b"\r\n", b"")


# ── nothing half written ─────────────────────────────────────────────────────


def ended() -> str:
    raise click.Abort


@pytest.mark.parametrize("at", ["PICKPACK_API_KEY", "STORE_NAME", START, "write this"])
async def test_ctrl_c_leaves_everything_as_it_was(init: InitHarness, at: str) -> None:
    init.dotenv.write_text(BEFORE.replace("export STAFF_IDS=7009\n", ""))
    before = {one.name: one.read_bytes() for one in init.folder.iterdir()}
    with pytest.raises(click.Abort):
        await init.hold({START: ["-"], at: [ended]})
    assert {one.name: one.read_bytes() for one in init.folder.iterdir()} == before


async def test_a_no_at_the_end_writes_nothing(init: InitHarness) -> None:
    with pytest.raises(AssertionError):  # its exit code is not 0
        await init.hold({START: ["-"], "write this": ["n"]})
    assert list(init.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes("STORE_NAME=Café".encode("latin-1")), "not UTF-8"),
        (lambda path: path.write_bytes("STORE_NAME=Café".encode("utf-16")), "not UTF-8"),
    ],
)
def test_a_file_that_can_not_be_kept_is_said_before_any_question(tmp_path: Path, make: object, says: str) -> None:
    assert callable(make)
    make(tmp_path / ".env")
    console = ScriptedConsole({})
    with pytest.raises(click.ClickException, match=says):
        main({}, tmp_path / ".env", console)
    assert console.lines == []
