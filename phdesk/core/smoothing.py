"""Smooth series by a trailing simple moving average. The rules are ours; nothing of it is sent.

A bucket's average is the mean of the known values among itself and the `window - 1` buckets
before it. It begins with the first bucket that has so many, ends with the last that is complete
(one that is still being counted would pull it down), and is None where fewer than half of the
window's values are known: the mean of two days is no 7-day average.
"""

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeGuard

from msgspec import Struct

from phdesk.core.charts.spec import XYBody, XYSeries

Values = tuple[float | None, ...]
WINDOWS = {  # buckets, by their unit: a week of days levels out weekends
    "second": (10, 30, 60),
    "minute": (5, 15, 60),
    "hour": (6, 24, 168),
    "day": (7, 14, 28),
    "week": (4, 8, 13),
    "month": (3, 6, 12),
    "quarter": (2, 4, 8),
    "year": (2, 3, 5),
}
USUAL = (7, 14, 28)
STACKED = "A stacked chart has no averages: they would not lie on their series."
TIMELESS = "Only what runs over time has a moving average."
TOO_SHORT = "Too few complete buckets for a moving average."


class Averages(Struct, frozen=True, gc=False):
    """What smoothing adds to a chart: its name, and values for each series, or none."""

    label: str = ""  # such as "7-day average"
    values: tuple[Values, ...] = ()


NO_AVERAGES = Averages()


def windows(body: XYBody, unit: str) -> tuple[int, ...]:
    """Give the window sizes that fit into the complete buckets of a chart."""
    longest = max((complete_count(one) for one in body.series), default=0)
    return tuple(size for size in WINDOWS.get(unit, USUAL) if size <= longest)


def problem(body: XYBody, unit: str) -> str:
    """Say why a chart cannot be smoothed; empty when it can."""
    if body.percent or (body.stacked and any(one.mark != "line" for one in body.series)):
        return STACKED
    if not body.x_starts:
        return TIMELESS
    return "" if windows(body, unit) else TOO_SHORT


def label(window: int, unit: str) -> str:
    """Name an average: "7-day average"."""
    return f"{window}-{unit or 'bucket'} average"


def averages(body: XYBody, window: int, unit: str) -> Averages:
    """Smooth each series of a chart; those without a full window stay without."""
    found = (moving_average(one.values, window, complete_count(one)) for one in body.series)
    values = tuple(one if any(value is not None for value in one) else () for one in found)
    return Averages(label(window, unit), values)


def values_of(averages: Averages, number: int) -> Values:
    """Give the averages of one series of the chart; empty when it has none."""
    return averages.values[number] if 0 <= number < len(averages.values) else ()


def moving_average(
    values: Sequence[float | None], window: int, complete: int | None = None
) -> Values:
    """Average each of the first `complete` values with those before it; as long as `values`."""
    count = len(values) if complete is None else min(max(complete, 0), len(values))
    if window < 1:
        return (None,) * len(values)
    known = [value for value in values[:count] if _is_number(value)]
    before = [0, *accumulate(map(_is_number, values[:count]))]  # how many are known before each
    made = [
        _mean(known[before[end - window] : before[end]], window) for end in range(window, count + 1)
    ]
    lead = min(window - 1, count)
    return (*(None,) * lead, *made, *(None,) * (len(values) - lead - len(made)))


def complete_count(series: XYSeries) -> int:
    """Count the buckets before those that are still being counted."""
    count = len(series.values)
    if series.dashed_from is None or series.previous:
        return count
    return min(max(series.dashed_from, 0), count)


def _mean(part: list[float], window: int) -> float | None:
    if 2 * len(part) < window:
        return None
    try:
        mean = math.fsum(part) / len(part)
    except OverflowError:  # of the largest floats
        mean = math.fsum(value / len(part) / 2 for value in part) * 2
    return min(max(mean, min(part)), max(part))  # rounding lifts no mean above its values


def _is_number(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)
