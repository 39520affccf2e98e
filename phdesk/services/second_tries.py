"""Ask again for what a server in trouble could not give, long before the clock would.

A gateway that says 502 while PostHog is updated is well within minutes; a dashboard that makes
the server fall over each time is asked for ever more seldom. A server that does not answer at all
is another matter: then nothing is asked for but whether it is back.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from phdesk.models.failure import Cause, Failure

WAITS = (30, 60, 120, 300, 900)  # seconds, try by try
LONGEST = 86_400  # seconds; who asks for more is mistaken, and Qt's timers end at 24 days
PASSING = frozenset({Cause.SERVER, Cause.NOT_POSTHOG})


class SecondTries(QObject):
    """Says when a dashboard is to be asked for again."""

    due = Signal(int)  # dashboard id

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timers: dict[int, QTimer] = {}
        self._tries: dict[int, int] = {}

    def failed(self, dashboard_id: int, failure: Failure) -> None:
        """Have it asked for again, if that may help."""
        if failure.cause not in PASSING:
            self.forget(dashboard_id)
            return
        tries = self._tries.get(dashboard_id, 0)
        self._tries[dashboard_id] = tries + 1
        timer = self._timers.get(dashboard_id)
        if timer is None:
            timer = self._timers[dashboard_id] = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(partial(self.due.emit, dashboard_id))
        wait = max(WAITS[min(tries, len(WAITS) - 1)], failure.retry_after or 0)
        timer.start(round(min(wait, LONGEST) * 1000))

    def forget(self, dashboard_id: int) -> None:
        """Expect nothing more: it is there, or nobody looks at it any more."""
        self._tries.pop(dashboard_id, None)
        timer = self._timers.pop(dashboard_id, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()
