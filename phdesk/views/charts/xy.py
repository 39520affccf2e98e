"""Paints lines, areas and bars over buckets, with axes, goal lines and legend."""

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core import formatting
from phdesk.core.charts.spec import XYBody
from phdesk.views.charts import legend, marks
from phdesk.views.charts.curves import Curve
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, LEFT, RIGHT, Ink, hairline, put, text
from phdesk.views.charts.plot import Plot, arrange, nearest


def paint(painter: QPainter, rect: QRectF, body: XYBody, ink: Ink) -> None:
    """Paint a chart of lines, areas or bars."""
    plot = arrange(rect, body, ink)
    _grid(painter, plot, ink)
    marks.paint(painter, plot, ink)
    _zero(painter, plot, ink)
    _goals(painter, plot, body, ink)
    _value_labels(painter, rect, plot, body, ink)
    _labels(painter, plot, ink)
    if plot.legend.height() > 0:
        legend.paint(painter, plot.legend, _entries(plot, body, ink), ink)


def hit(rect: QRectF, body: XYBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the nearest bucket: its series, highest first, and which of them is nearest."""
    plot = arrange(rect, body, ink)
    if not body.x_labels or not plot.curves or point.y() > plot.area.bottom() + ink.px(4):
        return None
    i = nearest(plot, point.x())
    known = [(curve, _raw(curve, i)) for curve in plot.curves]
    known.sort(key=lambda pair: (pair[1] is None, -(pair[1] or 0.0)))
    lines = tuple(_hit_line(curve, value, body) for curve, value in known)
    title = body.x_titles[i] if i < len(body.x_titles) else body.x_labels[i]
    near = _near(plot, [curve for curve, _ in known], i, point)
    return Hit(title, lines, plot.xs[i], near, i, (plot.area.top(), plot.area.bottom()))


def _raw(curve: Curve, i: int) -> float | None:
    values = curve.series.values
    return values[i] if i < len(values) else None


def _hit_line(curve: Curve, value: float | None, body: XYBody) -> HitLine:
    series = curve.series
    how = body.right_format if series.right_axis else body.format
    return HitLine(series.color, series.label, formatting.number(value, how))


def _near(plot: Plot, ordered: list[Curve], i: int, point: QPointF) -> int | None:
    best, distance = None, float("inf")
    for position, curve in enumerate(ordered):
        high, axis = curve.highs[i], plot.axis_of(curve)
        if high is None or not axis.shows(high):
            continue
        top, bottom = axis.y(high, plot.area), axis.y(curve.lows[i], plot.area)
        inside = curve.series.mark != "line" and min(top, bottom) <= point.y() <= max(top, bottom)
        away = 0.0 if inside else abs(point.y() - top)
        if away < distance:
            best, distance = position, away
    return best


def _grid(painter: QPainter, plot: Plot, ink: Ink) -> None:
    for y in plot.grid:
        start, end = QPointF(plot.area.x(), y), QPointF(plot.area.right(), y)
        hairline(painter, start, end, ink.theme.grid)


def _zero(painter: QPainter, plot: Plot, ink: Ink) -> None:
    axis = plot.left
    if axis.log:
        return
    y = axis.y(0.0, plot.area)
    strong = ink.theme.faint if axis.low < 0 else ink.theme.line
    hairline(painter, QPointF(plot.area.x(), y), QPointF(plot.area.right(), y), strong)


def _goals(painter: QPainter, plot: Plot, body: XYBody, ink: Ink) -> None:
    taken: list[QRectF] = []
    for goal in body.goal_lines:
        if not plot.left.shows(goal.value) or abs(goal.value) > 1e300:
            continue
        y = plot.left.y(goal.value, plot.area)
        pen = QPen(ink.color(goal.color), ink.px(1.2))
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(plot.area.x(), y, plot.area.right(), y))
        place = _goal_label(painter, plot, f"{goal.label}  {goal.text}".strip(), y, taken, ink)
        taken += [place] if place else []


def _goal_label(
    painter: QPainter, plot: Plot, words: str, y: float, taken: list[QRectF], ink: Ink
) -> QRectF | None:
    """Write a goal's name above its line at the right, or below when there is no room."""
    line = ink.line(11)
    shown = ink.elided(words, min(plot.area.width() * 0.6, ink.px(220)), 11)
    if not shown or plot.area.height() < 3 * line:
        return None
    width = ink.width(shown, 11)
    for top in (y - line - 2, y + 2):
        place = QRectF(plot.area.right() - width - 2, top, width + 1, line)
        inside = top >= plot.area.top() - line * 1.2 and place.bottom() <= plot.area.bottom()
        if inside and not any(place.intersects(other) for other in taken):
            back = QColor(ink.theme.surface)
            back.setAlphaF(0.7)  # what lies behind still shows
            painter.fillRect(place.adjusted(-3, 0, 2, 0), back)
            put(painter, place, shown, ink.font(11, 400, shown), ink.theme.muted, LEFT)
            return place
    return None


def _value_labels(painter: QPainter, rect: QRectF, plot: Plot, body: XYBody, ink: Ink) -> None:
    if not body.value_labels or not plot.curves or plot.area.height() < 3 * ink.line(10):
        return
    curve, line, end = plot.curves[0], ink.line(10), rect.x()
    axis = plot.axis_of(curve)
    for words, high, middle in zip(body.value_labels, curve.highs, plot.xs, strict=False):
        width = ink.width(words, 10)
        x = middle - width / 2
        if high is None or not words or x < end or x + width > rect.right():
            continue
        y = axis.y(high, plot.area)
        top = y - line - 1 if high >= 0 else min(y + 1, plot.area.bottom() - line)
        place = QRectF(x, max(top, rect.y()), width + 0.5, line)
        put(painter, place, words, ink.font(10, 400, words), ink.theme.text, CENTER)
        end = x + width + ink.px(3)


def _labels(painter: QPainter, plot: Plot, ink: Ink) -> None:
    for _, label in plot.left_labels:
        text(painter, label.rect, label.text, ink, align=RIGHT)
    for _, label in plot.right_labels:
        text(painter, label.rect, label.text, ink)
    for label in plot.x_labels:
        text(painter, label.rect, label.text, ink, align=CENTER)
    for curve, label in plot.end_labels:
        color = marks.color_of(curve, ink)
        text(painter, label.rect, label.text, ink, weight=600, color=color)


def _entries(plot: Plot, body: XYBody, ink: Ink) -> list[legend.Entry]:
    made = []
    rank = {number: place for place, number in enumerate(body.legend_order)}
    for curve in sorted(plot.curves, key=lambda one: rank.get(one.number, one.number)):
        line = curve.series.mark == "line"
        dash = marks.pattern_of(curve) if line else None
        made.append(legend.Entry(curve.series.label, marks.color_of(curve, ink), dash))
    return made
