"""Writes down when a person looks at pages, so that what is new since can be told."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from phdesk.services.errands import Worker
from phdesk.services.overlays import Key
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer


class _Look(Struct):
    """What is not on disk yet of a look."""

    begun: datetime | None
    until: datetime


class LookNotes:
    """Notes looks at once, and writes them in the worker, the last ones as it stops."""

    def __init__(self, cache: Cache, background: Worker, now: Callable[[], datetime]) -> None:
        self._writer = Writer(cache)
        self._background, self._now = background, now
        self._unwritten: dict[Key, _Look] = {}
        background.at_stop(self.write)

    def begin(self, key: Key) -> None:
        """Note that a person begins to look."""
        now = self._now()
        self._note(key, _Look(now, now))

    def go_on(self, key: Key) -> None:
        """Note that a person still looks, or did until now."""
        known = self._unwritten.get(key)
        self._note(key, _Look(known.begun if known is not None else None, self._now()))

    async def write(self) -> None:
        """Write all that is noted; in the worker."""
        while self._unwritten:
            key = next(iter(self._unwritten))
            look = self._unwritten.pop(key)
            if look.begun is not None:
                self._writer.look(*key, look.begun)
            self._writer.still_looks(*key, look.until)
        self._writer.flush()

    def _note(self, key: Key, look: _Look) -> None:
        self._unwritten[key] = look
        self._background.submit(self.write, done=_accept, failed=_accept, tag="look")


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
