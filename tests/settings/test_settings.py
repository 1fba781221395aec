"""Settings: which values are accepted, how problems are reported, and what `config` shows."""

import itertools
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import EXAMPLES, AccessSettings, ListenerSettings, Settings, SettingsError, load, load_group
from bot.settings.hours import OpeningHours
from bot.settings.report import describe

TOKEN = "123456789:AAF-Zq8t1u2v3w4x5y6z7A8B9C0D1E2F3G4"
KEY = "0f1e2d3c:4b5a6978"
SECRET = "hook-secret-0123456789"
REQUIRED = {"BOT_TOKEN": TOKEN, "PICKPACK_API_KEY": KEY, "WEBHOOK_SECRET": SECRET}
ROOT = Path(__file__).parents[2]
NO_DOTENV = Path("there-is-no-such-file")


def load_settings(**given: str) -> Settings:
    return load(REQUIRED | given, NO_DOTENV)


def problems(environ: dict[str, str], dotenv: Path = NO_DOTENV) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        load(environ, dotenv)
    text = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    for secret in (TOKEN, KEY, SECRET):
        assert secret not in text
    assert all(problem.example for problem in caught.value.problems)
    return {problem.name: problem.message for problem in caught.value.problems}


# ── values ───────────────────────────────────────────────────────────────────


def test_only_three_settings_are_required() -> None:
    loaded = load_settings()
    assert loaded.bot_token.get_secret_value() == TOKEN
    assert loaded.telegram_updates == "polling"
    assert loaded.store_hours == OpeningHours.daily((540, 1200))
    assert (loaded.poll_silence, loaded.poll_silence_max, loaded.send_rate) == (600, 3600, 28)
    assert loaded.database_path == Path("data/bot.db")
    assert loaded.admins == frozenset()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("STAFF_IDS", "12, -1001234567890,12", frozenset({12, -1001234567890})),
        ("ORDER_ID_PREFIXES", " SLR- ,00-,", ("SLR-", "00-")),
        ("STORE_HOURS", "18:00-02:30", OpeningHours.daily((1080, 150))),
        ("STORE_HOURS", "00:00-24:00", OpeningHours.daily((0, 1440))),
        ("STORE_HOURS", "8:00-00:00", OpeningHours.daily((480, 1440))),
        ("STORE_TIMEZONE", "America/Lima", ZoneInfo("America/Lima")),
        ("SEND_RATE", "0", 0.0),
        ("SETTLE_SECONDS", "0", 0.0),
        ("EDIT_SECONDS", "0", 0.0),
        ("POLL_SILENCE", "0.5", 0.5),
        ("TELL_LATE", "Yes", True),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
        ("HTTP_HOST", "[::]", "::"),
        ("TELEGRAM_API_URL", "http://localhost:8081/", "http://localhost:8081"),
        ("DEFAULT_LOCALE", "pt-BR", "pt-BR"),
        ("STORE_NAME", "  Café “Ñandú”  ", "Café “Ñandú”"),
        ("KEEP_DAYS", "", 30),
        ("FOLLOWS_PER_DAY", "", 15),
        ("FOLLOWS_PER_DAY", "0", 0),
        ("LOCALES_OVERRIDE", str(ROOT), ROOT),
        ("PICKUP_PLACE", "Écolo & Fils", "Écolo & Fils"),
        ("PICKUP_ADDRESS", "x" * 128, "x" * 128),
        ("PICKUP_MAP_URL", "https://münchen.example.com/?q=1", "https://münchen.example.com/?q=1"),
        ("PICKUP_MAP_URL", "http://8.8.8.8/map", "http://8.8.8.8/map"),
        ("PAGE_DAYS", "30", 30),
        ("PAGE_DAYS", "", 7),
    ],
)
def test_a_value_is_parsed(name: str, text: str, value: object) -> None:
    assert getattr(load_settings(**{name: text}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BOT_TOKEN", "123456789"),
        ("BOT_TOKEN", "123456789:short"),
        ("PICKPACK_API_KEY", "two words"),
        ("WEBHOOK_SECRET", "too-short"),
        ("WEBHOOK_HEADER", "X Header"),
        ("WEBHOOK_HEADER", "Content-Length"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
        ("PICKPACK_TOKEN_URL", "https://user:pass@example.com/token"),
        ("PICKPACK_TOKEN_URL", "https://exa mple.com"),
        ("PICKPACK_TRACKING_URL", "https://example.com/x?y=1"),
        ("PICKPACK_TRACKING_URL", "https://[::1"),
        ("PUBLIC_URL", "https://:80"),
        ("PICKPACK_HOSTNAME", "https://mystore.example.com"),
        ("PICKPACK_RATE", "0"),
        ("PICKPACK_RATE", "nan"),
        ("PICKPACK_AUTH_SCHEME", "Bearer token"),
        ("HTTP_HOST", "a b"),
        ("HTTP_PORT", "65536"),
        ("HTTP_PORT", "tcp://10.0.0.1:80"),
        ("DATABASE_PATH", ":memory:"),
        ("DATABASE_PATH", str(ROOT)),
        ("DATABASE_PATH", "n" * 300),
        ("STAFF_IDS", "0"),
        ("DEFAULT_LOCALE", "spanish"),
        ("LOCALES_OVERRIDE", "there/is/no/such/folder"),
        ("PUBLIC_URL", "https://bot.example.com/webhooks/pickpack"),
        ("STORE_NAME", "“Corner Shop”"),
        ("STORE_NAME", "two\nlines"),
        ("STORE_NAME", "x" * 65),
        ("STORE_TIMEZONE", "GMT-5"),
        ("STORE_TIMEZONE", "../etc/passwd"),
        ("STORE_HOURS", "9-5"),
        ("STORE_HOURS", "09:00-09:00"),
        ("STORE_HOURS", "25:00-26:00"),
        ("STORE_HOURS", "09:60-20:00"),
        ("STORE_CONTACT_URL", "javascript:alert(1)"),
        ("PICKUP_PLACE", "x" * 65),
        ("PICKUP_ADDRESS", "two\nlines"),
        ("PICKUP_ADDRESS", "x" * 129),
        ("PICKUP_MAP_URL", "maps.example.com/here"),
        ("PICKUP_MAP_URL", "geo:1,2"),
        ("PICKUP_MAP_URL", "http://localhost/map"),
        ("PICKUP_MAP_URL", "http://shop.local/map"),
        ("PICKUP_MAP_URL", "https://192.168.1.7/map"),
        ("PICKUP_MAP_URL", "https://[fd00::1]/map"),
        ("PICKUP_MAP_URL", "https://me:secret-word@maps.example.com/"),
        ("PAGE_DAYS", "0"),
        ("PAGE_DAYS", "a week"),
        ("PAGE_DAYS", "31"),
        ("FOLLOW_POLICY", "anyone"),
        ("LINK_SECRET", "short"),
        ("LINK_SECRET", ",".join(["same-secret-of-16"] * 2)),
        ("LINK_SECRET", "first-secret-of-16,second-secret-of-16,third-secret-of-16"),
        ("ITEMS_FOR", "some"),
        ("ORDER_ID_PREFIXES", "SLR -"),
        ("POLL_SILENCE", "-1"),
        ("SETTLE_SECONDS", "301"),
        ("EDIT_SECONDS", "3601"),
        ("SEND_RATE", "inf"),
        ("KEEP_DAYS", "0"),
        ("FOLLOWS_PER_DAY", "-1"),
        ("KEEP_DAYS", "٣"),
        ("PICKUP_REMINDER_HOURS", "soon"),
        ("TELL_LATE", "maybe"),
        ("BACKUP_DIR", str(ROOT / "pyproject.toml")),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "LOUD"),
        ("TELEGRAM_UPDATES", "both"),
    ],
)
def test_an_invalid_value_is_reported_by_name_and_not_repeated(name: str, text: str) -> None:
    found = problems(REQUIRED | {name: text})
    assert list(found) == [name]
    assert len(text) < 3 or not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", found[name])


# ── settings that depend on each other ───────────────────────────────────────


def test_webhook_updates_require_an_https_url() -> None:
    assert "PUBLIC_URL" in problems(REQUIRED | {"TELEGRAM_UPDATES": "webhook"})
    assert "PUBLIC_URL" in problems(REQUIRED | {"TELEGRAM_UPDATES": "webhook", "PUBLIC_URL": "http://bot.example.com"})
    assert load_settings(TELEGRAM_UPDATES="webhook", PUBLIC_URL="https://bot.example.com/").public_url
    assert load_settings(PUBLIC_URL="http://bot.example.com").public_url == "http://bot.example.com"


def test_the_webhook_port_is_limited_only_for_telegrams_own_server() -> None:
    given = {"TELEGRAM_UPDATES": "webhook", "PUBLIC_URL": "https://bot.example.com:9000"}
    assert "443" in problems(REQUIRED | given)["PUBLIC_URL"]
    assert load_settings(**given, TELEGRAM_API_URL="http://localhost:8081").public_url


def test_the_link_policy_requires_a_secret() -> None:
    assert "LINK_SECRET" in problems(REQUIRED | {"FOLLOW_POLICY": "link"})
    secrets = load_settings(FOLLOW_POLICY="link", LINK_SECRET="the-new-secret-of-16,the-old-secret-of-16").link_secret
    assert [secret.get_secret_value() for secret in secrets] == ["the-new-secret-of-16", "the-old-secret-of-16"]


def test_admins_must_be_staff() -> None:
    assert "ADMIN_IDS" in problems(REQUIRED | {"ADMIN_IDS": "1"})
    assert "ADMIN_IDS" in problems(REQUIRED | {"ADMIN_IDS": "1", "STAFF_IDS": "2"})
    assert "ADMIN_IDS" in problems(REQUIRED | {"ADMIN_IDS": "-1", "STAFF_IDS": "-2"})
    assert load_settings(ADMIN_IDS="1", STAFF_IDS="1,2").admins == {1}
    assert load_settings(STAFF_IDS="1,2").admins == {1, 2}
    assert load_settings(ADMIN_IDS="1", STAFF_IDS="-100").admins == {1}, "a member of the staff's group"


def test_the_maximum_silence_is_not_below_the_first() -> None:
    assert "POLL_SILENCE_MAX" in problems(REQUIRED | {"POLL_SILENCE": "7200"})
    assert load_settings(POLL_SILENCE="7200", POLL_SILENCE_MAX="7200").poll_silence_max == 7200


def test_buttons_stay_no_longer_than_the_order_is_kept() -> None:
    assert "KEEP_DAYS" in problems(REQUIRED | {"PAGE_DAYS": "10", "KEEP_DAYS": "9"})["PAGE_DAYS"]
    assert load_settings(PAGE_DAYS="9", KEEP_DAYS="9").page_days == 9
    assert load_settings(KEEP_DAYS="3").page_days == 3, "nobody has asked for more"
    assert list(problems(REQUIRED | {"KEEP_DAYS": "x", "PAGE_DAYS": "9"})) == ["KEEP_DAYS"]


# ── all together ───────────────────────────────────────────────────────────────


def test_all_problems_are_reported_at_once() -> None:
    wrong = {"HTTP_PORT": "x", "STORE_HOURS": "x", "POLL_SILENCE": "x", "ADMIN_IDS": "1", "FOLLOW_POLICY": "link"}
    assert set(problems(wrong)) == set(REQUIRED) | {
        NO_DOTENV.name,
        "HTTP_PORT",
        "STORE_HOURS",
        "POLL_SILENCE",
        "ADMIN_IDS",
        "LINK_SECRET",
    }


def test_a_secret_set_as_another_setting_is_not_repeated() -> None:
    for name, secret in itertools.product(
        set(EXAMPLES) - {"STORE_NAME", "DATABASE_PATH", "BACKUP_DIR"}, REQUIRED.values()
    ):
        try:
            loaded = load_settings(**{name: secret})
        except SettingsError as error:
            assert secret not in str(error)
        else:
            assert all(secret not in row.value for row in describe(loaded))


def test_a_group_needs_no_other_settings() -> None:
    assert load_group(ListenerSettings, {"HTTP_PORT": "81", "KEEP_DAYS": "x"}, NO_DOTENV).http_port == 81
    with pytest.raises(SettingsError, match="FOLLOW_POLICY"):
        load_group(AccessSettings, {"FOLLOW_POLICY": "x"}, NO_DOTENV)


# ── the report ────────────────────────────────────────────────────────────


def test_the_report_lists_every_setting_and_no_secret() -> None:
    given = {"LINK_SECRET": "the-new-secret-of-16,the-old-secret-of-16", "STAFF_IDS": "3,-5"}
    loaded = load_settings(**given)
    rows = {row.name: row for row in describe(loaded)}
    assert list(rows) == list(EXAMPLES)
    assert rows["BOT_TOKEN"].value == "***"
    assert rows["LINK_SECRET"].value == "***,***"
    assert (rows["STAFF_IDS"].value, rows["STAFF_IDS"].source) == ("-5,3", "environment")
    assert (rows["SEND_RATE"].value, rows["SEND_RATE"].source) == ("28", "default")
    assert all(secret not in str(rows) for secret in loaded.secret_values())
    plain = load_settings(LINK_SECRET="the-new-secret-of-16")
    assert all(secret not in f"{plain!r} {plain!s} {plain.model_dump()}" for secret in plain.secret_values())


def test_values_of_the_report_can_be_loaded_again() -> None:
    loaded = load_settings(STAFF_IDS="3,-5", STORE_HOURS="18:00-02:00", TELL_LATE="on", ORDER_ID_PREFIXES="A-,B-")
    shown = {row.name: row.value for row in describe(loaded) if row.value and "*" not in row.value}
    assert load(REQUIRED | shown, NO_DOTENV).model_dump() == loaded.model_dump()


# ── .env.example ─────────────────────────────────────────────────────────────


def example_names() -> list[str]:
    text = (ROOT / ".env.example").read_text()
    return re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)


def test_the_example_lists_every_setting_and_the_required_ones_first() -> None:
    names = example_names()
    assert sorted(names) == sorted(EXAMPLES)
    assert names[:3] == list(REQUIRED)


def test_the_example_works_with_the_required_values_filled_in(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text()
    for name, value in REQUIRED.items():
        text = text.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    dotenv = tmp_path / ".env"
    dotenv.write_text(text)
    assert load({}, dotenv).model_dump() == load_settings().model_dump()


def test_every_line_of_the_example_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-words").mkdir()
    text = re.sub(r"^# ([A-Z_]+=)", r"\1", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(text)
    assert load(REQUIRED).staff_ids == {123456789, -1001234567890}


def test_commented_lines_of_the_example_show_the_defaults() -> None:
    defaults = {row.name: row.value for row in describe(load_settings())}
    shown = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert {name for name in shown if defaults[name] and defaults[name] != shown[name]} == set()


@pytest.mark.parametrize(("written", "meant"), [("america/lima", "America/Lima"), ("Sao Paulo", "America/Sao_Paulo")])
def test_a_similar_time_zone_is_suggested(written: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=f"did you mean {meant}"):
        load(REQUIRED | {"STORE_TIMEZONE": written}, Path("no.env"))
