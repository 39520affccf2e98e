"""Read single values of a file of walls as people write them: "45s", "mon-fri 08:30-18:00"."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from difflib import get_close_matches

from phdesk.core.dates import DAYS
from phdesk.core.wall.secrets import scrubbed
from phdesk.models.wall import DAY, Hours

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
WEEK = tuple(name.lower() for name in DAYS)  # mon, tue, …
FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SETS = {"daily": range(7), "weekdays": range(5), "weekend": (5, 6), "weekends": (5, 6)}
LONGEST_ECHO = 40  # characters of a value that are said back
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?\s*[smhd]\s*)+")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_HOURS = re.compile(r"(?:([a-z][a-z,\s-]*?)\s+)?(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})")


class WrongValueError(ValueError):
    """What is wrong with a value, and what is allowed instead."""


def shown(value: object) -> str:
    """Say a value back, shortened."""
    text = scrubbed(f'"{value}"' if isinstance(value, str) else str(value).lower())
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def near(word: str, known: Sequence[str] | Mapping[str, str]) -> str:
    """Ask whether a known word was meant; a mapping says how each is written in full."""
    close = get_close_matches(word.lower(), known, n=1)
    if not close:
        return ""
    meant = known[close[0]] if isinstance(known, Mapping) else close[0]
    return f'; did you mean "{meant}"?'


def text(value: object) -> str:
    """Read a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError(f"must be a text in quotes, not {shown(value)}")
    return value.strip()


def truth(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise WrongValueError(f"must be true or false, not {shown(value)}")
    return value


def whole(least: int, most: int, unit: str = "") -> Callable[[object], int]:
    """Give a reader of whole numbers within limits."""
    of = f" {unit}" if unit else ""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongValueError(f"must be a whole number{of}, not {shown(value)}")
        if not least <= value <= most:
            raise WrongValueError(f"{shown(value)} is out of range; {least} to {most}{of}")
        return value

    return read


def one_of(*allowed: str) -> Callable[[object], str]:
    """Give a reader of one of some words."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            hint = near(value, allowed) if isinstance(value, str) else ""
            raise WrongValueError(f"must be {_listed(allowed)}, not {shown(value)}{hint}")
        return value

    return read


def seconds(least: str, most: str) -> Callable[[object], float]:
    """Give a reader of durations, in seconds, within limits that are durations themselves."""
    low, high = _seconds(least), _seconds(most)

    def read(value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise WrongValueError(f'{shown(value)} has no unit; write "{value}s" or "{value}m"')
        if not isinstance(value, str) or not _DURATION.fullmatch(value.strip()):
            raise WrongValueError(
                f'must be a duration like "45s", "5m" or "1h", not {shown(value)}'
            )
        found = _seconds(value)
        if found < low:
            raise WrongValueError(f"{shown(value)} is too short; at least {least}")
        if found > high:
            raise WrongValueError(f"{shown(value)} is too long; at most {most}")
        return found

    return read


def clock(value: object) -> int:
    """Read a time of day as minutes since midnight; 24:00 is the end of the day."""
    if isinstance(value, time):  # TOML has times of its own: 08:30:00
        return value.hour * 60 + value.minute
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise WrongValueError(f'must be a time like "08:30", not {shown(value)}')
    minutes = int(match[1]) * 60 + int(match[2])
    if int(match[2]) > 59 or minutes > DAY:
        raise WrongValueError(f"{shown(value)} is no time of day; 00:00 to 24:00")
    return minutes


def days(value: object) -> tuple[int, ...]:
    """Read days of the week, such as "mon-fri" or "sat,sun"; 0 is Monday."""
    words: object = value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        words = ",".join(value)
    if not isinstance(words, str) or not words.strip():
        raise WrongValueError(f'must be days like "mon-fri" or "sat,sun", not {shown(value)}')
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in words.lower().split(","))):
        found.update(_days(part))
    return tuple(sorted(found))


def hours(value: object) -> Hours:
    """Read "mon-fri 08:30-18:00"; without days it holds on all of them."""
    match = _HOURS.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise WrongValueError(f'must be hours like "mon-fri 08:30-18:00", not {shown(value)}')
    on = days(match[1]) if match[1] else Hours().days
    return sound_hours(Hours(days=on, start=clock(match[2]), end=clock(match[3])))


def sound_hours(found: Hours) -> Hours:
    """Refuse hours that hold at no time."""
    if found.start == found.end:
        raise WrongValueError("begins when it ends, so it never holds; leave times out for all day")
    if found.start == DAY:
        raise WrongValueError("cannot begin at 24:00; write 00:00 and the day after")
    return found


def _days(part: str) -> Sequence[int]:
    if part in SETS:
        return SETS[part]
    first, dash, last = (each.strip() for each in part.partition("-"))
    start = _day(first)
    if not dash:
        return (start,)
    end = _day(last)
    return [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]


def _day(word: str) -> int:
    for names in (WEEK, FULL):
        if word in names:
            return names.index(word)
    raise WrongValueError(f"{shown(word)} is no day; mon, tue, wed, thu, fri, sat or sun")


def _seconds(words: str) -> float:
    return sum(float(count) * SECONDS[unit] for count, unit in _PART.findall(words))


def _listed(words: Sequence[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
