"""Axes of the big chart: buckets below, numbers at the sides."""

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from phdesk.core.formatting import Format, compact
from phdesk.core.ticks import log_ticks, named, nice_ticks, thin
from phdesk.views.theme import Theme

Ticks = list[tuple[float, list[float]]]
APART = 28  # px between labels of buckets
HALF_NUMBER = 10  # px
EXPONENTS = (-300.0, 300.0)  # of floats that have room to be written


class BucketAxis(pg.AxisItem):
    """The x axis: bucket i stands at i and is called by its label."""

    def __init__(self) -> None:
        super().__init__("bottom", maxTickLength=0)
        self._labels: Sequence[str] = ()
        self._dated: Sequence[str] = ()
        self._widest = 1.0

    def set_labels(self, labels: Sequence[str], dated: Sequence[str], widest: float) -> None:
        """Take the labels, those with their day if any, and the width of the widest in pixels."""
        self._labels, self._dated, self._widest = labels, dated, widest
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N803
        """Choose the buckets in view whose labels fit beside each other."""
        first, last = max(math.ceil(minVal), 0), min(math.floor(maxVal), len(self._labels) - 1)
        most = max(int(size // (self._widest + APART)), 1)
        return [(1.0, [float(first + index) for index in thin(last - first + 1, most)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Name buckets."""
        known = [round(value) for value in values if 0 <= round(value) < len(self._labels)]
        return named(self._labels, self._dated, known)


class NumberAxis(pg.AxisItem):
    """A y axis with round numbers, compact, in the format of the chart; on a log axis powers."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=0)
        self._format = Format()
        self._log = False

    def set_format(self, how: Format, *, log: bool) -> None:
        """Take the format; with `log` a position is the logarithm of its value."""
        self._format, self._log = how, log
        self.picture = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Leave room for half a number at the ends, or pyqtgraph drops the one at zero."""
        area: QRectF = super().boundingRect()
        return area.adjusted(0, -HALF_NUMBER, 0, HALF_NUMBER)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N803
        """Choose round values."""
        most = max(int(size // 56), 2)
        if not self._log:
            return [(1.0, nice_ticks(minVal, maxVal, most))]
        low, high = (10 ** min(max(one, EXPONENTS[0]), EXPONENTS[1]) for one in (minVal, maxVal))
        return [(1.0, [math.log10(tick) for tick in log_ticks(low, high, most)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write values short."""
        return [compact(10**value if self._log else value, self._format) for value in values]


def dress(axis: Any, theme: Theme, *, grid: bool) -> None:
    """Colour an axis: only its numbers, and hair lines across the chart."""
    axis.setTickFont(theme.font(11, figures=isinstance(axis, NumberAxis)))
    axis.setTextPen(theme.muted)
    axis.setPen(pg.mkPen(None) if grid else pg.mkPen(theme.line))
    axis.setTickPen(pg.mkPen(theme.grid))
    axis.setGrid(255 if grid else False)
    axis.setZValue(-1000)  # its lines lie under the series
    axis.setStyle(tickAlpha=255, hideOverlappingLabels=False, tickTextOffset=6)
