import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_schema import MIGRATIONS, prepare, version
from tests.store.builders import NOON, at

ROOT = Path(__file__).parents[2]
HERE = ("eu-ada", 1, 9)


@pytest.fixture
def told():
    return []


@pytest.fixture
def cache(tmp_path, told):
    cache = Cache(tmp_path / "inner" / "cache.sqlite3", told.append)
    yield cache
    cache.close()


def dashboard(*tiles, meta=b"{}", when=NOON):
    return CachedDashboard(meta, tiles, when)


def tile(tile_id, data, minute):
    return CachedTile(tile_id, data, None if minute is None else at(minute))


def test_what_was_saved_comes_back(cache, told):
    saved = dashboard(tile(1, b"[1]", 0), tile(2, b"[2]", None), meta=b'{"name": "W"}')
    cache.save_dashboard(*HERE, saved)
    cache.save_rows("eu-ada", 1, b"[]", NOON)
    cache.save_project("eu-ada", 1, b"{}")
    assert cache.load_dashboard(*HERE) == saved
    assert cache.load_rows("eu-ada", 1).data == b"[]"
    assert cache.load_rows("eu-ada", 1).fetched_at == NOON
    assert cache.load_project("eu-ada", 1) == b"{}"
    assert told == []


def data_of(cache, filters=""):
    return {one.tile_id: one.data for one in cache.load_tiles(*HERE, filters)}


def test_results_of_one_set_of_filters_never_stand_in_for_those_of_another(cache):
    cache.save_dashboard(*HERE, dashboard(tile(1, b"month", 0), tile(2, b"month", 0)))
    cache.save_tiles(*HERE, [tile(1, b"week", 5)], "week")
    cache.save_tiles(*HERE, [tile(1, b"day", -9)], "day")
    assert data_of(cache) == {1: b"month", 2: b"month"}
    assert {one.data for one in cache.load_dashboard(*HERE).tiles} == {b"month"}
    assert data_of(cache, "week") == {1: b"week"}
    assert data_of(cache, "day") == {1: b"day"}
    assert data_of(cache, "year") == {}
    cache.save_tiles(*HERE, [tile(1, b"older week", 4)], "week")
    assert data_of(cache, "week") == {1: b"week"}, "newer wins within its set"


def test_a_saved_set_becomes_the_dashboards_own(cache):
    cache.save_dashboard(*HERE, dashboard(tile(1, b"month", 9), tile(2, b"month", 9)))
    cache.save_tiles(*HERE, [tile(1, b"week", 0)], "week")
    cache.adopt_tiles(*HERE, "week")
    assert data_of(cache) == {1: b"week"}
    assert data_of(cache, "week") == {}


def test_only_the_newest_sets_of_a_dashboard_are_kept(cache, monkeypatch):
    monkeypatch.setattr("phdesk.store.cache.MOST_SETS", 2)
    cache.save_tiles(*HERE, [tile(1, b"own", -99)])
    cache.save_tiles("eu-ada", 1, 8, [tile(1, b"elsewhere", -99)], "a")
    for minute, name in enumerate("abc"):
        cache.save_tiles(*HERE, [tile(1, name.encode(), minute)], name)
    assert [data_of(cache, name) for name in ("a", "b", "c")] == [{}, {1: b"b"}, {1: b"c"}]
    cache.save_tiles(*HERE, [tile(1, b"old but new here", -50)], "d")
    assert data_of(cache, "d") == {1: b"old but new here"}
    assert data_of(cache) == {1: b"own"}
    assert cache.load_tiles("eu-ada", 1, 8, "a")


def test_a_tile_that_left_the_dashboard_leaves_all_sets(cache):
    cache.save_dashboard(*HERE, dashboard(tile(1, b"x", 0)))
    cache.save_tiles(*HERE, [tile(1, b"x", 0), tile(2, b"y", 0)], "week")
    cache.save_dashboard(*HERE, dashboard(tile(1, b"x", 0)), keep=[1])
    assert data_of(cache, "week") == {1: b"x"}


def test_what_was_never_saved_is_a_miss(cache, told):
    assert cache.load_dashboard(*HERE) is None
    assert cache.load_rows("eu-ada", 1) is None
    assert cache.load_project("eu-ada", 1) is None
    assert told == []


@pytest.mark.parametrize(
    ("minutes", "kept"), [((0, 5), 5), ((5, 0), 5), ((5, None), 5), ((None, 0), 0)], ids=str
)
def test_a_newer_answer_is_never_overwritten_by_an_older_one(cache, minutes, kept):
    for minute in minutes:
        cache.save_tiles(*HERE, [tile(1, b"%d" % (minute or -1), minute)])
    cache.save_dashboard(*HERE, dashboard())
    assert cache.load_dashboard(*HERE).tiles == (tile(1, b"%d" % (kept or -1), kept),)


def test_an_older_frame_does_not_overwrite_a_newer_one(cache):
    cache.save_dashboard(*HERE, dashboard(meta=b"new", when=at(5)))
    cache.save_dashboard(*HERE, dashboard(meta=b"old", when=at(0)))
    assert cache.load_dashboard(*HERE).meta == b"new"


def test_tiles_that_left_the_dashboard_are_dropped(cache):
    cache.save_dashboard(*HERE, dashboard(tile(1, b"1", 0), tile(2, b"2", 0)))
    cache.save_dashboard(*HERE, dashboard(), keep=[2])
    assert [each.tile_id for each in cache.load_dashboard(*HERE).tiles] == [2]


def test_accounts_and_projects_are_kept_apart(cache):
    cache.save_dashboard("a", 1, 9, dashboard(meta=b"a1"))
    cache.save_dashboard("a", 2, 9, dashboard(meta=b"a2"))
    cache.save_dashboard("b", 1, 9, dashboard(meta=b"b1"))
    found = [cache.load_dashboard(*key).meta for key in (("a", 1, 9), ("a", 2, 9), ("b", 1, 9))]
    assert found == [b"a1", b"a2", b"b1"]


def test_a_forgotten_account_leaves_no_trace_in_the_files(cache):
    secret = bytes(range(256))  # does not shrink, so zlib stores it as it is
    cache.save_dashboard("a", 1, 9, dashboard(tile(1, secret, 0), meta=b"meta"))
    cache.save_rows("a", 1, secret, NOON)
    cache.save_dashboard("b", 1, 9, dashboard())
    assert any(secret[:99] in file.read_bytes() for file in cache.path.parent.iterdir())
    cache.forget_account("a")
    assert not any(secret[:99] in file.read_bytes() for file in cache.path.parent.iterdir())
    assert (cache.recent("a", 1), cache.recent("b", 1)) == ((), (9,))


def test_the_last_saved_is_the_most_recent(cache):
    for number in (1, 2, 3, 1):
        cache.save_dashboard("a", 1, number, dashboard())
    assert cache.recent("a", 1) == (1, 3, 2)


def test_pruning_keeps_the_most_recent(cache):
    for number in (1, 2, 3):
        cache.save_dashboard("a", 1, number, dashboard(tile(1, os.urandom(100_000), 0)))
    cache.close()  # moves all from the log into the file
    cache.prune(cap=250_000)
    assert cache.recent("a", 1) == (3, 2)
    assert cache.check().tiles == 2


def test_pruning_takes_temporary_filters_before_dashboards(cache):
    for number in (1, 2):
        cache.save_dashboard("a", 1, number, dashboard(tile(1, os.urandom(100_000), 0)))
    cache.save_tiles("a", 1, 2, [tile(1, os.urandom(100_000), 0)], "week")
    cache.close()
    cache.prune(cap=250_000)
    assert cache.recent("a", 1) == (2, 1)
    assert cache.load_tiles("a", 1, 2, "week") == ()


def test_the_file_is_for_its_owner_only(cache):
    cache.save_rows("a", 1, b"[]", NOON)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in cache.path.parent.iterdir()}
    assert modes == {0o600}


def test_the_check_counts(cache):
    cache.save_rows("a", 1, b"[]", NOON)
    cache.save_dashboard("a", 1, 9, dashboard(tile(1, b"1", 0)))
    report = cache.check()
    assert (report.ok, report.message) == (True, "ok")
    assert (report.lists, report.dashboards, report.tiles) == (1, 1, 1)
    assert report.size > 0


def test_a_file_that_is_no_database_is_set_aside(cache, told):
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"not a database, " * 100)
    assert cache.load_dashboard(*HERE) is None
    cache.save_dashboard(*HERE, dashboard())
    assert cache.load_dashboard(*HERE) is not None
    assert [file.read_bytes()[:5] for file in cache.path.parent.glob("*.bad-*")] == [b"not a"]
    assert len(told) == 1
    assert "set aside" in told[0]


def test_a_damaged_page_is_set_aside(cache, told):
    cache.save_dashboard(*HERE, dashboard(tile(1, os.urandom(50_000), 0)))
    cache.close()
    with cache.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_000)
    cache.load_dashboard(*HERE)
    cache.save_dashboard(*HERE, dashboard())
    assert cache.load_dashboard(*HERE) == dashboard()
    assert told


def test_a_file_of_a_newer_version_is_set_aside(cache, told):
    cache.path.parent.mkdir()
    with sqlite3.connect(cache.path) as db:
        db.execute("pragma user_version=99")
    db.close()
    assert cache.load_dashboard(*HERE) is None
    assert "newer version (99)" in told[0]
    cache.save_dashboard(*HERE, dashboard())
    assert cache.load_dashboard(*HERE) == dashboard()


@pytest.mark.parametrize("change", ["codec=7", "data=x'00ff'"])
def test_an_entry_that_cannot_be_unpacked_is_a_miss_and_goes(cache, told, change):
    cache.save_dashboard(*HERE, dashboard(tile(1, b"1", 0), tile(2, b"2", 0)))
    with sqlite3.connect(cache.path) as db:
        db.execute(f"update tiles set {change} where tile=1")
    db.close()
    assert [each.tile_id for each in cache.load_dashboard(*HERE).tiles] == [2]
    assert cache.check().tiles == 1
    assert told == ["A damaged entry was dropped from the cache."]


def test_a_place_that_cannot_be_written_is_survived(tmp_path, told):
    blocked = tmp_path / "file"
    blocked.write_text("")
    cache = Cache(blocked / "cache.sqlite3", told.append)
    cache.save_dashboard(*HERE, dashboard())
    assert cache.load_dashboard(*HERE) is None
    assert not cache.check().ok
    assert len(told) == 1


def test_a_full_disk_is_survived(cache, told):
    cache.save_dashboard(*HERE, dashboard(meta=b"old"))
    pages = cache._connection().execute("pragma page_count").fetchone()[0]
    cache._connection().execute(f"pragma max_page_count={pages}")
    cache.save_dashboard(*HERE, dashboard(tile(1, os.urandom(200_000), 0), meta=b"new"))
    assert cache.load_dashboard(*HERE).meta == b"old"
    assert len(told) == 1
    assert "full" in told[0]


def test_two_threads_have_a_connection_each(cache):
    cache.save_dashboard(*HERE, dashboard())
    found = []

    def work():
        cache.save_tiles(*HERE, [tile(1, b"1", 0)])
        found.append(cache._connection())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found[0] is not cache._connection()
    assert len(cache.load_dashboard(*HERE).tiles) == 1


def test_an_older_schema_is_brought_up_to_date(tmp_path):
    db = sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)
    prepare(db, MIGRATIONS)
    db.execute("insert into projects values ('a', 1, 1, x'00')")
    prepare(db, (*MIGRATIONS, "alter table projects add column note text; create table more (x)"))
    assert version(db) == len(MIGRATIONS) + 1
    assert db.execute("select account, note from projects").fetchall() == [("a", None)]
    db.close()


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from phdesk.store.cache import Cache, CachedDashboard, CachedTile

cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
start = int(sys.argv[2])
for number in range(start, start + 10**6):
    when = datetime.fromtimestamp(1_700_000_000 + number, UTC)
    data = str(number).encode() * 2_000
    tiles = tuple(CachedTile(tile, data, when) for tile in range(6))
    cache.save_dashboard("a", 1, number % 3, CachedDashboard(data, tiles, when))
    if number == start + 2:
        print("writing", flush=True)
"""


def test_a_killed_writer_leaves_a_whole_cache(tmp_path):
    path = tmp_path / "cache.sqlite3"
    for life in range(20):
        command = [sys.executable, "-c", WRITER, str(path), str(life * 10**6)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        with writer:
            assert writer.stdout.readline() == b"ready\n"
            assert writer.stdout.readline() == b"writing\n"
            writer.send_signal(signal.SIGKILL)
        told = []
        cache = Cache(path, told.append)
        assert cache.check().message == "ok"
        for number in cache.recent("a", 1):
            found = cache.load_dashboard("a", 1, number)
            assert {each.data for each in found.tiles} == {found.meta}  # all of one write
        assert told == []
        cache.close()
