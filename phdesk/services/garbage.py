"""Collect garbage in the GUI thread only.

Python collects cycles in whichever thread allocates next. A cycle that holds a timer or a widget
would then be destroyed in the worker: Qt warns about the one and may block for ever on the other.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL = 1000  # milliseconds


class Garbage(QObject):
    """Takes over from the automatic collector between `start` and `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._sweep = QTimer(self)
        self._sweep.setSingleShot(True)
        self._sweep.setInterval(INTERVAL)
        self._sweep.timeout.connect(self._on_sweep)

    def start(self) -> None:
        """Switch the automatic collector off; call it before any other thread starts."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Switch the automatic collector on again; call it when no other thread runs any more."""
        self._timer.stop()
        self._sweep.stop()
        gc.enable()

    @Slot()
    def sweep_soon(self) -> None:
        """Free what was left out of all collections and is no more used, in a moment."""
        self._sweep.start()

    @Slot()
    def _on_sweep(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, by Python's own counts and thresholds."""
        due = due_generation(gc.get_count(), gc.get_threshold())
        if due is not None:
            gc.collect(due)


def due_generation(counts: tuple[int, int, int], thresholds: tuple[int, int, int]) -> int | None:
    """Choose the generation to collect; a threshold of 0 means never."""
    for generation in (2, 1, 0):
        if 0 < thresholds[generation] < counts[generation]:
            return generation
    return None
