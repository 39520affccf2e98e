"""Two programs on one file: the app and a command."""

import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

from phdesk.store.cache import Cache, CachedTile
from tests.store.builders import at

ROOT = Path(__file__).parents[2]
HERE = ("a", 1, 9)
WRITER = """
import json, sys
from pathlib import Path
from phdesk.store.cache import Cache, CachedTile
from phdesk.store.cache_writing import Writer
from tests.store.builders import at

told = []
writer = Writer(Cache(Path(sys.argv[1]), told.append))
print("ready", flush=True)
sys.stdin.readline()
first = int(sys.argv[2])
for number in range(first, first + 150):
    writer.save_overlay("a", 1, number, b"%d" % number)
    writer.save_tiles("a", 1, 9, [CachedTile(1, b"%d" % number, at(number), b"%d" % number)])
print(json.dumps(told))
"""


def test_two_processes_make_a_new_file_and_write_into_it_at_once(tmp_path):
    path = tmp_path / "cache.sqlite3"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(first)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first in (0, 1000)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate()[0] for writer in writers]
    assert [json.loads(one) for one in said] == [[], []]
    cache = Cache(path)
    assert cache.all("select count(*) from overlays", ()) == [(300,)]
    assert cache.all("select count(*) from results", ()) == [(300,)]
    assert [tile.data for tile in cache.load_tiles(*HERE)] == [b"1149"]
    cache.close()


def hold(path):
    """Be another program in the middle of a long write."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("begin immediate")
    return db


def test_a_write_waits_for_another_program(cache, writer, told):
    writer.save_overlay(*HERE, b"old")
    other = hold(cache.path)
    thread = threading.Thread(target=writer.save_overlay, args=(*HERE, b"new"))
    thread.start()
    assert cache.load_overlay(*HERE) == b"old", "who reads never waits"
    other.execute("commit")
    other.close()
    thread.join()
    assert (cache.load_overlay(*HERE), told) == (b"new", [])


def test_what_another_program_delays_for_too_long_is_written_later_in_order(cache, writer, told):
    writer.save_overlay("a", 1, 1, b"there")
    cache.run(None, lambda db: db.execute("pragma busy_timeout=1"))
    other = hold(cache.path)
    for number in (1, 2):
        writer.save_overlay("a", 1, 1, b"%d" % number)
    writer.drop_overlay("a", 1, 2)
    writer.save_overlay("a", 1, 2, b"second")
    writer.save_tiles(*HERE, [CachedTile(1, b"[1]", at(0))])
    assert cache.load_overlay("a", 1, 1) == b"there"
    other.execute("commit")
    other.close()
    writer.save_overlay("a", 1, 3, b"third")
    found = [cache.load_overlay("a", 1, number) for number in (1, 2, 3)]
    assert found == [b"2", b"second", b"third"]
    assert [tile.data for tile in cache.load_tiles(*HERE)] == [b"[1]"]
    assert told == []


def test_what_waits_is_written_at_the_end(cache, writer):
    writer.save_overlay(*HERE, b"old")
    cache.run(None, lambda db: db.execute("pragma busy_timeout=1"))
    other = hold(cache.path)
    writer.save_overlay(*HERE, b"new")
    other.execute("commit")
    other.close()
    writer.flush()
    assert cache.load_overlay(*HERE) == b"new"


def test_a_damaged_entry_is_dropped_without_waiting(cache, writer, told):
    writer.save_tiles(*HERE, [CachedTile(1, b"[1]", at(0))])
    cache.run(None, lambda db: db.execute("update blobs set codec=9"))
    other = hold(cache.path)
    cache.run(None, lambda db: db.execute("pragma busy_timeout=600000"))
    assert cache.load_tiles(*HERE) == ()
    other.execute("rollback")
    other.close()
    assert cache.all("pragma busy_timeout", ()) == [(600000,)]
    assert told == ["A damaged entry was dropped from the cache."]
