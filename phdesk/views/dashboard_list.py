"""The list of dashboards in the sidebar."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

ID = Qt.ItemDataRole.UserRole
STARRED = Qt.ItemDataRole.UserRole + 1


class DashboardList(QListWidget):
    """A list whose items open with Enter and carry a menu."""

    chosen = Signal(QListWidgetItem)
    aside_requested = Signal(int)  # dashboard, to be opened in a tab of its own
    favourite_toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._asked: int | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, in a tab of its own with Ctrl."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._ask_aside(self.currentIndex())
            else:
                self.chosen.emit(item)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the selection where it is when a tab of its own is wished."""
        if not _is_aside(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open in a tab of its own with Ctrl or the middle button."""
        if _is_aside(event):
            self._ask_aside(self.indexAt(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer a tab of its own, and to make the dashboard a favourite."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index: QModelIndex = self.currentIndex() if by_key else self.indexAt(event.pos())
        dashboard_id = index.data(ID)
        if not isinstance(dashboard_id, int):
            return
        self._asked = dashboard_id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open in a new tab").triggered.connect(self._open_aside)
        text = "Remove from favourites" if index.data(STARRED) else "Add to favourites"
        menu.addAction(text).triggered.connect(self._toggle)
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.popup(below if by_key else event.globalPos())

    def _ask_aside(self, index: QModelIndex) -> None:
        dashboard_id = index.data(ID)
        if isinstance(dashboard_id, int):
            self.aside_requested.emit(dashboard_id)

    @Slot()
    def _open_aside(self) -> None:
        if self._asked is not None:
            self.aside_requested.emit(self._asked)

    @Slot()
    def _toggle(self) -> None:
        if self._asked is not None:
            self.favourite_toggled.emit(self._asked)


def _is_aside(event: QMouseEvent) -> bool:
    button, ctrl = event.button(), Qt.KeyboardModifier.ControlModifier
    with_ctrl = button is Qt.MouseButton.LeftButton and bool(event.modifiers() & ctrl)
    return with_ctrl or button is Qt.MouseButton.MiddleButton
