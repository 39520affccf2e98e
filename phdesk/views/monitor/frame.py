"""Paints one tile of a wall: title and age in a line above its chart, what failed below it.

The chart is painted as everywhere else, larger. Nothing here can be pressed.
"""

import logging

from msgspec import structs
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.charts.spec import ButtonBody, MarkdownBody, NoticeBody, TileView
from phdesk.core.watching.framing import framed
from phdesk.views.charts.ink import Ink, text
from phdesk.views.charts.number import Even
from phdesk.views.charts.paint import paint_with
from phdesk.views.dashboard.alert_mark import alert_sign
from phdesk.views.dashboard.card import UNPAINTABLE
from phdesk.views.monitor import caption
from phdesk.views.monitor.caption import Notes
from phdesk.views.theme import draw_icon

log = logging.getLogger(__name__)
RADIUS = 7.0
PAD_X, PAD_Y = 11.0, 8.0
SMALL = 11.0
FOOT = 17.0  # of what failed
ICON = 11.0
NOT_YET = "Not calculated yet."
OPEN = " Open it in PostHog."  # nobody can, from a wall


def paint_tile(
    painter: QPainter,
    rect: QRectF,
    view: TileView,
    notes: Notes,
    ink: Ink,
    even: Even | None = None,
) -> None:
    """Paint a whole tile; one that cannot be painted says so, and no other suffers.

    `even` is what a number has in common with those beside it.
    """
    try:
        view = watched(view, notes)
        _paint(painter, rect, view, notes, ink, even)
    except Exception:
        log.exception("A tile of kind %s could not be painted.", view.kind)
        _paint(painter, rect, structs.replace(view, body=UNPAINTABLE), notes, ink)


def watched(view: TileView, notes: Notes) -> TileView:
    """Add what a person's watches say of a tile."""
    shown = framed(view, notes.watches) if notes.watches else view
    words = " · ".join(part for part in (shown.alert, notes.alert) if part)
    return structs.replace(shown, alert=words) if notes.alert else shown


def body_rect(rect: QRectF, view: TileView, notes: Notes, ink: Ink) -> QRectF:
    """Give the rectangle that is left for the chart."""
    inner = _inner(rect, ink)
    if _speaks_for_itself(view):
        return inner
    words = caption.height_of(caption.arrange(view, notes, inner, ink), ink)
    top = words + ink.px(5) + (ink.px(FOOT) if view.alert or view.alert_note else 0.0)
    return inner.adjusted(0, top, 0, -ink.px(FOOT) if notes.failure else 0.0)


def _paint(
    painter: QPainter,
    rect: QRectF,
    view: TileView,
    notes: Notes,
    ink: Ink,
    even: Even | None = None,
) -> None:
    painter.save()
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        _surface(painter, rect, view, ink)
        if not _speaks_for_itself(view):
            _head(painter, rect, view, notes, ink)
        room = body_rect(rect, view, notes, ink)
        paint_with(painter, room, still(view), ink, even and even.below(rect.y()))
        if notes.failure:
            _failure(painter, rect, notes, ink)
    finally:
        painter.restore()


def still(view: TileView) -> TileView:
    """Leave out what could be pressed, and the server's own words, which are for who mends it."""
    body = view.body
    if not isinstance(body, NoticeBody):
        return view
    headline = NOT_YET if body.state == "pending" else body.headline.removesuffix(OPEN)
    detail = "" if body.state in ("pending", "error") else body.detail
    plain = structs.replace(body, link="", headline=headline, detail=detail)
    return view if plain == body else structs.replace(view, body=plain)


def _inner(rect: QRectF, ink: Ink) -> QRectF:
    return rect.adjusted(ink.px(PAD_X), ink.px(PAD_Y), -ink.px(PAD_X), -ink.px(PAD_Y))


def _speaks_for_itself(view: TileView) -> bool:
    return isinstance(view.body, MarkdownBody | ButtonBody)


def _surface(painter: QPainter, rect: QRectF, view: TileView, ink: Ink) -> None:
    width = max(ink.px(1), 1.0) * (2 if view.alert else 1)
    edge = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(QPen(ink.theme.bad if view.alert else ink.theme.line, width))
    painter.setBrush(ink.theme.surface)
    painter.drawRoundedRect(edge, ink.px(RADIUS), ink.px(RADIUS))
    if view.accent:
        painter.save()
        painter.setClipRect(QRectF(rect.x(), rect.y(), ink.px(4), rect.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.color(view.accent))
        painter.drawRoundedRect(rect, ink.px(RADIUS), ink.px(RADIUS))
        painter.restore()


def _head(painter: QPainter, rect: QRectF, view: TileView, notes: Notes, ink: Ink) -> None:
    """Paint title and age, and the alert below them."""
    inner = _inner(rect, ink)
    words = caption.arrange(view, notes, inner, ink)
    caption.paint(painter, inner, words, view, notes, ink)
    if view.alert or view.alert_note:
        top = inner.y() + caption.height_of(words, ink)
        below = QRectF(inner.x(), top, inner.width(), ink.px(FOOT))
        sign, color = alert_sign(view, ink.theme)
        _signed(painter, below, sign, view.alert or view.alert_note, ink, color)


def _failure(painter: QPainter, rect: QRectF, notes: Notes, ink: Ink) -> None:
    inner = rect.adjusted(ink.px(PAD_X), 0, -ink.px(PAD_X), -ink.px(PAD_Y) + ink.px(3))
    line = QRectF(inner.x(), inner.bottom() - ink.px(FOOT), inner.width(), ink.px(FOOT))
    _signed(painter, line, "triangle-alert", notes.failure, ink, ink.theme.warn)


def _signed(
    painter: QPainter, line: QRectF, sign: str, words: str, ink: Ink, color: QColor
) -> None:
    side = ink.px(ICON)
    place = QRectF(line.x(), line.center().y() - side / 2, side, side)
    draw_icon(painter, place, sign, color)
    room = line.adjusted(side + ink.px(5), 0, 0, 0)
    if ink.width(words, SMALL) > room.width():
        words = words.partition(". ")[0].removesuffix(".") + "."  # the first says what is wrong
    text(painter, room, words, ink, px=SMALL, color=color)
