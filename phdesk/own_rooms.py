"""What a person keeps on this computer: boards and watches, each room made when it is due."""

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, SignalInstance

from phdesk.services.places import Places
from phdesk.services.preferences import Preferences
from phdesk.store.cache import Cache
from phdesk.views.desk.late import last_words
from phdesk.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from phdesk.services.background import Background
    from phdesk.services.board_room import BoardRoom
    from phdesk.services.network import Network
    from phdesk.services.watch_room import WatchRoom

BOARDS = "phdesk.services.board_room"  # before the first paint only where there are boards
WATCHES = "phdesk.services.watch_room"
UNWRITTEN = "Your last changes to {} are not written yet."


class OwnRooms(QObject):
    """Both are common to all windows; watches need the boards' sources."""

    trouble = Signal(str)  # a sentence

    def __init__(
        self,
        places: Places,
        cache: Cache,
        preferences: Preferences,
        windows: Windows,
        now: "Callable[[], datetime]",
    ) -> None:
        super().__init__(windows)
        self._places, self._cache, self._preferences = places, cache, preferences
        self._windows, self._now = windows, now
        self.boards: BoardRoom | None = None
        self.watches: WatchRoom | None = None

    def ready_first(self, page: int) -> None:
        """Make what the first paint needs: the boards, where there are any, or one is open."""
        boards = self._places.boards
        if boards is not None and (boards.exists() or page < 0):
            self.ready_boards()

    def ready_boards(self) -> None:
        """Let windows show the person's boards; once, whoever asks."""
        if self.boards is None:
            made = import_module(BOARDS).BoardRoom(
                self._places.boards, self._cache, self._preferences, self
            )
            self.boards = cast("BoardRoom", made)
            self._hear(self.boards.shelf.trouble, self.boards.shelf.problem)
            self._windows.set_boards(self.boards)

    def ready_watches(self) -> None:
        """Let numbers be watched in all windows."""
        if self.boards is None:
            return
        path, sources = self._places.watches, self.boards.sources
        made = import_module(WATCHES).WatchRoom(path, self._cache, sources, self._now, self)
        self.watches = cast("WatchRoom", made)
        self._hear(self.watches.list.trouble, self.watches.list.problem)
        self._windows.set_watches(self.watches)

    def use(self, worker: "Background", network: "Network") -> None:
        """Work beside the windows from now on."""
        if self.boards is not None:
            self.boards.use(worker, network.beside, network.board_looks())
        if self.watches is not None:
            self.watches.use(worker)

    def close(self) -> None:
        """Write what is not written yet; where that fails, a person is asked whether to try on."""
        kept, self.boards, self.watches = (self.boards, self.watches), None, None
        for room, name in zip(kept, ("boards", "watches"), strict=True):
            while room is not None and (problem := room.close()) is not None:
                if not last_words()(UNWRITTEN.format(name), problem):
                    break

    def _hear(self, trouble: SignalInstance, problem: str | None) -> None:
        trouble.connect(self.trouble)
        if problem:
            self.trouble.emit(problem)
