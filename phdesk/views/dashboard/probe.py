"""What pointer and keys do inside a tile's chart: read values, pin them, zoom, hide parts."""

from PySide6.QtCore import QObject, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.charts import local as cuts
from phdesk.core.charts.local import UNTOUCHED, Local
from phdesk.core.charts.parts import is_parted, shown
from phdesk.core.charts.spec import Body, SankeyBody, SankeyNode, TileView, XYBody
from phdesk.views.charts import pointing
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.paint import hit
from phdesk.views.dashboard.span_drag import SpanDrag
from phdesk.views.theme import Theme
from phdesk.views.widgets.pinned import Pinned
from phdesk.views.widgets.tooltips import tooltip_html

NEARER = 0.6  # of the buckets are left by a step of zooming with a key


class Probe(QObject):
    """Holds what the pointer is at, and what was done to the chart by hand."""

    moved = Signal()  # what is painted over the picture changed
    changed = Signal(object)  # Local: the picture itself has to change
    pointed = Signal(str, str)  # start and unit of the bucket pointed at; empty for none

    def __init__(self, tile: QWidget, theme: Theme) -> None:
        super().__init__(tile)
        self._tile, self._theme = tile, theme
        self._view: TileView | None = None  # as it is shown, hidden parts and zoom applied
        self._whole: Body | None = None
        self._local: Local = UNTOUCHED
        self._inner = QRectF()
        self._hit: Hit | None = None
        self._linked: Hit | None = None
        self._drag = SpanDrag()
        self._pin: Pinned | None = None
        self._chosen: QPointF | None = None  # where the last click was on a name of the legend

    @property
    def hit(self) -> Hit | None:
        """Give what is under the pointer, or at the place where the keys went."""
        return self._hit

    @property
    def pinned(self) -> Pinned | None:
        """Give the tooltip that stays, when there is one on screen."""
        return self._pin if self._pin is not None and self._pin.isVisible() else None

    def set_view(self, view: TileView, whole: Body, local: Local) -> None:
        """Take what is shown: the view with `local` applied, and the chart as it came."""
        self._view, self._whole, self._local = view, whole, local
        self._drag.end()
        self._linked = None
        self.unpin()
        self._set_hit(None)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.unpin()

    def set_inner(self, inner: QRectF) -> None:
        """Take the rectangle of the body."""
        self._inner = inner

    def hover(self, spot: QPointF, place: QPointF) -> None:
        """Read the value under the pointer; `place` is the same point on the screen."""
        if self._view is None:
            return
        if self._drag.pressed:
            if self._drag.pull(spot, self._inner, self._view.body, self._theme):
                QToolTip.hideText()
                self._set_hit(None)
                self.moved.emit()
        elif self.pinned is None:
            self._set_hit(hit(self._inner, self._view, self._theme, spot))
            if self._hit is not None:
                words = tooltip_html(self._hit, self._theme)
                QToolTip.showText(place.toPoint(), words, self._tile)

    def press(self, spot: QPointF) -> None:
        """Begin what may become a drag."""
        self._drag.begin(spot)

    def release(self, spot: QPointF, *, alone: bool) -> None:
        """End a drag by zooming; without one, use the legend (`alone` isolates) or pin."""
        pressed, span = self._drag.pressed, self._drag.end()
        if span is not None:
            self._zoom(*span)
        elif pressed and self._view is not None:
            number = self._part_at(spot)
            self._chosen = spot if number is not None else None
            if number is not None:
                self.choose(number, alone=alone)
            else:
                self._click(spot)

    def double_click(self, spot: QPointF) -> bool:
        """Show all parts on the legend, all buckets in the plot; False when nothing was done."""
        self._drag.end()
        self.unpin()
        if self._view is None or self._whole is None:
            return False
        # The first click may have taken the name away from under the pointer.
        if spot == self._chosen or self._part_at(spot) is not None:
            self._change(cuts.all_shown(self._local))
            return True
        if cuts.span(self._whole, self._local) is None:
            return False
        self._change(cuts.widened(self._local))
        return True

    def escape(self) -> bool:
        """Give up a drag, take the pinned tooltip away or undo all; False when nothing was."""
        if self._drag.end() is not None:
            self.moved.emit()
            return True
        if self.pinned is not None or self._hit is not None:
            self.unpin()
            self._set_hit(None)
            QToolTip.hideText()
            return True
        return self.reset()

    def leave(self) -> None:
        """Forget the pointer; what is pinned stays."""
        if self.pinned is None:
            self._set_hit(None)

    @Slot()
    def reset(self) -> bool:
        """Show the chart as it came; False when it is shown so already."""
        if self._whole is None or not cuts.described(self._whole, self._local):
            return False
        self._change(UNTOUCHED)
        return True

    def choose(self, number: int, *, alone: bool) -> None:
        """Hide or show a part by its number, or show it alone."""
        if self._whole is None or not is_parted(self._whole):
            return
        drawn = shown(self._whole)
        if not 0 <= number < len(drawn) or not drawn[number]:
            return  # not in the chart that PostHog sent
        act = cuts.isolated if alone else cuts.toggled
        self._change(act(self._local, self._whole, number))

    def step(self, by: int) -> None:
        """Move by buckets or stops with the keyboard; begins at the newest, or the first stop."""
        body = self._view.body if self._view is not None else None
        if body is None or not pointing.items(body):
            return
        last = pointing.items(body) - 1
        at = self._hit.item if self._hit is not None else None
        first = last if isinstance(body, XYBody) else 0
        item = first if at is None else min(max(at + by, 0), last)
        self._show_tip(pointing.hit_at(self._inner, body, self._theme, item))

    def stop(self) -> SankeyNode | None:
        """Give the stop of a path that is pointed at."""
        body = self._view.body if self._view is not None else None
        item = self._hit.item if self._hit is not None else None
        if not isinstance(body, SankeyBody) or item is None or item >= len(body.nodes):
            return None
        return body.nodes[item]

    def point(self, spot: QPointF) -> None:
        """Point at what is at a place, without a tooltip."""
        if self._view is not None and self._inner.contains(spot):
            self._set_hit(hit(self._inner, self._view, self._theme, spot))

    @Slot()
    def follow(self) -> None:
        """Show only what is linked with the stop that is pointed at, or all again."""
        stop = self.stop()
        if stop is not None and isinstance(self._whole, SankeyBody):
            self._change(cuts.followed(self._local, self._whole, self._whole.nodes.index(stop)))

    @Slot()
    def copy_stop(self) -> None:
        """Put the whole name of the stop that is pointed at on the clipboard."""
        stop = self.stop()
        if stop is not None:
            QGuiApplication.clipboard().setText(stop.title)

    def zoom_in(self) -> None:
        """Cut to the buckets around the crosshair, or to the newest."""
        body = self._view.body if self._view is not None else None
        if not isinstance(body, XYBody):
            return
        count = len(body.x_labels)
        keep = max(round(count * NEARER), cuts.NARROWEST)
        at = self._hit.item if self._hit is not None and self._hit.item is not None else count - 1
        first = min(max(at - keep // 2, 0), max(count - keep, 0))
        self._zoom(first, min(first + keep, count) - 1)

    def pin(self) -> None:
        """Keep what is pointed at on screen."""
        page = self._tile.parentWidget()
        if self._hit is None or page is None:
            return
        if self._pin is None:
            self._pin = Pinned(page)
            self._pin.closed.connect(self.leave)
            self._tile.destroyed.connect(self._pin.deleteLater)
        QToolTip.hideText()
        spot = self._tile.mapTo(page, self._place(self._hit).toPoint())
        self._pin.show_at(spot, tooltip_html(self._hit, self._theme), page.rect())

    def unpin(self) -> None:
        """Take the pinned tooltip away."""
        if self._pin is not None:
            self._pin.hide()

    def link(self, start: str, unit: str) -> None:
        """Show a crosshair where another tile's chart is pointed at; empty takes it away."""
        body = self._view.body if self._view is not None else None
        linked = None
        if start and isinstance(body, XYBody):
            item = cuts.bucket_at(body.x_starts, start, unit)
            if item is not None:
                linked = pointing.hit_at(self._inner, body, self._theme, item)
        if linked != self._linked:
            self._linked = linked
            self.moved.emit()

    def paint(self, painter: QPainter) -> None:
        """Paint crosshairs, and the span that is being dragged."""
        for found, color in ((self._linked, self._theme.line), (self._hit, self._theme.faint)):
            if found is not None and found.x is not None:
                top, bottom = found.span or (self._inner.top(), self._inner.bottom())
                painter.setPen(QPen(color, 1))
                painter.drawLine(QPointF(found.x, top), QPointF(found.x, bottom))
        body = self._view.body if self._view is not None else None
        if body is not None:
            item = self._hit.item if self._hit is not None else None
            pointing.highlight(painter, self._inner, body, self._theme, item)
            self._drag.paint(painter, self._inner, body, self._theme)

    def _zoom(self, first: int, last: int) -> None:
        if isinstance(self._whole, XYBody):
            self._change(cuts.narrowed(self._local, self._whole, first, last))
        self.moved.emit()

    def _part_at(self, spot: QPointF) -> int | None:
        if self._view is None:
            return None
        return pointing.part_at(self._inner, self._view.body, self._theme, spot)

    def _click(self, spot: QPointF) -> None:
        if self.pinned is not None:
            self.unpin()
            self._set_hit(None)
        elif self._view is not None:
            self._set_hit(hit(self._inner, self._view, self._theme, spot))
            if self._hit is not None and (self._hit.item is not None or self._hit.x is not None):
                self.pin()  # a big number says nothing more than it shows

    def _change(self, local: Local) -> None:
        if local != self._local:
            self.changed.emit(local)

    def _show_tip(self, found: Hit | None) -> None:
        self.unpin()
        self._set_hit(found)
        if found is not None:
            place = self._tile.mapToGlobal(self._place(found)).toPoint()
            QToolTip.showText(place, tooltip_html(found, self._theme), self._tile)

    def _place(self, found: Hit) -> QPointF:
        body = self._view.body if self._view is not None else None
        if isinstance(body, SankeyBody) and found.item is not None:
            return pointing.place_of(self._inner, body, self._theme, found.item).center()
        top, bottom = found.span or (self._inner.top(), self._inner.bottom())
        return QPointF(self._inner.center().x() if found.x is None else found.x, (top + bottom) / 2)

    def _set_hit(self, found: Hit | None) -> None:
        if found == self._hit:
            return
        self._hit = found
        self.moved.emit()
        body = self._view.body if self._view is not None else None
        item = found.item if found is not None else None
        if isinstance(body, XYBody) and item is not None and item < len(body.x_starts):
            self.pointed.emit(body.x_starts[item], cuts.unit(body.x_starts))
        else:
            self.pointed.emit("", "")
