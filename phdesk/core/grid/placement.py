"""From stored layouts to boxes: PostHog's rules for missing and bad boxes (reference 3.8)."""

from collections.abc import Sequence

from msgspec import Struct

from phdesk.core.grid.boxes import compact_left, compact_up, reading_order
from phdesk.models.dashboard import Box, StoredBox

COLUMNS = 12
MOST_ROWS = 100  # taller boxes are clamped: a bad number must not make an endless page


class Want(Struct, frozen=True, gc=False):
    """A tile's stored box and the size that its kind has by default."""

    stored: StoredBox | None
    default_w: int = 6
    default_h: int = 5


def place(wants: Sequence[Want], compaction: str = "vertical") -> list[Box]:
    """Lay tiles out on 12 columns; the result is in the order of the input, without overlap.

    Nothing is drawn outside the columns. `compaction` is vertical, horizontal or stable; unknown
    counts as vertical. Stable layouts are drawn as stored, gaps and overlaps included.
    """
    boxes = _unplaced_filled([_sized(want) for want in wants])
    if compaction == "stable":
        return boxes
    if compaction == "horizontal":
        return compact_left(boxes, COLUMNS)
    return compact_up(boxes, COLUMNS)


def one_column(boxes: Sequence[Box]) -> list[Box]:
    """Stack tiles for a narrow window in the reading order of the wide layout."""
    placed = list(boxes)
    y = 0
    for index in reading_order(boxes):
        placed[index] = Box(0, y, 1, boxes[index].h)
        y += boxes[index].h
    return placed


def default_size(kind: str, display: str) -> tuple[int, int]:
    """Give the width and height, in cells, that PostHog gives a tile of this kind."""
    if kind == "TrendsQuery":
        return {"BoldNumber": (2, 2), "Metric": (3, 3)}.get(display, (6, 5))
    sizes = {
        "FunnelsQuery": (4, 4),
        "RetentionQuery": (6, 7),
        "PathsQuery": (12, 7),
        "text": (2, 2),
        "button": (3, 1),
    }
    return sizes.get(kind, (6, 5))


def smallest_size(kind: str) -> tuple[int, int]:
    """Give the width and height, in cells, below which a tile of this kind is not resized."""
    return {"text": (1, 1), "button": (1, 1), "widget": (3, 4)}.get(kind, (2, 2))


class _Sized(Struct, frozen=True, gc=False):
    x: int
    y: int | None  # None: not placed yet
    w: int
    h: int
    order: tuple[int, int]


def _sized(want: Want) -> _Sized:
    stored = want.stored or StoredBox()
    w = _clamped(stored.w or want.default_w, 1, COLUMNS)
    h = _clamped(stored.h or want.default_h, 1, MOST_ROWS)
    fits = stored.x is not None and 0 <= stored.x <= COLUMNS - w
    x = stored.x if fits and stored.x is not None else 0
    y = None if stored.y is None else _clamped(stored.y, 0, MOST_ROWS * 100)
    return _Sized(x, y, w, h, (y or 0, _clamped(stored.x or 0, 0, COLUMNS)))


def _unplaced_filled(sized: Sequence[_Sized]) -> list[Box]:
    lowest = [0] * COLUMNS
    boxes: list[Box | None] = [None] * len(sized)
    order = sorted(range(len(sized)), key=lambda i: sized[i].order)
    for index in order:
        one = sized[index]
        if one.y is not None:
            boxes[index] = Box(one.x, one.y, one.w, one.h)
            _raise_floor(lowest, boxes[index])
    for index in order:
        one = sized[index]
        if one.y is None:
            boxes[index] = _lowest_window(lowest, one.w, one.h)
            _raise_floor(lowest, boxes[index])
    return [box for box in boxes if box is not None]


def _lowest_window(lowest: Sequence[int], w: int, h: int) -> Box:
    depths = [max(lowest[x : x + w]) for x in range(COLUMNS - w + 1)]
    depth = min(depths)
    return Box(depths.index(depth), depth, w, h)


def _raise_floor(lowest: list[int], box: Box | None) -> None:
    if box is None:
        return
    for column in range(box.x, box.x + box.w):
        lowest[column] = max(lowest[column], box.y + box.h)


def _clamped(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
