"""A bar that says how much of a limit is used, by parts in colours of their own."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from phdesk.views.theme import Theme

HEIGHT = 8  # px
LEAST = 3.0  # px of a part that is not nothing


class Meter(QWidget):
    """Parts from the left, each a share from 0 to 1 with a colour's token."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[tuple[float, str], ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[tuple[float, str]], words: str) -> None:
        """Show parts; `words` say the same to those who do not see them."""
        self._parts = tuple(parts)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the parts on it, round at the ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(whole, HEIGHT / 2, HEIGHT / 2)
        painter.setClipPath(shape)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(shape, self._theme.line)
        left = 0.0
        for share, token in self._parts:
            width = max(LEAST, whole.width() * share) if share > 0 else 0.0
            painter.setBrush(self._theme.color(token))
            painter.drawRect(QRectF(left, 0, width, HEIGHT))
            left += width
