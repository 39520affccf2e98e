"""Pure steps from one state to the next: temporary filters, and results found again for them.

Each tile knows the key of the filters that are asked for and of those that its drawn result
belongs to. While they differ the tile is marked: results never pass for those of other filters.
"""

from collections.abc import Collection, Mapping

from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.filters import AS_SAVED, Filter, Override, read_filter
from phdesk.core.jsonvalue import parse
from phdesk.models.dashboard import Dashboard
from phdesk.models.insight import NULL, Insight
from phdesk.store.state import NOTHING, Changes, DashboardState, State, TileState
from phdesk.store.tiles import best, put_tiles, renamed

Step = tuple[State, Changes]
BEFORE = "before"  # the key of results under filters that were the dashboard's own, once


def with_override(state: State, dashboard_id: int, override: Override | None) -> Step:
    """Ask for other filters from now on; without an override for the dashboard's own."""
    board = state.dashboards.get(dashboard_id)
    key = override.key if override is not None else AS_SAVED
    if board is None or key == wanted_key(state, dashboard_id):
        return state, NOTHING
    tiles = {one: _turned(held, key) for one, held in board.tiles.items()}
    turned = replace(board, tiles=tiles, override=override, failure=None, failed_since=None)
    new = replace(state, dashboards={**state.dashboards, dashboard_id: turned})
    return new, _all_of(dashboard_id, turned)


def with_known_results(
    state: State, dashboard_id: int, key: str, results: Mapping[int, Insight]
) -> Step:
    """Draw results that were kept from earlier for these filters, if they are still wanted."""
    board = state.dashboards.get(dashboard_id)
    if board is None or key != wanted_key(state, dashboard_id):
        return state, NOTHING
    found: dict[int, TileState] = {}
    for tile_id, insight in results.items():
        held = board.tiles.get(tile_id)
        if held is not None and held.tile.insight is not None:
            drawn, drawn_key = best(held, renamed(insight, held.tile.insight), late=False)
            found[tile_id] = replace(held, insight=drawn, filters=drawn_key)
    return put_tiles(state, dashboard_id, found)


def with_override_saved(state: State, key: str, dashboard: Dashboard) -> Step:
    """Note that the set with this key is the dashboard's own now; its results go over to it."""
    dashboard_id = dashboard.row.id
    board = state.dashboards.get(dashboard_id)
    if board is None:
        return state, NOTHING
    names = {key: AS_SAVED, AS_SAVED: BEFORE}
    tiles = {
        one: replace(held, filters=names.get(held.filters, held.filters))
        for one, held in board.tiles.items()
    }
    saved = dashboard.filters if dashboard.saved_filters == NULL else dashboard.saved_filters
    moved = replace(board, tiles=tiles, saved=saved, variables=dashboard.variables)
    new = replace(state, dashboards={**state.dashboards, dashboard_id: moved})
    if wanted_key(state, dashboard_id) == key:
        new, _ = with_override(new, dashboard_id, None)
    return new, _all_of(dashboard_id, moved)


def with_outlived(state: State, dashboard_id: int, tile_ids: Collection[int]) -> Step:
    """Note which tiles draw results of filters that were the dashboard's own once."""
    board = state.dashboards.get(dashboard_id)
    held = {} if board is None else board.tiles
    marked = {
        one: replace(tile, filters=BEFORE)
        for one, tile in held.items()
        if one in tile_ids and tile.filters == AS_SAVED
    }
    return put_tiles(state, dashboard_id, marked)


def saved_of(board: DashboardState) -> Filter:
    """Give the filters that the dashboard has for everyone."""
    return read_filter(board.saved)


def effective_of(board: DashboardState) -> Filter:
    """Give the filters that are asked for now."""
    return saved_of(board) if board.override is None else board.override.filters


def is_modern(board: DashboardState) -> bool:
    """Say whether the server tells saved from effective filters, and so knows more than dates."""
    return board.dashboard.saved_filters != NULL


def wanted_key(state: State, dashboard_id: int) -> str:
    """Name the filters that are asked for now."""
    board = state.dashboards.get(dashboard_id)
    return AS_SAVED if board is None or board.override is None else board.override.key


def is_of_now(state: State, frame: Dashboard) -> bool:
    """Say whether a frame from before has the filters that the dashboard has for everyone now."""
    board = state.dashboards.get(frame.row.id)
    saved = frame.filters if frame.saved_filters == NULL else frame.saved_filters
    return board is not None and _are_same(board, saved, frame.variables)


def outdated(held: DashboardState, saved: Raw, variables: Raw) -> dict[int, TileState]:
    """Give the held tiles when the dashboard's own filters were changed: drawn under others."""
    if _are_same(held, saved, variables):
        return dict(held.tiles)
    return {
        one: replace(tile, filters=BEFORE) if tile.filters == AS_SAVED else tile
        for one, tile in held.tiles.items()
    }


def _are_same(held: DashboardState, saved: Raw, variables: Raw) -> bool:
    return read_filter(held.saved) == read_filter(saved) and (
        parse(held.variables) == parse(variables)
    )


def _turned(held: TileState, key: str) -> TileState:
    """Ask a tile for other filters; what failed and ran was about those before."""
    return replace(held, wanted=key, refreshing=False, failure=None, failed_since=None)


def _all_of(dashboard_id: int, board: DashboardState) -> Changes:
    here = frozenset({dashboard_id})
    return Changes(
        dashboards=here, headers=here, tiles=frozenset((dashboard_id, one) for one in board.tiles)
    )
