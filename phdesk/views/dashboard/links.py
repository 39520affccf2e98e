"""Links inside tiles: in text cards and behind button cards."""

from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import ButtonBody, MarkdownBody, TileView
from phdesk.views.charts import button, markdown
from phdesk.views.charts.ink import Ink
from phdesk.views.theme import Theme


def link_at(rect: QRectF, view: TileView, theme: Theme, spot: QPointF) -> str:
    """Give the address under a point of a tile's body, empty for none."""
    body, ink = view.body, Ink(theme)
    if isinstance(body, MarkdownBody):
        return markdown.link_at(rect, body, ink, spot) or ""
    if isinstance(body, ButtonBody) and button.button_rect(rect, body, ink).contains(spot):
        return body.url
    return ""
