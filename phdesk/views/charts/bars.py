"""Paints horizontal bars from zero, with their names and values."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core.charts.spec import BarsBody, Share
from phdesk.views.charts import legend
from phdesk.views.charts.curves import LARGEST
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEAST, LEFT, RIGHT, Ink, box, hairline, text

HIGHEST, PART = 44, 1 / 5  # px of a row, and of the height on a large tile
FAR_PART = 1 / 3  # of the height on a wall, where four rows fill it
THICKEST, THIN = 44, 4  # px of a bar; of one below its name, at least
FULL, TOP = 0.6, 72  # of a high row, and px, taken by its bar
NARROW, SHORT = 240, 56  # px of a tile, and of its longest bar, below which names stand above bars
ROOM, MOST_ROWS = 110, 2  # px of a tile that names parts, and rows of their names
GAP = 1  # px between parts
SMALL, LARGE = 12, 15  # px of the type
NAMES = 0.4  # of the width, at most, for names beside their bars


class Layout(NamedTuple):
    """Where the rows stand and how they are divided."""

    shares: tuple[Share, ...]
    more: int
    row: float
    names: float
    values: float
    zero: float  # where bars begin
    unit: float  # pixels a value of 1; values are scaled to the largest first
    px: float  # of the type
    above: bool  # names and values stand above the bars


def paint(painter: QPainter, rect: QRectF, body: BarsBody, ink: Ink) -> None:
    """Paint as many rows as fit, and the names of parts where bars have some."""
    entries, foot = _names(rect, body, ink)
    if foot.height() > 0:
        legend.paint(painter, foot, entries, ink)
        rect = rect.adjusted(0, 0, 0, -foot.height())
    layout = arrange(rect, body, ink)
    largest = _largest(layout.shares)
    for index, share in enumerate(layout.shares):
        band = QRectF(rect.x(), rect.y() + index * layout.row, rect.width(), layout.row)
        _row(painter, band, share, layout, largest, ink)
    foot = QRectF(rect.x(), 0, rect.width(), ink.line(11))
    foot.moveTop(rect.y() + len(layout.shares) * layout.row + ink.px(2))
    if layout.more and foot.bottom() <= rect.bottom():
        text(painter, foot, f"+ {layout.more:,} more", ink)


def hit(rect: QRectF, body: BarsBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the row under a point."""
    _, foot = _names(rect, body, ink)
    rect = rect.adjusted(0, 0, 0, -foot.height())
    layout = arrange(rect, body, ink)
    index = int((point.y() - rect.y()) // layout.row)
    if not 0 <= index < len(layout.shares):
        return None
    share = layout.shares[index]
    if share.parts:
        band = QRectF(rect.x(), rect.y() + index * layout.row, rect.width(), layout.row)
        return _hit_parts(band, share, layout, index, ink, point)
    words = " · ".join(part for part in (share.text, share.share_text) if part)
    return Hit(share.label, (HitLine(share.color, share.label, words),), near=0, item=index)


def _hit_parts(
    band: QRectF, share: Share, layout: Layout, index: int, ink: Ink, point: QPointF
) -> Hit:
    lines = tuple(HitLine(part.color, part.label, part.text) for part in share.parts)
    places = _segments(band, share, layout, _largest(layout.shares), ink)
    over = (i for i, place in enumerate(places) if place.left() <= point.x() <= place.right())
    return Hit(share.label, lines, near=next(over, None), item=index, total=share.text)


def _names(rect: QRectF, body: BarsBody, ink: Ink) -> tuple[list[legend.Entry], QRectF]:
    """Give the names of all parts, and their place at the bottom; empty where there is none."""
    parts = (part for share in body.shares if not share.hidden for part in share.parts)
    entries = [legend.Entry(part.label, _color(part, ink)) for part in parts]
    if not entries or rect.height() < ink.px(ROOM) or rect.width() < ink.px(ROOM):
        return [], QRectF()
    high = legend.height(ink, legend.rows_for(rect.width(), entries, ink, MOST_ROWS))
    return entries, QRectF(rect.x(), rect.bottom() - high, rect.width(), high)


def arrange(rect: QRectF, body: BarsBody, ink: Ink) -> Layout:
    """Divide the rectangle into rows, and rows into name, bar and value; narrow ones in two."""
    shares = tuple(share for share in body.shares if not share.hidden)
    beside = _divided(rect, shares, ink, ink.line(SMALL) + ink.px(4), above=False)
    if rect.width() >= ink.px(NARROW) or not beside.shares:
        return beside
    cut = any(ink.width(share.label, SMALL) > beside.names for share in beside.shares)
    if not cut and _length(beside) >= ink.px(SHORT):
        return beside
    high = ink.line(SMALL) + ink.px(THIN + 5)
    return _divided(rect, shares, ink, high, above=True) if rect.height() >= 2 * high else beside


def _divided(
    rect: QRectF, shares: tuple[Share, ...], ink: Ink, least: float, *, above: bool
) -> Layout:
    fits = int(rect.height() // least)
    if fits < len(shares):
        fits = int((rect.height() - ink.line(11) - ink.px(2)) // least)
    shown = shares[: max(fits, 1)]
    most = max(ink.px(HIGHEST), rect.height() * (FAR_PART if ink.is_far else PART))
    row = min(max(rect.height() / max(len(shown), 1), least), most)
    if len(shown) < len(shares):
        row = least
    px = float(SMALL if above else _px(row, rect.width() * NAMES, shown, ink))
    names = max((ink.width(share.label, px) for share in shown), default=0.0)
    values = max((ink.width(share.text, px, 600) for share in shown), default=0.0) + 1
    values, gap = min(values, rect.width() * 0.5), ink.px(10)
    names = min(names + 1, rect.width() * NAMES, max(rect.width() - values - gap, 0))
    start, room = rect.x() + names + gap, max(rect.width() - names - values - 2 * gap, 0.0)
    if above:
        names = max(rect.width() - values - gap, 0.0)
        start, room = rect.x() + LEAST, rect.width() - 2 * LEAST
    low, high = _ends(shown)
    unit = room / (high - low) if high > low else 0.0
    more = len(shares) - len(shown)
    return Layout(shown, more, row, names, values, start - low * unit, unit, px, above)


def _px(row: float, room: float, shown: tuple[Share, ...], ink: Ink) -> int:
    """Give the largest type that suits the rows and cuts no name."""
    largest = min(max(int(row / ink.scale / 3), SMALL), LARGE)
    for px in range(largest, SMALL, -1):
        if all(ink.width(share.label, px) + 1 <= room for share in shown):
            return px
    return SMALL


def _row(
    painter: QPainter, band: QRectF, share: Share, layout: Layout, largest: float, ink: Ink
) -> None:
    theme, high = ink.theme, band.height()
    name = QRectF(band.x(), band.y(), layout.names, high)
    if layout.above:  # each name has the room that its own value leaves
        high = ink.line(layout.px)
        used = min(ink.width(share.text, layout.px, 600), layout.values)
        name = QRectF(band.x(), band.y(), max(band.width() - used - ink.px(6), 0.0), high)
    text(painter, name, share.label, ink, px=layout.px, color=theme.text, align=LEFT)
    value = QRectF(band.right() - layout.values, band.y(), layout.values, high)
    text(
        painter, value, share.text, ink, px=layout.px, weight=600, color=theme.text, align=RIGHT,
        whole=True,
    )  # fmt: skip
    if _length(layout) < 16:
        return
    top, thick = _thickness(band, layout, ink)
    reach = _part(share, largest) * layout.unit
    start, end = QPointF(layout.zero, band.y()), QPointF(layout.zero, band.bottom())
    if layout.above:
        start, end = QPointF(layout.zero, top), QPointF(layout.zero, top + thick)
    hairline(painter, start, end, theme.line, ink.hair)
    if share.parts:
        for part, place in zip(
            share.parts, _segments(band, share, layout, largest, ink), strict=True
        ):
            box(painter, place, _color(part, ink), ink.px(1))
    elif _known(share):
        length = math.copysign(max(abs(reach), LEAST), _known(share))
        bar = QRectF(layout.zero, top, length, thick).normalized()
        box(painter, bar, _color(share, ink), ink.px(3))


def _segments(band: QRectF, share: Share, layout: Layout, largest: float, ink: Ink) -> list[QRectF]:
    """Place the parts of a bar one after the other; what is not above zero has no width."""
    top, thick = _thickness(band, layout, ink)
    x, places = layout.zero, []
    for part in share.parts:
        wide = max(_part(part, largest), 0.0) * layout.unit
        places.append(QRectF(x, top, max(wide - GAP * (wide > LEAST), 0.0), thick))
        x += wide
    return places


def _thickness(band: QRectF, layout: Layout, ink: Ink) -> tuple[float, float]:
    """Give where a bar begins and how thick it is."""
    if layout.above:
        line = ink.line(layout.px)
        thick = min(max(band.height() - line - ink.px(5), ink.px(THIN)), ink.px(THICKEST / 3))
        return band.y() + line + ink.px(1), thick
    inset = max(band.height() * 0.14, 1.5)
    high = min(band.height() * FULL, ink.px(TOP))
    thick = min(band.height() - 2 * inset, max(ink.px(THICKEST), high))
    return band.center().y() - thick / 2, thick


def _length(layout: Layout) -> float:
    """Give the length from the smallest value to the largest."""
    low, high = _ends(layout.shares)
    return layout.unit * (high - low)


def _color(share: Share, ink: Ink) -> QColor:
    color = ink.color(share.color)
    return ink.mixed(color, 0.5) if share.previous else color


def _largest(shares: tuple[Share, ...]) -> float:
    return max((abs(_known(share)) for share in shares), default=0.0)


def _part(share: Share, largest: float) -> float:
    return _known(share) / largest if largest else 0.0


def _known(share: Share) -> float:
    value = share.value
    return 0.0 if value is None or math.isnan(value) else min(max(value, -LARGEST), LARGEST)


def _ends(shares: tuple[Share, ...]) -> tuple[float, float]:
    largest = _largest(shares)
    parts = [_part(share, largest) for share in shares]
    return min(0.0, *parts, 0.0), max(0.0, *parts, 0.0)
