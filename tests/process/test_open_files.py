"""The limit of open files."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOWERED = """
import resource
from bot.process import open_files
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (100, min(hard, 3000) if hard > 0 else 3000))
open_files.raise_limit()
print(open_files.limit())
"""


def test_the_limit_is_raised_as_far_as_the_system_allows() -> None:
    done = subprocess.run([sys.executable, "-c", LOWERED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) == 3000


def test_the_unit_for_systemd_allows_more_files_than_there_are_connections() -> None:
    unit = (ROOT / "deploy/onroute.service").read_text()
    [allowed] = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("LimitNOFILE=")]
    assert int(allowed) > 2000
