"""Fills the page of a board: opens what its tiles come from, and joins what is known of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.filters import AS_SAVED
from phdesk.core.listing import title_of
from phdesk.models.board import Board
from phdesk.models.insight import Insight
from phdesk.services.board_sources import Sources, Supply, Where
from phdesk.services.boards import Shelf
from phdesk.services.library import load_dashboard
from phdesk.store.boards import NOWHERE, Source, board_state, with_page
from phdesk.store.cache import Cache
from phdesk.store.changes import without_dashboard
from phdesk.store.documents import unpack_tiles
from phdesk.store.state import Changes, DashboardState
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.looks import BoardLooks  # imports httpx: never before the first paint

FILTERED = "Not refreshed while they have temporary filters, which a board does not show: {}."
Place = tuple[Where, int]  # account and project, dashboard


class _Opened(Struct, frozen=True, gc=False, eq=False):
    """A dashboard that is kept up to date for a board, by whom, and which of its tiles."""

    supply: Supply
    tiles: frozenset[int]

    def is_as(self, other: "_Opened | None") -> bool:
        """Tell whether the same is kept up to date in the same place."""
        return (
            other is not None
            and self.supply.store is other.supply.store
            and self.supply.dashboards is other.supply.dashboards
            and self.tiles == other.tiles
        )


class Feed(QObject):
    """Serves one window, which shows one board at a time, in the window's own store."""

    opened = Signal(int)  # page: this window shows it now, and the look is noted
    was_read = Signal(int)  # page: a server said something newer of it
    left = Signal(int)  # page
    held_back = Signal(str)  # a sentence: which tiles are not refreshed, and why

    def __init__(
        self,
        shelf: Shelf,
        sources: Sources,
        store: Store,
        cache: Cache,
        *,
        viewer: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf, self._sources, self._store, self._cache = shelf, sources, store, cache
        self._viewer = -1 - viewer  # the window itself may look at the same dashboard
        self._page: int | None = None
        self._opened: dict[Place, _Opened] = {}
        self._heard: list[Store] = []
        self._kept: dict[Place, Mapping[int, Insight]] = {}  # results under a dashboard's own
        self._hidden = self._watched = False
        shelf.changed.connect(self._renew)
        sources.changed.connect(self._renew)

    @property
    def board(self) -> Board | None:
        """Give the board that is open."""
        return self._shelf.board(self._page) if self._page is not None else None

    def open(self, page: int) -> None:
        """Keep a board's tiles up to date, and show what is known of them at once."""
        is_new = page != self._page
        if is_new:
            self.close()
        self._page = page
        self._renew()
        if is_new and self.is_watched:
            self.opened.emit(page)

    def watch(self) -> None:
        """Tell from now on which board is opened, read and left, and which one is open already."""
        self._watched = True
        if self._page is not None:
            self.opened.emit(self._page)

    @Slot(object)
    def set_looks(self, looks: "BoardLooks") -> None:
        """Let it be noted when a person looks."""
        looks.follow(self)

    @property
    def is_watched(self) -> bool:
        """Tell whether a board is open, and somebody notes that it is looked at."""
        return self._watched and self._page is not None

    def close(self) -> None:
        """Give up all work for the open board."""
        self._kept.clear()
        self._leave()

    def _leave(self) -> None:
        page, self._page = self._page, None
        self._sync()
        if page is not None and self._watched:
            self.left.emit(page)

    def fill(self) -> None:
        """Put the open board's page into the store, as far as it is known."""
        board = self.board
        if board is None:
            return
        shown, page = self._shown, board_state(board, self._known(board))
        self._store.apply(with_page, page)
        before = shown.fetched_at if shown is not None else None
        if self._watched and page.fetched_at is not None and page.fetched_at != before:
            self.was_read.emit(board.page)

    def refresh(self, *, force: bool = False, tile_ids: Sequence[int] | None = None) -> None:
        """Refresh stale tiles, with `force` all, or the tiles of the board that are named.

        Dashboards under temporary filters are left alone: they would be asked under these, and
        the board shows none of it. `held_back` says so.
        """
        page = self._shown
        if page is None:
            return
        held_back: list[str] = []
        wanted = page.tiles.keys() if tile_ids is None else tile_ids
        for place, tiles in self._by_place(page, wanted).items():
            opened = self._opened.get(place)
            if opened is None or opened.supply.dashboards is None:
                continue
            source = opened.supply.store.state.dashboards.get(place[1])
            if source is not None and source.override is not None:
                held_back.append(title_of(source.dashboard.row))
                continue
            named = tiles if force or tile_ids is not None else None
            opened.supply.dashboards.refresh(place[1], force=force, tile_ids=named)
        if held_back:
            self.held_back.emit(FILTERED.format(", ".join(held_back)))

    def show_first(self, visible: Sequence[int]) -> None:
        """Note which tiles of the board are on screen: they are refreshed first."""
        page = self._shown
        for place, tiles in self._by_place(page, visible).items() if page is not None else ():
            opened = self._opened.get(place)
            if opened is not None and opened.supply.dashboards is not None:
                opened.supply.dashboards.show_first(place[1], tiles, self._viewer)

    def set_hidden(self, *, hidden: bool) -> None:
        """Pause the refresh by the clock while nobody looks."""
        self._hidden = hidden
        for one in self._opened.values():
            if one.supply.dashboards is not None:
                one.supply.dashboards.set_hidden(hidden=hidden, viewer=self._viewer)

    @property
    def _shown(self) -> DashboardState | None:
        return self._store.state.dashboards.get(self._page) if self._page is not None else None

    @Slot()
    def _renew(self) -> None:
        if self._page is None:
            return
        if self.board is None:  # it was deleted
            page = self._page
            self._leave()
            self._store.apply(without_dashboard, page)
        else:
            self._sync()
            self.fill()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        self.fill()

    def _sync(self) -> None:
        """Open what the board needs, close what it does not, and hear of what changes there."""
        wanted, left = self._wanted(), []
        for place, held in list(self._opened.items()):
            if not held.is_as(wanted.get(place)):
                self._opened.pop(place)
                if held.supply.dashboards is not None:
                    held.supply.dashboards.close(place[1], self._viewer)
                    left.append(held.supply.dashboards)
        still = [one.supply.dashboards for one in self._opened.values()]
        for dashboards in left:
            if all(one is not dashboards for one in still):
                dashboards.leave(self._viewer)
        for place, new in wanted.items():
            if place not in self._opened:
                self._opened[place] = new
                self._begin(place[1], new)
        self._listen({id(one.supply.store): one.supply.store for one in wanted.values()})

    def _wanted(self) -> dict[Place, _Opened]:
        board = self.board
        tiles: dict[Place, set[int]] = {}
        for pick in board.picks if board is not None else ():
            tiles.setdefault((pick.source, pick.dashboard), set()).add(pick.tile)
        supplies = {where: self._sources.supply(where) for where, _ in tiles}
        return {
            place: _Opened(supply, frozenset(numbers))
            for place, numbers in tiles.items()
            if (supply := supplies[place[0]]) is not None
        }

    def _begin(self, dashboard: int, opened: _Opened) -> None:
        supply = opened.supply
        if supply.dashboards is not None:
            supply.dashboards.set_hidden(hidden=self._hidden, viewer=self._viewer)
            supply.dashboards.open(dashboard, (), self._viewer, only=opened.tiles)
        elif dashboard not in supply.store.state.dashboards:
            supply.store.apply(load_dashboard, self._cache, dashboard)

    def _listen(self, stores: Mapping[int, Store]) -> None:
        for store in self._heard:
            store.changed.disconnect(self._on_changed)
        self._heard = list(stores.values())
        for store in self._heard:
            store.changed.connect(self._on_changed)

    def _known(self, board: Board) -> dict[Where, Source]:
        known: dict[Where, Source] = {}
        for where in dict.fromkeys(pick.source for pick in board.picks):
            supply = self._sources.supply(where)
            known[where] = NOWHERE if supply is None else self._source(where, supply, board)
        return known

    def _source(self, where: Where, supply: Supply, board: Board) -> Source:
        state = supply.store.state
        kept: dict[int, Mapping[int, Insight]] = {}
        for dashboard in {pick.dashboard for pick in board.picks if pick.source == where}:
            page = state.dashboards.get(dashboard)
            if page is not None and page.override is not None:
                kept[dashboard] = self._own_results(where, dashboard)
            else:
                self._kept.pop((where, dashboard), None)
        return Source(state=state, account=supply.account, away=supply.away, kept=kept)

    def _own_results(self, where: Where, dashboard: int) -> Mapping[int, Insight]:
        place = where, dashboard
        if place not in self._kept:
            found = self._cache.load_tiles(*where, dashboard, AS_SAVED)
            self._kept[place] = unpack_tiles(found)
        return self._kept[place]

    def _by_place(self, page: DashboardState, tiles: Iterable[int]) -> dict[Place, list[int]]:
        """Sort tiles of the board by where they come from, as they are numbered there."""
        found: dict[Place, list[int]] = {}
        board = self.board
        sources = {one.id: one.source for one in board.picks} if board is not None else {}
        for tile in tiles:
            held = page.tiles.get(tile)
            if held is not None and held.origin is not None and tile in sources:
                place = sources[tile], held.origin.dashboard
                found.setdefault(place, []).append(held.origin.tile)
        return found
