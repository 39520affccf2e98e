import os
import random
import sqlite3
import threading
from contextlib import closing

import pytest

from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_check import problems
from phdesk.store.cache_wipe import forget_account, wiping
from phdesk.store.cache_writing import Writer
from tests.store.builders import NOON, at

SECRET = bytes(range(256))  # does not shrink, so zlib stores it as it is


def noise(chance, most):
    return chance.randbytes(chance.randrange(most))


def fill(writer, account, chance):
    """Write lists, frames, results with history, filters and layouts, over each other."""
    for minute in range(30):
        digest = b"%d" % minute
        tiles = [CachedTile(n, SECRET + noise(chance, 9000), at(minute), digest) for n in range(3)]
        frame = SECRET + noise(chance, 500)
        writer.save_dashboard(account, 1, minute % 4, CachedDashboard(frame, tuple(tiles), NOON))
        writer.save_tiles(account, 1, 9, tiles, f"filters {minute}")
        writer.save_overlay(account, 1, minute, frame)
        writer.save_draft(account, 1, f"draft {minute}", frame)
        writer.look(account, 1, minute, NOON)
    writer.save_rows(account, 1, SECRET, NOON)
    writer.save_project(account, 1, SECRET)
    writer.save_around(account, 1, "annotations", SECRET)


def holds(cache, trace):
    return [file.name for file in cache.path.parent.iterdir() if trace in file.read_bytes()]


@pytest.mark.parametrize("seed", range(3))
def test_a_forgotten_account_leaves_no_byte_in_the_files(cache, writer, seed):
    fill(writer, "eu-ada", random.Random(seed))
    writer.save_dashboard("eu-bob", 1, 9, CachedDashboard(b"{}", (), NOON))
    assert holds(cache, SECRET[:99])
    forget_account(cache, "eu-ada")
    assert (holds(cache, SECRET[:99]), holds(cache, b"eu-ada")) == ([], [])
    assert cache.recent("eu-bob", 1) == (9,)
    assert problems(cache.path) == ()


def test_results_that_were_replaced_or_evicted_leave_no_byte_either(cache, writer):
    writer.save_tiles("eu-ada", 1, 9, [CachedTile(1, SECRET * 20, at(0))], "week")
    writer.save_tiles("eu-ada", 1, 9, [CachedTile(1, b"small", at(1))], "week")
    cache.close()  # moves all from the log into the file
    assert holds(cache, SECRET[:99]) == []


def test_names_that_look_alike_stay(cache, writer):
    for account in ("eu-ada", "EU-Ada", "eu_ada", "eu-ada%"):
        writer.save_rows(account, 1, b"[]", NOON)
    forget_account(cache, "eu-ada")
    left = [bool(cache.load_rows(one, 1)) for one in ("eu-ada", "EU-Ada", "eu_ada", "eu-ada%")]
    assert left == [False, True, True, True]


def test_everyone_can_be_cleared_without_touching_what_is_not_saved(cache, writer):
    for account in ("a", "b"):
        fill(writer, account, random.Random(1))
    for _ in wiping(cache, None, only_here=False):
        pass
    assert cache.all("select count(*) from results", ()) == [(0,)]
    assert [cache.load_rows(account, 1) for account in ("a", "b")] == [None, None]
    assert cache.load_overlay("a", 1, 3) is not None
    assert len(cache.load_drafts("a")) == 30
    assert cache.path.stat().st_size < 150_000


def test_files_that_were_set_aside_go_too(cache, writer):
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"eu-ada " * 1000)
    writer.save_rows("eu-ada", 1, b"[]", NOON)
    assert holds(cache, b"eu-ada eu-ada")
    forget_account(cache, "eu-ada")
    assert holds(cache, b"eu-ada") == []


def test_another_writer_never_waits_long_for_a_wipe(cache, writer, told):
    for number in range(5):
        tiles = tuple(CachedTile(n, os.urandom(20_000), NOON) for n in range(60))
        writer.save_dashboard("a", 1, number, CachedDashboard(b"{}", tiles, NOON))
    other = Cache(cache.path, told.append)
    other.run(None, lambda db: db.execute("pragma busy_timeout=500"))
    wiper = threading.Thread(target=forget_account, args=(cache, "a"))
    wiper.start()
    for number in range(30):
        Writer(other).save_overlay("b", 1, number, b"mine")
    wiper.join()
    assert cache.all("select count(*) from overlays", ()) == [(30,)]
    assert cache.all("select count(*) from results", ()) == [(0,)]
    assert told == []
    other.close()


def test_a_log_that_another_process_reads_is_told(cache, writer, told):
    writer.save_rows("a", 1, SECRET, NOON)
    other = Cache(cache.path)
    other.run(None, lambda db: db.execute("begin"))
    assert other.load_rows("a", 1) is not None
    cache.run(None, lambda db: db.execute("pragma busy_timeout=10"))
    forget_account(cache, "a")
    assert told == ["Another program reads the cache: its log is emptied when that one ends."]
    other.close()


def test_what_waits_for_a_busy_file_is_not_written_after_a_wipe(cache, writer):
    writer.save_rows("b", 1, b"[1]", NOON)
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        for account in ("a", "b"):
            writer.save_project(account, 1, b"{}")
        other.execute("rollback")
    forget_account(cache, "a")
    writer.flush()
    assert (cache.load_project("a", 1), cache.load_project("b", 1)) == (None, b"{}")
    writer.save_project("a", 1, b"{}")
    assert cache.load_project("a", 1) is None
    cache.admit("a")
    writer.save_project("a", 1, b"{}")
    assert cache.load_project("a", 1) == b"{}"
