"""The main window: sidebar, the screen of the day, and the keys that work everywhere."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from phdesk.views.dashboard.screen import DashboardScreen
from phdesk.views.frame import Frame, Place
from phdesk.views.notice import Notice
from phdesk.views.sidebar import Sidebar
from phdesk.views.theme import Theme
from phdesk.views.widgets.empty import EmptyPage

FILTERS = (  # name, key, and the wish: what to do, with what
    ("Choose the date range", "D", "choose dates"),
    ("Choose the interval", "I", "choose interval"),
    ("Add a filter", "Shift+F", "choose new"),
    ("Back to the dashboard's own filters", "Shift+D", "reset"),
    ("Saved views", "Ctrl+Shift+S", "choose views"),
)


class MainWindow(QMainWindow):
    """Holds the pages; which one is shown is decided by whoever sets them."""

    refresh_requested = Signal(bool)  # force
    theme_toggled = Signal()
    colorblind_toggled = Signal()
    accounts_requested = Signal()
    shortcuts_requested = Signal()
    palette_requested = Signal()
    outline_requested = Signal()
    link_pasted = Signal()
    back_requested = Signal()
    forward_requested = Signal()
    filters_requested = Signal(str, str)  # what to do, with what
    sidebar_docked = Signal(bool)  # beside the page, in wide windows
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("phdesk")
        self.setMinimumSize(480, 360)
        self.sidebar = Sidebar(theme)
        self.screen_page = DashboardScreen(theme)
        self.empty_page = EmptyPage(theme)
        self.notice = Notice(theme)
        self._pages = QStackedWidget()
        self._extra: QWidget | None = None
        self._tab_room: QWidget | None = None
        self._lay_out(theme)
        self._make_actions()

    def show_dashboard_page(self) -> None:
        """Show the dashboard screen with the sidebar."""
        self._leave_extra()
        self._turn_to(self.screen_page, self.screen_page.grid)

    def show_empty_page(self) -> None:
        """Show a sentence where a dashboard would be."""
        self._leave_extra()
        self._turn_to(self.empty_page, self.empty_page)

    def show_page(self, page: QWidget, *, sidebar: Place) -> None:
        """Show another page, such as sign-in or a tile opened large, until the next call."""
        self._leave_extra()
        self._extra = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._set_place(sidebar)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_page(self) -> None:
        """Give the page that is shown the keyboard, with nothing marked until a key is used."""
        shown = self.page
        taker = self.screen_page.grid if shown is self.screen_page else shown
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_docked(self, *, docked: bool) -> None:
        """Show the sidebar beside the page, where the window is wide enough, or not."""
        self._frame.set_docked(docked=docked)

    @property
    def page(self) -> QWidget:
        """Give the page that is shown."""
        return self._pages.currentWidget() or self.empty_page

    @property
    def shortcut_actions(self) -> Sequence[QAction]:
        """Give the actions in the order of the list of shortcuts."""
        return self._actions

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        parts = (self.sidebar, self.screen_page, self.empty_page, self.notice, self._frame)
        for part in parts:
            part.set_theme(theme)

    def set_tab_bar(self, bar: QWidget) -> None:
        """Put the row of tabs above the page; where nobody is signed in there is none."""
        self._tab_room = QWidget()
        room = QVBoxLayout(self._tab_room)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(bar)
        self._column.insertWidget(0, self._tab_room)

    def add_action(self, text: str, keys: str, slot: object, *others: str) -> QAction:
        """Add an action with its keys, last in the list of shortcuts."""
        self._actions.append(self._action(text, keys, slot, *others))
        return self._actions[-1]

    def set_heading(self, text: str) -> None:
        """Name what is open in the title bar."""
        self.setWindowTitle(f"{text} – phdesk" if text else "phdesk")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes."""
        self.closed.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc the sidebar, then the full screen."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._frame.leave_sidebar() and self.isFullScreen():
            self._full_screen()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the mouse's buttons for it, wherever they are pressed."""
        if event.button() is Qt.MouseButton.BackButton:
            self.back_requested.emit()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self.forward_requested.emit()
        else:
            super().mousePressEvent(event)

    def _turn_to(self, page: QWidget, keyboard: QWidget) -> None:
        """Show a page; the keyboard goes along unless it is in the sidebar, or there already."""
        focused: QWidget | None = self.focusWidget()
        self._pages.setCurrentWidget(page)
        self._set_place("beside")
        if focused is None or self._is_left(focused, page):
            keyboard.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_place(self, place: Place) -> None:
        self._frame.set_place(place)
        if self._tab_room is not None:
            self._tab_room.setVisible(place != "nowhere")

    def _is_left(self, focused: QWidget, page: QWidget) -> bool:
        return self._pages.isAncestorOf(focused) and not page.isAncestorOf(focused)

    def _leave_extra(self) -> None:
        if self._extra is not None:
            self._pages.removeWidget(self._extra)
            self._extra = None

    def _lay_out(self, theme: Theme) -> None:
        column = QWidget()
        column_box = self._column = QVBoxLayout(column)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(0)
        column_box.addWidget(self.notice)
        column_box.addWidget(self._pages, 1)
        self._pages.addWidget(self.empty_page)
        self._pages.addWidget(self.screen_page)
        # Without it Qt gives the keyboard of a new window to its first button, with a ring.
        for part in (self.empty_page, self.screen_page.grid):
            part.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._frame = Frame(self.sidebar, column, theme)
        self._frame.docked_changed.connect(self.sidebar_docked)
        self.setCentralWidget(self._frame)

    def _make_actions(self) -> None:
        self._actions = [
            self._action("Find anything", "Ctrl+K", self._palette),
            self._action("Find a dashboard", "Ctrl+F", self._find),
            self._action("Outline of the dashboard", "O", self.outline_requested),
            self._action("Back", "Alt+Left", self.back_requested, "Back"),
            self._action("Forward", "Alt+Right", self.forward_requested, "Forward"),
            self._action("Open the address in the clipboard", "Ctrl+V", self.link_pasted),
            *(self._about_filters(*one) for one in FILTERS),
            self._action("Refresh stale tiles", "R", self._refresh, "F5"),
            self._action("Refresh all tiles", "Shift+R", self._force),
            self._action("Edit the layout", "E", self._edit),
            self._action("Undo layout change", "Ctrl+Z", self._undo),
            self._action("Redo layout change", "Ctrl+Shift+Z", self._redo),
            self._action("Full screen", "F", self._full_screen, "F11"),
            self._action("Show or hide the sidebar", "Ctrl+B", self._toggle_sidebar),
            self._action("Light or dark", "Ctrl+Shift+L", self._theme),
            self._action("Colour-blind-safe colours", "Ctrl+Shift+B", self._colorblind),
            self._action("Accounts and projects", "Ctrl+Shift+A", self._accounts),
            self._action("List of shortcuts", "?", self._shortcuts),
            self._action("Quit", "Ctrl+Q", self.close),
        ]

    def _about_filters(self, text: str, keys: str, wish: str) -> QAction:
        action = self._action(text, keys, self._filters)
        action.setData(wish)
        return action

    def _action(self, text: str, keys: str, slot: object, *others: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(one) for one in (keys, *others)])
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    @Slot()
    def _find(self) -> None:
        self._frame.search()

    @Slot()
    def _palette(self) -> None:
        self.palette_requested.emit()

    @Slot()
    def _toggle_sidebar(self) -> None:
        self._frame.toggle()

    @Slot()
    def _filters(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            what, _, which = str(action.data()).partition(" ")
            self.filters_requested.emit(what, which)

    @Slot()
    def _refresh(self) -> None:
        self.refresh_requested.emit(False)

    @Slot()
    def _force(self) -> None:
        self.refresh_requested.emit(True)

    @Slot()
    def _edit(self) -> None:
        if self.page is self.screen_page:
            self.screen_page.toggle_editing()

    @Slot()
    def _undo(self) -> None:
        if self.page is self.screen_page:
            self.screen_page.undo()

    @Slot()
    def _redo(self) -> None:
        if self.page is self.screen_page:
            self.screen_page.redo()

    @Slot()
    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _theme(self) -> None:
        self.theme_toggled.emit()

    @Slot()
    def _colorblind(self) -> None:
        self.colorblind_toggled.emit()

    @Slot()
    def _accounts(self) -> None:
        self.accounts_requested.emit()

    @Slot()
    def _shortcuts(self) -> None:
        self.shortcuts_requested.emit()
