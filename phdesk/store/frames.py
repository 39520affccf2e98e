"""Pure steps with what surrounds the results: names, layouts, looks and the set of tiles.

An answer to a change may come without results, or with those of other filters than the shown ones,
so nothing of a result is taken from it.
"""

from msgspec.structs import replace

from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.insight import Insight
from phdesk.store.changes import Step
from phdesk.store.state import NOTHING, Changes, DashboardState, State, TileState
from phdesk.store.tiles import stripped


def with_frame(state: State, dashboard: Dashboard, *, asked: int) -> Step:
    """Take over all but results and filters; an answer to an older question changes nothing."""
    board = dashboard.row.id
    held = state.dashboards.get(board)
    if held is None or asked < held.asked:
        return state, NOTHING
    tiles = {one.id: _framed(held.tiles.get(one.id), one) for one in stripped(dashboard).tiles}
    frame = replace(
        dashboard,
        tiles=tuple(each.tile for each in tiles.values()),
        filters=held.dashboard.filters,
    )
    new = replace(held, dashboard=frame, tiles=tiles, asked=asked)
    return replace(state, dashboards={**state.dashboards, board: new}), _changes(held, new)


def _framed(held: TileState | None, tile: Tile) -> TileState:
    if held is None:
        return TileState(tile=tile, insight=tile.insight)
    insight = _named(held.tile.insight, tile.insight)
    return replace(
        held,
        tile=replace(tile, insight=insight),
        insight=_named(held.insight, tile.insight),
    )


def _named(held: Insight | None, newest: Insight | None) -> Insight | None:
    """Give a held insight its newest names."""
    if held is None or newest is None or newest.no_access:
        return held or newest
    return replace(
        held,
        name=newest.name,
        derived_name=newest.derived_name,
        description=newest.description,
        tags=newest.tags,
    )


def _changes(old: DashboardState, new: DashboardState) -> Changes:
    board = new.dashboard.row.id
    moved = old.dashboard != new.dashboard
    return Changes(
        dashboards=frozenset({board} if moved else ()),
        tiles=frozenset(
            (board, one) for one, tile in new.tiles.items() if old.tiles.get(one) != tile
        ),
    )
