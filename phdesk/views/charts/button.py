"""Paints a button tile."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from phdesk.core.charts.spec import ButtonBody
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import CENTER, Ink, box, text
from phdesk.views.charts.wrap import wrapped
from phdesk.views.theme import draw_icon

HEIGHT, PAD, ICON = 34, 16, 14  # px
LINES = 4  # of words, at most


def paint(painter: QPainter, rect: QRectF, body: ButtonBody, ink: Ink) -> None:
    """Paint the button where its tile wants it; pale when it leads nowhere."""
    place, theme = button_rect(rect, body, ink), ink.theme
    filled = body.primary and bool(body.url)
    fill = theme.accent if filled else theme.surface
    words = theme.on_accent if filled else (theme.text if body.url else theme.muted)
    edge = QPen(theme.accent if filled else theme.line, ink.hair)
    box(painter, place.adjusted(0.5, 0.5, -0.5, -0.5), fill, ink.px(6), edge)
    inner = place.adjusted(ink.px(PAD / 2), 0, -ink.px(PAD / 2), 0)
    side = ink.px(ICON)
    if body.url and inner.width() >= ink.width(body.text, 13, 600) + side + ink.px(6):
        spot = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
        draw_icon(painter, spot, "external-link", words)
        inner.setRight(spot.left() - ink.px(6))
    lines, line = _lines(rect, body, inner.width(), ink), ink.line(13)
    band = QRectF(inner.x(), inner.center().y() - line * len(lines) / 2, inner.width(), line)
    for one in lines:
        text(painter, band, one, ink, px=13, weight=600, color=words, align=CENTER)
        band.translate(0, line)


def link_at(rect: QRectF, body: ButtonBody, ink: Ink, point: QPointF) -> str | None:
    """Give the button's address when it lies under a point."""
    return (body.url or None) if button_rect(rect, body, ink).contains(point) else None


def hit(rect: QRectF, body: ButtonBody, ink: Ink, point: QPointF) -> Hit | None:
    """Give the button's address when it lies under a point."""
    if not button_rect(rect, body, ink).contains(point):
        return None
    return Hit(body.url or "This button has no safe address")


def button_rect(rect: QRectF, body: ButtonBody, ink: Ink) -> QRectF:
    """Give the rectangle of the button inside its tile."""
    wanted = ink.width(body.text, 13, 600) + 2 * ink.px(PAD) + ink.px(ICON + 6)
    width = min(max(wanted, ink.px(96)), rect.width())
    lines = _lines(rect, body, width - ink.px(PAD), ink)
    wished = max(ink.px(HEIGHT), len(lines) * ink.line(13) + ink.px(PAD))
    height = min(wished, rect.height())
    spare = rect.width() - width
    x = rect.x() + {"center": spare / 2, "right": spare}.get(body.placement, 0.0)
    return QRectF(x, rect.y() + (rect.height() - height) / 2, width, height)


def _lines(rect: QRectF, body: ButtonBody, room: float, ink: Ink) -> list[str]:
    """Break the words where the tile is too narrow for them and high enough for more lines."""
    most = max(min(int((rect.height() - ink.px(PAD)) // ink.line(13)), LINES), 1)
    return wrapped(body.text, room, most, ink, 13, 600)
