"""Make a dashboard of what its tiles showed at a moment; for rewind."""

from collections.abc import Sequence

from msgspec.structs import replace

from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.insight import Insight
from phdesk.store.cache import CachedTile
from phdesk.store.documents import unpack_tiles, with_answer
from phdesk.store.tiles import stripped_tile


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
