"""Boil the events of a bucket down to one number, as a series' math asks."""

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

Cell = tuple[int, str, float | str | None]
"""Milliseconds since 1970, person, value of the math's property."""

WINDOWS = {"weekly_active": 7, "monthly_active": 30}
COUNTING = ("total", "dau", "unique_session", *WINDOWS)
PER_PERSON = "_count_per_actor"
_PERCENTILES = {"median": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95, "p99": 0.99}


def quantile(numbers: Sequence[float], share: float) -> float:
    """Interpolate a quantile between the nearest two values."""
    ordered = sorted(numbers)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def aggregate(maths: str, cells: Sequence[Cell]) -> float:
    """Compute one bucket: counts of events, people or sessions, or a property's statistics."""
    if maths == "dau" or maths in WINDOWS:
        return len({person for _, person, _ in cells})
    if maths == "unique_session":
        return len({value for _, _, value in cells if value is not None})
    if maths == "unique_group":
        return 0  # no event of the invented company is of a group
    if maths.endswith(PER_PERSON):
        return _per_person(maths.removesuffix(PER_PERSON), cells)
    if maths not in _STATISTICS and maths not in _PERCENTILES:
        return len(cells)
    numbers = [float(value) for _, _, value in cells if isinstance(value, int | float)]
    if not numbers:
        return 0.0
    if maths in _PERCENTILES:
        return quantile(numbers, _PERCENTILES[maths])
    return _STATISTICS[maths](numbers)


def _per_person(statistic: str, cells: Sequence[Cell]) -> float:
    """Compute a statistic of how often each person did it, of those who did."""
    numbers = [float(count) for count in Counter(person for _, person, _ in cells).values()]
    if not numbers:
        return 0.0
    if statistic in _PERCENTILES:
        return quantile(numbers, _PERCENTILES[statistic])
    return _STATISTICS[statistic](numbers)


def middle(numbers: Sequence[float]) -> float | None:
    """Take the median, or nothing of nothing."""
    return float(median(numbers)) if numbers else None


def mean(numbers: Sequence[float]) -> float | None:
    """Take the average, or nothing of nothing."""
    return sum(numbers) / len(numbers) if numbers else None


def _average(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _least(numbers: Sequence[float]) -> float:
    return min(numbers)


def _most(numbers: Sequence[float]) -> float:
    return max(numbers)


def _total(numbers: Sequence[float]) -> float:
    return math.fsum(numbers)


_STATISTICS = {"sum": _total, "avg": _average, "min": _least, "max": _most}
