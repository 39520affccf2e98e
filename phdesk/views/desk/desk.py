"""What the parts of the main window share: window, knowledge, settings, theme, network."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6 import QtCore, QtGui  # make QUrl and QDesktopServices when a link is opened
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.services.open_drafts import OpenDrafts
from phdesk.services.preferences import Preferences
from phdesk.services.workspace import Workspace
from phdesk.store.state import State
from phdesk.store.store import Store
from phdesk.views import theme as look
from phdesk.views.addresses import WEB, insight_address
from phdesk.views.main_window import MainWindow

if TYPE_CHECKING:
    from phdesk.models.board import Board
    from phdesk.services.board_feed import Feed  # most people have no board
    from phdesk.services.boards import Shelf
    from phdesk.services.errands import Errands
    from phdesk.services.online import Online  # imports httpx: never before the first paint
    from phdesk.services.watch_room import WatchRoom
    from phdesk.store.cache import Cache


def alone() -> None:
    """Say that no other window is to be spared: turn this one's own workspace."""


def open_url(url: str) -> bool:
    """Hand an address to the system's browser, and say whether one took it."""
    return QtGui.QDesktopServices.openUrl(QtCore.QUrl(url))


class Desk(QObject):
    """A shared table, not an actor: says only when theme or network change."""

    theme_changed = Signal(object)  # Theme
    online_arrived = Signal()
    turned = Signal(object)  # Workspace, over which this window is to be
    window_requested = Signal(object)  # KeptWindow: what another one is to show
    link_requested = Signal(str)  # an address that leads to another account or project
    account_leaves = Signal(str)  # id: it is being forgotten
    boards_changed = Signal()
    file_requested = Signal(str)  # path of a snapshot, to be opened in a window of its own

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        preferences: Preferences,
        theme: look.Theme,
        now: Callable[[], datetime],
        open_url: Callable[[str], bool] = open_url,
    ) -> None:
        super().__init__(window)
        self.window, self.store, self.preferences = window, store, preferences
        self.theme, self.now = theme, now
        self._open_url = open_url
        self.viewer = 0  # the window's number among those that share its network
        self.fresh: Callable[[], Workspace | None] = alone  # to turn to another account in
        self.online: Online | None = None
        self.worker: Errands | None = None  # this window's own, once the worker is loaded
        self.cache: Cache | None = None  # of what is kept on disk; a snapshot's window has none
        self.sealed_host = ""  # of the PostHog that a snapshot is from
        self.shelf: Shelf | None = None  # of the person's own boards
        self.feed: Feed | None = None  # fills the board that is open
        self.drafts = OpenDrafts(self)  # those of all windows, where there are several
        self.watches: WatchRoom | None = None  # the person's, after the first paint
        self.open_id: int | None = None  # the dashboard on screen, or below 0 a board

    @property
    def dashboard_id(self) -> int | None:
        """Give the dashboard on screen; None where there is none, or a person's own board."""
        return self.open_id if self.open_id is not None and self.open_id > 0 else None

    @property
    def boards(self) -> "Sequence[Board]":
        """Give the person's own boards."""
        return self.shelf.boards if self.shelf is not None else ()

    @property
    def is_alone(self) -> bool:
        """Tell whether this is the only window."""
        return self.fresh is alone

    @property
    def state(self) -> State:
        """Give what is known now."""
        return self.store.state

    @property
    def where(self) -> tuple[str, int]:
        """Give account and project; empty and 0 when nobody is signed in."""
        account, project = self.state.account, self.state.project
        return account.id if account else "", project.id if project else 0

    @property
    def host(self) -> str:
        """Give the PostHog whose pages can be opened; empty where none is known."""
        return self.state.account.host if self.state.account is not None else self.sealed_host

    def browse(self, url: str) -> None:
        """Open a web address; where nothing opens it, show it to be copied."""
        if urlsplit(url).scheme.lower() in WEB and not self._open_url(url):
            self.window.notice.set_address("No browser could be started.", url)

    def browse_insight(self, short_id: str) -> None:
        """Open an insight of this project in PostHog."""
        project = self.state.project
        if project is not None and self.host and short_id:
            self.browse(insight_address(self.host, project.id, short_id))

    def set_online(self, online: "Online") -> None:
        """Take the network once it is loaded."""
        self.online = online
        self.online_arrived.emit()

    @Slot(object)
    def set_boards(self, shelf: "Shelf", feed: "Feed") -> None:
        """Take the person's boards, and what fills the one that is open."""
        self.shelf, self.feed = shelf, feed
        feed.held_back.connect(self.window.notice.set_message)
        shelf.changed.connect(self.boards_changed)
        self.boards_changed.emit()

    def set_theme(self, theme: look.Theme) -> None:
        """Dress the window in a theme, at once."""
        self.theme = theme
        self.window.set_theme(theme)
        self.theme_changed.emit(theme)
