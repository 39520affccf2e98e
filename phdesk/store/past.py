"""Make a page of what its tiles showed at a moment; for rewind.

The tiles of a dashboard have their history there, those of a person's own board each where it is
from: the history of a board is that of its tiles' dashboards.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.insight import Insight
from phdesk.store.cache import Cache, CachedTile
from phdesk.store.cache_history import moments, state_at
from phdesk.store.documents import unpack_tiles, with_answer
from phdesk.store.state import DashboardState, Origin, TileState
from phdesk.store.tiles import stripped_tile

Key = tuple[str, int, int]  # account, project, dashboard
Spots = Mapping[Key, Mapping[int, int]]  # where tiles are kept: those here, by those there


def key_of_board(page: int) -> Key:
    """Say under what looks at a person's own board are noted: it belongs to no account."""
    return "", 0, page


def spots_of(page: DashboardState, here: Key | None) -> Spots:
    """Say where the tiles of a page are kept: `here`, or each where it is from."""
    found: dict[Key, dict[int, int]] = {}
    for tile_id, held in page.tiles.items():
        key = _key(held.origin) if held.origin is not None else here
        if key is not None:
            there = held.origin.tile if held.origin is not None else tile_id
            found.setdefault(key, {})[there] = tile_id
    return found


def _key(origin: Origin) -> Key | None:
    if origin.account is None:
        return None
    return origin.account.id, origin.project.id, origin.dashboard


def moments_of(cache: Cache, spots: Spots) -> tuple[datetime, ...]:
    """List when a tile of a page began to show something else, the first time first."""
    found = {
        one.at
        for key, tiles in spots.items()
        for one in moments(cache, *key)
        if any(tile in tiles for tile in one.tiles)
    }
    return tuple(sorted(found))


def kept_at(cache: Cache, spots: Spots, when: datetime) -> list[CachedTile]:
    """Read what the tiles of a page showed at a moment, numbered as they are here."""
    return [
        replace(one, tile_id=tiles[one.tile_id])
        for key, tiles in spots.items()
        for one in state_at(cache, *key, when)
        if one.tile_id in tiles
    ]


def past_tiles(page: DashboardState, cached: Sequence[CachedTile]) -> dict[int, TileState]:
    """Make tiles of results of a moment: as they were then, but where they are from today."""
    origins = {one: held.origin for one, held in page.tiles.items()}
    return {
        tile.id: TileState(tile=tile, insight=tile.insight, origin=_then(origins.get(tile.id)))
        for tile in past_dashboard(page.dashboard, cached).tiles
    }


def _then(origin: Origin | None) -> Origin | None:
    """Leave out of where a tile is from what says how it stands now."""
    return replace(origin, away=None, loading=False) if origin is not None else None


def past_dashboard(frame: Dashboard, cached: Sequence[CachedTile]) -> Dashboard:
    """Lay results of a moment over a dashboard's frame of today.

    Names and layout are of today; a tile that had no result then has none.
    """
    times = {tile.tile_id: tile.computed_at for tile in cached}
    answers = {
        tile_id: replace(answer, last_refresh=times[tile_id], alerts=None)
        for tile_id, answer in unpack_tiles(cached).items()
    }
    return replace(frame, tiles=tuple(_past(tile, answers.get(tile.id)) for tile in frame.tiles))


def _past(tile: Tile, answer: Insight | None) -> Tile:
    empty = stripped_tile(tile)
    if empty.insight is not None:  # whether an alert fires is known of today only
        empty = replace(empty, insight=replace(empty.insight, alerts=None))
    return with_answer(empty, answer)
