"""Back and forward through the dashboards and tiles that were looked at."""

from PySide6.QtCore import QObject, Slot

from phdesk.core.visits import Place, Visits, stepped, visited
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.tiles import Tiles


class History(QObject):
    """Notes what is opened, and opens it again; another account or project begins anew."""

    def __init__(self, desk: Desk, pages: Pages, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._pages, self._tiles = desk, pages, tiles
        self._owner = self._desk.where
        self._visits = Visits()
        if desk.open_id is not None:
            self._note(desk.open_id)
        pages.opened.connect(self._on_opened)
        tiles.shown.connect(self._on_shown)
        tiles.closed.connect(self._on_closed)
        desk.window.back_requested.connect(self.go_back)
        desk.window.forward_requested.connect(self.go_forward)

    @Slot()
    def go_back(self) -> None:
        """Show what was shown before."""
        self._step(-1)

    @Slot()
    def go_forward(self) -> None:
        """Show what was shown before going back."""
        self._step(1)

    def _step(self, by: int) -> None:
        there = stepped(self._current(), by)
        if there is None:
            return
        self._visits = there  # first: to arrive there is then no new visit
        place = there.places[there.at]
        if place.dashboard != self._desk.open_id:
            self._pages.open_dashboard(place.dashboard)
        if place.tile and place.tile in self._desk.window.screen_page.views:
            self._tiles.explore_requested.emit(place.tile)
        elif self._desk.window.page is self._tiles.explore:
            self._tiles.close()

    def _note(self, dashboard_id: int, tile_id: int = 0) -> None:
        self._visits = visited(self._current(), Place(dashboard_id, tile_id))

    def _current(self) -> Visits:
        """Give the visits of this account in this project; those of others are forgotten."""
        who = self._desk.where
        if who != self._owner:
            self._owner, self._visits = who, Visits()
        return self._visits

    @Slot(int)
    def _on_opened(self, dashboard_id: int) -> None:
        visits = self._current()
        here = visits.places[visits.at].dashboard if visits.places else None
        if here != dashboard_id:  # else it is opened for one of its tiles, or read anew
            self._note(dashboard_id)

    @Slot(int)
    def _on_shown(self, tile_id: int) -> None:
        if self._desk.open_id is not None:
            self._note(self._desk.open_id, tile_id)

    @Slot()
    def _on_closed(self) -> None:
        if self._desk.open_id is not None:
            self._note(self._desk.open_id)
