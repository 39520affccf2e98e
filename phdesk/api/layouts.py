"""Write tiles' layouts: a server replaces a tile's whole object, so all of it is sent back.

What we do not know stays as it came: other breakpoints, smallest sizes, keys of later versions.
The one-column layout is derived from the wide one, and sent only where there was one (reference
section 12).
"""

from collections.abc import Mapping, Sequence

from msgspec import Raw, json

from phdesk.api import coerce
from phdesk.models.dashboard import Box, Tile
from phdesk.models.insight import NULL

WIDE, NARROW = "sm", "xs"


def written_layouts(
    tiles: Sequence[Tile], wide: Mapping[int, Box], narrow: Mapping[int, Box]
) -> dict[int, Raw]:
    """Write the layouts that put the tiles which `wide` names into these boxes, by tile id."""
    return {
        tile.id: Raw(json.encode(_layouts(tile.layouts, wide[tile.id], narrow.get(tile.id))))
        for tile in tiles
        if tile.id in wide
    }


def layout_changes(written: Mapping[int, Raw]) -> dict[str, list[dict[str, object]]]:
    """Give the body that changes the layouts of these tiles alone."""
    return {"tiles": [{"id": one, "layouts": layouts} for one, layouts in written.items()]}


def _layouts(stored: Raw, wide: Box, narrow: Box | None) -> dict[str, object]:
    kept: dict[str, Raw] = coerce.fields(stored) or {}
    written: dict[str, object] = {**kept, WIDE: _side(kept.get(WIDE, NULL), wide)}
    if narrow is not None and coerce.fields(kept.get(NARROW, NULL)) is not None:
        written[NARROW] = _side(kept[NARROW], narrow)
    return written


def _side(stored: Raw, box: Box) -> dict[str, object]:
    kept = coerce.fields(stored) or {}
    return {**kept, "x": box.x, "y": box.y, "w": box.w, "h": box.h}
