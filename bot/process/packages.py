"""Whether this Python has the packages that the program is made of: the system's own has none of them."""

from importlib.util import find_spec

PACKAGES = (
    "aiogram", "aiohttp", "apscheduler", "babel", "click", "dotenv", "fluent", "prometheus_client", "pydantic",
    "pydantic_settings", "rapidfuzz", "segno", "sqlite_utils", "tzdata", "yarl",
)  # fmt: skip
NOT_INSTALLED = "OnRoute's packages are not installed for this Python: run `make demo` first."


def are_installed() -> bool:
    """Look for every package without importing it, which would take seconds."""
    return all(map(_is_installed, PACKAGES))


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):  # a package that is half removed
        return False
