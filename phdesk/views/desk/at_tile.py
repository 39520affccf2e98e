"""Waits until a tile of a dashboard, which may have to be opened first, shows its number."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from phdesk.store.state import Changes, TileState
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages

NO_TILE = "The tile of this watch is no longer on its dashboard."
NO_NUMBER = "The tile has no number now: {}"


class AtTile(QObject):
    """One way to one tile; ends there, with a word, or when a person goes elsewhere meanwhile."""

    def __init__(
        self,
        desk: Desk,
        pages: Pages,
        place: tuple[int, int],  # dashboard, tile
        then: Callable[[int], None],
    ) -> None:
        super().__init__(desk)
        self._desk, self._then, self._over = desk, then, False
        self._dashboard, self._tile = place
        if desk.open_id != self._dashboard:
            pages.open_dashboard(self._dashboard)
        elif desk.window.page is not desk.window.screen_page:
            desk.window.show_dashboard_page()
        pages.turning.connect(self._end)
        desk.store.changed.connect(self._on_changed)
        self._try()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        self._try()

    @Slot()
    def _end(self) -> None:
        self._over = True
        self.deleteLater()

    def _try(self) -> None:
        """Go on where the tile has its own number; say so where it never will."""
        if self._over:
            return
        desk = self._desk
        board = desk.state.dashboards.get(self._dashboard)
        held = board.tiles.get(self._tile) if board is not None else None
        if desk.open_id != self._dashboard:
            self._end()
        elif held is not None and held.has_result and not held.is_other:
            self._end()
            desk.window.screen_page.grid.focus_tile(self._tile)
            self._then(self._tile)
        elif board is not None and not board.loading and not board.from_cache:
            self._give_up(held)

    def _give_up(self, held: TileState | None) -> None:
        if held is None:
            self._end()
            self._desk.window.notice.set_message(NO_TILE)
        elif held.failure is not None and not held.refreshing:
            self._end()
            self._desk.window.notice.set_message(NO_NUMBER.format(held.failure.message))
