"""Has the pictures of charts with many points painted in the worker, one at a time.

What crosses is frozen, and comes back as an image. Its tile decides whether it still is of what it
shows, at its size and in its theme.
"""

import logging
from functools import partial
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from phdesk.core.charts.local import localised
from phdesk.core.watching.framing import framed
from phdesk.models.failure import Failure
from phdesk.services.background import Ticket
from phdesk.services.errands import Worker
from phdesk.views.dashboard import card
from phdesk.views.dashboard.sketch import Sketch

if TYPE_CHECKING:
    from phdesk.views.dashboard.grid_view import GridView

log = logging.getLogger(__name__)


class Pictures(QObject):
    """Knows which tiles of a grid wait for a picture."""

    come = Signal(int, object, object)  # tile, its Sketch, its picture; None where there is none

    def __init__(self, worker: Worker, grid: "GridView") -> None:
        super().__init__(grid)
        self._worker = worker
        self._grid = grid
        self._wanted: dict[int, None] = {}
        self._ticket: Ticket | None = None
        self._tile = 0  # whose picture is being painted
        self._sketch: Sketch | None = None

    def ask(self, tile_id: int) -> None:
        """Have a tile painted that needs it; once, however often it asks."""
        if self._ticket is None or tile_id != self._tile:
            self._wanted[tile_id] = None
            self._begin()

    def stop(self) -> None:
        """Want nothing any more."""
        self._wanted.clear()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _begin(self) -> None:
        while self._ticket is None and self._wanted:
            self._tile = self._grid.foremost(self._wanted)
            del self._wanted[self._tile]
            self._sketch = self._grid.sketch_of(self._tile)  # as it is by now
            if self._sketch is not None:
                self._ticket = self._worker.submit(
                    partial(_painted, self._sketch),
                    done=self._on_done,
                    failed=self._on_done,
                    tag="picture",
                )

    def _on_done(self, made: QImage | Failure | None) -> None:
        self._ticket = None
        picture = QPixmap.fromImage(made) if isinstance(made, QImage) else None
        self.come.emit(self._tile, self._sketch, picture)
        self._begin()


def painted(sketch: Sketch) -> QImage | None:
    """Paint frame and body, in any thread; None where that fails, which the tile will show."""
    view, canvas = sketch.view, sketch.canvas
    body = localised(view.body, canvas.local)
    shown = view if body is view.body else structs.replace(view, body=body)
    if canvas.watches:
        shown = framed(shown, canvas.watches)
    size = QSize(*canvas.size)
    image = QImage(size * canvas.ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(canvas.ratio)
    image.fill(canvas.theme.bg)
    painter, rect = QPainter(image), QRectF(QPointF(), QSizeF(size))
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card.paint_frame(painter, rect, shown, canvas.theme, past=canvas.past)
        card.paint_content(painter, rect, shown, canvas.theme)
    except Exception:
        log.exception("A tile of kind %s could not be painted.", view.kind)
        return None
    finally:
        painter.end()
    return image


async def _painted(sketch: Sketch) -> QImage | None:
    return painted(sketch)
