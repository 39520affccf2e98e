"""Time that passes only when all is done: a clock, Qt's timers by it, and a worker in this thread.

Whoever waits is asked what for: asyncio's loop when it has nothing to run but timers, and Qt when
no event is posted. Only then does the clock jump, to the earliest of all that wait. So nothing
depends on how quick a computer or which thread is first, and every run is like any other.
"""

import asyncio
import selectors
import threading
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from math import inf
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QObject, Signal

from phdesk.core.budget import Moment
from phdesk.services import autorefresh, reach, tile_refresh
from phdesk.services.background import Background

TIMED = (autorefresh, reach, tile_refresh)  # what of the app has timers and runs here
LEAST = 1e-6  # seconds that pass: sums of floats may end a hair before what is due
BOOT = 1000.0  # of the steady clock


class Clock:
    """The wall's clock and the steady one, which stands still in sleep; in seconds."""

    def __init__(self, start, at=0.0):
        self.start, self.at, self.asleep = start, at, 0.0  # `at` counts from the start
        self.alarms = []

    @property
    def now(self):
        return self.start + timedelta(seconds=self.at)

    @property
    def steady(self):
        return BOOT + self.at - self.asleep

    def moment(self):
        """Give both, as the app reads them."""
        return Moment(self.now.timestamp(), self.steady)

    def advance(self, due, latest=inf):
        """Let time pass to when by the steady clock something is due, or at the latest to `at`."""
        self.at = min(self.at + max(due - self.steady, LEAST), latest)

    def sleep(self, seconds):
        """Let the computer sleep."""
        self.at += seconds
        self.asleep += seconds

    def ring(self):
        """Let all timers fire that are due."""
        for alarm in list(self.alarms):
            alarm.look()

    def next_due(self):
        """Say by the steady clock when the next timer fires."""
        return min((one.due for one in self.alarms), default=inf)


class Alarm(QObject):
    """Stands in for a QTimer, by the simulated clock."""

    timeout = Signal()

    def __init__(self, clock, parent=None):
        super().__init__(parent)
        self._clock, self._interval, self._once = clock, 0.0, False
        self.due = inf
        clock.alarms.append(self)

    def setSingleShot(self, once):  # noqa: N802  as Qt has it
        self._once = once

    def setTimerType(self, _kind):  # noqa: N802
        pass

    def setInterval(self, milliseconds):  # noqa: N802
        self._interval = milliseconds / 1000

    def start(self, milliseconds=None):
        if milliseconds is not None:
            self.setInterval(milliseconds)
        self.due = self._clock.steady + self._interval

    def stop(self):
        self.due = inf

    def isActive(self):  # noqa: N802
        return self.due < inf

    def look(self):
        """Fire if it is time."""
        if self._clock.steady >= self.due:
            self.due = inf if self._once else self._clock.steady + self._interval
            self.timeout.emit()


@contextmanager
def timers(clock):
    """Give the app's services timers of the simulated clock."""

    def alarm(parent=None):
        return Alarm(clock, parent)

    with ExitStack() as stack:
        for module in TIMED:
            stack.enter_context(patch.object(module, "QTimer", alarm))
        yield


class Resting(selectors.DefaultSelector):
    """Stops a loop that would wait, and keeps for how long it would."""

    def __init__(self):
        super().__init__()
        self.loop, self.rest, self.busy = None, inf, False

    def select(self, timeout=None):
        found = super().select(0)
        if found or timeout == 0:
            self.busy = True
        else:
            self.rest = inf if timeout is None else timeout
            self.loop.stop()
        return found


class Loop(asyncio.SelectorEventLoop):
    """A loop whose time is the simulated clock's."""

    def __init__(self, clock):
        self._clock, self._resting = clock, Resting()
        super().__init__(self._resting)
        self._resting.loop = self

    def time(self):
        return self._clock.steady

    @property
    def due(self):
        """Say by the steady clock when there was more to run, as the loop came to rest."""
        return self._clock.steady + self._resting.rest

    def settle(self):
        """Run all that can be run now; say whether that was anything."""
        self._resting.busy = False
        self.run_forever()
        return self._resting.busy

    def run_in_executor(self, *_):
        raise AssertionError("a thread would have a time of its own")


class Worker(Background):
    """The app's worker, whose loop is run in this thread whenever it is asked to."""

    def __init__(self, clock, store):
        super().__init__()
        self._clock, self._store = clock, store

    def start(self):
        self._loop = Loop(self._clock)
        self._thread = threading.current_thread()

    def settle(self):
        """Run all that can be run now, there and in Qt; say by the steady clock when is more."""
        rests = 0
        while rests < 2:
            rests = 0 if self._loop.settle() else rests + 1
            QCoreApplication.sendPostedEvents()  # brings the outcomes
            self._store.announce()
        due = min(self._loop.due, self._clock.next_due())
        assert due < inf or not self._wanted, "something waits for what no clock brings"
        return due

    def stop(self, timeout=3.0):  # noqa: ARG002  nothing takes time here
        self._wanted.clear()
        ending = self._loop.create_task(self._wind_down())
        while self._loop.settle() or not ending.done():
            if not ending.done():
                self._clock.advance(self._loop.due)
        self._loop.close()
        self._loop = self._thread = None
        return True
