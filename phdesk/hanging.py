"""Hangs walls: each window on its monitor, its panel spared, its lock kept, the screen kept on."""

from collections.abc import Mapping
from datetime import tzinfo
from functools import partial
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from phdesk.models.beat import Place
from phdesk.models.wall import Screen, Wall
from phdesk.monitor import BEGINNING, Monitor, utc_now
from phdesk.services.loader import Loader
from phdesk.views.monitor.care import PanelCare, PointerRest
from phdesk.views.monitor.leaving import Leaving
from phdesk.views.monitor.screens import Screens

if TYPE_CHECKING:
    from phdesk.services.awake import Awake


class _Hung(Struct, frozen=True):
    """What looks after one window."""

    care: PanelCare
    leaving: Leaving


class Hanging(QObject):
    """All windows of a `Monitor`, as a `Screen` describes them; changes are taken over live."""

    left = Signal()  # by a person who may
    changed = Signal()  # problems

    def __init__(
        self,
        qt: QApplication,
        monitor: Monitor,
        places: Mapping[str, Place] | None = None,
    ) -> None:
        super().__init__(monitor)
        self._qt, self._monitor = qt, monitor
        self._places = dict(places or {})  # where each wall was before, by its key
        self._screen = Screen(name="")
        self._zone: tzinfo | None = None
        self._hung: dict[str, _Hung] = {}
        self._awake: Awake | None = None
        self._pointer = PointerRest(self)
        self._screens = Screens(qt, self, self)
        self._screens.changed.connect(self._on_screens)
        self._loader = Loader("phdesk.services.awake", parent=self)
        self._loader.loaded.connect(self._on_loaded)
        monitor.ready.connect(self._loader.start)
        qt.setQuitOnLastWindowClosed(False)  # windows whose monitors are off are hidden

    def trouble(self) -> tuple[str, ...]:
        """Say what a person has to see to on this computer."""
        awake = self._awake.problem if self._awake is not None else ""
        return (*self._screens.problems, awake) if awake else self._screens.problems

    def set_screen(self, screen: Screen) -> None:
        """Show these walls; windows that are still meant stay as they are."""
        self._screen = screen
        self._zone = _zone(screen.timezone)
        for name, hung in self._hung.items():
            self._look_after(name, hung)
        self._screens.set_walls(screen.walls)
        self._on_care()

    @Slot()
    def leave(self) -> None:
        """Let all windows be closed, and say that it is over."""
        for hung in self._hung.values():
            hung.leaving.release()
        self.left.emit()

    @Slot()
    def stop(self) -> None:
        """Leave the pointer as it was; the worker lets the screen rest when it ends."""
        self._loader.wait()
        self._pointer.stop()

    # What `Screens` asks for

    def add(self, name: str, wall: Wall) -> QWidget:
        """Make the window of a wall, where it was before."""
        window = self._monitor.add(name, wall, self._places.pop(name, BEGINNING))
        hung = _Hung(
            PanelCare(window, utc_now, self._zone, window),
            Leaving(window, partial(getattr, window, "ink"), monotonic),
        )
        self._hung[name] = hung
        self._pointer.watch(window)
        hung.leaving.left.connect(self.leave)
        hung.care.changed.connect(self._on_care)
        window.leave_requested.connect(self.leave)
        self._look_after(name, hung)
        hung.care.set_care(wall.care)
        return window

    def change(self, name: str, wall: Wall) -> None:
        """Show another wall in a window."""
        self._monitor.change(name, wall)
        self._hung[name].care.set_care(wall.care)

    def remove(self, name: str) -> None:
        """Take a window down."""
        self._hung.pop(name).leaving.release()
        self._monitor.remove(name)

    def _look_after(self, name: str, hung: _Hung) -> None:
        hung.leaving.set_lock(locked=self._screen.locked, pin=self._screen.pin)
        hung.care.set_zone(self._zone)
        self._monitor.windows[name].conductor.set_zone(self._zone)

    @Slot()
    def _on_screens(self) -> None:
        self._on_care()
        self.changed.emit()

    @Slot()
    def _on_care(self) -> None:
        """Refresh while any wall is to be seen, and keep the screens on for those."""
        there = {seat.key for seat in self._screens.seats if seat.present}
        shown = [hung.care.shown for name, hung in self._hung.items() if name in there]
        self._monitor.set_hidden(hidden=not any(one.refreshed for one in shown))
        if self._awake is not None:
            self._awake.set_wanted(wanted=any(one.awake for one in shown))

    @Slot(list)
    def _on_loaded(self, modules: list[ModuleType]) -> None:
        worker = self._monitor.background
        if worker is None:
            return
        (awake,) = modules
        windowing = self._qt.platformName()
        self._awake = awake.Awake(worker, partial(awake.ways_here, windowing), parent=self)
        self._awake.changed.connect(self.changed)
        self._on_care()


def _zone(name: str | None) -> tzinfo | None:
    """Give a place's clocks; the file was checked, but systems know different places."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
