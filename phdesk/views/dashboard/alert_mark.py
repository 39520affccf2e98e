"""Paints in the title of a tile how its alerts stand: a sign and, where there is room, words."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from phdesk.core.charts.spec import TileView
from phdesk.views.theme import Theme, draw_icon

SIGN = 16.0  # px of the icon before the words


def paint_alert(painter: QPainter, line: QRectF, view: TileView, theme: Theme) -> float:
    """Say at the right how the tile's alerts stand; a narrow tile keeps the sign alone.

    What does not fire gives way to title and age: its words are there whole, or not at all.
    """
    said = view.alert or view.alert_note
    icon, color = alert_sign(view, theme)
    font = theme.font_for(said, 11, 600)
    measure = QFontMetricsF(font)
    title = QFontMetricsF(theme.font(13, 600)).horizontalAdvance(view.title)
    room = max(line.width() * 0.55, line.width() - title - 10) - SIGN
    if not view.alert:
        room = line.width() - title - 10 - SIGN
        said = said if measure.horizontalAdvance(said) <= room else ""
    words = measure.elidedText(said, Qt.TextElideMode.ElideRight, max(room, 0))
    width = measure.horizontalAdvance(words) if len(words) > len("Alert:") else 0.0
    if width:
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
    sign = QRectF(line.right() - width - SIGN, line.center().y() - 6, 12, 12)
    draw_icon(painter, sign, icon, color)
    return width + SIGN + 10


def alert_sign(view: TileView, theme: Theme) -> tuple[str, QColor]:
    """Give icon and colour for how a tile's alerts stand."""
    if view.alert:
        return "triangle-alert", theme.bad
    return (
        ("circle-help", theme.warn) if view.alert_errored else ("moon", theme.muted)
    )  # a clock is for old numbers
