"""Show what is kept of dashboards: small ones at once, of large ones tile by tile in the worker."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.errands import Worker
from phdesk.services.library import load_dashboard, load_frame, place_of
from phdesk.store.cache import Cache
from phdesk.store.coming import with_kept
from phdesk.store.documents import unpack_insight
from phdesk.store.state import DashboardState
from phdesk.store.store import Store

LARGE = 1_000_000  # bytes on disk; less is read within the time of a frame


class _Reading(Struct, eq=False):
    """A dashboard that is being read, and what is left of it in reading order."""

    where: tuple[str, int, int]
    left: list[int]


class KeptReading(QObject):
    """Reads on while a dashboard is closed: it takes a moment, and what is half read is nothing."""

    ended = Signal(int)  # dashboard id

    def __init__(
        self,
        store: Store,
        cache: Cache,
        background: Worker,
        visible: Callable[[int], Sequence[int]],
        parent: QObject | None = None,
    ) -> None:
        """`visible` names the tiles of a dashboard that are on screen, in reading order."""
        super().__init__(parent)
        self._store, self._cache, self._background = store, cache, background
        self._visible = visible
        self._readings: dict[int, _Reading] = {}

    def open(self, dashboard_id: int) -> None:
        """Show a dashboard that is not known yet, if anything is kept of it."""
        place = place_of(self._store.state)
        sizes = self._cache.sizes(*place, dashboard_id) if place is not None else {}
        if place is None or sum(sizes.values()) < LARGE:
            self._store.apply(load_dashboard, self._cache, dashboard_id)
            return
        self._store.apply(load_frame, self._cache, dashboard_id, frozenset(sizes))
        board = self._store.state.dashboards.get(dashboard_id)
        if board is not None:
            left = [one for one in _in_order(board) if board.tiles[one].coming]
            self._readings[dashboard_id] = _Reading((*place, dashboard_id), left)
            self._read_on(dashboard_id, self._readings[dashboard_id])

    def is_reading(self, dashboard_id: int) -> bool:
        """Say whether there is more to come of a dashboard of the account that is shown."""
        reading = self._readings.get(dashboard_id)
        return reading is not None and self._is_wanted(reading)

    def _is_wanted(self, reading: _Reading) -> bool:
        state = self._store.state
        *place, dashboard_id = reading.where
        return place_of(state) == tuple(place) and dashboard_id in state.dashboards

    def _read_on(self, dashboard_id: int, reading: _Reading) -> None:
        if self._readings.get(dashboard_id) is not reading:
            return  # it was opened anew meanwhile
        if not reading.left or not self._is_wanted(reading):
            del self._readings[dashboard_id]
            self.ended.emit(dashboard_id)
            return
        seen = set(self._visible(dashboard_id))
        tile_id = next((one for one in reading.left if one in seen), reading.left[0])
        reading.left.remove(tile_id)
        self._background.submit(
            partial(_read, self._cache, reading.where, tile_id),
            done=partial(self._came, reading, tile_id),
            failed=partial(self._failed, reading),
            tag=f"kept tile {tile_id}",
        )

    def _came(self, reading: _Reading, tile_id: int, answer: Insight | None) -> None:
        dashboard_id = reading.where[-1]
        board = self._store.state.dashboards.get(dashboard_id)
        current = self._readings.get(dashboard_id) is reading and self._is_wanted(reading)
        if current and board is not None and board.fetched_at is not None:
            where = dashboard_id, tile_id
            self._store.apply(with_kept, where, answer, now=board.fetched_at)
        self._read_on(dashboard_id, reading)

    def _failed(self, reading: _Reading, _failure: Failure) -> None:
        """Read the rest here, because the worker does not."""
        dashboard_id = reading.where[-1]
        if self._readings.get(dashboard_id) is not reading:
            return
        reading.left.clear()
        if self._is_wanted(reading):
            self._store.apply(load_dashboard, self._cache, dashboard_id)
        self._read_on(dashboard_id, reading)


async def _read(cache: Cache, where: tuple[str, int, int], tile_id: int) -> Insight | None:
    found = cache.load_tile(*where, tile_id)
    return unpack_insight(found.data) if found is not None else None


def _in_order(board: DashboardState) -> Iterable[int]:
    boxes = {one: held.tile.sm for one, held in board.tiles.items()}
    corners = {one: (box.y or 0, box.x or 0) if box else (0, 0) for one, box in boxes.items()}
    return sorted(corners, key=lambda one: corners[one])
