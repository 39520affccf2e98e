"""How far the making of a dashboard is, and what can be done where it stopped half-way."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.meter import Meter
from phdesk.views.widgets.spoken import speak


class MakingLine(QWidget):
    """Hidden until something is on its way or went wrong."""

    stop_requested = Signal()
    go_on_requested = Signal()
    keep_requested = Signal()
    undo_requested = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.busy = False  # something is on its way
        self.asks = False  # something is half made
        self._words, self._meter = words.plain(""), Meter(theme)
        self._stop, self._go_on = QPushButton("Stop"), QPushButton("Go on")
        self._keep, self._undo = QPushButton("Keep what is there"), QPushButton("Undo all of it")
        self._undo.setProperty("danger", True)
        row = QHBoxLayout()
        for button in (self._go_on, self._keep, self._undo, self._stop):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._words, self._meter):
            column.addWidget(part)
        column.addLayout(row)
        self._stop.clicked.connect(self.stop)
        self._go_on.clicked.connect(self.go_on_requested)
        self._keep.clicked.connect(self.keep_requested)
        self._undo.clicked.connect(self.undo_requested)
        self.set_idle()

    @property
    def text(self) -> str:
        """Give what is said."""
        return self._words.text()

    def set_idle(self) -> None:
        """Say nothing."""
        self._show("", busy=False)
        self.hide()

    def set_progress(self, text: str, share: float, *, can_stop: bool = True) -> None:
        """Say what is being made, and how much is done."""
        self._show(text, busy=True)
        self._meter.set_parts(((share, "accent"),), text)
        self._meter.show()
        self._stop.setVisible(can_stop)
        self._stop.setEnabled(True)

    def set_trouble(self, text: str) -> None:
        """Say why nothing was made."""
        self._show(text, busy=False, bad=True)
        speak(self, text)

    def set_stopped(self, text: str, *, bad: bool) -> None:
        """Say how far it came, and ask what is to become of it."""
        self._show(text, busy=False, bad=bad)
        self.asks = True
        for button in (self._go_on, self._keep, self._undo):
            button.show()
        self._go_on.setFocus()
        speak(self, text)

    @Slot()
    def stop(self) -> None:
        """Wish for a stop; what is under way is still waited for."""
        if self.busy and self._stop.isEnabled():
            self._stop.setEnabled(False)
            self.stop_requested.emit()

    def _show(self, text: str, *, busy: bool, bad: bool = False) -> None:
        self.busy, self.asks = busy, False
        self._words.setText(text)
        role = words.BAD if bad else self._meter.foregroundRole()
        self._words.setForegroundRole(role)
        for part in (self._meter, self._stop, self._go_on, self._keep, self._undo):
            part.hide()
        self.show()
