"""Series as pyqtgraph items: lines, areas, bars, goal lines."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from phdesk.core.charts.spec import GoalLine, XYBody, XYSeries
from phdesk.views.charts.curves import Curve, clean
from phdesk.views.charts.marks import pattern_of
from phdesk.views.charts.overlays import PATTERNS
from phdesk.views.explore.figures import lonely, solid_count
from phdesk.views.theme import Theme

HEADROOM = 1.06
MOST_LABELS = 40  # bars with their values written above
MANY = 2_000  # points: from here on pens are 1 px, for wider ones are 28 times slower
BARS_WIDTH = 0.8  # of a bucket
FAINT = 128  # of 255: previous periods
AREA = 46  # of 255: under a line
DASH = [4.0, 3.0]


def line_items(curve: Curve, theme: Theme, floor: float | None) -> list[Any]:
    """Draw a line, and its area when it is one; `floor` is the log axis' lower end, if it is."""
    log = floor is not None
    highs, series = numbers(curve.highs, log=log), curve.series
    x, solid = np.arange(len(highs), dtype=float), solid_count(curve.series)
    parts = [(slice(0, solid), series.previous), (slice(max(solid - 1, 0), None), True)]
    items = [] if series.mark == "line" else _area(x, highs, curve, theme, floor)
    for part, dashed in parts:
        if np.isfinite(highs[part]).any() and (part.start == 0 or solid < len(highs)):
            items.append(_stroke(x[part], highs[part], _pen(curve, theme, dashed=dashed)))
    return items + _dots(x, highs, curve, theme)


def bar_items(curve: Curve, theme: Theme, piles: int, floor: float | None) -> list[Any]:
    """Draw bars from zero or from the pile below; those still being counted lighter, dashed."""
    log = floor is not None
    lows, highs = numbers(curve.lows, log=False), numbers(curve.highs, log=log)
    if floor is not None:
        lows = np.full(len(highs), floor)
    width = BARS_WIDTH / piles
    x = np.arange(len(highs)) + (curve.pile - (piles - 1) / 2) * width
    here = np.isfinite(highs)
    late = np.arange(len(highs)) >= solid_count(curve.series)
    return [
        _bars(x[which], lows[which], highs[which], width, _filling(curve.series, theme, late=done))
        for which, done in ((here & ~late, False), (here & late, True))
        if which.any()
    ]


def goal_items(goal: GoalLine, theme: Theme, *, log: bool) -> list[Any]:
    """Draw a horizontal line with its name; none below zero on a log axis."""
    if log and goal.value <= 0:
        return []
    pen = pg.mkPen(theme.color(goal.color), width=1, style=Qt.PenStyle.DashLine)
    words = " ".join(part for part in (goal.label, goal.text) if part)
    sides = [(1, 1), (1, 1)]
    options = {"position": 1, "color": theme.muted, "fill": theme.surface, "anchors": sides}
    place = math.log10(goal.value) if log else goal.value
    # A brace in the words must not be taken for a format field.
    label = words.replace("{", "{{").replace("}", "}}")
    line = pg.InfiniteLine(place, angle=0, pen=pen, label=label, labelOpts=options)
    return [line]


def label_items(body: XYBody, drawn: Sequence[Curve], theme: Theme, *, log: bool) -> list[Any]:
    """Write the value labels above the bars of the only series, where they have room."""
    if len(drawn) != 1 or len(body.value_labels) > MOST_LABELS:
        return []
    items = []
    tops = numbers(drawn[0].highs, log=log)
    for place, (text, top) in enumerate(zip(body.value_labels, tops, strict=False)):
        if text and math.isfinite(top):
            item = pg.TextItem(text, color=theme.muted, anchor=(0.5, 1))
            item.setFont(theme.font(11))
            item.setPos(place, top)
            items.append(item)
    return items


def overlay_items(
    body: XYBody, drawn: Sequence[Curve], theme: Theme, *, log: bool
) -> list[tuple[Curve, Any]]:
    """Draw the thin lines that follow from the series that are shown, each with its series."""
    shown = {} if body.percent else {curve.number: curve for curve in drawn}
    items = []
    for overlay in body.overlays:
        curve = shown.get(overlay.series)
        if curve is None:
            continue
        values = numbers([clean(value) for value in overlay.values], log=log)
        pen: QPen = pg.mkPen(series_color(curve.series, theme), width=1)
        pen.setDashPattern(list(PATTERNS[overlay.rule]))
        if np.isfinite(values).any():
            items.append((curve, _stroke(np.arange(len(values), dtype=float), values, pen)))
    return items


def heights(
    drawn: Sequence[Curve], goals: Sequence[GoalLine], *, right: bool, log: bool
) -> tuple[float, float]:
    """Give lower and upper end of a y axis: from zero, or between powers of ten."""
    mine = [curve for curve in drawn if curve.series.right_axis == right]
    highs = [high for curve in mine for high in curve.highs if high is not None]
    highs += [goal.value for goal in goals if math.isfinite(goal.value)]
    if log:
        above = [math.log10(high) for high in highs if high > 0]
        return math.floor(min(above, default=0)), max(above, default=1) + 0.1
    low = min(min(highs, default=0.0), 0.0) * HEADROOM
    high = max(max(highs, default=0.0), 0.0) * HEADROOM
    return (low, high) if high > low else (0.0, 1.0)


def numbers(values: Sequence[float | None], *, log: bool) -> Any:
    """Give values as an array with NaN for gaps; logarithms when asked, where there are any."""
    array = np.array([math.nan if value is None else value for value in values], dtype=float)
    if not log:
        return array
    made = np.full(len(array), math.nan)
    np.log10(array, out=made, where=array > 0)
    return made


def series_color(series: XYSeries, theme: Theme) -> QColor:
    """Give the colour of a series, half as strong for a previous period."""
    color = QColor(theme.color(series.color))
    if series.previous:
        color.setAlpha(FAINT)
    return color


def _pen(curve: Curve, theme: Theme, *, dashed: bool) -> QPen:
    many = len(curve.highs) > MANY
    pen: QPen = pg.mkPen(series_color(curve.series, theme), width=1 if many else 1.8)
    pattern = pattern_of(curve)
    if dashed and not (many and curve.series.previous):  # dashing thousands of points is slow
        pen.setDashPattern(DASH)
    elif pattern and not many and not dashed:
        pen.setDashPattern([part / pen.widthF() for part in pattern])
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _stroke(x: Any, y: Any, pen: QPen | None) -> Any:
    thick = pen is not None and pen.widthF() > 1
    return pg.PlotDataItem(x, y, pen=pen, connect="finite", antialias=thick)


def _area(x: Any, highs: Any, curve: Curve, theme: Theme, floor: float | None) -> list[Any]:
    color = series_color(curve.series, theme)
    stacked = any(curve.lows)
    color.setAlpha(AREA)
    lows = np.array(curve.lows) if floor is None else np.full(len(x), floor)
    if not stacked and np.isfinite(highs).all():
        base = 0.0 if floor is None else floor
        fill = pg.PlotDataItem(x, highs, pen=None, fillLevel=base, brush=color, connect="finite")
        return [fill]
    top = np.where(np.isfinite(highs), highs, lows)
    edges = [pg.PlotCurveItem(x, one, pen=None) for one in (lows, top)]
    return [pg.FillBetweenItem(*edges, brush=pg.mkBrush(color))]


def _dots(x: Any, highs: Any, curve: Curve, theme: Theme) -> list[Any]:
    alone = lonely([None if math.isnan(value) else value for value in highs])
    if not alone:
        return []
    color = series_color(curve.series, theme)
    return [pg.ScatterPlotItem(x[alone], highs[alone], size=6, pen=None, brush=color)]


def _bars(x: Any, lows: Any, highs: Any, width: float, filling: tuple[QPen, Any]) -> Any:
    pen, brush = filling
    return pg.BarGraphItem(x=x, width=width * 0.94, y0=lows, y1=highs, pen=pen, brush=brush)


def _filling(series: XYSeries, theme: Theme, *, late: bool) -> tuple[QPen, Any]:
    color = series_color(series, theme)
    if not late:
        return pg.mkPen(None), pg.mkBrush(color)
    pen: QPen = pg.mkPen(color, width=1)
    pen.setDashPattern(DASH)
    light = QColor(color)
    light.setAlpha(AREA * 2)
    return pen, pg.mkBrush(light)
