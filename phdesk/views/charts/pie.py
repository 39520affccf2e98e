"""Paints a pie or ring with its total, and its slices' names beside or below it."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from phdesk.core.charts.spec import PieBody, Share
from phdesk.views.charts import legend
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, LEFT, RIGHT, Ink, box, put, readable_on, text

NAMES = 320  # px, at most, of the column of names
NAME = 32  # px that a name keeps beside its figures
HOLE = 0.6  # of a ring's radius
LARGEST = 360  # px across
WEIGHT = 650


class Layout(NamedTuple):
    """Where the circle, the names beside it, the total and the legend stand."""

    circle: QRectF
    names: QRectF
    total: QRectF
    legend: QRectF


def paint(painter: QPainter, rect: QRectF, body: PieBody, ink: Ink) -> None:
    """Paint the slices clockwise from the top."""
    layout, shares = arrange(rect, body, ink), _shown(body)
    _slices(painter, layout.circle, body, ink)
    if body.total_text and layout.total.height() > 0:
        _total(painter, layout.total, body.total_text, ink)
    if not layout.names.isEmpty():
        _names(painter, layout.names, shares, ink)
    if not layout.legend.isEmpty():
        entries = [legend.Entry(one.label, _color(one, ink)) for one in shares]
        legend.paint(painter, layout.legend, entries, ink)


def hit(rect: QRectF, body: PieBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the slice under a point."""
    circle = arrange(rect, body, ink).circle
    dx, dy = point.x() - circle.center().x(), point.y() - circle.center().y()
    radius = circle.width() / 2
    away = math.hypot(dx, dy)
    if away > radius or (body.donut and away < radius * HOLE):
        return None
    turn = (math.degrees(math.atan2(dx, -dy)) + 360) % 360
    for index, (share, start, span) in enumerate(_angles(body)):
        if start <= turn < start + span:
            words = " · ".join(part for part in (share.text, share.share_text) if part)
            return Hit(share.label, (HitLine(share.color, share.label, words),), item=index)
    return None


def arrange(rect: QRectF, body: PieBody, ink: Ink) -> Layout:
    """Give names a column beside the circle when the rectangle is wide, a line below when not."""
    nothing = QRectF()
    beside = rect.width() >= rect.height() * 1.35 and rect.width() >= ink.px(220)
    area, foot = QRectF(rect), nothing
    if not beside and rect.height() >= ink.px(130) and len(_shown(body)) > 1:
        foot = QRectF(rect)
        foot.setTop(rect.bottom() - legend.height(ink))
        area.setBottom(foot.top() - ink.px(2))
    total = nothing
    if body.total_text and not body.donut and area.height() >= ink.px(110):
        total = QRectF(area.x(), area.bottom() - ink.line(22), area.width(), ink.line(22))
        area.setBottom(total.top() - ink.px(6))
    side = max(min(area.height(), area.width() * (0.46 if beside else 1.0), ink.px(LARGEST)) - 2, 1)
    circle = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
    names = nothing
    if beside:
        x, names = _side_by_side(rect, side, ink)
        circle.moveLeft(x)
    if not total.isEmpty():
        right = names.left() - ink.px(6) if beside else rect.right()
        middle = circle.center().x()
        total.setWidth(2 * min(middle - rect.x(), right - middle))
        total.moveCenter(QPointF(circle.center().x(), total.center().y()))
        total.moveTop(min(total.top(), circle.bottom() + ink.px(8)))
    if body.donut and side * HOLE >= ink.px(56):
        total = QRectF(0, 0, side * HOLE * 0.86, ink.line(22))
        total.moveCenter(circle.center())
    return Layout(circle, names, total, foot)


def _side_by_side(rect: QRectF, side: float, ink: Ink) -> tuple[float, QRectF]:
    """Place circle and names as one group in the middle: on a wide tile names stay near."""
    width, gap = min(rect.width() * 0.5, ink.px(NAMES)), ink.px(40)
    start = rect.x() + (rect.width() - side - gap - width) / 2
    if start < rect.x():
        half = QRectF(rect.center().x(), rect.y(), rect.width() / 2, rect.height())
        return rect.x() + rect.width() * 0.24 - side / 2, half
    return start, QRectF(start + side + gap, rect.y(), width, rect.height())


def _shown(body: PieBody) -> list[Share]:
    return [one for one in body.shares if not one.hidden]


def _angles(body: PieBody) -> list[tuple[Share, float, float]]:
    """Give each slice with where it starts and how far it goes, in degrees from the top."""
    shares = [one for one in _shown(body) if one.value and 0 < one.value < math.inf]
    largest = max((one.value or 0.0 for one in shares), default=1.0)
    parts = [(one.value or 0.0) / largest for one in shares]  # so that the sum stays finite
    whole, start, made = sum(parts), 0.0, []
    for share, part in zip(shares, parts, strict=True):
        made.append((share, start, part / whole * 360))
        start += part / whole * 360
    return made


def _slices(painter: QPainter, circle: QRectF, body: PieBody, ink: Ink) -> None:
    slices = _angles(body)
    edge = QPen(ink.theme.surface, ink.px(1.2)) if len(slices) > 1 else QPen(Qt.PenStyle.NoPen)
    if not slices:
        painter.setPen(QPen(ink.theme.line, 1))
        painter.setBrush(ink.theme.grid)
        painter.drawEllipse(circle)
    for share, start, span in slices:
        painter.setPen(edge if span > 1 else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(_color(share, ink))
        painter.drawPath(_slice(circle, start, span))
    if body.labels_on_slices:
        for share, start, span in slices:
            _slice_label(painter, circle, share, start + span / 2, span, ink)
    if body.donut:
        side = circle.width() * (1 - HOLE) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.theme.surface)
        painter.drawEllipse(circle.adjusted(side, side, -side, -side))


def _slice(circle: QRectF, start: float, span: float) -> QPainterPath:
    path = QPainterPath()
    if span >= 359.99:
        path.addEllipse(circle)
        return path
    path.moveTo(circle.center())
    path.arcTo(circle, 90 - start, -span)
    path.closeSubpath()
    return path


def _slice_label(
    painter: QPainter, circle: QRectF, share: Share, turn: float, span: float, ink: Ink
) -> None:
    radius = circle.width() / 2
    words = share.share_text or share.text
    width, line = ink.width(words, 11, 600), ink.line(11)
    away = 0.0 if span > 359 else radius * 0.68
    angle = math.radians(turn)
    middle = circle.center() + QPointF(math.sin(angle) * away, -math.cos(angle) * away)
    place = QRectF(middle.x() - width / 2, middle.y() - line / 2, width + 0.5, line)
    corner = max(
        math.hypot(x - circle.center().x(), y - circle.center().y())
        for x in (place.left(), place.right())
        for y in (place.top(), place.bottom())
    )
    chord = 2 * away * math.sin(math.radians(min(span, 180)) / 2)
    if corner > radius - 2 or (span <= 359 and chord < math.hypot(width, line) + 4):
        return
    color = readable_on(_color(share, ink))
    put(painter, place, words, ink.font(11, 600, words), color, CENTER)


def _total(painter: QPainter, place: QRectF, words: str, ink: Ink) -> None:
    size = 20
    while size > 11 and ink.width(words, size, WEIGHT) > place.width():
        size -= 1
    color = ink.theme.text
    text(painter, place, words, ink, px=size, weight=WEIGHT, color=color, align=CENTER)


def _names(painter: QPainter, rect: QRectF, shares: list[Share], ink: Ink) -> None:
    row = ink.line(12) + ink.px(6)
    fits = int(rect.height() // row)
    shown = shares if len(shares) <= fits else shares[: max(fits - 1, 0)]
    lines = len(shown) + (len(shown) < len(shares))
    y = rect.y() + max(rect.height() - lines * row, 0) / 2
    for share in shown:
        _name(painter, QRectF(rect.x(), y, rect.width(), row), share, ink)
        y += row
    if len(shown) < len(shares) and fits > 0:
        left = len(shares) - len(shown)
        text(painter, QRectF(rect.x(), y, rect.width(), row), f"+ {left:,} more", ink, px=12)


def _name(painter: QPainter, band: QRectF, share: Share, ink: Ink) -> None:
    side = ink.px(9)
    swatch = QRectF(band.x(), band.center().y() - side / 2, side, side)
    box(painter, swatch, _color(share, ink), ink.px(2))
    figures = band.adjusted(side + ink.px(6), 0, 0, 0)
    room = figures.width() - ink.width(share.text, 12, 600) - ink.px(14 + NAME)
    kept = share.share_text if ink.width(share.share_text, 12) <= room else ""  # the value first
    used = text(painter, figures, kept, ink, px=12, align=RIGHT)
    figures.setRight(figures.right() - (used + ink.px(6) if used else 0))
    value = text(
        painter, figures, share.text, ink, px=12, weight=600, color=ink.theme.text, align=RIGHT
    )
    name = QRectF(band)
    name.setLeft(swatch.right() + ink.px(6))
    name.setRight(figures.right() - value - ink.px(8))
    text(painter, name, share.label, ink, px=12, color=ink.theme.text, align=LEFT)


def _color(share: Share, ink: Ink) -> QColor:
    color = ink.color(share.color)
    return ink.mixed(color, 0.5) if share.previous else color
