"""Lines as segments: thick antialiased polylines are slow in Qt, segments are not.

Also thins out what has more points than pixels, keeping the highest and lowest of each pixel.
"""

import math
import sys
from array import array
from collections.abc import Sequence
from itertools import chain, pairwise
from math import hypot
from struct import pack

from PySide6.QtCore import QByteArray, QDataStream, QLineF, QPointF
from PySide6.QtGui import QPolygonF

Point = tuple[float, float]
CORNER, MOST_CORNERS = 3.0, 24  # px between the corners of a curve; between two of its points


def segments(points: Sequence[Point]) -> list[QLineF]:
    """Join neighbouring points."""
    return [QLineF(*start, *end) for start, end in pairwise(points)]


def polygon(points: Sequence[Point]) -> QPolygonF:
    """Give many points at once, as the bytes that Qt writes: one by one is six times slower."""
    numbers = array("d", chain.from_iterable(points))
    if sys.byteorder == "little":
        numbers.byteswap()
    data = QByteArray(pack(">I", len(points)) + numbers.tobytes())
    stream, made = QDataStream(data), QPolygonF()
    stream.setVersion(QDataStream.Version.Qt_6_5)
    stream >> made  # as in C++, Qt reads into it
    return made


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


def runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Split points at their gaps."""
    whole = [point for point in points if point is not None]
    if len(whole) == len(points):
        return [whole] if whole else []
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


def bent(points: Sequence[Point], corners: int = 0) -> list[Point]:
    """Join points by a curve that goes through all of them and never beyond their values.

    Steffen's rule (1990): between two points the curve is monotonous, so that it shows no peak
    that is not there. Its corners are some pixels apart, or `corners` of them from point to point.
    """
    if len(points) < 3 and not corners:
        return list(points)
    slopes = _slopes(points)
    made = [points[0]]
    for (start, end), (first, last) in zip(pairwise(points), pairwise(slopes), strict=True):
        width = end[0] - start[0]
        steps = corners or min(max(int(width / CORNER), 1), MOST_CORNERS)
        for step in range(1, steps):
            t = step / steps
            made.append((start[0] + t * width, _hermite(t, width, start[1], end[1], first, last)))
        made.append(end)
    return made


def _hermite(t: float, width: float, start: float, end: float, first: float, last: float) -> float:
    left = (1 + 2 * t) * (1 - t) ** 2 * start + t * (1 - t) ** 2 * width * first
    return left + t * t * (3 - 2 * t) * end + t * t * (t - 1) * width * last


def _slopes(points: Sequence[Point]) -> list[float]:
    steps = [(b[0] - a[0] or 1.0, b[1] - a[1]) for a, b in pairwise(points)]
    straight = [rise / width for width, rise in steps]
    made = straight[:1]
    for (before, after), ((w1, _), (w2, _)) in zip(
        pairwise(straight), pairwise(steps), strict=True
    ):
        mean = (before * w2 + after * w1) / (w1 + w2)
        if before * after <= 0:
            made.append(0.0)
        else:
            least = min(abs(before), abs(after), abs(mean) / 2)
            made.append(2 * math.copysign(least, before))
    return [*made, *straight[-1:]]


def corners(points: Sequence[Point]) -> list[QPointF]:
    """Give points as Qt's."""
    return [QPointF(*point) for point in points]


def _extremes(column: list[Point]) -> list[Point]:
    if len(column) <= 2:
        return column
    lowest = min(range(len(column)), key=lambda i: column[i][1])
    highest = max(range(len(column)), key=lambda i: column[i][1])
    return [column[i] for i in sorted({0, lowest, highest, len(column) - 1})]
