"""Paints lines, areas and bars over buckets, with axes, goal lines and legend."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core import formatting
from phdesk.core.charts.compared import change_text
from phdesk.core.charts.spec import XYBody
from phdesk.views.charts import axis_marks, axis_titles, goals, legend, marks, overlays, values
from phdesk.views.charts.curves import Curve, axis_number, format_of
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, RIGHT, Ink, fill, hairline, text
from phdesk.views.charts.plot import Plot, arrange, nearest
from phdesk.views.charts.sides import Label


def paint(painter: QPainter, rect: QRectF, body: XYBody, ink: Ink) -> None:
    """Paint a chart of lines, areas or bars."""
    plot = arrange(rect, body, ink)
    _grid(painter, plot, ink)
    splits = plot.left.low < 0  # zero lies over what stands on both of its sides, else below all
    if not splits:
        _zero(painter, plot, ink)
    marks.paint(painter, plot, ink)
    if splits:
        _zero(painter, plot, ink)
    _nothing(painter, plot, body, ink)
    taken = goals.paint(painter, plot, body, ink)
    overlays.paint(painter, plot, body, ink)
    values.paint(painter, rect, plot, body, ink, taken)
    _edges(painter, plot, ink)
    _labels(painter, plot, ink)
    axis_titles.paint(painter, plot.titles, body, ink)
    axis_marks.paint(painter, _spots(plot, body, ink), plot.area.bottom(), body, ink)
    _note(painter, plot.note, body, ink)
    if plot.legend.height() > 0:
        entries = [one for _, one in legend.entries_of(body, plot.curves, ink)]
        legend.paint(painter, plot.legend, entries, ink, column=plot.column)


def hit(rect: QRectF, body: XYBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the nearest bucket: its series, highest first, and which of them is nearest."""
    plot = arrange(rect, body, ink)
    if not body.x_labels or not plot.curves:
        return None
    spots = _spots(plot, body, ink)
    if spots and point.y() > plot.area.bottom() + ink.px(1):
        return _hit_mark(plot, spots, body, ink, point)
    if point.y() > plot.area.bottom() + ink.px(4):
        return None
    if plot.legend.contains(point):
        return None
    return _bucket(plot, body, nearest(plot, point.x()), point)


def hit_at(rect: QRectF, body: XYBody, ink: Ink, item: int) -> Hit | None:
    """Give what a tooltip says about a bucket, wherever the pointer is."""
    plot = arrange(rect, body, ink)
    return _bucket(plot, body, item, None) if 0 <= item < len(body.x_labels) else None


def bucket_at(rect: QRectF, body: XYBody, ink: Ink, point: QPointF) -> int | None:
    """Give the bucket nearest to a point between the axes; None outside of them."""
    plot = arrange(rect, body, ink)
    inside = plot.area.adjusted(-ink.px(2), -ink.px(2), ink.px(2), ink.px(2)).contains(point)
    return nearest(plot, point.x()) if inside and body.x_labels and plot.curves else None


def band_of(rect: QRectF, body: XYBody, ink: Ink, first: int, last: int) -> QRectF:
    """Give the part of the plot that buckets take, for what is marked with the pointer."""
    plot = arrange(rect, body, ink)
    low, high = sorted((first, last))
    half = plot.band / 2 if any(one.series.mark == "bar" for one in plot.curves) else 0.0
    left, right = plot.xs[low] - half, plot.xs[high] + half
    return QRectF(left, plot.area.top(), right - left, plot.area.height())


def part_at(rect: QRectF, body: XYBody, ink: Ink, point: QPointF) -> int | None:
    """Give the number of the series whose name in the legend is under a point."""
    plot = arrange(rect, body, ink)
    if not legend.reach(plot.legend, ink).contains(point):
        return None
    entries = legend.entries_of(body, plot.curves, ink)
    shown = [one for _, one in entries]
    found = legend.at(plot.legend, shown, ink, point, column=plot.column)
    return None if found is None else entries[found][0]


def _bucket(plot: Plot, body: XYBody, i: int, point: QPointF | None) -> Hit:
    known = [(curve, _raw(curve, i)) for curve in plot.curves]
    known.sort(key=lambda pair: (pair[1] is None, -(pair[1] or 0.0)))
    lines = tuple(_hit_line(curve, value, body, i) for curve, value in known)
    title = body.x_titles[i] if i < len(body.x_titles) else body.x_labels[i]
    near = None if point is None else _near(plot, [curve for curve, _ in known], i, point)
    noted = axis_marks.lines_at(body, i)  # first: a long list of series is cut at its end
    near = None if near is None else near + len(noted)
    span = (plot.area.top(), plot.area.bottom())
    return Hit(title, (*noted, *lines), plot.xs[i], near, i, span, _total(plot, body, i))


def _total(plot: Plot, body: XYBody, i: int) -> str:
    """Add up the series that go together, where at least two of them are shown."""
    parts = [curve for curve in plot.curves if curve.number in body.summed]
    if len(parts) < 2:
        return ""
    whole = sum(_raw(curve, i) or 0.0 for curve in parts)
    return formatting.number(whole, format_of(body, parts[0].series))


def _spots(plot: Plot, body: XYBody, ink: Ink) -> list[axis_marks.Spot]:
    """Place marks where there is room below the axis."""
    return axis_marks.spots(body, plot.xs, ink) if plot.x_labels and body.marks else []


def _hit_mark(
    plot: Plot, spots: list[axis_marks.Spot], body: XYBody, ink: Ink, point: QPointF
) -> Hit | None:
    """Find a mark below the axis: its annotations, with their buckets when they differ."""
    spot = axis_marks.spot_at(spots, point.x(), ink)
    if spot is None or point.y() > plot.area.bottom() + axis_marks.lane(body, ink) + ink.px(3):
        return None
    span = (plot.area.top(), plot.area.bottom())
    if len(spot.marks) == 1:
        at = spot.marks[0].at
        return Hit(body.x_titles[at], axis_marks.lines_at(body, at), spot.x, None, at, span)
    lines = tuple(
        HitLine(axis_marks.INK, text, body.x_titles[mark.at])
        for mark in spot.marks
        for text in mark.texts
    )
    return Hit(f"{spot.total} annotations", lines, spot.x, None, None, span)


def _raw(curve: Curve, i: int) -> float | None:
    known = curve.series.values
    return known[i] if i < len(known) else None


def _hit_line(curve: Curve, value: float | None, body: XYBody, i: int) -> HitLine:
    series = curve.series
    words = formatting.number(value, format_of(body, series))
    return HitLine(series.color, series.label, words, change_text(body, curve.number, i))


def _near(plot: Plot, ordered: list[Curve], i: int, point: QPointF) -> int | None:
    best, distance = None, float("inf")
    for position, curve in enumerate(ordered):
        high, axis = curve.highs[i], plot.axis_of(curve)
        if high is None or not axis.shows(high):
            continue
        top, bottom = axis.y(high, plot.area), axis.y(curve.lows[i], plot.area)
        filled = curve.series.mark == "bar" or (
            curve.series.mark == "area" and not curve.series.previous
        )
        inside = filled and min(top, bottom) <= point.y() <= max(top, bottom)
        away = 0.0 if inside else abs(point.y() - top)
        if away < distance:
            best, distance = position, away
    return best


def _grid(painter: QPainter, plot: Plot, ink: Ink) -> None:
    for y in plot.grid:
        start, end = QPointF(plot.area.x(), y), QPointF(plot.area.right(), y)
        hairline(painter, start, end, ink.theme.grid, ink.hair)


def _zero(painter: QPainter, plot: Plot, ink: Ink) -> None:
    axis = plot.left
    if axis.log or axis.low > 0 or axis.high < 0:
        return
    y = axis.y(0.0, plot.area)
    strong = ink.theme.faint if axis.low < 0 else ink.mixed(ink.theme.faint, 0.6)
    hairline(painter, QPointF(plot.area.x(), y), QPointF(plot.area.right(), y), strong, ink.hair)


def _nothing(painter: QPainter, plot: Plot, body: XYBody, ink: Ink) -> None:
    """Say that there is nothing but zero, or the empty plot looks broken."""
    line = ink.line(12)
    known = any(value is not None for curve in plot.curves for value in curve.highs)
    flat = all(plot.axis_of(curve).flat for curve in plot.curves)
    if not known or not flat or plot.area.height() < 4 * line:
        return
    words = f"All values are {formatting.compact(0.0, body.format)}"
    place = QRectF(0, 0, plot.area.width(), line)
    place.moveCenter(plot.area.center())
    text(painter, place, words, ink, px=12, align=CENTER, whole=True)


def _edges(painter: QPainter, plot: Plot, ink: Ink) -> None:
    """Draw the colour of an axis' series beside its labels, when there are several axes."""
    for number, x in plot.edges:
        colors = [marks.color_of(c, ink) for c in plot.curves if axis_number(c.series) == number]
        place = QRectF(x - ink.px(1), plot.area.top(), ink.px(2), plot.area.height())
        if colors:
            fill(painter, place, colors[0])


def _note(painter: QPainter, place: QRectF, body: XYBody, ink: Ink) -> None:
    """Write the figure below the chart behind its name, both whole."""
    used = text(painter, place, body.foot[0], ink, px=12)
    rest = place.adjusted(used + ink.px(4), 0, 0, 0)
    text(painter, rest, body.foot[1], ink, px=12, weight=600, color=ink.theme.text)


def _labels(painter: QPainter, plot: Plot, ink: Ink) -> None:
    for _, label in plot.left_labels:
        text(painter, label.rect, label.text, ink, align=RIGHT, color=_label_color(label, ink))
    for _, label in plot.right_labels:
        text(painter, label.rect, label.text, ink, color=_label_color(label, ink))
    for label in plot.x_labels:
        text(painter, label.rect, label.text, ink, align=CENTER)
    for curve, label in plot.end_labels:
        color = ink.words(marks.color_of(curve, ink))
        text(painter, label.rect, label.text, ink, weight=600, color=color)


def _label_color(label: Label, ink: Ink) -> QColor:
    """Give the colour of an axis' label: muted, or its series' where there are several axes."""
    return ink.words(ink.color(label.color)) if label.color else ink.theme.muted
