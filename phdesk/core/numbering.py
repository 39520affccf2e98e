"""Numbers that windows can tell apart: what Qt's signals carry has 32 bits, and wraps around.

PostHog gives none above; files and pages that others made may hold any.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from phdesk.models.dashboard import Dashboard

LARGEST_ID = 2**31 - 1
PAGE = 1  # the number of a dashboard without one of its own


def numbered(board: Dashboard) -> tuple[Dashboard, Mapping[int, int]]:
    """Give what is out of reach another number; and the numbers of all tiles, by what they had."""
    ids = [tile.id for tile in board.tiles]
    if not all(0 < one <= LARGEST_ID for one in ids):
        ids = list(range(1, len(ids) + 1))
    tiles = tuple(replace(tile, id=one) for tile, one in zip(board.tiles, ids, strict=True))
    page = board.row.id if 0 < board.row.id <= LARGEST_ID else PAGE
    now = {tile.id: one for tile, one in zip(board.tiles, ids, strict=True)}
    return replace(board, row=replace(board.row, id=page), tiles=tiles), now
