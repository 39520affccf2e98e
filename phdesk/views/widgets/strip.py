"""A calm strip across a screen with some room below it, for a row of words and controls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

EDGE, ROOM = 20, 10  # px at the sides, and below


class Strip(QWidget):
    """Holds a row on coloured ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = ground = QWidget()
        ground.setProperty("note", True)
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(ground)
        self.row.setContentsMargins(EDGE, 10, EDGE, 10)
        self.row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, ROOM)
        column.addWidget(ground)
