"""Find when something recurs: the rules of iCalendar (RFC 5545) that subscriptions need."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
POSITIONS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
FAR = 366 * 20  # days that are looked through


def next_time(rule: Mapping[str, Any], start: datetime, after: datetime) -> datetime | None:
    """Find the first time after a moment; all have the time of day of the start."""
    for day in _days(rule, start.date()):
        found = datetime.combine(day, start.timetz())
        if found > after:
            return found
    return None


def summary(rule: Mapping[str, Any]) -> str:
    """Say in a sentence how often, as PostHog does."""
    unit, every = UNITS[rule["frequency"]], rule["interval"]
    text = f"sent every {unit}" if every == 1 else f"sent every {every} {unit}s"
    weekdays, position = rule["byweekday"] or [], rule["bysetpos"]
    if not weekdays or not position:
        return text
    day = weekdays[0].capitalize() if len(weekdays) == 1 else "day"
    return f"{text} on the {POSITIONS.get(position, position)} {day}"


def _days(rule: Mapping[str, Any], first: date) -> Iterator[date]:
    wanted = {WEEKDAYS.index(one) for one in rule["byweekday"] or []}
    every, position = rule["interval"], rule["bysetpos"]
    for number in range(FAR):
        day = first + timedelta(days=number)
        match rule["frequency"]:
            case "daily":
                fits = number % every == 0 and (not wanted or day.weekday() in wanted)
            case "weekly":
                weeks = (_monday(day) - _monday(first)).days // 7
                fits = weeks % every == 0 and day.weekday() in (wanted or {first.weekday()})
            case "monthly":
                months = (day.year - first.year) * 12 + day.month - first.month
                fits = months % every == 0 and _in_month(day, wanted, position, first.day)
            case _:
                same = (day.month, day.day) == (first.month, first.day)
                fits = same and (day.year - first.year) % every == 0
        if fits:
            yield day


def _in_month(day: date, wanted: set[int], position: int | None, usual: int) -> bool:
    if not wanted:
        return day.day == usual
    last = monthrange(day.year, day.month)[1]
    days = [one for one in range(1, last + 1) if day.replace(day=one).weekday() in wanted]
    if position is None:
        return day.day in days
    place = position - 1 if position > 0 else len(days) + position
    return 0 <= place < len(days) and days[place] == day.day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
