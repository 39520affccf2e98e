"""Lets go of what large results leave behind, a little at a time."""

from PySide6.QtCore import QObject, QTimer, Slot

from phdesk.core.charts.spec import TileView

PAUSE = 5  # ms from one view that is let go to the next


class LettingGo(QObject):
    """Holds the views of tiles that are gone: to free the numbers of 60 large ones takes 100 ms."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._past: list[TileView | None] = []
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._forget_one)

    def take(self, view: TileView | None) -> None:
        """Let a view go when its turn has come."""
        self._past.append(view)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _forget_one(self) -> None:
        if self._past:
            self._past.pop()
        else:
            self._timer.stop()
