"""Paints one tile of a wall: title and age in a line above its chart, what failed below it.

The chart is painted as everywhere else, larger. Nothing here can be pressed.
"""

import logging

from msgspec import Struct, structs
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.charts.spec import ButtonBody, MarkdownBody, NoticeBody, TileView
from phdesk.views.charts.ink import RIGHT, Ink, text
from phdesk.views.charts.paint import paint_body
from phdesk.views.dashboard.card import UNPAINTABLE
from phdesk.views.theme import draw_icon

log = logging.getLogger(__name__)
RADIUS = 7.0
PAD_X, PAD_Y = 11.0, 8.0
TITLE, SMALL = 13.0, 11.0
LINE = 19.0  # of the title
FOOT = 17.0  # of what failed
ICON = 11.0
NOT_YET = "Not calculated yet."
AGE_SHARE = 0.45  # of the line, at most


class Notes(Struct, frozen=True, gc=False, kw_only=True):
    """What stands around a chart: how old it is, and what is wrong with it."""

    age: str = ""  # "12 min"
    stale: bool = False
    failure: str = ""  # a sentence


def paint_tile(painter: QPainter, rect: QRectF, view: TileView, notes: Notes, ink: Ink) -> None:
    """Paint a whole tile; one that cannot be painted says so, and no other suffers."""
    try:
        _paint(painter, rect, view, notes, ink)
    except Exception:
        log.exception("A tile of kind %s could not be painted.", view.kind)
        _paint(painter, rect, structs.replace(view, body=UNPAINTABLE), notes, ink)


def body_rect(rect: QRectF, view: TileView, notes: Notes, ink: Ink) -> QRectF:
    """Give the rectangle that is left for the chart."""
    inner = rect.adjusted(ink.px(PAD_X), ink.px(PAD_Y), -ink.px(PAD_X), -ink.px(PAD_Y))
    if _speaks_for_itself(view):
        return inner
    top = ink.px(LINE + 5) + (ink.px(FOOT) if view.alert else 0.0)
    return inner.adjusted(0, top, 0, -ink.px(FOOT) if notes.failure else 0.0)


def _paint(painter: QPainter, rect: QRectF, view: TileView, notes: Notes, ink: Ink) -> None:
    painter.save()
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        _surface(painter, rect, view, ink)
        if not _speaks_for_itself(view):
            _title(painter, rect, view, notes, ink)
        paint_body(
            painter, body_rect(rect, view, notes, ink), still(view), ink.theme, scale=ink.scale
        )
        if notes.failure:
            _failure(painter, rect, notes, ink)
    finally:
        painter.restore()


def still(view: TileView) -> TileView:
    """Leave out what could be pressed, and the server's own words, which are for who mends it."""
    body = view.body
    if not isinstance(body, NoticeBody):
        return view
    headline = NOT_YET if body.state == "pending" else body.headline
    detail = "" if body.state in ("pending", "error") else body.detail
    plain = structs.replace(body, link="", headline=headline, detail=detail)
    return view if plain == body else structs.replace(view, body=plain)


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


def _title(painter: QPainter, rect: QRectF, view: TileView, notes: Notes, ink: Ink) -> None:
    """Paint title and range at the left, the age at the right, which is never left out."""
    inner = rect.adjusted(ink.px(PAD_X), 0, -ink.px(PAD_X), 0)
    line = QRectF(inner.x(), rect.y() + ink.px(PAD_Y), inner.width(), ink.px(LINE))
    left = line.width() - _age(painter, line, notes, ink)
    name = QRectF(line.x(), line.y(), left, line.height())
    used = text(painter, name, view.title, ink, px=TITLE, weight=650, color=ink.theme.text)
    rest = name.adjusted(used + ink.px(7), 0, 0, 0)
    if view.range_label and rest.width() > 0:
        text(painter, rest, view.range_label, ink, px=SMALL, color=ink.theme.muted, whole=True)
    if view.alert:
        below = QRectF(line.x(), line.bottom(), line.width(), ink.px(FOOT))
        _signed(painter, below, "triangle-alert", view.alert, ink, ink.theme.bad)


def _age(painter: QPainter, line: QRectF, notes: Notes, ink: Ink) -> float:
    """Paint the age; give the width that it takes."""
    if not notes.age:
        return 0.0
    words = f"stale · {notes.age}" if notes.stale else notes.age
    color = ink.theme.warn if notes.stale else ink.theme.muted
    weight = 650 if notes.stale else 400
    room = QRectF(line)
    room.setLeft(line.right() - line.width() * AGE_SHARE)
    width = text(painter, room, words, ink, px=SMALL, weight=weight, color=color, align=RIGHT)
    if notes.stale and width:
        side = ink.px(ICON)
        place = QRectF(line.right() - width - side - ink.px(4), 0, side, side)
        place.moveTop(line.center().y() - side / 2)
        draw_icon(painter, place, "clock", color)
        width += side + ink.px(4)
    return width + ink.px(8)


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
    text(painter, line.adjusted(side + ink.px(5), 0, 0, 0), words, ink, px=SMALL, color=color)
