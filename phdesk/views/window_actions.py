"""The keys that work everywhere in the window, named for the list of shortcuts and the palette."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from phdesk.views.main_window import MainWindow

LETTERS = "Single letters as shortcuts, on or off"
STAYS = "Keep running for alerts, on or off"
FILTERS = (  # name, key, and the wish: what to do, with what
    ("Choose the date range", "D", "choose dates"),
    ("Choose the interval", "I", "choose interval"),
    ("Add a filter", "Shift+F", "choose new"),
    ("Back to the dashboard's own filters", "Shift+D", "reset"),
    ("Saved views", "Ctrl+Shift+S", "choose views"),
)


READING = frozenset(  # what a dashboard that can only be read leaves on
    {
        "Find anything",
        "Outline of the dashboard",
        "Full screen",
        "Light or dark",
        "Colour-blind-safe colours",
        LETTERS,
        "List of shortcuts",
        "Close the window",
        "Quit",
    }
)
ELSEWHERE = frozenset(  # and where there is a project around it
    {
        "Find a dashboard",
        "Back",
        "Forward",
        "Open the address in the clipboard",
        "Freshness and API budget",
        "Rewind: the dashboard as it was",  # the way back
        "Show or hide the sidebar",
        "Accounts and projects",
        "New window",
    }
)
READS = "reads"  # the property of actions from elsewhere that change nothing


class WindowActions(QObject):
    """Makes the actions of a window and turns them into its wishes."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.all: list[QAction] = []
        self._keys: dict[QAction, list[QKeySequence]] = {}  # of each, letters too
        self._letters = True
        self._on: frozenset[str] | None = None  # names of what is on; None: all
        self.add("Find anything", "Ctrl+K", window.palette_requested)
        self.add("Find a dashboard", "Ctrl+F", window.search)
        self.add("Outline of the dashboard", "O", window.outline_requested)
        self.add("Back", "Alt+Left", window.back_requested, "Back")
        self.add("Forward", "Alt+Right", window.forward_requested, "Forward")
        self.add("Open the address in the clipboard", "Ctrl+V", window.link_pasted)
        for text, keys, wish in FILTERS:
            self.add(text, keys, self._filters).setData(wish)
        self.add("Refresh stale tiles", "R", self._refresh, "F5")
        self.add("Refresh all tiles", "Shift+R", self._force)
        self.add("Freshness and API budget", "Ctrl+U", window.status_requested)
        self.add("Edit the layout", "E", self._edit)
        self.add("Undo the last change", "Ctrl+Z", self._undo)
        self.add("Redo the last change", "Ctrl+Shift+Z", self._redo)
        self.add("Full screen", "F11", window.toggle_full_screen)
        self.add("Show or hide the sidebar", "Ctrl+B", window.toggle_sidebar)
        self.add("Light or dark", "Ctrl+Shift+L", window.theme_toggled)
        self.add("Colour-blind-safe colours", "Ctrl+Shift+B", window.colorblind_toggled)
        self.add("Accounts and projects", "Ctrl+Shift+A", window.accounts_requested)
        self.add(LETTERS, "", window.letters_toggled)
        self.add("List of shortcuts", "?", window.shortcuts_requested)
        self.add("New window", "Ctrl+Shift+N", window.window_requested)
        self.add("Close the window", "Ctrl+Shift+W", window.close)
        self.add("Quit", "Ctrl+Q", window.quit_requested)

    def add(self, text: str, keys: str, slot: object, *others: str) -> QAction:
        """Add an action with its keys, last in the list."""
        action = QAction(text, self._window)
        self._keys[action] = [QKeySequence(one) for one in (keys, *others)]
        self._give_keys(action)
        action.triggered.connect(slot)
        action.setEnabled(self._on is None or text in self._on)
        self._window.addAction(action)
        self.all.append(action)
        return action

    def set_reading(self, reads: str) -> None:
        """Switch off what changes numbers or layout, where they can only be read."""
        self._on = None
        if reads:
            self._on = READING | ELSEWHERE if reads == "past" else READING
        for action in self.all:
            known = self._on is None or action.text() in self._on
            action.setEnabled(known or bool(action.property(READS)))

    def set_letters(self, *, on: bool) -> None:
        """Let single letters be shortcuts, or not."""
        self._letters = on
        for action in self.all:
            self._give_keys(action)

    def _give_keys(self, action: QAction) -> None:
        keys = self._keys[action]
        action.setShortcuts([one for one in keys if self._letters or not is_letter(one)])

    @Slot()
    def _filters(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            what, _, which = str(action.data()).partition(" ")
            self._window.filters_requested.emit(what, which)

    @Slot()
    def _refresh(self) -> None:
        self._window.refresh_requested.emit(False)

    @Slot()
    def _force(self) -> None:
        self._window.refresh_requested.emit(True)

    @Slot()
    def _edit(self) -> None:
        if self._window.page is self._window.screen_page:
            self._window.screen_page.toggle_editing()

    @Slot()
    def _undo(self) -> None:
        """Undo on the layout that is edited, else what was last changed for the team."""
        if self._editing:
            self._window.screen_page.undo()
        elif not self._window.notice.take_back():
            self._window.undo_requested.emit()

    @Slot()
    def _redo(self) -> None:
        if self._editing:
            self._window.screen_page.redo()
        else:
            self._window.redo_requested.emit()

    @property
    def _editing(self) -> bool:
        screen = self._window.screen_page
        return self._window.page is screen and screen.editing


def is_letter(keys: QKeySequence) -> bool:
    """Tell whether a shortcut is one sign, with Shift or without: speech and tremor press such."""
    return len(keys.toString().removeprefix("Shift+")) == 1
