"""A whole tile: frame, title, body, warning. Serves the screen and `phdesk render` alike."""

import logging
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6 import QtGui  # classes that are not on every frame, by name
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from phdesk.core.charts.spec import MarkdownBody, NoticeBody, TileView
from phdesk.core.charts.text import is_section
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.paint import paint_table, paint_with
from phdesk.views.dashboard.card_state import CardState, with_fields
from phdesk.views.dashboard.over_card import RADIUS
from phdesk.views.dashboard.title_line import (
    PAD_X,
    PAD_Y,
    TITLE_HEIGHT,
    bare,
    paint_elided,
    paint_title,
)
from phdesk.views.theme import Theme, draw_icon

if TYPE_CHECKING:
    from phdesk.views.charts.number import Even  # of numbers beside each other

log = logging.getLogger(__name__)
UNPAINTABLE = NoticeBody(state="error", headline="phdesk could not draw this tile.")
ACCENT = 4.0  # px of the colour bar
WARNING_HEIGHT, WARNING_LINE = 18.0, 14.0  # px of a warning, and of each further line of one
WARNING_LINES, LOW_TILE = 3, 150  # at most, of a tile of so many px; one of fewer has room for one
WARNING_ICON = 17.0  # px with the gap beside it


def is_heading(view: TileView) -> bool:
    """Tell whether a card heads the tiles below it; it then stands on the page, without a frame."""
    body = view.body
    return isinstance(body, MarkdownBody) and not view.accent and is_section(body.source)


def body_rect(rect: QRectF, view: TileView) -> QRectF:
    """Give the rectangle inside the frame in which the body is painted."""
    if is_heading(view):
        return rect.adjusted(1, PAD_Y, -1, 0)
    inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
    if bare(view):
        return inner
    top = TITLE_HEIGHT + 6 + (TITLE_HEIGHT - 4 if view.description and rect.height() > 220 else 0)
    more = view.warning.count("\n") * WARNING_LINE
    bottom = WARNING_HEIGHT + more if view.warning else 0.0
    return inner.adjusted(0, top, 0, -bottom)


def paint_frame(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, *, past: bool = False
) -> None:
    """Paint the surface with its border and the tile's colour bar; nothing for a heading.

    What is past has a dashed border in place of the firm one.
    """
    if is_heading(view):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if not theme.is_dark and not past:  # a hair of shadow; as an outline: the rest is hidden
        painter.setPen(QPen(QColor(0, 0, 0, 10), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(edge.translated(0, 1), RADIUS, RADIUS)
    pen = QPen(theme.bad if view.alert else theme.line, 1)
    if past:
        pen = QPen(theme.faint, 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.surface)
    painter.drawRoundedRect(edge, RADIUS, RADIUS)
    if view.accent:
        _paint_accent(painter, rect, theme.color(view.accent), theme)


def _paint_accent(painter: QPainter, rect: QRectF, color: QColor, theme: Theme) -> None:
    """Paint the tile's colour bar; in a file without a clip, of which not all programs know."""
    strip = QRectF(rect.left(), rect.top(), ACCENT, rect.height())
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if theme.medium == "screen":
        painter.setClipRect(strip)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    else:
        whole, bar = QtGui.QPainterPath(), QtGui.QPainterPath()
        whole.addRoundedRect(rect, RADIUS, RADIUS)
        bar.addRect(strip)
        painter.drawPath(whole.intersected(bar))
    painter.restore()


def paint_warning(painter: QPainter, rect: QRectF, view: TileView, theme: Theme) -> None:
    """Say below the body that a newer try failed."""
    if not view.warning or bare(view):
        return
    lines = view.warning.split("\n")
    line = QRectF(
        rect.left() + PAD_X,
        rect.bottom() - PAD_Y - WARNING_HEIGHT + 6 - (len(lines) - 1) * WARNING_LINE,
        rect.width() - 2 * PAD_X,
        WARNING_HEIGHT,
    )
    draw_icon(painter, QRectF(line.left(), line.top() + 3, 12, 12), "triangle-alert", theme.warn)
    for number, words in enumerate(lines):
        text = line.adjusted(WARNING_ICON, 0, 0, 0).translated(0, number * WARNING_LINE)
        paint_elided(painter, text, words, theme.font(11), theme.warn, text.width())


def spelled_out(view: TileView, rect: QRectF, theme: Theme) -> TileView:
    """Break a warning into lines for a file: nobody can point at it there to read the rest."""
    if not view.warning or bare(view):
        return view
    measure = QtGui.QFontMetricsF(theme.font(11))
    room = rect.width() - 2 * PAD_X - WARNING_ICON
    lines = [""]
    for word in view.warning.split():
        joined = f"{lines[-1]} {word}".lstrip()
        full = len(lines) == (WARNING_LINES if rect.height() > LOW_TILE else 1)
        if full or not lines[-1] or measure.horizontalAdvance(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return structs.replace(view, warning="\n".join(lines))


def paint_content(
    painter: QPainter,
    rect: QRectF,
    view: TileView,
    theme: Theme,
    even: "Even | None" = None,
    *,
    as_table: bool = False,
) -> None:
    """Paint the chart, or the table behind it."""
    inner = body_rect(rect, view)
    if inner.width() < 8 or inner.height() < 8:
        return
    if as_table and view.table.columns:
        paint_table(painter, inner, view.table, theme)
    else:
        paint_with(painter, inner, view, Ink(theme), even and even.below(rect.y()))


def card_picture(
    size: QSize,
    ratio: float,
    view: TileView,
    theme: Theme,
    state: CardState,
    even: "Even | None" = None,
) -> QPixmap:
    """Draw a whole tile into a picture; a body that cannot be painted becomes a notice.

    An exception that leaves a paint event ends the process, so one bad tile would end all.
    """
    try:
        return _painted(size, ratio, view, theme, state, even)
    except Exception:
        log.exception("A tile of kind %s could not be painted.", view.kind)
        plain = with_fields(state, as_table=False)
        return _painted(size, ratio, structs.replace(view, body=UNPAINTABLE), theme, plain)


def repaint_title(picture: QPixmap, view: TileView, theme: Theme, state: CardState) -> None:
    """Bring the title line of a tile's picture up to date, and nothing else."""
    if bare(view):
        return
    rect = QRectF(QPointF(), picture.deviceIndependentSize())
    inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
    inner.setBottom(min(body_rect(rect, view).top(), inner.bottom()))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(inner, theme.surface)
    paint_title(painter, rect, view, theme, state)
    painter.end()


def add_title(
    picture: QPixmap, size: QSize, view: TileView, theme: Theme, state: CardState
) -> None:
    """Write title and warning on a picture of frame and body."""
    painter, rect = QPainter(picture), QRectF(QPointF(), QSizeF(size))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_title(painter, rect, view, theme, state)
    paint_warning(painter, rect, view, theme)
    painter.end()


def paint_around(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, state: CardState
) -> None:
    """Paint a tile without its body."""
    paint_frame(painter, rect, view, theme, past=state.reads == "past")
    paint_title(painter, rect, view, theme, state)
    paint_warning(painter, rect, view, theme)


def _painted(
    size: QSize,
    ratio: float,
    view: TileView,
    theme: Theme,
    state: CardState,
    even: "Even | None" = None,
) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.bg)  # opaque: four times as fast to put on screen
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, QRectF(QPointF(), QSizeF(size)), view, theme, state, even)
    finally:
        painter.end()
    return picture


def paint_card(
    painter: QPainter,
    rect: QRectF,
    view: TileView,
    theme: Theme,
    state: CardState,
    even: "Even | None" = None,
) -> None:
    """Paint a whole tile; `even` is what a number has in common with those beside it."""
    paint_frame(painter, rect, view, theme, past=state.reads == "past")
    paint_content(painter, rect, view, theme, even, as_table=state.as_table)
    paint_title(painter, rect, view, theme, state)
    paint_warning(painter, rect, view, theme)
