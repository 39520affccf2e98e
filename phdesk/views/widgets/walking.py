"""A field whose arrows walk along the list of what it finds, while the keyboard stays in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QWidget

WALKING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class WalkingField(QLineEdit):
    """Passes keys that walk on to a list; all others are typed."""

    def __init__(self, list_: QAbstractItemView) -> None:
        super().__init__()
        self._list = list_

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk or type."""
        if event.key() in WALKING:
            self._list.event(event)
        else:
            super().keyPressEvent(event)


def walked_list(parent: QWidget) -> tuple[QListWidget, WalkingField]:
    """Make a list and the field that finds in it; Tab stops at the field alone."""
    found = QListWidget(parent)
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return found, WalkingField(found)
