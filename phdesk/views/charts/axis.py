"""A value axis: its range, its round ticks and where a value stands."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from phdesk.core import formatting
from phdesk.core.formatting import Format
from phdesk.core.ticks import log_ticks, nice_ticks

MARGIN = 0.05  # of the range, above the highest value
PERCENT = Format(style="percentage")


class Axis(NamedTuple):
    """A range of values from bottom to top."""

    low: float
    high: float
    log: bool = False
    format: Format = Format()
    integers: bool = False

    def share(self, value: float) -> float:
        """Tell how high a value stands: 0 at the bottom, 1 at the top."""
        if self.log:
            span = math.log10(self.high) - math.log10(self.low)
            return (math.log10(max(value, self.low)) - math.log10(self.low)) / span
        return (value - self.low) / (self.high - self.low)

    def y(self, value: float, area: QRectF) -> float:
        """Give the height of a value in an area, in pixels, kept inside."""
        return area.bottom() - min(max(self.share(value), 0.0), 1.0) * area.height()

    def heights(self, values: Sequence[float | None], area: QRectF) -> list[float | None]:
        """Give the height of each of many values, None for those that have no place."""
        if self.log:
            return [
                self.y(value, area) if value is not None and value > 0 else None for value in values
            ]
        low, bottom = self.low, area.bottom()
        unit = area.height() / (self.high - low)
        return [None if value is None else bottom - (value - low) * unit for value in values]

    def shows(self, value: float | None) -> bool:
        """Tell whether a value has a place; zero and below have none on a log axis."""
        return value is not None and (not self.log or value > 0)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Give at most `most` round values with their labels, no label twice."""
        if self.log:
            values = log_ticks(self.low, self.high, most)
        else:
            unit = _unit(self)
            low, high = self.low / unit, self.high / unit
            values = [one * unit for one in nice_ticks(low, high, most, integers=self.integers)]
        named = {formatting.compact(value, self.format): value for value in reversed(values)}
        return [(value, label) for label, value in reversed(named.items())]


def axis(
    values: Iterable[float], how: Format, *, log: bool = False, integers: bool = False
) -> Axis:
    """Make the axis for values: from zero, with a margin beyond the extremes."""
    known = list(values)
    low, high = min(known, default=0.0), max(known, default=0.0)
    positive = min((value for value in known if value > 0), default=0.0) if log else 0.0
    if positive:
        return _log_axis(positive, high, how)
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-290:
        return Axis(0.0, 1.0, format=how, integers=integers)
    margin = high * MARGIN - low * MARGIN
    return Axis(
        low - margin if low < 0 else 0.0,
        high + margin if high > 0 else 0.0,
        format=how,
        integers=integers,
    )


def _log_axis(low: float, high: float, how: Format) -> Axis:
    floor = max(10.0 ** math.floor(math.log10(low)), 1e-300)
    top = max(high * 1.2, floor * 10)
    return Axis(floor, min(top, 1e308), log=True, format=how)


def _unit(one: Axis) -> float:
    """Give the unit whose multiples read well: minutes, hours or days for durations."""
    scale = {"duration": 1.0, "duration_ms": 1e3, "duration_ns": 1e9}.get(one.format.style)
    if scale is None:
        return 1.0
    size = max(abs(one.low), abs(one.high)) / scale
    for unit in (86_400.0, 3_600.0, 60.0):
        if size >= 2 * unit:
            return unit * scale
    return scale
