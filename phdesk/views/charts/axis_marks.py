"""Paints what happened below the time axis: a diamond for each annotated bucket, or a count."""

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from phdesk.core.charts.spec import AxisMark, XYBody
from phdesk.views.charts.hit import HitLine
from phdesk.views.charts.ink import CENTER, Ink, put

SIZE = 3.5  # px from the middle of a diamond to its corners
COUNT_PX = 9
INK = "muted"


class Spot(Struct, frozen=True, gc=False):
    """A mark with its place; buckets that stand too close share one."""

    x: float
    marks: tuple[AxisMark, ...]

    @property
    def total(self) -> int:
        """Count the annotations."""
        return sum(len(mark.texts) for mark in self.marks)


def lane(body: XYBody, ink: Ink) -> float:
    """Give the height between axis and labels that marks need, 0 for none."""
    return ink.line(COUNT_PX) + ink.px(1) if body.marks else 0.0


def spots(body: XYBody, xs: list[float], ink: Ink) -> list[Spot]:
    """Place marks below their buckets; those that would touch become one with a count."""
    made: list[Spot] = []
    for mark in sorted(body.marks, key=lambda one: one.at):
        if not 0 <= mark.at < len(xs):
            continue
        x = xs[mark.at]
        if made and x - made[-1].x < ink.px(4 * SIZE):
            made[-1] = Spot(made[-1].x, (*made[-1].marks, mark))
        else:
            made.append(Spot(x, (mark,)))
    return made


def paint(painter: QPainter, found: list[Spot], top: float, body: XYBody, ink: Ink) -> None:
    """Paint marks into the lane that begins at `top`."""
    middle = top + lane(body, ink) / 2 + ink.px(0.5)
    painter.save()
    for spot in found:
        if spot.total > 1:
            _count(painter, QPointF(spot.x, middle), str(spot.total), ink)
        else:
            _diamond(painter, QPointF(spot.x, middle), ink)
    painter.restore()


def lines_at(body: XYBody, index: int) -> tuple[HitLine, ...]:
    """Give the rows of a tooltip for a bucket's annotations."""
    return tuple(
        HitLine(INK, text, "") for mark in body.marks if mark.at == index for text in mark.texts
    )


def spot_at(found: list[Spot], x: float, ink: Ink) -> Spot | None:
    """Find the mark that the pointer is on."""
    near = min(found, key=lambda spot: abs(spot.x - x), default=None)
    return near if near is not None and abs(near.x - x) <= ink.px(3 * SIZE) else None


def _diamond(painter: QPainter, middle: QPointF, ink: Ink) -> None:
    size = ink.px(SIZE)
    steps = ((0.0, -size), (size, 0.0), (0.0, size), (-size, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.color(INK))
    painter.drawPolygon(QPolygonF([middle + QPointF(*step) for step in steps]))


def _count(painter: QPainter, middle: QPointF, words: str, ink: Ink) -> None:
    high = ink.line(COUNT_PX)
    wide = max(high, ink.width(words, COUNT_PX, 600) + ink.px(6))
    badge = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(ink.color(INK))
    painter.drawRoundedRect(badge, high / 2, high / 2)
    put(painter, badge, words, ink.font(COUNT_PX, 600, words), ink.theme.surface, CENTER)
