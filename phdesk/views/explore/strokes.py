"""Series as pyqtgraph items: lines, areas, bars, averages, goal lines."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from phdesk.core.charts.spec import GoalLine, XYBody, XYSeries
from phdesk.core.smoothing import Averages, complete_count, values_of
from phdesk.views.charts.curves import Curve, clean
from phdesk.views.charts.ink import mix
from phdesk.views.charts.marks import UNFINISHED, WIDTH, Pattern, pattern_of
from phdesk.views.charts.overlays import PATTERNS, THIN
from phdesk.views.charts.sides import LARGEST_GOAL
from phdesk.views.charts.strokes import bent, runs
from phdesk.views.explore.band import Band
from phdesk.views.explore.course import Course
from phdesk.views.explore.figures import lonely
from phdesk.views.theme import Theme

CORNERS, MOST_BENT = 10, 100  # points from a value to the next of a smooth line; values of one
MOST_LABELS = 40  # bars with their values written above
BARS_WIDTH = 0.8  # of a bucket
MOST_FEET = 2_000  # bars that may each be wider than a pixel
FAINT = 0.5  # of a colour in its surface: previous periods
RAW = 0.35  # of a colour in its surface: what has an average drawn over it
AREA = 46  # of 255: under a line
GOAL = (4.0, 3.0)  # px on, px off
UNDER = -500  # the series, over the grid
CLOSE = 0.06  # of the height: goals whose names would touch


def line_items(
    curve: Curve, theme: Theme, floor: float | None, *, raw: bool = False, smooth: bool = False
) -> list[Any]:
    """Draw a line, and its area when it is one; `floor` is the log axis' lower end, if it is.

    With `raw` it is faint, for its average is drawn over it; `smooth` lines bend between values.
    """
    highs, series = numbers(curve.highs, log=floor is not None), curve.series
    solid, parts = complete_count(series), CORNERS if smooth and len(highs) <= MOST_BENT else 1
    color = _raw(curve, theme) if raw else None
    filled = series.mark == "area" and not series.previous
    line, step = finer(highs, parts), 1 / parts
    items = _area(line, curve, theme, floor, parts) if filled else []
    if np.isfinite(highs[:solid]).any():
        pen, end = _pen(curve, theme, pattern_of(curve), color), max(solid - 1, 0) * parts + 1
        items.append(Course(line[:end], pen, step=step))
    start = max(solid - 1, 0)
    if solid < len(highs) and np.isfinite(highs[start:]).any():
        pen = _pen(curve, theme, UNFINISHED, color)
        items.append(Course(line[start * parts :], pen, start=start, step=step))
    return items + _dots(highs, curve, theme)


def finer(values: Any, parts: int) -> Any:
    """Give so many points from each value to the next, on the curve of the tiles; NaN for gaps."""
    if parts == 1 or not len(values):
        return values
    made = np.full((len(values) - 1) * parts + 1, math.nan)
    points = [None if math.isnan(y) else (float(x), float(y)) for x, y in enumerate(values)]
    for run in runs(points):
        heights = [y for _, y in bent(run, parts)]
        first = int(run[0][0]) * parts
        made[first : first + len(heights)] = heights
    return made


def average_items(
    averages: Averages, drawn: Sequence[Curve], theme: Theme, *, log: bool
) -> list[tuple[Curve, Any]]:
    """Draw the moving averages of the series that are shown, each with its series."""
    items = []
    for curve in drawn:
        found = values_of(averages, curve.number)
        values = numbers([clean(value) for value in found], log=log)
        if np.isfinite(values).any():
            items.append((curve, Course(values, _pen(curve, theme, pattern_of(curve)))))
    return items


def bar_items(
    curve: Curve, theme: Theme, piles: int, floor: float | None, *, raw: bool = False
) -> list[Any]:
    """Draw bars from zero or from the pile below; those still being counted lighter, dashed."""
    log = floor is not None
    lows, highs = numbers(curve.lows, log=False), numbers(curve.highs, log=log)
    if floor is not None:
        lows = np.full(len(highs), floor)
    color = _raw(curve, theme) if raw else series_color(curve.series, theme)
    width = BARS_WIDTH / piles
    x = np.arange(len(highs)) + (curve.pile - (piles - 1) / 2) * width
    here = np.isfinite(highs)
    late = np.arange(len(highs)) >= complete_count(curve.series)
    items = [
        _bars(x[which], lows[which], highs[which], width, _filling(color, late=done))
        for which, done in ((here & ~late, False), (here & late, True))
        if which.any()
    ]
    standing = here & (highs != lows) & ((lows == 0.0) if floor is None else True)
    return items + _feet(x[standing], lows[standing], width, color)


def goal_items(goals: Sequence[GoalLine], theme: Theme, *, log: bool, height: float) -> list[Any]:
    """Draw horizontal lines with their names; of two close to each other the lower one below."""
    known = sorted((goal for goal in goals if _has_place(goal, log=log)), key=lambda one: one.value)
    places = [math.log10(goal.value) if log else goal.value for goal in known]
    gaps = [upper - lower for lower, upper in pairwise(places)]
    return [
        _goal(goal, place, theme, below=gap < CLOSE * height)
        for goal, place, gap in zip(known, places, [*gaps, math.inf][: len(known)], strict=True)
    ]


def zero_items(theme: Theme, *, log: bool, negative: bool) -> list[Any]:
    """Draw the line at zero, stronger when there is something on both sides of it."""
    if log:
        return []
    line = pg.InfiniteLine(0, angle=0, pen=pg.mkPen(theme.faint if negative else theme.line))
    line.setZValue(UNDER)
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
        pen = _patterned(series_color(curve.series, theme), THIN, PATTERNS[overlay.rule])
        if np.isfinite(values).any():
            items.append((curve, Course(values, pen)))
    return items


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
    # Mixed, not transparent: opaque lines are drawn in segments, which is much faster.
    return mix(theme.surface, color, FAINT) if series.previous else color


def _pen(curve: Curve, theme: Theme, pattern: Pattern | None, color: QColor | None = None) -> QPen:
    return _patterned(color or series_color(curve.series, theme), WIDTH, pattern)


def _raw(curve: Curve, theme: Theme) -> QColor:
    return mix(theme.surface, theme.color(curve.series.color), RAW)


def _patterned(color: QColor, width: float, pattern: Pattern | None) -> QPen:
    pen: QPen = pg.mkPen(color, width=width)
    if pattern:
        pen.setDashPattern([part / width for part in pattern])  # Qt counts in widths
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _area(highs: Any, curve: Curve, theme: Theme, floor: float | None, parts: int = 1) -> list[Any]:
    color = series_color(curve.series, theme)
    color.setAlpha(AREA)
    lows = np.full(len(highs), floor) if floor is not None else finer(np.array(curve.lows), parts)
    return [Band(lows, highs, color, step=1 / parts)]


def _dots(highs: Any, curve: Curve, theme: Theme) -> list[Any]:
    alone = lonely([None if math.isnan(value) else value for value in highs])
    if not alone:
        return []
    color = series_color(curve.series, theme)
    x = np.array(alone, dtype=float)
    return [pg.ScatterPlotItem(x, highs[alone], size=6, pen=None, brush=color)]


def _bars(x: Any, lows: Any, highs: Any, width: float, filling: tuple[QPen, Any]) -> Any:
    pen, brush = filling
    return pg.BarGraphItem(x=x, width=width * 0.94, y0=lows, y1=highs, pen=pen, brush=brush)


def _feet(x: Any, lows: Any, width: float, color: QColor) -> list[Any]:
    """Give each bar that is not zero a pixel, however low it is at any zoom."""
    if not 0 < len(x) <= MOST_FEET:
        return []
    half = width * 0.94 / 2
    ends = np.stack([x - half, x + half], axis=1).ravel()
    pen = pg.mkPen(color, width=1)
    return [pg.PlotCurveItem(ends, np.repeat(lows, 2), pen=pen, connect="pairs", antialias=False)]


def _filling(color: QColor, *, late: bool) -> tuple[QPen, Any]:
    if not late:
        return pg.mkPen(None), pg.mkBrush(color)
    light = QColor(color)
    light.setAlpha(AREA * 2)
    return _patterned(color, 1, UNFINISHED), pg.mkBrush(light)


def _has_place(goal: GoalLine, *, log: bool) -> bool:
    return abs(goal.value) < LARGEST_GOAL and (goal.value > 0 or not log)


def _goal(goal: GoalLine, place: float, theme: Theme, *, below: bool) -> Any:
    pen = _patterned(theme.color(goal.color), 1, GOAL)
    words = " ".join(part for part in (goal.label, goal.text) if part) if goal.named else ""
    back = QColor(theme.surface)
    back.setAlphaF(0.7)  # what lies behind still shows
    end = 0 if goal.at_start else 1
    side = (end, 0 if below else 1)
    options = {"position": end, "color": theme.muted, "fill": back, "anchors": [side, side]}
    # A brace in the words must not be taken for a format field.
    label = words.replace("{", "{{").replace("}", "}}")
    line = pg.InfiniteLine(place, angle=0, pen=pen, label=label, labelOpts=options)
    line.label.setFont(theme.font_for(words, 11))
    return line
