"""Goes to a tile of a dashboard, which may have to be read first."""

from PySide6.QtCore import QObject, Slot

from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages


class Arriving(QObject):
    """One way to one tile; ends where it arrives, or when a person goes elsewhere meanwhile."""

    def __init__(self, desk: Desk, pages: Pages, dashboard: int, tile: int | None) -> None:
        super().__init__(desk)
        self._desk, self._dashboard, self._tile = desk, dashboard, tile
        if desk.open_id != dashboard:
            pages.open_dashboard(dashboard)
        elif desk.window.page is not desk.window.screen_page:
            desk.window.show_dashboard_page()
        pages.turning.connect(self._end)
        desk.store.changed.connect(self._on_changed)
        desk.window.screen_page.view_came.connect(self._on_view)
        self._try()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        self._try()

    @Slot(int)
    def _on_view(self, tile: int) -> None:
        if tile == self._tile:
            self._try()

    @Slot()
    def _end(self) -> None:
        self.deleteLater()

    def _try(self) -> None:
        screen = self._desk.window.screen_page
        if self._desk.open_id != self._dashboard or self._tile is None:
            self._end()
        elif self._tile in screen.views:
            screen.grid.focus_tile(self._tile)
            self._end()
