"""The one entry to all painters: a tile's body onto a rectangle, and what lies under a point.

Painters are stateless functions `paint(painter, rect, body, ink)` and `hit(rect, body, ink,
point)`, one module a kind. They need a QGuiApplication for its fonts, and keep to the rectangle.
"""

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.shapes import BoxPlotBody, HeatmapBody, SlopeBody
from phdesk.core.charts.spec import (
    BarsBody,
    Body,
    ButtonBody,
    FunnelBody,
    MapBody,
    MarkdownBody,
    MetricBody,
    NoticeBody,
    NumberBody,
    PairBody,
    PieBody,
    ProportionBody,
    RetentionBody,
    SankeyBody,
    Table,
    TableBody,
    TileView,
    XYBody,
)
from phdesk.views.charts import notice, section, table
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.ink import Ink
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.charts.number import Even  # its painter is imported when it is needed

NOTHING = NoticeBody(state="empty", headline="Nothing to show")
SMALLEST = 8.0  # px; nothing can be read in less

MODULES: dict[type, str] = {
    XYBody: "xy",
    BarsBody: "bars",
    PieBody: "pie",
    NumberBody: "number",
    MetricBody: "metric",
    ProportionBody: "proportion",
    SlopeBody: "slope",
    BoxPlotBody: "box_plot",
    HeatmapBody: "heatmap",
    MapBody: "world_map",
    FunnelBody: "funnel",
    RetentionBody: "retention",
    PairBody: "pair",
    SankeyBody: "sankey",
    MarkdownBody: "markdown",
    ButtonBody: "button",
    NoticeBody: "notice",
}


NEEDED: dict[type, tuple[str, ...]] = {  # without these there is nothing to draw
    XYBody: ("x_labels", "series"),
    BoxPlotBody: ("x_labels", "series"),
    BarsBody: ("shares",),
    ProportionBody: ("shares",),
    SlopeBody: ("slopes",),
    HeatmapBody: ("rows", "columns"),
    FunnelBody: ("steps",),
    RetentionBody: ("rows",),
    SankeyBody: ("nodes",),
}


def paint_body(
    painter: QPainter, rect: QRectF, view: TileView, theme: Theme, *, scale: float = 1.0
) -> None:
    """Paint what a tile shows into a rectangle; `scale` enlarges type and lines."""
    paint_with(painter, rect, view, Ink(theme, scale))


def paint_with(
    painter: QPainter, rect: QRectF, view: TileView, ink: Ink, even: "Even | None" = None
) -> None:
    """Paint what a tile shows with an ink, such as a wall's.

    `even` is what a number has in common with those beside it.
    """
    if min(rect.width(), rect.height()) < SMALLEST:
        return
    _start(painter, rect)
    try:
        _paint(painter, rect, view, ink, even)
    finally:
        painter.restore()


def paint_table(
    painter: QPainter, rect: QRectF, data: Table, theme: Theme, *, scale: float = 1.0
) -> None:
    """Paint the rows of a table that fit, and how many more there are."""
    _start(painter, rect)
    try:
        table.paint(painter, rect, data, Ink(theme, scale))
    finally:
        painter.restore()


def hit(
    rect: QRectF, view: TileView, theme: Theme, point: QPointF, *, scale: float = 1.0
) -> Hit | None:
    """Tell what lies under a point of a body painted into the same rectangle; None for nothing."""
    if min(rect.width(), rect.height()) < SMALLEST or not rect.contains(point):
        return None
    ink, body = Ink(theme, scale), view.body
    if isinstance(body, TableBody):
        return table.hit(rect, view.table, ink, point)
    if _has_rows(rect, view, ink):
        left = rect.adjusted(0, notice.banner_height(ink), 0, 0)
        return table.hit(left, view.table, ink, point)
    found: Hit | None = _painter_for(rect, body, ink).hit(rect, body, ink, point)
    return found


def link_at(
    rect: QRectF, view: TileView, theme: Theme, point: QPointF, *, scale: float = 1.0
) -> str | None:
    """Give the safe address that a click on a card's link or a button tile opens, if any.

    Of a notice it is the words of its link: where that leads is known elsewhere.
    """
    body, ink = view.body, Ink(theme, scale)
    if isinstance(body, NoticeBody):
        return notice.link_at(rect, body, ink, point, above=_has_rows(rect, view, ink))
    if not isinstance(body, MarkdownBody | ButtonBody):
        return None
    link: str | None = _painter_for(rect, body, ink).link_at(rect, body, ink, point)
    return link


@cache
def painter_of(kind: type) -> ModuleType:
    """Import the painter of a kind of body when the first tile needs it: some cost 15 ms."""
    return import_module(f"{__package__}.{MODULES[kind]}")


def _painter_for(rect: QRectF, body: Body, ink: Ink) -> ModuleType:
    if isinstance(body, MarkdownBody) and section.fits(rect, body, ink):
        return section
    return painter_of(type(body))


def _start(painter: QPainter, rect: QRectF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect)


def _paint(painter: QPainter, rect: QRectF, view: TileView, ink: Ink, even: "Even | None") -> None:
    body = view.body
    if _is_empty(view):
        notice.paint(painter, rect, NOTHING, ink)
    elif isinstance(body, TableBody):
        table.paint(painter, rect, view.table, ink)
    elif isinstance(body, NoticeBody) and _has_rows(rect, view, ink):
        table.paint(painter, notice.banner(painter, rect, body, ink), view.table, ink)
    elif isinstance(body, NumberBody):
        painter_of(NumberBody).paint(painter, rect, body, ink, even)
    else:
        _painter_for(rect, body, ink).paint(painter, rect, body, ink)


def _is_empty(view: TileView) -> bool:
    """Tell whether a body has nothing to draw; a blank tile would look broken."""
    if isinstance(view.body, TableBody):
        return not view.table.texts
    return not all(getattr(view.body, part) for part in NEEDED.get(type(view.body), ()))


def _has_rows(rect: QRectF, view: TileView, ink: Ink) -> bool:
    """Tell whether a kind that is not drawn is shown as its rows."""
    state = view.body.state if isinstance(view.body, NoticeBody) else ""
    return state == "unsupported" and bool(view.table.texts) and rect.height() >= ink.px(96)
