"""Read how long a server asks to be left alone: HTTP's Retry-After header. Pure, no I/O."""

from datetime import UTC
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER = 86400.0


def parse_retry_after(value: str | None, *, wall: float) -> float | None:
    """Return the seconds to wait from a Retry-After header (seconds or an HTTP date), or None if it is malformed.

    `wall` is Unix time, preferably from the same response's Date header. The result is between 0 and a day.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 10:
        return min(float(text), MAX_RETRY_AFTER)
    date = parse_http_date(text)
    return None if date is None else min(max(date - wall, 0.0), MAX_RETRY_AFTER)


def parse_http_date(value: str | None) -> float | None:
    """Return the Unix time of an HTTP date, or None if it is malformed."""
    try:
        date = parsedate_to_datetime(value or "")
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
