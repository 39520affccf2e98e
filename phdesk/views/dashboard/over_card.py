"""What is painted over the picture of a tile, or in its place; it is painted anew each time."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from phdesk.views.dashboard.title_line import PAD_X, PAD_Y
from phdesk.views.theme import Theme

RADIUS = 8.0  # px of a tile's corners
VEIL = 0.55  # of the surface over a chart that is no answer to what is asked


def paint_page(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the page below the tile, which is seen in its corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.bg)
    painter.drawRect(rect)


def paint_skeleton(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint a tile of which nothing is known yet."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_page(painter, rect, theme)
    painter.setBrush(theme.surface)
    painter.drawRoundedRect(rect, RADIUS, RADIUS)
    painter.setBrush(theme.grid)
    painter.drawRoundedRect(QRectF(PAD_X, PAD_Y + 4, 120, 10), 4, 4)


def paint_veil(painter: QPainter, inner: QRectF, theme: Theme) -> None:
    """Let a chart that is still that of other filters stand back."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setOpacity(VEIL)
    painter.setBrush(theme.surface)
    painter.drawRect(inner)
    painter.setOpacity(1)


def paint_progress(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint a line at the foot while the tile is calculated."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawRect(QRectF(RADIUS, rect.height() - 2, rect.width() - 2 * RADIUS, 2))


def paint_focus(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the focus ring over the border."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.accent, 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def paint_placeholder(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint where a tile will be that is in the hand now."""
    edge = rect.adjusted(1, 1, -1, -1)
    paint_page(painter, rect, theme)
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
