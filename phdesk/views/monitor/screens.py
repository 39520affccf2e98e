"""One full-screen window for each wall, on the monitor where it belongs, as monitors come and go.

A window whose monitor is gone is hidden at once, before Qt would move it onto another one, and is
shown again when the monitor is back; `core/wall/monitors` has the rules.
"""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from phdesk.core.wall.monitors import Monitor, Seat, Seating, seated
from phdesk.models.wall import Wall

LOOK = 2000  # ms; with all outputs off, X11's placeholder comes without a signal
TRIES = 5  # to fill a monitor; a window manager that has its own mind is not fought for ever
SLACK = 2  # points by which a scale like 1.25 may round a size
UNFILLED = "The wall on {name} does not fill it; something on this computer makes it smaller."


class Windows(Protocol):
    """Whoever makes the windows of walls, by the keys of their seats."""

    def add(self, name: str, wall: Wall) -> QWidget:
        """Make the window of a wall, hidden."""

    def change(self, name: str, wall: Wall) -> None:
        """Show another wall in a window."""

    def remove(self, name: str) -> None:
        """Destroy the window of a wall that is gone."""


class Screens(QObject):
    """Keeps each wall's window on its monitor."""

    changed = Signal()  # seats or problems

    def __init__(
        self, app: QGuiApplication, windows: Windows, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._windows = app, windows
        self._walls: Mapping[str, Wall] = {}
        self._seating = Seating()
        self._open: dict[str, tuple[QWidget, Wall]] = {}
        self._tries: dict[str, int] = {}  # in a row, by seat, of windows that were not as placed
        self._seen: list[Monitor] = []
        self._by_name: dict[str, QScreen] = {}
        app.screenAdded.connect(self._on_added)
        app.screenRemoved.connect(self._on_removed)
        app.primaryScreenChanged.connect(self._look_soon)
        for screen in app.screens():
            self._follow(screen)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def problems(self) -> tuple[str, ...]:
        """Say which walls wait for their monitors, or cannot fill them."""
        names = {seat.key: seat.monitor for seat in self._seating.seats if seat.present}
        small = (key for key, tries in self._tries.items() if tries > TRIES and key in names)
        return (*self._seating.problems, *(UNFILLED.format(name=names[key]) for key in small))

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Say where each wall belongs."""
        return self._seating.seats

    def window(self, key: str) -> QWidget | None:
        """Give the window of a seat, if it ever had a monitor."""
        return self._open[key][0] if key in self._open else None

    def set_walls(self, walls: Mapping[str, Wall]) -> None:
        """Show these walls, by monitor; windows that are still meant stay as they are."""
        self._walls = dict(walls)
        self._seat(self._app.screens())

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._look)
        screen.physicalDotsPerInchChanged.connect(self._look_soon)

    def _seat(self, screens: list[QScreen]) -> None:
        """Let every wall take its place on these screens."""
        self._tries.clear()
        self._seen = _monitors(screens)
        names = [one.name for one in self._seen]
        self._by_name = dict(reversed(list(zip(names, screens, strict=True))))
        before, self._seating = self._seating, seated(self._walls, self._seen, self._seating)
        keys = {seat.key for seat in self._seating.seats}
        for seat in self._seating.seats:
            if not seat.present:
                self._rest(seat.key)
        for seat in self._seating.seats:
            if seat.present:
                self._show(seat, self._by_name[seat.monitor])
        for key in [one for one in self._open if one not in keys]:
            del self._open[key]
            self._windows.remove(key)
        if before != self._seating:
            self.changed.emit()

    def _show(self, seat: Seat, screen: QScreen) -> None:
        wall = self._walls[seat.wall]
        if seat.key not in self._open:
            self._open[seat.key] = self._windows.add(seat.key, wall), wall
        window, known = self._open[seat.key]
        if known != wall:
            self._open[seat.key] = window, wall
            self._windows.change(seat.key, wall)
        place(window, screen)

    def _rest(self, key: str) -> None:
        """Hide a window until its monitor is back; it takes what its wall is by then."""
        if key in self._open:
            self._open[key][0].hide()

    @Slot()
    def _look(self) -> None:
        """Seat all anew if any monitor is another one than it was; else see that it still holds."""
        screens = self._app.screens()
        if _monitors(screens) != self._seen:
            self._seat(screens)
        else:
            self._put_back()

    def _put_back(self) -> None:
        """Fill monitors again with what was made smaller, moved or minimized since.

        Window managers do so of themselves while monitors are unplugged and plugged.
        """
        before = self.problems
        for seat in self._seating.seats:
            if not seat.present:
                continue
            window, screen = self._open[seat.key][0], self._by_name[seat.monitor]
            if fills(window, screen):
                self._tries.pop(seat.key, None)
                continue
            tries = self._tries[seat.key] = self._tries.get(seat.key, 0) + 1
            if tries <= TRIES:
                place(window, screen)
        if self.problems != before:
            self.changed.emit()

    @Slot()
    def _look_soon(self) -> None:
        QTimer.singleShot(0, self, self._look)  # once it is known all about the monitor

    @Slot(QScreen)
    def _on_added(self, screen: QScreen) -> None:
        self._follow(screen)
        self._look_soon()

    @Slot(QScreen)
    def _on_removed(self, screen: QScreen) -> None:
        """Act before Qt does: it is about to move the windows of this one onto another."""
        self._seat([one for one in self._app.screens() if one is not screen])


def place(window: QWidget, screen: QScreen) -> None:
    """Fill a screen with a window."""
    rect = screen.geometry()
    moves = window.isVisible() and window.screen() is not screen
    if moves:
        window.hide()  # a window manager moves no window that fills a screen
    if window.screen() is not screen:
        window.setScreen(screen)
    if window.geometry() != rect:
        window.setGeometry(rect)
    if not (window.isVisible() and window.isFullScreen()) or window.isMinimized():
        window.showFullScreen()


def fills(window: QWidget, screen: QScreen) -> bool:
    """Tell whether a window fills a screen, as far as the system says."""
    if not (window.isVisible() and window.isFullScreen()) or window.isMinimized():
        return False
    short = window.size() - screen.size()
    return (
        window.screen() is screen and abs(short.width()) <= SLACK and abs(short.height()) <= SLACK
    )


def _monitors(screens: list[QScreen]) -> list[Monitor]:
    return [_monitor(one, place) for place, one in enumerate(screens, 1)]


def _monitor(screen: QScreen, place: int) -> Monitor:
    rect = screen.geometry()
    return Monitor(
        name=screen.name() or f"screen-{place}",  # some systems give none
        model=screen.model(),
        serial=screen.serialNumber(),
        rect=(rect.x(), rect.y(), rect.width(), rect.height()),
    )
