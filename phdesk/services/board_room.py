"""What all windows share of a person's boards: the boards, and who reads their tiles."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.services.board_feed import Feed
from phdesk.services.board_sources import Sources
from phdesk.services.boards import Shelf
from phdesk.services.boards_file import BoardsFile
from phdesk.services.preferences import Preferences
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.background import Background
    from phdesk.services.beside import Beside
    from phdesk.services.looks import BoardLooks  # imports httpx: never before the first paint


class BoardRoom(QObject):
    """Made with the first board, else after the first paint."""

    looks_arrived = Signal(object)  # BoardLooks

    def __init__(
        self,
        path: Path | None,
        cache: Cache,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cache = cache
        self._looks: BoardLooks | None = None
        self.shelf = Shelf(BoardsFile(path) if path is not None else None, self)
        self.sources = Sources(cache, preferences, self)
        self.shelf.changed.connect(self._keep)
        self._keep()

    @Slot()
    def _keep(self) -> None:
        """Let nothing that is on a board be evicted from the cache."""
        picks = (pick for board in self.shelf.boards for pick in board.picks)
        self._cache.opened.update((pick.account, pick.dashboard) for pick in picks)

    def feed(self, workspace: Workspace, viewer: int, parent: QObject) -> Feed:
        """Make what fills the boards of one window."""
        self.sources.add(workspace)
        feed = Feed(
            self.shelf, self.sources, workspace.store, self._cache, viewer=viewer, parent=parent
        )
        self.looks_arrived.connect(feed.set_looks)
        if self._looks is not None:
            feed.set_looks(self._looks)
        return feed

    def use(
        self,
        background: "Background",
        make: "Callable[[Store], Beside]",
        looks: "BoardLooks | None" = None,
    ) -> None:
        """Take the network once it is loaded, and who notes what a person looks at, if one does."""
        self._looks = looks
        if looks is not None:
            self.looks_arrived.emit(looks)
        self.shelf.use(background)
        self.sources.use(make)

    def close(self) -> str | None:
        """Ask for nothing any more, and write what is not written; the worker is gone.

        Says why that could not be done; then it may be called again.
        """
        return self.shelf.finish()
