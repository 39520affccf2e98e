"""Paints one big number, low and left, with its change below."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from phdesk.core.charts.spec import NumberBody
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, Ink, put, text

LARGEST, SMALLEST = 64, 9  # px
WEIGHT = 650
NOTE = 12  # px of the lines below


def paint(painter: QPainter, rect: QRectF, body: NumberBody, ink: Ink) -> None:
    """Paint the figure as large as fits; the lines below go first when room is short."""
    line = ink.line(NOTE) + ink.px(2)
    notes = [one for one in (_change(body), body.caption) if one]
    while notes and rect.height() - len(notes) * line < ink.line(22):
        notes.pop()
    room = rect.height() - len(notes) * line
    size = _size(body.text, rect.width(), room, ink)
    figure = QRectF(rect.x(), 0, rect.width(), min(ink.line(size), room))
    figure.moveBottom(rect.bottom() - len(notes) * line)
    shown = ink.elided(body.text, rect.width(), size, WEIGHT)
    put(painter, figure, shown, ink.font(size, WEIGHT, shown), ink.theme.text, LEFT)
    y = figure.bottom()
    for note in notes:
        band = QRectF(rect.x(), y, rect.width(), line)
        if note == body.caption:
            text(painter, band, note, ink, px=NOTE)
        else:
            _delta(painter, band, body, ink)
        y += line


def hit(_rect: QRectF, body: NumberBody, _ink: Ink, _point: QPointF) -> Hit | None:
    """Give the figure with its change in words."""
    change = _change(body)
    lines = (HitLine("", change, ""),) if change else ()
    return Hit(f"{body.text} {body.caption}".strip(), lines)


def _change(body: NumberBody) -> str:
    word = {"up": "up", "down": "down"}.get(body.direction, "")
    return " ".join(part for part in (body.delta_text, word, body.comparison) if part)


def _size(words: str, width: float, height: float, ink: Ink) -> float:
    """Find the largest size that fits; text grows with its size, so a guess is corrected."""
    size = min(float(LARGEST), height / max(ink.line(100) / 100, 0.01))
    at_large = ink.width(words, LARGEST, WEIGHT)
    if at_large > 0:
        size = min(size, LARGEST * width / at_large)
    while size > SMALLEST and ink.width(words, size, WEIGHT) > width:
        size -= 1
    return max(size, float(SMALLEST))


def _delta(painter: QPainter, band: QRectF, body: NumberBody, ink: Ink) -> None:
    x, color = band.x(), _delta_color(body, ink)
    if body.direction in {"up", "down"} and body.delta_text:
        side = ink.px(9)
        _arrow(painter, QRectF(x, band.center().y() - side / 2, side, side), body.direction, color)
        x += side + ink.px(4)
    if body.delta_text:
        place = QRectF(x, band.y(), band.right() - x, band.height())
        used = text(painter, place, body.delta_text, ink, px=NOTE, weight=600, color=color)
        x += used + ink.px(4)
    word = body.direction if body.direction in {"up", "down"} else ""
    rest = QRectF(x, band.y(), max(band.right() - x, 0), band.height())
    text(painter, rest, f"{word} {body.comparison}".strip(), ink, px=NOTE)


def _delta_color(body: NumberBody, ink: Ink) -> QColor:
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
