"""The store as it grows to 1 GB: loading dashboards, writing results, rewind, evicting; CPU time.

What a person waits for must not depend on how much is kept: each figure is compared with the same
one of a store of 10 MB, measured in turn in the same run.
"""

import math
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Raw

from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.insight import Insight
from phdesk.store.cache import Cache
from phdesk.store.cache_eviction import evict_some
from phdesk.store.cache_history import changed_since, moments, state_at
from phdesk.store.cache_results import ADD, ADD_BLOB
from phdesk.store.cache_writing import Writer
from phdesk.store.documents import unpack_dashboard
from phdesk.store.packing import pack_dashboard, question_of

MEGABYTES = (10, 100, 1000)
BOARDS = {1: 12, 2: 24, 3: 60, **dict.fromkeys(range(4, 14), 20)}  # tiles by dashboard
START = datetime(2026, 1, 5, tzinfo=UTC)
STEP = timedelta(minutes=30)
REPEATS = 15
QUERY = Raw(b'{"kind": "TrendsQuery"}')
QUESTION = question_of(Insight(query=QUERY))
# A store of a hundred times the size has a tree of one or two more levels: about a third more
# pages on the way to a blob. Beyond that something walks over what it does not need. Moments of
# rewind are as many as there are, so that listing them is compared by the moment.
BUDGETS = {
    "load 12 tiles": 1.5,
    "load 24 tiles": 1.5,
    "load 60 tiles": 1.5,
    "write 60 results": 2.0,
    "60 tiles at a moment": 2.0,
    "what changed since": 2.0,
    "a moment in the list": 2.0,
    "one step of evicting": 3.0,
}


def insight(chance, when):
    """Make an answer of 5 to 10 series of 30 to 365 days, 20 to 250 kB as JSON."""
    days = chance.choice((30, 90, 365))
    labels = [f"{n % 28 + 1}-Nov-2026" for n in range(days)]
    series = [
        {
            "label": f"Series {n}",
            "data": [
                round(1000 * math.sin(day / 9 + n) + chance.random() * 99) for day in range(days)
            ],
            "labels": labels,
            "days": labels,
        }
        for n in range(chance.choice((5, 10)))
    ]
    result = Raw(msgspec.json.encode(series))
    return Insight(id=1, name="Signups", query=QUERY, result=result, last_refresh=when)


def board(chance, number, when):
    """Make a dashboard whose results are all new."""
    tiles = tuple(Tile(id=n, insight=insight(chance, when)) for n in range(BOARDS[number]))
    return Dashboard(row=DashboardRow(id=number, name=f"Board {number}"), tiles=tiles)


def filled(path, megabytes, pool):
    """Fill a store by refreshing its dashboards in turn, as hours and days do; gives the rounds."""
    cache, chance = Cache(path), random.Random(1)
    writer = Writer(cache)
    for number in BOARDS:
        writer.save_dashboard("a", 1, number, pack_dashboard(board(chance, number, START), START))
    # Past results go straight into the tables: packing a gigabyte is not what is measured.
    cache.run(None, lambda db: db.execute("begin immediate"))
    total, rounds = 0, 0
    while total < megabytes * 1e6:
        rounds += 1
        stamp = (START - STEP * rounds).timestamp()
        for number, tiles in BOARDS.items():
            for tile in range(tiles):
                blob = chance.choice(pool)
                total += len(blob)
                cache.run(None, partial(add, where=(number, tile), stamp=stamp, blob=blob))
    cache.run(None, lambda db: db.execute("commit"))
    cache.run(None, lambda db: db.execute("pragma wal_checkpoint(truncate)"))
    cache.close()
    return rounds


def add(db, where, stamp, blob):
    """Put a result of the past into the tables."""
    number = db.execute(ADD_BLOB, (1, blob)).lastrowid
    run = (stamp, stamp, False, stamp.hex().encode(), len(blob), number)
    db.execute(ADD, ("a", 1, where[0], "", where[1], QUESTION, *run))


def load(path, number):
    """Load a dashboard as the start of the app does, with a connection of its own."""
    cache = Cache(path)
    found = unpack_dashboard(cache.load_dashboard("a", 1, number))
    cache.close()
    assert len(found.tiles) == BOARDS[number]


class Measured:
    """One store and what its acts took, in CPU seconds."""

    def __init__(self, path, megabytes, pool):
        self.path = path
        self.rounds = filled(path, megabytes, pool)
        self.size = path.stat().st_size
        self.cache = Cache(path)
        self.writer = Writer(self.cache)
        self.written = 0
        self.spent = {name: [] for name in BUDGETS}
        self.longest_step = 0.0

    def once(self, chance):
        """Do each act once."""
        past = START - STEP * (self.rounds // 2)
        for number in (1, 2, 3):
            self._time(f"load {BOARDS[number]} tiles", partial(load, self.path, number))
        self.written += 1
        when = START + STEP * self.written
        packed = pack_dashboard(board(chance, 3, when), when)
        self._time("write 60 results", lambda: self.writer.save_dashboard("a", 1, 3, packed))
        self._time("60 tiles at a moment", lambda: state_at(self.cache, "a", 1, 3, past))
        self._time("what changed since", lambda: changed_since(self.cache, "a", 1, 3, past))
        found = []
        self._time("a moment in the list", lambda: found.extend(moments(self.cache, "a", 1, 3)))
        self.spent["a moment in the list"][-1] /= len(found)
        began = time.perf_counter()
        evict = partial(evict_some, limit=0, kept=frozenset())
        self._time("one step of evicting", lambda: self.cache.run(False, evict))
        self.longest_step = max(self.longest_step, time.perf_counter() - began)

    def _time(self, name, act):
        began = time.process_time()
        act()
        self.spent[name].append(time.process_time() - began)


def main():
    """Print each figure at each size and its ratio; give 1 when one is over its budget."""
    chance = random.Random(2)
    made = pack_dashboard(board(chance, 3, START), START)
    with tempfile.TemporaryDirectory() as name:
        pool = _packed(Path(name) / "pool.sqlite3", made)
        stores = [Measured(Path(name) / f"{size}.sqlite3", size, pool) for size in MEGABYTES]
        for _ in range(REPEATS):  # in turn, so that a drift of the machine meets all
            for store in stores:
                store.once(chance)
        for store in stores:
            store.cache.close()
    sizes = " | ".join(f"{store.size / 1e6:.0f} MB" for store in stores)
    print(f"median CPU ms at {sizes}; ratio of the largest to the smallest")
    over = 0
    for act, budget in BUDGETS.items():
        medians = [statistics.median(store.spent[act]) for store in stores]
        ratio = medians[-1] / medians[0]
        over |= ratio > budget
        figures = " | ".join(f"{1000 * value:.3g}" for value in medians)
        print(f"{act:<22} {figures:<24} {ratio:.2f} (budget {budget})")
    print("longest step of evicting, ms of wall time: "
          + " | ".join(f"{1000 * store.longest_step:.0f}" for store in stores))  # fmt: skip
    return int(over)


def _packed(path, made):
    """Give the blobs of a dashboard as they lie in the tables."""
    cache = Cache(path)
    Writer(cache).save_dashboard("a", 1, 3, made)
    blobs = [row[0] for row in cache.all("select data from blobs", ())]
    cache.close()
    return blobs
