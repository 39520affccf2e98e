"""Paints box plots: box, median line, whiskers and a dot for the mean."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core import formatting
from phdesk.core.charts.shapes import Box, BoxPlotBody, BoxSeries
from phdesk.core.charts.spec import Overlay, XYBody, XYSeries
from phdesk.views.charts import legend, xy
from phdesk.views.charts.curves import clean
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, RIGHT, Ink, box, fill, hairline, text
from phdesk.views.charts.plot import Plot, arrange, nearest

WIDEST = 44  # px of a box
CAP = 0.5  # of a box: the width of the whisker's end
THIN = 8  # px of a box's place, below which boxes are plain strokes
FULL, FAINT = 0.3, 0.1  # strength of a box's colour, and of one that is still being counted
DASHES = (2.5, 2.0)  # of its lines, in widths of the pen


class Drawn(NamedTuple):
    """A box with its place from left to right."""

    series: BoxSeries
    box: Box
    x: float
    width: float
    unfinished: bool = False


def paint(painter: QPainter, rect: QRectF, body: BoxPlotBody, ink: Ink) -> None:
    """Paint grid, boxes, labels and legend."""
    plot = arrange(rect, _frame(body), ink)
    for y in plot.grid:
        start, end = QPointF(plot.area.x(), y), QPointF(plot.area.right(), y)
        hairline(painter, start, end, ink.theme.grid, ink.hair)
    for one in _boxes(plot, body, ink):
        _box(painter, plot, one, ink)
    for _, label in plot.left_labels:
        text(painter, label.rect, label.text, ink, align=RIGHT)
    for label in plot.x_labels:
        text(painter, label.rect, label.text, ink, align=CENTER)
    if plot.legend.height() > 0:
        entries = legend.entries_of(_frame(body), plot.curves, ink)
        legend.paint(painter, plot.legend, [one for _, one in entries], ink)


def hit(rect: QRectF, body: BoxPlotBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the bucket under a point, and the box nearest to it with its figures."""
    plot = arrange(rect, _frame(body), ink)
    if not body.x_labels or point.y() > plot.area.bottom() + ink.px(4):
        return None
    i = nearest(plot, point.x())
    here = [one for one in _boxes(plot, body, ink) if one.series.boxes[i] is one.box]
    here = [one for one in here if abs(one.x - plot.xs[i]) <= plot.band / 2 + 1]
    title = body.x_titles[i] if i < len(body.x_titles) else body.x_labels[i]
    if not here:
        return Hit(title, (), plot.xs[i], None, i)
    found = min(here, key=lambda one: abs(one.x - point.x()))
    return Hit(title, _lines(found, body), plot.xs[i], 0, i)


def part_at(rect: QRectF, body: BoxPlotBody, ink: Ink, point: QPointF) -> int | None:
    """Give the number of the series whose name in the legend is under a point."""
    return xy.part_at(rect, _frame(body), ink, point)


def _lines(one: Drawn, body: BoxPlotBody) -> tuple[HitLine, ...]:
    figures = (
        (one.series.label, one.box.median),
        ("Maximum", one.box.high),
        ("75th percentile", one.box.p75),
        ("Mean", one.box.mean),
        ("25th percentile", one.box.p25),
        ("Minimum", one.box.low),
    )
    return tuple(
        HitLine(
            "" if place else one.series.color,
            name if place else f"{name}, median",
            formatting.number(value, body.format),
        )
        for place, (name, value) in enumerate(figures)
        if value is not None
    )


def _shown(body: BoxPlotBody) -> list[BoxSeries]:
    return [one for one in body.series if not one.hidden]


def _frame(body: BoxPlotBody) -> XYBody:
    """Give a chart of the same extent, whose axes, labels and legend the boxes stand in."""
    made, lows = [], []
    for number, one in enumerate(body.series):
        highs = tuple(None if b is None else b.ends[1] for b in one.boxes)
        made.append(
            XYSeries(label=one.label, color=one.color, values=highs, mark="bar", hidden=one.hidden)
        )
        if not one.hidden:
            low = tuple(None if b is None else b.ends[0] for b in one.boxes)
            lows.append(Overlay(series=number, values=low))
    return XYBody(
        x_labels=body.x_labels,
        x_titles=body.x_titles,
        x_dated=body.x_dated,
        series=tuple(made),
        overlays=tuple(lows),
        format=body.format,
        log=body.log,
        legend=len(_shown(body)) + len(body.set_aside) > 1,
        set_aside=body.set_aside,
    )


def _boxes(plot: Plot, body: BoxPlotBody, ink: Ink) -> Iterator[Drawn]:
    shown = _shown(body)
    gap = min(plot.band * 0.25, ink.px(10))
    slot = min((plot.band - gap) / max(len(shown), 1), ink.px(WIDEST))
    for number, series in enumerate(shown):
        offset = (number - (len(shown) - 1) / 2) * slot
        cut = len(series.boxes) if body.dashed_from is None else body.dashed_from
        for place, (x, one) in enumerate(zip(plot.xs, series.boxes, strict=False)):
            if one is not None:
                wide = max(slot * (0.82 if slot >= ink.px(THIN) else 0.5), 0.8)
                yield Drawn(series, one, x + offset, wide, unfinished=place >= cut)


def _pen(color: QColor, width: float, drawn: Drawn) -> QPen:
    pen = QPen(color, width)
    if drawn.unfinished:
        pen.setDashPattern(DASHES)
    return pen


def _box(painter: QPainter, plot: Plot, drawn: Drawn, ink: Ink) -> None:
    one, color = drawn.box, ink.color(drawn.series.color)
    bottom, top = one.ends
    values = (bottom, one.p25, one.median, one.p75, top)
    axis = plot.left
    low, p25, median, p75, high = (axis.y(clean(value) or 0.0, plot.area) for value in values)
    half, thin = drawn.width / 2, drawn.width < ink.px(THIN) / 2
    if thin:
        _stroke(painter, drawn, (low, p25, median, p75, high), color, ink)
        return
    painter.setPen(_pen(color, ink.px(1.2), drawn))
    whiskers = [QLineF(drawn.x, high, drawn.x, p75), QLineF(drawn.x, p25, drawn.x, low)]
    cap = half * CAP
    ends = [y for y, cut in ((high, one.top), (low, one.bottom)) if cut is None]
    whiskers += [QLineF(drawn.x - cap, y, drawn.x + cap, y) for y in ends]  # open where cut
    painter.drawLines(whiskers)
    edge = _pen(color, ink.px(1.2), drawn)
    body = QRectF(drawn.x - half, p75, drawn.width, max(p25 - p75, 0.5))
    box(painter, body, ink.mixed(color, FAINT if drawn.unfinished else FULL), ink.px(2), edge)
    painter.setPen(QPen(color, ink.px(2.2)))
    painter.drawLine(QLineF(drawn.x - half, median, drawn.x + half, median))
    if one.mean is not None:
        side = min(ink.px(2.4), half * 0.6)
        y = axis.y(clean(one.mean) or 0.0, plot.area)
        dot = QRectF(drawn.x - side, y - side, 2 * side, 2 * side)
        box(painter, dot, ink.theme.surface, side, QPen(color, ink.px(1.2)))


def _stroke(
    painter: QPainter, drawn: Drawn, heights: tuple[float, ...], color: QColor, ink: Ink
) -> None:
    """Draw a box with no room for edges: a faint hair for all, a bar for its half, the median."""
    low, p25, median, p75, high = heights
    wide = max(drawn.width, ink.px(1.2))
    for top, bottom, width, strength in ((high, low, ink.px(0.8), 0.4), (p75, p25, wide, 0.7)):
        weak = 0.5 if drawn.unfinished else 1.0
        place = QRectF(drawn.x - width / 2, top, width, max(bottom - top, 0.5))
        fill(painter, place, ink.mixed(color, strength * weak))
    dark = ink.mixed(ink.theme.text, 0.85)
    fill(painter, QRectF(drawn.x - wide / 2, median - 0.6, wide, ink.px(1.2)), dark)
