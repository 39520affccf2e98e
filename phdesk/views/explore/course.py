"""A line of any length over buckets: the view is given only as many points as it can show."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from phdesk.views.explore.thinning import Part, part_in_view, thinned

JOINED = 150  # points that are drawn as one path, whose corners are smoother
UNSEEN = 1000.0  # px, until the view has a size


class Course(pg.PlotCurveItem):
    """Value i stands at `start` + i x `step`; where points crowd, the line is thin and solid.

    Wide or dashed lines of thousands of points take Qt a second; segments of solid ones do not.
    """

    def __init__(self, values: Any, pen: QPen, *, start: int = 0, step: float = 1.0) -> None:
        self._all = values
        self._start, self._step = start, step
        self._part: Part | None = None
        self._wanted = pen
        super().__init__(pen=pen, connect="finite")

    def viewRangeChanged(self) -> None:
        """Choose again what is drawn."""
        box = self.getViewBox()
        if box is None:
            return
        (low, high), _ = box.viewRange()
        pixels = box.width() or UNSEEN
        first, last = ((end - self._start) / self._step for end in (low, high))
        part = part_in_view(len(self._all), first, last, pixels)
        if part != self._part:
            self._part = part
            self._draw(part)

    def values(self) -> Any:
        """Give all values, drawn or not."""
        return self._all

    def _draw(self, part: Part) -> None:
        x, y = thinned(self._all, part)
        pen = QPen(self._wanted)
        pen.setWidthF(pen.widthF() * self._ratio())
        if part.step > 1:
            pen = QPen(pen.color(), 1)
            pen.setCosmetic(True)  # as pyqtgraph's pens are: as wide at any zoom
        solid = pen.style() == Qt.PenStyle.SolidLine
        many = solid and pen.widthF() > 1 and len(x) * self._step > JOINED
        self.opts["segmentedLineMode"] = "on" if many else "off"
        places = x * self._step + self._start
        self.setData(x=places, y=np.ascontiguousarray(y), pen=pen, antialias=pen.widthF() > 1)

    def _ratio(self) -> float:
        """Give the device's pixels in one of ours: cosmetic pens count in the former."""
        widget = self.getViewWidget()
        return float(widget.devicePixelRatioF()) if widget is not None else 1.0
