"""The program with a Python that lacks one of its packages: a line that says what to do, whatever the command."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.process.packages import NOT_INSTALLED, PACKAGES
from tests.settings.test_settings import REQUIRED
from tests.test_command_line import ROOT, environment

NAMES = {"python-dotenv": "dotenv", "fluent.runtime": "fluent", "fluent.syntax": "fluent"}
LACKING = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "{package}":
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Lacking())
"""


@pytest.mark.parametrize(
    ("package", "command"),
    [
        ("click", "--version"),
        ("pydantic", "config"),
        ("pydantic_settings", "run"),
        ("aiogram", "run"),
        ("prometheus_client", "run"),
        ("aiohttp", "demo"),
        ("dotenv", "doctor"),
        ("aiohttp", "init"),
        ("babel", "locales"),
        ("pydantic", "healthcheck"),
        ("segno", "link"),
        ("fluent", "understand"),
        ("sqlite_utils", "backup"),
    ],
)
def test_a_missing_package_is_one_line_that_says_what_to_do(tmp_path: Path, package: str, command: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(LACKING.format(package=package))
    done = subprocess.run(
        [sys.executable, "-m", "bot", command],
        cwd=tmp_path, env=environment(**REQUIRED) | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}, input="",
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip().removeprefix("Error: ")) == (1, NOT_INSTALLED)


def test_every_dependency_is_looked_for() -> None:
    text = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [re.split(r"[<>=]", one)[0].lower() for one in text["project"]["dependencies"]]
    assert {NAMES.get(name, name.replace("-", "_")) for name in names} == {*PACKAGES}
