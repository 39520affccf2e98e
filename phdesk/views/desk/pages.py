"""Which page the window shows: a dashboard, or the reason why there is none."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from phdesk.core.listing import title_of
from phdesk.models.dashboard import DashboardRow
from phdesk.services.settings import opened, starred
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.page_words import PageWords, list_note, page_words

MINUTE = 60_000  # ms


class Pages(QObject):
    """Brings what the store says onto the screen, and wishes about dashboards to the network."""

    opened = Signal(int)  # dashboard id
    turning = Signal()  # another page or account is about to be shown

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._held = False
        self._owner = desk.where
        self._scrolled: dict[int, int] = {}  # px, by dashboard, when it was left
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._connect()

    def start(self, dashboard_id: int | None) -> None:
        """Show the first page from what the store holds already."""
        self._clock.start()
        self.show_sidebar()
        if dashboard_id is not None:
            self.open_dashboard(dashboard_id)
        else:
            self.show_open()

    @Slot(int)
    def open_dashboard(self, dashboard_id: int) -> None:
        """Show a dashboard: at once what is known, then what the server says."""
        self.turning.emit()
        desk, before = self._desk, self._desk.open_id
        bar = self._window.screen_page.grid.verticalScrollBar()
        if before is not None:
            self._scrolled[before] = bar.value()
        desk.open_id = dashboard_id
        self._window.sidebar.set_current(dashboard_id)
        if before != dashboard_id:
            self._window.notice.leave_page()
            if before is not None:
                self._leave(before)
        self._read(dashboard_id)
        if not self._is_ours():
            self._window.show_empty_page()
        self.show_open()
        if before != dashboard_id:
            bar.setValue(self._scrolled.get(dashboard_id, 0))
        if not self._has_keyboard():
            self._window.focus_page()
        self.opened.emit(dashboard_id)

    def show_nothing(self) -> None:
        """Show that nothing is open."""
        self.turning.emit()
        if self._desk.open_id is not None:
            self._leave(self._desk.open_id)
            self._window.notice.leave_page()
        self._desk.open_id = None
        self._window.sidebar.set_current(None)
        self._window.show_empty_page()
        self.show_open()

    def set_held(self, *, on: bool) -> None:
        """Leave what is on screen as it is, whatever the store says, or no longer."""
        self._held = on

    @Slot()
    def show_open(self) -> None:
        """Show the open dashboard, or why it cannot be shown."""
        if self._held:
            return
        self._turn()  # the store may not have told it yet
        open_id = self._desk.open_id
        if open_id is not None and open_id < 0 and self._desk.feed is not None:
            self._desk.feed.fill()  # another account's state knows nothing of it yet
        state = self._desk.state
        if open_id is None:
            self._leave_board()
        words = page_words(state, open_id)
        if words is not None:
            self._show_words(words)
        elif open_id is not None:
            self._show_board(open_id)

    @Slot()
    def show_sidebar(self) -> None:
        """Bring project, list and favourites up to date."""
        state, settings = self._desk.state, self._desk.preferences.settings
        sidebar = self._window.sidebar
        sidebar.set_account(state.account, state.project)
        account = state.account.id if state.account else ""
        recent = [one.dashboard for one in settings.recent.get(account, ())]
        sidebar.set_favourites(settings.favourites.get(account, ()), recent)
        boards = (DashboardRow(id=one.page, name=one.name) for one in self._desk.boards)
        sidebar.set_rows((*boards, *state.rows.items))
        sidebar.set_current(self._desk.open_id)
        sidebar.set_note(list_note(state))

    def _connect(self) -> None:
        window, screen = self._window, self._window.screen_page
        self._desk.store.changed.connect(self._on_changed)
        self._desk.preferences.changed.connect(self.show_sidebar)
        self._desk.boards_changed.connect(self.show_sidebar)
        self._clock.timeout.connect(self._on_minute)
        window.sidebar.dashboard_requested.connect(self._on_chosen)
        window.sidebar.favourite_toggled.connect(self._on_favourite)
        window.refresh_requested.connect(self._on_refresh)
        window.empty_page.action_requested.connect(self._on_try_again)
        screen.refresh_requested.connect(self._on_refresh)
        screen.tile_refresh_requested.connect(self._on_tile_refresh)
        screen.grid.visible_changed.connect(self._on_visible)

    @Slot(int)
    def _on_chosen(self, dashboard_id: int) -> None:
        self.open_dashboard(dashboard_id)
        self._window.focus_page()

    def _has_keyboard(self) -> bool:
        """Tell whether a person is in the search or on a tile, and not to be moved away."""
        focused = QApplication.focusWidget()
        parts = (self._window.sidebar, self._window.screen_page)
        return focused is not None and any(part.isAncestorOf(focused) for part in parts)

    def _is_ours(self) -> bool:
        return self._window.page in (self._window.empty_page, self._window.screen_page)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self._turn(anew=changes.session)
        if changes.account or changes.rows or changes.offline:
            self.show_sidebar()
        if self._held:
            return
        open_id = self._desk.open_id
        if changes.account or open_id is None:
            if self._is_ours():
                self._open_first()
        elif changes.around:  # any chart may look different
            self.show_open()
        elif changes.offline or open_id in _touched(changes):
            self._update_open(open_id, changes)

    def _turn(self, *, anew: bool = False) -> None:
        """Forget what is on screen if it is another account's or project's."""
        if anew:
            self.turning.emit()
        if self._desk.where != self._owner:
            self._owner = self._desk.where
            self._window.notice.leave_page()
            self._window.screen_page.forget()

    def _open_first(self) -> None:
        """Show what is open; with nothing open yet, the project's own first dashboard."""
        project, rows = self._desk.state.project, self._desk.state.rows
        first = project.primary_dashboard if project is not None else None
        gone = rows.fetched_at is not None and first not in {row.id for row in rows.items}
        here = self._desk.open_id is None and self._desk.online is not None
        if here and first is not None and not gone:
            self.open_dashboard(first)
        else:
            self.show_open()

    def _update_open(self, open_id: int, changes: Changes) -> None:
        state = self._desk.state
        board = state.dashboards.get(open_id)
        worded = page_words(state, open_id) is not None
        if board is None or worded or self._window.page is self._window.empty_page:
            self.show_open()
        else:
            self._window.set_heading(title_of(board.dashboard.row))
            screen = self._window.screen_page
            screen.set_overlay(state.overlays.get(open_id))
            screen.update_dashboard(board, state.offline, changes, self._desk.now())

    def _leave(self, page: int) -> None:
        """Give up what is asked for a page that is shown no more."""
        desk = self._desk
        if page < 0 and desk.feed is not None:
            desk.feed.close()
        elif page > 0 and desk.online is not None:
            desk.online.dashboards.close(page, desk.viewer)

    def _leave_board(self) -> None:
        """Keep no board up to date that is not shown; who turns to another account leaves none."""
        if self._desk.feed is not None:
            self._desk.feed.close()

    def _read(self, page: int) -> None:
        """Ask for what a page shows."""
        desk = self._desk
        if page > 0:
            self._leave_board()
        if page > 0 and desk.online is not None:
            desk.online.open_dashboard(page, viewer=desk.viewer)
        elif page < 0 and desk.feed is not None:
            account = desk.state.account
            if account in desk.preferences.accounts and account is not None:
                desk.preferences.change(opened, account.id, page, desk.now())
            desk.feed.open(page)

    def _show_board(self, page: int) -> None:
        state, screen = self._desk.state, self._window.screen_page
        board = state.dashboards[page]
        self._window.set_heading(title_of(board.dashboard.row))
        screen.set_overlay(state.overlays.get(page))
        screen.show_dashboard(board, state.project, state.offline, self._desk.now(), state.around)
        if self._is_ours():
            self._window.show_dashboard_page()

    def _show_words(self, words: PageWords) -> None:
        """Show words in the place of a dashboard."""
        self._window.set_heading(words.heading)
        page = self._window.empty_page
        page.set_message(words.what, words.remedy, words.action, words.icon)
        if self._is_ours():
            self._window.show_empty_page()

    @Slot(int)
    def _on_favourite(self, dashboard_id: int) -> None:
        account = self._desk.state.account
        if account is not None:
            known = self._desk.preferences.settings.favourites.get(account.id, ())
            star = dashboard_id not in known
            self._desk.preferences.change(starred, account.id, dashboard_id, on=star)

    @Slot(bool)
    def _on_refresh(self, force: bool) -> None:  # noqa: FBT001  a signal's argument
        desk = self._desk
        if not self._may_refresh:
            return
        if desk.dashboard_id is None and desk.feed is not None:
            desk.feed.refresh(force=force)
        elif desk.online is not None and desk.dashboard_id is not None:
            desk.online.refresh(desk.dashboard_id, force=force)

    @Slot(int)
    def _on_tile_refresh(self, tile_id: int) -> None:
        desk = self._desk
        if not self._may_refresh:
            return
        if desk.dashboard_id is None and desk.feed is not None:
            desk.feed.refresh(force=True, tile_ids=[tile_id])
        elif desk.online is not None and desk.dashboard_id is not None:
            desk.online.refresh(desk.dashboard_id, force=True, tile_ids=[tile_id])

    @property
    def _may_refresh(self) -> bool:
        return self._window.screen_page.reading is None

    @Slot()
    def _on_try_again(self) -> None:
        online = self._desk.online
        if online is None:
            return
        if self._desk.open_id is not None:
            self._read(self._desk.open_id)
        else:
            online.list_dashboards()

    @Slot()
    def _on_visible(self) -> None:
        desk, visible = self._desk, self._window.screen_page.grid.visible_ids()
        if desk.dashboard_id is None and desk.feed is not None:
            desk.feed.show_first(visible)
        elif desk.online is not None and desk.dashboard_id is not None:
            desk.online.dashboards.show_first(desk.dashboard_id, visible, desk.viewer)

    @Slot()
    def _on_minute(self) -> None:
        self._window.screen_page.set_now(self._desk.now())


def _touched(changes: Changes) -> frozenset[int]:
    boards = frozenset(board for board, _ in changes.tiles)
    return changes.dashboards | changes.headers | boards
