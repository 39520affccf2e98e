"""Where a dashboard's own layout has its tiles, before any of them is drawn."""

from phdesk.core.grid.placement import Want, default_size, place
from phdesk.core.question import read_question
from phdesk.models.dashboard import Box, Dashboard, Tile


def board_boxes(dashboard: Dashboard) -> dict[int, Box]:
    """Place the tiles of a dashboard on 12 columns, by id and in the order of the dashboard."""
    wants = [Want(tile.sm, *_size(tile)) for tile in dashboard.tiles]
    ids = (tile.id for tile in dashboard.tiles)
    return dict(zip(ids, place(wants, dashboard.compaction), strict=True))


def _size(tile: Tile) -> tuple[int, int]:
    """Give the size that a tile has by default."""
    if tile.insight is not None:
        question = read_question(tile.insight)
        return default_size(question.kind, question.display)
    if tile.text is not None:
        return default_size("text", "")
    return default_size("button" if tile.button is not None else "", "")
