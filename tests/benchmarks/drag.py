"""A tile dragged over 60 others: CPU time of a step of the pointer, beside drawing the tiles."""

import math
import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from phdesk.views import theme as look
from phdesk.views.dashboard.editing.arranging import Arranging
from phdesk.views.dashboard.layout_note import LayoutLine
from tests.benchmarks.tiles import made

STEPS, PIXELS = 240, 9  # down and back over ten rows of cells; the page scrolls meanwhile
SWAY = 350  # px to both sides
FRAME = 1000 / 60  # ms
BUDGETS = {  # of half of the steps; on a busy machine the slowest tell more about it than about us
    "move step / first render of the 60 tiles": 0.04,
    "resize step / first render of the 60 tiles": 0.04,
}
LEFT = Qt.MouseButton.LeftButton


def first_render(app):
    """Draw all 60 tiles for the first time; gives the CPU seconds."""
    grid, _ = made(app, 60)
    began = time.process_time()
    for tile in grid.tiles.values():
        tile.drop_picture()
        tile.render_now()
    spent = time.process_time() - began
    grid.deleteLater()
    return spent


class Drag:
    """A grid of 60 tiles in the edit mode, and a pointer with its button down."""

    def __init__(self, app):
        self._app = app
        self.grid, _ = made(app, 60)
        self._arranging = Arranging(self.grid, LayoutLine(look.light()), look.light(), self.grid)
        self._arranging.toggle()
        app.processEvents()

    def steps(self, tile_id, spot):
        """Drag a tile down the page and back, by a spot or by its corner; CPU seconds a step."""
        before, layouts = dict(self.grid.boxes), set()
        tile = self.grid.tiles[tile_id]
        start = tile.mapToGlobal(spot if spot.x() > 0 else tile.rect().bottomRight() + spot)
        self._send(tile, QEvent.Type.MouseButtonPress, start)
        spent = []
        for step in range(STEPS):
            along = min(step, STEPS - step)
            there = start + QPoint(round(SWAY * math.sin(step / 10)), along * PIXELS)
            began = time.process_time()
            self._send(tile, QEvent.Type.MouseMove, there)
            self._app.processEvents()  # a tick of the glide, the scrolling, and the paint
            spent.append(time.process_time() - began)
            layouts.add(tuple(self.grid.boxes.values()))
        self._arranging.give_up()
        self._send(tile, QEvent.Type.MouseButtonRelease, start)
        self.grid.verticalScrollBar().setValue(0)
        self._app.processEvents()
        assert len(layouts) > 10, "tiles have to make room again and again"
        assert self.grid.boxes == before
        return spent

    def _send(self, tile, kind, there):
        moves = kind == QEvent.Type.MouseMove
        pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
        spot = QPointF(tile.mapFromGlobal(there))
        button = Qt.MouseButton.NoButton if moves else LEFT
        held = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, spot, QPointF(there), button, pressed, held)
        QApplication.sendEvent(tile, event)


def main():
    """Print each ratio beside its budget; give 1 when one is over."""
    app = QApplication.instance() or QApplication([])
    look.apply(app, look.light())
    drawn = min(first_render(app) for _ in range(3))
    drag = Drag(app)
    title, corner = QPoint(60, 24), QPoint(-4, -4)
    over = 0
    for (name, budget), spot in zip(BUDGETS.items(), (title, corner), strict=True):
        drag.steps(4, spot)  # once, as after a while
        spent = drag.steps(4, spot)
        median, late = statistics.median(spent), sorted(spent)[int(len(spent) * 0.95)]
        over |= median / drawn > budget
        print(
            f"{name}: {median / drawn:.3f} (budget {budget}); half within {median * 1e3:.1f} ms,"
            f" 95 of 100 within {late * 1e3:.1f} ms; a frame has {FRAME:.1f} ms"
        )
    return int(over)
