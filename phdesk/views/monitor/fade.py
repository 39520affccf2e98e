"""One page gives way to the next, in no more steps than a small computer paints."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal, Slot

LASTS = 700  # ms
SHARE = 0.4  # at most, of the time for which a page is shown
FRAME = 40  # ms between two steps


class Fade(QObject):
    """Runs from 0 to 1; `moved` comes at most every `FRAME`."""

    moved = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0
        self._run = QVariantAnimation(self)
        self._run.setDuration(LASTS)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._run.valueChanged.connect(self._on_value)
        self._run.finished.connect(self.ended)

    @property
    def runs(self) -> bool:
        """Tell whether two pages are on screen."""
        return self._run.state() == QVariantAnimation.State.Running

    @property
    def share(self) -> float:
        """Say how much of the new page is seen."""
        return float(self._run.currentValue()) if self.runs else 1.0

    def start(self, dwell: float) -> None:
        """Begin; a page that is shown for `dwell` seconds is to be seen most of them."""
        self._last = 0
        self._run.setDuration(lasting(dwell))
        self._run.start()

    def finish(self) -> None:
        """Be done at once."""
        if self.runs:
            self._run.stop()
            self.ended.emit()

    @Slot()
    def _on_value(self) -> None:
        if self._run.currentTime() - self._last >= FRAME:
            self._last = self._run.currentTime()
            self.moved.emit()


def lasting(dwell: float) -> int:
    """Give the ms of a fade to a page that is shown for so many seconds."""
    return round(min(LASTS, dwell * 1000 * SHARE))
