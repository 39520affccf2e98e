"""Writes what the axes of a chart show, above those at its sides and below the buckets."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import XYBody
from phdesk.views.charts.ink import CENTER, LEFT, RIGHT, Ink, text
from phdesk.views.charts.sides import Label

LOW, NARROW = 140, 170  # px of a chart that has no room for them
BETWEEN = 12  # px


def fit(height: float, rect: QRectF, body: XYBody, ink: Ink) -> bool:
    """Tell whether a chart has names for its axes, and room for them."""
    any_name = body.left.label or body.right.label or body.x_label
    return bool(any_name) and height >= ink.px(LOW) and rect.width() >= ink.px(NARROW)


def places(rect: QRectF, area: QRectF, foot: float, body: XYBody, ink: Ink) -> tuple[Label, ...]:
    """Place the names: on top at the left and right, and in the middle below the buckets."""
    line, made = ink.line(11), []
    sided = [words for words in (body.left.label, body.right.label) if words]
    room = (rect.width() - ink.px(BETWEEN) * (len(sided) - 1)) / max(len(sided), 1)
    if body.left.label:
        made.append(Label(body.left.label, QRectF(rect.x(), rect.y(), room, line)))
    if body.right.label:
        made.append(Label(body.right.label, QRectF(rect.right() - room, rect.y(), room, line)))
    if body.x_label:
        below = QRectF(area.x(), rect.bottom() - foot - line, area.width(), line)
        made.append(Label(body.x_label, below))
    return tuple(made)


def paint(painter: QPainter, labels: tuple[Label, ...], body: XYBody, ink: Ink) -> None:
    """Write the names that have a place."""
    sides = [LEFT] * bool(body.left.label) + [RIGHT] * bool(body.right.label) + [CENTER]
    for label, align in zip(labels, sides, strict=False):
        text(painter, label.rect, label.text, ink, align=align)
