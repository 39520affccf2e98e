"""A value axis: its range, its round ticks and where a value stands."""

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from phdesk.core import formatting
from phdesk.core.formatting import Format
from phdesk.core.ticks import DEAR, fit_in_short, log_reaching, log_ticks, nice_ticks, reaching

MARGIN = 0.05  # of the range, above the highest value
FAIR = 0.3  # of the axis, empty where its last tick would be far below the values otherwise
WORST = 0.5  # of the axis, empty where its scale would be a single number otherwise
FAR = 0.1  # of the values, above the last tick, that asks for one more
FLAT = 1e-290
HAIR = 1e-9  # of the values: less between them than floats can tell well
PERCENT = Format(style="percentage")
HUNDREDFOLD = frozenset({"percentage_scaled", "sql_percent"})  # written times 100
DECIMAL = frozenset({"numeric", "short", "currency", "percentage"})
MOST_PLACES = 12


class Axis(Struct, frozen=True, gc=False):
    """A range of values from bottom to top."""

    low: float
    high: float
    log: bool = False
    format: Format = Format()
    integers: bool = False
    extent: tuple[float, float] = (0.0, 0.0)  # lowest and highest value, mostly zero among them
    chosen: tuple[float, ...] = ()  # ticks that go with the range

    @property
    def flat(self) -> bool:
        """Tell whether there is nothing but zero."""
        return not self.log and self.extent[1] - self.extent[0] < FLAT

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
        """Give at most `most` round values with their labels, no label twice that says anything."""
        values = list(self.chosen) or self._round_values(most)
        if self.format.style == formatting.HIDDEN:
            return [(value, formatting.BLOCK) for value in values]
        named = {self._written(value, values): value for value in reversed(values)}
        return [(value, label) for label, value in reversed(named.items())]

    def _written(self, value: float, ticks: Sequence[float]) -> str:
        """Write a tick short, or in full where short ones would not say where they stand."""
        if self.log or fit_in_short(ticks):
            return formatting.compact(value, self.format)
        if self.format.decimals is not None or self.format.style not in DECIMAL:
            return formatting.number(value, self.format)
        places = max(2, min(math.ceil(-math.log10(ticks[1] - ticks[0])), MOST_PLACES))
        return formatting.number(value, replace(self.format, decimals=places))

    def reached(self, few: int, most: int) -> "Axis":
        """End the axis at round values where that leaves little of it empty.

        Else a last tick far below the values asks for more of them: at most `few` if that can be
        done, at most `most` otherwise. An axis of zeros has the tick of zero alone.
        """
        if self.flat:
            return replace(self, chosen=(0.0,))
        ends = self._ends(few, most, DEAR)
        if ends:
            return self._ending(ends)
        tried = [self._round_values(count) for count in (few, most)]
        far = (self.extent[1] - self.extent[0]) * FAR
        near = [ticks for ticks in tried if ticks and self.extent[1] - ticks[-1] <= far]
        several = [ticks for ticks in tried if len(ticks) > 1]
        # A scale of one number is none: then rather an emptier chart.
        ends = [] if near else self._ends(few, most, FAIR if several else WORST)
        if ends:
            return self._ending(ends)
        return replace(self, chosen=tuple(next(iter(near or several), [])))

    def _ending(self, ticks: list[float]) -> "Axis":
        return replace(self, low=ticks[0], high=ticks[-1], chosen=tuple(ticks))

    def _ends(self, few: int, most: int, dear: float) -> list[float]:
        low, high = self.extent
        if self.log:
            return log_reaching(self.low, high, most)
        unit, whole = _unit(self)
        ends = reaching(low / unit, high / unit, few, most, integers=whole, dear=dear)
        return [one * unit for one in ends]

    def _round_values(self, most: int) -> list[float]:
        if self.log:
            return log_ticks(self.low, self.high, most)
        unit, whole = _unit(self)
        low, high = self.low / unit, self.high / unit
        return [one * unit for one in nice_ticks(low, high, most, integers=whole)]


def axis(
    values: Iterable[float],
    how: Format,
    *,
    log: bool = False,
    integers: bool = False,
    from_zero: bool = True,
) -> Axis:
    """Make the axis for values: from zero, unless that is not wanted, with a margin beyond them."""
    known = list(values)
    low, high = min(known, default=0.0), max(known, default=0.0)
    positive = min((value for value in known if value > 0), default=0.0) if log else 0.0
    if positive:
        return _log_axis(positive, high, how)
    if not from_zero and high - low > max(FLAT, HAIR * max(abs(low), abs(high))):
        return _near_axis(low, high, how, integers=integers)
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < FLAT:
        return Axis(0.0, 1.0, format=how, integers=integers)
    margin = high * MARGIN - low * MARGIN
    return Axis(
        low - margin if low < 0 else 0.0,
        high + margin if high > 0 else 0.0,
        format=how,
        integers=integers,
        extent=(low, high),
    )


def _near_axis(low: float, high: float, how: Format, *, integers: bool) -> Axis:
    """Make an axis of the values alone, which may have no zero."""
    margin = high * MARGIN - low * MARGIN
    ends = low - margin, high + margin
    return Axis(*ends, format=how, integers=integers, extent=(low, high))


def _log_axis(low: float, high: float, how: Format) -> Axis:
    floor = max(10.0 ** math.floor(math.log10(low)), 1e-300)
    top = max(high * 1.2, floor * 10)
    return Axis(floor, min(top, 1e308), log=True, format=how, extent=(floor, high))


def _unit(one: Axis) -> tuple[float, bool]:
    """Give the unit whose multiples read well, and whether only whole ones can be written.

    It is minutes, hours or days for durations, and else the last decimal that an insight asks for:
    with none, a tick at 2.5 would be called 3.
    """
    places, style = one.format.decimals, one.format.style
    is_decimal = style in DECIMAL or style in HUNDREDFOLD
    if is_decimal and places is not None and 0 <= places < MOST_PLACES:
        return 10.0 ** -(places + 2 * (style in HUNDREDFOLD)), True
    return _unit_of_time(one), one.integers


def _unit_of_time(one: Axis) -> float:
    scale = {"duration": 1.0, "duration_ms": 1e3, "duration_ns": 1e9}.get(one.format.style)
    if scale is None:
        return 1.0
    size = max(abs(one.low), abs(one.high)) / scale
    for unit in (86_400.0, 3_600.0, 60.0):
        if size >= 2 * unit:
            return unit * scale
    return scale
