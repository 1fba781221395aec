"""Fails if a wheel lacks a file of `locales/`, or a file of `bot/` that is no code (scenarios, pages)."""

import sys
import zipfile
from pathlib import Path

IGNORED = {".pyc"}


def main(wheel: str) -> int:
    """Compare the wheel with the folders here; the exit code."""
    held = set(zipfile.ZipFile(wheel).namelist())
    words = {f"share/onroute/{path.as_posix()}" for path in Path("locales").rglob("*.ftl")}
    code = {path.as_posix() for path in Path("bot").rglob("*") if path.is_file() and path.suffix not in IGNORED}
    missing = sorted(code - held) + sorted(one for one in words if not any(name.endswith(one) for name in held))
    for name in missing:
        sys.stderr.write(f"the wheel lacks {name}: see [tool.setuptools] in pyproject.toml\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
