"""Carries out what is written tile by tile, one a turn of the event loop: a window stays quick."""

from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

BROKEN = "phdesk could not draw it; its log says more"
Steps = Generator[int, None, object]


class Stepper(QObject):
    """One piece of work at a time; what is given up leaves nothing behind."""

    stepped = Signal(int)  # how many are done
    finished = Signal(object)  # what the work gave
    failed = Signal(str)  # why a place did not take it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Steps | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self.step)

    @property
    def busy(self) -> bool:
        """Tell whether something is being written."""
        return self._steps is not None

    def begin(self, steps: Steps) -> None:
        """Carry out some work, instead of what may be under way."""
        self.stop()
        self._steps = steps
        self._turn.start()

    @Slot()
    def stop(self) -> None:
        """Give up what is being written."""
        self._turn.stop()
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    @Slot()
    def step(self) -> None:
        """Do one part more."""
        if self._steps is None:
            return
        try:
            done = next(self._steps)
        except StopIteration as end:
            self._end()
            self.finished.emit(end.value)
        except OSError as why:
            self._end()
            self.failed.emit(str(why))
        except BaseException:  # what is broken is over: its next turn would end as if all was well
            self._end()
            self.failed.emit(BROKEN)
            raise
        else:
            self.stepped.emit(done)

    def _end(self) -> None:
        self._turn.stop()
        self._steps = None
