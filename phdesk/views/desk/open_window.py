"""One window with all that fills it, over a workspace that others may share."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot

from phdesk.services.preferences import Preferences
from phdesk.services.settings import KeptWindow
from phdesk.services.workspace import Workspace
from phdesk.store.state import Changes
from phdesk.views.desk.at_hand import AtHand
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.filters import Filters
from phdesk.views.desk.late import (
    exports,
    inbox,
    links,
    make_parts,
    open_tabs,
    show_snapshot,
    snapshots,
    watch_marks,
    watches,
)
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.sessions import Sessions
from phdesk.views.desk.tiles import Tiles
from phdesk.views.main_window import PAINTS, MainWindow
from phdesk.views.placing import beside, place_of
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.models.notice import Notice
    from phdesk.services.board_room import BoardRoom  # most people have no board
    from phdesk.services.watch_room import WatchRoom
    from phdesk.store.snapshot import Snapshot
    from phdesk.views.desk.inbox import Inbox
    from phdesk.views.desk.links import Links
    from phdesk.views.desk.open_tabs import OpenTabs

SHOWING = (QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.WindowStateChange)
PLACING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class OpenWindow(QObject):
    """Makes the parts of a window and connects those that do not know each other.

    Its signals carry the window itself: who hears them has several.
    """

    painted = Signal(object)  # the first page is on screen
    closed = Signal(object)  # by the person, or as all are
    activated = Signal(object)
    changed = Signal()  # what is to come back at the next start
    account_changed = Signal()  # or the project, or the name of one
    turned = Signal(object, object)  # and the Workspace over which it is to be
    account_leaves = Signal(object, str)  # and the account's id
    explore_needed = Signal(object)  # answer with `show_explore`
    demo_requested = Signal(object)

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
        self._at_hand = AtHand(self.desk, self.pages, self.tiles)
        self.is_closed = False
        self.waits_for_explore = False
        self._seen = False
        self._wanted_tile = 0
        self._kept_tabs: Sequence[int] | None = None
        self._link = ""  # to be opened once somebody is signed in
        self._links: Links | None = None  # made after the first paint
        self._inbox: Inbox | None = None  # made with the watches
        self._is_whole = False  # what comes late is made
        self._tabs: OpenTabs | None = None  # after it too, unless several are open
        self._connect()
        self._on_online()

    def start_snapshot(self, held: "Snapshot") -> None:
        """Show a snapshot, over whose dashboard the workspace is."""
        self.window.set_alone("Shared page" if held.link else "Snapshot")
        show_snapshot()(self.desk, self.pages, held)

    def start(self, dashboard: int | None, tabs: Sequence[int] | None = None) -> None:
        """Fill the window with what the store holds; tabs are those of the last run, or given."""
        self.pages.start(dashboard)
        self._kept_tabs = tabs
        account, settings = self.desk.state.account, self.desk.preferences.settings
        if tabs is None and account is not None:
            tabs = settings.tabs.get(account.id)
        if tabs:
            self._ready_tabs()  # now: after the first paint they would push the page down

    def set_room(self, room: "BoardRoom") -> None:
        """Take the person's boards, which may come before the first paint or after it."""
        feed = room.feed(self.workspace, self.desk.viewer, self)
        self.desk.set_boards(room.shelf, feed)

    def set_watches(self, room: "WatchRoom") -> None:
        """Take the person's watches, after the first paint."""
        made = watches()(self.desk, self.tiles, room)
        watch_marks()(self.desk, self.pages, room)
        self._inbox = inbox()(self.desk, self.pages, room, made)
        self.desk.watches = room
        self.desk.account_leaves.connect(room.forget)

    def stay(self) -> None:
        """Make nothing more that comes late: phdesk ends."""
        self._is_whole = True

    def make_late(self) -> None:
        """Make what the first paint does without; once, whoever asks."""
        if self._is_whole:
            return
        self._is_whole = True
        snapshots()(self.desk)
        exports()(self.desk)
        if self.workspace.is_sealed:
            return
        self._ready_tabs()
        make_parts()(self.desk, self.pages, self.tiles, self.sessions, self.workspace)
        self._links = links()(self.desk, self.pages, self.tiles)
        if self._link:
            self._links.open_once_signed_in(self._link)

    @property
    def kept(self) -> KeptWindow:
        """Say what would bring the window back."""
        account, project = self.workspace.where
        place = place_of(self.window)
        known = self._tabs.tabs.ids if self._tabs is not None else (self._kept_tabs or ())
        return KeptWindow(
            account=account,
            project=project,
            dashboard=self.desk.open_id,
            tabs=tuple(known) if len(known) > 1 else (),
            place=place,
        )

    def shows(self, dashboard_id: int | None) -> bool:
        """Tell whether a dashboard is open here, in whichever tab."""
        return dashboard_id is not None and dashboard_id in (self.desk.open_id, *self.kept.tabs)

    def come_to_front(self) -> None:
        """Show the window above others, with the keyboard."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def open_inbox(self) -> None:
        """Show what was found of alerts."""
        if self._inbox is not None:
            self._inbox.open()

    def snooze_alert(self, notice: "Notice", hours: int) -> None:
        """Let an alert of this window's project keep quiet, and say in the window that it does."""
        if self._inbox is not None:
            self._inbox.snooze(notice, hours)

    def show_explore(self, module: ModuleType) -> None:
        """Open the tile that was asked for large, now that what shows it is loaded."""
        self.waits_for_explore = False
        explore = self.tiles.explore or module.Explore(self.desk.theme, self.window)
        explore.set_letter_keys(self.desk.preferences.settings.letter_keys)
        self.tiles.show(explore, self._wanted_tile)

    @Slot(str)
    def open_link(self, address: str) -> None:
        """Open an address of PostHog, at once or when the window is ready for it."""
        if self._links is not None and self.desk.state.account is not None:
            self._links.open(address)
        else:
            self.open_once_signed_in(address)

    def open_once_signed_in(self, address: str) -> None:
        """Open an address of PostHog when there is an account to open it with."""
        self._link = address
        if self._links is not None:
            self._links.open_once_signed_in(address)

    def let_go(self) -> None:
        """Leave the workspace and be destroyed when Qt has nothing to do with it any more."""
        self.is_closed = True
        self.window.removeEventFilter(self)
        self.sessions.turning.cancel_sign_in()
        self.window.screen_page.set_worker(None)
        if self.desk.worker is not None:
            self.desk.worker.close()
            self.desk.worker = None
        if self.desk.online is not None:
            self.desk.online.dashboards.leave(self.desk.viewer)
            self.desk.online = None
        if self.desk.feed is not None:
            self.desk.feed.close()
        self.window.deleteLater()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first paint, who is used, and when nobody looks."""
        if watched is not self.window:
            return False
        kind = event.type()
        if kind in PAINTS:
            if not self._seen:
                self._seen = True
                self.painted.emit(self)
        elif kind is QEvent.Type.WindowActivate:
            self.activated.emit(self)
        if kind in SHOWING:
            self._tell_hidden()
        if kind in PLACING:
            self.changed.emit()
        return False

    def _connect(self) -> None:
        self.workspace.online_arrived.connect(self._on_online)
        self.workspace.store.changed.connect(self._on_changed)
        self.window.installEventFilter(self)
        self.window.closed.connect(self._on_closed)
        self._at_hand.link_requested.connect(self.open_link)
        self.window.window_requested.connect(self._on_window)
        self.window.sidebar.window_requested.connect(self._on_dashboard)
        self.pages.opened.connect(self._on_opened)
        self.tiles.explore_requested.connect(self._on_explore)
        self.sessions.demo_requested.connect(self._on_demo)
        self.desk.turned.connect(self._on_turned)
        self.desk.account_leaves.connect(self._on_account_leaves)

    @Slot()
    def _on_online(self) -> None:
        if self.workspace.online is not None and not self.is_closed:
            self.desk.set_online(self.workspace.online)
            self.window.screen_page.set_worker(self.workspace.online.worker)
            self._tell_hidden()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self.account_changed.emit()

    @Slot()
    def _on_closed(self) -> None:
        self.is_closed = True
        self.closed.emit(self)

    @Slot(int)
    def _on_opened(self, _dashboard_id: int) -> None:
        self.changed.emit()

    @Slot()
    def _on_window(self) -> None:
        """Wish for a window that shows the same."""
        self._wish(replace(self.kept, tabs=()))

    @Slot(int)
    def _on_dashboard(self, dashboard_id: int) -> None:
        self._wish(replace(self.kept, tabs=(), dashboard=dashboard_id))

    def _wish(self, wish: KeptWindow) -> None:
        if wish.account:
            self.desk.window_requested.emit(replace(wish, place=beside(self.window)))

    @Slot(object)
    def _on_turned(self, workspace: Workspace) -> None:
        self.turned.emit(self, workspace)

    @Slot(str)
    def _on_account_leaves(self, account_id: str) -> None:
        self.account_leaves.emit(self, account_id)

    @Slot()
    def _on_demo(self) -> None:
        self.demo_requested.emit(self)

    @Slot(int)
    def _on_explore(self, tile_id: int) -> None:
        self._wanted_tile = tile_id
        if self.tiles.explore is not None:
            self.tiles.show(self.tiles.explore, tile_id)
        else:
            self.waits_for_explore = True
            self.explore_needed.emit(self)

    def _ready_tabs(self) -> None:
        if self._tabs is None:
            self._tabs = open_tabs()(self.desk, self.pages, self._kept_tabs)

    def _tell_hidden(self) -> None:
        hidden = self.window.isMinimized() or not self.window.isVisible()
        if self.desk.feed is not None:
            self.desk.feed.set_hidden(hidden=hidden)
        if self.desk.online is not None:
            self.desk.online.dashboards.set_hidden(hidden=hidden, viewer=self.desk.viewer)
