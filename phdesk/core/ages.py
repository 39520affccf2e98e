"""How old a number is, in words: absolute and relative, never younger than it is."""

from datetime import datetime, tzinfo

DASH = "–"


def relative(when: datetime, now: datetime) -> str:
    """Say how long ago, rounded down: "12 min", "3 h", "2 days"; "just now" below a minute."""
    minutes = int((now - when).total_seconds() // 60)
    if minutes < 1:
        return "just now"  # also for a clock that runs behind the server's
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
    day = f"{here.day} {here:%b}"
    return f"{day} {clock}" if here.year == today.year else f"{day} {here.year}"


def tile_age(when: datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a tile's age: "14:05 · 12 min"; empty when nothing was calculated yet."""
    if when is None:
        return ""
    return f"{absolute(when, now, zone)} · {relative(when, now)}"


def oldest_age(when: datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """Write a dashboard's age, which is that of its oldest tile."""
    if when is None:
        return "Nothing calculated yet"
    ago = relative(when, now)
    return f"Oldest tile {absolute(when, now, zone)} · {ago if ago == 'just now' else f'{ago} ago'}"
