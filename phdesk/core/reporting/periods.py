"""The days that a report covers, and those of the period before, on a project's calendar.

Only whole days: "last 7 days" are the seven before today, as "last week" is the calendar's week
before this one. The period before a week, month, quarter or year is the one before it on the
calendar; before so many days it is as many. Periods that go on today (`today`, `this week`, `this
month`) end with today, and the period before them is as many days, so that neither is larger.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from phdesk.core.dates import MONTHS

DAY = timedelta(days=1)
LONGEST = 731  # days
KNOWN = (
    "yesterday, today, last week, this week, last month, this month, last quarter, last year, "
    "last 7 days (or another number), and 2026-11-01 to 2026-11-30"
)
_DAYS = re.compile(r"last (\d{1,3}) days")
_BETWEEN = re.compile(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})")


class PeriodError(ValueError):
    """The words name no period."""


class Days(Struct, frozen=True):
    """Whole days from first to last."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """Count the days."""
        return (self.last - self.first).days + 1

    @property
    def are_months(self) -> bool:
        """Tell whether they are whole months of the calendar."""
        return self.first.day == (self.last + DAY).day == 1

    def hold(self, start: date, interval: str) -> bool:
        """Tell whether a bucket is in them as a whole."""
        if interval == "month":
            end = _back(start.replace(day=1), -1) - DAY
        else:
            end = start + (6 * DAY if interval == "week" else timedelta())
        return self.first <= start and end <= self.last

    @property
    def text(self) -> str:
        """Write them as "23 – 29 Nov 2026"."""
        first, last = self.first, self.last
        end = f"{last.day} {MONTHS[last.month - 1][:3]} {last.year}"
        if first == last:
            return end
        month = f" {MONTHS[first.month - 1][:3]}" if first.month != last.month else ""
        year = f" {first.year}" if first.year != last.year else ""
        month = month or (f" {MONTHS[first.month - 1][:3]}" if year else "")
        return f"{first.day}{month}{year} – {end}"

    def begins(self, zone: tzinfo) -> datetime:
        """Give the moment at which the first day begins."""
        return datetime.combine(self.first, time(), zone)

    def ends(self, zone: tzinfo) -> datetime:
        """Give the moment at which the last day is over."""
        return datetime.combine(self.last + DAY, time(), zone)

    def sent(self) -> tuple[str, str]:
        """Write both ends for PostHog: with the last second, for charts by the hour."""
        return self.first.isoformat(), f"{self.last.isoformat()}T23:59:59"


class Period(Struct, frozen=True):
    """A period, the one before it, and what that is called."""

    days: Days
    before: Days
    words: str  # "the week before"


def period_of(text: str, today: date, first_weekday: int = 0) -> Period:
    """Read a period; weeks begin on `first_weekday`, 0 Monday. Raises PeriodError."""
    plain = " ".join(text.lower().split())
    made = _calendar(plain, today, first_weekday) or _counted(plain, today) or _dated(plain)
    if made is None:
        raise PeriodError(f'"{text}" is no period; known are {KNOWN}')
    return made


def _calendar(plain: str, today: date, first_weekday: int) -> Period | None:
    """Read names of units of the calendar: the one before this, or this one as far as it is."""
    week = today - (today.weekday() - first_weekday) % 7 * DAY
    month = today.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    known = {
        "yesterday": lambda: _fixed(Days(today - DAY, today - DAY)),
        "last week": lambda: _week(week),
        "last month": lambda: _units(month, 1, "the month before"),
        "last quarter": lambda: _units(quarter, 3, "the quarter before"),
        "last year": lambda: _units(month.replace(month=1), 12, "the year before"),
        "today": lambda: _running(today, today),
        "this week": lambda: _running(week, today, "the same days of the week before", back=7),
        "this month": lambda: _running(month, today),
    }
    return known[plain]() if plain in known else None


def _week(end: date) -> Period:
    """Give the seven days that end where the present week begins."""
    days = Days(end - 7 * DAY, end - DAY)
    return Period(days, Days(end - 14 * DAY, end - 8 * DAY), "the week before")


def _running(first: date, today: date, words: str = "", back: int = 0) -> Period:
    """Give a period that goes on, and as many days before it."""
    days = Days(first, today)
    shift = (back or days.count) * DAY
    before = Days(first - shift, today - shift)
    return Period(days, before, words or _before(days.count))


def _units(end: date, months: int, words: str) -> Period:
    """Give the months that end where the present unit begins, and as many before them."""
    first, earlier = _back(end, months), _back(end, 2 * months)
    return Period(Days(first, end - DAY), Days(earlier, first - DAY), words)


def _back(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _counted(plain: str, today: date) -> Period | None:
    found = _DAYS.fullmatch(plain)
    count = int(found[1]) if found else 0
    return _fixed(Days(today - count * DAY, today - DAY)) if 1 <= count <= LONGEST else None


def _dated(plain: str) -> Period | None:
    found = _BETWEEN.fullmatch(plain)
    if found is None:
        return None
    try:
        days = Days(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        return _fixed(days) if 1 <= days.count <= LONGEST and days.last < date.max else None
    except (ValueError, OverflowError):  # also before the first day that there is
        return None


def _fixed(days: Days) -> Period:
    before = Days(days.first - days.count * DAY, days.first - DAY)
    return Period(days, before, _before(days.count))


def _before(count: int) -> str:
    return "the day before" if count == 1 else f"the {count} days before"
