"""What a gesture makes of a layout: move, resize, add, duplicate, remove (reference section 3.8).

All functions take the boxes of all tiles on 12 columns, without overlap unless the compaction is
"stable", and give new ones in the same order. The tile of the gesture stays where the hand put
it; others make room and keep their columns. Nothing leaves the grid.
"""

from collections.abc import Callable, Sequence

from phdesk.core.grid.boxes import collide, compact_left, compact_up, reading_order
from phdesk.core.grid.placement import COLUMNS
from phdesk.models.dashboard import Box

TALLEST = 100  # rows of a resized tile
Edges = tuple[int, int, int, int]  # cells by which left, top, right and bottom edge moved


def moved(
    boxes: Sequence[Box], index: int, x: int, y: int, compaction: str = "vertical"
) -> list[Box]:
    """Put a tile's corner into a cell; past the edges it stops at them."""
    old = boxes[index]
    target = Box(_within(x, 0, COLUMNS - old.w), max(y, 0), old.w, old.h)
    return _settled(boxes, index, target, compaction)


def resized(
    boxes: Sequence[Box],
    index: int,
    edges: Edges,
    smallest: tuple[int, int] = (1, 1),
    compaction: str = "vertical",
) -> list[Box]:
    """Move edges of a tile; it stops at the grid's edges, at its smallest size and 100 rows."""
    target = stretched(boxes[index], edges, smallest)
    return _settled(boxes, index, target, compaction)


def stretched(box: Box, edges: Edges, smallest: tuple[int, int] = (1, 1)) -> Box:
    """Move the edges of one box; an edge that was not moved stays where it is."""
    least_w, least_h = min(smallest[0], COLUMNS), smallest[1]
    left, top, right, bottom = edges
    x, end = box.x, _within(box.x + box.w + right, box.x + 1, COLUMNS)
    if left:
        x = _within(box.x + left, 0, max(end - least_w, 0))
    if right:
        end = _within(end, min(x + least_w, COLUMNS), COLUMNS)
    y, foot = box.y, max(box.y + box.h + bottom, box.y + 1)
    if top:
        y = _within(box.y + top, max(foot - TALLEST, 0), max(foot - least_h, 0))
    if bottom:
        foot = _within(foot, y + least_h, y + TALLEST)
    return Box(x, y, end - x, foot - y)


def put(boxes: Sequence[Box], index: int, target: Box, compaction: str = "vertical") -> list[Box]:
    """Give a tile another place and size at once, as far as the grid has room for them."""
    w, h = _within(target.w, 1, COLUMNS), _within(target.h, 1, TALLEST)
    inside = Box(_within(target.x, 0, COLUMNS - w), max(target.y, 0), w, h)
    return _settled(boxes, index, inside, compaction)


def added(boxes: Sequence[Box], w: int, h: int) -> list[Box]:
    """Put a new tile below all others, at the left; it is the last of the result."""
    foot = max((box.y + box.h for box in boxes), default=0)
    return [*boxes, Box(0, foot, _within(w, 1, COLUMNS), max(h, 1))]


def duplicated(boxes: Sequence[Box], index: int) -> list[Box]:
    """Put a copy beside a tile when there is room, else below it, where others make room."""
    one = boxes[index]
    beside = Box(one.x + one.w, one.y, one.w, one.h)
    if beside.x + beside.w <= COLUMNS and not any(collide(beside, box) for box in boxes):
        return [*boxes, beside]
    row = one.y + one.h
    lowered = [_at_row(box, box.y + one.h) if box.y >= row else box for box in boxes]
    below = Box(one.x, row, one.w, one.h)
    return _pushed([*lowered, below], len(lowered))


def removed(boxes: Sequence[Box], index: int, compaction: str = "vertical") -> list[Box]:
    """Take a tile away and close the gap, unless the layout is free."""
    left = [box for number, box in enumerate(boxes) if number != index]
    return _compacted(left, compaction)


def _settled(boxes: Sequence[Box], index: int, target: Box, compaction: str) -> list[Box]:
    if target == boxes[index]:
        return list(boxes)
    old, placed = boxes[index], list(boxes)
    placed[index] = target
    if compaction == "stable":
        return _shifted(placed, index)
    if compaction == "horizontal":
        return compact_left(_aside(placed, index), COLUMNS)
    if target.y > old.y:
        placed = _raised(placed, index, old)
    return compact_up(_pushed(placed, index), COLUMNS)


def _compacted(boxes: Sequence[Box], compaction: str) -> list[Box]:
    if compaction == "stable":
        return list(boxes)
    compact: Callable[[Sequence[Box], int], list[Box]] = (
        compact_left if compaction == "horizontal" else compact_up
    )
    return compact(boxes, COLUMNS)


def _raised(boxes: list[Box], index: int, old: Box) -> list[Box]:
    """Let tiles over which one is moved down change places with it, where they fit above it."""
    placed = list(boxes)
    order = sorted(range(len(boxes)), key=lambda number: boxes[number].y)
    for number in order:
        box = boxes[number]
        if number == index or not collide(box, placed[index]) or box.y < old.y + old.h:
            continue
        higher = _at_row(box, placed[index].y - box.h)
        others = (one for i, one in enumerate(placed) if i != number)
        if higher.y >= 0 and not any(collide(higher, other) for other in others):
            placed[number] = higher
    return placed


def _pushed(boxes: Sequence[Box], index: int) -> list[Box]:
    """Push down what lies under a tile, and what then lies under that: by no more than it must."""
    fixed, placed = boxes[index], list(boxes)
    floor = _row_of(fixed, fixed.y + fixed.h)
    for number in reading_order(boxes):
        box = boxes[number]
        needed = max(floor[box.x : box.x + box.w])
        if number == index or box.y + box.h <= fixed.y or box.y >= needed:
            continue
        placed[number] = _at_row(box, needed)
        floor[box.x : box.x + box.w] = [needed + box.h] * box.w
    return placed


def _shifted(boxes: Sequence[Box], index: int) -> list[Box]:
    """Push down what lies under a tile; what is below goes along and keeps its distance."""
    fixed, placed = boxes[index], list(boxes)
    shift = [0] * COLUMNS
    for number in reading_order(boxes):
        box = boxes[number]
        if number == index:
            continue
        away = max(shift[box.x : box.x + box.w])
        if collide(_at_row(box, box.y + away), fixed):
            away = fixed.y + fixed.h - box.y
        if away:
            placed[number] = _at_row(box, box.y + away)
            shift[box.x : box.x + box.w] = [away] * box.w
    return placed


def _row_of(box: Box, y: int) -> list[int]:
    return [y if box.x <= column < box.x + box.w else 0 for column in range(COLUMNS)]


def _aside(boxes: Sequence[Box], index: int) -> list[Box]:
    """Put what lies under a tile at its right, or below it where the row ends."""
    target = boxes[index]
    return [
        _at_right(box, target) if number != index and collide(box, target) else box
        for number, box in enumerate(boxes)
    ]


def _at_right(box: Box, target: Box) -> Box:
    x = target.x + target.w
    if x + box.w <= COLUMNS:
        return Box(x, box.y, box.w, box.h)
    return Box(box.x, target.y + target.h, box.w, box.h)


def _at_row(box: Box, y: int) -> Box:
    return Box(box.x, y, box.w, box.h)


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
