"""Draws the goals across a chart, their names where nothing lies."""

from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen

from phdesk.core.charts.spec import XYBody
from phdesk.views.charts import marks
from phdesk.views.charts.curves import Curve
from phdesk.views.charts.ink import Ink, box, fill, text
from phdesk.views.charts.plot import Plot, nearest

LARGEST = 1e300
NARROW = 150  # px of a plot whose goals have no names; the tooltip and the table tell them
LONGEST, PART = 220, 0.6  # px and part of the width that a name may take
FAR_PART = 0.95  # on a wall, where no tooltip says the rest
PX = 11


def paint(painter: QPainter, plot: Plot, body: XYBody, ink: Ink) -> list[QRectF]:
    """Draw lines and names, and give where the names stand."""
    shown = [
        (plot.left.y(goal.value, plot.area), goal)
        for goal in body.goal_lines
        if plot.left.shows(goal.value) and abs(goal.value) <= LARGEST
    ]
    for y, goal in shown:
        pen = QPen(ink.color(goal.color), ink.px(1.2))
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(plot.area.x(), y, plot.area.right(), y))
    taken = [label.rect for _, label in (*plot.left_labels, *plot.right_labels)]
    names: list[QRectF] = []
    for y, goal in shown:
        if not goal.named:
            continue
        words = f"{goal.label}  {goal.text}".strip()
        part = FAR_PART if ink.is_far else PART
        shorter = ink.elided(words, min(plot.area.width() * part, ink.px(LONGEST)), PX)
        place = place_of(plot, shorter, y, [*taken, *names], ink, start=goal.at_start)
        if place is not None:
            _ground(painter, plot, place, ink)
            text(painter, place, shorter, ink, px=PX)
            names.append(place)
    return names


def _ground(painter: QPainter, plot: Plot, place: QRectF, ink: Ink) -> None:
    """Clear the place of a name; over a bar or a line it is a chip, not a hole in them."""
    if covered(plot, place, ink):
        edge = QPen(ink.theme.line, ink.hair)
        chip = QRectF(place.toAlignedRect()).adjusted(-3.5, -0.5, 3.5, 0.5)  # crisp edges
        box(painter, chip, ink.theme.surface, ink.px(3), edge)
    else:
        fill(painter, place.adjusted(-3, 0, 2, 0), ink.theme.surface)


def place_of(
    plot: Plot, words: str, y: float, taken: list[QRectF], ink: Ink, *, start: bool = False
) -> QRectF | None:
    """Find the place of a name above or below its line: at an end where nothing lies, if any.

    Else at the right, or at the `start`, over what is there. Narrow and low charts have no names.
    """
    area, line, width = plot.area, ink.line(PX), ink.width(words, PX)
    if not words or area.height() < 3 * line or area.width() < ink.px(NARROW):
        return None
    xs = sorted((area.right() - width - 2, area.x() + 4), reverse=not start)
    spots = [QRectF(x, top, width + 1, line) for x in xs for top in (y - line - 2, y + 2)]
    free = [
        spot
        for spot in spots
        if spot.top() >= area.top() - line * 1.2 and spot.bottom() <= area.bottom()
        if not any(spot.intersects(other) for other in taken)
    ]
    return next((spot for spot in free if not covered(plot, spot, ink)), next(iter(free), None))


def covered(plot: Plot, spot: QRectF, ink: Ink) -> bool:
    """Tell whether a bar or a line passes through a place."""
    first = max(nearest(plot, spot.left()) - 1, 0)
    near = range(first, min(nearest(plot, spot.right()) + 2, len(plot.xs)))
    return any(
        any(spot.intersects(marks.bar_rect(plot, curve, i, ink)) for i in near)
        if curve.series.mark == "bar"
        else _crossed(plot, curve, spot, near)
        for curve in plot.curves
    )


def _crossed(plot: Plot, curve: Curve, spot: QRectF, near: range) -> bool:
    axis = plot.axis_of(curve)
    highs = [curve.highs[i] for i in near]
    heights = axis.heights(highs, plot.area)
    points = [(plot.xs[i], y) for i, y in zip(near, heights, strict=True)]
    for (x1, y1), (x2, y2) in pairwise(points):
        if y1 is None or y2 is None:
            continue
        box = QRectF(x1, min(y1, y2), max(x2 - x1, 1.0), max(abs(y2 - y1), 1.0))
        if spot.intersects(box):
            return True
    return False
