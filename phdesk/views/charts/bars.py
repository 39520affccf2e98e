"""Paints horizontal bars from zero, with their names and values."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core.charts.spec import BarsBody, Share
from phdesk.views.charts.curves import LARGEST
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, RIGHT, Ink, box, hairline, text

HIGHEST = 34  # px of a row


class Layout(NamedTuple):
    """Where the rows stand and how they are divided."""

    shares: tuple[Share, ...]
    more: int
    row: float
    names: float
    values: float
    zero: float  # where bars begin
    unit: float  # pixels a value of 1; values are scaled to the largest first


def paint(painter: QPainter, rect: QRectF, body: BarsBody, ink: Ink) -> None:
    """Paint as many rows as fit."""
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
    layout = arrange(rect, body, ink)
    index = int((point.y() - rect.y()) // layout.row)
    if not 0 <= index < len(layout.shares):
        return None
    share = layout.shares[index]
    words = " · ".join(part for part in (share.text, share.share_text) if part)
    return Hit(share.label, (HitLine(share.color, share.label, words),), near=0, item=index)


def arrange(rect: QRectF, body: BarsBody, ink: Ink) -> Layout:
    """Divide the rectangle into rows, and rows into name, bar and value."""
    shares = tuple(share for share in body.shares if not share.hidden)
    least = ink.line(12) + ink.px(4)
    fits = int(rect.height() // least)
    if fits < len(shares):
        fits = int((rect.height() - ink.line(11) - ink.px(2)) // least)
    shown = shares[: max(fits, 1)]
    row = min(max(rect.height() / max(len(shown), 1), least), ink.px(HIGHEST))
    if len(shown) < len(shares):
        row = least
    names = max((ink.width(share.label, 12) for share in shown), default=0.0)
    values = max((ink.width(share.text, 12, 600) for share in shown), default=0.0) + 1
    values = min(values, rect.width() * 0.5)
    gap = ink.px(10)
    names = min(names + 1, rect.width() * 0.4, max(rect.width() - values - gap, 0))
    room = max(rect.width() - names - values - 2 * gap, 0.0)
    low, high = _ends(shown)
    unit = room / (high - low) if high > low else 0.0
    zero = rect.x() + names + gap - low * unit
    return Layout(shown, len(shares) - len(shown), row, names, values, zero, unit)


def _row(
    painter: QPainter, band: QRectF, share: Share, layout: Layout, largest: float, ink: Ink
) -> None:
    theme = ink.theme
    name = QRectF(band.x(), band.y(), layout.names, band.height())
    text(painter, name, share.label, ink, px=12, color=theme.text, align=LEFT)
    value = QRectF(band.right() - layout.values, band.y(), layout.values, band.height())
    text(
        painter,
        value,
        share.text,
        ink,
        px=12,
        weight=600,
        color=theme.text,
        align=RIGHT,
        whole=True,
    )
    if not _long(layout):
        return
    inset = max(band.height() * 0.14, 1.5)
    part = _part(share, largest) * layout.unit
    bar = QRectF(layout.zero, band.y() + inset, part, band.height() - 2 * inset).normalized()
    if bar.width() >= 0.5:
        box(painter, bar, _color(share, ink), ink.px(3))
    start, end = QPointF(layout.zero, band.y()), QPointF(layout.zero, band.bottom())
    hairline(painter, start, end, theme.line)


def _long(layout: Layout) -> bool:
    low, high = _ends(layout.shares)
    return layout.unit * (high - low) >= 16


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
