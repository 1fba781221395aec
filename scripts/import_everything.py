"""Imports every module of the bot and names those that fail: a name that a package lacks shows here, not in service."""

import importlib
import pkgutil
import sys
import traceback

import bot


def main() -> int:
    """Import all of them, the broken ones' neighbours too; the exit code."""
    names = sorted(found.name for found in pkgutil.walk_packages(bot.__path__, "bot.", onerror=lambda _: None))
    failed = [name for name in names if not _is_importable(name)]
    sys.stdout.write(f"{len(names) - len(failed)} of {len(names)} modules can be imported\n")
    return int(bool(failed))


def _is_importable(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:  # whatever a module raises, the others are looked at too
        sys.stderr.write(f"{name}: {traceback.format_exc(limit=-1)}\n")
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
