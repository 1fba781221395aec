"""Check that a wheel holds every file of `locales/`, and of `bot/` also those that are not code (scenarios, pages)."""

import sys
import zipfile
from pathlib import Path

IGNORED_SUFFIXES = {".pyc"}


def main(wheel: str) -> int:
    """Compare the wheel with the folders here, and return the exit code."""
    files = set(zipfile.ZipFile(wheel).namelist())
    texts = {f"share/onroute/{path.as_posix()}" for path in Path("locales").rglob("*.*")}
    code = {
        path.as_posix() for path in Path("bot").rglob("*") if path.is_file() and path.suffix not in IGNORED_SUFFIXES
    }
    missing = sorted(code - files) + sorted(text for text in texts if not any(name.endswith(text) for name in files))
    for name in missing:
        sys.stderr.write(f"the wheel lacks {name}: see [tool.setuptools] in pyproject.toml\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
