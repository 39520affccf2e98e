"""Read a date range as a person types it: `last 13h`, `-8w`, `1-15 Nov`, `since yesterday`."""

import re
from datetime import date, datetime, timedelta
from typing import NoReturn

from msgspec import Struct

from phdesk.core.dates import DAYS, MONTHS, RELATIVE, parse_iso
from phdesk.core.filter_ranges import NO_RANGE, PRESETS, span_of

EXAMPLES = "Try last 13h, -8w, 1-15 Nov 2026 or since 2026-10-01."
DAY = timedelta(days=1)
LETTERS = {
    "s": "s", "sec": "s", "second": "s",
    "min": "M", "minute": "M",
    "h": "h", "hr": "h", "hour": "h",
    "d": "d", "day": "d",
    "w": "w", "wk": "w", "week": "w",
    "m": "m", "mo": "m", "mth": "m", "month": "m",
    "q": "q", "quarter": "q",
    "y": "y", "yr": "y", "year": "y",
}  # fmt: skip
PLURALS = {f"{word}s": letter for word, letter in LETTERS.items() if len(word) > 1}
TO_DATE = {"wtd": "wStart", "mtd": "mStart", "qtd": "qStart", "ytd": "yStart"}
NAMED = {one.label.lower(): (one.date_from, one.date_to) for one in PRESETS}
MONTH = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
WEEKDAY = {name.lower(): number for number, name in enumerate(DAYS)}
AMBIGUOUS = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
COUNTED = re.compile(r"(?:(?:last|past|previous|the last)\s+)?(\d{1,6}|an?|one)\s*([a-z]+)")
UNIT_OF = re.compile(r"(last|past|previous|this|current)\s+([a-z]+)")
AGO = re.compile(r"(\d{1,6}|an?|one)\s*([a-z]+)\s+ago")
SEPARATED = re.compile(r"\s*(?:\.\.\.?|…|–|—|→|\s-\s|\s(?:to|until|till|through|and)\s)\s*")
SINCE = re.compile(r"(?:since|from|after|starting)\s+(.+)")
WRAPPED = re.compile(r"(?:between|from)\s+(.+)")
SAME_MONTH = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\s+([a-z]+)\.?(?:,?\s+(\d{4}))?")
SAME_MONTH_US = re.compile(r"([a-z]+)\.?\s+(\d{1,2})\s*[-–—]\s*(\d{1,2})(?:,?\s+(\d{4}))?")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]+)\.?(?:,?\s+(\d{4}))?")
MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
WHOLE_MONTH = re.compile(r"([a-z]+)\.?(?:\s+(\d{4}))?")
ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
ISO_YEAR = re.compile(r"(?:19|20)\d\d")
TIMED = re.compile(r"(.+?)(?:\s*,\s*|\s+|[tT])(\d{1,2}):(\d{2})")


class Dates(Struct, frozen=True, gc=False):
    """A range as PostHog takes it; `explicit` means the exact times, not whole buckets."""

    date_from: str | None
    date_to: str | None = None
    explicit: bool = False


class _UnreadableError(Exception):
    """Carries the sentence for the person."""


class _End(Struct, frozen=True, gc=False):
    """One end of a range: PostHog's string, and the last day of what was named."""

    first: str
    last: str
    timed: bool = False


def read_range(text: str, now: datetime, week_start: int = 6) -> Dates | str:
    """Read a range, or give one sentence that says what is wrong.

    `now` is in the project's zone; `week_start` is the weekday on which weeks begin, 0 Monday.
    """
    words = " ".join(text.split())
    if not words:
        return f"Type a range. {EXAMPLES}"
    try:
        found = _range(words, now)
        return _checked(found, now, week_start)
    except _UnreadableError as why:
        return str(why)


def _range(words: str, now: datetime) -> Dates:
    lower = words.lower().rstrip(".")
    if words in {"all", NO_RANGE}:
        return Dates("all") if words == "all" else Dates(None)
    if AMBIGUOUS.search(words):
        _refuse(f"Write dates as 2026-11-01: {AMBIGUOUS.findall(words)[0]} may mean two days.")
    whole = _whole(words, lower)
    if whole is not None:
        return whole
    since = SINCE.fullmatch(lower)
    if since is not None and len(SEPARATED.split(since[1])) == 1:
        return _from(_end(_kept(words, since[1]), now))
    pair = _pair(words, lower, now)
    if pair is not None:
        return pair
    return _named(_end(words, now))


def _whole(words: str, lower: str) -> Dates | None:
    """Read what names a whole range in one go."""
    if lower in NAMED:
        return Dates(*NAMED[lower])
    if lower in TO_DATE:
        return Dates(TO_DATE[lower])
    if lower in {"all", "ever", "everything", "all data"}:
        return Dates("all")
    if RELATIVE.fullmatch(words) and words[0] == "-" and not words.endswith(("Start", "End")):
        return Dates(words)
    if RELATIVE.fullmatch(words) and words.endswith("Start"):
        return Dates(words)
    counted = COUNTED.fullmatch(lower)
    if counted is not None and counted[2][:3] not in MONTH:
        return Dates(_ago(counted[1], counted[2]))
    unit = UNIT_OF.fullmatch(lower)
    if unit is not None and _letter(unit[2]):
        return _unit_range(unit[1], _letter(unit[2]))
    return None


def _unit_range(which: str, letter: str) -> Dates:
    """Read "last week", which is a whole one, and "this week", which still runs."""
    if letter in "Ms" or (letter == "h" and which in {"last", "past", "previous"}):
        return Dates(f"-1{letter}")
    if which in {"this", "current"}:
        return Dates(f"{letter}Start")
    return Dates(f"-1{letter}Start", f"-1{letter}End")


def _pair(words: str, lower: str, now: datetime) -> Dates | None:
    """Read two ends with something between them."""
    for pattern, day_first in ((SAME_MONTH, True), (SAME_MONTH_US, False)):
        match = pattern.fullmatch(lower)
        if match is not None:
            first, last, name, year = (
                match.groups() if day_first else (match[2], match[3], match[1], match[4])
            )
            start = _day_of(int(first), name, year, now)
            end = _day_of(int(last), name, str(start.year), now)
            return Dates(start.isoformat(), end.isoformat())
    wrapped = WRAPPED.fullmatch(lower)
    inner = _kept(words, wrapped[1]) if wrapped else words
    ends = SEPARATED.split(inner)
    if len(ends) == 1:
        return None
    if len(ends) > 2:
        _refuse(f"A range has two ends. {EXAMPLES}")
    if not ends[0]:
        _refuse("Say where the range begins, as in 2026-11-01..2026-11-15.")
    if not ends[1]:
        return _from(_end(ends[0], now))
    return _between(ends[0], ends[1], now)


def _between(first: str, second: str, now: datetime) -> Dates:
    year = re.search(r"\d{4}", second)
    if year and not re.search(r"\d{4}", first) and re.search(r"[A-Za-z]{3}", first):
        first = _with_year(first, year[0])  # "28 Oct – 3 Nov 2026"
    start = _end(first, now)
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})", second)
    if clock is not None and start.timed:
        second = f"{start.first[:10]} {second}"  # "1 Nov 2026, 10:00 – 14:00"
    if second.lower() == "now":
        return _from(start)
    end = _end(second, now)
    return Dates(start.first, end.last, start.timed or end.timed)


def _with_year(words: str, year: str) -> str:
    day, separator, clock = words.partition(",")
    return f"{day} {year}{separator}{clock}"


def _from(end: _End) -> Dates:
    return Dates(end.first, None, end.timed)


def _named(end: _End) -> Dates:
    """Read a single day, month or year as a range of its own."""
    if end.timed:
        return Dates(end.first, None, explicit=True)
    if RELATIVE.fullmatch(end.first) and not end.first.endswith("Start"):
        return Dates(end.first)
    return Dates(end.first, end.last)


def _end(words: str, now: datetime) -> _End:
    """Read one end of a range."""
    bare = words.strip().strip(",")
    lower = bare.lower().removeprefix("the ")
    fixed = {
        "today": ("dStart", "dEnd"),
        "yesterday": ("-1dStart", "-1dEnd"),
        "tomorrow": ("+1dStart", "+1dEnd"),
        "now": ("-0h", "-0h"),
        "all": ("all", "all"),
        "the first event": ("all", "all"),
        "first event": ("all", "all"),
    }.get(lower)
    if fixed is not None:
        return _End(*fixed)
    if RELATIVE.fullmatch(bare) and re.search(r"[\d+-]|Start|End", bare):
        return _End(bare, bare)
    ago = AGO.fullmatch(lower)
    if ago is not None:
        return _End(*(_ago(ago[1], ago[2]),) * 2)
    return _calendar_end(bare, lower, now)


def _calendar_end(bare: str, lower: str, now: datetime) -> _End:
    timed = TIMED.fullmatch(bare)
    if timed is not None:
        day = _end(timed[1], now)
        hour, minute = int(timed[2]), int(timed[3])
        if parse_iso(day.first) is None or day.timed or hour > 23 or minute > 59:
            _refuse(f"“{bare}” is no time. Write 2026-11-01 14:00.")
        moment = f"{day.first}T{hour:02}:{minute:02}:00"
        return _End(moment, moment, timed=True)
    exact = parse_iso(bare)
    if exact is not None:
        if len(bare) == len("2026-11-01"):
            return _End(bare, bare)
        moment = exact.replace(tzinfo=None).isoformat(timespec="seconds")
        return _End(moment, moment, timed=True)
    days = _calendar_days(lower, now)
    if days is None:
        _refuse(f"“{bare}” is no date that phdesk knows. {EXAMPLES}")
    return _End(days[0].isoformat(), days[1].isoformat())


def _calendar_days(lower: str, now: datetime) -> tuple[date, date] | None:
    """Read a day, month or year of the calendar: its first and its last day."""
    match = DOTTED.fullmatch(lower)
    if match is not None:
        return (_date(int(match[3]), int(match[2]), int(match[1])),) * 2
    if lower[:3] in WEEKDAY and _is_weekday(lower):
        back = (now.weekday() - WEEKDAY[lower[:3]]) % 7
        return (now.date() - timedelta(days=back),) * 2
    match = DAY_FIRST.fullmatch(lower)
    if match is not None and match[2][:3] in MONTH:
        return (_day_of(int(match[1]), match[2], match[3], now),) * 2
    match = MONTH_FIRST.fullmatch(lower)
    if match is not None and match[1][:3] in MONTH:
        return (_day_of(int(match[2]), match[1], match[3], now),) * 2
    return _calendar_months(lower, now)


def _calendar_months(lower: str, now: datetime) -> tuple[date, date] | None:
    match = ISO_MONTH.fullmatch(lower)
    if match is not None:
        return _month(int(match[1]), int(match[2]))
    if ISO_YEAR.fullmatch(lower):
        return date(int(lower), 1, 1), date(int(lower), 12, 31)
    match = WHOLE_MONTH.fullmatch(lower)
    if match is not None and _is_month(match[1]):
        number = MONTH[match[1][:3]]
        year = int(match[2]) if match[2] else now.year - (number > now.month)
        return _month(year, number)
    return None


def _day_of(day: int, name: str, year: str | None, now: datetime) -> date:
    """Find a day by its month's name; without a year the last one that has come."""
    if not _is_month(name):
        _refuse(f"“{name}” is no month.")
    number = MONTH[name[:3]]
    found = _date(int(year) if year else now.year, number, day)
    if not year and found > now.date():
        found = _date(now.year - 1, number, day)
    return found


def _month(year: int, month: int) -> tuple[date, date]:
    first = _date(year, month, 1)
    try:
        following = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:  # December of the last year that a calendar knows
        return first, date.max
    return first, following - DAY


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        _refuse("There is no such day in the calendar.")


def _ago(count: str, unit: str) -> str:
    number = int(count) if count.isdigit() else 1
    letter = _letter(unit)
    if not letter:
        _refuse(f"“{unit}” is no unit of time. {EXAMPLES}")
    if not number:
        _refuse("A range needs at least one unit of time.")
    return f"-{number}{letter}"


def _letter(unit: str) -> str:
    return LETTERS.get(unit, "") or PLURALS.get(unit, "")


def _is_month(name: str) -> bool:
    full = MONTHS[MONTH[name[:3]] - 1].lower() if name[:3] in MONTH else ""
    return name in {full[:3], full, f"{full[:4]}" if full == "september" else full}


def _is_weekday(lower: str) -> bool:
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return lower in full or lower in WEEKDAY


def _kept(words: str, lower: str) -> str:
    """Give the end of a text as it was typed: PostHog tells `M` from `m`."""
    return words[len(words) - len(lower) :]


def _checked(found: Dates, now: datetime, week_start: int) -> Dates:
    span = span_of(found.date_from, found.date_to, now, week_start)
    if span.start is None or found.date_from is None:
        return found
    if span.start.year < 1970:
        _refuse("This range begins before there were events.")
    if span.start > now.replace(tzinfo=None):
        _refuse("This range begins in the future.")
    if span.start == span.end:
        _refuse(f"This range holds no time. {EXAMPLES}")
    if span.end < span.start:
        _refuse("This range ends before it begins.")
    return found


def _refuse(sentence: str) -> NoReturn:
    raise _UnreadableError(sentence)
