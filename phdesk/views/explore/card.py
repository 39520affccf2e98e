"""A surface with a hair of an edge, on which charts and tables lie."""

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.views.theme import Theme

RADIUS = 8


class Card(QWidget):
    """Paints the surface; what lies on it is added from top to bottom."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ringed = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    @Slot(bool)
    def set_ringed(self, ringed: bool) -> None:  # noqa: FBT001  a slot
        """Show or hide the focus ring around the surface."""
        self._ringed = ringed
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if self._ringed else 1.0
        painter.setPen(QPen(self._theme.accent if self._ringed else self._theme.line, width))
        painter.setBrush(self._theme.surface)
        inset = width / 2
        edge = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(edge, RADIUS, RADIUS)
        painter.end()
