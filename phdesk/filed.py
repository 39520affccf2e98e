"""Keeps running walls to their file: what changes in it is shown, what is wrong with it is said."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Slot

from phdesk.models.wall import Screen
from phdesk.monitor import Monitor
from phdesk.services.wall_file import WallFile
from phdesk.services.wall_key import WallKey

AGAIN = 75  # exit code of a window that wants to be started anew; EX_TEMPFAIL of BSD
NEXT_START = "The file names other credentials; they are used from the next start on."


class Filed(QObject):
    """The file, the walls, and the key that the file speaks of."""

    def __init__(
        self,
        monitor: Monitor,
        file: WallFile,
        key: WallKey,
        show: Callable[[Screen], None],
        *,
        watched: bool,
    ) -> None:
        super().__init__(monitor)
        self._monitor, self._file, self._key, self._show = monitor, file, key, show
        self._watched = watched
        self._outdated = False  # other credentials than those that are used
        monitor.ready.connect(self._start)
        file.screen_changed.connect(self._on_screen)
        file.problem_changed.connect(self._tell)
        self._tell(file.problem)

    def trouble(self) -> tuple[str, ...]:
        """Say what a person has to see to, in the file or around it."""
        words = (self._file.problem, self._key.problem, NEXT_START if self._outdated else "")
        return tuple(filter(None, words))

    @Slot()
    def stop(self) -> None:
        """Look at the file no more."""
        self._file.stop()

    @Slot()
    def _start(self) -> None:
        if self._monitor.background is not None:
            self._file.start(self._monitor.background)

    @Slot(object)
    def _on_screen(self, screen: Screen) -> None:
        self._show(screen)
        self._outdated = screen.credentials != self._key.credentials
        if self._outdated and self._watched:
            QCoreApplication.exit(AGAIN)  # who watches starts it at the same page, signed in anew

    @Slot(str)
    def _tell(self, words: str) -> None:
        self._monitor.rooms.set_notice(words)
