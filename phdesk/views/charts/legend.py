"""Paints a legend in one line: what does not fit becomes "+ 3 more"."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.views.charts.ink import Ink, box, hairline, text
from phdesk.views.charts.strokes import dashes

SWATCH, SPACE, BETWEEN = 9, 5, 14  # px
STROKE = 22  # px of a dashed line, long enough to show its pattern
LONGEST = 180


class Entry(NamedTuple):
    """A name with its colour; the dash pattern of a line, if it has one."""

    label: str
    color: QColor
    dash: tuple[float, ...] | None = None
    hidden: bool = False  # by hand: a click shows it again


def height(ink: Ink) -> float:
    """Give the height of a legend."""
    return ink.line(11) + ink.px(6)


def paint(painter: QPainter, rect: QRectF, entries: Sequence[Entry], ink: Ink) -> None:
    """Paint the entries that fit from the left."""
    slots, end = _slots(rect, entries, ink)
    for entry, slot in zip(entries, slots, strict=False):
        _paint_entry(painter, slot, entry, ink)
    if len(slots) < len(entries):
        _more(painter, rect, end, len(entries) - len(slots), ink)


def at(rect: QRectF, entries: Sequence[Entry], ink: Ink, point: QPointF) -> int | None:
    """Find the entry under a point, by its position; None beside them."""
    slots, _ = _slots(rect, entries, ink)
    found = (i for i, slot in enumerate(slots) if slot.contains(point))
    return next(found, None)


def _lead(entry: Entry, ink: Ink) -> float:
    return ink.px(SWATCH if entry.dash is None else STROKE) + ink.px(SPACE)


def _slots(rect: QRectF, entries: Sequence[Entry], ink: Ink) -> tuple[list[QRectF], float]:
    """Give the places of the entries that fit, and where the count of the others stands."""
    gap, x = ink.px(BETWEEN), rect.x()
    slots: list[QRectF] = []
    for position, entry in enumerate(entries):
        left = len(entries) - position - 1
        lead, full = _lead(entry, ink), ink.width(entry.label, 11)
        reserve = gap + ink.width(f"+ {left + 1} more", 11) if left else 0.0
        room = rect.right() - x - lead - reserve
        width = min(full, ink.px(LONGEST))
        if position == 0 or not left:
            width = min(width, room)
        if width > room or width < min(full, ink.px(24)):
            break
        slots.append(QRectF(x, rect.y(), lead + width, rect.height()))
        x += lead + width + gap
    return slots, x


def _paint_entry(painter: QPainter, slot: QRectF, entry: Entry, ink: Ink) -> None:
    lead = _lead(entry, ink)
    swatch = QRectF(slot.x(), slot.y(), lead - ink.px(SPACE), slot.height())
    words = QRectF(slot.x() + lead, slot.y(), slot.width() - lead + 1, slot.height())
    if entry.hidden:
        _hollow(painter, swatch, ink)
        text(painter, words, entry.label, ink, color=ink.theme.faint)
        line = words.center().y()
        hairline(painter, QPointF(words.x(), line), QPointF(words.right(), line), ink.theme.faint)
        return
    _swatch(painter, swatch, entry, ink)
    text(painter, words, entry.label, ink)


def _hollow(painter: QPainter, place: QRectF, ink: Ink) -> None:
    side = ink.px(SWATCH)
    square = QRectF(place.x(), place.center().y() - side / 2, side, side)
    box(painter, square, ink.theme.surface, ink.px(2), QPen(ink.theme.faint, 1))


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
