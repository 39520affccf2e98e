"""The frame of a tile: surface, title, age, body. Serves the screen and `phdesk render` alike."""

import logging

from msgspec import structs
from PySide6 import QtGui  # classes that are not on every frame, by name
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from phdesk.core.charts.spec import ButtonBody, MarkdownBody, NoticeBody, TileView
from phdesk.core.charts.text import is_section
from phdesk.views.charts.paint import paint_body, paint_table
from phdesk.views.dashboard.alert_mark import SIGN, paint_alert
from phdesk.views.dashboard.card_state import CardState, with_fields
from phdesk.views.theme import Theme, draw_icon

log = logging.getLogger(__name__)
UNPAINTABLE = NoticeBody(state="error", headline="phdesk could not draw this tile.")
RADIUS, ACCENT = 8.0, 4.0  # px of corners; of the colour bar
PAD_X, PAD_Y = 14.0, 12.0
TITLE_HEIGHT = 20.0
WARNING_HEIGHT = 18.0
CHIP_PAD = 6.0  # px beside the name of a project
AGE_BESIDE_ALERT = 420.0  # px of a title line that has room for both


def bare(view: TileView) -> bool:
    """Tell whether a tile has no title line: text and button cards speak for themselves."""
    return isinstance(view.body, MarkdownBody | ButtonBody)


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
    bottom = WARNING_HEIGHT if view.warning else 0.0
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


def paint_focus(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the focus ring over the border."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.accent, 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def paint_placeholder(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint where a tile will be that is in the hand now."""
    edge = rect.adjusted(1, 1, -1, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.bg)
    painter.drawRect(rect)
    painter.setBrush(theme.accent_bg)
    painter.drawRoundedRect(edge, RADIUS, RADIUS)
    paint_outline(painter, edge, QPen(theme.accent, 2, Qt.PenStyle.DashLine))


def paint_outline(painter: QPainter, rect: QRectF, pen: QPen) -> None:
    """Paint a rounded rectangle's outline in parts: whole, a large one takes ten times as long."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # translucent parts must not lie on each other
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    round_ = QSizeF(2 * RADIUS, 2 * RADIUS)
    straight = rect.adjusted(RADIUS, RADIUS, -RADIUS, -RADIUS)
    corners = (straight.topRight(), straight.topLeft(), straight.bottomLeft())
    for quarter, middle in enumerate((*corners, straight.bottomRight())):
        around = QRectF(middle - QPointF(RADIUS, RADIUS), round_)
        painter.drawArc(around, quarter * 90 * 16, 90 * 16)
    left, right, top, bottom = straight.left(), straight.right(), straight.top(), straight.bottom()
    painter.drawLine(QPointF(left, rect.top()), QPointF(right, rect.top()))
    painter.drawLine(QPointF(rect.right(), top), QPointF(rect.right(), bottom))
    painter.drawLine(QPointF(left, rect.bottom()), QPointF(right, rect.bottom()))
    painter.drawLine(QPointF(rect.left(), top), QPointF(rect.left(), bottom))


def paint_title(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, state: CardState
) -> None:
    """Paint title, kind and range at the left, the age at the right; elide, never overlap."""
    if bare(view):
        return
    line = QRectF(rect.left() + PAD_X, rect.top() + PAD_Y, rect.width() - 2 * PAD_X, TITLE_HEIGHT)
    room = _paint_marks(painter, line, view, theme, state)
    for_title = room - (_chip_width(state.mark, theme) + 8 if state.source else 0)
    used = _paint_elided(painter, line, view.title, theme.font(13, 600), theme.text, for_title)
    rest = room - used - 8 - (SIGN + 8 if state.own else 0)
    if state.source:
        taken = _paint_source(painter, line.adjusted(used + 8, 0, 0, 0), state, theme, rest)
        used, rest = used + taken, rest - taken
    if rest > 40:
        used += 8 + _paint_context(painter, line.adjusted(used + 8, 0.5, 0, 0), view, theme, rest)
    if state.own:
        _paint_own(painter, line.adjusted(used + 8, 0, room - line.width(), 0), state, theme)
    if view.description and rect.height() > 220:
        below = line.translated(0, TITLE_HEIGHT - 2)
        _paint_elided(painter, below, view.description, theme.font(11.5), theme.muted, line.width())


def _paint_marks(
    painter: QPainter, line: QRectF, view: TileView, theme: Theme, state: CardState
) -> float:
    """Paint at the right what to know before reading the chart; give the room that is left."""
    in_use = state.hovered or state.focused
    room = line.width() - 32 * (in_use + state.editing)  # menu button and handle replace the age
    shown = not in_use and not state.editing
    if state.before:
        room -= _paint_before(painter, line.adjusted(0, 0, room - line.width(), 0), state, theme)
    elif shown and (not view.alert or state.stale or line.width() > AGE_BESIDE_ALERT):
        room -= _paint_age(painter, line, theme, state, view.title)
    if state.news:
        end = line.adjusted(0, 0, room - line.width(), 0)
        room -= _paint_news(painter, end, state, theme, whole=in_use)
    if state.local:
        room -= _paint_local(painter, line.adjusted(0, 0, room - line.width(), 0), state, theme)
    if view.alert or view.alert_note:
        left_over = line.adjusted(0, 0, room - line.width(), 0)
        room -= paint_alert(painter, left_over, view, theme)
    return room


def _paint_source(
    painter: QPainter, line: QRectF, state: CardState, theme: Theme, room: float
) -> float:
    """Name the project that the tile is from, whole or by its letters; give the width."""
    whole = _chip_width(state.source, theme) <= room
    words = state.source if whole else state.mark
    width = _chip_width(words, theme)
    chip = QRectF(line.left(), line.center().y() - 8, width, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent_bg)
    painter.drawRoundedRect(chip, 4, 4)
    painter.setFont(theme.font_for(words, 11, 600))
    painter.setPen(theme.accent)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
    return width + 8


def _chip_width(words: str, theme: Theme) -> float:
    return QFontMetricsF(theme.font_for(words, 11, 600)).horizontalAdvance(words) + 2 * CHIP_PAD


def _paint_context(
    painter: QPainter, line: QRectF, view: TileView, theme: Theme, room: float
) -> float:
    """Paint kind and range, with the dates that it came to where there is room; give the width."""
    used = 0.0
    for span in (view.whole_range, view.range_label):
        words = " · ".join(part for part in (view.kind_label, span) if part)
        look = (theme.font(11.5), theme.muted)
        used = used or _paint_elided(painter, line, words, *look, room, whole=True)
    return used


def paint_warning(painter: QPainter, rect: QRectF, view: TileView, theme: Theme) -> None:
    """Say below the body that a newer try failed."""
    if not view.warning or bare(view):
        return
    line = QRectF(
        rect.left() + PAD_X,
        rect.bottom() - PAD_Y - WARNING_HEIGHT + 6,
        rect.width() - 2 * PAD_X,
        WARNING_HEIGHT,
    )
    draw_icon(painter, QRectF(line.left(), line.top() + 3, 12, 12), "triangle-alert", theme.warn)
    text = line.adjusted(17, 0, 0, 0)
    _paint_elided(painter, text, view.warning, theme.font(11), theme.warn, text.width())


def paint_content(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, *, as_table: bool = False
) -> None:
    """Paint the chart, or the table behind it."""
    inner = body_rect(rect, view)
    if inner.width() < 8 or inner.height() < 8:
        return
    if as_table and view.table.columns:
        paint_table(painter, inner, view.table, theme)
    else:
        paint_body(painter, inner, view, theme)


def card_picture(
    size: QSize, ratio: float, view: TileView, theme: Theme, state: CardState
) -> QPixmap:
    """Draw a whole tile into a picture; a body that cannot be painted becomes a notice.

    An exception that leaves a paint event ends the process, so one bad tile would end all.
    """
    try:
        return _painted(size, ratio, view, theme, state)
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


def _painted(size: QSize, ratio: float, view: TileView, theme: Theme, state: CardState) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.bg)  # opaque: four times as fast to put on screen
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, QRectF(QPointF(), QSizeF(size)), view, theme, state)
    finally:
        painter.end()
    return picture


def paint_card(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, state: CardState
) -> None:
    """Paint a whole tile."""
    paint_frame(painter, rect, view, theme, past=state.reads == "past")
    paint_content(painter, rect, view, theme, as_table=state.as_table)
    paint_title(painter, rect, view, theme, state)
    paint_warning(painter, rect, view, theme)


def _paint_local(painter: QPainter, line: QRectF, state: CardState, theme: Theme) -> float:
    """Say at the right what was done to the chart by hand: it does not show all that was sent."""
    font = theme.font_for(state.local, 11, 600)
    words, measure = state.local[:1].upper() + state.local[1:], QFontMetricsF(font)
    if measure.horizontalAdvance(words) > line.width() * 0.6:
        words = words.partition(",")[0]
    width = min(measure.horizontalAdvance(words), line.width() * 0.6)
    return _paint_right(painter, line, words, font, theme.accent, width) + 10


def _paint_news(
    painter: QPainter, line: QRectF, state: CardState, theme: Theme, *, whole: bool
) -> float:
    """Mark at the right that something changed since the last look; what, for who is near."""
    width = 0.0
    if whole:
        font = theme.font_for(state.news, 11, 600)
        width = min(QFontMetricsF(font).horizontalAdvance(state.news), line.width() * 0.6)
        _paint_right(painter, line, state.news, font, theme.accent, width)
    sign = QRectF(line.right() - width - SIGN, line.center().y() - 6, 12, 12)
    draw_icon(painter, sign, state.news_icon, theme.accent)
    return width + SIGN + 6


def _paint_before(painter: QPainter, line: QRectF, state: CardState, theme: Theme) -> float:
    """Say at the right that the chart is still that of the filters before."""
    font = theme.font_for(state.before, 11, 600)
    width = min(QFontMetricsF(font).horizontalAdvance(state.before), line.width() * 0.6)
    used = _paint_right(painter, line, state.before, font, theme.warn, width)
    sign = QRectF(line.right() - width - SIGN, line.center().y() - 6, 12, 12)
    draw_icon(painter, sign, "history", theme.warn)
    return used + SIGN + 10


def _paint_own(painter: QPainter, line: QRectF, state: CardState, theme: Theme) -> None:
    """Mark a tile that the dashboard's dates do not reach; a narrow one with the icon alone."""
    if line.width() < SIGN:
        return
    sign = QRectF(line.left(), line.center().y() - 6, 12, 12)
    draw_icon(painter, sign, "pin", theme.muted)
    words = line.adjusted(SIGN, 0.5, 0, 0)
    font = theme.font(11.5)
    _paint_elided(painter, words, state.own, font, theme.muted, words.width(), whole=True)


def _paint_right(
    painter: QPainter, line: QRectF, words: str, font: QFont, color: QColor, width: float
) -> float:
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width + 1)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
    return width


def _paint_age(
    painter: QPainter, line: QRectF, theme: Theme, state: CardState, title: str
) -> float:
    """Write the age, without its clock time where that would cost letters of the title."""
    if not state.age or line.width() < 150:
        return 0.0
    font = theme.font(11, figures=True)
    text, width = state.age, QFontMetricsF(font).horizontalAdvance(state.age)
    used = QFontMetricsF(theme.font(13, 600)).horizontalAdvance(title) + width + 27
    if line.width() <= 230 or used > line.width():
        text = state.age.rsplit(" · ", 1)[-1]
        width = QFontMetricsF(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(theme.warn if state.stale else theme.muted)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    if state.stale:
        box = QRectF(line.right() - width - 17, line.center().y() - 6, 12, 12)
        draw_icon(painter, box, "clock", theme.warn)
        width += 17
    return width + 10


def _paint_elided(  # noqa: PLR0913  a text needs its place, words and ink
    painter: QPainter,
    line: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    room: float,
    *,
    whole: bool = False,
) -> float:
    painter.setFont(font)
    painter.setPen(color)
    measure = QFontMetricsF(painter.font())
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    if whole and shown != text:
        return 0.0
    baseline = line.center().y() + (measure.ascent() - measure.descent()) / 2
    painter.drawText(QPointF(line.left(), baseline), shown)
    return measure.horizontalAdvance(shown)
