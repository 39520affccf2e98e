"""What a pointer or a key means on a chart over buckets: which bucket, which series.

All take the rectangle of the body and give nothing for bodies of other kinds.
"""

from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import Body, XYBody
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


def series_at(rect: QRectF, body: Body, theme: Theme, point: QPointF) -> int | None:
    """Give the number of the series whose name in the legend is under a point."""
    if not isinstance(body, XYBody):
        return None
    found: int | None = painter_of(XYBody).series_at(rect, body, Ink(theme), point)
    return found


def hit_at(rect: QRectF, body: Body, theme: Theme, item: int) -> Hit | None:
    """Give what a tooltip says about a bucket."""
    if not isinstance(body, XYBody):
        return None
    found: Hit | None = painter_of(XYBody).hit_at(rect, body, Ink(theme), item)
    return found


def band_of(rect: QRectF, body: XYBody, theme: Theme, first: int, last: int) -> QRectF:
    """Give the part of the plot that a span of buckets takes."""
    band: QRectF = painter_of(XYBody).band_of(rect, body, Ink(theme), first, last)
    return band
