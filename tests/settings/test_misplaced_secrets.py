"""A secret in another setting's place would be told to shoppers, or written into a log: it is refused at load."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import LocaleSettings, SettingsError, StoreSettings, load_group
from tests.settings.test_settings import KEY, NO_DOTENV, REQUIRED, SECRET, TOKEN, problems

LINK = "links-are-signed-by-this"
ANOTHER_TOKEN = "987654321:BBF_Zq8t1u2v3w4x5y6z7A8B9C0D1E2F3G4"


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("STORE_NAME", TOKEN, "BOT_TOKEN"),
        ("STORE_NAME", f"Shop {SECRET}.", "WEBHOOK_SECRET"),
        ("PICKUP_PLACE", KEY, "PICKPACK_API_KEY"),
        ("PICKUP_ADDRESS", f"Av. Larco 123, {SECRET}", "WEBHOOK_SECRET"),
        ("PICKUP_ADDRESS", f"Av. Larco 123, {LINK}", "LINK_SECRET"),
        ("STORE_CONTACT_URL", f"https://shop.example.com/?secret={SECRET}", "WEBHOOK_SECRET"),
        ("STORE_CONTACT_URL", f"https://shop.example.com/{KEY.replace(':', '%3A')}", "PICKPACK_API_KEY"),
        ("PICKUP_MAP_URL", f"https://maps.example.com/{TOKEN}", "BOT_TOKEN"),
        ("PUBLIC_URL", f"https://bot.example.com/{SECRET}", "WEBHOOK_SECRET"),
        ("PICKPACK_HOSTNAME", SECRET, "WEBHOOK_SECRET"),
        ("PICKPACK_TOKEN_URL", f"https://auth.example.com/?key={KEY}", "PICKPACK_API_KEY"),
        ("WEBHOOK_HEADER", SECRET, "WEBHOOK_SECRET"),
        ("WEBHOOK_HEADER", f"X-Webhook-Secret: {SECRET}", "the name alone, without colon and value"),
        ("DATABASE_PATH", f"data/{SECRET}.db", "WEBHOOK_SECRET"),
        ("STAFF_IDS", TOKEN, "BOT_TOKEN"),
        ("STORE_NAME", ANOTHER_TOKEN, "a bot's token"),
        ("STORE_CONTACT_URL", f"https://api.telegram.org/bot{ANOTHER_TOKEN}/getMe", "a bot's token"),
        ("TELEGRAM_API_URL", f"https://api.telegram.org/bot{TOKEN}", "leave /bot… away"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot<token>", "leave /bot… away"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot", "leave what follows the host away"),
        ("PICKPACK_API_KEY", TOKEN, "the same as BOT_TOKEN"),
        ("PICKPACK_API_KEY", ANOTHER_TOKEN, "a bot's token"),
        ("WEBHOOK_SECRET", ANOTHER_TOKEN, "a bot's token"),
        ("WEBHOOK_SECRET", "0f1e2d3c:4b5a6978-and-more", "PICKPACK_API_KEY"),
        ("PICKPACK_API_KEY", SECRET, "the same as PICKPACK_API_KEY"),
        ("PICKPACK_API_KEY", SECRET[:10], "PICKPACK_API_KEY"),
    ],
)
def test_a_secret_in_another_place_is_refused_by_the_settings_names(name: str, text: str, named: str) -> None:
    found = problems(REQUIRED | {"LINK_SECRET": LINK} | {name: text})
    assert len(found) == 1
    assert named in "".join(found.values())
    assert not any(secret in str(found) for secret in (LINK, ANOTHER_TOKEN, KEY.replace(":", "%3A")))


def test_each_of_two_link_secrets_counts() -> None:
    for link in (SECRET, f"{LINK},{SECRET}", f'["{SECRET}", "{LINK}"]'):
        assert list(problems(REQUIRED | {"LINK_SECRET": link})) == ["LINK_SECRET"]
    assert list(problems(REQUIRED | {"LINK_SECRET": f"{LINK}-old,{LINK}-new", "STORE_NAME": f"{LINK}-new"})) == [
        "STORE_NAME"
    ]


def test_a_secret_of_a_file_counts_as_one_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{LINK}\n")
    (tmp_path / "name").write_text(f"Shop {LINK}\n")
    given = REQUIRED | {"LINK_SECRET_FILE": f"{tmp_path}/secret", "STORE_NAME_FILE": f"{tmp_path}/name"}
    assert list(problems(given)) == ["STORE_NAME"]


def test_a_group_is_refused_for_its_own_settings_only() -> None:
    given = REQUIRED | {"STORE_NAME": TOKEN}
    with pytest.raises(SettingsError):
        load_group(StoreSettings, given, NO_DOTENV)
    load_group(LocaleSettings, given, NO_DOTENV)


def test_the_command_ends_with_78_and_does_not_repeat_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (REQUIRED | {"STORE_NAME": TOKEN}).items():
        monkeypatch.setenv(name, value)
    assert main(["config"]) == 78
    said = "".join(capsys.readouterr())
    assert "STORE_NAME: holds the value of BOT_TOKEN" in said
    assert "(from the environment)" in said
    assert TOKEN not in said
