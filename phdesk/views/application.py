"""The application on macOS, which is told by an event what to open, not on its command line."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Hears of files and addresses that are opened with phdesk, at its start and while it runs."""

    asked = Signal(str)  # the path of a file, or an address
    leaving = Signal()  # the system, or the Dock, wants phdesk to end

    def event(self, event: QEvent) -> bool:
        """Pass on what the system wants to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.asked.emit(event.file() or event.url().toString())
            return True
        if event.type() is QEvent.Type.Quit:
            self.leaving.emit()
        return super().event(event)
