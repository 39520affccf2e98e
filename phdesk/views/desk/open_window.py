"""One window with all that fills it, over a workspace."""

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot

from phdesk.services.preferences import Preferences
from phdesk.services.workspace import Workspace
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.filters import Filters
from phdesk.views.desk.late import (
    commands,
    edits,
    history,
    layouts,
    links,
    open_tabs,
    shortcuts_dialog,
    status,
)
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.sessions import Sessions
from phdesk.views.desk.tiles import Tiles
from phdesk.views.main_window import PAINTS, MainWindow
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.desk.commands import Commands
    from phdesk.views.desk.links import Links
    from phdesk.views.desk.open_tabs import OpenTabs
    from phdesk.views.desk.status import Status


LETTERS_ON = "Single letters are shortcuts again."
LETTERS_OFF = "Single letters do nothing now. Ctrl+K finds all that they did, and this switch."


class OpenWindow(QObject):
    """Makes the parts of a window and connects those that do not know each other."""

    painted = Signal()  # the first page is on screen
    closed = Signal()
    explore_needed = Signal()  # answer with `show_explore`

    def __init__(
        self,
        workspace: Workspace,
        preferences: Preferences,
        theme: Theme,
        now: Callable[[], datetime],
        viewer: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.window = MainWindow(theme)
        self.window.set_docked(docked=preferences.settings.sidebar)
        self.window.screen_page.set_still(on=preferences.settings.reduced_motion)
        self.window.set_letter_keys(on=preferences.settings.letter_keys)
        self.desk = Desk(self.window, workspace.store, preferences, theme, now)
        self.desk.viewer = viewer
        self.pages = Pages(self.desk)
        self.sessions = Sessions(self.desk, self.pages)
        self.tiles = Tiles(self.desk)
        self.filters = Filters(self.desk)
        self._seen = False
        self._wanted_tile = 0
        self._commands: Commands | None = None  # made when first asked for
        self._links: Links | None = None  # made after the first paint
        self._status: Status | None = None  # when first asked for
        self._tabs: OpenTabs | None = None  # after it too, unless several are open
        self._connect()
        self._on_online()

    def start(self, dashboard: int | None) -> None:
        """Fill the window with what the store holds."""
        self.pages.start(dashboard)
        account, settings = self.desk.state.account, self.desk.preferences.settings
        if account is not None and settings.tabs.get(account.id):
            self._ready_tabs()  # now: after the first paint they would push the page down

    def make_late(self, link: str = "") -> None:
        """Make what the first paint does without; open an address once somebody is signed in."""
        self._ready_tabs()
        history()(self.desk, self.pages, self.tiles)
        self._links = links()(self.desk, self.pages, self.tiles)
        if link:
            self._links.open_once_signed_in(link)
        layouts()(self.desk, self.pages)
        edits()(self.desk)

    def come_to_front(self) -> None:
        """Show the window above others, with the keyboard."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def show_explore(self, module: ModuleType) -> None:
        """Open the tile that was asked for large, now that what shows it is loaded."""
        explore = self.tiles.explore or module.Explore(self.desk.theme, self.window)
        explore.set_letter_keys(self.desk.preferences.settings.letter_keys)
        self.tiles.show(explore, self._wanted_tile)

    @Slot(str)
    def open_link(self, address: str) -> None:
        """Open an address of PostHog."""
        if self._links is not None:
            self._links.open(address)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first paint, and when nobody looks."""
        if watched is self.window:
            kind = event.type()
            if kind in PAINTS and not self._seen:
                self._seen = True
                self.painted.emit()
            elif kind in (QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.WindowStateChange):
                self._tell_hidden()
        return False

    def _connect(self) -> None:
        self.workspace.online_arrived.connect(self._on_online)
        self.window.installEventFilter(self)
        self.window.closed.connect(self.closed)
        self.window.shortcuts_requested.connect(self._on_shortcuts)
        self.window.letters_toggled.connect(self._on_letters)
        self.desk.preferences.changed.connect(self._give_keys)
        self.window.palette_requested.connect(self._on_palette)
        self.window.outline_requested.connect(self._on_outline)
        self.window.status_requested.connect(self._on_status)
        self.window.screen_page.status_requested.connect(self._on_status)
        self.tiles.explore_requested.connect(self._on_explore)

    @Slot()
    def _on_online(self) -> None:
        if self.workspace.online is not None:
            self.desk.set_online(self.workspace.online)

    @Slot(int)
    def _on_explore(self, tile_id: int) -> None:
        self._wanted_tile = tile_id
        if self.tiles.explore is not None:
            self.tiles.show(self.tiles.explore, tile_id)
        else:
            self.explore_needed.emit()

    @Slot()
    def _on_shortcuts(self) -> None:
        shortcuts, explore = shortcuts_dialog(), self.tiles.explore
        actions = list(self.window.shortcut_actions)
        if explore is not None and self.window.page is explore:
            actions += explore.shortcut_actions()
        shortcuts(self.desk.theme, actions, self.window).open()

    @Slot()
    def _on_letters(self) -> None:
        on = not self.desk.preferences.settings.letter_keys
        self.desk.preferences.change(replace, letter_keys=on)
        self.window.notice.set_done(LETTERS_ON if on else LETTERS_OFF)

    @Slot()
    def _give_keys(self) -> None:
        on = self.desk.preferences.settings.letter_keys
        self.window.set_letter_keys(on=on)
        if self.tiles.explore is not None:
            self.tiles.explore.set_letter_keys(on)

    @Slot()
    def _on_palette(self) -> None:
        self._ready_commands().open_palette()

    @Slot()
    def _on_outline(self) -> None:
        self._ready_commands().open_outline()

    @Slot()
    def _on_status(self) -> None:
        if self._status is None:
            self._status = status()(self.desk)
        self._status.open()

    def _ready_tabs(self) -> None:
        if self._tabs is None:
            self._tabs = open_tabs()(self.desk, self.pages)

    def _ready_commands(self) -> "Commands":
        if self._commands is None:
            self._commands = commands()(self.desk, self.pages)
            self._commands.link_requested.connect(self.open_link)
        return self._commands

    def _tell_hidden(self) -> None:
        if self.desk.online is not None:
            hidden = self.window.isMinimized() or not self.window.isVisible()
            self.desk.online.dashboards.set_hidden(hidden=hidden, viewer=self.desk.viewer)
