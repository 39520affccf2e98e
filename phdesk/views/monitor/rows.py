"""Numbers of one height on a page are read as one: in one size, on one line."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import NumberBody, TileView
from phdesk.core.wall.pages import Spot
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.number import Even, Figure
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.frame import body_rect, watched

Placed = tuple[int, Spot]  # a tile's id, and where it stands


def evened(
    placed: Sequence[Placed], views: Mapping[int, TileView], notes: Mapping[int, Notes], ink: Ink
) -> dict[int, Even]:
    """Give what each number shares with those of its height; none for one that is alone."""
    figures = {}
    for tile, spot in placed:
        if tile not in views:
            continue
        told = notes.get(tile, Notes())
        view = watched(views[tile], told)
        if isinstance(view.body, NumberBody):
            rect = body_rect(QRectF(0, 0, spot.w, spot.h), view, told, ink)
            figures[tile] = Figure(round(spot.h), rect, view.body)
    return number.evened(figures, ink)
