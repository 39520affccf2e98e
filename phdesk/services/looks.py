"""Follows when a person looks at dashboards, and at boards of their own."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from phdesk.services.board_feed import Feed
from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.look_notes import LookNotes
from phdesk.services.overlays import Key, key_of
from phdesk.store.cache import Cache
from phdesk.store.past import key_of_board
from phdesk.store.store import Store


class Looks(QObject):
    """Follows which dashboards are opened, read while they are open, and left."""

    def __init__(
        self,
        store: Store,
        cache: Cache,
        background: Worker,
        dashboards: Dashboards,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(dashboards)
        self._store = store
        self._notes = LookNotes(cache, background, now)
        self._keys: dict[int, Key] = {}  # of open dashboards: the account may change first
        dashboards.opened.connect(self._on_opened)
        dashboards.was_read.connect(self._on_read)
        dashboards.left.connect(self._on_left)

    @Slot(int)
    def _on_opened(self, dashboard_id: int) -> None:
        key = key_of(self._store.state, dashboard_id)
        if key is not None:
            self._keys[dashboard_id] = key
            self._notes.begin(key)

    @Slot(int)
    def _on_read(self, dashboard_id: int) -> None:
        if dashboard_id in self._keys:
            self._notes.go_on(self._keys[dashboard_id])

    @Slot(int)
    def _on_left(self, dashboard_id: int) -> None:
        key = self._keys.pop(dashboard_id, None)
        if key is not None:
            self._notes.go_on(key)


class BoardLooks(QObject):
    """Does the same for boards, which are one for all windows."""

    def __init__(
        self,
        cache: Cache,
        background: Worker,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notes = LookNotes(cache, background, now)
        self._open: Counter[int] = Counter()  # windows by board

    def follow(self, feed: Feed) -> None:
        """Follow what a window shows from now on."""
        feed.opened.connect(self._on_opened)
        feed.was_read.connect(self._on_read)
        feed.left.connect(self._on_left)
        feed.watch()

    @Slot(int)
    def _on_opened(self, page: int) -> None:
        self._open[page] += 1
        if self._open[page] == 1:
            self._notes.begin(key_of_board(page))

    @Slot(int)
    def _on_read(self, page: int) -> None:
        self._notes.go_on(key_of_board(page))

    @Slot(int)
    def _on_left(self, page: int) -> None:
        self._open[page] -= 1
        if self._open[page] <= 0:
            del self._open[page]
            self._notes.go_on(key_of_board(page))
