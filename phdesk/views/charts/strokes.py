"""Lines as segments: thick antialiased polylines are slow in Qt, segments are not.

Also thins out what has more points than pixels, keeping the highest and lowest of each pixel.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QLineF, QPointF

Point = tuple[float, float]


def segments(points: Sequence[Point]) -> list[QLineF]:
    """Join neighbouring points."""
    return [QLineF(*start, *end) for start, end in pairwise(points)]


def dashes(points: Sequence[Point], *pattern: float) -> list[QLineF]:
    """Cut a path into dashes and gaps, in pixels by turns, across its corners."""
    made: list[QLineF] = []
    place, left = 0, pattern[0]
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        done = 0.0
        while done < length:
            step = min(left, length - done)
            if place % 2 == 0:
                a, b = done / length, (done + step) / length
                made.append(
                    QLineF(
                        x1 + (x2 - x1) * a, y1 + (y2 - y1) * a,
                        x1 + (x2 - x1) * b, y1 + (y2 - y1) * b,
                    )
                )  # fmt: skip
            done, left = done + step, left - step
            if left <= 1e-6:
                place = (place + 1) % len(pattern)
                left = pattern[place]
    return made


def runs(points: Iterable[Point | None]) -> list[list[Point]]:
    """Split points at their gaps."""
    made: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            if made[-1]:
                made.append([])
        else:
            made[-1].append(point)
    return made if made[-1] else made[:-1]


def decimated(points: list[Point]) -> list[Point]:
    """Keep first, lowest, highest and last of the points that fall on the same pixel."""
    made: list[Point] = []
    column: list[Point] = []
    for point in points:
        if column and int(point[0]) != int(column[0][0]):
            made += _extremes(column)
            column = []
        column.append(point)
    return made + _extremes(column)


def corners(points: Sequence[Point]) -> list[QPointF]:
    """Give points as Qt's."""
    return [QPointF(*point) for point in points]


def _extremes(column: list[Point]) -> list[Point]:
    if len(column) <= 2:
        return column
    lowest = min(range(len(column)), key=lambda i: column[i][1])
    highest = max(range(len(column)), key=lambda i: column[i][1])
    return [column[i] for i in sorted({0, lowest, highest, len(column) - 1})]
