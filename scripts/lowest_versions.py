"""Prints the lowest versions that pyproject.toml allows for the bot and for its tests, a requirement a line."""

import re
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<lowest>[\w.]+)(,<[\w.]+)?")


def pinned(requirement: str) -> str:
    """Turn `name>=1.2,<3` into `name==1.2`. Raises ValueError where there is no lower bound."""
    found = BOUND.fullmatch(requirement)
    if found is None:
        raise ValueError(f"{requirement!r} in pyproject.toml has no lower bound: write name>=version")
    return f"{found['name']}=={found['lowest']}"


def main() -> int:
    """Print them; the exit code."""
    declared = tomllib.loads(PYPROJECT.read_text())
    requirements = [*declared["project"]["dependencies"], *declared["dependency-groups"]["test"]]
    sys.stdout.write("".join(f"{pinned(one)}\n" for one in requirements))
    return 0


if __name__ == "__main__":
    sys.exit(main())
