"""Paints why a tile has no chart: a calm icon, a headline and a few words."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core.charts.spec import NoticeBody
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, Ink, text
from phdesk.views.charts.wrap import wrapped
from phdesk.views.theme import draw_icon

ICONS = {
    "error": "circle-alert",
    "empty": "chart-line",
    "pending": "clock",
    "waiting": "clock",
    "unsupported": "info",
    "forbidden": "key-round",
}

SHORT, NARROW = "Shown as rows", 160  # for a banner of less px that would cut its words
LINES = 6  # of a headline, at most


def paint(painter: QPainter, rect: QRectF, body: NoticeBody, ink: Ink) -> None:
    """Paint a notice in the middle; the words come before the icon when room is short."""
    room = min(rect.width(), ink.px(420))
    head = wrapped(body.headline, room, max(1, min(LINES, _lines(rect, ink))), ink, 13, 600)
    left = rect.height() - len(head) * ink.line(13)
    detail = wrapped(body.detail, room, min(4, int((left - ink.px(4)) // ink.line(12))), ink, 12)
    left -= len(detail) * ink.line(12) + ink.px(4)
    icon = ink.px(24) if left >= ink.px(24 + 10) else 0.0
    y = rect.y() + (left - (icon + ink.px(8) if icon else 0.0)) / 2
    if icon:
        place = QRectF(rect.center().x() - icon / 2, y, icon, icon)
        draw_icon(painter, place, ICONS[body.state], _icon_color(body, ink))
        y += icon + ink.px(8)
    y = _write(painter, rect, y, head, ink, bold=True)
    _write(painter, rect, y + ink.px(4), detail, ink, bold=False)


def banner(painter: QPainter, rect: QRectF, body: NoticeBody, ink: Ink) -> QRectF:
    """Paint a notice as one line above something else; give the rectangle that is left."""
    height, icon = banner_height(ink), ink.px(14)
    words = QRectF(rect.x(), rect.y(), rect.width(), height)
    room = rect.width() - icon - ink.px(6)
    if max(ink.width(one, 12) for one in (body.headline, SHORT)) <= room or room >= ink.px(NARROW):
        place = QRectF(rect.x(), rect.y() + (height - icon) / 2, icon, icon)
        draw_icon(painter, place, ICONS[body.state], ink.theme.muted)
        words.setLeft(rect.right() - room)
    fits = ink.width(body.headline, 12) <= words.width() or words.width() >= ink.px(NARROW)
    text(painter, words, body.headline if fits else SHORT, ink, px=12, color=ink.theme.text)
    return rect.adjusted(0, height, 0, 0)


def banner_height(ink: Ink) -> float:
    """Give the height of `banner`."""
    return ink.line(12) + ink.px(8)


def hit(_rect: QRectF, body: NoticeBody, _ink: Ink, _point: QPointF) -> Hit | None:
    """Give the whole notice, which may be shortened on the tile."""
    return Hit(body.headline, (HitLine("", body.detail, ""),) if body.detail else ())


def _lines(rect: QRectF, ink: Ink) -> int:
    return int(rect.height() // ink.line(13))


def _icon_color(body: NoticeBody, ink: Ink) -> QColor:
    return ink.theme.bad if body.state == "error" else ink.theme.muted


def _write(
    painter: QPainter, rect: QRectF, y: float, lines: list[str], ink: Ink, *, bold: bool
) -> float:
    px, weight, color = (13, 600, ink.theme.text) if bold else (12, 400, ink.theme.muted)
    for line in lines:
        band = QRectF(rect.x(), y, rect.width(), ink.line(px))
        text(painter, band, line, ink, px=px, weight=weight, color=color, align=CENTER)
        y = band.bottom()
    return y
