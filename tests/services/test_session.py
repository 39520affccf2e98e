"""What a session keeps on disk when answers overtake each other."""

import asyncio
import json
from functools import partial

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import StoredBox
from phdesk.models.insight import Insight
from phdesk.services.archive import Archive
from phdesk.services.queue import Job
from phdesk.services.session import Session
from phdesk.services.settings import Settings
from phdesk.store.cache import Cache
from phdesk.store.documents import unpack_frame
from tests.services.posthog import HOST, KEY, FakePostHog, Gate, insight, tile
from tests.store.builders import NOON, at

WEEK = {"kind": "TrendsQuery", "dateRange": {"date_from": "-7d"}}
HELD = Insight(id=101, query=Raw(b'{"kind": "TrendsQuery"}'))


@pytest.fixture
def kept(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def run(cache, server, work):
    async def main():
        connect = lambda: server.connect(HOST, KEY)  # noqa: E731
        account = Account(id="a", host=HOST)
        session = Session(connect, Archive(cache, Settings), account, Project(id=7), lambda: NOON)
        try:
            await work(session)
        finally:
            await session.close()

    asyncio.run(main())


def newest(cache):
    return [one.computed_at for one in cache.load_tiles("a", 7, 9)]


def test_a_tile_that_answers_after_its_dashboard_was_given_other_filters_is_past(kept):
    server = FakePostHog()
    server.tiles = [tile(1, 0)]
    gate = server.special["insights/101/"] = Gate()
    gate.answer = insight(101, 8)

    async def work(session):
        await session.read_dashboard(9)
        slow = asyncio.ensure_future(session.read_tile(Job(9, 1), HELD))
        while not slow.done() and not server.paths("insights/101"):
            await asyncio.sleep(0)
        server.tiles[0]["insight"] = {**insight(101, 5), "query": WEEK}
        await session.read_dashboard(9)
        gate.open()
        assert (await slow).insight.last_refresh == at(8)

    run(kept, server, work)
    assert newest(kept) == [at(5)]


def test_a_tile_that_was_asked_after_its_dashboard_answers_for_it(kept):
    server = FakePostHog()
    server.tiles = [tile(1, 8)]
    server.special["insights/101/"] = (200, {**insight(101, 5), "query": WEEK})

    async def work(session):
        await session.read_dashboard(9)
        await session.read_tile(Job(9, 1), HELD)

    run(kept, server, work)
    assert newest(kept) == [at(5)]


def test_a_dashboard_that_was_asked_for_before_its_layout_was_saved_is_past(kept):
    server = FakePostHog()
    server.tiles = [tile(1, 0)]
    gate = server.special["dashboards/9/"] = Gate()
    gate.answer = server.answer("dashboards/9/", {})

    async def work(session):
        slow = asyncio.ensure_future(session.read_dashboard(9))
        while not slow.done() and not server.paths("dashboards/9/"):
            await asyncio.sleep(0)
        before = decoding.dashboard(json.dumps(gate.answer).encode())
        moved = replace(before.tiles[0], sm=StoredBox(3, 4, 5, 6))
        session.keep_frame(replace(before, tiles=(moved,)))
        gate.open()
        await slow

    run(kept, server, work)
    frame = unpack_frame(kept.load_dashboard("a", 7, 9))
    assert frame.tiles[0].sm == StoredBox(3, 4, 5, 6)
    assert newest(kept) == [at(0)]


def test_after_its_end_a_session_makes_no_client_that_nobody_would_close(kept):
    made = []

    async def late():
        account = Account(id="a", host=HOST)
        connect = partial(made.append, None)
        session = Session(connect, Archive(kept, Settings), account, Project(id=7), lambda: NOON)
        await session.close()
        await session.read_rows()

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(late())
    assert made == []
