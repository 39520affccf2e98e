"""The value axes of the big chart, up to four, each with the box that its series are drawn in."""

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from msgspec import structs
from PySide6.QtCore import QObject, QPointF, Slot
from PySide6.QtGui import QColor

from phdesk.core.charts.spec import XYBody
from phdesk.views.charts.curves import Curve, axis_number
from phdesk.views.charts.sides import AXES, make_axes
from phdesk.views.explore.axes import NumberAxis, dress
from phdesk.views.explore.strokes import series_color
from phdesk.views.theme import Theme

HAIR = 0.002  # of the height, below the lowest tick: on the very edge pyqtgraph drops it
COLUMNS = (1, 3, 0, 4)  # of the axes by number, around the chart in column 2
CHART = 2
BETWEEN = 6  # px
BELOW = -100  # so that the mouse stays with the first box


class Sides(QObject):
    """Axis 0 is the left one, 1 the right one, 2 and 3 stand outside of them, as on tiles."""

    def __init__(self, main: Any, bottom: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bottom = bottom
        self._log = False
        self._ranges = [(0.0, 1.0)] * AXES
        others = [pg.ViewBox(enableMenu=False, enableMouse=False) for _ in range(AXES - 1)]
        self.boxes = (main, *others)
        self.axes = [NumberAxis("right" if number % 2 else "left") for number in range(AXES)]
        self._edges: list[QColor | None] = [None] * AXES

    def place(self, plot: Any) -> None:
        """Arrange all axes around the chart of a plot item, whose own places allow for two."""
        grid, main = plot.layout, self.boxes[0]
        for item in (*(plot.getAxis(name) for name in ("left", "right", "bottom", "top")), main):
            grid.removeItem(item)
        for axis, column in zip(self.axes, COLUMNS, strict=True):
            grid.addItem(axis, 2, column)
        grid.addItem(main, 2, CHART)
        grid.addItem(self._bottom, 3, CHART)
        for column in (0, 3):  # between an outer axis and its inner one
            grid.setColumnSpacing(column, BETWEEN)
        grid.setColumnStretchFactor(1, 0)
        grid.setColumnStretchFactor(CHART, 100)
        for box, axis in zip(self.boxes[1:], self.axes[1:], strict=True):
            plot.scene().addItem(box)
            box.setZValue(BELOW)
            box.setXLink(main)
            axis.linkToView(box)
        main.sigResized.connect(self._match)
        main.sigYRangeChanged.connect(self._follow)

    def box(self, curve: Curve) -> Any:
        """Give the box that a curve is drawn in."""
        return self.boxes[axis_number(curve.series)]

    def floor(self, curve: Curve) -> float | None:
        """Give the lower end of a curve's log axis; None when it has none."""
        return self._ranges[axis_number(curve.series)][0] if self._log else None

    def scene_y(self, curve: Curve, value: float | None) -> float | None:
        """Give the height of a curve's value in the scene; None where it has none."""
        if value is None or (self._log and value <= 0):
            return None
        place = math.log10(value) if self._log else value
        return float(self.box(curve).mapViewToScene(QPointF(0, place)).y())

    def height(self) -> tuple[float, float]:
        """Give the ends of the first axis when all is in view."""
        return self._ranges[0]

    def set_chart(self, body: XYBody, drawn: Sequence[Curve], *, log: bool) -> None:
        """Take the ranges and formats of a chart's axes, and show those that have something."""
        self._log = log
        one_kind = structs.replace(body.right, log=None)  # a switch for all axes
        made = make_axes(structs.replace(body, log=log, right=one_kind), drawn)
        used = {axis_number(curve.series) for curve in drawn} or {0}
        if body.goal_lines:
            used.add(0)
        for number, (axis, one) in enumerate(zip(self.axes, made, strict=True)):
            low, high = one.low, one.high
            if one.log:
                low, high = math.log10(low), math.log10(high)
            self._ranges[number] = (low - (high - low) * HAIR, high)
            axis.set_scale(one)
            axis.setVisible(number in used)
            axis.setGrid(255 if number == min(used) else False)

    def fit(self) -> None:
        """Bring the whole height of each axis into view."""
        for box, (low, high) in zip(self.boxes, self._ranges, strict=True):
            box.setYRange(low, high, padding=0)

    def limit(self, last: int) -> None:
        """Keep the view near the buckets from 0 to `last`."""
        for box in self.boxes:
            box.setLimits(xMin=-0.6, xMax=last + 0.6, minXRange=1.2)

    def dress(self, theme: Theme, drawn: Sequence[Curve]) -> None:
        """Colour the axes: several are told apart by the colour of their first series."""
        several = len({axis_number(curve.series) for curve in drawn}) > 1
        for number, axis in enumerate(self.axes):
            mine = [one for one in drawn if axis_number(one.series) == number]
            edge = series_color(mine[0].series, theme) if several and mine else None
            dress(axis, theme, edge=edge)

    @Slot(object)
    def _match(self, main: Any) -> None:
        for box in self.boxes[1:]:
            box.setGeometry(main.sceneBoundingRect())
            box.linkedViewChanged(main, box.XAxis)

    @Slot()
    def _follow(self) -> None:
        """Zoom the other axes as far as the first, or their series would keep their heights."""
        low, high = self._ranges[0]
        shares = [(end - low) / (high - low) for end in self.boxes[0].viewRange()[1]]
        for box, (bottom, top) in zip(self.boxes[1:], self._ranges[1:], strict=True):
            ends = [bottom + share * (top - bottom) for share in shares]
            box.setYRange(*ends, padding=0)
