"""Shows on the tiles of the open page how the person's watches of them stand."""

from PySide6.QtCore import QObject, Slot

from phdesk.core.watching.framing import known_at
from phdesk.models.watch import Watch
from phdesk.services.watch_room import WatchRoom
from phdesk.store.state import Changes, DashboardState
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages


class WatchMarks(QObject):
    """Made after the first paint."""

    def __init__(self, desk: Desk, pages: Pages, room: WatchRoom) -> None:
        super().__init__(desk)
        self._desk, self._window, self._room = desk, desk.window, room
        room.watches.changed.connect(self._show)
        pages.opened.connect(self._on_opened)
        desk.store.changed.connect(self._on_changed)
        self._show()

    @Slot(int)
    def _on_opened(self, _dashboard_id: int) -> None:
        self._show()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account or self._desk.open_id in changes.dashboards:
            self._show()

    @Slot()
    def _show(self) -> None:
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        reads_past = self._window.screen_page.reading is not None
        known = self._by_place() if board is not None and not reads_past else {}
        state_of, now = self._room.watches.state_of, self._desk.now()
        for tile_id, tile in self._window.screen_page.grid.tiles.items():
            mine = known.get(self._place(board, tile_id), ()) if board is not None else ()
            tile.set_watches(tuple(known_at(one, state_of(one), now) for one in mine))

    def _by_place(self) -> dict[tuple[str, int, int, int], list[Watch]]:
        found: dict[tuple[str, int, int, int], list[Watch]] = {}
        for one in self._room.list.watches:
            place = one.account, one.project, one.dashboard, one.tile
            found.setdefault(place, []).append(one)
        return found

    def _place(self, board: DashboardState, tile_id: int) -> tuple[str, int, int, int]:
        held = board.tiles.get(tile_id)
        origin = held.origin if held is not None else None
        if origin is None:
            account, project = self._desk.where
            return account, project, board.dashboard.row.id, tile_id
        account = origin.account.id if origin.account is not None else ""
        return account, origin.project.id, origin.dashboard, origin.tile
