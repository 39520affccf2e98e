"""How a number stands beside that of the period before, in words, by fixed rules.

1. Nothing is compared with what was not sent, and nothing with a period that is not over.
2. From 0, and to 0, no percentage is told: there is none.
3. Less than 1 % is "about the same": a reader would take a figure for news.
4. Counts below `FEW` change by so many and not by percent: from 2 to 3 is no "50 %".
5. Rates change by percentage points: from 10 % to 12 % is 2 points, not 20 %.
6. Of negative numbers, and across 0, only the difference is told.
"""

import math

from phdesk.core.formatting import Format, number, percent

SAME = 0.01
FEW = 20
POINTS = 0.05  # below which a rate is the same, as it is written
SHARES = frozenset({"percentage_scaled", "sql_percent"})  # of 1
RATES = SHARES | {"percentage"}


def compared(now: float, before: float | None, how: Format, before_words: str) -> str:
    """Write a number and what it was: "179, up 17.8% from 152 in the week before"."""
    text = number(now, how)
    if before is None or not (math.isfinite(now) and math.isfinite(before)):
        return text
    now, before = _as_written(now, how), _as_written(before, how)
    if now == before:
        return f"{text}, the same as in {before_words}"
    if how.style in RATES:
        return _points(now, before, how, before_words)
    if now == 0 < before:
        return f"none, down from {number(before, how)} in {before_words}"
    if before == 0 < now:
        return f"{text}, after none in {before_words}"
    return _moved(now, before, how, before_words)


def _as_written(value: float, how: Format) -> float:
    """Take what is written as 0 for 0: of less nobody could follow a percentage."""
    return 0.0 if number(value, how) in (number(0, how), number(-0.0, how)) else value


def _moved(now: float, before: float, how: Format, before_words: str) -> str:
    """Tell two amounts that are not the same: by percent where that says something."""
    text, past, apart = number(now, how), number(before, how), number(abs(now - before), how)
    up = "up" if now > before else "down"
    if min(now, before) < 0:
        return f"{text}, {up} by {apart} from {past} in {before_words}"
    if max(now, before) < FEW and _is_count(now, before):
        return f"{text}, {apart} {'more' if now > before else 'fewer'} than in {before_words}"
    share = abs(now - before) / before
    if share < SAME:
        return f"{text}, about the same as in {before_words} ({past})"
    return f"{text}, {up} {percent(share, 1)} from {past} in {before_words}"


def _points(now: float, before: float, how: Format, before_words: str) -> str:
    """Compare rates; those that are shares of 1 are told in hundredths, too."""
    scale = 100 if how.style in SHARES else 1
    text, past = number(now, how), number(before, how)
    points = abs(now - before) * scale
    if points < POINTS:
        return f"{text}, about the same as in {before_words} ({past})"
    up = "up" if now > before else "down"
    return f"{text}, {up} {points:.1f} points from {past} in {before_words}"


def _is_count(*values: float) -> bool:
    return all(float(value).is_integer() for value in values)
