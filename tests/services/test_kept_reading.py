"""Large dashboards are shown before all that was kept of them is read from disk."""

from functools import partial

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.models.account import Account, Project
from phdesk.services import kept_reading
from phdesk.services.background import Background
from phdesk.services.kept_reading import KeptReading
from phdesk.services.library import load_dashboard
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.changes import with_account, without_dashboard
from phdesk.store.freshness import needs_answer, oldest
from phdesk.store.packing import pack_dashboard
from phdesk.store.state import EMPTY
from phdesk.store.store import Store
from phdesk.store.tiles import with_tile_failure, with_tile_result
from tests.services.on_dashboard import board, calculated, settled, times
from tests.services.posthog import tile as told
from tests.store.builders import TROUBLE, answer, at, tile
from tests.store.builders import board as made

ADA = Account(id="ada", host="https://eu.posthog.com")
HERE = Project(id=7)
COUNT = 6
NOON = at(720)


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    writer = Writer(cache)
    tiles = [tile(one, answer(one, value=one), y=COUNT - one) for one in range(1, COUNT + 1)]
    kept = made(*tiles)
    writer.save_dashboard(ADA.id, 7, 9, pack_dashboard(kept, NOON), keep=range(1, COUNT + 1))
    writer.flush()
    yield cache
    cache.close()


@pytest.fixture
def store(qapp):
    return Store(with_account(EMPTY, ADA, HERE)[0])


class Later:
    """A worker that does nothing until it is told to."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, *, done, failed, tag=""):
        self.waiting.append((work, done, failed, tag))

    def step(self):
        work, done, _failed, _tag = self.waiting.pop(0)
        coroutine = work()
        try:
            coroutine.send(None)
        except StopIteration as end:
            done(end.value)

    def run(self):
        while self.waiting:
            self.step()


@pytest.fixture
def worker():
    return Later()


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(kept_reading, "LARGE", 1)


@pytest.fixture
def reading(store, cache, worker, large):
    return KeptReading(store, cache, worker, lambda _board: (2, 4))


def held(store):
    return store.state.dashboards[9].tiles


def whole(store, cache):
    return load_dashboard(with_account(EMPTY, ADA, HERE)[0], cache, 9)[0].dashboards[9]


def test_a_small_dashboard_is_there_at_once(store, cache, worker):
    KeptReading(store, cache, worker, lambda _board: ()).open(9)
    assert not worker.waiting
    assert store.state.dashboards[9] == whole(store, cache)


def test_the_frame_is_there_at_once_and_asks_for_nothing(store, reading, worker):
    reading.open(9)
    assert reading.is_reading(9)
    assert {one.tile.insight.name for one in held(store).values()} == {"Signups"}
    assert not any(one.has_result for one in held(store).values())
    assert not any(needs_answer(one, NOON) for one in held(store).values())
    assert oldest(store.state.dashboards[9]) is None
    worker.step()
    assert oldest(store.state.dashboards[9]) is None, "of a part it would be too young"


def test_what_is_on_screen_comes_first_then_in_reading_order(store, reading, worker):
    reading.open(9)
    order = []
    while worker.waiting:
        before = {one for one, tile in held(store).items() if tile.coming}
        worker.step()
        order += before - {one for one, tile in held(store).items() if tile.coming}
    assert order == [4, 2, 6, 5, 3, 1]


def test_in_the_end_all_is_as_if_it_had_been_read_at_once(store, cache, reading, worker, qtbot):
    reading.open(9)
    with qtbot.waitSignal(reading.ended, check_params_cb=lambda one: one == 9):
        worker.run()
    assert store.state.dashboards[9] == whole(store, cache)
    assert not reading.is_reading(9)


def test_results_of_filters_from_before_are_marked_as_when_read_at_once(
    store, cache, reading, worker
):
    changed = made(*(tile(one, replace(answer(None), query=Raw(b'{"kind": "x"}')))
                     for one in range(1, COUNT + 1)))  # fmt: skip
    writer = Writer(cache)
    writer.save_dashboard(ADA.id, 7, 9, pack_dashboard(changed, NOON), keep=range(1, COUNT + 1))
    writer.flush()
    reading.open(9)
    worker.run()
    at_once = whole(store, cache).tiles
    assert all(one.is_other for one in at_once.values())
    assert held(store) == at_once


def test_what_the_server_said_first_stays(store, reading, worker):
    reading.open(9)
    newer = answer(600, value=99)
    store.apply(with_tile_result, (9, 1), newer, now=NOON, asked=1)
    worker.run()
    assert held(store)[1].insight == newer
    assert not held(store)[1].coming
    assert held(store)[2].computed_at == at(2)


def test_after_a_failure_what_was_kept_is_shown_with_it(store, reading, worker):
    reading.open(9)
    store.apply(with_tile_failure, (9, 1), TROUBLE, now=NOON, asked=1)
    worker.run()
    assert (held(store)[1].computed_at, held(store)[1].failure) == (at(1), TROUBLE)


def test_what_cannot_be_read_is_as_if_nothing_was_kept(store, cache, reading, worker):
    cache.run(None, lambda db: db.execute("update blobs set data=x'00'"))
    reading.open(9)
    worker.run()
    assert not any(one.coming or one.has_result for one in held(store).values())
    assert all(needs_answer(one, NOON) for one in held(store).values())


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(partial(with_account, account=None, project=None), id="signed out"),
        pytest.param(partial(with_account, account=ADA, project=Project(id=8)), id="project"),
        pytest.param(partial(without_dashboard, dashboard_id=9), id="forgotten"),
    ],
)
def test_nothing_comes_into_what_is_shown_after_leaving(store, reading, worker, leave):
    reading.open(9)
    worker.step()
    store.apply(leave)
    left = store.state
    assert not reading.is_reading(9)
    worker.run()
    assert store.state is left


def test_a_dashboard_that_is_opened_again_meanwhile_is_read_once(store, cache, reading, worker):
    reading.open(9)
    worker.step()
    store.apply(without_dashboard, 9)
    reading.open(9)
    worker.run()
    assert store.state.dashboards[9] == whole(store, cache)


def test_without_a_worker_all_is_read_here(store, cache, large, qtbot):
    reading = KeptReading(store, cache, Background(), lambda _board: ())
    with qtbot.waitSignal(reading.ended):
        reading.open(9)
    assert store.state.dashboards[9].tiles.keys() == whole(store, cache).tiles.keys()
    assert times(store.state.dashboards[9]) == times(whole(store, cache))
    assert not any(one.coming for one in held(store).values())


def test_the_server_is_asked_after_all_is_read_and_only_for_what_is_stale(
    open_board, online, server, parts, large, qtbot
):
    server.tiles = [told(1, 0), told(2), told(3)]  # of two it has no result at hand
    before = times(open_board())
    online.dashboards.close(9)
    parts.store.apply(without_dashboard, 9)
    server.asked.clear()
    online.open_dashboard(9)
    assert [each.coming for each in board(parts).tiles.values()] == [True, True, True]
    online.dashboards.read_all()
    assert not board(parts).loading, "the server is asked later"
    qtbot.waitUntil(lambda: not board(parts).from_cache and settled(parts))
    assert [path for path, _ in server.asked if path == "dashboards/9/"] == ["dashboards/9/"]
    assert calculated(server) == []
    assert times(board(parts)) == before


def test_closed_meanwhile_it_asks_the_server_nothing(
    online, open_board, server, parts, large, qtbot
):
    server.tiles = [told(1, 0), told(2, 0)]
    open_board()
    online.dashboards.close(9)
    parts.store.apply(without_dashboard, 9)
    server.asked.clear()
    online.open_dashboard(9)
    online.dashboards.close(9)
    qtbot.waitUntil(lambda: not any(each.coming for each in board(parts).tiles.values()))
    assert [each.has_result for each in board(parts).tiles.values()] == [True, True]
    assert "dashboards/9/" not in [path for path, _ in server.asked]
