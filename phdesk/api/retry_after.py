"""Read until when a server asks to wait (RFC 9110, 10.2.3): it may name a date, not seconds.

Apart from `errors`, which needs no network: the library's reading of dates imports `socket`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil

WEEK = 7 * 86_400  # seconds; a date that is later is a mistake of somebody's clock

_LONGEST_DATE = 64  # characters; HTTP's own have 29


def in_seconds(headers: Mapping[str, str], now: datetime) -> Mapping[str, str]:
    """Give the headers of an answer, with the date in `retry-after` as seconds from now.

    The date is held against the server's own `date`, or else against `now`. One that has passed
    stays as it is and says nothing: a clock is wrong, and the usual waits are gentler than none.
    Names of headers are in small letters.
    """
    until = _moment(headers.get("retry-after", ""))
    if until is None:
        return headers
    since = _moment(headers.get("date", "")) or now
    wait = ceil((until - since).total_seconds())
    return {**headers, "retry-after": str(wait)} if 0 < wait <= WEEK else headers


def _moment(text: str) -> datetime | None:
    """Read a date of HTTP; None when it is none."""
    if not text or len(text) > _LONGEST_DATE:
        return None
    try:
        found = parsedate_to_datetime(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):  # by what is wrong with it
        return None
