"""What is in the hand: the picture of a tile, and a hint beside the pointer."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.views.dashboard.over_card import RADIUS, paint_outline
from phdesk.views.theme import Theme

MOVED, RESIZED = 0.82, 0.6  # opacity; a resized one lies on its placeholder
LARGE = 400_000  # px from which smoothness costs more than it shows
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
        self._picture, self._strength = _rounded(picture), RESIZED if sized else MOVED
        self.setGeometry(rect)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with round corners, and the outline of what is in the hand."""
        painter = QPainter(self)
        if self.width() * self.height() < LARGE:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(self._strength)
        painter.drawPixmap(self.rect(), self._picture)
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_outline(painter, edge, QPen(self._theme.accent, 2))


def _rounded(picture: QPixmap) -> QPixmap:
    """Cut the corners of a picture off, once: to do so at each step is ten times as slow."""
    made = QPixmap(picture.size())
    made.setDevicePixelRatio(picture.devicePixelRatio())
    made.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addRoundedRect(QRectF(QPointF(), picture.deviceIndependentSize()), RADIUS, RADIUS)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return made


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
