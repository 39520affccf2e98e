"""Bucket labels, incomplete buckets and date ranges in words (reference 6.1.10 and 11)."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from importlib import import_module
from typing import cast

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (  # not strftime, whose words follow the locale of the machine
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
FINE = frozenset({"second", "minute", "hour"})
UNITS = {
    "s": "second",
    "M": "minute",
    "h": "hour",
    "d": "day",
    "w": "week",
    "m": "month",
    "q": "quarter",
    "y": "year",
}
PRESETS = {
    ("all", None): "all time",
    ("dStart", None): "today",
    ("dStart", "dEnd"): "today",
    ("-0d", None): "today",
    ("-1dStart", "-1dEnd"): "yesterday",
    ("-1d", "dStart"): "yesterday",
    ("yStart", None): "year to date",
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]|$)")
RELATIVE = re.compile(r"([+-]?)([0-9]{0,6})([sMhdwmqy])(Start|End)?")


def short_month(day: date) -> str:
    """Name a month in three letters, in English whatever the locale of the machine is."""
    return MONTHS[day.month - 1][:3]


def parse_iso(text: object) -> datetime | None:
    """Read an ISO date or date with time, aware only if it names a zone; None if it is neither."""
    if not isinstance(text, str) or not _ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def zone(name: str | None) -> tzinfo:
    """Find a time zone by its name, UTC when there is none of that name."""
    if name in (None, "", "UTC"):
        return UTC
    zones = import_module("zoneinfo")  # most projects count in UTC: their start needs no database
    try:
        return cast("tzinfo", zones.ZoneInfo(name))
    except (zones.ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Move an aware moment into a time zone; a naive one is taken to be there."""
    try:
        return moment if moment.tzinfo is None else moment.astimezone(zone)
    except OverflowError:  # the first and last days that a calendar knows
        return moment


def bucket_labels(days: Sequence[str], interval: str) -> list[tuple[str, str]]:
    """Give each bucket its short label for the axis and its whole title for tooltips."""
    labels = []
    day = None
    for text in days:
        start = parse_iso(text)
        if start is None:
            labels.append((text, text))
            continue
        labels.append(
            (_short(start, interval, new_day=start.date() != day), title(start, interval))
        )
        day = start.date()
    return labels


def dated_labels(days: Sequence[str], interval: str) -> tuple[str, ...]:
    """Give each bucket its label with the day, for an axis that skips buckets.

    Empty for intervals whose short labels name the day anyhow.
    """
    if interval not in FINE:
        return ()
    starts = [parse_iso(text) for text in days]
    return tuple(
        text if start is None else _short(start, interval, new_day=True)
        for text, start in zip(days, starts, strict=True)
    )


def headings(days: Sequence[str], interval: str) -> list[str]:
    """Give each bucket the heading of its column in a table."""
    return [heading(text, interval) for text in days]


def heading(text: str, interval: str) -> str:
    """Write one bucket start as "26 Oct 2026", "26 Oct 2026, 14:00" or "Nov 2026"."""
    start = parse_iso(text)
    if start is None:
        return text
    if interval in FINE:
        return f"{date_text(start)}, {_clock(start, interval)}"
    return date_text(start) if interval in {"day", "week"} else _short(start, interval)


def spoken(text: str, interval: str) -> str:
    """Write one bucket start as part of a sentence: "on 26 Oct 2026", "in Nov 2026"."""
    said = heading(text, interval)
    match interval:
        case "week":
            return f"in the week of {said}"
        case "month" | "quarter" | "year":
            return f"in {said}"
        case _:
            return f"at {said}" if interval in FINE else f"on {said}"


def title(start: datetime, interval: str) -> str:
    """Write a bucket start in full, with its weekday."""
    day = f"{DAYS[start.weekday()]} {date_text(start)}"
    if interval in FINE:
        return f"{day}, {_clock(start, interval)}"
    match interval:
        case "month":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case "quarter" | "year":
            return _short(start, interval)
        case "week":
            return f"Week of {day}"
        case _:
            return day


def date_text(day: datetime) -> str:
    """Write a date as "26 Oct 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def cohort_text(begun: datetime, period: str) -> str:
    """Write a cohort's start as "Mar 4", "Oct 2 to Oct 8", "Mar 2022" or "Mar 4, 5 PM".

    Months stand first here, and only here: these are names of rows, which people know from
    PostHog's pages and pictures (reference 6.3).
    """
    match period:
        case "Hour":
            clock = f"{begun.hour % 12 or 12} {'AM' if begun.hour < 12 else 'PM'}"
            return f"{_month_day(begun)}, {clock}"
        case "Week":
            return f"{_month_day(begun)} to {_month_day(_after(begun, timedelta(days=6)))}"
        case "Month":
            return f"{MONTHS[begun.month - 1][:3]} {begun.year}"
        case _:
            return _month_day(begun)


def incomplete_from(
    days: Sequence[str], interval: str, now: datetime, timezone: str | None
) -> int | None:
    """Find the first bucket that is still being counted: it begins in the current interval.

    `now` is aware. Weeks begin on the weekday on which the buckets themselves begin.
    """
    local = now.astimezone(zone(timezone)).replace(tzinfo=None)
    for index, text in enumerate(days):
        start = parse_iso(text)
        if start is None:
            continue
        start = in_zone(start, zone(timezone)).replace(tzinfo=None)
        if start >= interval_start(local, interval, start.weekday()):
            return index
    return None


def range_label(date_from: str | None, date_to: str | None, interval: str | None = None) -> str:
    """Say a date range in words, in lower case; without a start it is the last 7 days."""
    start = date_from or "-7d"
    preset = PRESETS.get((start, date_to)) or _calendar_unit(start, date_to)
    if preset:
        return preset
    if parse_iso(start) and date_to is None:
        return f"since {moment(start, interval)}"
    relative = RELATIVE.fullmatch(start)
    if date_to is None and relative and not relative[4] and relative[1] == "-":
        return f"last {_counted(relative)}"
    if date_to is None:
        return f"since {moment(start, interval)}"
    return _span(moment(start, interval), moment(date_to, interval))


def resolved_label(date_from: str | None, date_to: str | None, timezone: str | None) -> str:
    """Write the range that the server worked out; empty when it did not say both ends.

    Ranges of whole days are written without clocks: "24 Oct – 23 Nov 2026".
    """
    start, end = parse_iso(date_from), parse_iso(date_to)
    if start is None or end is None:
        return ""
    start, end = in_zone(start, zone(timezone)), in_zone(end, zone(timezone))
    clocks = ("", "")
    if start.hour or start.minute:
        clocks = (f", {start:%H:%M}", f", {end:%H:%M}")
    elif start.date() == end.date():
        return date_text(start)
    if start.year != end.year:
        return f"{date_text(start)}{clocks[0]} – {date_text(end)}{clocks[1]}"
    month = "" if start.month == end.month and not clocks[0] else f" {MONTHS[start.month - 1][:3]}"
    return f"{start.day}{month}{clocks[0]} – {date_text(end)}{clocks[1]}"


def _short(start: datetime, interval: str, *, new_day: bool = False) -> str:
    month = MONTHS[start.month - 1][:3]
    if interval in FINE:
        clock = _clock(start, interval)
        return f"{start.day} {month} {clock}" if new_day else clock
    match interval:
        case "month":
            return f"{month} {start.year}"
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case "year":
            return str(start.year)
        case _:
            return f"{start.day} {month}"


def _month_day(day: datetime) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}"


def _after(start: datetime, span: timedelta) -> datetime:
    try:
        return start + span
    except OverflowError:  # the last days that a calendar knows
        return start


def _clock(start: datetime, interval: str) -> str:
    return f"{start:%H:%M:%S}" if interval == "second" else f"{start:%H:%M}"


def interval_start(local: datetime, interval: str, week_start: int) -> datetime:
    """Floor a local time to its interval; weeks begin on the weekday `week_start`, 0 Monday."""
    if interval == "second":
        return local.replace(microsecond=0)
    if interval == "minute":
        return local.replace(second=0, microsecond=0)
    if interval == "hour":
        return local.replace(minute=0, second=0, microsecond=0)
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    match interval:
        case "week":
            return day - timedelta(days=(day.weekday() - week_start) % 7)
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
        case "year":
            return day.replace(day=1, month=1)
        case _:
            return day


def _calendar_unit(start: str, end: str | None) -> str:
    """Name `mStart` this month, and `-1mStart` to `-1mEnd` last month."""
    first = RELATIVE.fullmatch(start)
    if first is None or first[4] != "Start":
        return ""
    unit = UNITS[first[3]]
    if first[2] in {"", "0"} and end in {None, f"{first[3]}End"}:
        return f"this {unit}"
    is_last = first[1] == "-" and first[2] == "1" and end == f"-1{first[3]}End"
    return f"last {unit}" if is_last else ""


def _counted(relative: re.Match[str]) -> str:
    count = int(relative[2] or 1)
    unit = UNITS[relative[3]]
    if count == 1:  # "last month" is the calendar's; the last hour is a preset of PostHog's
        return unit if unit == "hour" else f"1 {unit}"
    return f"{count} {unit}s"


def moment(text: str, interval: str | None = None) -> str:
    """Say one end of a range."""
    start = parse_iso(text)
    if start is not None:
        exact = interval in FINE and (start.hour or start.minute)
        return heading(text, "hour" if exact else "day")
    relative = RELATIVE.fullmatch(text)
    if text == "all":
        return "the first event"
    return text if relative is None else _relative_moment(relative)


def _relative_moment(relative: re.Match[str]) -> str:
    count = int(relative[2] or 0)
    unit = UNITS[relative[3]]
    edge = {"Start": "the start of ", "End": "the end of "}.get(relative[4] or "", "")
    if edge and count == 1 and relative[1] == "-" and unit not in FINE:
        when = "yesterday" if unit == "day" else f"last {unit}"
    elif count:
        side = "ago" if relative[1] == "-" else "from now"
        when = f"{count} {unit}{'s' if count > 1 else ''} {side}"
    else:
        when = "today" if unit == "day" else f"this {unit}"
    return when if unit == "day" else f"{edge}{when}"  # a day is its own start and end


def _span(start: str, end: str) -> str:
    return start if start == end else f"{start} – {end}"
