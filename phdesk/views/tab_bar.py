"""The row of tabs above the page; it is there only while there are several."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QTabBar, QToolButton, QWidget

from phdesk.views.theme import Theme, icon
from phdesk.views.torn_tab import TornTab
from phdesk.views.widgets.tooltips import plain_tip

HEIGHT = 38  # px
FAR = 24  # px out of the bar, from which on a tab is torn out
WIDEST, NARROWEST = 220, 96  # px of a tab


class TabBar(QTabBar):
    """Shows tabs and says what is wished; which dashboards they are is decided elsewhere."""

    tab_requested = Signal(int)  # place
    close_requested = Signal(int)  # place
    others_close_requested = Signal(int)  # place of the one that stays
    move_requested = Signal(int, int)  # from, to
    window_requested = Signal(int, object)  # place of the tab that goes; QPoint where it was let go

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._asked = -1
        self._filling = False
        self.setAccessibleName("Open dashboards")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT)
        self.currentChanged.connect(self._on_current)
        self.tabMoved.connect(self._on_moved)
        self._held: QPoint | None = None  # where the tab in the hand was taken, on the tab
        self._torn: TornTab | None = None  # while it is out of the bar
        self.hide()

    def set_tabs(self, names: Sequence[str], at: int) -> None:
        """Show these tabs; one alone needs no row."""
        self._filling = True
        while self.count() > len(names):
            self.removeTab(self.count() - 1)
        while self.count() < len(names):
            self._set_closer(self.addTab(""))
        for place, name in enumerate(names):
            if self.accessibleTabName(place) != name:
                self.setTabText(place, name.replace("&", "&&"))
                self.setTabToolTip(place, plain_tip(name))
                self.setAccessibleTabName(place, name)
        self.setCurrentIndex(at)
        self._filling = False
        self.setVisible(len(names) > 1)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        for place in range(self.count()):
            self._set_closer(place)

    def tabSizeHint(self, index: int) -> QSize:
        """Let names decide within limits."""
        hint = super().tabSizeHint(index)
        return QSize(min(max(hint.width(), NARROWEST), WIDEST), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Let tabs shrink before they need arrows."""
        return QSize(NARROWEST, super().minimumTabSizeHint(index).height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a tab into the hand."""
        super().mousePressEvent(event)
        point = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.tabAt(point) >= 0:
            self._held = point - self.tabRect(self.tabAt(point)).topLeft()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move a tab along the bar, or tear it out."""
        point = event.position().toPoint()
        out = self.rect().adjusted(-FAR, -FAR, FAR, FAR).contains(point) is False
        if self._held is None or not out:
            self._put_back()
            super().mouseMoveEvent(event)
            return
        if self._torn is None:
            self._torn = TornTab(self.grab(self.tabRect(self.currentIndex())), self)
            self.grabKeyboard()  # for Esc
        self._torn.follow(event.globalPosition().toPoint() - self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close with the middle button; let a tab go that was torn out."""
        place = self.tabAt(event.position().toPoint())
        torn, self._held = self._torn is not None, None
        self._put_back()
        if event.button() is Qt.MouseButton.MiddleButton and place >= 0:
            self.close_requested.emit(place)
            return
        super().mouseReleaseEvent(event)
        if torn:
            where = event.globalPosition().toPoint()
            self.window_requested.emit(self.currentIndex(), where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put a torn tab back with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._torn is not None:
            self._held = None
            self._put_back()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a tab."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self._asked = self.currentIndex() if by_key else self.tabAt(event.pos())
        if self._asked < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Move to a new window").triggered.connect(self._tear_asked)
        menu.addAction("Close").triggered.connect(self._close_asked)
        menu.addAction("Close the others").triggered.connect(self._close_others)
        below = self.mapToGlobal(self.tabRect(self._asked).bottomLeft())
        menu.popup(below if by_key else event.globalPos())

    def _set_closer(self, place: int) -> None:
        button = QToolButton(self)
        button.setIcon(icon("x", self._theme.muted))
        button.setFixedSize(24, 24)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W and the menu serve the keyboard
        button.setAccessibleName("Close this tab")
        button.setToolTip("Close (Ctrl+W)")
        button.clicked.connect(self._on_closer)
        self.setTabButton(place, QTabBar.ButtonPosition.RightSide, button)

    @Slot()
    def _on_closer(self) -> None:
        sides = QTabBar.ButtonPosition.RightSide
        for place in range(self.count()):
            if self.tabButton(place, sides) is self.sender():
                self.close_requested.emit(place)
                return

    def _put_back(self) -> None:
        torn, self._torn = self._torn, None
        if torn is not None:
            self.releaseKeyboard()
            torn.close()

    @Slot()
    def _tear_asked(self) -> None:
        self.window_requested.emit(self._asked, None)

    @Slot()
    def _close_asked(self) -> None:
        self.close_requested.emit(self._asked)

    @Slot()
    def _close_others(self) -> None:
        self.others_close_requested.emit(self._asked)

    @Slot(int)
    def _on_current(self, place: int) -> None:
        if not self._filling and place >= 0:
            self.tab_requested.emit(place)

    @Slot(int, int)
    def _on_moved(self, place: int, to: int) -> None:
        if not self._filling:
            self.move_requested.emit(place, to)
