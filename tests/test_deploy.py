"""What is in deploy/ besides the proxies' files: the units, the script that works with their rights, compose.yaml."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SCRIPT = DEPLOY / "onroutectl"
SINGLE, SEVERAL = DEPLOY / "onroute.service", DEPLOY / "onroute@.service"
UNITS = {  # under which name each is tried
    "onroute.service": SINGLE,
    "onroute@shop.service": SEVERAL,
    "onroute.socket": DEPLOY / "onroute.socket",
    "onroute@shop.socket": DEPLOY / "onroute.socket",
    "onroute-litestream.service": DEPLOY / "onroute-litestream.service",
}
EXPOSURE = 20  # tenths, as `systemd-analyze security` counts: below it is "OK"
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")


def directives(unit: Path) -> list[str]:
    return [line for line in unit.read_text().splitlines() if line and (line[0] != "#" or line.startswith("#Load"))]


def analyze(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """All units under the names that they get; what they run is there."""
    for name, unit in UNITS.items():
        (tmp_path / name).write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.M))
    return tmp_path


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_each_unit_without_a_word(name: str, units: Path) -> None:
    done = analyze("verify", f"./{name}", folder=units)
    if "Failed to initialize manager" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service") and "@" not in name])
def test_a_service_is_not_exposed(name: str, units: Path) -> None:
    done = analyze("security", "--offline=yes", f"--threshold={EXPOSURE}", f"./{name}", folder=units)
    if "exposure level" not in done.stdout:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout


def test_the_unit_for_several_stores_is_the_one_for_one_with_the_stores_name() -> None:
    several = [line.replace(", store %i", "").replace(" --store %i", "") for line in directives(SEVERAL)]
    assert [line.replace("-%i", "") for line in several] == directives(SINGLE)
    # of all that is a store's own, nothing is shared with another
    own = [line for line in directives(SEVERAL) if re.search(r"/etc/|/var/lib/|^(User|Group|StateDirectory)=", line)]
    assert own and all("-%i" in line for line in own)


def test_the_units_port_is_the_default_one() -> None:
    assert "ListenStream=127.0.0.1:8080" in directives(DEPLOY / "onroute.socket")
    assert "# HTTP_PORT=8080" in (ROOT / ".env.example").read_text()


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder as the machine: a store without a name, `shop`, and a program that says what it is given."""
    for store in ("onroute", "onroute-shop"):
        secrets = tmp_path / "etc" / store / "secrets"
        secrets.mkdir(parents=True)
        (secrets / "bot-token").write_text(f"token-of-{store}\n")
        (secrets.parent / "settings").write_text(f'STORE_NAME="Name of {store}"\n')
    program = tmp_path / "opt" / "onroute" / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$STORE_NAME|$BOT_TOKEN|$DATABASE_PATH|$*"\n')
    setpriv = tmp_path / "bin" / "setpriv"
    setpriv.parent.mkdir()
    setpriv.write_text(
        '#!/bin/sh\necho "as $2:$4"\nwhile [ "$1" != --no-new-privs ]; do shift; done; shift; exec "$@"\n'
    )
    for executable in (program, setpriv):
        executable.chmod(0o700)
    (tmp_path / "script").write_text(re.sub(r"(?<![\w$])/(etc|opt)/", rf"{tmp_path}/\1/", SCRIPT.read_text()))
    return tmp_path


def run_script(machine: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(machine / "script"), *arguments],
        env={"PATH": f"{machine / 'bin'}:/usr/bin:/bin", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "variables", "store"),
    [
        (["doctor", "--json"], {}, "onroute"),
        (["--store", "shop", "doctor", "--json"], {}, "onroute-shop"),
        (["doctor", "--json"], {"ONROUTE_STORE": "shop"}, "onroute-shop"),
        (["--store", "shop", "doctor", "--json"], {"ONROUTE_STORE": "another"}, "onroute-shop"),
    ],
)
def test_the_script_takes_a_stores_settings_secrets_database_and_user(
    machine: Path, arguments: list[str], variables: dict[str, str], store: str
) -> None:
    done = run_script(machine, *arguments, **variables)
    given = f"Name of {store}|token-of-{store}|/var/lib/{store}/bot.db|-m bot doctor --json"
    assert (done.stdout.splitlines(), done.stderr) == ([f"as {store}:{store}", given], "")


@pytest.mark.parametrize(
    ("arguments", "code", "names"),
    [(["--store", "nope", "doctor"], 66, "/etc/onroute-nope/settings"), (["--store"], 64, "--store")],
)
def test_the_script_says_which_store_is_not_there(machine: Path, arguments: list[str], code: int, names: str) -> None:
    done = run_script(machine, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert names in done.stderr


def test_each_image_that_is_not_ours_is_named_by_its_digest() -> None:
    images = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)
    images += re.findall(r"^ +image: (\S+)", (ROOT / "compose.yaml").read_text(), re.M)
    others = [image for image in images if image != "onroute"]
    assert len(others) >= 4
    assert [image for image in others if re.fullmatch(r"[\w/.-]+:[\w.-]+@sha256:[0-9a-f]{64}", image) is None] == []
