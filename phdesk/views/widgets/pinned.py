"""A tooltip that stays until it is clicked away; its text can be selected and copied."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

AWAY = 14  # px from the point that it is about


class Pinned(QLabel):
    """Stands beside a point of its parent, inside of it, and scrolls along."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pinned", True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setMargin(8)
        self.hide()

    def show_at(self, spot: QPoint, html: str, within: QRect) -> None:
        """Show rich text beside a point, at the left of it where there is no room at the right."""
        self.setText(html)
        self.adjustSize()
        x = spot.x() + AWAY
        if x + self.width() > within.right():
            x = spot.x() - AWAY - self.width()
        y = min(spot.y() - self.height() // 2, within.bottom() - self.height())
        self.move(max(x, within.left()), max(y, within.top()))
        self.show()
        self.raise_()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close at a click; a drag selects text."""
        super().mouseReleaseEvent(event)
        if not self.hasSelectedText():
            self.hide()
            self.closed.emit()
