"""Collect garbage in the GUI thread only.

Python collects cycles in whichever thread allocates next. A cycle that holds a timer or a widget
would then be destroyed in the worker: Qt warns about the one and may block for ever on the other.

What is new is looked through soon after it came, in small parts: the collector visits each value of
each new table once, and for 60 large results at once that was a pause of 120 ms. All there is
takes 30 ms and more, so that waits until nothing has come for some seconds. A wall may never come
to that rest, and has little: there all is looked through now and then, which also gives back what
Python keeps of freed objects (of tuples alone up to 4 MB).
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL, BUSY = 1000, 20  # milliseconds between looks, and while there is new
USUAL = (700, 10, 10)  # as Python begins
OFTEN = 120_000  # milliseconds between looks through all where it never rests
QUIET = 5  # looks without new objects before all are looked through
THRESHOLDS = (500, 40, 100)  # new objects, collections of them, collections of what was left


class Garbage(QObject):
    """Takes over from the automatic collector between `start` and `stop`."""

    def __init__(self, parent: QObject | None = None, *, restless: bool = False) -> None:
        """Take over; `restless` is for what may never rest, and has little to look through."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._quiet = 0  # looks in a row
        self._sweep = QTimer(self)
        self._sweep.setSingleShot(True)
        self._sweep.setInterval(INTERVAL)
        self._sweep.timeout.connect(self._on_sweep)
        self._restless = restless
        self._often = QTimer(self)
        self._often.setInterval(OFTEN)
        self._often.timeout.connect(self._on_often)

    def start(self) -> None:
        """Switch the automatic collector off; call it before any other thread starts."""
        gc.disable()
        gc.set_threshold(*THRESHOLDS)
        self._timer.start()
        if self._restless:
            self._often.start()

    def stop(self) -> None:
        """Switch the automatic collector on again; call it when no other thread runs any more."""
        self._timer.stop()
        self._often.stop()
        self._sweep.stop()
        gc.set_threshold(*USUAL)
        gc.enable()

    @Slot()
    def look_soon(self) -> None:
        """Look at once for what is new: something came."""
        self._pace(BUSY)

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
    def _on_often(self) -> None:
        gc.collect()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, by Python's own counts and thresholds."""
        new, some, all_ = gc.get_threshold()
        rested = self._quiet >= QUIET
        due = due_generation(gc.get_count(), (new, some, all_ if rested else 0))
        if due is not None:
            gc.collect(due)
        self._quiet = self._quiet + 1 if due is None else 0
        self._pace(INTERVAL if due is None else BUSY)

    def _pace(self, interval: int) -> None:
        if interval != self._timer.interval():  # which would begin anew
            self._timer.setInterval(interval)


def due_generation(counts: tuple[int, int, int], thresholds: tuple[int, int, int]) -> int | None:
    """Choose the generation to collect; a threshold of 0 means never."""
    for generation in (2, 1, 0):
        if 0 < thresholds[generation] < counts[generation]:
            return generation
    return None


def settle_memory() -> None:
    """Collect, then leave what is alive now out of later collections: it lives as long as we."""
    gc.collect()
    gc.freeze()
