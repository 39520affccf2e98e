"""When a number on a wall is too old to be taken for the present one."""

from datetime import datetime, timedelta

STALE = 2  # cadences


def is_old(
    when: datetime | None, now: datetime, cadence: float, until: datetime | None = None
) -> bool:
    """Tell whether a number is past twice its cadence, in seconds, and a newer one could be had.

    `until` is how long PostHog itself takes it for fresh: before, it calculates no newer one.
    """
    if when is None or (until is not None and now < until):
        return False
    return now - when > timedelta(seconds=STALE * cadence)
