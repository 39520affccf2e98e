"""Near the upper and lower edge of the window the page scrolls while a tile is in the hand."""

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

ZONE = 40  # px
TICK = 16  # ms
FASTEST = 22  # px in a tick, at the edge and beyond


class EdgeScroll(QObject):
    """Scrolls for as long as the pointer stays in the zone; the nearer the edge, the faster."""

    scrolled = Signal()

    def __init__(self, area: QAbstractScrollArea, pane: QWidget) -> None:
        super().__init__(area)
        self._area, self._pane = area, pane
        self._speed = self._origin = 0
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._on_tick)

    def begin(self, pointer: QPoint) -> None:
        """Note where the drag begins: away from an edge it does not scroll towards that edge."""
        self._origin = self._pane.mapFromGlobal(pointer).y()

    def follow(self, pointer: QPoint) -> None:
        """Take the place of the pointer, on the screen."""
        y, height = self._pane.mapFromGlobal(pointer).y(), self._pane.height()
        down = _speed(y - (height - ZONE)) if y > self._origin else 0
        up = _speed(ZONE - y) if y < self._origin else 0
        self._speed = down - up
        if self._speed and not self._clock.isActive():
            self._clock.start()
        elif not self._speed:
            self._clock.stop()

    def stop(self) -> None:
        """Scroll no more."""
        self._speed = 0
        self._clock.stop()

    @Slot()
    def _on_tick(self) -> None:
        bar = self._area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._speed)
        if bar.value() != before:
            self.scrolled.emit()


def _speed(depth: int) -> int:
    return 0 if depth <= 0 else min(2 + depth * (FASTEST - 2) // ZONE, FASTEST)
