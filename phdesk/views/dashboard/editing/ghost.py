"""What is in the hand: the picture of a tile, and a hint beside the pointer."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.views.dashboard.card import RADIUS
from phdesk.views.theme import Theme

MOVED, RESIZED = 0.82, 0.6  # opacity; a resized one lies on its placeholder
AWAY = 18  # px of the hint from the pointer


class Ghost(QWidget):
    """A translucent picture, stretched to the size of the widget; the pointer goes through it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = QPixmap()
        self._strength = MOVED
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme

    def show_picture(self, picture: QPixmap, rect: QRect, *, sized: bool) -> None:
        """Show a picture over everything else; it is to be moved, or resized."""
        self._picture, self._strength = picture, RESIZED if sized else MOVED
        self.setGeometry(rect)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with round corners, and the outline of what is in the hand."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(self._strength)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.accent, 2))
        painter.setBrush(self._brush())
        painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _brush(self) -> QBrush:
        brush = QBrush(self._picture)
        size = self._picture.size()
        if not size.isEmpty():
            wide, high = self.width() / size.width(), self.height() / size.height()
            brush.setTransform(QTransform.fromScale(wide, high))
        return brush


class Hint(QLabel):
    """A few words beside the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("hint", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, pointer: QPoint, words: str) -> None:
        """Show words beside a point of the parent, within it."""
        if words != self.text():
            self.setText(words)
        self.adjustSize()
        page = self.parentWidget()
        if page is not None:
            spot = QPoint(
                _within(pointer.x(), self.width(), page.width()),
                _within(pointer.y(), self.height(), page.height()),
            )
            self.move(spot)
        self.show()
        self.raise_()


def _within(pointer: int, length: int, room: int) -> int:
    """Give the place after the pointer, or before it where there is no room."""
    after, before = pointer + AWAY, pointer - AWAY - length
    return max(min(after if after + length <= room else before, room - length), 0)
