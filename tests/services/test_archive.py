import asyncio
import os

import pytest
from msgspec.structs import replace

from phdesk.models.dashboard import DashboardRow
from phdesk.services.archive import MEGABYTE, Archive, kept_boards
from phdesk.services.settings import KeptWindow, Settings
from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_check import info
from phdesk.store.packing import pack_rows
from tests.store.builders import NOON, at

SETTINGS = Settings(
    favourites={"a": (1,)},
    tabs={"a": (2, 3)},
    dashboards={"b": 4},
    windows=(KeptWindow(account="d", dashboard=7), KeptWindow(account="d", tabs=(8, 9))),
    store_megabytes=1,
)


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3", pytest.fail)
    yield cache
    cache.close()


def fill(archive, *numbers, account="a"):
    """Give each dashboard a result of 400 kB, and one before it."""
    for number in numbers:
        for minute in (0, 1):
            tile = CachedTile(1, os.urandom(400_000), at(minute), b"%d" % minute)
            saved = CachedDashboard(b"{}", (tile,), NOON)
            archive.writer.save_dashboard(account, 1, number, saved)


def run(archive):
    async def whole():
        archive.tidy("a", 1)
        archive.tidy("a", 1)  # one at a time
        await archive._task
        await archive.close()

    asyncio.run(whole())


def test_pinned_favourite_and_open_dashboards_are_kept(cache):
    rows = [DashboardRow(id=5, name="Five", pinned=True), DashboardRow(id=6, name="Six")]
    Archive(cache, Settings).writer.save_rows("c", 1, pack_rows(rows), NOON)
    others = {("d", 7), ("d", 8), ("d", 9)}  # in other windows
    mine = {("a", 1), ("a", 2), ("a", 3), ("b", 4), ("c", 5)}
    assert kept_boards(cache, SETTINGS) == mine | others
    cache.opened.add(("e", 10))
    assert kept_boards(cache, SETTINGS) == mine | others | {("e", 10)}


def test_evicting_ends_below_the_limit_and_spares_what_is_kept(cache):
    archive = Archive(cache, lambda: SETTINGS)
    fill(archive, 1, 7, 8)
    run(archive)
    assert cache.load_tiles("a", 1, 1)
    cache.close()
    assert cache.path.stat().st_size <= MEGABYTE


def test_nothing_goes_while_there_is_room(cache):
    archive = Archive(cache, lambda: replace(SETTINGS, store_megabytes=500))
    fill(archive, 7, 8)
    run(archive)
    assert (info(cache.path).dashboards, info(cache.path).history) == (2, 2)


def test_others_may_work_between_the_steps(cache, monkeypatch):
    monkeypatch.setattr("phdesk.store.cache_eviction.ROWS", 1)
    monkeypatch.setattr("phdesk.store.cache_eviction.BYTES", 1)
    archive = Archive(cache, lambda: SETTINGS)
    fill(archive, *range(10, 16))
    turns = []

    async def whole():
        archive.tidy("a", 1)
        while not archive._task.done():
            turns.append(info(cache.path).history)
            await asyncio.sleep(0.001)

    asyncio.run(whole())
    assert {6, 3, 0} <= set(turns)


def test_closing_stops_evicting(cache):
    archive = Archive(cache, lambda: SETTINGS)
    fill(archive, *range(10, 20))

    async def whole():
        archive.tidy("a", 1)
        await archive.close()
        await archive.close()

    asyncio.run(whole())
    assert info(cache.path).dashboards == 10
