"""Paints a chart over the matrix that it is drawn from; where both have no room, the matrix."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import PairBody
from phdesk.views.charts import retention, xy
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import Ink

LOW, NARROW = 280, 240  # px of a body that has room for one of them
PART = 0.42  # of the height, for the chart
GAP = 14  # px


def paint(painter: QPainter, rect: QRectF, body: PairBody, ink: Ink) -> None:
    """Paint both, or the matrix alone."""
    above, below = divided(rect, ink)
    if above.height() > 0:
        xy.paint(painter, above, body.chart, ink)
    retention.paint(painter, below, body.matrix, ink)


def hit(rect: QRectF, body: PairBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find what lies under a point of either."""
    above, below = divided(rect, ink)
    if above.contains(point):
        return xy.hit(above, body.chart, ink, point)
    return retention.hit(below, body.matrix, ink, point) if below.contains(point) else None


def divided(rect: QRectF, ink: Ink) -> tuple[QRectF, QRectF]:
    """Give the places of the chart, empty where there is no room for it, and of the matrix."""
    if rect.height() < ink.px(LOW) or rect.width() < ink.px(NARROW):
        return QRectF(), rect
    high = rect.height() * PART
    above = QRectF(rect.x(), rect.y(), rect.width(), high)
    return above, rect.adjusted(0, high + ink.px(GAP), 0, 0)
