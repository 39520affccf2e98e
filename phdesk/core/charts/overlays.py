"""Work out the lines that the web app adds on the client: trends and moving averages.

PostHog's server sends neither, and the reference only names them (6.1.6), so the rules are ours:
a trend is the straight line of least squares through the drawn buckets that are complete, shown
over all buckets; a moving average is the mean of a bucket and the n - 1 before it, and begins
with the first bucket that has so many. Gaps are left out of a trend and interrupt an average.

Confidence intervals (`showConfidenceIntervals`) are not drawn: the reference gives no rule for
them, usual rules differ in their bounds, and counts of days say nothing of their own spread.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from phdesk.core.charts.spec import Overlay, XYSeries
from phdesk.core.jsonvalue import as_bool, as_int

USUAL_WINDOW = 7
Values = tuple[float | None, ...]


def overlays(series: Sequence[XYSeries], own: Mapping[str, Any]) -> tuple[Overlay, ...]:
    """Give the extra lines that an insight asks for, of the series of its current period."""
    window = as_int(own.get("movingAverageIntervals"), USUAL_WINDOW) or USUAL_WINDOW
    found: list[Overlay] = []
    for index, one in enumerate(series):
        if one.previous:
            continue
        if as_bool(own.get("showTrendLines")):
            found += _overlay(index, trend(one.values, one.dashed_from), "trend")
        if as_bool(own.get("showMovingAverage")):
            found += _overlay(index, moving_average(one.values, window), "average")
    return tuple(found)


def trend_overlay(index: int, series: XYSeries) -> list[Overlay]:
    """Give the trend of one series; nothing when it has less than two values."""
    return _overlay(index, trend(series.values, series.dashed_from), "trend")


def trend(values: Sequence[float | None], complete: int | None = None) -> Values:
    """Fit a straight line to the first `complete` values; empty when fewer than two are known."""
    points = [(x, y) for x, y in enumerate(values[:complete]) if y is not None]
    size = max((abs(y) for _, y in points), default=0.0)
    if len(points) < 2 or not math.isfinite(size):
        return ()
    size = size or 1.0  # scaled to 1, sums of the largest floats stay finite
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y / size for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    slope = sum((x - middle_x) * (y / size - middle_y) for x, y in points) / spread
    fitted = tuple((middle_y + slope * (x - middle_x)) * size for x in range(len(values)))
    return fitted if all(map(math.isfinite, fitted)) else ()


def moving_average(values: Sequence[float | None], window: int) -> Values:
    """Average each value with those before it; None until there are `window` of them."""
    if not 1 < window <= len(values):
        return ()
    return tuple(_mean(values[max(end - window, 0) : end], window) for end in _ends(values))


def _ends(values: Sequence[float | None]) -> range:
    return range(1, len(values) + 1)


def _mean(part: Sequence[float | None], window: int) -> float | None:
    known = [value / window for value in part if value is not None]
    return sum(known) if len(known) == window else None


def _overlay(index: int, values: Values, rule: Any) -> list[Overlay]:
    known = any(value is not None for value in values)
    return [Overlay(series=index, values=values, rule=rule)] if known else []
