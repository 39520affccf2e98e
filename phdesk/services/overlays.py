"""Writes layouts of one's own to disk, in the worker, in the order in which they were made."""

from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_overlay
from phdesk.store.state import Overlay, State

Key = tuple[str, int, int]  # account, project, dashboard


class OverlayWriter:
    """Holds what is not on disk yet; `write` may be called often, and once more at the end."""

    def __init__(self, cache: Cache) -> None:
        self._writer = Writer(cache)
        self._unwritten: dict[Key, Overlay | None] = {}

    def put(self, key: Key, overlay: Overlay | None) -> None:
        """Note an overlay to be written, or with None one to be forgotten."""
        self._unwritten.pop(key, None)  # the newest comes last
        self._unwritten[key] = overlay

    async def write(self) -> None:
        """Write all that is noted; in the worker."""
        while self._unwritten:
            key = next(iter(self._unwritten))
            overlay = self._unwritten.pop(key)
            if overlay is None:
                self._writer.drop_overlay(*key)
            else:
                self._writer.save_overlay(*key, pack_overlay(overlay))
        self._writer.flush()


def key_of(state: State, dashboard_id: int) -> Key | None:
    """Say under which account, project and dashboard an overlay is kept."""
    if state.account is None or state.project is None:
        return None
    return state.account.id, state.project.id, dashboard_id
