"""Where a dashboard's own layout has its tiles, before any of them is drawn."""

from collections.abc import Mapping

from msgspec.structs import replace

from phdesk.core.grid.placement import Want, default_size, place
from phdesk.core.question import read_question
from phdesk.models.dashboard import Box, Dashboard, StoredBox, Tile


def board_boxes(dashboard: Dashboard) -> dict[int, Box]:
    """Place the tiles of a dashboard on 12 columns, by id and in the order of the dashboard."""
    wants = [Want(tile.sm, *_size(tile)) for tile in dashboard.tiles]
    ids = (tile.id for tile in dashboard.tiles)
    return dict(zip(ids, place(wants, dashboard.compaction), strict=True))


def unsaved(dashboard: Dashboard, wished: Mapping[int, Box]) -> dict[int, Box]:
    """Choose the tiles to send so that the server shows a layout: as few as do it.

    A server stores gaps that nobody sees, because they close when they are drawn. If the tiles
    that moved would come between those, all that are stored elsewhere are sent. Tiles that could
    not be read have no id of the server's, so they are never sent.
    """
    shown = board_boxes(dashboard)
    moved = {one: box for one, box in wished.items() if one in shown and shown[one] != box}
    moved = {one: box for one, box in moved.items() if one > 0}
    if not moved or board_boxes(_with(dashboard, moved)) == {**shown, **moved}:
        return moved
    stored = {tile.id: tile.sm for tile in dashboard.tiles}
    after = {**shown, **moved}
    return {one: box for one, box in after.items() if one > 0 and stored[one] != _stored(box)}


def _with(dashboard: Dashboard, boxes: Mapping[int, Box]) -> Dashboard:
    tiles = [
        replace(tile, sm=_stored(boxes[tile.id])) if tile.id in boxes else tile
        for tile in dashboard.tiles
    ]
    return replace(dashboard, tiles=tuple(tiles))


def _stored(box: Box) -> StoredBox:
    return StoredBox(box.x, box.y, box.w, box.h)


def _size(tile: Tile) -> tuple[int, int]:
    """Give the size that a tile has by default."""
    if tile.insight is not None:
        question = read_question(tile.insight)
        return default_size(question.kind, question.display)
    if tile.text is not None:
        return default_size("text", "")
    return default_size("button" if tile.button is not None else "", "")
