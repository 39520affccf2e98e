"""Paints a legend in one row or a few: what does not fit becomes "+ 3 more"."""

from collections.abc import Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.charts.spec import XYBody
from phdesk.core.names import NONE, OTHER
from phdesk.views.charts import looks
from phdesk.views.charts.curves import Curve
from phdesk.views.charts.ink import Ink, box, hairline, text
from phdesk.views.charts.names import shared, shortened
from phdesk.views.charts.strokes import dashes

SWATCH, SPACE, BETWEEN = 9, 5, 14  # px
STROKE = 22  # px of a dashed line, long enough to show its pattern
LONGEST = 180  # px of a name, when not all fit whole
LEAST = 48  # px that say something
LEADING = 3  # px between rows
TARGET = 24  # px of what can be pressed (WCAG 2.5.8)
COLUMN = 0.3  # of the width, for a legend at a side


class Entry(Struct, frozen=True, gc=False):
    """A name with its colour; the dash pattern of a line, if it has one."""

    label: str
    color: QColor
    dash: tuple[float, ...] | None = None
    hidden: bool = False  # by hand: a click shows it again


class Slot(Struct, frozen=True, gc=False):
    """The place of an entry, and its name as it fits."""

    place: QRectF
    words: str


class Flow(Struct, frozen=True, gc=False):
    """The entries that fit, and where the count of the others stands."""

    slots: list[Slot]
    end: QPointF


def height(ink: Ink, rows: int = 1) -> float:
    """Give the height of a legend."""
    return ink.line(11) + ink.px(6) + (rows - 1) * (ink.line(11) + ink.px(LEADING))


def rows_for(width: float, entries: Sequence[Entry], ink: Ink, most: int) -> int:
    """Give the fewest rows that show all names whole; else all names; else as many as allowed."""
    for shown, longest in _forms(entries, ink):
        for rows in range(1, most + 1):
            rect = QRectF(0, 0, width, height(ink, rows))
            if len(_flow(rect, shown, ink, rows, longest).slots) == len(entries):
                return rows
    return most


def _forms(entries: Sequence[Entry], ink: Ink) -> list[tuple[Sequence[Entry], float]]:
    """Give names and their longest width, px, in the order in which they are tried.

    A wall needs no word of what "Other" means: what is short is read from afar.
    """
    brief = _without_meaning(entries)
    full = [] if ink.is_far else [(entries, inf)]
    return [*full, (brief, inf), (brief, ink.px(LONGEST))]


def entries_of(body: XYBody, drawn: Sequence[Curve], ink: Ink) -> list[tuple[int, Entry]]:
    """Give the names with their series' numbers, those that were hidden by hand too."""
    made = []
    for curve in drawn:
        dash = looks.pattern_of(curve) if curve.series.mark == "line" else None
        made.append((curve.number, Entry(curve.series.label, looks.color_of(curve, ink), dash)))
    for number in body.set_aside:
        label = body.series[number].label
        made.append((number, Entry(label, ink.theme.faint, hidden=True)))
    rank = {number: place for place, number in enumerate(body.legend_order)}
    return sorted(_plainly(made), key=lambda one: rank.get(one[0], one[0]))


def _plainly(entries: list[tuple[int, Entry]]) -> list[tuple[int, Entry]]:
    """Leave out what "Other" means where one name says it several times."""
    labels = [entry.label for _, entry in entries]
    if all(label.count(OTHER) + label.count(NONE) < 2 for label in labels):
        return entries
    short = _without_meaning([entry for _, entry in entries])
    return [(number, entry) for (number, _), entry in zip(entries, short, strict=True)]


def _without_meaning(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Leave out what "Other" and "None" mean, unless a value is named so itself."""
    labels = [entry.label for entry in entries]
    short = [_brief(label) for label in labels]
    if short == labels or len(set(short)) < len(set(labels)):
        return entries
    return [replace(one, label=label) for one, label in zip(entries, short, strict=True)]


def _brief(label: str) -> str:
    for words in (OTHER, NONE):
        label = label.replace(words, words.partition(" (")[0])
    return label


def column_of(rect: QRectF, entries: Sequence[Entry], ink: Ink, *, right: bool) -> QRectF:
    """Give the place of a legend at a side, each name in a row; of many as many as fit."""
    widest = max(_lead(one, ink) + ink.width(one.label, 11) for one in entries) + 1
    rows = min(len(entries), int((rect.height() - height(ink)) / (height(ink, 2) - height(ink))))
    width = min(widest, rect.width() * COLUMN)
    x = rect.right() - width if right else rect.x()
    return QRectF(x, rect.y(), width, height(ink, max(rows, 1)))


def paint(
    painter: QPainter, rect: QRectF, entries: Sequence[Entry], ink: Ink, *, column: bool = False
) -> None:
    """Paint the entries that fit, row by row from the left; in a `column` one a row."""
    flow = _slots(rect, entries, ink, column=column)
    for entry, slot in zip(entries, flow.slots, strict=False):
        _paint_entry(painter, slot, entry, ink)
    if len(flow.slots) < len(entries):
        _more(painter, rect, flow.end, len(entries) - len(flow.slots), ink)


def at(
    rect: QRectF, entries: Sequence[Entry], ink: Ink, point: QPointF, *, column: bool = False
) -> int | None:
    """Find the entry under a point, by its position, or just above or below; None beside them."""
    places = [slot.place for slot in _slots(rect, entries, ink, column=column).slots]
    reached = [reach(place, ink) for place in places]
    found = (i for i, place in enumerate([*places, *reached]) if place.contains(point))
    hit = next(found, None)
    return None if hit is None else hit % len(places)


def reach(place: QRectF, ink: Ink) -> QRectF:
    """Give where a press counts as one on a place: no lower than a finger or a tremor needs."""
    more = max(ink.px(TARGET) - place.height(), 0.0) / 2
    return place.adjusted(0, -more, 0, more)


def _lead(entry: Entry, ink: Ink) -> float:
    return ink.px(SWATCH if entry.dash is None else STROKE) + ink.px(SPACE)


def _slots(rect: QRectF, entries: Sequence[Entry], ink: Ink, *, column: bool = False) -> Flow:
    """Place the entries, with whole names if all fit so, else with short ones."""
    rows = 1 + max(round((rect.height() - height(ink)) / (height(ink, 2) - height(ink))), 0)
    if column:
        return _column(rect, entries, ink, rows)
    forms = _forms(entries, ink)
    for shown, longest in forms:
        flow = _flow(rect, shown, ink, rows, longest)
        if len(flow.slots) == len(entries):
            return flow
    shown, longest = forms[-1]
    return _flow(rect, shown, ink, rows, longest, squeezed=True)


def _flow(
    rect: QRectF,
    entries: Sequence[Entry],
    ink: Ink,
    rows: int,
    longest: float,
    *,
    squeezed: bool = False,
) -> Flow:
    """Place entries row by row; the last takes what is left when it is `squeezed`."""
    high, x, row = rect.height() / rows, rect.x(), 0
    slots: list[Slot] = []
    known: list[int] = []
    for position, entry in enumerate(entries):
        left = len(entries) - position - 1
        lead, full = _lead(entry, ink), ink.width(entry.label, 11)
        width = min(full, longest)
        counted = ink.px(BETWEEN) + ink.width(f"+ {left + 1} more", 11) if left else 0.0
        if row < rows - 1 and x > rect.x() and x + lead + width > rect.right():
            x, row = rect.x(), row + 1
        room = rect.right() - x - lead - (counted if row == rows - 1 else 0.0)
        if x == rect.x() or (squeezed and not left):
            width = min(width, room)
        if width > room or width < min(full, ink.px(LEAST)):
            break
        words = entry.label
        if width < full:
            known = known or shared([one.label for one in entries])
            words = shortened(words, known[position], width, ink)
        slots.append(Slot(QRectF(x, rect.y() + row * high, lead + width, high), words))
        x += lead + width + ink.px(BETWEEN)
    return Flow(slots, QPointF(x, rect.y() + row * high))


def _column(rect: QRectF, entries: Sequence[Entry], ink: Ink, rows: int) -> Flow:
    """Place one entry a row; when not all have one, the last row counts the others."""
    high = rect.height() / rows
    shown = entries if len(entries) <= rows else entries[: rows - 1]
    known = shared([one.label for one in entries])
    slots = []
    for row, entry in enumerate(shown):
        place = QRectF(rect.x(), rect.y() + row * high, rect.width(), high)
        room = place.width() - _lead(entry, ink)
        fits = ink.width(entry.label, 11) <= room
        words = entry.label if fits else shortened(entry.label, known[row], room, ink)
        slots.append(Slot(place, words))
    return Flow(slots, QPointF(rect.x(), rect.y() + len(shown) * high))


def _paint_entry(painter: QPainter, one: Slot, entry: Entry, ink: Ink) -> None:
    lead, slot = _lead(entry, ink), one.place
    swatch = QRectF(slot.x(), slot.y(), lead - ink.px(SPACE), slot.height())
    words = QRectF(slot.x() + lead, slot.y(), slot.width() - lead + 1, slot.height())
    if entry.hidden:
        strike(painter, swatch, words, one.words, ink)
        return
    _swatch(painter, swatch, entry, ink)
    text(painter, words, one.words, ink)


def strike(
    painter: QPainter, swatch: QRectF, place: QRectF, words: str, ink: Ink, *, px: float = 11
) -> None:
    """Write the name of what is hidden by hand: struck out, without its colour."""
    _hollow(painter, swatch, ink)
    used = text(painter, place, words, ink, px=px, color=ink.theme.faint)
    line = place.center().y()
    ends = QPointF(place.x(), line), QPointF(place.x() + used, line)
    hairline(painter, *ends, ink.theme.faint, ink.hair)


def _hollow(painter: QPainter, place: QRectF, ink: Ink) -> None:
    side = ink.px(SWATCH)
    square = QRectF(place.x(), place.center().y() - side / 2, side, side)
    box(painter, square, ink.theme.surface, ink.px(2), QPen(ink.theme.faint, ink.hair))


def _more(painter: QPainter, rect: QRectF, end: QPointF, count: int, ink: Ink) -> None:
    place = QRectF(end.x(), end.y(), max(rect.right() - end.x(), 0), rect.bottom() - end.y())
    words = f"+ {count} more" if end != rect.topLeft() else f"{count} series"
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
