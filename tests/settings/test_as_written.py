"""Settings as people write them: what is understood is taken, what is doubtful is refused with its reason."""

from pathlib import Path

import pytest

from bot.settings import LocaleSettings, Settings, SettingsError, TelegramSettings, load, load_group
from tests.file_permissions import owned_by_another, permissions_bind
from tests.settings.test_settings import KEY, NO_DOTENV, REQUIRED, SECRET, TOKEN, load_settings, problems

FROM_DOTENV = f"BOT_TOKEN={TOKEN}\nPICKPACK_API_KEY={KEY}\nWEBHOOK_SECRET={SECRET}\n"


def load_dotenv(folder: Path, content: str | bytes) -> Settings:
    return load({}, write_dotenv(folder, content))


def write_dotenv(folder: Path, content: str | bytes) -> Path:
    dotenv = folder / ".env"
    dotenv.write_bytes(content if isinstance(content, bytes) else content.encode())
    return dotenv


def problem_of(**given: str) -> str:
    (found,) = problems(REQUIRED | given).values()
    return found


# ── around a value ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        # docker run --env-file hands on quotes and comments
        ("HTTP_PORT", '"8080"', 8080),
        ("HTTP_PORT", "'8080'", 8080),
        ("HTTP_PORT", "8080 # the port", 8080),
        ("HTTP_PORT", '"8080" # the port', 8080),
        ("HTTP_PORT", "# the port", 8080),
        ("HTTP_PORT", '""', 8080),
        ("HTTP_PORT", "8080\r", 8080),
        ("STORE_NAME", '"Corner Shop"', "Corner Shop"),
        ("STORE_NAME", "\u200bCorner Shop\u00a0", "Corner Shop"),
        ("PUBLIC_URL", "\ufeffhttps://bot.example.com\u200b", "https://bot.example.com"),
        ("STAFF_IDS", "1,\u00a02", {1, 2}),
        ("PICKPACK_TRACKING_URL", "http://127.0.0.1:8001/prod/orders/", "http://127.0.0.1:8001/prod/orders"),
        ("STORE_NAME", "'Corner Shop' # ours", "Corner Shop"),
        ("STORE_NAME", "Bodega # 1", "Bodega # 1"),
        ("STORE_NAME", "'Tis a Shop", "'Tis a Shop"),
        ("STORE_NAME", '"A" and "B"', '"A" and "B"'),
        ("STORE_CONTACT_URL", "'https://shop.example.com/#ask'", "https://shop.example.com/#ask"),
        ("STORE_TIMEZONE", '"America/Lima"', "America/Lima"),
        ("STAFF_IDS", "[1,2]", {1, 2}),
        ("STAFF_IDS", '["1","2"]', {1, 2}),
        ("STAFF_IDS", '"1","2"', {1, 2}),
        ("STAFF_IDS", "'[1, -2]'", {1, -2}),
        ("STAFF_IDS", "1;2", {1, 2}),
        ("STAFF_IDS", "1 2", {1, 2}),
        ("STAFF_IDS", "1, 2, # Ana and Bruno", {1, 2}),
        ("STAFF_IDS", "1\n2", {1, 2}),
        ("STAFF_IDS", "1\uff0c2", {1, 2}),
        ("STAFF_IDS", "'1',2", {1, 2}),
        ("STAFF_IDS", "\u22121001234567890", {-1001234567890}),
        ("STAFF_IDS", "[]", set()),
        ("ORDER_ID_PREFIXES", '["SLR-", "00-"]', ("SLR-", "00-")),
        ("ORDER_ID_PREFIXES", "#A #B", ("#A", "#B")),
        ("TELL_LATE", "Sí", True),
        ("TELL_LATE", "on", True),
        ("TELL_LATE", "1", True),
        ("TELL_LATE", "não", False),
        ("FOLLOWS_PER_DAY", "1_000", 1000),
        ("FOLLOWS_PER_DAY", "1 000", 1000),
        ("POLL_SILENCE", "10s", 10),
        ("POLL_SILENCE", "10 min", 600),
        ("SETTLE_SECONDS", "0,5", 0.5),
        ("KEEP_DAYS", "30 days", 30),
        ("PICKUP_REMINDER_HOURS", "2d", 48),
        ("DEFAULT_LOCALE", "pt_BR", "pt-BR"),
        ("DEFAULT_LOCALE", "pt-br", "pt-BR"),
        ("DEFAULT_LOCALE", "ES", "es"),
        ("DEFAULT_LOCALE", "es_AR.UTF-8", "es-AR"),
        ("LOG_LEVEL", '"info"', "INFO"),
    ],
)
def test_what_can_be_understood_is_taken(name: str, text: str, value: object) -> None:
    found = getattr(load_settings(**{name: text}), name.lower())
    assert (str(found) if name == "STORE_TIMEZONE" else found) == value


def test_secrets_may_stand_in_quotes_and_lists_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f'"{KEY}"\n')
    given = {"BOT_TOKEN": f'"{TOKEN}"', "PICKPACK_API_KEY": "", "PICKPACK_API_KEY_FILE": f"'{tmp_path}/key'"}
    loaded = load_settings(**given, LINK_SECRET='["the-new-one-of-16-","the-old-one-of-16-"]')
    assert loaded.bot_token.get_secret_value() == TOKEN
    assert loaded.pickpack_api_key.get_secret_value() == KEY
    assert len(loaded.link_secret) == 2


def test_signs_that_nobody_sees_are_taken_from_the_ends_of_a_secret() -> None:
    loaded = load_settings(BOT_TOKEN=f"\ufeff{TOKEN}\u200b", PICKPACK_API_KEY=f"'\u00a0{KEY}\u2060'")
    assert loaded.bot_token.get_secret_value() == TOKEN
    assert loaded.pickpack_api_key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("STORE_NAME", "“Corner Shop”", "curly quotes"),
        ("STORE_NAME", '"Corner Shop', "never closed"),
        ("HTTP_PORT", "'8080", "a quote at one end only"),
        ("HTTP_PORT", '8080"', "a quote at one end only"),
        ("HTTP_PORT", "8080/tcp", "number alone"),
        ("DATABASE_PATH", "C:\\data\\bot.db", "Windows"),
        ("DATABASE_PATH", "file:data/bot.db", "not an address"),
        ("BOT_TOKEN", f"bot{TOKEN}", "without the word bot"),
        ("STAFF_IDS", "@ana", "a name is no id"),
        ("WEBHOOK_SECRET", "change-me-please-now", "placeholder"),
        ("PUBLIC_URL", "<https://bot.example.com>", "address with a host"),
        ("STORE_TIMEZONE", "(GMT-03:00) Brasilia", "America/Sao_Paulo"),
        ("STORE_TIMEZONE", "SA Pacific Standard Time", "America/Bogota"),
        ("STORE_TIMEZONE", "Etc/UTC-3", "America/Sao_Paulo, or Etc/GMT+3"),
        ("BOT_TOKEN", f"{TOKEN[:12]}\u200b{TOKEN[12:]}", "an invisible sign (U+200B) at position 13"),
        ("PICKPACK_API_KEY", f"{KEY[:4]}\u00a0{KEY[4:]}", "an invisible sign (U+00A0) at position 5"),
        ("WEBHOOK_SECRET", f"{SECRET[:8]}\ufeff{SECRET[8:]}", "an invisible sign (U+FEFF) at position 9"),
        ("PUBLIC_URL", "https://bot\u200b.example.com", "an invisible sign (U+200B) at position 12"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/{orderId}", "leave it (“{orderId}”) away"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/{{order_id}}/", "leave it"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/<orderId>", "leave it (“<orderId>”) away"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/:orderId", "leave it (“:orderId”) away"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/%7BorderId%7D", "leave it"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/ORDER_ID", "leave it (“ORDER_ID”) away"),
        ("PICKPACK_TRACKING_URL", "https://api.example.com/tracking/SLR-1234567890-01", "leave it away"),
        ("PICKPACK_TOKEN_URL", "https://api.example.com/{stage}/token", "a placeholder (“{stage}”)"),
        ("PICKPACK_AUTH_SCHEME", "two words", "must be one word"),
        ("WEBHOOK_HEADER", "X-Webhook-Secret: abc", "the name alone, without colon and value"),
        ("STORE_NAME", "<name>", "placeholder"),
        ("STORE_NAME", "…", "placeholder"),
        ("DATABASE_PATH", "${HOME}/bot.db", "filled in"),
        ("DATABASE_PATH", "~/bot.db", "filled in by a shell"),
        ("DATABASE_PATH", "sqlite:///data/bot.db", "not an address"),
        ("WEBHOOK_SECRET", "changeme", "placeholder"),
        ("WEBHOOK_SECRET", "your-webhook-secret", "placeholder"),
        ("BOT_TOKEN", "<token>", "placeholder"),
        ("BOT_TOKEN", "<the token that BotFather gave>", "placeholder"),
        ("HTTP_PORT", "tcp://10.0.0.1:8080", "Kubernetes"),
        ("HTTP_PORT", "tcp://10.0.0.1:8080", "enableServiceLinks"),
        ("HTTP_PORT", "8080:80", "number alone"),
        ("HTTP_HOST", "http://0.0.0.0", "without http://"),
        ("STAFF_IDS", "1,x,3", "number 2 of 3 (“x”)"),
        ("STAFF_IDS", '["1","@ana"]', "number 2 of 2 (“@ana”): a name is no id"),
        ("STAFF_IDS", "1087968824", "anonymous administrators of every group"),
        ("STAFF_IDS", "1087968824", "the id of the group itself"),
        ("STAFF_IDS", "12,1087968824", "number 2 of 2 (“1087968824”)"),
        ("STAFF_IDS", "136817688", "@Channel_Bot"),
        ("STAFF_IDS", "777000", "Telegram itself"),
        ("ADMIN_IDS", "1087968824", "anonymous administrators of every group"),
        ("ADMIN_IDS", "136817688", "strangers would be staff"),
        ("ADMIN_IDS", "+777000", "whole number"),
        ("ORDER_ID_PREFIXES", "SLR-,-", "number 2 of 2 (“-”)"),
        ("LINK_SECRET", "first-secret-of-16,short", "(number 2 of 2) must have at least"),
        ("FOLLOWS_PER_DAY", "1.000", "one or a thousand"),
        ("POLL_SILENCE", "1.000", "one or a thousand"),
        ("POLL_SILENCE", "10 parsecs", "counts seconds"),
        ("KEEP_DAYS", "36h", "whole number"),
        ("PUBLIC_URL", "bot.example.com", "write https://"),
        ("PUBLIC_URL", "https://bot.example.com /", "blank"),
        ("DEFAULT_LOCALE", "Español", "did you mean es"),
        ("DEFAULT_LOCALE", "spanish", "did you mean es"),
        ("FOLLOW_POLICY", "links", "did you mean link"),
        ("LOG_LEVEL", "warn", "did you mean WARNING"),
        ("STORE_TIMEZONE", "GMT-3", "3 hours behind Greenwich is America/Sao_Paulo, or Etc/GMT+3"),
        ("STORE_TIMEZONE", "UTC+5:30", "5:30 hours ahead of Greenwich is Asia/"),
        ("STORE_TIMEZONE", "utc−5", "America/Lima, or Etc/GMT+5"),
        ("STORE_TIMEZONE", "GMT+0", "did you mean UTC"),
        ("STORE_TIMEZONE", "Asia/Hanoi", "Asia/Ho_Chi_Minh, or Asia/Bangkok"),
        ("STORE_TIMEZONE", "Lima", "America/Lima"),
        ("STORE_TIMEZONE", "Peru", "America/Lima"),
        ("STORE_TIMEZONE", "EST", "America/New_York"),
        ("STORE_TIMEZONE", "Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("STORE_TIMEZONE", "São Paulo", "America/Sao_Paulo"),
        ("STORE_TIMEZONE", "Europe/Barcelona", "Europe/Madrid"),
        ("STORE_TIMEZONE", "America/Bogta", "America/Bogota"),
    ],
)
def test_what_is_doubtful_is_refused_with_what_to_do(name: str, text: str, reason: str) -> None:
    assert reason in problem_of(**{name: text})


@pytest.mark.parametrize("text", [TOKEN, f"1,{TOKEN}", f'["{KEY}"]', f"1 {SECRET}", "1,Zq8t1u2v3w4x"])
def test_a_part_of_a_list_that_may_be_a_secret_is_named_by_its_place_only(text: str) -> None:
    assert "“" not in problem_of(STAFF_IDS=text)


def test_an_admin_who_is_no_staff_is_named() -> None:
    assert "34" in problem_of(STAFF_IDS="12", ADMIN_IDS="12,34")


# ── files of secrets ─────────────────────────────────────────────────────────


def file_problem(path: Path | str) -> str:
    given = {name: text for name, text in REQUIRED.items() if name != "BOT_TOKEN"}
    found = problems(given | {"BOT_TOKEN_FILE": str(path)})
    assert list(found) == ["BOT_TOKEN_FILE"], "not that it is required as well"
    return found["BOT_TOKEN_FILE"]


def test_a_file_that_cannot_be_used_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n")
    (tmp_path / "wide").write_text(TOKEN, encoding="utf-16")
    (tmp_path / "example").write_text("<token>")
    (tmp_path / "old").write_bytes(b"\n\xe9")
    said = {
        "missing": "which does not exist",
        ".": "which is a folder",
        "empty": "which is empty",
        "wide": "which is UTF-16 text",
        "old": "which is not UTF-8 in line 2, but probably Latin-1",
    }
    for name, reason in said.items():
        assert f"names {tmp_path / name}, {reason}" in file_problem(tmp_path / name)
    assert "placeholder" in file_problem(tmp_path / "example")


def test_a_secret_in_the_place_of_a_file_is_not_named(tmp_path: Path) -> None:
    for path in (
        TOKEN,
        SECRET,
        "c400460c165cc9beb",
        f"/nowhere/{TOKEN}",
        "/nowhere/5ecret0mark7",
        "QmFzZTY0/Zm9v+YmFy==",
    ):
        assert path not in file_problem(path)


# ── .env ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        FROM_DOTENV.replace("=", " = "),
        FROM_DOTENV.replace("BOT", "export BOT"),
        FROM_DOTENV.replace("\n", "\r\n"),
        b"\xef\xbb\xbf" + FROM_DOTENV.encode(),
        b"# a\xf1o\n" + FROM_DOTENV.encode(),
        "BOT_TOKEN=\n" + FROM_DOTENV,
        FROM_DOTENV + "BOT_TOKEN=\n",
        FROM_DOTENV + FROM_DOTENV,
        FROM_DOTENV + 'HTTP_PORT="8080" # the port\nSTAFF_IDS="1","2"\n',
    ],
)
def test_a_dotenv_is_read_as_people_and_programs_write_it(tmp_path: Path, content: str | bytes) -> None:
    assert load_dotenv(tmp_path, content).webhook_secret.get_secret_value() == SECRET


def test_quoted_items_of_a_list_may_stand_in_a_dotenv(tmp_path: Path) -> None:
    assert load_dotenv(tmp_path, FROM_DOTENV + "STAFF_IDS=\"1\",'2', 3 # us\n").staff_ids == {1, 2, 3}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_dotenv_in_a_wide_encoding_is_one_problem_that_names_it(tmp_path: Path, encoding: str) -> None:
    found = problems({}, write_dotenv(tmp_path, FROM_DOTENV.encode(encoding)))
    assert list(found) == [f"{tmp_path}/.env"], "nothing is said to be missing that may be in there"
    assert encoding[:6].upper() in found[f"{tmp_path}/.env"]


@pytest.mark.parametrize(
    ("line", "name"), [("BOT_TOKEN=ñ", "latin-1"), ("BOT_TOKEN=“x”", "cp1252"), ("export BOT_TOKEN = é", "cp1252")]
)
def test_a_line_in_another_encoding_is_named_and_its_setting_is_not_said_to_be_missing(
    tmp_path: Path, line: str, name: str
) -> None:
    content = f"# said\n{line}\nSTORE_NAME=Shop\n".encode(name)
    found = problems(
        {name: text for name, text in REQUIRED.items() if name != "BOT_TOKEN"}, write_dotenv(tmp_path, content)
    )
    assert list(found) == [f"{tmp_path}/.env line 2"]
    assert "Windows-1252" in found[f"{tmp_path}/.env line 2"]


def test_a_line_with_an_open_quote_is_not_missing_as_well(tmp_path: Path) -> None:
    dotenv = write_dotenv(tmp_path, FROM_DOTENV.replace("BOT_TOKEN=", "BOT_TOKEN='"))
    assert list(problems({}, dotenv)) == [f"{dotenv} line 1"]


def test_zero_bytes_are_named_by_their_line(tmp_path: Path) -> None:
    found = problems({}, write_dotenv(tmp_path, FROM_DOTENV.encode() + b"STORE_NAME=a\0b\n"))
    assert found == {f"{tmp_path}/.env": "is not UTF-8 text: it holds zero bytes, the first in line 4"}


def test_of_a_name_that_is_given_twice_the_last_value_counts_and_both_lines_are_named(tmp_path: Path) -> None:
    loaded = load_dotenv(tmp_path, FROM_DOTENV + "\nKEEP_DAYS=3\nKEEP_DAYS=4\nPAGE_DAYS=2\nPAGE_DAYS=2\n")
    assert loaded.keep_days == 4
    assert loaded.source_of("KEEP_DAYS") == f"{tmp_path}/.env, lines 5 and 6: the last counts"
    assert loaded.source_of("PAGE_DAYS") == f"{tmp_path}/.env"


@permissions_bind
def test_a_dotenv_that_may_not_be_read_names_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv = write_dotenv(tmp_path, FROM_DOTENV)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with owned_by_another(dotenv, mode=0o600):
        monkeypatch.setattr("pathlib.Path.open", refuse)  # root may open everything
        found = problems({}, dotenv)
    assert list(found) == [str(dotenv)]
    assert "mode 600, and this process runs as" in found[str(dotenv)]


def test_where_there_is_no_dotenv_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert str(tmp_path) in problems({}, Path(".env"))[".env"]
    assert ".env" not in problems(REQUIRED | {"HTTP_PORT": "x"}, Path(".env")), "nothing is missing"
    with pytest.raises(SettingsError, match=str(tmp_path)):
        load_group(TelegramSettings, {}, Path(".env"))


def test_a_group_says_what_is_wrong_with_the_file_that_it_needs(tmp_path: Path) -> None:
    dotenv = write_dotenv(tmp_path, FROM_DOTENV.encode("utf-16"))
    with pytest.raises(SettingsError, match="UTF-16"):
        load_group(TelegramSettings, {}, dotenv)
    assert load_group(LocaleSettings, {}, dotenv).default_locale == "en"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("STAF_IDS", "STAFF_IDS"), ("PICKPACK_APIKEY", "PICKPACK_API_KEY"), ("BOT_TOKEN_FIL", "BOT_TOKEN_FILE")],
)
def test_a_misspelt_name_is_named_wherever_it_stands(tmp_path: Path, written: str, meant: str) -> None:
    with_it = {name: text for name, text in REQUIRED.items() if name != meant}
    assert f"did you mean {meant}" in problems(with_it | {written: "1"}, NO_DOTENV)[written]
    dotenv = write_dotenv(tmp_path, f"{written}=1\n")
    assert f"did you mean {meant}" in problems(with_it, dotenv)[written]
