"""`.env` files and environments of any content: settings, or a report with every problem and no secret."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.settings import EXAMPLES, SettingsError, load
from bot.settings.report import describe
from tests.hostile.searching import NASTY_TEXTS, corpus, expected, searching
from tests.settings.test_settings import KEY, NO_DOTENV, REQUIRED, SECRET, TOKEN

MARK = "5ecret0mark7"  # in whatever may be a secret in the wrong place
NAMES = sorted({*EXAMPLES, *(f"{name}_FILE" for name in EXAMPLES)})
WRONG = {
    "BOT_TOKEN": MARK,
    "HTTP_PORT": "0",
    "STAFF_IDS": f"1,{MARK}",
    "POLL_SILENCE": "nan",
    "STORE_HOURS": "24:00-25:00",
    "STORE_TIMEZONE": "../../etc/passwd",
    "STORE_NAME": "\u202e" * 3,
    "STORE_CONTACT_URL": f"javascript:{MARK}",
    "DATABASE_PATH": "x" * 300,
    "LINK_SECRET": MARK,
    "DEFAULT_LOCALE": "\x1b[2J",
    "PICKPACK_API_KEY": f"{MARK} {MARK}",
}
PATHS = ["x" * 300, "x/" * 3000, "~", ".", "/dev/null", "/dev/null/x", "\x01", "/", "zone.tab", "Europe"]
ADDRESSES = ["http://[", "http://x:99999/", "http://[::1%25/", "http://\u2100/", "//", "http://\ud800/", "http://@:0/"]
NUMBERS = ["nan", "-inf", "1e400", "9" * 400, "٣", "1_000", "+1", "0x10", "١٢٣:a", "-0"]

values = st.one_of(
    st.text(max_size=60),
    st.sampled_from([*NASTY_TEXTS, *PATHS, *ADDRESSES, *NUMBERS, MARK, f"{MARK}:{MARK}==", *REQUIRED.values()]),
    st.sampled_from(sorted(EXAMPLES.values())),
)
# of names that are ours or nearly: half a secret may stand where a name should
names = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES).flatmap(lambda name: st.sampled_from([f"{name}:{MARK}", f"{name} {MARK}", name[:-1]])),
    st.sampled_from([MARK, MARK[:6] * 4, "export", "#", "'", '"', "\ufeff"]),
    st.text(max_size=20),
)
lines = st.builds(
    "{}{}{}{}".format,
    names,
    st.sampled_from(["=", " = ", ":", "==", "", "='", '="', "=\\"]),
    values,
    st.sampled_from(["", "'", '"', " # said", "\\", "=="]),
)
files = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda parts, end, encoding: end.join(parts).encode(encoding, "surrogatepass"),
        st.lists(lines, max_size=8),
        st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x0b"]),
        st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    ),
)
# what an operating system can hold: no NUL, and bytes that are not UTF-8 as surrogates
environments = st.dictionaries(
    st.sampled_from(NAMES) | names.filter(lambda name: bool(name) and "\x00" not in name and "=" not in name),
    values.map(lambda text: text.replace("\x00", "")),
    max_size=6,
)


def load_or_report(environ: dict[str, str], dotenv: Path) -> list[str]:
    """The names of all faults; each is said in full, and nothing that may be a secret is."""
    try:
        loaded = load(environ, dotenv)
    except SettingsError as error:
        assert error.problems
        assert all(problem.name and problem.message and problem.example for problem in error.problems)
        said = f"{error} {error!r} {error.__cause__!r} {error.__context__!r}"
        shown = [secret for secret in (MARK, TOKEN, KEY, SECRET) if secret in said]
        assert shown == []
        return [problem.name for problem in error.problems]
    rows = " ".join(row.value for row in describe(loaded))
    assert [secret for secret in loaded.secret_values() if secret in rows] == []
    return []


@searching(300)
@given(content=files, environ=environments)
def test_any_dotenv_and_any_environment_are_settings_or_a_report(
    content: bytes, environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    dotenv = tmp_path_factory.getbasetemp() / "any.env"
    dotenv.write_bytes(content)
    load_or_report(environ, dotenv)
    load_or_report(REQUIRED | environ, dotenv)


@searching(100)
@given(
    environ=st.sets(st.sampled_from(sorted(WRONG)), min_size=1).map(lambda names: {name: WRONG[name] for name in names})
)
def test_every_wrong_value_is_in_the_report(environ: dict[str, str]) -> None:
    assert sorted(load_or_report(REQUIRED | environ, NO_DOTENV)) == sorted(environ)


def test_a_dotenv_of_ten_megabytes_is_refused_at_its_beginning(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"SOMETHING_LIKE_A_NAME=1\n" * 400_000)
    # a fault for the file, not one for each of its lines
    assert load_or_report(dict(REQUIRED), dotenv) == [str(dotenv)]


@corpus("env")
def test_a_found_dotenv_ends_as_its_name_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    for name, value in REQUIRED.items():
        if name.encode() not in path.read_bytes():
            monkeypatch.setenv(name, value)
    assert main(["config"]) == int(expected(path))
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said
    assert MARK not in said
