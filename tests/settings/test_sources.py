"""Sources of settings: their order, and problems with a source itself."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load
from tests.settings.test_settings import KEY, NO_DOTENV, REQUIRED, SECRET, TOKEN, load_settings, problems


def test_the_environment_overrides_a_file_and_a_file_overrides_dotenv(tmp_path: Path) -> None:
    dotenv, named = tmp_path / ".env", tmp_path / "name"
    dotenv.write_text("STORE_NAME=from dotenv\n")
    named.write_text("from a file\n")
    assert load(REQUIRED, dotenv).store_name == "from dotenv"
    assert load(REQUIRED | {"STORE_NAME_FILE": str(named)}, dotenv).store_name == "from a file"
    assert load(REQUIRED | {"STORE_NAME": "from the environment"}, dotenv).store_name == "from the environment"
    assert load(REQUIRED | {"STORE_NAME": " "}, dotenv).store_name == "from dotenv"


def test_dotenv_may_name_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"\ufeff{SECRET}\n")
    (tmp_path / ".env").write_text(
        f"BOT_TOKEN={TOKEN}\nPICKPACK_API_KEY='{KEY}'\nWEBHOOK_SECRET_FILE={tmp_path}/secret"
    )
    loaded = load({}, tmp_path / ".env")
    assert loaded.webhook_secret.get_secret_value() == SECRET
    assert loaded.source_of("WEBHOOK_SECRET") == f"file {tmp_path}/secret"


def test_a_value_and_a_file_together_are_a_problem(tmp_path: Path) -> None:
    assert problems(REQUIRED | {"BOT_TOKEN_FILE": str(tmp_path)}) == {
        "BOT_TOKEN": "is given by BOT_TOKEN_FILE too; keep one of them"
    }


def test_an_unreadable_file_is_one_problem_and_its_path_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path in (TOKEN, str(tmp_path), str(tmp_path / "empty"), str(tmp_path / "binary"), "nul\0"):
        environ = REQUIRED | {"BOT_TOKEN": "", "BOT_TOKEN_FILE": path}
        assert list(problems(environ)) == ["BOT_TOKEN_FILE"]


def test_only_load_reads_the_process_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (REQUIRED | {"STORE_NAME": "Corner Shop"}).items():
        monkeypatch.setenv(name, value)
    assert load(dotenv=NO_DOTENV).store_name == "Corner Shop"
    with pytest.raises(ValueError, match="bot_token"):
        Settings()


def test_broken_lines_of_dotenv_are_reported_with_their_number(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(
        b"# said\r\n\r\nnonsense\r\n\r\nSTORE_NAME=A # said\r\n\xff\xfe=1\r\nexport KEEP_DAYS=3\r\nITEMS_FOR='all\r\n"
    )
    found = problems(REQUIRED, dotenv)
    assert found == {
        f"{dotenv} line 3": "is not NAME=value, or its quote is not closed",
        f"{dotenv} line 6": "is not UTF-8, but probably Latin-1 (Windows-1252)",
        f"{dotenv} line 8": "is not NAME=value, or its quote is not closed",
    }


def test_a_dotenv_in_another_encoding_is_a_problem_and_a_folder_is_ignored(tmp_path: Path) -> None:
    wide = tmp_path / "wide"
    wide.write_text("STORE_NAME=Shop", encoding="utf-16")
    assert list(problems(REQUIRED, wide)) == [str(wide)]
    assert load(REQUIRED, tmp_path).store_name == ""


def test_a_folder_in_the_place_of_a_dotenv_is_named_where_settings_are_missing(tmp_path: Path) -> None:
    assert problems({}, tmp_path)[str(tmp_path)] == "is a folder, so that no setting is read from it"


def test_misspelled_names_are_reported_with_a_suggestion(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"WEBHOOK_SECRT={SECRET}\nFAVOURITE=1\nbot_token={TOKEN}\n")
    found = problems({"POLL_SILENSE": "3", "HOME": "/", "HTTP_PROXY": "http://proxy", "HTTPS_PORT": "443"}, dotenv)
    assert found == {
        "POLL_SILENSE": "is not a setting; did you mean POLL_SILENCE",
        "WEBHOOK_SECRT": "is not a setting; did you mean WEBHOOK_SECRET",
        "FAVOURITE": "is not a setting; .env.example names all of them",
        "bot_token": "is not a setting; did you mean BOT_TOKEN",
        "BOT_TOKEN": "is required",
        "PICKPACK_API_KEY": "is required",
        "WEBHOOK_SECRET": "is required",
    }


def test_a_similar_variable_is_ignored_if_the_setting_itself_is_set() -> None:
    assert load_settings(STORE_NAMES="x", STORE_NAME="Corner Shop").store_name == "Corner Shop"


def test_half_a_secret_in_dotenv_is_not_repeated_as_a_name(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("c400460c165cc9bebXY==\n")
    assert list(problems(REQUIRED, dotenv)) == [f"{dotenv} line 1"]


@pytest.mark.parametrize(
    "content",
    [
        f"BOT_TOKEN={TOKEN}\n",
        f"export BOT_TOKEN={TOKEN}\n",
        f'BOT_TOKEN="{TOKEN}"\n',
        f"\ufeff  bot_token = '{TOKEN}'",
        f"BOT_TOKEN: {TOKEN}",
        f"# the bot\nBOT_TOKEN={TOKEN}\nSTORE_NAME=Shop\n",
        f"STORE_NAME=Shop\nBOT_TOKEN={TOKEN}\n",
    ],
)
def test_a_file_that_holds_a_line_in_place_of_the_value_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "token").write_text(content)
    assert problems(REQUIRED | {"BOT_TOKEN": "", "BOT_TOKEN_FILE": f"{tmp_path}/token"}) == {
        "BOT_TOKEN_FILE": f"names {tmp_path}/token, which holds NAME=value; write the value alone"
    }


def test_files_of_other_settings_and_values_are_read_as_strictly(tmp_path: Path) -> None:
    (tmp_path / "hours").write_text("STORE_HOURS=09:00-20:00\n")
    found = problems(REQUIRED | {"STORE_HOURS_FILE": f"{tmp_path}/hours", "STORE_NAME": "STORE_NAME=Shop"})
    assert "write the value alone" in found["STORE_HOURS_FILE"]
    assert "write the value alone" in found["STORE_NAME"]


def test_mistakes_outside_of_dotenv_name_their_source(tmp_path: Path) -> None:
    (tmp_path / "zone").write_text("Atlantis\n")
    (tmp_path / ".env").write_text("KEEP_DAYS=never\n")
    environ = REQUIRED | {"STORE_HOURS": "nonsense", "STORE_NAME": '"Shop', "STORE_TIMEZONE_FILE": f"{tmp_path}/zone"}
    with pytest.raises(SettingsError) as caught:
        load(environ, tmp_path / ".env")
    said = {problem.name: problem.says for problem in caught.value.problems}
    assert said["STORE_HOURS"].endswith("(from the environment)")
    assert said["STORE_NAME"].endswith("(from the environment)")
    assert said["STORE_TIMEZONE"].endswith(f"(from the file {tmp_path}/zone)")
    assert "(from" not in said["KEEP_DAYS"]


def test_a_colon_as_in_yaml_is_named_and_nothing_is_called_missing(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"BOT_TOKEN: {TOKEN}\n\nwebhook_secret:{SECRET}\nexport PICKPACK_API_KEY_FILE : /run/a=b\n")
    assert problems({}, dotenv) == {
        f"{dotenv} line 1": "BOT_TOKEN has a colon; write BOT_TOKEN=…",
        f"{dotenv} line 3": "webhook_secret has a colon; write WEBHOOK_SECRET=…",
        f"{dotenv} line 4": "PICKPACK_API_KEY_FILE has a colon; write PICKPACK_API_KEY_FILE=…",
    }


def test_half_a_secret_before_a_colon_is_not_repeated(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("abcdef0123456789:rest=of-it\n")
    (found,) = problems(REQUIRED, dotenv).items()
    assert found == (f"{dotenv} line 1", "is not NAME=value, or its quote is not closed")


def test_without_a_dotenv_the_cure_names_init(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r" init, or cp \.env\.example"):
        load({}, tmp_path / ".env")
