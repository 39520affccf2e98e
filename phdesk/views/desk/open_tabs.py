"""Several dashboards open in one window, in tabs."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction

from phdesk.core import tabs as step
from phdesk.core.listing import title_of
from phdesk.core.tabs import Tabs
from phdesk.services.settings import KeptWindow, tabbed
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.placing import beside
from phdesk.views.tab_bar import TabBar
from phdesk.views.theme import Theme

NUMBERED = 9  # tabs with a key of their own


class OpenTabs(QObject):
    """Keeps the tabs of an account's project; only the one shown is kept up to date."""

    def __init__(self, desk: Desk, pages: Pages, kept: Sequence[int] | None = None) -> None:
        super().__init__(desk)
        self._desk, self._pages = desk, pages
        self._owner = self._desk.where
        self._tabs = Tabs()
        self._bar = TabBar(desk.theme)
        desk.window.set_tab_bar(self._bar)
        self._numbers: list[QAction] = []
        self._add_actions()
        self._bar.tab_requested.connect(self._on_place)
        self._bar.close_requested.connect(self.close)
        self._bar.others_close_requested.connect(self._on_others)
        self._bar.move_requested.connect(self._on_moved)
        self._bar.window_requested.connect(self.tear)
        pages.opened.connect(self._on_opened)
        desk.window.sidebar.aside_requested.connect(self.open_beside)
        desk.store.changed.connect(self._on_changed)
        desk.boards_changed.connect(self._on_boards)
        desk.theme_changed.connect(self._on_theme)
        self._recall(kept)

    @property
    def tabs(self) -> Tabs:
        """Give what is open now."""
        return self._current()

    @Slot(int)
    def open_beside(self, dashboard_id: int) -> None:
        """Open a dashboard in a tab of its own."""
        self._desk.window.focus_page()  # first: a list that has the keyboard keeps its own row
        self._take(step.beside(self._current(), dashboard_id))
        self._pages.open_dashboard(dashboard_id)

    @Slot(int)
    def close(self, place: int) -> None:
        """Close a tab, unless it is the last."""
        self._show(step.without(self._current(), place))

    @Slot(int, object)
    def tear(self, place: int, where: QPoint | None = None) -> None:
        """Move a tab, unless it is the only one, into a window of its own."""
        tabs, desk = self._current(), self._desk
        if len(tabs.ids) < 2 or not 0 <= place < len(tabs.ids):
            return
        account, project = self._owner
        spot = beside(desk.window, where)
        wish = KeptWindow(account=account, project=project, dashboard=tabs.ids[place], place=spot)
        self.close(place)
        desk.window_requested.emit(wish)

    @Slot()
    def tear_shown(self) -> None:
        """Move the tab that is shown into a window of its own."""
        self.tear(self._current().at)

    @Slot()
    def close_shown(self) -> None:
        """Close the tab that is shown."""
        self.close(self._current().at)

    @Slot()
    def show_next(self) -> None:
        """Turn to the tab at the right."""
        self._show(step.stepped(self._current(), 1))

    @Slot()
    def show_previous(self) -> None:
        """Turn to the tab at the left."""
        self._show(step.stepped(self._current(), -1))

    def _show(self, tabs: Tabs) -> None:
        """Go over to these tabs, and open the dashboard that is shown in them."""
        self._take(tabs)
        if tabs.shown is not None and tabs.shown != self._desk.open_id:
            self._pages.open_dashboard(tabs.shown)

    def _take(self, tabs: Tabs) -> None:
        self._tabs = tabs
        account = self._desk.state.account
        if account is not None:
            ids = tabs.ids if len(tabs.ids) > 1 else ()
            self._desk.preferences.change(tabbed, account.id, ids)
        self._show_names()

    def _show_names(self) -> None:
        state = self._desk.state
        names = {row.id: title_of(row) for row in state.rows.items}
        held = {key: title_of(board.dashboard.row) for key, board in state.dashboards.items()}
        own = {one.page: one.name for one in self._desk.boards}
        known = {**names, **held, **own}
        words = [known.get(one, f"Dashboard {one}") for one in self._tabs.ids]
        self._bar.set_tabs(words, self._tabs.at)

    def _current(self) -> Tabs:
        """Give the tabs of this account's project; those of another one are gone."""
        who = self._desk.where
        if who != self._owner:
            self._owner, self._tabs = who, Tabs()
        return self._tabs

    def _recall(self, kept: Sequence[int] | None) -> None:
        """Bring back tabs, those of the last run if none are given, around what is open now."""
        open_id, account = self._desk.open_id, self._desk.state.account
        if kept is None:
            kept = self._desk.preferences.settings.tabs.get(account.id, ()) if account else ()
        ids = tuple(dict.fromkeys(kept))[: step.MOST]
        self._tabs = Tabs(ids, ids.index(open_id)) if open_id in ids else Tabs()
        if open_id is not None:
            self._tabs = step.turned(self._tabs, open_id)
        self._show_names()

    def _add_actions(self) -> None:
        window = self._desk.window
        window.add_action("Next tab", "Ctrl+Tab", self.show_next, "Ctrl+PgDown")
        window.add_action("Previous tab", "Ctrl+Shift+Tab", self.show_previous, "Ctrl+PgUp")
        window.add_action("Close the tab", "Ctrl+W", self.close_shown)
        window.add_action("Move the tab to a new window", "Ctrl+Shift+M", self.tear_shown)
        for number in range(1, NUMBERED + 1):
            action = window.add_action(f"Tab {number}", f"Ctrl+{number}", self._on_number)
            self._numbers.append(action)

    @Slot()
    def _on_number(self) -> None:
        tabs = self._current()
        for place, action in enumerate(self._numbers[: len(tabs.ids)]):
            if action is self.sender():
                self._show(Tabs(tabs.ids, place))

    @Slot(int)
    def _on_place(self, place: int) -> None:
        tabs = self._current()
        if 0 <= place < len(tabs.ids):
            self._show(Tabs(tabs.ids, place))

    @Slot(int)
    def _on_others(self, place: int) -> None:
        tabs = self._current()
        if 0 <= place < len(tabs.ids):
            self._show(Tabs((tabs.ids[place],), 0))

    @Slot(int, int)
    def _on_moved(self, place: int, to: int) -> None:
        self._take(step.moved(self._current(), place, to))

    @Slot(int)
    def _on_opened(self, dashboard_id: int) -> None:
        self._take(step.turned(self._current(), dashboard_id))

    @Slot()
    def _on_boards(self) -> None:
        """Close the tabs of boards that were deleted; the one that is shown says so itself."""
        there = {one.page for one in self._desk.boards}
        for page in [one for one in self._tabs.ids if one < 0 and one not in there]:
            if page != self._desk.open_id:
                self._take(step.without(self._tabs, self._tabs.ids.index(page)))
        self._show_names()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self._current()
        if changes.account or changes.rows or changes.dashboards:
            self._show_names()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._bar.set_theme(theme)
