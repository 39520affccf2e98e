"""Numbers of one height on a page are read as one: in one size, on one line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import NumberBody, TileView
from phdesk.core.wall.pages import Spot
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.number import Even
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.frame import body_rect, watched

Placed = tuple[int, Spot]  # a tile's id, and where it stands


def evened(
    placed: Sequence[Placed], views: Mapping[int, TileView], notes: Mapping[int, Notes], ink: Ink
) -> dict[int, Even]:
    """Give what each number shares with those of its height; none for one that is alone.

    Lines are told from a tile's top.
    """
    by_height: dict[int, list[tuple[int, QRectF, NumberBody]]] = defaultdict(list)
    for tile, spot in placed:
        if tile not in views:
            continue
        told = notes.get(tile, Notes())
        view = watched(views[tile], told)
        if isinstance(view.body, NumberBody):
            rect = body_rect(QRectF(0, 0, spot.w, spot.h), view, told, ink)
            by_height[round(spot.h)].append((tile, rect, view.body))
    found: dict[int, Even] = {}
    for group in by_height.values():
        if len(group) > 1:
            even = number.evened([rect for _, rect, _ in group], [body for *_, body in group], ink)
            if even is not None:
                found |= dict.fromkeys((tile for tile, *_ in group), even)
    return found
