"""All tiles on one screen: the layout is solved anew for a screen's shape, in reading order.

Tiles stand in rows from edge to edge. A tile's width in its row follows from the shape of its box,
a row's height from all of its tiles; the number of rows is the one that distorts them least.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from phdesk.core.grid.boxes import reading_order
from phdesk.models.dashboard import Box

CELL = 1.25  # a cell's width by its height, as on a common screen
# What a division costs, found by looking at boards of 3 to 20 tiles on screens of all shapes:
STRETCHED = 2.0  # for each factor of e by which its tiles are stretched
UNEVEN = 12.0  # for rows of unlike width
JOINED, SPLIT = 1.2, 0.8  # for two rows of the layout in one, for one row in two
UNLIKE = 3.0  # for each factor of e between tiles that are alike and neighbours in the layout


class Area(Struct, frozen=True, gc=False):
    """A part of the screen, in shares of its width and height from the top left corner."""

    x: float
    y: float
    w: float
    h: float


def fitted(boxes: Sequence[Box], shape: float) -> list[Area]:
    """Fill a screen of a shape (width by height) with tiles; the result is in the input's order."""
    order = reading_order(boxes)
    wide = [max(boxes[i].w, 1) * CELL / max(boxes[i].h, 1) for i in order]
    tops = [boxes[i].y for i in order]
    placed = [Area(0, 0, 1, 1)] * len(boxes)
    likes = [(boxes[i].y, boxes[i].w, boxes[i].h) for i in order]
    rows = _rows(wide, tops, likes, max(shape, 0.1))
    for row, top, height in _stacked(rows, wide, max(shape, 0.1)):
        x, whole = 0.0, sum(wide[i] for i in row)
        for i in row:
            share = wide[i] / whole
            placed[order[i]] = Area(x, top, share, height)
            x += share
    return placed


def _rows(
    wide: Sequence[float], tops: Sequence[int], likes: Sequence[tuple[int, int, int]], shape: float
) -> list[range]:
    """Choose among the best divisions into 1, 2, 3 … rows.

    Before they are stretched to the screen, tiles of a division have their own shapes; what counts
    is how much they have to be stretched, all alike, how the division treats the layout, and that
    what stood side by side in one size stays of one size.
    """
    best, least = [range(len(wide))] if wide else [], math.inf
    for rows, cost in _divisions(wide, tops):
        natural = sum(shape / sum(wide[i] for i in row) for row in rows)
        total = cost + STRETCHED * abs(math.log(natural)) + UNLIKE * _unlike(rows, wide, likes)
        if total < least:
            best, least = rows, total
    return best


def _divisions(wide: Sequence[float], tops: Sequence[int]) -> Iterator[tuple[list[range], float]]:
    """Give the best division for each number of rows, by dynamic programming over the last row."""
    size, sums = len(wide), [0.0]
    for one in wide:
        sums.append(sums[-1] + one)
    changes = [0] * 2  # how often the row of the layout changed up to a tile
    for above, top in pairwise(tops):
        changes.append(changes[-1] + (above != top))
    cost = [0.0] + [math.inf] * size
    starts: list[list[int]] = []
    for count in range(1, size + 1):
        chosen, costs = [0] * (size + 1), [math.inf] * (size + 1)
        for end in range(count, size + 1):
            for start in range(count - 1, end):
                uneven = UNEVEN * ((sums[end] - sums[start]) / sums[size]) ** 2
                joined = JOINED * (changes[end] - changes[start + 1])
                split = SPLIT if start and tops[start] == tops[start - 1] else 0.0
                total = cost[start] + uneven + joined + split
                if total < costs[end]:
                    costs[end], chosen[end] = total, start
        cost = costs
        starts.append(chosen)
        yield _traced(starts, size), cost[size] - UNEVEN / count  # even rows cost nothing


def _unlike(
    rows: Sequence[range], wide: Sequence[float], likes: Sequence[tuple[int, int, int]]
) -> float:
    """Say by what factor, as a logarithm, alike neighbours differ in width at most."""
    widths: dict[tuple[int, int, int], list[float]] = {}
    for row in rows:
        whole = sum(wide[i] for i in row)
        for i in row:
            widths.setdefault(likes[i], []).append(wide[i] / whole)
    return max((math.log(max(held) / min(held)) for held in widths.values()), default=0.0)


def _traced(starts: Sequence[Sequence[int]], size: int) -> list[range]:
    rows: list[range] = []
    for chosen in reversed(starts):
        rows.append(range(chosen[size], size))
        size = chosen[size]
    return rows[::-1]


def _stacked(
    rows: Sequence[range], wide: Sequence[float], shape: float
) -> list[tuple[range, float, float]]:
    """Give each row its top and height; together they are as high as the screen."""
    heights = [shape / sum(wide[i] for i in row) for row in rows]
    whole = sum(heights)
    stacked, top = [], 0.0
    for row, height in zip(rows, heights, strict=True):
        stacked.append((row, top, height / whole))
        top += height / whole
    return stacked
