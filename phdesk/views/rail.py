"""What a collapsed sidebar leaves behind: a strip with a button, a veil under the open one.

Imported by name when it is first needed: most windows are wide, and no start waits for it.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from phdesk.views.theme import Theme, icon

SHOW = "Show the sidebar"


class Rail(QWidget):
    """A narrow strip where the sidebar would be, with the button that brings it."""

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("sidebar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._button = QToolButton()
        self._last: QWidget = self._button  # from above
        self._button.setFixedSize(28, 28)
        self._button.setIconSize(QSize(16, 16))
        self._button.setAccessibleName(SHOW)
        self._button.setToolTip(f"{SHOW} (Ctrl+B)")
        self._button.clicked.connect(self.wanted)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 10)
        column.addWidget(self._button)
        column.addStretch(1)
        self.set_theme(theme)

    def add(self, button: QWidget) -> None:
        """Put a button below the one that brings the sidebar."""
        self._column.insertWidget(self._column.count() - 1, button)
        self.setTabOrder(self._last, button)  # made before the rail, it would be a stop before it
        self._last = button
        button.show()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._button.setIcon(icon("chevron-right", theme.text))


class Veil(QWidget):
    """Dims the page under the sidebar; a click on it closes the sidebar."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say that the page is wanted back."""
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page paler."""
        color = QColor(self._theme.bg)
        color.setAlphaF(0.6)
        painter = QPainter(self)
        painter.fillRect(self.rect(), color)
