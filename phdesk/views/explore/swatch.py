"""The small picture of a series: a box, or a piece of its line where it is dashed."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPen, QPixmap, QPolygonF

from phdesk.core.charts.spec import XYBody
from phdesk.views.charts.axis_marks import INK, SIZE
from phdesk.views.charts.marks import DASHES, HUES, PREVIOUS, Pattern
from phdesk.views.charts.strokes import dashes
from phdesk.views.explore.strokes import series_color
from phdesk.views.theme import Theme

BOX = 9  # px
STROKE = 22  # px of a dashed line, long enough to show its pattern
HIGH = 16


def patterns(body: XYBody) -> tuple[Pattern | None, ...]:
    """Give the dash pattern of each series' line, as it is drawn; bars and areas have none."""
    made: list[Pattern | None] = []
    for number, one in enumerate(body.series):
        pattern = PREVIOUS if one.previous else DASHES[number // HUES % len(DASHES)]
        made.append(pattern if one.mark == "line" else None)
    return tuple(made)


def width(body: XYBody) -> int:
    """Give the width that all swatches of a chart need."""
    return STROKE if any(patterns(body)) else BOX


def paint(
    painter: QPainter, place: QRectF, body: XYBody, number: int, theme: Theme, *, shown: bool = True
) -> None:
    """Paint the swatch of a series into a place; hidden ones are only an outline."""
    series, pattern = body.series[number], patterns(body)[number]
    color = series_color(series, theme) if shown else theme.faint
    middle = place.center().y()
    if pattern:
        painter.setPen(QPen(color, 2))
        ends = [(place.x(), middle), (place.right(), middle)]
        painter.drawLines(dashes(ends, *pattern))
        return
    box = QRectF(place.x(), middle - BOX / 2, BOX, BOX)
    painter.setPen(QPen(color, 1.4))
    painter.setBrush(color if shown else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 2, 2)


def paint_diamond(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """Paint the sign of an annotation, as it stands below the time axis."""
    middle = place.center()
    steps = ((0.0, -SIZE), (SIZE, 0.0), (0.0, SIZE), (-SIZE, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(INK))
    painter.drawPolygon(QPolygonF([middle + QPointF(*step) for step in steps]))


def icon(body: XYBody, number: int, theme: Theme, *, shown: bool) -> QIcon:
    """Paint the swatch of a series as an icon."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    size = icon_size(body)
    drawn = QPixmap(size * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(QPointF(1, 0), size).adjusted(0, 0, -2, 0)
    paint(painter, place, body, number, theme, shown=shown)
    painter.end()
    return QIcon(drawn)


def icon_size(body: XYBody) -> QSize:
    """Give the size of the icons of a chart's series: all the same, so that names align."""
    return QSize(width(body) + 2, HIGH)
