"""Kill a writer of the cache at random points, again and again, and look at the file each time.

Run as a program: python -m tests.store.crashing FILE KILLS SEED. It never imports Qt, so that a
writer is forked from it in a millisecond. Prints one line of JSON: how many writes were whole, how
many kills came in the middle of one, and what was wrong.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_check import problems
from phdesk.store.cache_eviction import evict_some
from phdesk.store.cache_history import moments
from phdesk.store.cache_writing import Writer

BOARDS, TILES = 3, 6
START = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIMIT = 600_000  # bytes, so that history is evicted while it grows
LONGEST = 0.006  # seconds until the kill
LOST = "select count(*) from blobs where id not in (select blob from results)"
KEPT = frozenset(("a", board) for board in range(BOARDS))


def cycle(cache, number):
    """Refresh and save as the app does: a dashboard, a tile, filters, a layout, then evict."""
    writer, board, when = Writer(cache), number % BOARDS, START + timedelta(seconds=number)
    data = str(number).encode() * 500
    tiles = tuple(CachedTile(tile, data, when, str(number // 4).encode()) for tile in range(TILES))
    frame = CachedDashboard(data, tiles, when)
    writer.save_dashboard("a", 1, board, frame, keep=range(TILES))
    writer.save_tiles("a", 1, board, tiles, f"filters {number % 5}")
    writer.save_overlay("a", 1, board, data)
    writer.look("a", 1, board, when)
    cache.run(False, partial(evict_some, limit=LIMIT, kept=KEPT))


def write(path, first, out):
    """Go through cycles until killed; says before each what begins, and after it what is done."""
    cache = Cache(path, lambda message: os.write(out, f"told {message}\n".encode()))
    for number in range(first, first + 10**6):
        os.write(out, b"begin %d\n" % number)
        cycle(cache, number)
        os.write(out, b"done %d\n" % number)


def killed(path, first, delay, lines_before):
    """Fork a writer, kill it a while after it said so many lines; gives what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write(path, first, writing)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        lines = [said.readline() for _ in range(lines_before)]
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += said.readlines()
    return [line.split(maxsplit=1) for line in lines if line.endswith("\n")]


def wrongs(path, done):
    """Look for everything that a kill must not do; `done` is the last cycle that was whole."""
    found = [*problems(path)]
    cache = Cache(path, found.append)
    newest = max(in_dashboard(cache, board, found) for board in range(BOARDS))
    if not done <= newest <= done + 1 or (done >= BOARDS and newest < 0):
        found.append(f"cycle {done} was whole, but the newest kept is {newest}")
    layout = cache.load_overlay("a", 1, done % BOARDS)
    if done >= 0 and layout not in (str(n).encode() * 500 for n in (done, done + BOARDS)):
        found.append(f"the layout of cycle {done} is lost")
    if cache.all(LOST, ()) != [(0,)]:
        found.append("blobs without results")
    cache.close()
    return found


def in_dashboard(cache, board, found):
    """Look for what is wrong in one dashboard; gives the number of the cycle that it shows."""
    saved = cache.load_dashboard("a", 1, board)
    if saved is None:
        return -1
    if {tile.data for tile in saved.tiles} != {saved.meta} or len(saved.tiles) != TILES:
        found.append(f"dashboard {board} is not all of one write")
    times = [moment.at for moment in moments(cache, "a", 1, board)]
    if times != sorted(set(times)):
        found.append(f"the history of dashboard {board} is out of order")
    return int((saved.fetched_at - START).total_seconds())


def main(path, kills, seed):
    """Kill as often as asked, each writer going on where the last one was killed."""
    chance = random.Random(seed)
    done, in_the_middle, found = -1, 0, []
    for _ in range(kills):
        # Before its first write a file is opened, and what the last kill left is recovered.
        before = chance.choice([1, 2, 2])
        said = killed(path, done + 1, chance.random() * LONGEST, before)
        found += [words.strip() for kind, words in said if kind == "told"]
        done = max([done, *(int(words) for kind, words in said if kind == "done")])
        in_the_middle += said[-1][0] == "begin"
        found += wrongs(path, done)
    return {"cycles": done + 1, "in_the_middle": in_the_middle, "wrong": found[:9]}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
