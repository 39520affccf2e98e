"""What is on a screen, taken to be exported: charts as they were left, frames, places, filters."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from phdesk.core.charts.local import UNTOUCHED, Local, localised
from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.core.exporting.sheet import DataSheet, rows_of
from phdesk.core.listing import title_of
from phdesk.models.dashboard import Box
from phdesk.store.contexts import context_of
from phdesk.store.state import Around, DashboardState, State
from phdesk.views.dashboard.bar_words import place_facts
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.dashboard.presenting import SOON, age_words, view_of
from phdesk.views.export.filing import of_tile
from phdesk.views.picture import EDGE, Page


class TakenTile(Struct, frozen=True, gc=False, kw_only=True):
    """A tile as it is on screen: its view whole, what was done to it by hand, frame and place."""

    view: TileView
    local: Local = UNTOUCHED
    card: CardState
    box: Box
    size: tuple[int, int]

    @property
    def shown(self) -> TileView:
        """Give what is painted."""
        body = localised(self.view.body, self.local)
        return self.view if body is self.view.body else structs.replace(self.view, body=body)


class Taken(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard as it is on screen, or one tile of it."""

    title: str
    description: str = ""
    facts: tuple[str, ...] = ()
    made_at: datetime
    width: int
    tiles: tuple[TakenTile, ...]

    @property
    def page(self) -> Page:
        """Give the page that is drawn."""
        if len(self.tiles) == 1 and not self.width:
            return of_tile(self.tiles[0].shown, self.tiles[0].card)
        page = Page(
            self.title,
            self.description,
            [one.shown for one in self.tiles],
            [one.box for one in self.tiles],
            [one.card for one in self.tiles],
        )
        page.facts = " · ".join(self.facts)
        return page

    def sheet(self, *, all_rows: bool) -> DataSheet:
        """Give the rows, as shown or all of them."""
        return DataSheet(
            title=self.title,
            facts=self.facts,
            made_at=self.made_at,
            tiles=tuple(
                rows_of(
                    one.view,
                    UNTOUCHED if all_rows else one.local,
                    stale=one.card.stale,
                    before=one.card.before,
                )
                for one in self.tiles
            ),
        )


def taken(
    grid: GridView, board: DashboardState, state: State, around: Around, now: datetime
) -> Taken:
    """Take the dashboard on screen."""
    row = board.dashboard.row
    tiles = tuple(
        _tile(grid, one, board, state, around, now)
        for one, tile in grid.tiles.items()
        if tile.view is not None
    )
    return Taken(
        title=title_of(row),
        description=row.description,
        facts=facts(board, state, now),
        made_at=now,
        width=max(grid.page.width(), 2 * EDGE + 1),
        tiles=tiles,
    )


def alone(whole: Taken, tile_ids: Sequence[int], tile_id: int) -> Taken:
    """Take one tile of what was taken, with the name of its dashboard among its facts."""
    tile = whole.tiles[list(tile_ids).index(tile_id)]
    words = (f"Dashboard: {whole.title}", *whole.facts)
    return structs.replace(
        whole, title=tile.view.title, description="", facts=words, tiles=(tile,), width=0
    )


def _tile(
    grid: GridView,
    tile_id: int,
    board: DashboardState,
    state: State,
    around: Around,
    now: datetime,
) -> TakenTile:
    tile = grid.tiles[tile_id]
    view = tile.view
    assert view is not None  # noqa: S101  callers looked
    if isinstance(view.body, NoticeBody) and view.body.headline == SOON:
        view = view_of(board.tiles[tile_id], context_of(board, state.project, now, around))
    return TakenTile(
        view=view if tile.shown is None else structs.replace(view, alert=tile.shown.alert),
        local=tile.local,
        card=at_rest(tile.card_state),
        box=grid.boxes[tile_id],
        size=(tile.width(), tile.height()),
    )


def at_rest(card: CardState) -> CardState:
    """Leave out of a frame what is there for pointer and keys."""
    return structs.replace(
        card, hovered=False, focused=False, editing=False, refreshing=False, news="", news_icon=""
    )


def facts(board: DashboardState, state: State, now: datetime) -> tuple[str, ...]:
    """Say of which project, filters and times the numbers are."""
    own = board.dashboard.row.id < 0
    lines = (
        *(("Board of your own",) if own else place_facts(board, state.project, now)),
        age_words(board, now),
    )
    return tuple(line for line in lines if line)
