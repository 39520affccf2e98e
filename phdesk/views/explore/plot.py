"""The big chart of lines, areas and bars: pan, zoom, crosshair, region, log axis."""

from typing import Any

import msgspec
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.charts.spec import XYBody
from phdesk.core.smoothing import NO_AVERAGES, Averages, values_of
from phdesk.views.charts.curves import Curve, curves, pile_count
from phdesk.views.explore.axes import BucketAxis, dress
from phdesk.views.explore.course import Course
from phdesk.views.explore.crosshair import Crosshair
from phdesk.views.explore.region import PALE, Region
from phdesk.views.explore.sides import HAIR, Sides
from phdesk.views.explore.strokes import (
    average_items,
    bar_items,
    goal_items,
    label_items,
    line_items,
    overlay_items,
    zero_items,
)
from phdesk.views.explore.zoom import ZoomBox
from phdesk.views.theme import Theme

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
MARGIN = 12  # px at the right

# By default pyqtgraph drops moves of the mouse that come soon after another, also the last one.
pg.setConfigOption("mouseRateLimit", 0)


class Plot(pg.PlotWidget):
    """A chart over buckets; bucket i stands at x = i."""

    spoken_role = "Chart"

    bucket_changed = Signal(object)  # int, or None without a crosshair
    region_changed = Signal(object)  # (first, last), or None without a region
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._body = XYBody(x_labels=(), x_titles=(), series=())
        self._averages = NO_AVERAGES
        self._theme = theme
        self._log = False
        self._items: list[tuple[Any, Any]] = []  # view box, item
        self._zoom = ZoomBox()
        self._x = BucketAxis(theme)
        self._sides = Sides(self._zoom, self._x)
        axes = {"bottom": self._x, "left": self._sides.axes[0], "right": self._sides.axes[1]}
        super().__init__(parent, enableMenu=False, viewBox=self._zoom, axisItems=axes)
        self.plotItem.hideButtons()
        self.plotItem.layout.setContentsMargins(0, 8, MARGIN, 0)
        self._sides.place(self.plotItem)
        self._region = Region(theme)
        self._crosshair = Crosshair(theme, self, self._sides)
        self.addItem(self._region, ignoreBounds=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart")
        self._connect()
        self.set_theme(theme)

    def set_body(
        self,
        body: XYBody,
        *,
        averages: Averages = NO_AVERAGES,
        log: bool = False,
        keep: bool = False,
    ) -> None:
        """Draw a chart; `keep` leaves zoom, crosshair and region where they are."""
        self._body, self._averages, self._log = body, averages, log
        self._region.set_count(len(body.x_labels))
        if not keep:
            self._region.set_ends(None)
            self._crosshair.set_bucket(None)
        self._draw()
        self._sides.limit(max(len(body.x_labels) - 1, 0))
        if keep:
            self._sides.fit()
        else:
            self._reset()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.setBackground(theme.surface)
        dress(self._x, theme)
        fill = QColor(theme.accent)
        fill.setAlpha(PALE)
        self._zoom.set_colors(theme.accent, fill)
        self._region.set_theme(theme)
        self._crosshair.set_theme(theme)
        self._draw()

    def set_region_shown(self, shown: bool) -> None:  # noqa: FBT001  a switch
        """Show the region over the middle of what is in view, or hide it."""
        (low, high), _ = self._zoom.viewRange()
        quarter = (high - low) / 4
        self._region.set_ends((low + quarter, high - quarter) if shown else None)

    def region(self) -> tuple[int, int] | None:
        """Give first and last bucket of the region; None when there is none."""
        return self._region.buckets()

    def bucket(self) -> int | None:
        """Give the bucket under the crosshair."""
        return self._crosshair.bucket()

    def move_to(self, bucket: int | None) -> None:
        """Move the crosshair to a bucket, as a person's wish."""
        self._crosshair.move_to(bucket)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crosshair with the arrows, the region's ends with Shift and Ctrl; zoom."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key], event.modifiers())
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.move_to(0 if key == Qt.Key.Key_Home else len(self._body.x_labels) - 1)
        elif key in ZOOMS:
            bucket = self.bucket()
            center = (bucket, 0) if bucket is not None else None
            self._zoom.scaleBy(x=ZOOMS[key], center=center)
        elif key == Qt.Key.Key_0:
            self._reset()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys come here."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._crosshair.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the readout beside the crosshair."""
        super().resizeEvent(event)
        if hasattr(self, "_crosshair"):  # GraphicsView resizes while it is being made
            self._crosshair.place()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tooltip what is marked under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return bool(super().viewportEvent(event))

    def words_at(self, point: QPoint) -> str:
        """Say what is marked at a point below the time axis; empty for nothing."""
        return "\n".join(self._x.notes_at(self.mapToScene(point)))

    def _connect(self) -> None:
        self._zoom.sigResized.connect(self._thin_again)
        self._zoom.sigXRangeChanged.connect(self._crosshair.place)
        self._zoom.reset_requested.connect(self._reset)
        self._zoom.clicked.connect(self._crosshair.pin)
        self.scene().sigMouseMoved.connect(self._crosshair.follow)
        self._crosshair.moved.connect(self.bucket_changed)
        self._region.changed.connect(self.region_changed)

    def _draw(self) -> None:
        for box, item in self._items:
            box.removeItem(item)
        self._items = []
        drawn = curves(self._body)
        self._sides.set_chart(self._body, drawn, log=self._log)
        self._sides.dress(self._theme, drawn)
        self._x.set_body(self._body, self._theme)
        piles = pile_count(drawn)
        for curve in drawn:
            self._add(self._sides.box(curve), self._series_items(curve, piles))
        over = [
            *overlay_items(self._body, drawn, self._theme, log=self._log),
            *average_items(self._averages, drawn, self._theme, log=self._log),
        ]
        for curve, item in over:
            self._add(self._sides.box(curve), [item])
        low, high = self._sides.height()
        negative = low < -HAIR * (high - low) * 2
        self._add(self._zoom, zero_items(self._theme, log=self._log, negative=negative))
        goals = self._body.goal_lines
        self._add(self._zoom, goal_items(goals, self._theme, log=self._log, height=high - low))
        self._crosshair.set_chart(self._body, self._averages, drawn)
        labels = label_items(self._body, drawn, self._theme, log=self._log)
        if labels:
            self._add(self._sides.box(drawn[0]), labels)

    def _series_items(self, curve: Curve, piles: int) -> list[Any]:
        raw = bool(values_of(self._averages, curve.number))
        floor = self._sides.floor(curve)
        if curve.series.mark == "bar":
            return bar_items(curve, self._theme, piles, floor, raw=raw)
        return line_items(curve, self._theme, floor, raw=raw, smooth=self._body.smooth)

    def _add(self, box: Any, items: list[Any]) -> None:
        for item in items:
            box.addItem(item, ignoreBounds=True)
            self._items.append((box, item))

    @Slot()
    def _reset(self) -> None:
        last = max(len(self._body.x_labels) - 1, 0)
        bars = any(one.mark == "bar" for one in self._body.series)
        edge = 0.6 if bars or last == 0 else min(0.6, last * 0.01)
        self._zoom.setXRange(-edge, last + edge, padding=0)
        self._sides.fit()

    @Slot()
    def _thin_again(self) -> None:
        for _, item in self._items:
            if isinstance(item, Course):
                item.viewRangeChanged()

    def _step(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        ends = [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier]
        if modifiers in ends and self._region.isVisible():
            self._region.move_end(ends.index(modifiers), step)
        else:
            self._crosshair.step(step)


def with_hidden(body: XYBody, hidden: frozenset[int]) -> XYBody:
    """Give a chart whose series with these indices are hidden, and no others."""
    series = tuple(
        msgspec.structs.replace(one, hidden=index in hidden)
        for index, one in enumerate(body.series)
    )
    return msgspec.structs.replace(body, series=series)
