"""A tab in the hand, out of its bar: follows the pointer until it becomes a window."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

OPACITY = 0.85


class TornTab(QLabel):
    """Shows the tab's picture beside the pointer; takes neither clicks nor the keyboard."""

    def __init__(self, picture: QPixmap, parent: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAccessibleName("Let go to open the tab in a window of its own")
        self.setProperty("floating", True)
        self.setPixmap(picture)
        self.setWindowOpacity(OPACITY)
        self.adjustSize()

    def follow(self, corner: QPoint) -> None:
        """Go where the pointer is."""
        self.move(corner)
        self.show()
