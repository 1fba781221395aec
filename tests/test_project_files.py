"""What the project's files say of each other: the version."""

import re
import subprocess
import sys
from pathlib import Path

import bot

ROOT = Path(__file__).parent.parent


def test_the_changelog_has_the_version_as_its_newest_release() -> None:
    releases = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert releases[0] == bot.__version__


def test_a_checkout_that_is_not_installed_knows_its_version() -> None:
    command = [sys.executable, "-m", "bot", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"{bot.__version__}\n"
