"""Gives out each event once to a program that reads them, whichever phdesk shows it on screen."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.noticing.hearing import to_hear
from phdesk.core.noticing.rules import Rules
from phdesk.models.failure import Failure
from phdesk.models.notice import Kept
from phdesk.services.errands import Worker
from phdesk.services.notices.teller import local_zone
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_heard import hear

AGAIN = 1_000  # ms, when the file was busy
EACH = 60_000  # ms between looks: quiet hours end


class Lines(QObject):
    """Looks when it is told that something may be new, and every minute."""

    heard = Signal(object)  # tuple[Notice, ...], the oldest first
    trouble = Signal(str)  # a sentence

    def __init__(
        self,
        file: AlertsFile,
        rules: Rules,
        worker: Worker,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file, self._rules, self._worker, self._now = file, rules, worker, now
        self._timer = QTimer(self)
        self._timer.setInterval(EACH)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Give out what waits, and what comes from now on."""
        self._timer.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Give out what is new."""
        work = partial(_heard, self._file, self._rules, self._now())
        self._worker.submit(work, done=self._came, failed=self._failed, tag="lines")

    def _came(self, found: tuple[Kept, ...] | None) -> None:
        if found is None:
            QTimer.singleShot(AGAIN, self, self.look)
        elif found:
            self.heard.emit(tuple(one.notice for one in found))

    def _failed(self, failure: Failure) -> None:
        self.trouble.emit(failure.message)


async def _heard(file: AlertsFile, rules: Rules, now: datetime) -> tuple[Kept, ...] | None:
    zone = local_zone(now)
    return hear(file, lambda waiting: to_hear(waiting, rules, now, zone), now)
