"""Connects the running walls of a process to the watch that started it."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from phdesk.models.beat import Beat
from phdesk.monitor import Monitor
from phdesk.services.heartbeat import heartbeat
from phdesk.views.monitor.window import WallWindow


class Beating(QObject):
    """Beats for all windows of a monitor, and has it do what the watch asks for."""

    def __init__(self, qt: QApplication, monitor: Monitor) -> None:
        super().__init__(monitor)
        self._monitor = monitor
        self._heart = heartbeat(self._beats, self._repaint, self)
        self._heart.trim_requested.connect(self._trim)
        self._heart.stop_requested.connect(qt.quit)
        monitor.window_made.connect(self._watch)
        for window in monitor.windows.values():
            self._watch(window)

    def start(self) -> None:
        """Begin to beat."""
        self._heart.start()

    def stop(self) -> None:
        """Say nothing more; the windows leave."""
        self._heart.stop()

    @Slot(object)
    def _watch(self, window: WallWindow) -> None:
        window.painted.connect(self._heart.note_painting)

    @Slot()
    def _trim(self) -> None:
        self._monitor.trim()

    def _beats(self) -> list[Beat]:
        return [window.beat() for window in self._monitor.windows.values()]

    def _repaint(self) -> bool:
        """Ask all windows to paint; tells whether any is where it can."""
        shown = False
        for window in self._monitor.windows.values():
            window.update()
            shown = shown or (window.isVisible() and window.windowHandle().isExposed())
        return shown
