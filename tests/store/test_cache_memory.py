"""The cache keeps little of its file in memory, however much of it was read."""

import ctypes
import ctypes.util
import random
import sqlite3
import sys
from contextlib import closing

import pytest

from phdesk.store.cache import CachedDashboard, CachedTile
from tests.store.builders import NOON

SQLITE = ctypes.util.find_library("sqlite3") if sys.platform == "linux" else None
TILES, SIZE = 200, 60_000  # 12 MB
ROOM = 300_000  # bytes: two connections, each with 64 KiB of pages and what it knows of tables


@pytest.fixture
def taken():
    """Give a function that weighs all that SQLite holds of this process, in bytes."""
    library = ctypes.CDLL(SQLITE)
    library.sqlite3_memory_used.restype = ctypes.c_int64
    with closing(sqlite3.connect(":memory:")):
        if not library.sqlite3_memory_used():
            pytest.skip("Python brings an SQLite of its own")
    return library.sqlite3_memory_used


@pytest.mark.skipif(SQLITE is None, reason="needs the system's SQLite")
def test_much_that_was_read_takes_little(cache, writer, taken):
    chance = random.Random(1)
    saved = [CachedTile(number, chance.randbytes(SIZE), NOON) for number in range(TILES)]
    cache.load_dashboard("eu-ada", 1, 1)
    before = taken()
    for board in range(10):
        tiles = tuple(saved[board * 20 : board * 20 + 20])
        writer.save_dashboard("eu-ada", 1, board, CachedDashboard(b"{}", tiles, NOON))
    for board in range(10):
        assert len(cache.load_dashboard("eu-ada", 1, board).tiles) == 20
    assert taken() - before < ROOM
