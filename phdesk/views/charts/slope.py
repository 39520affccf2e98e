"""Paints a slope chart: lines between two buckets, with names and values at both ends."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from phdesk.core.charts.shapes import Slope, SlopeBody
from phdesk.core.formatting import Format
from phdesk.core.ticks import ends
from phdesk.views.charts import legend
from phdesk.views.charts.axis import axis
from phdesk.views.charts.curves import clean
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, RIGHT, Ink, box, hairline, text
from phdesk.views.charts.marks import UNFINISHED, WIDTH
from phdesk.views.charts.strokes import dashes

DOT = 2.6  # px, radius
BESIDE = 110  # px of a chart with words beside its ends
LISTED, SIDE, LEAST = 3, 8, 76  # lines below a narrower one; px of a swatch, and of the chart
NEAR = 40.0  # px from a line that still points at it


class Layout(NamedTuple):
    """Where the lines stand: (slope, height at the start, height at the end)."""

    area: QRectF
    lines: tuple[tuple[Slope, float, float], ...]
    starts: dict[int, float]  # middles of the labels at the start, by number of the line
    ends: dict[int, float]
    titles: bool
    legend: QRectF  # of slopes that are hidden by hand; empty when there are none
    listed: QRectF  # below a narrow chart, for the names that have no room beside it

    def end_place(self, index: int, rect: QRectF, ink: Ink) -> QRectF:
        """Give where a line's figure and name stand at its end."""
        line, left = ink.line(11), self.area.right() + ink.px(8)
        return QRectF(left, self.ends[index] - line / 2, rect.right() - left, line)


def paint(painter: QPainter, rect: QRectF, body: SlopeBody, ink: Ink) -> None:
    """Paint two posts, the lines between them and what is written at their ends."""
    layout = arrange(rect, body, ink)
    area = layout.area
    for x in (area.left(), area.right()):
        hairline(
            painter, QPointF(x, area.top()), QPointF(x, area.bottom()), ink.theme.line, ink.hair
        )
    for slope, start, end in reversed(layout.lines):
        _line(painter, QPointF(area.left(), start), QPointF(area.right(), end), slope, ink)
    _labels(painter, rect, layout, ink)
    if layout.titles:
        below = layout.legend.height() + layout.listed.height()
        _titles(painter, rect.adjusted(0, 0, 0, -below), body, ink)
    if layout.legend.height() > 0:
        legend.paint(painter, layout.legend, [one for _, one in _aside(body, ink)], ink)
    _list(painter, layout, ink)


def hit(rect: QRectF, body: SlopeBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the line nearest to a point."""
    layout = arrange(rect, body, ink)
    if not layout.lines:
        return None
    share = (point.x() - layout.area.x()) / max(layout.area.width(), 1.0)
    share = min(max(share, 0.0), 1.0)
    away = [abs(a + (b - a) * share - point.y()) for _, a, b in layout.lines]
    index = min(range(len(away)), key=away.__getitem__)
    if away[index] > ink.px(NEAR):
        return None
    slope = layout.lines[index][0]
    end = f"{slope.end_text} so far" if slope.dashed else slope.end_text
    lines = [
        HitLine(slope.color, body.start_title, slope.start_text),
        HitLine(slope.color, body.end_title, end),
    ]
    if slope.change_text:
        lines.append(HitLine("", "Change", slope.change_text))
    return Hit(slope.label, tuple(lines), item=body.slopes.index(slope))


def part_at(rect: QRectF, body: SlopeBody, ink: Ink, point: QPointF) -> int | None:
    """Give the number of the slope whose name is under a point, beside its end or below."""
    layout = arrange(rect, body, ink)
    if legend.reach(layout.legend, ink).contains(point):
        aside = _aside(body, ink)
        found = legend.at(layout.legend, [one for _, one in aside], ink, point)
        return None if found is None else aside[found][0]
    drawn = [i for i, slope in enumerate(body.slopes) if not slope.hidden]
    named = (i for i in layout.ends if layout.end_place(i, rect, ink).contains(point))
    found = next(named, None)
    return None if found is None else drawn[found]


def _aside(body: SlopeBody, ink: Ink) -> list[tuple[int, legend.Entry]]:
    """Give the names of slopes hidden by hand: no line leads to them."""
    return [
        (i, legend.Entry(body.slopes[i].label, ink.theme.faint, hidden=True))
        for i in body.set_aside
    ]


def arrange(rect: QRectF, body: SlopeBody, ink: Ink) -> Layout:
    """Leave room for the words at both sides, the names first where it is narrow."""
    shown = [slope for slope in body.slopes if not slope.hidden]
    line, foot = ink.line(11), QRectF()
    if body.set_aside and rect.height() >= ink.px(110) and rect.width() >= ink.px(140):
        foot = QRectF(rect)
        foot.setTop(rect.bottom() - legend.height(ink))
        rect = rect.adjusted(0, 0, 0, -foot.height())
    titles, listed = rect.height() >= 4 * line, _room_below(rect, shown, ink)
    rect = rect.adjusted(0, 0, 0, -listed.height())
    pad = line / 2 if rect.height() >= 2 * line else 1.0
    area = rect.adjusted(ink.px(4), pad, -ink.px(4), -pad - (line if titles else 0.0))
    if rect.width() >= ink.px(BESIDE) and rect.height() >= 2 * line:
        gap = ink.px(8)
        left = max((ink.width(one.start_text, 11, 600) for one in shown), default=0.0)
        right = max((ink.width(_end_words(one), 11, 600) for one in shown), default=0.0)
        area.setLeft(rect.x() + min(left, rect.width() * 0.25) + gap)
        area.setRight(rect.right() - min(right + ink.px(4), rect.width() * 0.45) - gap)
    values = [(clean(one.start) or 0.0, clean(one.end) or 0.0) for one in shown]
    scale = axis([value for pair in values for value in pair], Format())
    lines = tuple(
        (slope, scale.y(start, area), scale.y(end, area))
        for slope, (start, end) in zip(shown, values, strict=True)
    )
    room = QRectF(rect.x(), rect.y(), rect.width(), area.bottom() + pad - rect.y())
    if not listed.isEmpty():
        return Layout(area, lines, {}, {}, titles, foot, listed)
    starts = _apart([start for _, start, _ in lines], line, room)
    stops = _apart([end for _, _, end in lines], line, room)
    return Layout(area, lines, starts, stops, titles, foot, listed)


def _room_below(rect: QRectF, shown: Sequence[Slope], ink: Ink) -> QRectF:
    """Give a narrow chart a list of the highest at its end, which name what is drawn."""
    high, line = rect.height(), ink.line(11) + ink.px(2)
    rows = min(LISTED, len(shown), int((high - ink.px(LEAST)) // line))
    if rect.width() >= ink.px(BESIDE) or rows < 1:
        return QRectF()
    return QRectF(rect.x(), rect.bottom() - rows * line, rect.width(), rows * line)


def _list(painter: QPainter, layout: Layout, ink: Ink) -> None:
    """Name the highest at the end with their figures."""
    if layout.listed.isEmpty():
        return
    line, side = ink.line(11) + ink.px(2), ink.px(SIDE)
    band = QRectF(layout.listed.x(), layout.listed.y(), layout.listed.width(), line)
    ranked = sorted(layout.lines, key=lambda one: one[2])  # from the top of the chart
    for slope, _, _ in ranked[: round(layout.listed.height() / line)]:
        swatch = QRectF(band.x(), band.center().y() - side / 2, side, side)
        box(painter, swatch, ink.color(slope.color), ink.px(2))
        rest = band.adjusted(side + ink.px(5), 0, 0, 0)
        color = ink.theme.text
        used = text(painter, rest, slope.end_text, ink, weight=600, color=color, align=RIGHT)
        rest.setRight(rest.right() - used - ink.px(5))
        if rest.width() > 0:
            text(painter, rest, slope.label, ink)
        band.translate(0, line)


def _apart(heights: Sequence[float], line: float, room: QRectF) -> dict[int, float]:
    """Push labels apart where they would touch; of too many, the first keep theirs."""
    fits = max(int(room.height() // line), 1)
    order = sorted(range(min(len(heights), fits)), key=lambda index: (heights[index], index))
    tops: list[float] = []
    for index in order:
        top = max(heights[index] - line / 2, room.top())
        tops.append(max(top, tops[-1] + line) if tops else top)
    limit = room.bottom()
    for place in reversed(range(len(tops))):
        limit = tops[place] = min(tops[place], limit - line)
    return {index: top + line / 2 for index, top in zip(order, tops, strict=True)}


def _line(painter: QPainter, start: QPointF, end: QPointF, slope: Slope, ink: Ink) -> None:
    color = ink.color(slope.color)
    painter.setPen(QPen(color, ink.px(WIDTH)))
    if slope.dashed:
        ends = [(start.x(), start.y()), (end.x(), end.y())]
        painter.drawLines(dashes(ends, *map(ink.px, UNFINISHED)))
    else:
        painter.drawLine(QLineF(start, end))
    side = ink.px(DOT)
    for point in (start, end):
        box(painter, QRectF(point.x() - side, point.y() - side, 2 * side, 2 * side), color, side)


def _labels(painter: QPainter, rect: QRectF, layout: Layout, ink: Ink) -> None:
    area, line, gap = layout.area, ink.line(11), ink.px(8)
    for index, (slope, _, _) in enumerate(layout.lines):
        if index in layout.starts:
            place = QRectF(rect.x(), layout.starts[index] - line / 2, 0, line)
            place.setRight(area.left() - gap)
            text(
                painter, place, slope.start_text, ink, weight=600, color=ink.theme.text,
                align=RIGHT, whole=True,
            )  # fmt: skip
        if index in layout.ends:
            _end_label(painter, layout.end_place(index, rect, ink), slope, ink)


def _end_label(painter: QPainter, place: QRectF, slope: Slope, ink: Ink) -> None:
    used = text(
        painter, place, slope.end_text, ink, weight=600, color=ink.theme.text, align=LEFT,
        whole=True,
    )  # fmt: skip
    rest = place.adjusted(used + ink.px(6) if used else 0, 0, 0, 0)
    if rest.width() > 0:
        text(painter, rest, slope.label, ink, color=ink.theme.muted)


def _end_words(slope: Slope) -> str:
    return f"{slope.end_text}  {slope.label}"


def _titles(painter: QPainter, rect: QRectF, body: SlopeBody, ink: Ink) -> None:
    line = ink.line(11)
    y = rect.bottom() - line
    start, end = body.start_title, body.end_title
    if ink.width(f"{start}  {end}", 11) > rect.width():
        start, end = ends((start, end), ())  # of one year
    used = text(painter, QRectF(rect.x(), y, rect.width() * 0.6, line), start, ink)
    x = rect.x() + used + ink.px(8)
    right = QRectF(x, y, max(rect.right() - x, 0), line)
    text(painter, right, end, ink, align=RIGHT)
