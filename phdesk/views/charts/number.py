"""Paints one big number with its change below: low and left in a row, else in the middle."""

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

from msgspec import Struct, structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from phdesk.core.charts.spec import NumberBody
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, LEFT, Ink, put, text
from phdesk.views.charts.wrap import wrapped

LARGEST, SMALLEST = 64, 9  # px; of a figure low and left
FAR = 120  # px, of one that is read from across a room
FAR_TALL, FAR_PART = 140, 0.55  # there, as TALL and PART
TALL = 180  # px, from which the figure stands in the middle and grows with its tile
HUGE = 220  # px, of a figure in the middle
PART, SIDES = 0.42, 0.8  # of the height and the width that a figure in the middle takes
LONE = 0.5  # of the largest figure beside it: no figure is smaller for one that is far longer
FAIR = 0.75  # of its size, that a figure keeps at least to be even with others
AIRLESS = 340  # px of a figure that may reach from side to side
WEIGHT = 650
LEAST = 8  # px of a rectangle; in less nothing is painted
NOTE, LARGE_NOTE = 12, 24  # px of the lines below
ARROW, SPACE = 0.75, 4  # of a note's size; px


class Note(Struct, frozen=True, gc=False):
    """A line below the figure: the change, and words that are whole or away."""

    delta: str
    words: str


class Layout(Struct, frozen=True, gc=False):
    """Where the figure stands, its size, and the lines below it."""

    figure: QRectF
    size: float
    notes: tuple[Note, ...]
    px: float
    line: float
    centred: bool


class Even(Struct, frozen=True, gc=False):
    """What numbers have in common that stand beside each other."""

    size: float  # of a figure, at most
    px: float  # of the lines below
    lines: int  # of them, that one has at most
    bottom: float  # of all figures, px below the tops of their tiles
    centred: bool

    def below(self, top: float) -> "Even":
        """Give it for a tile whose top is there."""
        return structs.replace(self, bottom=top + self.bottom)


class Figure(Struct, frozen=True, gc=False):
    """A number that may stand beside others."""

    row: Hashable  # the same for all that stand beside each other
    rect: QRectF  # where it may be, with the top of its tile at 0
    body: NumberBody


def paint(
    painter: QPainter, rect: QRectF, body: NumberBody, ink: Ink, even: Even | None = None
) -> None:
    """Paint the figure as large as fits; the lines below go first when room is short."""
    layout = arrange(rect, body, ink, even)
    shown = ink.elided(body.text, rect.width(), layout.size, WEIGHT)
    align = CENTER if layout.centred else LEFT
    font = ink.font(layout.size, WEIGHT, shown)
    put(painter, layout.figure, shown, font, ink.theme.text, align)
    band = QRectF(rect.x(), layout.figure.bottom(), rect.width(), layout.line)
    for note in layout.notes:
        _note(painter, band, note, body, layout, ink)
        band.translate(0, layout.line)


def hit(_rect: QRectF, body: NumberBody, _ink: Ink, _point: QPointF) -> Hit | None:
    """Give the figure with its change in words."""
    change = " ".join(part for part in (_change(body), body.comparison) if part)
    lines = (HitLine("", change, ""),) if change else ()
    return Hit(f"{body.text} {body.caption}".strip(), lines)


def arrange(rect: QRectF, body: NumberBody, ink: Ink, even: Even | None = None) -> Layout:
    """Fit figure and lines; `even` is what it shares with the numbers beside it."""
    if even is None:
        return _arranged(rect, body, ink, centred=_is_high(rect, ink))
    own = _arranged(rect, body, ink, centred=even.centred, lines=even.lines, px=even.px)
    size = min(own.size, even.size)
    figure = QRectF(own.figure)
    figure.setHeight(ink.line(size))
    end = rect.bottom() - len(own.notes) * own.line  # of a tile that is on its way to its size
    figure.moveBottom(min(even.bottom, end))
    return structs.replace(own, figure=figure, size=size)


def evened(figures: Mapping[int, Figure], ink: Ink) -> dict[int, Even]:
    """Give what each number shares with those of its row; nothing for one that is alone.

    A figure that is far longer than the others is smaller by itself, and makes none of them small.
    Nothing either where what else the tiles say would leave little of the figures.
    """
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for tile, figure in figures.items():
        if min(figure.rect.width(), figure.rect.height()) >= LEAST:
            rows[figure.row].append(tile)
    found: dict[int, Even] = {}
    for row in rows.values():
        even = _evened([figures[tile] for tile in row], ink) if len(row) > 1 else None
        if even is not None:
            found |= dict.fromkeys(row, even)
    return found


def _evened(row: Sequence[Figure], ink: Ink) -> Even | None:
    rects = [figure.rect for figure in row]
    pairs = [(figure.rect, figure.body) for figure in row]
    centred = all(_is_high(rect, ink) for rect in rects)
    alone = [_arranged(rect, body, ink, centred=centred) for rect, body in pairs]
    px, lines = min(one.px for one in alone), max(len(one.notes) for one in alone)
    made = [_arranged(rect, body, ink, centred=centred, lines=lines, px=px) for rect, body in pairs]
    sizes = [one.size for one in made]
    size = max(min(sizes), max(sizes) * LONE)
    places = [
        _place(rect, one, min(one.size, size), ink) for rect, one in zip(rects, made, strict=True)
    ]
    ends = [
        rect.bottom() - len(one.notes) * one.line for rect, one in zip(rects, made, strict=True)
    ]
    bottom = min(*ends, max(one.bottom() for one in places))
    room = min(bottom - rect.top() for rect in rects) / max(ink.line(100) / 100, 0.01)
    size = min(size, room)
    if size < min(one.size for one in alone) * FAIR:
        return None
    return Even(size, px, lines, bottom, centred)


def _is_high(rect: QRectF, ink: Ink) -> bool:
    return rect.height() >= ink.px(FAR_TALL if ink.is_far else TALL)


def _arranged(
    rect: QRectF,
    body: NumberBody,
    ink: Ink,
    *,
    centred: bool,
    lines: int = 0,
    px: float = 0.0,
) -> Layout:
    """Fit figure and lines; room is left for so many `lines` at least, their type is of `px`."""
    part = FAR_PART if ink.is_far else PART
    px = px or (_note_px(rect, ink) if centred else _low_px(rect.width(), body, ink))
    line = ink.line(px) + ink.px(2)
    notes = _notes(rect.width(), body, px, ink)
    while notes and rect.height() - len(notes) * line < ink.line(22):
        notes.pop()
    room = rect.height() - max(len(notes), lines) * line
    most = min(room, rect.height() * part * ink.line(100) / ink.px(100)) if centred else room
    width = rect.width()
    if centred:  # air at the sides, but never smaller than low and left
        width = max(width * SIDES, min(width, ink.px(AIRLESS)))
    limit = FAR if ink.is_far else LARGEST
    size = _size(body.text, width, most, HUGE if centred else limit, ink)
    made = Layout(QRectF(), size, tuple(notes), px, line, centred)
    return structs.replace(made, figure=_place(rect, made, size, ink, room))


def _place(rect: QRectF, layout: Layout, size: float, ink: Ink, room: float = math.inf) -> QRectF:
    """Give the place of a figure of a size, above its lines; `room` is its height at most."""
    below = len(layout.notes) * layout.line
    figure = QRectF(rect.x(), 0, rect.width(), min(ink.line(size), room))
    figure.moveBottom(rect.bottom() - below)
    if layout.centred or rect.height() > rect.width():  # else the upper half would be empty
        figure.moveTop(rect.y() + (rect.height() - figure.height() - below) / 2)
    return figure


def _low_px(room: float, body: NumberBody, ink: Ink) -> float:
    """Give the size at which the change fits with its word, which says what the arrow shows.

    Without room for the word, the size at which arrow and figure fit.
    """
    for words in (_change(body), body.delta_text):
        for px in range(NOTE, SMALLEST, -1):
            if _change_width(words, body, px, ink) <= room:
                return float(px)
    return float(SMALLEST)


def _change_width(words: str, body: NumberBody, px: float, ink: Ink) -> float:
    return _lead(body, px, ink) + ink.width(words, px, 600)


def _note_px(rect: QRectF, ink: Ink) -> float:
    wanted = min(rect.height() / 22, rect.width() / 26) / ink.scale
    return float(round(min(max(wanted, NOTE), LARGE_NOTE)))


def _notes(room: float, body: NumberBody, px: float, ink: Ink) -> list[Note]:
    """Give the lines that fit as a whole: words that would be cut are better away."""
    if body.delta_text:
        made = [_change_note(body, room, px, ink)]
    else:
        made = [Note("", line) for line in _whole(body.comparison, room, px, ink)]
    return [*made, *(Note("", line) for line in _whole(body.caption, room, px, ink))]


def _change_note(body: NumberBody, room: float, px: float, ink: Ink) -> Note:
    """Write a change as PostHog does, "Up 5% from previous period" (6.1.3), as far as it fits."""
    used = _change_width(_change(body), body, px, ink)
    if used > room:
        return Note(body.delta_text, "")
    rest = ink.px(SPACE) + ink.width(body.comparison, px)
    return Note(_change(body), body.comparison if used + rest <= room else "")


def _whole(words: str, room: float, px: float, ink: Ink) -> list[str]:
    """Break words into two lines at most; none when a word would have to be cut."""
    lines = wrapped(words, room, 2, ink, px)
    return lines if " ".join(lines) == " ".join(words.split()) else []


def _word(body: NumberBody) -> str:
    return {"up": "Up", "down": "Down"}.get(body.direction, "")


def _change(body: NumberBody) -> str:
    return f"{_word(body)} {body.delta_text}".strip() if body.delta_text else ""


def _lead(body: NumberBody, px: float, ink: Ink) -> float:
    return ink.px(px * ARROW + SPACE) if _word(body) else 0.0


def _size(words: str, width: float, height: float, limit: int, ink: Ink) -> float:
    """Find the largest size that fits; text grows with its size, so a guess is corrected."""
    size = min(float(limit), height / max(ink.line(100) / 100, 0.01))
    at_large = ink.width(words, LARGEST, WEIGHT)
    if at_large > 0:
        size = min(size, LARGEST * width / at_large)
    while size > SMALLEST and ink.width(words, size, WEIGHT) > width:
        size -= 1
    return max(size, float(SMALLEST))


def _note(
    painter: QPainter, band: QRectF, note: Note, body: NumberBody, layout: Layout, ink: Ink
) -> None:
    if not note.delta:
        align = CENTER if layout.centred else LEFT
        text(painter, band, note.words, ink, px=layout.px, align=align)
        return
    color, lead = _delta_color(body, ink), _lead(body, layout.px, ink)
    used = ink.width(note.delta, layout.px, 600) + ink.px(SPACE)
    whole = lead + used + (ink.width(note.words, layout.px) if note.words else 0.0)
    x = band.x() + (max(band.width() - whole, 0.0) / 2 if layout.centred else 0.0)
    if lead:
        side = lead - ink.px(SPACE)
        _arrow(painter, QRectF(x, band.center().y() - side / 2, side, side), body.direction, color)
    place = QRectF(x + lead, band.y(), max(band.right() - x - lead, 0.0), band.height())
    text(painter, place, note.delta, ink, px=layout.px, weight=600, color=color)
    place.setLeft(min(place.x() + used, place.right()))
    text(painter, place, note.words, ink, px=layout.px)


def _delta_color(body: NumberBody, ink: Ink) -> QColor:
    if body.delta_color and body.direction in {"up", "down"}:
        return ink.color(body.delta_color)
    by_direction = {"up": ink.theme.good, "down": ink.theme.bad}
    return by_direction.get(body.direction, ink.theme.muted)


def _arrow(painter: QPainter, place: QRectF, direction: str, color: QColor) -> None:
    up = direction == "up"
    base, tip = (
        (place.bottom() - 1, place.top() + 1) if up else (place.top() + 1, place.bottom() - 1)
    )
    painter.setPen(color)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(place.left(), base),
                QPointF(place.right(), base),
                QPointF(place.center().x(), tip),
            ]
        )
    )
