"""All windows of the app: which are open, over which workspaces, and where they come back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from phdesk.core.whereabouts import whereabouts
from phdesk.services.library import load_dashboard
from phdesk.services.open_drafts import OpenDrafts
from phdesk.services.preferences import Preferences
from phdesk.services.settings import KeptWindow, with_windows
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.views.appearance import Appearance
from phdesk.views.desk.desk import alone
from phdesk.views.desk.open_window import OpenWindow
from phdesk.views.placing import beside, place
from phdesk.workspaces import Workspaces

if TYPE_CHECKING:
    from phdesk.services.board_room import BoardRoom  # most people have no board
    from phdesk.services.errands import Errands
    from phdesk.services.watch_room import WatchRoom
    from phdesk.store.snapshot import Snapshot

NOTING = 1000  # ms after a change, until what is open is written down


class Windows(QObject):
    """Windows over the same account and project share a workspace; the others know nothing of it.

    The windows are kept in the order in which they were used, the last one last.
    """

    added = Signal(object)  # OpenWindow
    painted = Signal(object)  # OpenWindow
    explore_needed = Signal(object)  # OpenWindow
    demo_requested = Signal(object)  # OpenWindow
    let_go = Signal()  # a window was closed while others stay
    leaving = Signal()  # all windows close now, because the person wants to quit
    link_requested = Signal(str)  # an address, in whichever window it fits
    file_requested = Signal(str)  # path of a snapshot

    def __init__(
        self,
        preferences: Preferences,
        cache: Cache,
        appearance: Appearance,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._cache = preferences, cache
        self._appearance, self._now = appearance, now
        self._all: list[OpenWindow] = []
        self._numbers = count(1)
        self._drafts = OpenDrafts(self)
        self.known = Workspaces(preferences, cache, self._held)
        self._boards: BoardRoom | None = None
        self._watches: WatchRoom | None = None
        self._errands: Callable[[], Errands] | None = None  # once the worker is
        self._to_come: list[KeptWindow] = []  # of the last run
        self._restoring = False
        self._places = True  # are remembered
        self._noting = QTimer(self)
        self._noting.setSingleShot(True)
        self._noting.setInterval(NOTING)
        self._noting.timeout.connect(self.note)

    @property
    def all(self) -> tuple[OpenWindow, ...]:
        """Give the windows, the one used last at the end."""
        return tuple(self._all)

    @property
    def front(self) -> OpenWindow:
        """Give the window that was used last."""
        return self._all[-1]

    @property
    def workspaces(self) -> tuple[Workspace, ...]:
        """Give what the windows are over, each once."""
        return self._held()

    def set_places(self, *, remembered: bool) -> None:
        """Say whether places and sizes are to come back."""
        self._places = remembered

    def set_boards(self, room: "BoardRoom") -> None:
        """Let all windows show the person's own boards, those to come as well."""
        self._boards = room
        for each in self._all:
            if not each.workspace.is_sealed:
                each.set_room(room)

    def set_watches(self, room: "WatchRoom") -> None:
        """Let numbers be watched in all windows, those to come as well."""
        self._watches = room
        for each in self._all:
            if not each.workspace.is_sealed:
                each.set_watches(room)

    def add(self, workspace: Workspace, *, behind: bool = False) -> OpenWindow:
        """Make a window over a workspace; it is not shown yet."""
        made = OpenWindow(
            workspace,
            self._preferences,
            self._appearance.theme,
            self._now,
            next(self._numbers),
        )
        self._equip(made)
        self._all.insert(0 if behind else len(self._all), made)
        made.painted.connect(self.painted)
        made.closed.connect(self._on_closed)
        made.activated.connect(self._on_activated)
        made.changed.connect(self._noting.start)
        made.account_changed.connect(self._on_account_changed)
        made.turned.connect(self.turn)
        made.account_leaves.connect(self._on_account_leaves)
        made.explore_needed.connect(self.explore_needed)
        made.demo_requested.connect(self.demo_requested)
        made.desk.window_requested.connect(self.open)
        made.desk.link_requested.connect(self.link_requested)
        made.desk.file_requested.connect(self.file_requested)
        made.window.theme_toggled.connect(self._appearance.toggle_dark)
        made.window.colorblind_toggled.connect(self._appearance.toggle_colorblind)
        made.window.sidebar_docked.connect(self._on_sidebar)
        made.window.quit_requested.connect(self.quit)
        self._appearance.changed.connect(made.desk.set_theme)
        if self._boards is not None and not workspace.is_sealed:
            made.set_room(self._boards)
        if self._watches is not None and not workspace.is_sealed:
            made.set_watches(self._watches)
        self._tell_company()
        self.added.emit(made)
        return made

    def _equip(self, made: OpenWindow) -> None:
        """Give a window what is common to all."""
        made.desk.drafts = self._drafts
        if not made.workspace.is_sealed:
            made.desk.cache = self._cache
        if self._errands is not None:
            made.desk.worker = self._errands()

    @Slot(object)
    def open(self, wish: KeptWindow, *, behind: bool = False) -> OpenWindow | None:
        """Open a window as it is wished for; None if its account is not known any more."""
        workspace = self.known.over(wish.account, wish.project)
        if workspace is None:
            return None
        new = workspace not in self.workspaces
        where = wish.place or beside(self.front.window)
        made = self._show(workspace, replace(wish, place=where), behind=behind)
        if new:
            self.known.bring_online(workspace)
        return made

    def open_over(self, workspace: Workspace) -> OpenWindow:
        """Open a window over a workspace that no other has."""
        account, project = workspace.where
        where = beside(self.front.window)
        wish = KeptWindow(account=account, project=project, place=where)
        made = self._show(workspace, wish)
        self.known.bring_online(workspace)
        return made

    def open_snapshot(self, held: "Snapshot", workspace: Workspace) -> OpenWindow:
        """Open a window for a snapshot, which its workspace holds."""
        where = beside(self.front.window)  # the new one comes to the front, still without a size
        made = self.add(workspace)
        place(made.window, where)
        made.start_snapshot(held)
        made.window.show()
        return made

    @Slot(object, object)
    def turn(self, window: OpenWindow, workspace: Workspace) -> None:
        """Put a window over another workspace: a new one in its place, for all in it is other."""
        workspace = self.known.one_for(workspace)
        account, project = workspace.where
        kept = KeptWindow(account=account, project=project, place=window.kept.place)
        self._show(workspace, kept)
        window.window.close()
        self._let_go(window)

    def restore(self, *, at_once: bool = True) -> None:
        """Open, one after another, the windows that were open beside the first."""
        self._to_come = list(self._preferences.settings.windows)
        if at_once:
            self.restore_rest()

    def restore_rest(self) -> None:
        """Open those of them that are still to come."""
        if self._to_come and not self._restoring:
            self._restoring = True
            self._restore_next()

    def set_worker(self, errands: "Callable[[], Errands]") -> None:
        """Give each window a way to the worker, now and from now on."""
        self._errands = errands
        for each in self._all:
            each.desk.worker = errands()

    @Slot()
    def quit(self) -> None:
        """Close all windows; they come back at the next start."""
        self.leaving.emit()
        for each in self.all:
            each.window.close()

    @Slot()
    def end(self) -> None:
        """Note which windows are open; nothing is made late in them any more."""
        self.note()
        for each in self._all:
            each.stay()

    def note(self) -> None:
        """Write down which windows are open, to bring them back."""
        self._noting.stop()
        lasting = [each for each in self._all if not each.workspace.is_sealed]
        if not lasting:
            return
        known = {account.id for account in self._preferences.accounts}
        kept = [each.kept for each in reversed(lasting)]
        if self._places:
            self._preferences.change(replace, window=kept[0].place)
        else:
            kept = [replace(each, place=None) for each in kept]
        kept = [each for each in kept if each.account in known and each.project]
        kept += self._to_come
        self._preferences.change(with_windows, kept)

    def _show(self, workspace: Workspace, wish: KeptWindow, *, behind: bool = False) -> OpenWindow:
        dashboard = wish.dashboard or self.known.last_dashboard(workspace)
        if dashboard is not None and dashboard not in workspace.store.state.dashboards:
            workspace.store.apply(load_dashboard, self._cache, dashboard)
        made = self.add(workspace, behind=behind)
        if behind:
            made.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        place(made.window, wish.place)
        made.start(dashboard, wish.tabs)
        made.window.show()
        made.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
        return made

    def _held(self) -> tuple[Workspace, ...]:
        return tuple(dict.fromkeys(each.workspace for each in self._all))

    def _let_go(self, window: OpenWindow) -> None:
        self._all.remove(window)
        window.let_go()
        if window.workspace not in self.workspaces:
            if self._boards is not None:
                self._boards.sources.remove(window.workspace)
            window.workspace.close()
        self._tell_company()
        self._noting.start()
        self.let_go.emit()

    def _tell_company(self) -> None:
        """Let each window know whether it is alone, and how to tell it from the others."""
        states = {one: one.store.state for one in self.workspaces if not one.is_sealed}
        places = [(state.account, state.project) for state in states.values()]
        names = whereabouts(places) if len(places) > 1 else [""] * len(places)
        named = dict(zip(states, names, strict=True))
        for each in self._all:
            each.desk.fresh = self.known.fresh if len(self._all) > 1 else alone
            each.window.set_where(named.get(each.workspace, ""))

    @Slot()
    def _restore_next(self) -> None:
        if all(each.is_closed for each in self._all):
            return  # the app ends: what is still to come comes back at the next start
        if self._to_come:
            self.open(self._to_come.pop(0), behind=True)
            QTimer.singleShot(0, self._restore_next)
        else:
            self._restoring = False
            self.front.window.raise_()
            self.front.window.activateWindow()

    @Slot(object)
    def _on_closed(self, _window: OpenWindow) -> None:
        QTimer.singleShot(0, self._drop_closed)

    @Slot()
    def _drop_closed(self) -> None:
        """Let closed windows go; those that went with the last one are to come back with it."""
        closed: Sequence[OpenWindow] = [each for each in self._all if each.is_closed]
        if len(closed) < len(self._all):
            for each in closed:
                self._let_go(each)

    @Slot(object)
    def _on_activated(self, window: OpenWindow) -> None:
        leaving = any(each.is_closed for each in self._all)  # then Qt chooses, not the person
        if window in self._all and not (leaving or self._restoring):
            self._all.remove(window)
            self._all.append(window)
            self._noting.start()

    @Slot()
    def _on_account_changed(self) -> None:
        self._tell_company()
        self._noting.start()

    @Slot(object, str)
    def _on_account_leaves(self, asker: OpenWindow, account_id: str) -> None:
        """Close the other windows of an account; the one that asked turns to what is left."""
        for each in self.all:
            if each is not asker and each.workspace.where[0] == account_id:
                each.window.close()
                self._let_go(each)

    @Slot(bool)
    def _on_sidebar(self, docked: bool) -> None:  # noqa: FBT001  a signal's argument
        self._preferences.change(replace, sidebar=docked)
