"""Boxes on the grid: which collide, and how they stack upward (reference section 3.8)."""

from collections.abc import Sequence

from phdesk.models.dashboard import Box


def collide(a: Box, b: Box) -> bool:
    """Tell whether two boxes share a cell."""
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """Give the indices of the boxes by row, then column; ties keep their order."""
    return sorted(range(len(boxes)), key=lambda i: (boxes[i].y, boxes[i].x))


def compact_up(boxes: Sequence[Box], columns: int) -> list[Box]:
    """Pull each box up until it rests on another; a box in the way is passed below.

    Keeps the order of the input in its output. Works by the skyline of each column, which is
    the same as moving a box up while it is free, as long as boxes are taken by (row, column).
    """
    skyline = [0] * columns
    placed: list[Box] = list(boxes)
    for index in reading_order(boxes):
        box = boxes[index]
        under = skyline[box.x : box.x + box.w]
        y = max(under, default=0)
        placed[index] = Box(box.x, y, box.w, box.h)
        skyline[box.x : box.x + box.w] = [y + box.h] * len(under)
    return placed


def compact_left(boxes: Sequence[Box], columns: int) -> list[Box]:
    """Pull each box left; what does not fit in its row any more wraps to the next free row."""
    order = sorted(range(len(boxes)), key=lambda i: (boxes[i].x, boxes[i].y))
    taken: dict[int, int] = {}  # by row, a bit for each column
    placed: list[Box] = list(boxes)
    for index in order:
        placed[index] = _pulled_left(boxes[index], taken, columns)
        _take(placed[index], taken)
    return placed


def _pulled_left(box: Box, taken: dict[int, int], columns: int) -> Box:
    bits, y = (1 << box.w) - 1, box.y
    while True:
        row = 0
        for covered in range(y, y + box.h):
            row |= taken.get(covered, 0)
        for x in range(columns - box.w + 1):
            if not row & bits << x:
                return Box(x, y, box.w, box.h)
        y += 1


def _take(box: Box, taken: dict[int, int]) -> None:
    bits = ((1 << box.w) - 1) << box.x
    for row in range(box.y, box.y + box.h):
        taken[row] = taken.get(row, 0) | bits
