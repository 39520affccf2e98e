"""Bodies that are no curves, painted large by the painters of the tiles."""

from msgspec import structs
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.views.charts.paint import hit, paint_body
from phdesk.views.theme import Theme

ROOMY = 1.25  # type is larger than on a tile where there is room
ROOM = (620, 420)


class Picture(QWidget):
    """Paints the body of a view; says in a tooltip what lies under the pointer."""

    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: TileView | None = None
        self.setMinimumSize(240, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart")

    def set_view(self, view: TileView) -> None:
        """Show a view; the page around has the button that a notice's link is on a tile."""
        if isinstance(view.body, NoticeBody) and view.body.link:
            view = structs.replace(view, body=structs.replace(view.body, link=""))
        self._view = view
        self.setAccessibleDescription(view.summary)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def event(self, event: QEvent) -> bool:
        """Answer the wish for a tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys come here."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def words_at(self, point: QPointF) -> str:
        """Say what lies under a point; empty for nothing."""
        if self._view is None:
            return ""
        found = hit(self._area(), self._view, self._theme, point, scale=self._scale())
        if found is None:
            return ""
        lines = (f"{line.label}: {line.text}" for line in found.lines)
        return "\n".join((found.title, *lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the body."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view is not None:
            area, scale = self._area(), self._scale()
            paint_body(painter, area, self._view, self._theme, scale=scale)
        painter.end()

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(6, 6, -6, -6)

    def _scale(self) -> float:
        return ROOMY if self.width() >= ROOM[0] and self.height() >= ROOM[1] else 1.0
