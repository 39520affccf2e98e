"""Write tiles' layouts: a server replaces a tile's whole object, so all of it is sent back.

What we do not know stays as it came: other breakpoints, smallest sizes, keys of later versions.
The one-column layout is derived from the wide one, and sent only where there was one (reference
section 12).
"""

from collections.abc import Mapping, Sequence

from msgspec import Raw

from phdesk.api import coerce
from phdesk.models.dashboard import Box, Tile
from phdesk.models.insight import NULL

WIDE, NARROW = "sm", "xs"


def layout_changes(
    tiles: Sequence[Tile], wide: Mapping[int, Box], narrow: Mapping[int, Box]
) -> dict[str, object]:
    """Give the body that puts tiles into these boxes; only tiles that `wide` names are sent."""
    sent = [
        {"id": tile.id, "layouts": _layouts(tile.layouts, wide[tile.id], narrow.get(tile.id))}
        for tile in tiles
        if tile.id in wide
    ]
    return {"tiles": sent}


def _layouts(stored: Raw, wide: Box, narrow: Box | None) -> dict[str, object]:
    kept: dict[str, Raw] = coerce.fields(stored) or {}
    written: dict[str, object] = {**kept, WIDE: _side(kept.get(WIDE, NULL), wide)}
    if narrow is not None and coerce.fields(kept.get(NARROW, NULL)) is not None:
        written[NARROW] = _side(kept[NARROW], narrow)
    return written


def _side(stored: Raw, box: Box) -> dict[str, object]:
    kept = coerce.fields(stored) or {}
    return {**kept, "x": box.x, "y": box.y, "w": box.w, "h": box.h}
