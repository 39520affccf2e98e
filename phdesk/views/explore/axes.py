"""Axes of the big chart: buckets and marks below, numbers at the sides."""

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from phdesk.core.charts.spec import XYBody
from phdesk.core.dates import parse_iso
from phdesk.core.formatting import compact, number
from phdesk.core.ticks import fit_in_short, nice_ticks
from phdesk.views.charts import axis_marks
from phdesk.views.charts.axis import Axis
from phdesk.views.charts.bucket_labels import Buckets, Row, placed
from phdesk.views.charts.ink import CENTER, Ink, contrast, text
from phdesk.views.charts.sides import Label
from phdesk.views.theme import Theme

Ticks = list[tuple[float, list[float]]]
HALF_NUMBER = 10  # px
OFFSET = 6  # px from an axis to its labels
TICK_ROOM = 56  # px of height for a number
READABLE = 4.5  # contrast of small text
EXPONENTS = (-300.0, 300.0)  # of floats that have room to be written


class BucketAxis(pg.AxisItem):
    """The x axis: bucket i stands at i and is called by its label; marks lie above the labels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("bottom", maxTickLength=0)
        self._body = XYBody(x_labels=(), x_titles=(), series=())
        self._labels: tuple[str, ...] = ()
        self._placed: list[tuple[int, Label]] = []
        self._ink = Ink(theme)

    def set_body(self, body: XYBody, theme: Theme) -> None:
        """Take the buckets and marks of a chart."""
        self._body, self._ink = body, Ink(theme)
        self._labels = _with_years(body)
        lane = axis_marks.lane(body, self._ink)
        self.setStyle(tickTextOffset=round(OFFSET + lane))  # makes room, and paints again
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N803
        """Choose the buckets in view whose labels fit beside each other, as on tiles."""
        self._placed = self._place(minVal, maxVal, size)
        return [(1.0, [float(bucket) for bucket, _ in self._placed])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Name the buckets that were chosen."""
        texts = {bucket: label.text for bucket, label in self._placed}
        return [texts.get(round(value), "") for value in values]

    def drawPicture(self, p: Any, axisSpec: Any, tickSpecs: Any, textSpecs: Any) -> None:  # noqa: N803
        """Draw the labels, and the marks in view."""
        super().drawPicture(p, axisSpec, tickSpecs, [])  # its labels would stand out at the ends
        for _, label in self._placed:
            text(p, label.rect, label.text, self._ink, align=CENTER)
        spots = [spot for spot in self._spots() if 0 <= spot.x <= self.size().width()]
        p.setRenderHint(p.RenderHint.Antialiasing, True)
        axis_marks.paint(p, spots, OFFSET / 2, self._body, self._ink)

    def notes_at(self, point: QPointF) -> tuple[str, ...]:
        """Give what is marked at a point of the scene, each with its bucket; nothing beside."""
        place = self.mapFromScene(point)
        inside = 0 <= place.y() <= OFFSET + axis_marks.lane(self._body, self._ink)
        spot = axis_marks.spot_at(self._spots(), place.x(), self._ink) if inside else None
        if spot is None:
            return ()
        titles = self._body.x_titles
        return tuple(f"{titles[mark.at]}: {text}" for mark in spot.marks for text in mark.texts)

    def _place(self, low: float, high: float, width: float) -> list[tuple[int, Label]]:
        first, last = max(math.ceil(low), 0), min(math.floor(high), len(self._labels) - 1)
        if first > last or high <= low:
            return []
        names, dated = self._labels[first : last + 1], self._body.x_dated[first : last + 1]
        if dated:  # of hours, the first in view has to name its day
            names = (dated[0], *names[1:])
        unit = width / (high - low)
        xs = [(bucket - low) * unit for bucket in range(first, last + 1)]
        area = QRectF(0, 0, width, 1)
        row = Row(area, area, OFFSET + axis_marks.lane(self._body, self._ink))
        found = placed(row, Buckets(names, dated, xs), self._ink)
        return [(first + bucket, label) for bucket, label in found]

    def _spots(self) -> list[axis_marks.Spot]:
        if not self._body.marks:
            return []
        low, high = self.range
        unit = self.size().width() / (high - low) if high > low else 0.0
        xs = [(index - low) * unit for index in range(len(self._body.x_labels))]
        return axis_marks.spots(self._body, xs, self._ink)


class NumberAxis(pg.AxisItem):
    """A y axis with round numbers, compact, in the format of the chart; on a log axis powers."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=0)
        self._ruler = Axis(0.0, 1.0)
        self._short = True

    def set_scale(self, ruler: Axis) -> None:
        """Take range and format; on a log axis a position is the logarithm of its value."""
        self._ruler = ruler
        self.picture = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Leave room for half a number at the ends, or pyqtgraph drops the one at zero."""
        area: QRectF = super().boundingRect()
        return area.adjusted(0, -HALF_NUMBER, 0, HALF_NUMBER)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Ticks:  # noqa: N803
        """Choose round values."""
        low, high = self._value(minVal), self._value(maxVal)
        most = max(int(size // TICK_ROOM), 2)
        ticks = nice_ticks(low, high, most, integers=self._ruler.integers)
        self._short = self._ruler.log or fit_in_short(ticks)
        if self._short:  # else so far in that short labels would be the same, or wrong
            ticks = [tick for tick, _ in replace(self._ruler, low=low, high=high).ticks(most)]
        return [(1.0, [math.log10(tick) if self._ruler.log else tick for tick in ticks])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write values short, or in full where short ones would be the same; none twice."""
        write = compact if self._short else number
        texts = [write(self._value(value), self._ruler.format) for value in values]
        return ["" if text in texts[:place] else text for place, text in enumerate(texts)]

    def _value(self, place: float) -> float:
        if not self._ruler.log:
            return place
        return float(10 ** min(max(place, EXPONENTS[0]), EXPONENTS[1]))


def _with_years(body: XYBody) -> tuple[str, ...]:
    """Give the labels of buckets, with their years where a day would be called as another one."""
    labels = body.x_labels
    dates = [parse_iso(start) for start in body.x_starts]
    again = len(set(labels)) < len(labels) and not body.x_dated
    if not again or len(dates) != len(labels) or None in dates:
        return labels
    return tuple(
        f"{label} {date.year}" if date else label for label, date in zip(labels, dates, strict=True)
    )


def dress(axis: Any, theme: Theme, *, edge: QColor | None = None) -> None:
    """Colour an axis: its numbers, and an edge in the colour of its series if it has one."""
    axis.setTickFont(theme.font(11, figures=isinstance(axis, NumberAxis)))
    readable = edge is not None and contrast(edge, theme.surface) >= READABLE
    axis.setTextPen(edge if readable else theme.muted)
    bottom = axis.orientation == "bottom"
    axis.setPen(pg.mkPen(edge, width=2) if edge else pg.mkPen(None))
    axis.setTickPen(pg.mkPen(theme.grid))
    axis.setZValue(-1000)  # its lines lie under the series
    axis.setStyle(tickAlpha=255, hideOverlappingLabels=False)
    if not bottom:
        axis.setStyle(tickTextOffset=OFFSET)
