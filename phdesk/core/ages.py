"""How old a number is, in words: absolute and relative, never younger than it is."""

from datetime import datetime, timedelta, tzinfo

from phdesk.core.dates import WEEKDAYS, short_month

DASH = "–"
JUST_NOW = "just now"
AHEAD = timedelta(minutes=10)  # by which clocks may differ, and nobody is told
DIFFER = "clocks differ"


def relative(when: datetime, now: datetime) -> str:
    """Say how long ago, rounded down: "12 min", "3 h", "2 days"; "just now" below a minute.

    How old something is that is far ahead of this clock, nobody knows: it may be days.
    """
    if when - now > AHEAD:
        return DIFFER
    minutes = int((now - when).total_seconds() // 60)
    if minutes < 1:
        return JUST_NOW  # also for a clock that runs a little behind the server's
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // 1440} days"


def absolute(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Say when, in the given zone (None: this computer's): "14:05", "22 Nov 14:05" before today."""
    here, today = when.astimezone(zone), now.astimezone(zone)
    clock = f"{here:%H:%M}"
    if here.date() == today.date():
        return clock
    day = f"{here.day} {short_month(here)}"
    return f"{day} {clock}" if here.year == today.year else f"{day} {here.year}"


def day_clock(when: datetime) -> str:
    """Write day and time of a moment as it is: "05 Nov 2026 14:05"."""
    return f"{when:%d} {short_month(when)} {when:%Y %H:%M}"


def day_time(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Say when in words of the week: "today 09:00", "Tuesday 09:00", "23 Nov 09:00" before that."""
    here, today = when.astimezone(zone), now.astimezone(zone)
    days = (today.date() - here.date()).days
    if days in (0, 1):
        day = ("today", "yesterday")[days]
    elif 1 < days < 7:
        day = WEEKDAYS[here.weekday()]
    else:
        day = f"{here.day} {short_month(here)}"
        day += "" if here.year == today.year else f" {here.year}"
    return f"{day} {here:%H:%M}"


def tile_age(when: datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a tile's age: "14:05 · 12 min"; empty when nothing was calculated yet."""
    if when is None:
        return ""
    return f"{absolute(when, now, zone)} · {relative(when, now)}"


def wait_words(when: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Say from when on PostHog calculates something anew; rounded up to the next minute."""
    return f"from {absolute(rounded_up(when), now, zone)} on"


def rounded_up(when: datetime) -> datetime:
    """Give the next full minute, or this one when it is full."""
    rest = timedelta(seconds=when.second, microseconds=when.microsecond)
    return when - rest + (timedelta(minutes=1) if rest else timedelta())


def oldest_age(when: datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a dashboard's age, which is that of its oldest tile."""
    if when is None:
        return "Nothing calculated yet"
    ago = relative(when, now)
    words = ago if ago in (JUST_NOW, DIFFER) else f"{ago} ago"
    return f"Oldest tile {absolute(when, now, zone)} · {words}"
