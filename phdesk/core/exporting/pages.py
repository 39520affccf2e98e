"""Divide a dashboard among sheets of paper: breaks fall between tiles, never through one.

A page ends at the lowest height that no tile crosses, if that fills at least half of it, so that
rows stay together. Where columns are too uneven for that, the tiles that fit as a whole stay and
the others begin the next page. A heading is not left at the foot of a page without what it heads.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct

HALF = 0.5  # of a page that rows kept together must fill
SLACK = 0.01  # px by which sums of fractions may be off


class Placed(Struct, frozen=True, gc=False):
    """A tile's place on its page, measured from the top of what the page has room for."""

    tile: int  # its number in the order of the dashboard
    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Give the lower edge."""
        return self.y + self.height


Page = tuple[Placed, ...]


def paginate(
    tiles: Sequence[Placed], first: float, others: float, headings: Collection[int] = ()
) -> tuple[Page, ...]:
    """Divide tiles among pages with room of a height; a tile higher than a page shrinks to it."""
    left = sorted((_shrunk(one, min(first, others)) for one in tiles), key=_order)
    pages: list[Page] = []
    while left:
        top = min(one.y for one in left)
        taken = _taken(left, top, others if pages else first, headings)
        pages.append(tuple(_moved(one, top) for one in taken))
        numbers = {one.tile for one in taken}
        left = [one for one in left if one.tile not in numbers]
    return tuple(pages)


def _taken(
    left: Sequence[Placed], top: float, room: float, headings: Collection[int]
) -> Sequence[Placed]:
    fitting = [one for one in left if one.bottom <= top + room + SLACK]
    if len(fitting) < len(left):
        cut = _cut(left, top, room)
        if cut is not None and cut - top >= room * HALF:
            fitting = [one for one in fitting if one.bottom <= cut + SLACK]
        fitting = _without_last_headings(fitting, headings)
    return fitting


def _cut(left: Sequence[Placed], top: float, room: float) -> float | None:
    """Find the lowest edge of a tile on the page that no tile crosses."""
    edges = sorted({one.bottom for one in left if one.bottom <= top + room + SLACK}, reverse=True)
    for edge in edges:
        if not any(one.y < edge - SLACK and one.bottom > edge + SLACK for one in left):
            return edge
    return None


def _without_last_headings(fitting: list[Placed], headings: Collection[int]) -> list[Placed]:
    """Leave headings that nothing on the page follows to the next one, unless that empties it."""
    kept = list(fitting)
    while kept:
        last = max(kept, key=lambda one: one.y)
        if last.tile not in headings:
            return kept
        kept.remove(last)
    return fitting


def _shrunk(one: Placed, room: float) -> Placed:
    if one.height <= room:
        return one
    return Placed(one.tile, one.x, one.y, one.width, room)


def _moved(one: Placed, top: float) -> Placed:
    return Placed(one.tile, one.x, one.y - top, one.width, one.height)


def _order(one: Placed) -> tuple[float, float]:
    return one.y, one.x
