"""Keep a running wall to its file: looked at every minute or so, told when it says otherwise."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.failure import Failure
from phdesk.models.wall import Fleet, Screen
from phdesk.services.wall_source import Glance, WallSource

if TYPE_CHECKING:  # it imports asyncio, which the first painting may not wait for
    from phdesk.services.background import Background, Ticket

SOON = 1.0  # seconds until what may be half written is looked at again
JITTER = 0.1  # of the time between looks, each way: a hundred screens do not ask at once


class WallFile(QObject):
    """The screen that this computer is, as the file says now."""

    screen_changed = Signal(object)  # Screen
    problem_changed = Signal(str)  # a sentence or two; empty when it was mended

    def __init__(
        self,
        source: WallSource,
        *,
        random: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._background: Background | None = None
        self._random = random
        self._ticket: Ticket | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.screen: Screen | None = None
        self.problem = ""
        self.faults: tuple[str, ...] = ()
        self._poll = Fleet().poll

    def open(self, glance: Glance | None = None) -> Screen | None:
        """Take what is there to begin with, or was; without a screen `problem` says why."""
        self._take(glance or self._source.opened())
        return self.screen

    def start(self, background: "Background") -> None:
        """Look from now on, in the worker; an address at once: what was opened may be old."""
        self._background = background
        self._wait(SOON if self._source.is_remote else self._poll)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        self._background = None

    @Slot()
    def look(self) -> None:
        """Look now, unless that is under way."""
        if self._ticket is None and self._background is not None:
            self._timer.stop()
            self._ticket = self._background.submit(
                self._source.look, done=self._looked, failed=self._failed, tag="walls"
            )

    def _looked(self, glance: Glance) -> None:
        self._ticket = None
        self._take(glance)
        spread = 1 + JITTER * (2 * self._random() - 1)
        self._wait(SOON if glance.soon else self._poll * spread)

    def _failed(self, _failure: Failure) -> None:
        self._ticket = None
        self._wait(self._poll)  # it is in the log; what holds goes on

    def _wait(self, seconds: float) -> None:
        self._timer.start(round(seconds * 1000))

    def _take(self, glance: Glance) -> None:
        if glance.fleet is not None:
            self._poll = glance.fleet.poll
        before, self.faults = self.problem, glance.faults
        if not glance.soon:
            self.problem = glance.problem
        if glance.screen is not None and glance.screen != self.screen:
            self.screen = glance.screen
            self.screen_changed.emit(glance.screen)
        if self.problem != before:
            self.problem_changed.emit(self.problem)
