import sqlite3
import stat
import threading

import pytest

from phdesk.store.cache import CachedDashboard, CachedTile
from phdesk.store.cache_check import info
from tests.store.builders import NOON, at

HERE = ("eu-ada", 1, 9)


def dashboard(*tiles, meta=b"{}", when=NOON):
    return CachedDashboard(meta, tiles, when)


def tile(tile_id, data, minute, question=b""):
    return CachedTile(tile_id, data, None if minute is None else at(minute), question=question)


def test_what_was_saved_comes_back(cache, writer, told):
    saved = dashboard(tile(1, b"[1]", 0), tile(2, b"[2]", None), meta=b'{"name": "W"}')
    writer.save_dashboard(*HERE, saved)
    writer.save_rows("eu-ada", 1, b"[]", NOON)
    writer.save_project("eu-ada", 1, b"{}")
    assert cache.load_dashboard(*HERE) == saved
    assert cache.load_rows("eu-ada", 1).data == b"[]"
    assert cache.load_rows("eu-ada", 1).fetched_at == NOON
    assert cache.load_project("eu-ada", 1) == b"{}"
    assert told == []


def data_of(cache, filters=""):
    return {one.tile_id: one.data for one in cache.load_tiles(*HERE, filters)}


def test_results_of_one_set_of_filters_never_stand_in_for_those_of_another(cache, writer):
    writer.save_dashboard(*HERE, dashboard(tile(1, b"month", 0), tile(2, b"month", 0)))
    writer.save_tiles(*HERE, [tile(1, b"week", 5)], "week")
    writer.save_tiles(*HERE, [tile(1, b"day", -9)], "day")
    assert data_of(cache) == {1: b"month", 2: b"month"}
    assert {one.data for one in cache.load_dashboard(*HERE).tiles} == {b"month"}
    assert data_of(cache, "week") == {1: b"week"}
    assert data_of(cache, "day") == {1: b"day"}
    assert data_of(cache, "year") == {}
    writer.save_tiles(*HERE, [tile(1, b"older week", 4)], "week")
    assert data_of(cache, "week") == {1: b"week"}, "newer wins within its set"


def test_a_saved_set_becomes_the_dashboards_own(cache, writer):
    writer.save_dashboard(*HERE, dashboard(tile(1, b"month", 9), tile(2, b"month", 9)))
    writer.save_tiles(*HERE, [tile(1, b"week", 0, b"of a week")], "week")
    writer.adopt_tiles(*HERE, "week")
    assert data_of(cache) == {1: b"week"}
    assert data_of(cache, "week") == {}


def test_only_the_newest_sets_of_a_dashboard_are_kept(cache, writer, monkeypatch):
    monkeypatch.setattr("phdesk.store.cache_writing.MOST_SETS", 2)
    writer.save_tiles(*HERE, [tile(1, b"own", -99)])
    writer.save_tiles("eu-ada", 1, 8, [tile(1, b"elsewhere", -99)], "a")
    for minute, name in enumerate("abc"):
        writer.save_tiles(*HERE, [tile(1, name.encode(), minute)], name)
    assert [data_of(cache, name) for name in ("a", "b", "c")] == [{}, {1: b"b"}, {1: b"c"}]
    writer.save_tiles(*HERE, [tile(1, b"old but new here", -50)], "d")
    assert data_of(cache, "d") == {1: b"old but new here"}
    assert data_of(cache) == {1: b"own"}
    assert cache.load_tiles("eu-ada", 1, 8, "a")


def test_a_tile_that_left_the_dashboard_leaves_all_sets(cache, writer):
    writer.save_dashboard(*HERE, dashboard(tile(1, b"x", 0)))
    writer.save_tiles(*HERE, [tile(1, b"x", 0), tile(2, b"y", 0)], "week")
    writer.save_dashboard(*HERE, dashboard(tile(1, b"x", 0)), keep=[1])
    assert data_of(cache, "week") == {1: b"x"}


def test_what_was_never_saved_is_a_miss(cache, writer, told):
    assert cache.load_dashboard(*HERE) is None
    assert cache.load_rows("eu-ada", 1) is None
    assert cache.load_project("eu-ada", 1) is None
    assert told == []


@pytest.mark.parametrize(
    ("minutes", "kept"), [((0, 5), 5), ((5, 0), 5), ((5, None), 5), ((None, 0), 0)], ids=str
)
def test_a_newer_answer_is_never_overwritten_by_an_older_one(cache, writer, minutes, kept):
    for minute in minutes:
        writer.save_tiles(*HERE, [tile(1, b"%d" % (minute or -1), minute)])
    writer.save_dashboard(*HERE, dashboard())
    assert cache.load_dashboard(*HERE).tiles == (tile(1, b"%d" % (kept or -1), kept),)


def test_an_older_frame_does_not_overwrite_a_newer_one(cache, writer):
    writer.save_dashboard(*HERE, dashboard(meta=b"new", when=at(5)))
    writer.save_dashboard(*HERE, dashboard(meta=b"old", when=at(0)))
    assert cache.load_dashboard(*HERE).meta == b"new"


def test_a_clock_that_ran_ahead_stops_no_frame_and_no_list_once_it_is_right(cache, writer):
    for day, data in ((1, b"ahead"), (0, b"right")):
        writer.save_dashboard(*HERE, dashboard(meta=data, when=at(day * 1440)))
        writer.save_rows(*HERE[:2], data, at(day * 1440))
    assert cache.load_dashboard(*HERE).meta == b"right"
    assert cache.load_rows(*HERE[:2]).data == b"right"


def test_tiles_that_left_the_dashboard_are_dropped(cache, writer):
    writer.save_dashboard(*HERE, dashboard(tile(1, b"1", 0), tile(2, b"2", 0)))
    writer.save_dashboard(*HERE, dashboard(), keep=[2])
    assert [each.tile_id for each in cache.load_dashboard(*HERE).tiles] == [2]


def test_accounts_and_projects_are_kept_apart(cache, writer):
    writer.save_dashboard("a", 1, 9, dashboard(meta=b"a1"))
    writer.save_dashboard("a", 2, 9, dashboard(meta=b"a2"))
    writer.save_dashboard("b", 1, 9, dashboard(meta=b"b1"))
    found = [cache.load_dashboard(*key).meta for key in (("a", 1, 9), ("a", 2, 9), ("b", 1, 9))]
    assert found == [b"a1", b"a2", b"b1"]


def test_the_last_saved_is_the_most_recent(cache, writer):
    for number in (1, 2, 3, 1):
        writer.save_dashboard("a", 1, number, dashboard())
    assert cache.recent("a", 1) == (1, 3, 2)


def test_the_file_is_for_its_owner_only(cache, writer):
    writer.save_rows("a", 1, b"[]", NOON)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in cache.path.parent.iterdir()}
    assert modes == {0o600}


@pytest.mark.parametrize("change", ["codec=7", "data=x'00ff'"])
def test_an_entry_that_cannot_be_unpacked_is_a_miss_and_goes(cache, writer, told, change):
    writer.save_dashboard(*HERE, dashboard(tile(1, b"1", 0), tile(2, b"2", 0)))
    with sqlite3.connect(cache.path) as db:
        db.execute(f"update blobs set {change} where id=(select blob from results where tile=1)")
    db.close()
    assert [each.tile_id for each in cache.load_dashboard(*HERE).tiles] == [2]
    assert info(cache.path).results == 1
    assert told == ["A damaged entry was dropped from the cache."]


def test_what_is_in_memory_goes_when_the_cache_is_closed(cache, writer):
    cache.turn_to("memory")
    writer.save_dashboard(*HERE, dashboard(tile(1, b"1", 0)))
    cache.turn_to("memory")  # two threads may find at once that the disk is of no use
    assert cache.load_dashboard(*HERE) is not None
    cache.close()
    assert cache.load_dashboard(*HERE) is None


def test_two_threads_have_a_connection_each(cache, writer):
    writer.save_dashboard(*HERE, dashboard())
    found = []

    def work():
        writer.save_tiles(*HERE, [tile(1, b"1", 0)])
        found.append(cache._connection())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found[0] is not cache._connection()
    assert len(cache.load_dashboard(*HERE).tiles) == 1
