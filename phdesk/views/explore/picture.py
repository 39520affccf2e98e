"""Bodies that are no curves, painted large by the painters of the tiles, with the tiles' legend."""

from msgspec import structs
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.charts import local as cuts
from phdesk.core.charts.local import UNTOUCHED, Local
from phdesk.core.charts.parts import Parted, is_parted, names, shown
from phdesk.core.charts.spec import Body, NoticeBody, SankeyBody, TileView
from phdesk.views.charts import pointing
from phdesk.views.charts.paint import hit, paint_body
from phdesk.views.theme import Theme
from phdesk.views.widgets.tooltips import tooltip_html

ROOMY = 1.25  # type is larger than on a tile where there is room
ROOM = (620, 420)
LEFT = Qt.MouseButton.LeftButton
HINT = (
    "Click a name or press its number to hide or show it, with Ctrl or Alt to show it alone; "
    "H shows all"
)
FOLLOW_HINT = "Click a stop to show only what is linked with it"


class Picture(QWidget):
    """Paints the body of a view; tells what lies under the pointer; hides parts by their names."""

    spoken_role = "Chart"

    focus_changed = Signal(bool)
    changed = Signal()  # what is hidden or followed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: TileView | None = None
        self._whole: Body | None = None
        self._local: Local = UNTOUCHED
        self._pressed = False
        self.setMinimumSize(240, 160)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart")

    def set_view(self, view: TileView, *, keep: bool = False) -> None:
        """Show a view; `keep` leaves hidden what is still called the same.

        The page around has the button that a notice's link is on a tile.
        """
        if isinstance(view.body, NoticeBody) and view.body.link:
            view = structs.replace(view, body=structs.replace(view.body, link=""))
        self._view, self._whole = view, view.body
        self._apply(self._local if keep else UNTOUCHED)

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def show_all(self) -> None:
        """Show the chart as it came."""
        self._change(UNTOUCHED)

    def difference(self) -> str:
        """Say what differs from the chart as it came; empty when nothing does."""
        return cuts.described(self._whole, self._local) if self._whole is not None else ""

    def caption(self) -> str:
        """Say what differs, or what a click would do; empty for charts without parts."""
        words = self.difference()
        if words:
            return f"{words[:1].upper()}{words[1:]}. H shows all."
        if isinstance(self._whole, SankeyBody):
            return f"{FOLLOW_HINT}."
        return f"{HINT}." if is_parted(self._whole) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say at once what lies under the pointer, and whether it can be clicked."""
        spot, body = event.position(), self._body()
        if self._view is None or body is None:
            return
        found = hit(self._area(), self._view, self._theme, spot, scale=self._scale())
        stop = isinstance(body, SankeyBody) and found is not None and found.item is not None
        pointed = stop or self._part_at(spot) is not None
        shape = Qt.CursorShape.PointingHandCursor if pointed else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if found is None:
            QToolTip.hideText()
        else:
            place = event.globalPosition().toPoint()
            QToolTip.showText(place, tooltip_html(found, self._theme), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click."""
        super().mousePressEvent(event)
        self._pressed = event.button() == LEFT

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hide or show the part whose name was clicked, or follow the stop of a path."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, False
        if not pressed or event.button() != LEFT:  # of a double click, the second release
            return
        number = self._part_at(event.position())
        if number is not None:
            alone = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(number, alone=alone)
        elif isinstance(self._whole, SankeyBody):
            self._follow(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        if event.button() == LEFT:
            self.show_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hide or show a part by its number, with Alt alone; 0 shows all."""
        key = event.key()
        if key == Qt.Key.Key_0:
            self.show_all()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and is_parted(self._whole):
            alone = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._choose(key - Qt.Key.Key_1, alone=alone)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys come here."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the body."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view is not None:
            area, scale = self._area(), self._scale()
            paint_body(painter, area, self._view, self._theme, scale=scale)
        painter.end()

    def _choose(self, number: int, *, alone: bool) -> None:
        if not is_parted(self._whole):
            return
        body: Parted = self._whole
        drawn = shown(body)
        if number < len(names(body)) and drawn[number]:  # else the insight itself hides it
            act = cuts.isolated if alone else cuts.toggled
            self._change(act(self._local, body, number))

    def _follow(self, spot: QPointF) -> None:
        """Show only what is linked with a stop, or all again."""
        body = self._body()
        if self._view is None or not isinstance(body, SankeyBody):
            return
        found = hit(self._area(), self._view, self._theme, spot, scale=self._scale())
        if found is None or found.item is None or not isinstance(self._whole, SankeyBody):
            return
        number = self._whole.nodes.index(body.nodes[found.item])
        self._change(cuts.followed(self._local, self._whole, number))

    def _change(self, local: Local) -> None:
        """Do what a person wishes, and tell it."""
        self._apply(local)
        self.changed.emit()

    def _apply(self, local: Local) -> None:
        if self._view is None or self._whole is None:
            return
        self._local = local
        self._view = structs.replace(self._view, body=cuts.localised(self._whole, local))
        QToolTip.hideText()  # what it says may not be there any more
        said = [self._view.summary, self.caption()]
        self.setAccessibleDescription(". ".join(part.rstrip(".") for part in said if part))
        self.update()

    def _body(self) -> Body | None:
        return self._view.body if self._view is not None else None

    def _part_at(self, spot: QPointF) -> int | None:
        body = self._body()
        if body is None:
            return None
        return pointing.part_at(self._area(), body, self._theme, spot, scale=self._scale())

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(6, 6, -6, -6)

    def _scale(self) -> float:
        return ROOMY if self.width() >= ROOM[0] and self.height() >= ROOM[1] else 1.0
