"""Paints a pie or ring with its total, and its slices' names beside or below it."""

import math
from collections import Counter

from msgspec import Struct, structs
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from phdesk.core.charts.spec import PieBody, Share
from phdesk.views.charts import legend
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, LEFT, RIGHT, Ink, box, put, readable_on, text

NAMES = 420  # px, at most, of the column of names
NAME = 32  # px that a name keeps beside its figures
HOLE = 0.6  # of a ring's radius
LARGEST, LEAST = 460, 44  # px across; beneath it a list of names gives way
NARROW = 220  # px, below which the names stand as a list under the circle
AIRY = 200  # px of height, from which the circle keeps away from what is above
ROOM = 150  # px, from which names can stand beside a low circle
SMALL, LARGE = 12, 15  # px of the names
PART, FAR_PART = 0.46, 0.28  # of the width, for a circle at most; on a wall at least
FAR_NAMES = 0.4  # of the height, that names below may take on a wall
ROW_EACH, MOST_ROWS = 100, 4  # px of height for each row of names below; and how many at most
SWATCH, BESIDE, BETWEEN = 9, 6, 14  # px of a name's colour, of a gap, before figures
WEIGHT = 650


class Layout(Struct, frozen=True, gc=False):
    """Where the circle, the names beside it, the total and the legend stand."""

    circle: QRectF
    names: QRectF
    total: QRectF
    legend: QRectF
    px: float  # of the names


def paint(painter: QPainter, rect: QRectF, body: PieBody, ink: Ink) -> None:
    """Paint the slices clockwise from the top."""
    layout, shares = arrange(rect, body, ink), [one for _, one in named(body)]
    _slices(painter, layout.circle, body, ink)
    if body.total_text and layout.total.height() > 0:
        _total(painter, layout, body.total_text, ink)
    if not layout.names.isEmpty():
        _names(painter, layout, shares, ink)
    if not layout.legend.isEmpty():
        legend.paint(painter, layout.legend, _entries(shares, ink), ink)


def hit(rect: QRectF, body: PieBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the slice under a point."""
    circle = arrange(rect, body, ink).circle
    dx, dy = point.x() - circle.center().x(), point.y() - circle.center().y()
    radius = circle.width() / 2
    away = math.hypot(dx, dy)
    if away > radius or (body.donut and away < radius * HOLE):
        return None
    turn = (math.degrees(math.atan2(dx, -dy)) + 360) % 360
    for number, share, start, span in _angles(body):
        if start <= turn < start + span:
            words = " · ".join(part for part in (share.text, share.share_text) if part)
            return Hit(share.label, (HitLine(share.color, share.label, words),), item=number)
    return None


def part_at(rect: QRectF, body: PieBody, ink: Ink, point: QPointF) -> int | None:
    """Give the number of the slice whose name is under a point."""
    layout, known = arrange(rect, body, ink), named(body)
    shares = [one for _, one in known]
    if legend.reach(layout.legend, ink).contains(point):
        found = legend.at(layout.legend, _entries(shares, ink), ink, point)
    else:
        rows = (i for i, row in enumerate(_rows(layout, len(shares), ink)) if row.contains(point))
        found = next(rows, None)
    return None if found is None else known[found][0]


def _entries(shares: list[Share], ink: Ink) -> list[legend.Entry]:
    return [legend.Entry(one.label, _color(one, ink), hidden=one.hidden) for one in shares]


def arrange(rect: QRectF, body: PieBody, ink: Ink) -> Layout:
    """Give names a column beside the circle when the rectangle is wide, room below when not."""
    beside = rect.width() >= rect.height() * 1.35 and rect.width() >= ink.px(ROOM)
    if beside:
        return _beside(rect, body, ink)
    if rect.width() < ink.px(NARROW):
        return _over_list(rect, body, ink)
    area, foot = QRectF(rect), QRectF()
    if rect.height() >= ink.px(130) and len(named(body)) > 1:
        foot = QRectF(rect)
        entries = _entries([one for _, one in named(body)], ink)
        most = min(max(int(rect.height() / ink.px(ROW_EACH)), 1), MOST_ROWS)
        if ink.is_far:  # nobody can point at a slice to learn its name
            row = legend.height(ink, 2) - legend.height(ink)
            most = max(most, int(rect.height() * FAR_NAMES / row))
        rows = legend.rows_for(rect.width(), entries, ink, most)
        foot.setTop(rect.bottom() - legend.height(ink, rows))
        area.setBottom(foot.top() - ink.px(2))
    if area.height() >= ink.px(AIRY):
        area.setTop(area.top() + ink.px(BESIDE))  # free of the description above
    circle, total = _circle(area, area.width(), body, ink)
    return Layout(circle, QRectF(), total, foot, SMALL)


def _circle(area: QRectF, width: float, body: PieBody, ink: Ink) -> tuple[QRectF, QRectF]:
    """Place circle and total in the middle of an area."""
    total, px = QRectF(), _total_px(area, ink)
    area = QRectF(area)
    if body.total_text and not body.donut and area.height() >= ink.px(110):
        total = QRectF(area.x(), 0, area.width(), ink.line(px + 2))
        total.moveBottom(area.bottom())
        area.setBottom(total.top() - ink.px(6))
    side = max(min(area.height(), width, ink.px(LARGEST)) - 2, 1)
    circle = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
    if not total.isEmpty():
        total.moveTop(min(total.top(), circle.bottom() + ink.px(8)))
    if body.donut and side * HOLE >= ink.px(56):
        total = QRectF(0, 0, side * HOLE * 0.86, ink.line(px + 2))
        total.moveCenter(circle.center())
    return circle, total


def _total_px(area: QRectF, ink: Ink) -> float:
    return min(max(min(area.height(), area.width()) / ink.scale / 18, 20), 30)


def _beside(rect: QRectF, body: PieBody, ink: Ink) -> Layout:
    """Place circle and names as one group in the middle, its figures near their names."""
    gap = min(ink.px(40), rect.width() * 0.06)
    across = rect.width() * PART
    if ink.is_far:  # no tooltip says what a cut name is
        across = max(min(across, rect.width() - gap - _bare(body, ink)), rect.width() * FAR_PART)
    circle, total = _circle(rect, across, body, ink)
    px = float(min(max(int(circle.width() / ink.scale / 26), SMALL), LARGE))
    room = rect.width() - circle.width() - gap
    width = min(_natural(body, px, ink), ink.px(NAMES), room)
    start = rect.x() + (room - width) / 2
    circle.moveLeft(start)
    names = QRectF(circle.right() + gap, rect.y(), width, rect.height())
    middle = circle.center().x()
    total.setWidth(min(total.width(), 2 * min(middle - rect.x(), names.left() - middle - 6)))
    total.moveCenter(QPointF(middle, total.center().y()))
    return Layout(circle, names, total, QRectF(), px)


def _over_list(rect: QRectF, body: PieBody, ink: Ink) -> Layout:
    """Place the circle over as many names as leave it a fair size."""
    row, gap = _row_height(SMALL - 1, ink), ink.px(6)
    count = len(named(body))
    rows = min(count, int((rect.height() - ink.px(LEAST) - gap) // row))
    names = QRectF()
    area = QRectF(rect)
    if rows >= 2 or rows == count > 0:
        names = QRectF(rect.x(), rect.bottom() - rows * row, rect.width(), rows * row)
        area.setBottom(names.top() - gap)
    circle, total = _circle(area, area.width(), body, ink)
    return Layout(circle, names, total, QRectF(), SMALL - 1)


def _bare(body: PieBody, ink: Ink) -> float:
    """Give the width that names want without their figures."""
    label = max((ink.width(one.label, SMALL) for _, one in named(body)[:60]), default=0.0)
    return label + ink.px(SWATCH + BESIDE + 2)


def _natural(body: PieBody, px: float, ink: Ink) -> float:
    """Give the width that names and figures want, side by side."""
    shares = [one for _, one in named(body)[:60]]
    label = max((ink.width(one.label, px) for one in shares), default=0.0)
    value = max((ink.width(one.text, px, 600) for one in shares), default=0.0)
    part = max((ink.width(one.share_text, px) for one in shares), default=0.0)
    wide = label + value + part + ink.px(SWATCH + 2 * BESIDE + BETWEEN) + 2
    return max(wide, ink.px(110))


def _row_height(px: float, ink: Ink) -> float:
    return ink.line(px) + ink.px(6 if px >= SMALL else 2)


def named(body: PieBody) -> list[tuple[int, Share]]:
    """Give the slices that have a name, with their numbers, those hidden by hand too.

    Slices of one name are told apart by a number of their own.
    """
    aside = frozenset(body.set_aside)
    shares = [(i, one) for i, one in enumerate(body.shares) if not one.hidden or i in aside]
    count = Counter((one.label, one.previous) for _, one in shares)
    seen: Counter[tuple[str, bool]] = Counter()
    made = []
    for i, one in shares:
        key = (one.label, one.previous)
        seen[key] += 1
        twin = count[key] > 1
        label = f"{one.label} ({seen[key]})" if twin else one.label
        made.append((i, structs.replace(one, label=label)))
    return made


def _angles(body: PieBody) -> list[tuple[int, Share, float, float]]:
    """Give each slice's number, where it starts and how far it goes, in degrees from the top."""
    shares = [
        (i, one)
        for i, one in named(body)
        if not one.hidden and one.value and 0 < one.value < math.inf
    ]
    largest = max((one.value or 0.0 for _, one in shares), default=1.0)
    parts = [(one.value or 0.0) / largest for _, one in shares]  # so that the sum stays finite
    whole, start, made = sum(parts), 0.0, []
    for (i, share), part in zip(shares, parts, strict=True):
        made.append((i, share, start, part / whole * 360))
        start += part / whole * 360
    return made


def _slices(painter: QPainter, circle: QRectF, body: PieBody, ink: Ink) -> None:
    slices = _angles(body)
    edge = QPen(ink.theme.surface, ink.px(1.2)) if len(slices) > 1 else QPen(Qt.PenStyle.NoPen)
    if not slices:
        painter.setPen(QPen(ink.theme.line, ink.hair))
        painter.setBrush(ink.theme.grid)
        painter.drawEllipse(circle)
    for _, share, start, span in slices:
        painter.setPen(edge if span > 1 else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(_color(share, ink))
        painter.drawPath(_slice(circle, start, span))
    if body.labels_on_slices:
        for _, share, start, span in slices:
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


def _total(painter: QPainter, layout: Layout, words: str, ink: Ink) -> None:
    place = layout.total
    size = int(place.height() / max(ink.line(100) / 100, 0.01)) - 2
    while size > 11 and ink.width(words, size, WEIGHT) > place.width():
        size -= 1
    color = ink.theme.text
    text(painter, place, words, ink, px=size, weight=WEIGHT, color=color, align=CENTER)


def _names(painter: QPainter, layout: Layout, shares: list[Share], ink: Ink) -> None:
    rows = _rows(layout, len(shares), ink)
    shown = _fitted(shares[: len(rows)], layout.names.width(), layout.px, ink)
    for share, row in zip(shown, rows, strict=True):
        _name(painter, row, share, layout.px, ink)
    high, left = _row_height(layout.px, ink), len(shares) - len(rows)
    foot = rows[-1].bottom() if rows else layout.names.y()
    if left and foot + high <= layout.names.bottom() + 0.1:
        place = QRectF(layout.names.x(), foot, layout.names.width(), high)
        text(painter, place, f"+ {left:,} more", ink, px=layout.px)


def _rows(layout: Layout, count: int, ink: Ink) -> list[QRectF]:
    """Place as many names as fit, in the middle; of too many the last row counts the others."""
    rect, row = layout.names, _row_height(layout.px, ink)
    if rect.isEmpty():
        return []
    fits = int((rect.height() + 0.01) // row)
    shown = count if count <= fits else max(fits - 1, 0)
    lines = shown + (shown < count)
    y = rect.y() + max(rect.height() - lines * row, 0) / 2
    return [QRectF(rect.x(), y + i * row, rect.width(), row) for i in range(shown)]


def _fitted(shares: list[Share], width: float, px: float, ink: Ink) -> list[Share]:
    """Leave as many figures beside the names as cut none of them, the same for all."""
    values = [structs.replace(one, share_text="") for one in shares]
    parts = [structs.replace(one, text=one.share_text or one.text, share_text="") for one in shares]
    bare = [structs.replace(one, text="") for one in values]
    forms = [parts, bare] if px < SMALL else [shares, values, bare]
    return max(forms, key=lambda form: sum(_is_whole(one, width, px, ink) for one in form))


def _is_whole(share: Share, width: float, px: float, ink: Ink) -> bool:
    used = ink.width(share.label, px) + ink.px(SWATCH + BESIDE)
    used += ink.width(share.text, px, 600) + ink.px(8) if share.text else 0.0
    used += ink.width(share.share_text, px) + ink.px(BESIDE) if share.share_text else 0.0
    return used <= width


def _name(painter: QPainter, band: QRectF, share: Share, px: float, ink: Ink) -> None:
    side = ink.px(SWATCH)
    swatch = QRectF(band.x(), band.center().y() - side / 2, side, side)
    if share.hidden:
        place = band.adjusted(side + ink.px(BESIDE), 0, 0, 0)
        legend.strike(painter, swatch, place, share.label, ink, px=px)
        return
    box(painter, swatch, _color(share, ink), ink.px(2))
    figures = band.adjusted(side + ink.px(BESIDE), 0, 0, 0)
    room = figures.width() - ink.width(share.text, px, 600) - ink.px(BETWEEN + NAME)
    kept = share.share_text if ink.width(share.share_text, px) <= room else ""  # the value first
    used = text(painter, figures, kept, ink, px=px, align=RIGHT)
    figures.setRight(figures.right() - (used + ink.px(BESIDE) if used else 0))
    color = ink.theme.text
    value = text(painter, figures, share.text, ink, px=px, weight=600, color=color, align=RIGHT)
    name = QRectF(band)
    name.setLeft(swatch.right() + ink.px(BESIDE))
    name.setRight(figures.right() - (value + ink.px(8) if value else 0))
    if name.width() > 0:
        text(painter, name, share.label, ink, px=px, color=ink.theme.text, align=LEFT)


def _color(share: Share, ink: Ink) -> QColor:
    color = ink.color(share.color)
    return ink.mixed(color, 0.5) if share.previous else color
