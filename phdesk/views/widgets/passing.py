"""A page that passes the keyboard on to one of its parts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Passing(QWidget):
    """Unlike one with a focus proxy it is no stop for Tab, which would leap over earlier parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taker: QWidget | None = None

    def set_taker(self, taker: QWidget) -> None:
        """Choose the part that gets the keyboard."""
        self._taker = taker

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the part."""
        if self._taker is not None:
            self._taker.setFocus(reason)
        else:
            super().setFocus(reason)
