"""The outline of a dashboard: its headings and tiles, one below the other, as they are read."""

from collections.abc import Iterable

from msgspec import Struct

from phdesk.core.charts.spec import MarkdownBody, TileView
from phdesk.core.charts.text import headings


class Line(Struct, frozen=True, gc=False):
    """A line of the outline; `depth` 0 is a main heading or what stands below none."""

    tile: int
    depth: int
    text: str
    kind: str  # "Section" for a heading, else as the tile is labelled


def outline(tiles: Iterable[tuple[int, TileView]]) -> list[Line]:
    """List headings of text cards and titles of tiles, given in reading order with their ids.

    A tile stands below the heading before it. Of several headings in a card each gets a line,
    of a card without any its first words.
    """
    lines: list[Line] = []
    above: list[int] = []  # levels of the headings that hold what comes
    for tile_id, view in tiles:
        found = headings(view.body.source) if isinstance(view.body, MarkdownBody) else []
        for level, text in found:
            above = [one for one in above if one < level]
            lines.append(Line(tile_id, len(above), text, "Section"))
            above.append(level)
        if not found:
            lines.append(Line(tile_id, len(above), view.title, view.kind_label))
    return lines
