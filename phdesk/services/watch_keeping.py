"""Keeps watched tiles up to date whose dashboards nobody looks at, where a person wants that.

They are refreshed by the same clock as open dashboards and from the same share of the limits.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Slot

from phdesk.services.board_sources import Sources, Where
from phdesk.services.preferences import Preferences
from phdesk.services.watch_jobs import tile_of
from phdesk.services.watch_list import WatchList
from phdesk.store.state import Changes
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.dashboards import Dashboards  # imports httpx: not before the first paint

VIEWER = -1_000_000  # beyond the numbers of windows, walls and boards
Place = tuple[Where, int]  # account and project, dashboard


class _Kept(Struct, frozen=True, gc=False, eq=False):
    """A dashboard that is kept up to date, by whom, and which of its tiles."""

    dashboards: "Dashboards"
    tiles: frozenset[int]


class WatchKeeping(QObject):
    """Opens watched dashboards as a window does, for the tiles that are watched alone."""

    def __init__(
        self,
        listed: WatchList,
        sources: Sources,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        always: bool = False,
    ) -> None:
        super().__init__(parent)
        self._always = always  # it is what this phdesk runs for
        self._list, self._sources, self._preferences = listed, sources, preferences
        self._kept: dict[Place, _Kept] = {}
        self._heard: set[Store] = set()
        for changed in (listed.changed, sources.changed, preferences.changed):
            changed.connect(self._sync)

    def start(self) -> None:
        """Keep what is watched up to date from now on."""
        self._sync()

    @Slot()
    def _sync(self) -> None:
        wanted = self._wanted()
        for place, held in list(self._kept.items()):
            other = wanted.get(place)
            is_same = other is not None and other.dashboards is held.dashboards
            if other is None or not is_same or other.tiles != held.tiles:
                del self._kept[place]
                held.dashboards.close(place[1], VIEWER)
                if all(one.dashboards is not held.dashboards for one in self._kept.values()):
                    held.dashboards.leave(VIEWER)
        for place, new in wanted.items():
            if place not in self._kept:
                self._kept[place] = new
                new.dashboards.set_hidden(hidden=False, viewer=VIEWER)
                new.dashboards.open(place[1], (), VIEWER, only=new.tiles)

    def _wanted(self) -> Mapping[Place, _Kept]:
        if not (self._always or self._preferences.settings.watch_unopened):
            return {}
        watches = [one for one in self._list.watches if one.enabled]
        supplies = {where: self._sources.supply(where) for where in {one.source for one in watches}}
        self._hear({supply.store for supply in supplies.values() if supply is not None})
        tiles: dict[Place, set[int]] = {}
        for one in watches:
            supply = supplies[one.source]
            board = supply.store.state.dashboards.get(one.dashboard) if supply is not None else None
            tile = tile_of(one, board) if board is not None else one.tile
            tiles.setdefault((one.source, one.dashboard), set()).add(tile)
        return {
            place: _Kept(supply.dashboards, frozenset(numbers))
            for place, numbers in tiles.items()
            if (supply := supplies[place[0]]) is not None and supply.dashboards is not None
        }

    def _hear(self, stores: set[Store]) -> None:
        """Hear of dashboards that change: a tile that is put on one anew has another number."""
        for store in self._heard - stores:
            with suppress(RuntimeError):  # it went with its window
                store.changed.disconnect(self._on_changed)
        for store in stores - self._heard:
            store.changed.connect(self._on_changed)
        self._heard = stores

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if any(dashboard in changes.dashboards for _, dashboard in self._kept):
            self._sync()
