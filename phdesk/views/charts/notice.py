"""Paints why a tile has no chart: a calm icon, a headline and a few words."""

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

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
LINES = 6  # of a headline or what stands below it, at most
TARGET = 24  # px: a link that is lower is hard to hit


class _Parts(Struct, frozen=True, gc=False):
    """A notice laid out: where its icon and link are, which words it has, where these begin."""

    icon: QRectF | None
    head: list[str]
    top: float
    detail: list[str]
    link: QRectF | None


def paint(painter: QPainter, rect: QRectF, body: NoticeBody, ink: Ink) -> None:
    """Paint a notice in the middle; the words come before the icon when room is short."""
    parts = _arranged(rect, body, ink)
    if parts.icon is not None:
        draw_icon(painter, parts.icon, ICONS[body.state], _icon_color(body, ink))
    y = _write(painter, rect, parts.top, parts.head, ink, bold=True)
    _write(painter, rect, y + ink.px(4), parts.detail, ink, bold=False)
    if parts.link is not None:
        _paint_link(painter, parts.link, body, ink)


def _arranged(rect: QRectF, body: NoticeBody, ink: Ink) -> _Parts:
    room, target = min(rect.width(), ink.px(420)), ink.px(TARGET)
    linked = bool(body.link) and rect.height() >= target + ink.line(13)
    high = rect.height() - (target if linked else 0)
    head = wrapped(body.headline, room, max(1, min(LINES, int(high // ink.line(13)))), ink, 13, 600)
    left = high - len(head) * ink.line(13)
    detail = wrapped(
        body.detail, room, min(LINES, int((left - ink.px(4)) // ink.line(12))), ink, 12
    )
    left -= len(detail) * ink.line(12) + ink.px(4)
    icon = ink.px(24) if left >= ink.px(24 + 10) else 0.0
    y = rect.y() + (left - (icon + ink.px(8) if icon else 0.0)) / 2
    place = QRectF(rect.center().x() - icon / 2, y, icon, icon) if icon else None
    top = y + (icon + ink.px(8) if icon else 0.0)
    if not linked:
        return _Parts(place, head, top, detail, None)
    below = top + len(head) * ink.line(13) + ink.px(4) + len(detail) * ink.line(12)
    width = min(_link_width(body, ink), rect.width())
    link = QRectF(rect.center().x() - width / 2, below, width, target)
    return _Parts(place, head, top, detail, link)


def banner(painter: QPainter, rect: QRectF, body: NoticeBody, ink: Ink) -> QRectF:
    """Paint a notice as one line above something else; give the rectangle that is left."""
    height, icon = banner_height(ink), ink.px(14)
    link = _banner_link(rect, body, ink)
    right = rect.right()
    if link is not None:
        _paint_link(painter, link, body, ink)
        right = link.left() - ink.px(8)
    words = QRectF(rect.x(), rect.y(), max(right - rect.x(), 0.0), height)
    room = words.width() - icon - ink.px(6)
    if max(ink.width(one, 12) for one in (body.headline, SHORT)) <= room or room >= ink.px(NARROW):
        place = QRectF(rect.x(), rect.y() + (height - icon) / 2, icon, icon)
        draw_icon(painter, place, ICONS[body.state], ink.theme.muted)
        words.setLeft(right - room)
    fits = ink.width(body.headline, 12) <= words.width() or words.width() >= ink.px(NARROW)
    text(painter, words, body.headline if fits else SHORT, ink, px=12, color=ink.theme.text)
    return rect.adjusted(0, height, 0, 0)


def banner_height(ink: Ink) -> float:
    """Give the height of `banner`."""
    return max(ink.line(12) + ink.px(8), ink.px(TARGET))


def link_at(
    rect: QRectF, body: NoticeBody, ink: Ink, point: QPointF, *, above: bool = False
) -> str | None:
    """Give the words of the link under a point; `above` tells a banner from a whole notice."""
    place = _banner_link(rect, body, ink) if above else _arranged(rect, body, ink).link
    return body.link if place is not None and place.contains(point) else None


def _banner_link(rect: QRectF, body: NoticeBody, ink: Ink) -> QRectF | None:
    width = _link_width(body, ink)
    if not body.link or width > rect.width() - ink.px(14 + 6):
        return None
    return QRectF(rect.right() - width, rect.y(), width, banner_height(ink))


def _link_width(body: NoticeBody, ink: Ink) -> float:
    return ink.width(body.link, 12, 600) + ink.px(2)


def _paint_link(painter: QPainter, place: QRectF, body: NoticeBody, ink: Ink) -> None:
    color = ink.theme.accent
    width = text(painter, place, body.link, ink, px=12, weight=600, color=color, align=CENTER)
    y = place.center().y() + ink.line(12) / 2
    start = place.center().x() - width / 2
    painter.setPen(QPen(color, ink.hair))
    painter.drawLine(QLineF(start, y, start + width, y))


def hit(_rect: QRectF, body: NoticeBody, _ink: Ink, _point: QPointF) -> Hit | None:
    """Give the whole notice, which may be shortened on the tile."""
    return Hit(body.headline, (HitLine("", body.detail, ""),) if body.detail else ())


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
