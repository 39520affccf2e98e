"""Paints what is said of an alert above its tile: name, value, limit, since when."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.wall.alarm_words import AlarmWords
from phdesk.core.wall.pages import GAP, Page, Spot
from phdesk.views.charts.ink import LEFT, RIGHT, Ink, text
from phdesk.views.charts.wrap import wrapped
from phdesk.views.theme import draw_icon

HEIGHT, NARROW_HEIGHT = 92.0, 128.0  # px before they are scaled
NARROW = 520.0
PAD = 12.0
NAME, RULE, SMALL = 18.0, 14.0, 12.0
VALUES = (38.0, 30.0, 24.0, 19.0, 15.0, 12.0)
SIGN = 18.0
RADIUS = 7.0


def page_below(width: float, height: float, scale: float) -> Page:
    """Give the page of a single tile, with room for the band above it."""
    top = round(band_height(width, scale) + GAP * scale)
    return Page((Spot(0, 0.0, float(top), width, max(height - top, 1.0)),))


def band_height(width: float, scale: float) -> float:
    """Give the height of the band, px."""
    return round((NARROW_HEIGHT if width < NARROW * scale else HEIGHT) * scale)


def paint_band(painter: QPainter, width: float, words: AlarmWords, ink: Ink) -> QRectF:
    """Paint the band at the top of a page; give what it covers."""
    rect = QRectF(0, 0, width, band_height(width, ink.scale))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, ink.theme.bg)
    color = ink.theme.bad if words.grave else ink.theme.warn
    line = max(ink.px(2), 2.0)
    painter.setPen(QPen(color, line))
    painter.setBrush(ink.theme.surface)
    edge = rect.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    painter.drawRoundedRect(edge, ink.px(RADIUS), ink.px(RADIUS))
    inner = rect.adjusted(ink.px(PAD), ink.px(PAD - 2), -ink.px(PAD), -ink.px(PAD - 2))
    if width < NARROW * ink.scale:
        _narrow(painter, inner, words, color, ink)
    else:
        _wide(painter, inner, words, color, ink)
    painter.restore()
    return rect


def _wide(painter: QPainter, inner: QRectF, words: AlarmWords, color: QColor, ink: Ink) -> None:
    """Put the value at the left, name and rule beside it, the times at the right."""
    times = max(ink.width(words.since, SMALL, 600), ink.width(words.found, SMALL))
    times = min(times + ink.px(4), inner.width() / 2.5)
    high = ink.px(22)
    top = inner.center().y() - (high if words.found else high / 2)
    line = QRectF(inner.right() - times, top, times, high)
    text(painter, line, words.since, ink, px=SMALL, weight=600, color=ink.theme.text, align=RIGHT)
    below = line.translated(0, high)
    text(painter, below, words.found, ink, px=SMALL, color=ink.theme.muted, align=RIGHT)
    left = inner.adjusted(0, 0, -times - ink.px(14), 0)
    left = _value(painter, left, words, color, ink)
    _words(painter, left, words, color, ink)


def _narrow(painter: QPainter, inner: QRectF, words: AlarmWords, color: QColor, ink: Ink) -> None:
    """Put all of it below each other."""
    foot = QRectF(inner.x(), inner.bottom() - ink.px(18), inner.width(), ink.px(18))
    half = ink.px(8) + ink.width(words.since, SMALL, 600)
    text(painter, foot, words.since, ink, px=SMALL, weight=600, color=ink.theme.text)
    rest = foot.adjusted(half, 0, 0, 0)
    if rest.width() > ink.width(words.found, SMALL):
        text(painter, rest, words.found, ink, px=SMALL, color=ink.theme.muted, align=RIGHT)
    room = inner.adjusted(0, 0, 0, -ink.px(20))
    room = _value(painter, room, words, color, ink)
    _words(painter, room, words, color, ink)


def _value(painter: QPainter, room: QRectF, words: AlarmWords, color: QColor, ink: Ink) -> QRectF:
    """Write the value as large as it fits, never cut; give the room that is left."""
    most = room.width() * 0.4
    fits = (px for px in VALUES if ink.width(words.value, px, 700) <= most)
    px = next(fits, 0.0) if words.value else 0.0
    if not px:
        return room
    wide = ink.width(words.value, px, 700) + 1
    place = QRectF(room.x(), room.y(), wide, room.height())
    text(painter, place, words.value, ink, px=px, weight=700, color=color, align=LEFT)
    return room.adjusted(wide + ink.px(14), 0, 0, 0)


def _words(painter: QPainter, room: QRectF, words: AlarmWords, color: QColor, ink: Ink) -> None:
    """Write sign and name, below them what was found, in as many lines as there is room for."""
    side, first, high = ink.px(SIGN), ink.px(25), ink.px(20)
    beside = side + ink.px(8)
    names = wrapped(words.name, room.width() - beside, 2, ink, NAME, 700)
    if room.height() < first * len(names) + high:  # what was found goes before a long name
        names = wrapped(words.name, room.width() - beside, 1, ink, NAME, 700)
    most = max(int((room.height() - first * len(names)) // high), 1)
    lines = wrapped(words.rule, room.width(), most, ink, RULE, 400)
    top = room.center().y() - (first * len(names) + high * len(lines)) / 2
    sign = QRectF(room.x(), top + (first - side) / 2, side, side)
    draw_icon(painter, sign, "bell", color)
    band = QRectF(room.x() + beside, top, room.width() - beside, first)
    for line in names:
        text(painter, band, line, ink, px=NAME, weight=700, color=ink.theme.text)
        band.translate(0, first)
    band = QRectF(room.x(), band.y(), room.width(), high)
    for line in lines:
        text(painter, band, line, ink, px=RULE, color=ink.theme.text)
        band.translate(0, high)
