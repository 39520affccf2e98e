"""Numbers beside each other on a dashboard are read as one: in one size, on one line."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF

from phdesk.core.charts.spec import NumberBody, TileView
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.number import Even, Figure
from phdesk.views.dashboard.card import body_rect
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.dashboard.surface import TileSurface  # none in files


def evened(placed: Iterable[tuple[int, QRectF, TileView]], theme: Theme) -> dict[int, Even]:
    """Give what each number shares with those beside it: tiles of one height, with one top."""
    figures = {}
    for tile, rect, view in placed:
        if isinstance(view.body, NumberBody):
            row = (round(rect.top()), round(rect.height()))
            room = body_rect(QRectF(0, 0, rect.width(), rect.height()), view)
            figures[tile] = Figure(row, room, view.body)
    return number.evened(figures, Ink(theme))


def even_out(
    numbers: "Mapping[int, TileSurface]", rects: Mapping[int, QRect], theme: Theme
) -> None:
    """Have tiles with numbers show them so; `rects` are where tiles stand, or will soon."""
    views = ((one, tile.view) for one, tile in numbers.items())
    placed = [(one, QRectF(rects[one]), view) for one, view in views if view is not None]
    even = evened(placed, theme)
    for one, tile in numbers.items():
        tile.set_even(even.get(one))
