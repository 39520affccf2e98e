"""The crosshair of the big chart: snaps to a bucket and reads all its values."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Signal, Slot

from phdesk.core.charts.spec import XYBody
from phdesk.core.smoothing import NO_AVERAGES, Averages
from phdesk.views.charts.curves import Curve
from phdesk.views.explore.figures import (
    nearest_bucket,
    notes_at,
    reading_lines,
    readings,
    title_of,
)
from phdesk.views.explore.readout import Readout
from phdesk.views.explore.sides import Sides
from phdesk.views.theme import Theme

BESIDE = 14  # px from the line to the box
BELOW_TOP = 8  # px
EMPTY = XYBody(x_labels=(), x_titles=(), series=())


class Crosshair(QObject):
    """A line and a box; it follows the pointer until a click pins it."""

    moved = Signal(object)  # int, or None when it is away

    def __init__(self, theme: Theme, plot: Any, sides: Sides) -> None:
        super().__init__(plot)
        self._plot, self._sides, self._main = plot, sides, sides.boxes[0]
        self._body, self._averages = EMPTY, NO_AVERAGES
        self._drawn: Sequence[Curve] = ()
        self._pinned = False
        self._bucket: int | None = None
        self._near: int | None = None
        self._line = pg.InfiniteLine(angle=90)
        self._line.hide()
        self._readout = Readout(theme, plot.viewport())
        plot.addItem(self._line, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._line.setPen(pg.mkPen(theme.faint, width=1))
        self._readout.set_theme(theme)

    def set_chart(self, body: XYBody, averages: Averages, drawn: Sequence[Curve]) -> None:
        """Take what is read; the bucket stays while there is one."""
        self._body, self._averages, self._drawn = body, averages, drawn
        self._readout.set_body(body, averages.label)
        self.set_bucket(self._bucket)

    def bucket(self) -> int | None:
        """Give the bucket; None while the crosshair is away."""
        return self._bucket

    def set_bucket(self, bucket: int | None) -> None:
        """Stand at a bucket, and tell no one."""
        shown = bucket is not None and 0 <= bucket < len(self._body.x_labels)
        self._bucket = bucket if shown else None
        self._pinned = self._pinned and shown
        self._line.setVisible(shown)
        self._readout.setVisible(shown)
        self._read()

    def move_to(self, bucket: int | None) -> None:
        """Move to a bucket, as a person's wish."""
        if bucket != self._bucket:
            self._near = None
            self.set_bucket(bucket)
            self.moved.emit(self._bucket)

    def step(self, step: int) -> None:
        """Move by some buckets, from an end when it was away; the view follows."""
        last = len(self._body.x_labels) - 1
        start = (-1 if step > 0 else last + 1) if self._bucket is None else self._bucket
        self.move_to(min(max(start + step, 0), last) if last >= 0 else None)
        self._bring_into_view()

    def leave(self) -> None:
        """Go away with the pointer, unless pinned."""
        if not self._pinned:
            self.move_to(None)

    @Slot(object)
    def follow(self, point: QPointF) -> None:
        """Follow the pointer to a point of the scene; the series nearest to it stands out."""
        if self._pinned or not self._main.sceneBoundingRect().contains(point):
            return
        place = self._main.mapSceneToView(point).x()
        self.move_to(nearest_bucket(place, len(self._body.x_labels)))
        near = None if self._bucket is None else self._nearest(point.y(), self._bucket)
        if near != self._near:
            self._near = near
            self._readout.set_near(near)

    @Slot()
    def pin(self) -> None:
        """Stay where it is, or follow again."""
        self._pinned = not self._pinned and self._bucket is not None

    @Slot()
    def place(self) -> None:
        """Put the box beside the line, on the side that has room; away when out of view."""
        if self._bucket is None:
            return
        area = self._plot.mapFromScene(self._main.sceneBoundingRect()).boundingRect()
        middle = self._main.mapViewToScene(QPointF(self._bucket, 0))
        x, wide = self._plot.mapFromScene(middle).x(), self._readout.width()
        left = x + BESIDE if x + BESIDE + wide <= area.right() else x - BESIDE - wide
        self._readout.move(max(left, 0), area.top() + BELOW_TOP)
        self._readout.setVisible(area.left() - 1 <= x <= area.right() + 1)

    def _read(self) -> None:
        self._plot.setAccessibleDescription("")
        if self._bucket is None:
            return
        self._line.setPos(self._bucket)
        title, notes = title_of(self._body, self._bucket), notes_at(self._body, self._bucket)
        found = readings(self._body, self._bucket, self._averages)
        self._readout.set_lines(title, notes, found)
        self._readout.set_near(self._near)
        lines = reading_lines(self._body, self._bucket, self._averages)
        self._plot.setAccessibleDescription("; ".join(lines))
        self.place()

    def _nearest(self, y: float, bucket: int) -> int | None:
        """Find the series whose mark is nearest to a height of the scene."""
        away: dict[int, float] = {}
        for curve in self._drawn:
            ends = [self._sides.scene_y(curve, one[bucket]) for one in (curve.highs, curve.lows)]
            if ends[0] is None:
                continue
            known = [end for end in ends if end is not None]
            filled = curve.series.mark == "bar" or not curve.series.previous
            inside = filled and curve.series.mark != "line" and min(known) <= y <= max(known)
            away[curve.number] = 0.0 if inside else abs(ends[0] - y)
        return min(away, key=away.__getitem__, default=None)

    def _bring_into_view(self) -> None:
        if self._bucket is None:
            return
        (low, high), _ = self._main.viewRange()
        if not low <= self._bucket <= high:
            half = (high - low) / 2
            self._main.setXRange(self._bucket - half, self._bucket + half, padding=0)
