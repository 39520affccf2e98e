"""Keeps answers on disk and the disk below its limit, in the worker, a little at a time."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from phdesk.services.credentials import Credentials
from phdesk.services.credentials import Kept as KeptKey
from phdesk.services.settings import Settings
from phdesk.store.alerts_file import beside
from phdesk.store.alerts_found import forget_account
from phdesk.store.cache import Cache
from phdesk.store.cache_eviction import Kept, evict_some, is_over
from phdesk.store.cache_wipe import wiping
from phdesk.store.cache_writing import Writer
from phdesk.store.documents import unpack_rows

MEGABYTE = 1024 * 1024
PAUSE = 0.02  # seconds between steps, in which others may write


class Archive:
    """A writer, and a task that reads on in older files and evicts while there is too much."""

    def __init__(self, cache: Cache, settings: Callable[[], Settings]) -> None:
        self.writer = Writer(cache)
        self._cache = cache
        self._settings = settings
        self._task: asyncio.Task[None] | None = None

    def tidy(self, account: str, dashboard_id: int) -> None:
        """Begin to tidy up after a dashboard came, if there is a need; nobody waits for it."""
        self._cache.opened.add((account, dashboard_id))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tidy())

    async def close(self) -> None:
        """Write what waits and stop tidying: the next run goes on with it."""
        self.writer.flush()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _tidy(self) -> None:
        while self._cache.place == "disk" and self.writer.learn_some():
            await asyncio.sleep(PAUSE)
        await evict(self._cache, self._settings())


async def evict(cache: Cache, settings: Settings) -> None:
    """Remove what is least wanted until what is kept is within its limit."""
    limit = settings.store_megabytes * MEGABYTE
    if not cache.run(False, partial(is_over, limit=limit)):
        return  # as nearly always
    kept = kept_boards(cache, settings)
    act = partial(evict_some, limit=limit, kept=kept)
    while cache.place == "disk" and cache.run(False, act):
        await asyncio.sleep(PAUSE)


async def clear(cache: Cache) -> None:
    """Remove all that is kept of all accounts, except a person's own layouts, in short steps."""
    for _ in wiping(cache, None, only_here=False):
        await asyncio.sleep(PAUSE)


def kept_boards(cache: Cache, settings: Settings) -> Kept:
    """Find the dashboards whose last good results stay: pinned, favourites, open ones."""
    lists: tuple[Mapping[str, tuple[int, ...]], ...] = (settings.favourites, settings.tabs)
    kept = set(cache.opened)
    kept |= {(account, one) for each in lists for account, ones in each.items() for one in ones}
    kept |= set(settings.dashboards.items())
    for window in settings.windows:
        shown = () if window.dashboard is None else (window.dashboard,)
        kept |= {(window.account, one) for one in (*window.tabs, *shown)}
    for account, project in cache.projects():
        cached = cache.load_rows(account, project)
        for row in (unpack_rows(cached.data) if cached else None) or ():
            if row.pinned:
                kept.add((account, row.id))
    return frozenset(kept)


async def forget(credentials: Credentials, cache: Cache, account_id: str) -> KeptKey:
    """Remove everything that is kept of an account, in short steps, and then its key."""
    for _ in wiping(cache, account_id):
        await asyncio.sleep(PAUSE)
    forget_account(beside(cache.path), account_id)
    return await credentials.forget_later(account_id)
