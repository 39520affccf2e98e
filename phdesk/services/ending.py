"""Hears that the system wants phdesk to end: SIGTERM, and SIGHUP where there is one."""

import os
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

SIGNALS = (signal.SIGTERM,) if os.name == "nt" else (signal.SIGTERM, signal.SIGHUP)


class Ending(QObject):
    """A socket wakes Qt, for Python hears signals between its own steps only.

    What somebody set otherwise stays so: `nohup` has SIGHUP ignored.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        free = [one for one in SIGNALS if signal.getsignal(one) is signal.SIG_DFL]
        for one in free:
            signal.signal(one, _wake)
        self._taken: tuple[signal.Signals, ...] = tuple(free)
        self._wakes = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def stop(self) -> None:
        """Hear no more; safe to call twice."""
        if not self._notifier.isEnabled():
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakes)
        for one in self._taken:
            signal.signal(one, signal.SIG_DFL)
        self._ours.close()
        self._theirs.close()

    @Slot()
    def _on_woken(self) -> None:
        heard = self._ours.recv(64)
        if any(one in heard for one in self._taken):
            self.asked.emit()


def _wake(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the socket was written to."""
