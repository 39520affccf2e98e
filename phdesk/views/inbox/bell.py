"""The bell in the sidebar: opens the inbox, and counts what nobody has seen yet."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from phdesk.views.theme import Theme, icon

MOST = 99


class Bell(QToolButton):
    """A count over an icon, and in words for those who do not see it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setFixedSize(28, 28)
        self.setIconSize(QSize(16, 16))
        self.set_theme(theme)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Count alerts that are not well and that nobody acknowledged."""
        self._count = count
        said = {0: "nothing new", 1: "1 alert"}.get(count, f"{count} alerts")
        self.setAccessibleName(f"Inbox of alerts: {said}")
        self.setToolTip(f"Inbox of alerts: {said} (Ctrl+I)")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.setIcon(icon("bell", theme.muted))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the count in its corner."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(self._count) if self._count <= MOST else f"{MOST}+"
        painter.setFont(self._theme.font(9, 700))
        width = max(13.0, painter.fontMetrics().horizontalAdvance(text) + 6.0)
        box = QRectF(self.width() - width - 1, 1, width, 13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.bad)
        painter.drawRoundedRect(box, 6.5, 6.5)
        painter.setPen(self._theme.on_accent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
