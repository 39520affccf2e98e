"""What a pointer or a key means on a chart: which bucket, which name, which stop of a path.

All take the rectangle of the body and give nothing for bodies of other kinds.
"""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.parts import is_parted
from phdesk.core.charts.spec import Body, SankeyBody, XYBody
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.paint import painter_of
from phdesk.views.theme import Theme


def bucket_at(rect: QRectF, body: Body, theme: Theme, point: QPointF) -> int | None:
    """Give the bucket nearest to a point between the axes; None outside of them."""
    if not isinstance(body, XYBody):
        return None
    found: int | None = painter_of(XYBody).bucket_at(rect, body, Ink(theme), point)
    return found


def part_at(
    rect: QRectF, body: Body, theme: Theme, point: QPointF, *, scale: float = 1.0
) -> int | None:
    """Give the number of the series, slice or group whose name in the legend is under a point."""
    if not is_parted(body):
        return None
    found: int | None = painter_of(type(body)).part_at(rect, body, Ink(theme, scale), point)
    return found


def hit_at(rect: QRectF, body: Body, theme: Theme, item: int) -> Hit | None:
    """Give what a tooltip says about a bucket or a stop."""
    if not isinstance(body, XYBody | SankeyBody):
        return None
    found: Hit | None = painter_of(type(body)).hit_at(rect, body, Ink(theme), item)
    return found


def items(body: Body) -> int:
    """Count what the keyboard can walk along: buckets or stops."""
    if isinstance(body, XYBody):
        return len(body.x_labels)
    return len(body.nodes) if isinstance(body, SankeyBody) else 0


def place_of(rect: QRectF, body: SankeyBody, theme: Theme, item: int) -> QRectF:
    """Give where a stop is drawn; empty for one that is left out."""
    place: QRectF = painter_of(SankeyBody).place_of(rect, body, Ink(theme), item)
    return place


def highlight(painter: QPainter, rect: QRectF, body: Body, theme: Theme, item: int | None) -> None:
    """Paint the flows of a stop stronger, over the picture."""
    if item is not None and isinstance(body, SankeyBody) and item < len(body.nodes):
        painter_of(SankeyBody).highlight(painter, rect, body, Ink(theme), item)


def band_of(rect: QRectF, body: XYBody, theme: Theme, first: int, last: int) -> QRectF:
    """Give the part of the plot that a span of buckets takes."""
    band: QRectF = painter_of(XYBody).band_of(rect, body, Ink(theme), first, last)
    return band
