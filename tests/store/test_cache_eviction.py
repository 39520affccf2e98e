import os
import random

import pytest

from phdesk.store.cache import CachedDashboard, CachedTile
from phdesk.store.cache_eviction import BYTES, PAGES, evict_some, used
from phdesk.store.cache_history import moments
from tests.store.builders import NOON, at

BIG = 100_000
NOBODY = frozenset()


def result(minute, size=BIG, tile_id=1):
    return CachedTile(tile_id, os.urandom(size), at(minute), b"%d" % minute)


def board(*tiles, when=NOON):
    return CachedDashboard(b"{}", tiles, when)


def evict(cache, limit, kept=NOBODY):
    """Evict until there is nothing more to do; gives the number of steps."""
    steps = 0
    while cache.run(False, lambda db: evict_some(db, limit, kept)):
        steps += 1
    return steps


def minutes(cache, dashboard):
    times = [moment.at - NOON for moment in moments(cache, "a", 1, dashboard)]
    return [int(time.total_seconds()) // 60 for time in times]


def has(cache, dashboard, filters=""):
    return bool(cache.load_tiles("a", 1, dashboard, filters))


def file_size(cache):
    cache.run(None, lambda db: db.execute("pragma wal_checkpoint(truncate)"))
    return cache.path.stat().st_size


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Each write is a second later than the one before."""
    seconds = iter(range(10**6))
    monkeypatch.setattr("phdesk.store.cache_writing.time.time", lambda: float(next(seconds)))


def test_nothing_goes_while_all_fits(cache, writer):
    writer.save_dashboard("a", 1, 1, board(result(0)))
    writer.save_tiles("a", 1, 1, [result(5)], "week")
    assert evict(cache, 10**7) == 0
    assert has(cache, 1)
    assert has(cache, 1, "week")


def test_temporary_filters_go_before_history_and_history_before_dashboards(cache, writer):
    for number in (1, 2):
        writer.save_dashboard("a", 1, number, board(result(0)))
        writer.save_dashboard("a", 1, number, board(result(number)))
    writer.save_tiles("a", 1, 2, [result(99)], "week")
    evict(cache, 480_000)
    assert not has(cache, 2, "week")
    assert (minutes(cache, 1), minutes(cache, 2)) == ([0, 1], [0, 2])
    evict(cache, 380_000)
    assert (minutes(cache, 1), minutes(cache, 2)) == ([1], [2])
    evict(cache, 180_000)
    assert (cache.recent("a", 1), has(cache, 1), has(cache, 2)) == ((2,), False, True)


def test_the_oldest_history_goes_first_whosever_it_is(cache, writer, monkeypatch):
    monkeypatch.setattr("phdesk.store.cache_eviction.ROWS", 1)
    for number, times in ((1, (0, 3, 9)), (2, (1, 2, 9))):
        for minute in times:
            writer.save_dashboard("a", 1, number, board(result(minute)))
    monkeypatch.setattr("phdesk.store.cache_eviction.BYTES", 1)
    seen = []
    for limit in (580_000, 480_000, 380_000, 280_000):
        evict(cache, limit)
        seen.append((minutes(cache, 1), minutes(cache, 2)))
    assert seen == [
        ([3, 9], [1, 2, 9]),
        ([3, 9], [2, 9]),
        ([3, 9], [9]),
        ([9], [9]),
    ]


def test_dashboards_that_nobody_looked_at_for_longest_go_first(cache, writer):
    for number in (1, 2, 3):
        writer.save_dashboard("a", 1, number, board(result(0)))
    writer.look("a", 1, 1, NOON)
    evict(cache, 280_000)
    assert [has(cache, number) for number in (1, 2, 3)] == [True, False, True]


def test_the_last_good_results_of_kept_dashboards_never_go(cache, writer):
    for number in (1, 2, 3):
        writer.save_dashboard("a", 1, number, board(result(0)))
        writer.save_dashboard("a", 1, number, board(result(1)))
    writer.save_dashboard("b", 1, 1, board(result(0)))
    writer.save_tiles("a", 1, 1, [result(9)], "week")
    evict(cache, 0, frozenset({("a", 1), ("a", 3)}))
    assert [minutes(cache, number) for number in (1, 2, 3)] == [[1], [], [1]]
    assert cache.load_dashboard("b", 1, 1) is None
    assert not has(cache, 1, "week")


@pytest.mark.parametrize("seed", range(4))
def test_any_store_ends_below_the_limit_or_with_nothing_but_what_is_kept(cache, writer, seed):
    chance = random.Random(seed)
    for _ in range(60):
        where = ("a", 1, chance.randrange(5))
        tiles = [result(chance.randrange(30), chance.randrange(100, 30_000), n) for n in range(3)]
        if chance.random() < 0.3:
            writer.save_tiles(*where, tiles, chance.choice(["week", "day"]))
        else:
            writer.save_dashboard(*where, board(*tiles))
    kept = frozenset({("a", 0), ("a", 4)})
    before = {number: cache.load_tiles("a", 1, number) for number in (0, 4)}
    limit = chance.randrange(10**6)
    evict(cache, limit, kept)
    assert {number: cache.load_tiles("a", 1, number) for number in (0, 4)} == before
    rest = cache.all("select distinct dashboard, newest, filters from results", ())
    assert cache.run(0, used) <= limit or set(rest) <= {(0, 1, ""), (4, 1, "")}
    lost = "select count(*) from blobs where id not in (select blob from results)"
    assert cache.all(lost, ()) == [(0,)]


def test_steps_are_short_and_give_space_back_to_the_disk(cache, writer):
    for minute in range(40):
        writer.save_dashboard("a", 1, 1, board(result(minute, BYTES // 20)))
    large = file_size(cache)
    steps = evict(cache, BYTES)
    assert steps >= large // (BYTES + PAGES * 4096)
    assert minutes(cache, 1)[-1] == 39
    assert file_size(cache) <= BYTES + 4096 * 4


def test_a_file_of_the_first_versions_gives_space_back_too(cache, writer):
    cache.path.parent.mkdir()
    cache.path.touch()
    cache.run(None, lambda db: db.execute("pragma auto_vacuum=none"))
    cache.run(None, lambda db: db.execute("vacuum"))
    assert cache.all("pragma auto_vacuum", ()) == [(0,)]
    for minute in range(20):
        writer.save_dashboard("a", 1, 1, board(result(minute)))
    evict(cache, BIG * 3)
    assert file_size(cache) <= BIG * 3
    assert cache.all("pragma auto_vacuum", ()) == [(2,)]
