"""Where on a tile a press moves it and where it resizes it; pixels only."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt

Zone = tuple[int, int]  # -1 is the left or upper edge, 1 the right or lower one, 0 neither
MOVE: Zone = (0, 0)
OUTSIDE = 6  # px beyond the border: half of the gap between tiles
INSIDE = 18  # px within it: with the half gap an edge is 24 wide
TOP = 10  # px within the upper border: below it the title bar begins
TITLE = 40  # px down to which the title bar reaches
LEAST = 24  # px of a tile in the hand
Shape = Qt.CursorShape
CURSORS = {
    MOVE: Shape.OpenHandCursor,
    (-1, 0): Shape.SizeHorCursor,
    (1, 0): Shape.SizeHorCursor,
    (0, -1): Shape.SizeVerCursor,
    (0, 1): Shape.SizeVerCursor,
    (-1, -1): Shape.SizeFDiagCursor,
    (1, 1): Shape.SizeFDiagCursor,
    (1, -1): Shape.SizeBDiagCursor,
    (-1, 1): Shape.SizeBDiagCursor,
}


def zone_at(size: QSize, spot: QPointF, *, whole: bool = False) -> Zone | None:
    """Tell what a press at a spot of a tile does; None in its chart, and beyond its reach.

    A `whole` tile has no chart: it is its own title bar.
    """
    x, y, w, h = spot.x(), spot.y(), size.width(), size.height()
    if not (-OUTSIDE <= x < w + OUTSIDE and -OUTSIDE <= y < h + OUTSIDE):
        return None
    side = min(INSIDE, w / 4)  # a narrow tile keeps a middle
    across = -1 if x < side else 1 if x >= w - side else 0
    top = side if across else TOP  # corners are square
    down = -1 if y < top else 1 if y >= h - min(INSIDE, h / 4) else 0
    if (across, down) != MOVE:
        return across, down
    return MOVE if whole or y < TITLE else None


def pulled(rect: QRect, zone: Zone, dx: int, dy: int, within: tuple[int, int]) -> QRect:
    """Move the edges of a rectangle along with the hand, between `within` left and right."""
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    if zone[0] < 0:
        left = max(min(left + dx, right - LEAST), within[0])
    elif zone[0] > 0:
        right = min(max(right + dx, left + LEAST), within[1])
    if zone[1] < 0:
        top = max(min(top + dy, bottom - LEAST), 0)
    elif zone[1] > 0:
        bottom = max(bottom + dy, top + LEAST)
    return QRect(left, top, right - left + 1, bottom - top + 1)


def edges_of(zone: Zone, dx: int, dy: int) -> tuple[int, int, int, int]:
    """Say by how many cells left, upper, right and lower edge move when the hand moves so."""
    left, right = (dx if zone[0] < 0 else 0), (dx if zone[0] > 0 else 0)
    top, bottom = (dy if zone[1] < 0 else 0), (dy if zone[1] > 0 else 0)
    return left, top, right, bottom
