"""The big chart of lines, areas and bars: pan, zoom, crosshair, region, log axis."""

from typing import Any

import msgspec
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.charts.spec import XYBody
from phdesk.core.smoothing import NO_AVERAGES, Averages, values_of
from phdesk.views.charts.curves import Curve, curves, pile_count
from phdesk.views.explore.axes import BucketAxis, dress
from phdesk.views.explore.course import Course
from phdesk.views.explore.figures import (
    nearest_bucket,
    notes_at,
    reading_lines,
    readings,
    title_of,
)
from phdesk.views.explore.readout import Readout
from phdesk.views.explore.regions import buckets_between
from phdesk.views.explore.sides import Sides
from phdesk.views.explore.strokes import (
    average_items,
    bar_items,
    goal_items,
    label_items,
    line_items,
    overlay_items,
)
from phdesk.views.explore.zoom import ZoomBox
from phdesk.views.theme import Theme

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
MARGIN = 24  # px at the right, for half of the last label


class Plot(pg.PlotWidget):
    """A chart over buckets; bucket i stands at x = i."""

    bucket_changed = Signal(object)  # int, or None without a crosshair
    region_changed = Signal(object)  # (first, last), or None without a region
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._body = XYBody(x_labels=(), x_titles=(), series=())
        self._averages = NO_AVERAGES
        self._theme = theme
        self._log = self._pinned = False
        self._bucket: int | None = None
        self._told: tuple[int, int] | None = None  # the region that is known outside
        self._items: list[tuple[Any, Any]] = []  # view box, item
        self._zoom = ZoomBox()
        self._x = BucketAxis(theme)
        self._sides = Sides(self._zoom, self._x)
        axes = {"bottom": self._x, "left": self._sides.axes[0], "right": self._sides.axes[1]}
        super().__init__(parent, enableMenu=False, viewBox=self._zoom, axisItems=axes)
        self.plotItem.hideButtons()
        self.plotItem.layout.setContentsMargins(0, 8, MARGIN, 0)
        self._sides.place(self.plotItem)
        self._line = pg.InfiniteLine(angle=90)
        self._region = pg.LinearRegionItem(swapMode="sort")
        self._readout = Readout(theme, self.viewport())
        for item in (self._line, self._region):
            item.hide()
            self.addItem(item, ignoreBounds=True)
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
        self._draw()
        self._sides.limit(max(len(body.x_labels) - 1, 0))
        if not keep:
            self._show_region(None)
            self._point_at(None)
            self._reset()
        else:
            self._sides.fit()
            self._point_at(self._bucket)

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.setBackground(theme.surface)
        dress(self._x, theme)
        fill = QColor(theme.accent)
        fill.setAlpha(36)
        self._zoom.set_colors(theme.accent, fill)
        self._line.setPen(pg.mkPen(theme.faint, width=1))
        self._region.setBrush(pg.mkBrush(fill))
        under = QColor(fill)
        under.setAlpha(56)
        self._region.setHoverBrush(pg.mkBrush(under))
        for edge in self._region.lines:
            edge.setPen(pg.mkPen(theme.accent, width=1))
            edge.setHoverPen(pg.mkPen(theme.accent, width=3))
        self._readout.set_theme(theme)
        self._draw()

    def set_region_shown(self, shown: bool) -> None:  # noqa: FBT001  a switch
        """Show the region over the middle of what is in view, or hide it."""
        if not shown:
            self._show_region(None)
            return
        (low, high), _ = self._zoom.viewRange()
        quarter = (high - low) / 4
        self._show_region((low + quarter, high - quarter))

    def region(self) -> tuple[int, int] | None:
        """Give first and last bucket of the region; None when there is none."""
        if not self._region.isVisible():
            return None
        return self._span(self._region.getRegion())

    def bucket(self) -> int | None:
        """Give the bucket under the crosshair."""
        return self._bucket

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the crosshair with the arrows, the region's ends with Shift and Ctrl; zoom."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key], event.modifiers())
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._move_to(0 if key == Qt.Key.Key_Home else len(self._body.x_labels) - 1)
        elif key in ZOOMS:
            center = (self._bucket, 0) if self._bucket is not None else None
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
        if not self._pinned and not self.hasFocus():
            self._move_to(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the readout beside the crosshair."""
        super().resizeEvent(event)
        if hasattr(self, "_readout"):  # GraphicsView resizes while it is being made
            self._place_readout()

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
        self._zoom.sigXRangeChanged.connect(self._place_readout)
        self._zoom.reset_requested.connect(self._reset)
        self._zoom.clicked.connect(self._pin)
        self.scene().sigMouseMoved.connect(self._follow)
        self._region.sigRegionChanged.connect(self._tell_region)

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
        goals = self._body.goal_lines
        self._add(self._zoom, goal_items(goals, self._theme, log=self._log, height=high - low))
        labels = label_items(self._body, drawn, self._theme, log=self._log)
        if labels:
            self._add(self._sides.box(drawn[0]), labels)

    def _series_items(self, curve: Curve, piles: int) -> list[Any]:
        raw = bool(values_of(self._averages, curve.number))
        floor = self._sides.floor(curve)
        if curve.series.mark == "bar":
            return bar_items(curve, self._theme, piles, floor, raw=raw)
        return line_items(curve, self._theme, floor, raw=raw)

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

    @Slot(object)
    def _follow(self, point: QPointF) -> None:
        if self._pinned or not self._zoom.sceneBoundingRect().contains(point):
            return
        place = self._zoom.mapSceneToView(point).x()
        self._move_to(nearest_bucket(place, len(self._body.x_labels)))

    @Slot()
    def _pin(self) -> None:
        self._pinned = not self._pinned and self._bucket is not None

    def _step(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        ends = [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier]
        if modifiers in ends and self._region.isVisible():
            edges = list(self._region.getRegion())
            edges[ends.index(modifiers)] += step
            self._region.setRegion(sorted(edges))
            return
        last = len(self._body.x_labels) - 1
        start = (-1 if step > 0 else last + 1) if self._bucket is None else self._bucket
        self._move_to(min(max(start + step, 0), last) if last >= 0 else None)

    def _move_to(self, bucket: int | None) -> None:
        if bucket != self._bucket:
            self._point_at(bucket)
            self.bucket_changed.emit(self._bucket)

    def _point_at(self, bucket: int | None) -> None:
        shown = bucket is not None and 0 <= bucket < len(self._body.x_labels)
        self._bucket = bucket if shown else None
        self._pinned = self._pinned and shown
        self._line.setVisible(shown)
        self._readout.setVisible(shown)
        self.setAccessibleDescription("")
        if self._bucket is not None:
            self._line.setPos(self._bucket)
            self._read(self._bucket)
            self._place_readout()

    def _read(self, bucket: int) -> None:
        found = readings(self._body, bucket, self._averages)
        notes = notes_at(self._body, bucket)
        self._readout.set_body(self._body, self._averages.label)
        self._readout.set_lines(title_of(self._body, bucket), notes, found)
        lines = reading_lines(self._body, bucket, self._averages)
        self.setAccessibleDescription("; ".join(lines))

    @Slot()
    def _place_readout(self) -> None:
        if self._bucket is None:
            return
        area = self.mapFromScene(self._zoom.sceneBoundingRect()).boundingRect()
        x = self.mapFromScene(self._zoom.mapViewToScene(QPointF(self._bucket, 0))).x()
        wide = self._readout.width()
        left = x + 14 if x + 14 + wide <= area.right() else x - 14 - wide
        self._readout.move(max(left, 0), area.top() + 8)

    def _span(self, ends: tuple[float, float]) -> tuple[int, int] | None:
        return buckets_between(ends[0], ends[1], len(self._body.x_labels))

    def _show_region(self, ends: tuple[float, float] | None) -> None:
        self._region.setVisible(ends is not None)
        self._told = self._span(ends) if ends else None  # before: setting it announces itself
        if ends is not None:
            self._region.setRegion(ends)

    @Slot()
    def _tell_region(self) -> None:
        if self.region() != self._told:
            self._told = self.region()
            self.region_changed.emit(self._told)


def with_hidden(body: XYBody, hidden: frozenset[int]) -> XYBody:
    """Give a chart whose series with these indices are hidden, and no others."""
    series = tuple(
        msgspec.structs.replace(one, hidden=index in hidden)
        for index, one in enumerate(body.series)
    )
    return msgspec.structs.replace(body, series=series)
