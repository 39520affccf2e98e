"""Read PostHog's date strings and cut ranges into buckets, all in UTC."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

_RELATIVE = re.compile(r"^([+-]?)(\d*)([hdwmqyMs])(Start|End)?$")
_STEPS = {
    "second": 1_000,
    "minute": 60_000,
    "hour": 3_600_000,
    "day": 86_400_000,
    "week": 604_800_000,
}
_LAST_MOMENT = timedelta(microseconds=1)
_MINUTES_AT_MOST = timedelta(days=1)
_FINE = ("minute", "hour")
_UNIT_INTERVALS = {"h": "hour", "d": "day", "w": "week", "m": "month", "q": "month", "y": "year"}


@dataclass(frozen=True, slots=True)
class Range:
    """A span of time, both ends included, and the interval that cuts it."""

    start: datetime
    end: datetime
    interval: str
    named: bool = False  # days by their dates
    explicit: bool = False  # the exact times, not the whole first bucket

    def buckets(self) -> list[datetime]:
        """List the start of each bucket, the first one whole."""
        at = floor_to(self.start, self.interval)
        starts = []
        while at <= self.end:
            starts.append(at)
            at = step(at, self.interval, 1)
        return starts

    def previous(self) -> "Range":
        """Shift the range back by its own length, in whole days or else whole hours."""
        length = self.end - self.start
        if self.named:  # days by their dates: those before them end where they begin
            length += timedelta(seconds=1)
        shift = timedelta(days=length.days or 1)
        if self.interval in _FINE and not length.days:
            shift = timedelta(hours=max(1, -(-length // timedelta(hours=1))))
        return replace(self, start=self.start - shift, end=self.end - shift, named=False)

    def back(self, text: str) -> "Range | None":
        """Shift the range by what a comparison names, such as ``-1w``; None if it names nothing."""
        match = _RELATIVE.match(text)
        if match is None or match[3] not in _UNIT_INTERVALS or match[4]:
            return None
        unit, count = _UNIT_INTERVALS[match[3]], int(match[2] or 1) * (3 if match[3] == "q" else 1)
        start, end = step(self.start, unit, -count), step(self.end, unit, -count)
        return replace(self, start=start, end=end, named=False)


def ms(at: datetime) -> int:
    """Count milliseconds since 1970, exactly."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def moment(at_ms: int) -> datetime:
    """Turn milliseconds since 1970 into an aware time."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)


def iso(at: datetime) -> str:
    """Write a time as PostHog does: UTC, Z, microseconds only when there are some."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def floor_to(at: datetime, interval: str) -> datetime:
    """Round down to the start of the interval; weeks start on Sunday."""
    if interval == "minute":
        return at.replace(second=0, microsecond=0)
    at = at.replace(minute=0, second=0, microsecond=0)
    if interval == "hour":
        return at
    at = at.replace(hour=0)
    if interval == "week":
        return at - timedelta(days=at.isoweekday() % 7)
    if interval == "month":
        return at.replace(day=1)
    if interval == "quarter":
        return at.replace(month=at.month - (at.month - 1) % 3, day=1)
    return at.replace(month=1, day=1) if interval == "year" else at


def step(at: datetime, interval: str, count: int) -> datetime:
    """Move by a number of intervals; a day past the end of a month becomes its last day."""
    if interval in _STEPS:
        return at + timedelta(milliseconds=_STEPS[interval] * count)
    months = at.year * 12 + at.month - 1 + count * {"year": 12, "quarter": 3}.get(interval, 1)
    year, month = divmod(months, 12)
    following = datetime(year + (month + 1) // 12, (month + 1) % 12 + 1, 1, tzinfo=UTC)
    last = (following - timedelta(days=1)).day
    return at.replace(year=year, month=month + 1, day=min(at.day, last))


def parse_date(text: str, now: datetime, *, closing: bool = False) -> datetime:
    """Read an absolute or relative date; what cannot be read means now, as in PostHog."""
    match = _RELATIVE.match(text)
    if match:
        return _relative(match, now, closing=closing)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _end_of_day(now) if closing else floor_to(now, "day")
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return _end_of_day(at) if closing and len(text) == len("2026-01-01") else at


def resolve(
    dates: Mapping[str, Any] | None,
    interval: str | None,
    *,
    now: datetime,
    earliest: datetime,
) -> Range:
    """Turn a query's dateRange into concrete ends; the default is the last 7 days."""
    given = dates or {}
    unit = interval or "day"
    opening = given.get("date_from") or "-7d"
    start = earliest if opening == "all" else parse_date(opening, now)
    closing = given.get("date_to")
    if closing:
        end = parse_date(closing, now, closing=True)
    else:
        end = now if unit in _FINE else _end_of_day(now)
    if unit == "minute" and end - start > _MINUTES_AT_MOST:
        unit = "hour"  # a month of minutes is a slow answer that nobody can read
    named = _is_day(opening) and bool(closing) and end.strftime("%H%M%S") == "235959"
    exact = given.get("explicitDate") is True
    return Range(start, max(start, end), unit, named=named, explicit=exact)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def bucket_of(starts: list[int], at_ms: int) -> int:
    """Find the index of the bucket a moment falls in; -1 before the first."""
    return bisect_right(starts, at_ms) - 1


def day_text(at: datetime, interval: str) -> str:
    """Write a bucket start as in a result's days."""
    return at.strftime("%Y-%m-%d %H:%M:%S" if interval in _FINE else "%Y-%m-%d")


def label_text(at: datetime, interval: str) -> str:
    """Write a bucket start as in a result's labels."""
    if interval == "month":
        return at.strftime("%b %Y")
    text = f"{at.day}-{at.strftime('%b-%Y')}"
    return f"{text} {at.strftime('%H:%M')}" if interval in _FINE else text


def _relative(match: re.Match[str], now: datetime, *, closing: bool) -> datetime:
    sign, digits, unit, edge = match.groups()
    count = int(digits or ("1" if sign else "0")) * (1 if sign == "+" else -1)
    if unit in "Ms":
        return now + timedelta(**{"minutes" if unit == "M" else "seconds": count})
    interval = _UNIT_INTERVALS[unit]
    at = step(now, interval, count * (3 if unit == "q" else 1))
    if edge:
        start = floor_to(at, interval)
        return start if edge == "Start" else step(start, interval, 1) - _LAST_MOMENT
    if unit == "h":
        return at
    return _end_of_day(at) if closing else floor_to(at, "day")


def _end_of_day(at: datetime) -> datetime:
    return floor_to(at, "day") + timedelta(days=1) - _LAST_MOMENT
