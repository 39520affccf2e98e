"""What the lasting part of a tile's picture is painted of, frame and body, in whichever thread."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtGui import QPixmap

from phdesk.core.charts.local import Local
from phdesk.core.charts.spec import TileView, XYBody
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.core.watching.framing import Known  # not needed before the first paint

MANY = 4_000  # points of a chart, of which painting takes 3 ms as lines and 15 as bars


class Canvas(Struct, frozen=True, gc=False):
    """All that such a picture is painted by, beside the view."""

    size: tuple[int, int]
    ratio: float
    theme: Theme
    local: Local
    past: bool = False
    watches: "tuple[Known, ...]" = ()


class Sketch(Struct, frozen=True, gc=False):
    """What is to be painted, or was; nothing of it belongs to a window."""

    view: TileView
    canvas: Canvas


Painted = tuple[Sketch, QPixmap] | None


def is_heavy(view: TileView) -> bool:
    """Tell whether a body takes so long to paint that keys and pointer would wait for it.

    Only charts over buckets: other bodies have icons, which belong to the GUI thread.
    """
    body = view.body
    return isinstance(body, XYBody) and len(body.series) * len(body.x_labels) >= MANY
