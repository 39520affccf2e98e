"""How the big chart is moved: box, wheel, pan, double click."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal

SMALLEST_BOX = 5  # px: less is a click with an unsteady hand


class ZoomBox(pg.ViewBox):
    """Drag draws a box to zoom into; with Shift or the middle button it pans; the wheel zooms x."""

    reset_requested = Signal()
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False)

    def set_colors(self, edge: Any, fill: Any) -> None:
        """Colour the box."""
        self.rbScaleBox.setPen(pg.mkPen(edge, width=1))
        self.rbScaleBox.setBrush(pg.mkBrush(fill))

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Choose between zoom and pan, and take no tiny box."""
        left = ev.button() == Qt.MouseButton.LeftButton
        boxed = left and ev.modifiers() == Qt.KeyboardModifier.NoModifier
        self.setMouseMode(self.RectMode if boxed else self.PanMode)
        span = ev.pos() - ev.buttonDownPos(ev.button())
        if boxed and ev.isFinish() and min(abs(span.x()), abs(span.y())) < SMALLEST_BOX:
            self.rbScaleBox.hide()
            ev.accept()
            return
        super().mouseDragEvent(ev, axis)

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        """Zoom along x around the pointer; over the y axis along y."""
        super().wheelEvent(ev, axis=0 if axis is None else axis)

    def mouseClickEvent(self, ev: Any) -> None:
        """Reset on a double click."""
        if ev.button() != Qt.MouseButton.LeftButton:
            return
        ev.accept()
        if ev.double():
            self.reset_requested.emit()
        else:
            self.clicked.emit()
