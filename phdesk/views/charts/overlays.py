"""Draws the thin lines over a chart that follow from its series: trends and averages."""

from PySide6.QtGui import QPainter, QPen

from phdesk.core.charts.spec import Overlay, XYBody
from phdesk.views.charts import marks
from phdesk.views.charts.curves import Curve, clean
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import Plot
from phdesk.views.charts.strokes import dashes, decimated, runs, segments

THIN = 1.2  # px
PATTERNS = {"trend": (5.0, 4.0), "average": (1.5, 2.5)}  # px on, px off


def paint(painter: QPainter, plot: Plot, body: XYBody, ink: Ink) -> None:
    """Draw the lines of the series that are shown, in their colours; shares of 100 % have none."""
    if body.percent:
        return
    shown = {curve.number: curve for curve in plot.curves}
    for overlay in body.overlays:
        if overlay.series in shown:
            _line(painter, plot, overlay, shown[overlay.series], ink)


def _line(painter: QPainter, plot: Plot, overlay: Overlay, curve: Curve, ink: Ink) -> None:
    values = [clean(value) for value in overlay.values[: len(plot.xs)]]
    heights = plot.axis_of(curve).heights(values, plot.area)
    points = [None if y is None else (x, y) for x, y in zip(plot.xs, heights, strict=False)]
    dense = len(points) > 2 * plot.area.width()
    painter.setPen(QPen(marks.color_of(curve, ink), 1.0 if dense else ink.px(THIN)))
    on, off = PATTERNS[overlay.rule]
    for run in runs(points):
        if dense:
            painter.drawLines(segments(decimated(run)))
        elif len(run) > 1:
            painter.drawLines(dashes(run, ink.px(on), ink.px(off)))
