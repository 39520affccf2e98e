"""Notes on disk when a person looks at dashboards, so that what is new since can be told."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QObject, Slot

from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.overlays import Key, key_of
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.store import Store


class _Look(Struct):
    """What is not on disk yet of a look."""

    begun: datetime | None
    until: datetime


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
        self._writer = Writer(cache)
        self._background = background
        self._now = now
        self._keys: dict[int, Key] = {}  # of open dashboards: the account may change first
        self._unwritten: dict[Key, _Look] = {}
        dashboards.opened.connect(self._on_opened)
        dashboards.was_read.connect(self._on_read)
        dashboards.left.connect(self._on_left)
        background.at_stop(self.write)

    async def write(self) -> None:
        """Write all that is noted; in the worker."""
        while self._unwritten:
            key = next(iter(self._unwritten))
            look = self._unwritten.pop(key)
            if look.begun is not None:
                self._writer.look(*key, look.begun)
            self._writer.still_looks(*key, look.until)
        self._writer.flush()

    @Slot(int)
    def _on_opened(self, dashboard_id: int) -> None:
        key = key_of(self._store.state, dashboard_id)
        if key is not None:
            self._keys[dashboard_id] = key
            self._note(key, begun=self._now())

    @Slot(int)
    def _on_read(self, dashboard_id: int) -> None:
        if dashboard_id in self._keys:
            self._note(self._keys[dashboard_id])

    @Slot(int)
    def _on_left(self, dashboard_id: int) -> None:
        key = self._keys.pop(dashboard_id, None)
        if key is not None:
            self._note(key)

    def _note(self, key: Key, begun: datetime | None = None) -> None:
        known = self._unwritten.get(key)
        self._unwritten[key] = _Look(begun or (known.begun if known else None), self._now())
        self._background.submit(self.write, done=_accept, failed=_accept, tag="look")


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
