"""Keep the screen on while a wall is shown, by whatever this computer offers for it.

What is held is tied to this process: if it is killed, the system lets the screen rest again.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Protocol

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.failure import Failure
from phdesk.services.awake_system import Caffeinate, ThreadState, XServer
from phdesk.services.background import Ticket, Work
from phdesk.services.errands import Worker

log = logging.getLogger(__name__)
RETRY = 60.0  # seconds until what was not there is looked for again
PAUSE = 1.0  # seconds before what was lost is asked for anew
NONE = (
    "Nothing on this computer lets phdesk keep the screen on: "
    "switch its screen saver and its energy saving off by hand."
)


class Way(Protocol):
    """One means to keep a screen on; lives in the worker."""

    async def take(self) -> str:
        """Ask for it; give its name in words, or "" when it is not to be had here."""

    async def lost(self) -> None:
        """Return when it has to be asked for anew."""

    async def give_back(self) -> None:
        """Let the screen rest; does nothing where nothing was taken."""


class Held(Struct, frozen=True, gc=False):
    """What keeps the screen on."""

    ways: tuple[str, ...] = ()  # in words

    @property
    def problem(self) -> str:
        """Say what is to be done by hand, if anything is."""
        return "" if self.ways else NONE


def ways_here(windowing: str, environ: Mapping[str, str] = os.environ) -> list[Way]:
    """Give what may work on this system; `windowing` is the name of Qt's platform."""
    if sys.platform == "win32":
        return [ThreadState()]
    if sys.platform == "darwin":
        return [Caffeinate()]
    # The bus speaks through jeepney, which is there on Linux only.
    desktop: Way = import_module("phdesk.services.awake_bus").SessionBus(environ)
    return [desktop, XServer()] if windowing == "xcb" else [desktop]


class Hold:
    """All ways of this system together; lives in the worker."""

    def __init__(self, ways: Sequence[Way], *, retry: float = RETRY, pause: float = PAUSE) -> None:
        self._ways = ways
        self._retry, self._pause = retry, pause
        self._taken: list[Way] = []
        self._held = Held()

    async def take(self) -> Held:
        """Take all that is there."""
        await self.give_back()
        names = []
        for way in self._ways:
            self._taken.append(way)
            names.append(await way.take())
        self._held = Held(tuple(name for name in names if name))
        return self._held

    async def taken_again(self) -> Held:
        """Wait until one is lost, or for a while when none was there, and take all anew."""
        waits = [asyncio.ensure_future(way.lost()) for way in self._taken]
        try:
            patience = None if self._held.ways else self._retry
            await asyncio.wait(waits, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
        await asyncio.sleep(self._pause)  # a service that falls over each time is not hurried
        return await self.take()

    async def give_back(self) -> None:
        """Let the screen rest."""
        while self._taken:
            await self._taken.pop().give_back()


class Awake(QObject):
    """Keeps the screen on for as long as it is wanted; lives in the GUI thread."""

    changed = Signal()

    def __init__(
        self,
        background: Worker,
        ways: Callable[[], Sequence[Way]],
        *,
        pause: float = PAUSE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._ways, self._pause = ways, pause
        self._hold: Hold | None = None
        self._ticket: Ticket | None = None
        self._held: Held | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(round(RETRY * 1000))
        self._again.timeout.connect(self._try_again)

    @property
    def held(self) -> Held | None:
        """Say what keeps the screen on; None while nothing is wanted, or known yet."""
        return self._held

    @property
    def problem(self) -> str:
        """Say what has to be done by hand; empty if nothing has to."""
        return self._held.problem if self._held is not None else ""

    def set_wanted(self, *, wanted: bool) -> None:
        """Keep the screen on, or let it rest."""
        if wanted == (self._hold is not None):
            return
        if self._hold is None:
            self._hold = Hold(self._ways(), pause=self._pause)
            self._background.at_stop(self._hold.give_back)
            self._wait_for(self._hold.take)
        else:
            self._again.stop()
            if self._ticket is not None:
                self._ticket.cancel()
            self._background.not_at_stop(self._hold.give_back)
            self._background.submit(self._hold.give_back, done=_nothing, failed=_nothing)
            self._hold = None
            self._tell(None)

    def _wait_for(self, work: Work[Held]) -> None:
        self._ticket = self._background.submit(
            work, done=self._on_held, failed=self._on_failed, tag="awake"
        )

    def _on_held(self, held: Held) -> None:
        if self._hold is not None:
            self._tell(held)
            self._wait_for(self._hold.taken_again)

    def _on_failed(self, failure: Failure) -> None:
        log.warning("The screen cannot be kept on: %s", failure.detail)
        self._tell(Held())
        self._again.start()

    @Slot()
    def _try_again(self) -> None:
        if self._hold is not None:
            self._wait_for(self._hold.take)

    def _tell(self, held: Held | None) -> None:
        if held != self._held:
            self._held = held
            self.changed.emit()


async def look(ways: Sequence[Way]) -> Held:
    """Say what would keep the screen on, and let it rest again."""
    hold = Hold(ways)
    try:
        return await hold.take()
    finally:
        await hold.give_back()


def _nothing(_outcome: object) -> None:
    """Expect nothing."""
