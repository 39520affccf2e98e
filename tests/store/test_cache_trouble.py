import os
import shutil
import sqlite3
import stat
import subprocess
import threading
from contextlib import closing, contextmanager

import pytest
from msgspec.structs import replace

from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_check import info, look_over
from phdesk.store.cache_history import Look, last_look
from phdesk.store.cache_schema import MIGRATIONS, prepare
from phdesk.store.cache_trouble import mend
from phdesk.store.cache_writing import Writer
from tests.store.builders import NOON, at

HERE = ("eu-ada", 1, 9)
IN_MEMORY = "Until phdesk ends, everything is kept in memory only."
FULL = (
    "The disk is full. What was kept can still be read; until there is room, what is new stays in "
    "memory."
)
BOARD = CachedDashboard(b"frame", (CachedTile(1, b"[1]", NOON),), NOON)


def damage(path, offset, count):
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xff" * count)


def beside(cache):
    return sorted(file.name for file in cache.path.parent.iterdir())


def asides(cache):
    found = cache.path.parent.glob("*.bad-*")
    return [file for file in found if not file.name.endswith(("-wal", "-shm"))]


def test_a_file_that_is_no_database_is_set_aside(cache, writer, told):
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"not a database, " * 100)
    assert cache.load_dashboard(*HERE) is None
    writer.save_dashboard(*HERE, BOARD)
    assert cache.load_dashboard(*HERE).meta == b"frame"
    assert [file.read_bytes()[:5] for file in asides(cache)] == [b"not a"]
    assert len(told) == 1
    assert f"set aside as {asides(cache)[0]}" in told[0]
    assert "Layouts that were not saved to PostHog may be lost." in told[0]


def test_files_that_were_damaged_in_the_same_second_lie_side_by_side(cache, writer, told):
    cache.path.parent.mkdir()
    for text in (b"one", b"two", b"three"):
        cache.close()
        cache.path.write_bytes(text * 1000)
        assert cache.load_dashboard(*HERE) is None
    assert {file.read_bytes()[:3] for file in asides(cache)} == {b"one", b"two", b"thr"}
    assert len(told) == 3


def test_a_look_over_the_file_finds_damage_that_nothing_has_read_yet(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    assert look_over(cache)
    assert told == []
    root = cache.all("select rootpage from sqlite_master where name='dashboards'", ())[0][0]
    cache.close()
    damage(cache.path, (root - 1) * 4096, 4096)
    assert look_over(cache)  # that of the file which took its place
    assert len(asides(cache)) == 1
    assert "set aside" in told[0]


def test_what_exists_only_here_is_carried_over_from_a_damaged_file(cache, writer, told):
    for number in range(50):
        writer.save_overlay("eu-ada", 1, number, b"layout %d" % number)
    writer.save_draft("eu-ada", 1, "one", b"insight")
    writer.look(*HERE, at(5))
    writer.save_dashboard(
        *HERE, CachedDashboard(b"frame", (CachedTile(1, os.urandom(90_000), NOON),), NOON)
    )
    root = cache.all("select rootpage from sqlite_master where name='dashboards'", ())[0][0]
    cache.close()
    damage(cache.path, (root - 1) * 4096, 4096)
    assert cache.load_dashboard(*HERE) is None
    assert [cache.load_overlay("eu-ada", 1, number) for number in (0, 49)] == [
        b"layout 0",
        b"layout 49",
    ]
    assert last_look(cache, *HERE) == Look(at(5), None)
    assert len(told) == 1
    assert [one.data for one in cache.load_drafts("eu-ada")] == [b"insight"]
    assert told[0].endswith(
        "50 layouts of yours were carried over. 1 unsaved insight of yours was carried over."
    )


def test_around_a_damaged_page_all_other_layouts_are_saved_and_the_loss_is_told(
    cache, writer, told
):
    for number in range(200):
        writer.save_overlay("eu-ada", 1, number, os.urandom(300))
    kept = {number: cache.load_overlay("eu-ada", 1, number) for number in range(200)}
    packed = cache.all("select data from overlays where dashboard=100", ())[0][0]
    cache.close()
    damage(cache.path, cache.path.read_bytes().index(packed) // 4096 * 4096, 4096)
    for number in range(200):
        cache.load_overlay("eu-ada", 1, number)
    found = {number: cache.load_overlay("eu-ada", 1, number) for number in range(200)}
    saved = {number: data for number, data in found.items() if data}
    assert 150 < len(saved) < 200
    assert all(kept[number] == data for number, data in saved.items())
    assert told[0].endswith(
        f"{len(saved)} layouts of yours were carried over. "
        "Other layouts that were not saved to PostHog may be lost."
    )


def test_a_layout_that_is_in_the_log_only_is_carried_over(cache, writer, tmp_path, told):
    writer.save_dashboard(*HERE, BOARD)
    cache.close()
    writer.save_overlay(*HERE, b"mine")
    shutil.copytree(cache.path.parent, tmp_path / "crashed")  # as a crash leaves it, log and all
    crashed = Cache(tmp_path / "crashed" / "cache.sqlite3", told.append)
    other = sqlite3.connect(crashed.path)  # or else closing moves the log into the file
    other.execute("select count(*) from overlays").fetchone()
    root = cache.all("select rootpage from sqlite_master where name='dashboards'", ())[0][0]
    damage(crashed.path, (root - 1) * 4096, 4096)
    assert crashed.load_dashboard(*HERE) is None
    assert crashed.load_overlay(*HERE) == b"mine"
    assert "1 layout of yours was carried over." in told[0]
    other.close()
    crashed.close()


def test_a_file_without_its_tables_is_set_aside(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    with sqlite3.connect(cache.path) as db:
        db.execute("drop table dashboards")
    db.close()
    assert cache.load_dashboard(*HERE) is None
    writer.save_dashboard(*HERE, BOARD)
    assert cache.load_dashboard(*HERE).meta == b"frame"
    assert "set aside" in told[0]


def test_a_file_that_another_process_set_aside_takes_no_more_writes(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    other = Cache(cache.path)
    other.load_dashboard(*HERE)
    cache.path.rename(cache.path.with_name("moved"))
    for end in ("-wal", "-shm"):
        cache.path.with_name(f"{cache.path.name}{end}").unlink()
    Writer(other).save_overlay(*HERE, b"theirs")
    other.close()
    writer.save_overlay("eu-ada", 1, 8, b"mine")
    fresh = Cache(cache.path)
    assert fresh.load_overlay(*HERE) == b"theirs"
    assert fresh.load_overlay("eu-ada", 1, 8) == b"mine"
    fresh.close()
    assert told == []


def test_damage_that_two_threads_meet_is_mended_once(cache, writer, told):
    writer.save_overlay(*HERE, b"mine")
    writer.save_dashboard(*HERE, BOARD)
    root = cache.all("select rootpage from sqlite_master where name='dashboards'", ())[0][0]
    cache.close()
    damage(cache.path, (root - 1) * 4096, 4096)
    gate = threading.Barrier(4)

    def work():
        gate.wait()
        cache.load_dashboard(*HERE)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(told), len(asides(cache))) == (1, 1)
    assert cache.load_overlay(*HERE) == b"mine"


def test_a_connection_is_closed_when_its_thread_has_read(cache, writer):
    """Else the process may end: what is read is gone."""
    writer.save_dashboard(*HERE, BOARD)
    begun, order = threading.Event(), []

    def slow():
        begun.set()
        while cache.is_at(0):  # until somebody closes
            threading.Event().wait(0.001)
        order.append("read")
        return 1

    def read(db):
        db.create_function("slow", 0, slow)
        return db.execute("select slow()").fetchone()[0]

    def close():
        cache.close()
        order.append("closed")

    reading = threading.Thread(target=lambda: order.append(cache.run(None, read)))
    closing = threading.Thread(target=close)
    reading.start()
    assert begun.wait(5)
    closing.start()
    reading.join()
    closing.join()
    assert sorted(order, key=str) == [1, "closed", "read"]
    assert order.index("read") < order.index("closed")


def test_damage_of_a_file_that_was_replaced_meanwhile_is_no_news(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    trouble = sqlite3.DatabaseError("database disk image is malformed")
    trouble.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    cache.close()  # as the thread did that replaced it
    assert mend(cache, trouble, generation=0)
    assert cache.load_dashboard(*HERE).meta == b"frame"
    assert told == []


def test_a_newer_file_is_left_alone_and_this_run_lives_in_memory(cache, writer, told):
    writer.save_overlay(*HERE, b"theirs")
    cache.run(None, lambda db: db.execute("pragma user_version=99"))
    cache.close()
    before = cache.path.read_bytes()
    assert cache.load_overlay(*HERE) is None
    writer.save_dashboard(*HERE, BOARD)
    found = []
    thread = threading.Thread(target=lambda: found.append(cache.load_dashboard(*HERE)))
    thread.start()
    thread.join()
    assert found[0].meta == b"frame"
    assert (cache.path.read_bytes(), asides(cache)) == (before, [])
    assert [one.partition(", and is left as it is. ")[::2] for one in told] == [
        (f"{cache.path} was written by a newer phdesk", IN_MEMORY)
    ]
    assert not info(cache.path).ok


@pytest.mark.parametrize(
    "change",
    ["alter table results rename column digest to name;", "alter table results add column by;"],
    ids=["that no statement of ours fits", "that ours would fit"],
)
def test_a_file_that_a_newer_phdesk_takes_over_meanwhile_is_left_to_it(cache, writer, told, change):
    writer.save_overlay(*HERE, b"theirs")
    writer.save_dashboard(*HERE, BOARD)
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as db:
        prepare(db, (*MIGRATIONS, change))
        writer.save_dashboard(*HERE, replace(BOARD, tiles=(CachedTile(1, b"[2]", at(1)),)))
        assert cache.load_dashboard(*HERE).tiles[0].data == b"[2]"
        assert cache.load_overlay(*HERE) is None
        assert db.execute("select since from results").fetchall() == [(NOON.timestamp(),)]
    assert asides(cache) == []
    assert [one.partition(",")[0] for one in told] == [
        f"{cache.path} was written by a newer phdesk"
    ]


def test_a_newer_file_that_can_only_be_read_is_called_so(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    cache.run(None, lambda db: db.execute("pragma user_version=99"))
    cache.turn_to("read only")
    assert cache.load_dashboard(*HERE) is None
    assert "was written by a newer phdesk" in told[0]


def test_a_place_that_cannot_be_written_is_survived_in_memory(tmp_path, told):
    blocked = tmp_path / "file"
    blocked.write_text("")
    cache = Cache(blocked / "cache.sqlite3", told.append)
    Writer(cache).save_dashboard(*HERE, BOARD)
    assert cache.load_dashboard(*HERE).meta == b"frame"
    assert len(told) == 1
    assert told[0].endswith(IN_MEMORY)
    cache.close()


def test_a_full_disk_keeps_what_was_there_and_is_told_once(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    pages = cache._connection().execute("pragma page_count").fetchone()[0]
    cache._connection().execute(f"pragma max_page_count={pages}")
    large = CachedDashboard(b"new", (CachedTile(1, os.urandom(200_000), at(1)),), at(1))
    writer.save_dashboard(*HERE, large)
    layout = os.urandom(20_000)
    writer.save_overlay(*HERE, layout)
    writer.save_dashboard(*HERE, large)
    assert cache.load_dashboard(*HERE).meta == b"frame"
    assert told == [FULL]
    cache._connection().execute("pragma max_page_count=100000")
    writer.flush()
    assert cache.load_overlay(*HERE) == layout
    writer.save_dashboard(*HERE, large)
    assert cache.load_dashboard(*HERE).meta == b"new"


@contextmanager
def small_disk(tmp_path, size):
    """A file system of its own, which only root may mount."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.name != "posix" or os.geteuid():
        pytest.skip("only root can mount a small disk")
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_really_full(tmp_path, told):
    with small_disk(tmp_path, "512k") as place:
        cache = Cache(place / "cache.sqlite3", told.append)
        writer = Writer(cache)
        writer.save_dashboard(*HERE, BOARD)
        for number in range(5):
            large = CachedTile(1, os.urandom(200_000), at(number + 1))
            writer.save_tiles(*HERE, [large])
        assert cache.load_dashboard(*HERE).meta == b"frame"
        cache.close()
        (place / "filler").write_bytes(b"")
        again = Cache(cache.path, told.append)
        assert again.load_dashboard(*HERE).meta == b"frame"
        again.close()
    assert len(told) == 1
    assert told[0].startswith("The disk is full.")


def test_a_disk_without_room_for_an_empty_file_is_survived_in_memory(tmp_path, told):
    with small_disk(tmp_path, "16k") as place:
        (place / "filler").write_bytes(bytes(12 * 1024))
        cache = Cache(place / "cache.sqlite3", told.append)
        Writer(cache).save_dashboard(*HERE, BOARD)
        assert cache.load_dashboard(*HERE).meta == b"frame"
        cache.close()
    assert told == [f"The disk is full. {IN_MEMORY}"]


def test_a_disk_that_is_read_only_still_gives_what_it_has(tmp_path, told):
    with small_disk(tmp_path, "2m") as place:
        cache = Cache(place / "cache.sqlite3", told.append)
        Writer(cache).save_dashboard(*HERE, BOARD)
        cache.close()
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        assert cache.load_dashboard(*HERE) is not None
        writer = Writer(cache)
        writer.save_overlay(*HERE, b"mine")
        writer.save_overlay("eu-ada", 1, 8, b"mine")
        assert cache.load_dashboard(*HERE).meta == b"frame"
        assert cache.load_overlay(*HERE) is None
        cache.close()
    assert len(told) == 1
    assert told[0].startswith(f"phdesk cannot write to {place}. What was kept there can be read;")


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may write anyway")
def test_a_folder_that_is_read_only_still_gives_what_it_has(cache, writer, told):
    writer.save_dashboard(*HERE, BOARD)
    cache.close()
    cache.path.parent.chmod(0o500)
    try:
        assert cache.load_dashboard(*HERE).meta == b"frame"
        writer.save_overlay(*HERE, b"mine")
    finally:
        cache.path.parent.chmod(0o700)
    assert len(told) == 1


def test_all_files_are_for_their_owner_only(cache, writer):
    writer.save_rows("a", 1, b"[]", NOON)
    assert beside(cache) == ["cache.sqlite3", "cache.sqlite3-shm", "cache.sqlite3-wal"]
    modes = {stat.S_IMODE(file.stat().st_mode) for file in cache.path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(cache.path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_may_read_is_closed_to_them(cache, writer):
    writer.save_rows("a", 1, b"[]", NOON)
    cache.close()
    cache.path.chmod(0o644)
    writer.save_rows("a", 1, b"[]", NOON)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in cache.path.parent.iterdir()}
    assert modes == {0o600}
