"""How many files this process may have open, connections included."""

import resource
from contextlib import suppress

UNKNOWN = 1024  # what most systems allow by default


def raise_limit() -> None:
    """Raise the limit as far as the system allows, which services and shells set low for old programs."""
    with suppress(OSError, ValueError):  # not allowed, or an "unlimited" that the system doesn't take
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def limit() -> int:
    """Return the limit that is in force."""
    try:
        soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    except OSError:
        return UNKNOWN
    return resource.RLIM_INFINITY if soft < 0 else soft
