"""The main window: sidebar, the screen of the day, and the keys that work everywhere."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from phdesk.views.dashboard.screen import DashboardScreen
from phdesk.views.frame import Frame, Place
from phdesk.views.notice import Notice
from phdesk.views.theme import Theme
from phdesk.views.widgets.empty import EmptyPage
from phdesk.views.widgets.pressing import ASKED, press

if TYPE_CHECKING:
    from PySide6.QtGui import QAction  # with its keys a fortieth of the start

    from phdesk.views.dashboard.card_state import Reads
    from phdesk.views.dashboard.reading import Reading
    from phdesk.views.window_actions import WindowActions


# A window that is covered by opaque children gets no Paint of its own, but a request to update.
PAINTS = (QEvent.Type.Paint, QEvent.Type.UpdateRequest)


class MainWindow(QMainWindow):
    """Holds the pages; which one is shown is decided by whoever sets them."""

    refresh_requested = Signal(bool)  # force
    theme_toggled = Signal()
    colorblind_toggled = Signal()
    letters_toggled = Signal()
    accounts_requested = Signal()
    shortcuts_requested = Signal()
    status_requested = Signal()
    palette_requested = Signal()
    outline_requested = Signal()
    link_pasted = Signal()
    back_requested = Signal()
    forward_requested = Signal()
    undo_requested = Signal()  # of the last change for the team
    redo_requested = Signal()
    filters_requested = Signal(str, str)  # what to do, with what
    export_requested = Signal()
    report_requested = Signal()
    snapshot_requested = Signal(bool)  # without what may name people
    alerts_requested = Signal()
    monitor_requested = Signal()  # the dashboard alone, on the whole screen
    window_requested = Signal()  # one more, that shows the same
    projects_requested = Signal()
    quit_requested = Signal()
    sidebar_docked = Signal(bool)  # beside the page, in wide windows
    closed = Signal()

    # Made after the first paint; of the class, for the first events come while Qt makes the window.
    _actions: "WindowActions | None" = None
    _had: QWidget | None = None  # the keyboard, when a key went down
    _letters = True  # whether single letters are shortcuts
    _reads: "Reads" = ""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._heading = self._page_heading = self._where = ""
        self._badge = 0
        self.setWindowTitle("phdesk")
        self.setMinimumSize(480, 360)
        # Each part is made inside the one around it: where trees of widgets are joined later, Qt
        # dresses all of them again at each joint.
        self._frame = Frame(theme, self)
        self.sidebar = self._frame.sidebar
        self.notice = Notice(theme, self._frame.page)
        self._pages = QStackedWidget(self._frame.page)
        self.empty_page = EmptyPage(theme, self._pages)
        self.screen_page = DashboardScreen(theme, self._pages)
        self._extra: QWidget | None = None
        self._tab_room: QWidget | None = None
        self._alone = ""  # what is shown, where there is no project around it
        self._lay_out()

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
    def shortcut_actions(self) -> "Sequence[QAction]":
        """Give the actions in the order of the list of shortcuts."""
        return self._ready_actions().all

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

    def add_action(self, text: str, keys: str, slot: object, *others: str) -> "QAction":
        """Add an action with its keys, last in the list of shortcuts."""
        return self._ready_actions().add(text, keys, slot, *others)

    def add_to_rail(self, button: QWidget) -> None:
        """Have a button where the sidebar is collapsed."""
        self._frame.add_to_rail(button)

    def set_reading(self, reading: "Reading | None", strip: QWidget | None = None) -> None:
        """Let the dashboard only be read, below a strip that says what it is; or no longer."""
        self._reads = reading.reads if reading is not None else ""
        if self._actions is not None:
            self._actions.set_reading(self._reads)
        self.screen_page.set_reading(reading, strip)

    def set_alone(self, what: str) -> None:
        """Show one dashboard without a project around it, of which the title says what it is."""
        self._alone = what

    def set_letter_keys(self, *, on: bool) -> None:
        """Let single letters be shortcuts, or not."""
        self._letters = on
        if self._actions is not None:
            self._actions.set_letters(on=on)

    def set_heading(self, text: str) -> None:
        """Name the dashboard that is open in the title bar."""
        self._heading = text
        self._show_title()

    def set_page_heading(self, text: str) -> None:
        """Name the page that is shown over it, until that is left."""
        self._page_heading = text
        self._show_title()

    def _show_title(self) -> None:
        parts = (self._page_heading or self._heading, self._alone or self._where, "phdesk")
        badge = f"({self._badge}) " if self._badge else ""
        self.setWindowTitle(badge + " – ".join(part for part in parts if part))

    def set_badge(self, count: int) -> None:
        """Count in the title bar what nobody has seen yet."""
        if count != self._badge:
            self._badge = count
            self._show_title()

    def set_where(self, text: str) -> None:
        """Name account, region and project; empty where no window shows others."""
        if text != self._where:
            self._where = text
            self._show_title()
            self.screen_page.set_where(text)

    def search(self) -> None:
        """Put the keyboard into the search for dashboards."""
        self._frame.search()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self._frame.toggle()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def event(self, event: QEvent) -> bool:
        """Make the keys when there is something to see; nobody has pressed one before.

        Before each key it is noted who has the keyboard.
        """
        if event.type() is ASKED:
            self._had = self.focusWidget()
        if self._actions is None and event.type() in PAINTS:
            QTimer.singleShot(0, self._ready_actions)
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes."""
        self.closed.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press a button with Enter; leave with Esc the sidebar, then the full screen."""
        if event.key() != Qt.Key.Key_Escape:
            if not press(event, self, self._had):
                super().keyPressEvent(event)
        elif not self._frame.leave_sidebar() and self.isFullScreen():
            self.toggle_full_screen()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the mouse's buttons for it, wherever they are pressed."""
        if event.button() is Qt.MouseButton.BackButton:
            self.back_requested.emit()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self.forward_requested.emit()
        else:
            super().mousePressEvent(event)

    @Slot()
    def _ready_actions(self) -> "WindowActions":
        if self._actions is None:
            module = import_module("phdesk.views.window_actions")
            self._actions = cast("WindowActions", module.WindowActions(self))
            self._actions.set_letters(on=self._letters)
            self._actions.set_reading(self._reads)
        return self._actions

    def _turn_to(self, page: QWidget, keyboard: QWidget) -> None:
        """Show a page; the keyboard goes along unless it is in the sidebar, or there already."""
        focused: QWidget | None = self.focusWidget()
        self._pages.setCurrentWidget(page)
        self._set_place("beside")
        if focused is None or self._is_left(focused, page):
            keyboard.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_place(self, place: Place) -> None:
        if self._alone:
            place = "nowhere"
        self._frame.set_place(place)
        if self._tab_room is not None:
            self._tab_room.setVisible(place != "nowhere")

    def _is_left(self, focused: QWidget, page: QWidget) -> bool:
        return self._pages.isAncestorOf(focused) and not page.isAncestorOf(focused)

    def _leave_extra(self) -> None:
        if self._extra is not None:
            self._pages.removeWidget(self._extra)
            self._extra = None
            self.set_page_heading("")

    def _lay_out(self) -> None:
        column_box = self._column = QVBoxLayout(self._frame.page)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(0)
        column_box.addWidget(self.notice)
        column_box.addWidget(self._pages, 1)
        self._pages.addWidget(self.empty_page)
        self._pages.addWidget(self.screen_page)
        self._pages.currentChanged.connect(self.notice.leave_page)
        # Without it Qt gives the keyboard of a new window to its first button, with a ring.
        for part in (self.empty_page, self.screen_page.grid):
            part.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._frame.docked_changed.connect(self.sidebar_docked)
        self.setCentralWidget(self._frame)
