"""A thin line that grows while tiles are refreshed."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from phdesk.views.theme import Theme


class ProgressLine(QWidget):
    """Two pixels high; keeps its room when idle, so that nothing jumps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = None
        self.setFixedHeight(2)

    def set_share(self, share: float | None) -> None:
        """Show a share from 0 to 1; None shows nothing."""
        if share != self._share:
            self._share = share
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        if self._share is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.line)
        done = max(self.width() * min(self._share, 1.0), 24.0)
        painter.fillRect(QRectF(0, 0, done, 2), self._theme.accent)
