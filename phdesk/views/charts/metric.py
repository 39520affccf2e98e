"""Paints a metric: its number, and below it the small line of what it sums up."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from phdesk.core import formatting
from phdesk.core.charts.spec import MetricBody
from phdesk.views.charts import number
from phdesk.views.charts.axis import Axis, axis
from phdesk.views.charts.curves import clean
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.marks import UNFINISHED, WIDTH
from phdesk.views.charts.strokes import Point, corners, dashes, decimated, runs, segments

LEAST_HEIGHT, LEAST_WIDTH = 76, 60  # px of a tile that has room for the line
PART, HIGHEST = 0.46, 220  # of the height; px


class Spark(NamedTuple):
    """Where the small line stands."""

    area: QRectF
    points: list[Point | None]
    xs: list[float]
    floor: float  # height of zero


def paint(painter: QPainter, rect: QRectF, body: MetricBody, ink: Ink) -> None:
    """Paint the number over the line; the line stays away when there is no room."""
    spark = arrange(rect, body, ink)
    if spark is None:
        number.paint(painter, rect, body.number, ink)
        return
    figure = QRectF(rect.x(), rect.y(), rect.width(), spark.area.y() - rect.y() - ink.px(8))
    number.paint(painter, figure, body.number, ink)
    _fill(painter, spark, ink.color(body.color))
    _line(painter, spark, body, ink)


def hit(rect: QRectF, body: MetricBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the bucket of the line, or the figure above it."""
    spark = arrange(rect, body, ink)
    if spark is None or point.y() < spark.area.y() - ink.px(4):
        return number.hit(rect, body.number, ink, point)
    i = min(range(len(spark.xs)), key=lambda index: abs(spark.xs[index] - point.x()))
    words = formatting.number(body.values[i], body.format)
    title = body.x_titles[i] if i < len(body.x_titles) else ""
    line = HitLine(body.color, body.number.caption, words)
    return Hit(title, (line,), spark.xs[i], 0, i)


def arrange(rect: QRectF, body: MetricBody, ink: Ink) -> Spark | None:
    """Place the line along the foot; None when there is no room or no line."""
    values = [clean(value) for value in body.values]
    known = [value for value in values if value is not None]
    room = rect.height() >= ink.px(LEAST_HEIGHT) and rect.width() >= ink.px(LEAST_WIDTH)
    if len(known) < 2 or not room:
        return None
    height, pad = min(rect.height() * PART, ink.px(HIGHEST)), ink.px(2)
    area = QRectF(rect.x(), rect.bottom() - height, rect.width(), height)
    area.adjust(pad, pad, -pad, -pad)
    scale: Axis = axis(known, body.format)
    step = area.width() / (len(values) - 1)
    xs = [area.x() + i * step for i in range(len(values))]
    heights = scale.heights(values, area)
    points = [None if y is None else (x, y) for x, y in zip(xs, heights, strict=True)]
    return Spark(area, points, xs, scale.y(0.0, area))


def _fill(painter: QPainter, spark: Spark, color: QColor) -> None:
    fill = QColor(color)
    fill.setAlphaF(0.12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    for run in runs(spark.points):
        thin = decimated(run)
        shape = [*thin, (thin[-1][0], spark.floor), (thin[0][0], spark.floor)]
        painter.drawPolygon(QPolygonF(corners(shape)))


def _line(painter: QPainter, spark: Spark, body: MetricBody, ink: Ink) -> None:
    start = body.dashed_from
    cut = len(spark.points) if start is None else min(max(start, 0), len(spark.points))
    painter.setPen(QPen(ink.color(body.color), ink.px(WIDTH)))
    for run in runs(spark.points[:cut]):
        painter.drawLines(segments(decimated(run)))
    pending = spark.points[max(cut - 1, 0) :] if cut < len(spark.points) else []
    for run in runs(pending):
        painter.drawLines(dashes(decimated(run), *map(ink.px, UNFINISHED)))
