"""What can be done with a tile: open it large or in PostHog, read the details of a failure."""

from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # makes QMessageBox when it is first named, not before it is shown
from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.core.ages import tile_age
from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.models.account import Project
from phdesk.store.overrides import effective_of
from phdesk.store.state import Changes, Origin, TileState
from phdesk.views.addresses import dashboard_address, insight_address, safe_address
from phdesk.views.dashboard.presenting import before_words
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.desk.desk import Desk
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.explore.explore import Explore  # imports pyqtgraph: on first use only


class Tiles(QObject):
    """Answers the wishes that come from tiles."""

    explore_requested = Signal(int)  # tile id: whoever makes the explore view answers `show`
    shown = Signal(int)  # tile id
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._explore: Explore | None = None
        self._explored = 0
        self._alone: TileView | None = None  # an insight that is shown without a dashboard
        screen = desk.window.screen_page
        screen.open_tile_requested.connect(self.explore_requested)
        screen.browser_requested.connect(self._on_browser)
        screen.link_requested.connect(self._on_link)
        screen.details_requested.connect(self._on_details)
        screen.view_came.connect(self._on_view)
        desk.store.changed.connect(self._on_changed)
        desk.theme_changed.connect(self._on_theme)

    def show_alone(self, view: TileView) -> None:
        """Open an insight large that is no tile of the open dashboard."""
        self._alone = view
        self.explore_requested.emit(0)

    def show(self, explore: "Explore", tile_id: int) -> None:
        """Open a tile large in this view; 0 is the insight that was given alone."""
        if self._explore is not explore:
            explore.close_requested.connect(self.close)
            explore.open_in_browser_requested.connect(self._on_insight)
            self._explore = explore
        if self._view_of(tile_id) is None:
            return
        self._explored = tile_id
        self._fill()
        self._window.show_page(explore, sidebar="over")
        if tile_id:
            self.shown.emit(tile_id)

    @Slot()
    def close(self) -> None:
        """Go back to the dashboard, with the keyboard on the tile that was open."""
        if self._desk.open_id in self._desk.state.dashboards:
            self._window.show_dashboard_page()
        else:
            self._window.show_empty_page()
        self._window.screen_page.grid.focus_tile(self._explored)
        self.closed.emit()

    @property
    def explored(self) -> int:
        """Give the tile that is open large; 0 when none is."""
        is_shown = self._explore is not None and self._window.page is self._explore
        return self._explored if is_shown else 0

    @property
    def in_use(self) -> int:
        """Give the tile that is open large, or has the keyboard; 0 when none is."""
        focused = self._window.focusWidget()  # also while the palette has the keyboard
        has_keyboard = focused.tile_id if isinstance(focused, TileWidget) else 0
        return self.explored or has_keyboard

    @property
    def explore(self) -> "Explore | None":
        """Give the explore view, once there is one."""
        return self._explore

    def _view_of(self, tile_id: int) -> TileView | None:
        return self._window.screen_page.views.get(tile_id) if tile_id else self._alone

    def _fill(self) -> None:
        view = self._view_of(self._explored)
        if self._explore is None or view is None:
            return
        self._explore.set_view(view)
        self._explore.set_age(self._age(view))

    def _age(self, view: TileView) -> str:
        """Say how old a tile's numbers are, or that they are those of the filters before."""
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        held = self._window.screen_page.held(self._explored)
        if board is not None and held is not None and held.is_other:
            return before_words(view, effective_of(board))
        age = tile_age(view.computed_at, self._desk.now())
        said = held.origin.said if held is not None and held.origin is not None else ""
        reading = self._window.screen_page.reading
        past = "The past" if reading is not None and reading.reads == "past" else ""
        return " · ".join(part for part in (past, said, age) if part)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        shown = self._explore is not None and self._window.page is self._explore
        mine = self._explored in changes.tiles_of(self._desk.open_id or 0)
        if shown and (mine or changes.around):
            self._fill()

    @Slot(int)
    def _on_view(self, tile_id: int) -> None:
        if tile_id == self.explored:
            self._fill()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        if self._explore is not None:
            self._explore.set_theme(theme)

    def _home(self, tile_id: int) -> tuple[str, Project | None, int]:
        """Give host, project and dashboard of a tile: on a board its own, else those open."""
        state, open_id = self._desk.state, self._desk.open_id or 0
        board = state.dashboards.get(open_id)
        held = board.tiles.get(tile_id) if board is not None else None
        if held is not None and held.origin is not None:
            there = held.origin
            host = there.account.host if there.account is not None else ""
            return host, there.project, there.dashboard
        return self._desk.host, state.project, open_id

    @Slot(int)
    def _on_browser(self, tile_id: int) -> None:
        host, project, dashboard = self._home(tile_id)
        if not host or project is None or dashboard <= 0:
            return
        short_id = self._window.screen_page.views[tile_id].short_id if tile_id else ""
        if short_id:
            self._desk.browse(insight_address(host, project.id, short_id))
        else:  # cards and widgets have no page of their own
            self._desk.browse(dashboard_address(host, project.id, dashboard))

    @Slot(str)
    def _on_insight(self, short_id: str) -> None:
        host, project, _ = self._home(self._explored)
        if host and project is not None and short_id:
            self._desk.browse(insight_address(host, project.id, short_id))

    @Slot(int, str)
    def _on_link(self, tile_id: int, link: str) -> None:
        url = safe_address(link, self._home(tile_id)[0])
        if url:
            self._desk.browse(url)

    @Slot(int)
    def _on_details(self, tile_id: int) -> None:
        held = self._window.screen_page.held(tile_id)
        view = self._window.screen_page.views.get(tile_id)
        if held is None or view is None:
            return
        box = QtWidgets.QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)  # what came from the data is no HTML
        box.setWindowTitle(view.title)
        box.setText(view.summary)
        lines = [*_facts(held), *([view.body.detail] if isinstance(view.body, NoticeBody) else [])]
        box.setInformativeText("\n".join(line for line in lines if line))
        box.open()


def _facts(held: TileState) -> list[str]:
    facts = [*_origin_facts(held.origin)] if held.origin is not None else []
    if held.computed_at is not None:
        facts.append(f"Calculated: {held.computed_at:%Y-%m-%d %H:%M:%S} UTC")
    insight = held.insight
    if insight is not None and insight.cache_target_age is not None:
        facts.append(f"Counts as fresh until: {insight.cache_target_age:%Y-%m-%d %H:%M:%S} UTC")
    if held.failure is not None:
        facts.append(f"Newest refresh: {held.failure.message}")
        facts.append(held.failure.detail)
    if held.failed_since is not None:
        facts.append(f"Failing since: {held.failed_since:%Y-%m-%d %H:%M:%S} UTC")
    return facts


def _origin_facts(origin: Origin) -> list[str]:
    account, project = origin.account, origin.project
    who = account.email or account.name or account.id if account is not None else "signed out"
    region = account.region if account is not None else ""
    facts = [
        f"Dashboard: {origin.dashboard_name or origin.dashboard}",
        f"Project: {project.name or project.id}",
    ]
    if who or region:  # of a snapshot nobody's is known
        facts.append(f"Account: {' · '.join(part for part in (who, region) if part)}")
    return [*facts, f"Not refreshed: {origin.away.message}"] if origin.away is not None else facts
