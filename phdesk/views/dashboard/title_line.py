"""The title line of a tile: its name at the left, at the right what to know before the chart."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from phdesk.core.charts.spec import ButtonBody, MarkdownBody, TileView
from phdesk.views.dashboard.alert_mark import SIGN, paint_alert
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.theme import Theme, draw_icon

PAD_X, PAD_Y = 14.0, 12.0  # px within the border
TITLE_HEIGHT = 20.0
CHIP_PAD = 6.0  # px beside the name of a project
AGE_BESIDE_ALERT = 420.0  # px of a title line that has room for both


def bare(view: TileView) -> bool:
    """Tell whether a tile has no title line: text and button cards speak for themselves."""
    return isinstance(view.body, MarkdownBody | ButtonBody)


def paint_title(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, state: CardState
) -> None:
    """Paint title, kind and range at the left, the age at the right; elide, never overlap."""
    if bare(view):
        return
    line = QRectF(rect.left() + PAD_X, rect.top() + PAD_Y, rect.width() - 2 * PAD_X, TITLE_HEIGHT)
    room = _paint_marks(painter, line, view, theme, state)
    for_title = room - (_chip_width(state.mark, theme) + 8 if state.source else 0)
    used = paint_elided(painter, line, view.title, theme.font(13, 600), theme.text, for_title)
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
        paint_elided(painter, below, view.description, theme.font(11.5), theme.muted, line.width())


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
        used = used or paint_elided(painter, line, words, *look, room, whole=True)
    return used


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
    paint_elided(painter, words, state.own, font, theme.muted, words.width(), whole=True)


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


def paint_elided(  # noqa: PLR0913  a text needs its place, words and ink
    painter: QPainter,
    line: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    room: float,
    *,
    whole: bool = False,
) -> float:
    """Paint words as far as there is room, or `whole` or not at all; give their width."""
    painter.setFont(font)
    painter.setPen(color)
    measure = QFontMetricsF(painter.font())
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    if whole and shown != text:
        return 0.0
    baseline = line.center().y() + (measure.ascent() - measure.descent()) / 2
    painter.drawText(QPointF(line.left(), baseline), shown)
    return measure.horizontalAdvance(shown)
