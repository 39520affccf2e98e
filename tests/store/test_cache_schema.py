import sqlite3
import threading
import zlib
from contextlib import closing

import pytest

from phdesk.store.cache import Cache
from phdesk.store.cache_file import VERSION
from phdesk.store.cache_history import moments, state_at
from phdesk.store.cache_schema import MIGRATIONS, prepare, version
from phdesk.store.cache_writing import Writer
from tests.store.builders import NOON, at

KEY = ("eu-ada", 1, 9)


def packed(text):
    return zlib.compress(text, 1)


def old_file(path, schema):
    """Make a file as the version of that schema left it."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma journal_mode=wal")
    prepare(db, MIGRATIONS[: min(schema, 3)])
    stamp = NOON.timestamp()
    db.execute("insert into projects values ('eu-ada', 1, 1, ?)", (packed(b"project"),))
    db.execute("insert into lists values ('eu-ada', 1, 1, ?, ?)", (packed(b"rows"), stamp))
    frame = (*KEY, 1, packed(b"frame"), stamp, stamp)
    db.execute("insert into dashboards values (?, ?, ?, ?, ?, ?, ?)", frame)
    for tile, filters, data in ((1, "", b"own"), (1, "week", b"week"), (2, "", b"two")):
        values = (*KEY, tile, filters, 1, packed(data), stamp if tile == 1 else 0.0)
        db.execute("insert into tiles values (?, ?, ?, ?, ?, ?, ?, ?)", values)
    if schema >= 2:
        db.execute("insert into around values ('eu-ada', 1, 'themes', 1, ?)", (packed(b"themes"),))
    if schema >= 3:
        db.execute("insert into overlays values (?, ?, ?, 1, ?)", (*KEY, packed(b"layout")))
    if schema >= 4:
        prepare(db, MIGRATIONS[:schema])
    db.close()


@pytest.mark.parametrize("schema", range(1, VERSION))
def test_a_file_of_each_older_version_is_brought_up_to_date(tmp_path, told, schema):
    path = tmp_path / "cache.sqlite3"
    old_file(path, schema)
    cache = Cache(path, told.append)
    found = cache.load_dashboard(*KEY)
    assert (found.meta, found.fetched_at) == (b"frame", NOON)
    assert [(one.tile_id, one.data, one.computed_at) for one in found.tiles] == [
        (1, b"own", NOON),
        (2, b"two", None),
    ]
    assert [one.data for one in cache.load_tiles(*KEY, "week")] == [b"week"]
    assert (cache.load_project("eu-ada", 1), cache.load_rows("eu-ada", 1).data) == (
        b"project",
        b"rows",
    )
    assert cache.load_around("eu-ada", 1, "themes") == (b"themes" if schema >= 2 else None)
    assert cache.load_overlay(*KEY) == (b"layout" if schema >= 3 else None)
    Writer(cache).save_tiles(*KEY, [found.tiles[0]])
    assert [one.at for one in moments(cache, *KEY)] == [NOON]
    assert [one.data for one in state_at(cache, *KEY, at(1))] == [b"own"]
    assert cache.all("pragma user_version", ()) == [(VERSION,)]
    assert told == []
    cache.close()


RELEASED = (3924562227, 2847507904, 3602671068, 3883685407, 1521172062, 1694305541, 1286146609)


def test_no_step_is_changed_once_people_have_files_of_it():
    words = [" ".join(script.split()) for script in MIGRATIONS]
    assert tuple(zlib.crc32(one.encode()) for one in words) == RELEASED
    assert len(MIGRATIONS) == VERSION


def test_what_was_not_saved_under_an_older_version_is_there_still(tmp_path, told):
    path = tmp_path / "cache.sqlite3"
    old_file(path, 6)
    with closing(sqlite3.connect(path)) as db, db:
        line = "insert into around values ('eu-ada', ?, 'unsaved insight', 1, ?)"
        built = bytes(range(100))
        db.executemany(line, [(1, packed(built)), (2, packed(b"null"))])
    cache = Cache(path, told.append)
    assert [one.data for one in cache.load_drafts("eu-ada")] == [built]
    assert cache.load_around("eu-ada", 1, "unsaved insight") is None
    cache.close()


def test_a_migration_that_fails_changes_nothing(tmp_path):
    db = sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)
    prepare(db, MIGRATIONS)
    with pytest.raises(sqlite3.OperationalError):
        prepare(db, (*MIGRATIONS, "create table more (x);\ncreate table more (x);"))
    assert version(db) == len(MIGRATIONS)
    assert db.execute("select name from sqlite_master where name='more'").fetchall() == []
    db.close()


def test_an_older_file_on_a_full_disk_is_left_as_it_is(tmp_path, told, monkeypatch):
    path = tmp_path / "cache.sqlite3"
    old_file(path, 3)
    before = path.read_bytes()

    def cramped(db):
        if db.execute("pragma database_list").fetchone()[2]:  # not for the one in memory
            pages = db.execute("pragma page_count").fetchone()[0]
            db.execute(f"pragma max_page_count={pages}")
        prepare(db)

    monkeypatch.setattr("phdesk.store.cache_schema.prepare", cramped)
    cache = Cache(path, told.append)
    assert cache.load_dashboard(*KEY) is None
    cache.close()
    assert path.read_bytes() == before
    assert told == ["The disk is full. Until phdesk ends, everything is kept in memory only."]


def test_several_threads_may_meet_an_older_file_at_once(tmp_path, told):
    path = tmp_path / "cache.sqlite3"
    old_file(path, 1)
    cache = Cache(path, told.append)
    gate, found = threading.Barrier(4), []

    def work():
        gate.wait()
        found.append(cache.load_dashboard(*KEY).meta)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, told) == ([b"frame"] * 4, [])
    cache.close()
