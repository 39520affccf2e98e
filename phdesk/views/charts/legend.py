"""Paints a legend in one line: what does not fit becomes "+ 3 more"."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.views.charts.ink import Ink, box, text
from phdesk.views.charts.strokes import dashes

SWATCH, SPACE, BETWEEN = 9, 5, 14  # px
STROKE = 22  # px of a dashed line, long enough to show its pattern
LONGEST = 180


class Entry(NamedTuple):
    """A name with its colour; the dash pattern of a line, if it has one."""

    label: str
    color: QColor
    dash: tuple[float, ...] | None = None


def height(ink: Ink) -> float:
    """Give the height of a legend."""
    return ink.line(11) + ink.px(6)


def paint(painter: QPainter, rect: QRectF, entries: Sequence[Entry], ink: Ink) -> None:
    """Paint the entries that fit from the left."""
    gap = ink.px(BETWEEN)
    x = rect.x()
    for position, entry in enumerate(entries):
        left = len(entries) - position - 1
        swatch = ink.px(SWATCH if entry.dash is None else STROKE)
        lead = swatch + ink.px(SPACE)
        reserve = gap + ink.width(f"+ {left + 1} more", 11) if left else 0.0
        room = rect.right() - x - lead - reserve
        width = min(ink.width(entry.label, 11), ink.px(LONGEST))
        if position == 0 or not left:
            width = min(width, room)
        full = ink.width(entry.label, 11)
        if width > room or width < min(full, ink.px(24)):
            _more(painter, rect, x, left + 1, ink)
            return
        _swatch(painter, QRectF(x, rect.y(), swatch, rect.height()), entry, ink)
        text(painter, QRectF(x + lead, rect.y(), width + 1, rect.height()), entry.label, ink)
        x += lead + width + gap


def _more(painter: QPainter, rect: QRectF, x: float, count: int, ink: Ink) -> None:
    place = QRectF(x, rect.y(), max(rect.right() - x, 0), rect.height())
    words = f"+ {count} more" if x > rect.x() else f"{count} series"
    if ink.width(words, 11) <= place.width():
        text(painter, place, words, ink)


def _swatch(painter: QPainter, place: QRectF, entry: Entry, ink: Ink) -> None:
    side, middle = place.width(), place.center().y()
    if entry.dash is None:
        box(painter, QRectF(place.x(), middle - side / 2, side, side), entry.color, ink.px(2))
        return
    painter.setPen(QPen(entry.color, ink.px(2)))
    ends = [(place.x(), middle), (place.right(), middle)]
    painter.drawLines(dashes(ends, *map(ink.px, entry.dash)))
