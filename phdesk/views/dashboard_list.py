"""The list of dashboards in the sidebar."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

ID = Qt.ItemDataRole.UserRole
OF_TEAM = (("Duplicate…", "copy"), ("Delete for everyone…", "delete"))
OF_BOARD = (("Name the board…", "name"), ("Delete the board", "delete"))
STARRED = Qt.ItemDataRole.UserRole + 1


class DashboardList(QListWidget):
    """A list whose items open with Enter and carry a menu."""

    chosen = Signal(QListWidgetItem)
    aside_requested = Signal(int)  # dashboard, to be opened in a tab of its own
    window_requested = Signal(int)  # dashboard, to be opened in a window of its own
    favourite_toggled = Signal(int)
    board_requested = Signal(int, str)  # a dashboard, or a person's own board: what to do with it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._asked: int | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, in a tab of its own with Ctrl, in a window of its own with Shift."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            wish = self._wish(event.modifiers())
            if wish is not None:
                self._ask(wish, self.currentIndex())
            else:
                self.chosen.emit(item)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the selection where it is when a tab or window of its own is wished."""
        if self._pointed(event) is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open aside with Ctrl or the middle button, in a window of its own with Shift."""
        wish = self._pointed(event)
        if wish is not None:
            self._ask(wish, self.indexAt(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer a tab or window of its own, and to make the dashboard a favourite."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index: QModelIndex = self.currentIndex() if by_key else self.indexAt(event.pos())
        dashboard_id = index.data(ID)
        if not isinstance(dashboard_id, int):
            return
        self._asked = dashboard_id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open in a new tab").triggered.connect(self._open_aside)
        menu.addAction("Open in a new window").triggered.connect(self._open_window)
        text = "Remove from favourites" if index.data(STARRED) else "Add to favourites"
        menu.addAction(text).triggered.connect(self._toggle)
        for words, what in OF_BOARD if dashboard_id < 0 else OF_TEAM:
            asked = partial(self.board_requested.emit, dashboard_id, what)
            menu.addAction(words).triggered.connect(asked)
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.popup(below if by_key else event.globalPos())

    def _wish(self, modifiers: Qt.KeyboardModifier) -> SignalInstance | None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return self.aside_requested
        return self.window_requested if modifiers & Qt.KeyboardModifier.ShiftModifier else None

    def _pointed(self, event: QMouseEvent) -> SignalInstance | None:
        if event.button() is Qt.MouseButton.MiddleButton:
            return self.aside_requested
        left = event.button() is Qt.MouseButton.LeftButton
        return self._wish(event.modifiers()) if left else None

    def _ask(self, wish: SignalInstance, index: QModelIndex) -> None:
        dashboard_id = index.data(ID)
        if isinstance(dashboard_id, int):
            wish.emit(dashboard_id)

    @Slot()
    def _open_aside(self) -> None:
        if self._asked is not None:
            self.aside_requested.emit(self._asked)

    @Slot()
    def _open_window(self) -> None:
        if self._asked is not None:
            self.window_requested.emit(self._asked)

    @Slot()
    def _toggle(self) -> None:
        if self._asked is not None:
            self.favourite_toggled.emit(self._asked)
