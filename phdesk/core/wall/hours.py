"""When hours of a wall hold, by the clock that hangs beside it.

Hours are about what that clock shows. On the days on which it is put forward or back, 02:30 may
come twice or never: hours hold while the clock shows a time of theirs, as people would say.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from phdesk.models.wall import DAY, Hours

WEEK = 8  # days in which everything that hours do has been seen


def holds(hours: Sequence[Hours], local: datetime) -> bool:
    """Say whether any of some hours hold at what the clock shows; none hold never."""
    minute, today = local.hour * 60 + local.minute, local.weekday()
    return any(_holds(each, minute, today) for each in hours)


def next_start(hours: Iterable[Hours], local: datetime) -> datetime | None:
    """Give what the clock will show when any of some hours begin next; None if they never do."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=day) for day in range(WEEK)]
    starts = (
        day + timedelta(minutes=each.start)
        for each in hours
        for day in days
        if day.weekday() in each.days
    )
    return min((start for start in starts if start > local), default=None)


def next_change(hours: Sequence[Hours], now: datetime, zone: tzinfo) -> datetime | None:
    """Give the moment, in UTC, from which hours hold otherwise than now; None if that never comes.

    `now` is aware. What is asked every second can instead be asked once, at that moment.
    """
    at_first = holds(hours, now.astimezone(zone))
    for moment in sorted(set(_moments(hours, now, zone))):
        if moment > now and holds(hours, moment.astimezone(zone)) != at_first:
            return moment
    return None


def _holds(hours: Hours, minute: int, today: int) -> bool:
    if hours.start < hours.end:
        return today in hours.days and hours.start <= minute < hours.end
    yesterday = (today - 1) % 7
    late = today in hours.days and minute >= hours.start
    return late or (yesterday in hours.days and minute < hours.end)


def _moments(hours: Sequence[Hours], now: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Give all moments near a time at which hours may begin or end."""
    minutes = {minute % DAY for each in hours for minute in (each.start, each.end)} | {0}
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    for day in range(-1, WEEK + 1):
        begun = midnight + timedelta(days=day)
        for minute in minutes:
            shown = (begun + timedelta(minutes=minute)).replace(tzinfo=zone)
            yield from (shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        yield from _put_forward_or_back(begun.replace(tzinfo=zone).astimezone(UTC), zone)


def _put_forward_or_back(start: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Give the minute within a day at which the clock is put forward or back, if it is."""
    low, high = 0, 25 * 60  # minutes
    before = _offset(start, zone)
    if _offset(start + timedelta(minutes=high), zone) == before:
        return
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(start + timedelta(minutes=middle), zone) == before:
            low = middle
        else:
            high = middle
    yield start + timedelta(minutes=high)


def _offset(moment: datetime, zone: tzinfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
