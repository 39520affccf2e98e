"""Date ranges of filters: PostHog's presets, their words, ends and intervals (11.1 to 11.3)."""

import re
from datetime import date, datetime, timedelta

from msgspec import Struct

from phdesk.core.dates import MONTHS, RELATIVE, UNITS, interval_start, parse_iso

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
ROLLING = {"h": "hours", "M": "minutes", "s": "seconds"}  # not cut at midnight
LONGEST_AGO = 366  # days; before it PostHog names dates
SPANS = (  # an interval, the shortest and the longest range it is allowed for
    ("minute", timedelta(minutes=2), timedelta(hours=12)),
    ("hour", timedelta(hours=2), timedelta(weeks=2)),
    ("day", timedelta(days=2), None),
    ("week", timedelta(weeks=2), None),
    ("month", timedelta(days=59), None),
)
INTERVALS = tuple(name for name, _, _ in SPANS)
NO_RANGE = "Each tile's own dates"


class Preset(Struct, frozen=True, gc=False):
    """A range with a name of its own."""

    label: str
    date_from: str
    date_to: str | None = None
    interval: str = "day"


PRESETS = (
    Preset("Today", "dStart", None, "hour"),
    Preset("Yesterday", "-1dStart", "-1dEnd", "hour"),
    Preset("Last hour", "-1h", None, "minute"),
    Preset("Last 24 hours", "-24h", None, "hour"),
    Preset("Last 48 hours", "-48h", None, "hour"),
    Preset("Last 7 days", "-7d"),
    Preset("Last 14 days", "-14d"),
    Preset("Last 30 days", "-30d"),
    Preset("Last 90 days", "-90d"),
    Preset("Last 180 days", "-180d", None, "month"),
    Preset("Last week", "-1wStart", "-1wEnd"),
    Preset("Last month", "-1mStart", "-1mEnd"),
    Preset("This week", "wStart"),
    Preset("This month", "mStart"),
    Preset("Year to date", "yStart", None, "month"),
    Preset("All time", "all", None, "month"),
)
HIDDEN = frozenset({"Last 48 hours"})  # known by name, not offered
BY_ENDS = {(one.date_from, one.date_to): one for one in PRESETS}


class Span(Struct, frozen=True, gc=False):
    """A range with its ends worked out, in the project's time without a zone."""

    start: datetime | None  # None: since the first event
    end: datetime
    open: bool = False  # it ends now


def first_weekday(week_start_day: int) -> int:
    """Turn PostHog's first day of the week (0 Sunday, 1 Monday) into Python's (0 Monday)."""
    return (week_start_day - 1) % 7


def range_words(date_from: str | None, date_to: str | None, now: datetime) -> str:
    """Name a range as PostHog does; `now` is in the project's zone."""
    if date_from is None and date_to is None:
        return NO_RANGE
    preset = BY_ENDS.get((date_from or "", date_to))
    if preset is not None:
        return preset.label
    if date_to is None and date_from is not None:
        return _open_words(date_from, now)
    if parse_iso(date_from) and parse_iso(date_to):
        return reading(span_of(date_from, date_to, now, 0))
    unit = _calendar_unit(date_from or "", date_to or "")
    return unit or f"{_end_words(date_from)} – {_end_words(date_to)}"


def span_of(date_from: str | None, date_to: str | None, now: datetime, week_start: int) -> Span:
    """Work out both ends; a range without a start is PostHog's last 7 days.

    `week_start` is the weekday on which weeks begin, 0 Monday. What cannot be read means now.
    """
    local = now.replace(tzinfo=None)
    start = None if date_from == "all" else _moment(date_from or "-7d", local, week_start)
    if not date_to:
        return Span(start, local, open=True)
    return Span(start, _moment(date_to, local, week_start, closing=True))


def reading(span: Span) -> str:
    """Say a range by its dates: "1–15 Nov 2026", with times where they matter."""
    if span.start is None:
        return f"until {_day(span.end)}"
    timed = span.start.time() != datetime.min.time() or not (span.open or _closes_a_day(span.end))
    if not timed:
        return days_words(span.start.date(), span.end.date())
    end = "now" if span.open else f"{span.end:%H:%M}"
    same = span.start.date() == span.end.date()
    day = "" if same or span.open else f"{_day(span.end)}, "
    return f"{_day(span.start)}, {span.start:%H:%M} – {day}{end}"


def days_words(first: date, last: date) -> str:
    """Write two days without saying anything twice."""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1][:3]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def intervals_for(
    date_from: str | None, date_to: str | None, now: datetime, week_start: int
) -> tuple[str, ...]:
    """Give the intervals that a range may be cut into; all where each tile has its own dates."""
    if date_from is None and date_to is None:
        return INTERVALS
    if date_from == "all":
        return ("month",)
    span = span_of(date_from, date_to, now, week_start)
    start = span.start or span.end
    end = span.end
    if span.open and start.time() == datetime.min.time():
        end = interval_start(end, "day", 0) + DAY  # today counts whole
    length = end - start + MOMENT
    usual = _usual(date_from, date_to)
    allowed = tuple(
        name
        for name, shortest, longest in SPANS
        if name == usual or (shortest <= length and (longest is None or length <= longest + MOMENT))
    )
    return allowed or (fitting(length),)


def interval_after(
    interval: str | None, dates: tuple[str | None, str | None], now: datetime, week_start: int
) -> str | None:
    """Keep an interval where a new range allows it, else take the one that is usual for it."""
    allowed = intervals_for(*dates, now, week_start)
    if interval is None or interval in allowed:
        return interval
    usual = _usual(*dates)
    if usual in allowed:
        return usual
    return "day" if "day" in allowed else allowed[0]


def fitting(length: timedelta) -> str:
    """Choose an interval for a range that is too short for all."""
    return "minute" if length <= timedelta(hours=2) else "hour"


def for_2024(
    date_from: str | None, date_to: str | None, now: datetime, week_start: int
) -> tuple[str | None, str | None]:
    """Write what servers of 2024 cannot read (weeks, minutes, quarters) as dates and times."""
    if not any(_is_newer(text) for text in (date_from, date_to) if text):
        return date_from, date_to
    span = span_of(date_from, date_to, now, week_start)
    start = f"{span.start:%Y-%m-%dT%H:%M:%S}" if span.start else date_from
    return start, None if span.open else f"{span.end:%Y-%m-%dT%H:%M:%S}"


def _open_words(date_from: str, now: datetime) -> str:
    relative = RELATIVE.fullmatch(date_from)
    if relative is not None and not relative[4] and relative[1] == "-":
        return f"Last {_several(_count(relative), UNITS[relative[3]])}"
    if relative is not None and relative[4] == "Start" and not _count(relative):
        return f"This {UNITS[relative[3]]}"
    start = parse_iso(date_from)
    if start is None:
        return f"Since {_end_words(date_from)}"
    days = (now.date() - start.date()).days
    if 0 < days <= LONGEST_AGO and not _has_time(start):
        return f"Last {_several(days, 'day')}"
    return f"Since {_end_words(date_from)}"


def _calendar_unit(date_from: str, date_to: str) -> str:
    """Name whole units: `-1qStart` to `-1qEnd` is last quarter, `qStart` to `qEnd` this one."""
    first, last = RELATIVE.fullmatch(date_from), RELATIVE.fullmatch(date_to)
    if first is None or last is None or (first[4], last[4]) != ("Start", "End"):
        return ""
    if (first[1], _count(first), first[3]) != (last[1], _count(last), last[3]):
        return ""
    if not _count(first):
        return f"This {UNITS[first[3]]}"
    return f"Last {UNITS[first[3]]}" if _count(first) == 1 and first[1] == "-" else ""


def _end_words(text: str | None) -> str:
    """Say one end of a range."""
    moment = parse_iso(text)
    if moment is not None:
        return f"{_day(moment)}, {moment:%H:%M}" if _has_time(moment) else _day(moment)
    if text == "all" or text is None:
        return "the first event"
    relative = RELATIVE.fullmatch(text)
    if relative is None:
        return text
    count, unit = _count(relative), UNITS[relative[3]]
    edge = {"Start": "start of ", "End": "end of "}.get(relative[4] or "", "")
    if not count:
        return f"{edge}{'today' if unit == 'day' else f'this {unit}'}"
    if (relative[1], count, unit) == ("-", 1, "day"):
        return f"{edge}yesterday"
    return f"{edge}{_several(count, unit)} {'ago' if relative[1] == '-' else 'from now'}"


def _moment(text: str, now: datetime, week_start: int, *, closing: bool = False) -> datetime:
    """Read one end of a range."""
    relative = RELATIVE.fullmatch(text)
    try:
        if relative is not None:
            return _relative(relative, now, week_start, closing=closing)
        moment = parse_iso(text)
        if moment is None:
            return now
        moment = moment.replace(tzinfo=None)
        return moment + DAY - MOMENT if closing and len(text) == len("2026-11-01") else moment
    except (OverflowError, ValueError):  # beyond the years that a calendar knows
        return datetime.min if relative is None or relative[1] == "-" else datetime.max


def _relative(match: re.Match[str], now: datetime, week_start: int, *, closing: bool) -> datetime:
    letter, edge = match[3], match[4]
    moved = _shifted(match[1], _count(match), letter, now)
    if letter in ROLLING and not edge:
        return moved
    start = interval_start(moved, UNITS[letter] if edge else "day", week_start)
    if edge == "Start":
        return start
    if edge == "End":
        return _shifted("+", 1, letter, start) - MOMENT
    return start + DAY - MOMENT if closing else start


def _count(match: re.Match[str]) -> int:
    """Give the number of units: `-d` is one, `dStart` none."""
    return int(match[2] or (1 if match[1] else 0))


def _shifted(sign: str, count: int, letter: str, at: datetime) -> datetime:
    by = -count if sign == "-" else count
    if letter in ROLLING:
        return at + timedelta(**{ROLLING[letter]: by})
    if letter in "dw":
        return at + timedelta(days=by * (7 if letter == "w" else 1))
    months = at.year * 12 + at.month - 1 + by * {"m": 1, "q": 3, "y": 12}[letter]
    year, month = divmod(months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return at.replace(year=year, month=month + 1, day=min(at.day, (following - DAY).day))


def _usual(date_from: str | None, date_to: str | None) -> str:
    preset = BY_ENDS.get((date_from or "", date_to))
    return preset.interval if preset is not None else ""


def _is_newer(text: str) -> bool:
    relative = RELATIVE.fullmatch(text)
    if relative is None:
        return False
    return relative[3] in "Msq" or (relative[3] == "w" and bool(relative[4]))


def _has_time(moment: datetime) -> bool:
    return moment.time() != datetime.min.time()


def _closes_a_day(moment: datetime) -> bool:
    return moment.time() >= (datetime.min + DAY - MOMENT).time()


def _several(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
