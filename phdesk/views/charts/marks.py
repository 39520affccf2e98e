"""Draws the lines, areas and bars of a chart."""

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from phdesk.views.charts.breath import breathe
from phdesk.views.charts.curves import Curve, pile_count
from phdesk.views.charts.ink import LEAST, Ink
from phdesk.views.charts.looks import DASHES, HUES, PREVIOUS, Pattern, color_of, pattern_of
from phdesk.views.charts.plot import Plot
from phdesk.views.charts.strokes import (
    Point,
    bent,
    corners,
    dashes,
    decimated,
    polygon,
    runs,
    segments,
)

__all__ = [  # with what the focus view asks for here
    "DASHES", "HUES", "PREVIOUS", "UNFINISHED", "WIDTH", "Pattern", "bar_place", "bar_rect",
    "color_of", "paint", "pattern_of",
]  # fmt: skip
WIDTH = 1.8  # px of a line
UNFINISHED = (3.0, 3.0)  # px on, px off, of a bucket that is still being counted
DOT, ALONE = 2.2, 4.5  # px, radius of a point between gaps, and of a series' only one
WIDEST_BAR = 96
THIN_BAND, THIN_BAR = 4, 5  # px below which bars touch, and their parts
CROWDED = 20  # points of all lines to a pixel of the width
THICK = 1.4  # scale from which the ends of a line can be seen


def paint(painter: QPainter, plot: Plot, ink: Ink) -> None:
    """Draw all series, the first on top; areas lie under bars, bars under lines.

    The previous period is not filled: two stacks over each other turn to mud.
    """
    backwards = list(reversed(plot.curves))
    for curve in backwards:
        if curve.series.mark == "area" and not curve.series.previous:
            _area(painter, plot, curve, ink)
    for curve in plot.curves:
        if curve.series.mark == "bar":
            _bars(painter, plot, curve, ink)
    crowded = _is_crowded(plot)
    for curve in sorted(backwards, key=lambda one: not one.series.previous):
        if curve.series.mark != "bar":
            breathe()
            _line(painter, plot, curve, ink, crowded=crowded)


def _points(plot: Plot, curve: Curve) -> list[Point | None]:
    heights = plot.axis_of(curve).heights(curve.highs, plot.area)
    return [None if y is None else (x, y) for x, y in zip(plot.xs, heights, strict=False)]


def _line(painter: QPainter, plot: Plot, curve: Curve, ink: Ink, *, crowded: bool) -> None:
    points = _points(plot, curve)
    dense = len(points) > 2 * plot.area.width()
    thin = dense or crowded
    # Width 1 has a fast path in Qt, which counts when every pixel has its own corner.
    width = 1.0 if thin else ink.px(WIDTH)
    pen = QPen(color_of(curve, ink), width)
    pen.setCapStyle(_cap(curve, ink))
    painter.setPen(pen)
    start = curve.series.dashed_from
    cut = len(points) if start is None or curve.series.previous else max(start, 0)
    solid = runs(points[:cut])
    pending = runs(points[max(cut - 1, 0) :]) if cut < len(points) else []
    if plot.smooth and not thin:
        solid, pending = _bent(points, plot.xs[cut - 1] if cut else -math.inf)
        pending = pending if cut < len(points) else []
    pattern = None if thin else pattern_of(curve)
    alone = len(points) - points.count(None) == 1
    for run in solid:
        if thin and not dense and len(run) > 1:
            painter.drawPolyline(polygon(run))
        else:
            _stroke(painter, decimated(run) if dense else run, pattern, ink, alone=alone)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    for run in pending:
        _stroke(painter, decimated(run) if dense else run, UNFINISHED, ink, alone=alone)


def _is_crowded(plot: Plot) -> bool:
    """Tell whether lines have so many points that dashes would run into each other."""
    lines = sum(curve.series.mark != "bar" for curve in plot.curves)
    return lines * len(plot.xs) > CROWDED * plot.area.width()


def _bent(points: list[Point | None], end: float) -> tuple[list[list[Point]], list[list[Point]]]:
    """Bend a line as a whole, then part it where what is complete has its end."""
    lines = [bent(run) for run in runs(points)]
    before = [[point for point in line if point[0] <= end] for line in lines]
    after = [[point for point in line if point[0] >= end] for line in lines]
    return [part for part in before if part], [part for part in after if part]


def _cap(curve: Curve, ink: Ink) -> Qt.PenCapStyle:
    if pattern_of(curve):
        return Qt.PenCapStyle.FlatCap
    # Round caps cost up to 13 times as much as square ones, and differ only on thick lines.
    return Qt.PenCapStyle.RoundCap if ink.scale >= THICK else Qt.PenCapStyle.SquareCap


def _stroke(
    painter: QPainter, run: list[Point], pattern: Pattern | None, ink: Ink, *, alone: bool
) -> None:
    if len(run) == 1:
        _dot(painter, run[0], ink, ALONE if alone else DOT)
    elif ink.theme.medium != "screen":
        _joined(painter, run, pattern, ink)
    elif pattern:
        painter.drawLines(dashes(run, *map(ink.px, pattern)))
    else:
        painter.drawLines(segments(run))


def _joined(painter: QPainter, run: list[Point], pattern: Pattern | None, ink: Ink) -> None:
    """Draw a line of a file as one: dash by dash, noisy lines would take megabytes and seconds."""
    painter.save()
    pen = QPen(painter.pen())
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if pattern:
        pen.setDashPattern([ink.px(part) / pen.widthF() for part in pattern])
    painter.setPen(pen)
    painter.drawPolyline(polygon(run))
    painter.restore()


def _dot(painter: QPainter, point: Point, ink: Ink, radius: float) -> None:
    painter.save()
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(*point), ink.px(radius), ink.px(radius))
    painter.restore()


def _area(painter: QPainter, plot: Plot, curve: Curve, ink: Ink) -> None:
    fill = QColor(color_of(curve, ink))
    fill.setAlphaF(0.42 if any(curve.lows) else 0.22)
    if len(curve.highs) > 2 * plot.area.width():
        _columns(painter, plot, curve, fill)  # a polygon of that many corners takes seconds
        return
    axis = plot.axis_of(curve)
    lows = [axis.low] * len(curve.lows) if axis.log else curve.lows
    floors = dict(zip(plot.xs, axis.heights(lows, plot.area), strict=False))
    joined = bent if plot.smooth else list[Point]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    for top in runs(_points(plot, curve)):
        bottom = [(x, floors[x] or plot.area.bottom()) for x, _ in top]
        if len(top) > 1:
            outline = [*joined(top), *reversed(joined(bottom))]
            painter.drawPolygon(QPolygonF(corners(outline)))


def _bars(painter: QPainter, plot: Plot, curve: Curve, ink: Ink) -> None:
    if plot.band < 1:
        _columns(painter, plot, curve, color_of(curve, ink))
        return
    count = pile_count(plot.curves)
    offset, width = bar_place(plot, curve, ink)
    color = color_of(curve, ink)
    start = curve.series.dashed_from
    cut = len(plot.xs) if start is None or curve.series.previous else start
    inner = min(1.0, width * 0.1) if count > 1 else 0.0
    # Edges between touching bars would shine through where both are smoothed.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, plot.band >= ink.px(THIN_BAND))
    for i, span in enumerate(_spans(plot, curve)):
        if span is None or abs(span[1] - span[0]) < 0.2:
            continue
        top, bottom = min(span), max(span)
        bar = QRectF(plot.xs[i] + offset, top, width - inner, bottom - top)
        _bar(painter, bar, color, ink, unfinished=i >= cut)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def bar_place(plot: Plot, curve: Curve, ink: Ink) -> tuple[float, float]:
    """Give where a bar begins, from the middle of its bucket, and its width."""
    count = pile_count(plot.curves)
    gap = min(plot.band * 0.2, ink.px(6)) if plot.band >= ink.px(THIN_BAND) else 0.0
    width = min((plot.band - gap) / count, ink.px(WIDEST_BAR))
    return (curve.pile - count / 2) * width, width


def bar_rect(plot: Plot, curve: Curve, i: int, ink: Ink) -> QRectF:
    """Give the place of a bar, an empty one where there is none."""
    high, axis = curve.highs[i], plot.axis_of(curve)
    if high is None or not axis.shows(high):
        return QRectF()
    offset, width = bar_place(plot, curve, ink)
    end, base = axis.y(high, plot.area), axis.y(curve.lows[i], plot.area)
    return QRectF(plot.xs[i] + offset, min(end, base), width, abs(base - end))


def _bar(painter: QPainter, bar: QRectF, color: QColor, ink: Ink, *, unfinished: bool) -> None:
    thin = bar.width() < ink.px(THIN_BAR)
    if bar.height() > 4 and not thin:
        bar.adjust(0, 0.5, 0, -0.5)  # a hair between the parts of a pile
    radius = 0.0 if thin else min(ink.px(2), bar.width() / 4, bar.height() / 4)
    if not unfinished or bar.width() < 4 or bar.height() < 4:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.mixed(color, 0.35) if unfinished else color)
        painter.drawRoundedRect(bar, radius, radius)
        return
    pen = QPen(color, ink.px(1.2))
    pen.setDashPattern([2.5, 2.0])
    painter.setPen(pen)
    painter.setBrush(ink.mixed(color, 0.3))
    painter.drawRoundedRect(bar.adjusted(0.6, 0.6, -0.6, -0.6), radius, radius)


def _columns(painter: QPainter, plot: Plot, curve: Curve, color: QColor) -> None:
    """Draw what is thinner than a pixel: each pixel's highest and lowest."""
    reach: dict[int, tuple[float, float]] = {}
    for x, span in zip(plot.xs, _spans(plot, curve), strict=False):
        if span is not None:
            top, bottom = reach.get(int(x), span)
            reach[int(x)] = (min(top, span[0], span[1]), max(bottom, span[0], span[1]))
    painter.setPen(QPen(color, 1))
    painter.drawLines(
        [QLineF(x + 0.5, a, x + 0.5, b) for x, (a, b) in reach.items() if abs(a - b) > 0.2]
    )


def _spans(plot: Plot, curve: Curve) -> list[tuple[float, float] | None]:
    """Give each bucket's bar from end to base; those at the base are seen if they are not zero."""
    axis, area = plot.axis_of(curve), plot.area
    floors = [max(low, axis.low) for low in curve.lows]
    tops, bases = axis.heights(curve.highs, area), axis.heights(floors, area)
    spans: list[tuple[float, float] | None] = []
    for value, low, top, base in zip(curve.highs, curve.lows, tops, bases, strict=True):
        if top is None or base is None:
            spans.append(None)
        elif value and not low and abs(top - base) < LEAST:
            spans.append((base - LEAST if value > 0 else base + LEAST, base))
        else:
            spans.append((top, base))
    return spans
