"""A wall's window tells its watch that it paints, and does what the watch asks for."""

import os
import sys
import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.beat import Beat
from phdesk.services.lifeline import (
    Inbox,
    Outbox,
    end_with_the_watch,
    own_pipe,
    write_stacks_after,
    write_stacks_when_asked,
)

LOOK = 500  # ms between looks at what the watch says
OFTEN = 0.5  # seconds; paintings closer together are one beat
SELDOM = 1.0  # seconds without a painting after which one is asked for
ASKED_BY_SIGNAL = sys.platform != "win32"
LATE = 4.0  # seconds without a beat after which Windows writes the stacks down


class Heartbeat(QObject):
    """Sends the beats of all windows after a painting, and asks for a painting where none comes.

    `beats` gives them. `repaint` asks each window to paint and tells whether any is on a screen:
    what is on none (unplugged, switched off, covered) cannot paint, and beats by the clock.
    """

    trim_requested = Signal()
    stop_requested = Signal()  # by the watch, or because it is gone

    def __init__(
        self,
        beats: Callable[[], Iterable[Beat]],
        repaint: Callable[[], bool],
        outbox: Outbox,
        inbox: Inbox,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._beats = beats
        self._repaint = repaint
        self._outbox = outbox
        self._inbox = inbox
        self._sent = self._painted = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to beat and to listen; the first beat goes out after the first painting."""
        self._outbox.start()
        self._inbox.start()
        self._painted = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Be silent; the window leaves."""
        self._timer.stop()
        self._inbox.close()

    @Slot()
    def note_painting(self) -> None:
        """Take in that a window was painted just now."""
        self._painted = time.monotonic()
        if self._painted - self._sent >= OFTEN or self._outbox.sent == 0:
            self._send()

    def _send(self) -> None:
        self._sent = time.monotonic()
        if not ASKED_BY_SIGNAL:
            write_stacks_after(LATE)
        for beat in self._beats():
            self._outbox.put(beat)

    @Slot()
    def _look(self) -> None:
        for word in self._inbox.taken():
            match word:
                case "trim":
                    self.trim_requested.emit()
                case "stop" | "gone":
                    self.stop_requested.emit()
        now = time.monotonic()
        if now - self._painted >= SELDOM and not self._repaint() and now - self._sent >= OFTEN:
            self._send()


def heartbeat(
    beats: Callable[[], Iterable[Beat]],
    repaint: Callable[[], bool],
    parent: QObject | None = None,
) -> Heartbeat:
    """Connect this process to the watch that started it."""
    write_stacks_when_asked()
    end_with_the_watch(os.environ)
    outbox, inbox = Outbox(own_pipe()), Inbox(0)
    return Heartbeat(beats, repaint, outbox, inbox, parent)
