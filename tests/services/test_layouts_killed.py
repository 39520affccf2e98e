"""A kill at any moment loses no layout that was written."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from phdesk.store.cache import Cache
from phdesk.store.documents import unpack_overlay

ROOT = Path(__file__).parents[2]

# The app's own way: moves in one thread, writes in the worker, which then says what it wrote.
MOVER = """
import itertools, random, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box, Dashboard, DashboardRow, StoredBox, Tile
from phdesk.services.background import Background
from phdesk.services.dashboards import Dashboards
from phdesk.services.governor import Governor
from phdesk.services.layouts import Layouts
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_overlay
from phdesk.store.store import Store

sys.setswitchinterval(1e-4)  # or moves without a pause let the worker in every 5 ms only
qt = QCoreApplication([])
store, background = Store(), Background()
background.start()
cache = Cache(Path(sys.argv[1]))
write = Writer.save_overlay

def saved(writer, account, project, dashboard, data):
    write(writer, account, project, dashboard, data)
    print(data.decode(), flush=True)  # the acknowledgement: from here on nothing may be lost

Writer.save_overlay = saved
seconds = itertools.count()

def now():
    return datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(seconds=next(seconds))

row = DashboardRow(id=9, name="Weekly")
tiles = tuple(Tile(id=n, sm=StoredBox(0, 5 * n, 6, 5)) for n in range(40))
store.apply(changes.with_account, Account(id="a", host="https://h"), Project(id=1))
store.apply(changes.with_dashboard, Dashboard(row=row, tiles=tiles), now=now(), asked=1)
dashboards = Dashboards(store, cache, background, Governor(), now=now)
layouts = Layouts(store, cache, background, dashboards, now=now)
moves = random.Random(int(sys.argv[2]))

def move():
    layouts.keep(9, {n: Box(moves.randrange(7), moves.randrange(10**6), 6, 5) for n in range(40)})

timer = QTimer()
timer.timeout.connect(move)
timer.start(0)
qt.exec()
"""


def killed(path, life, longest):
    """Kill a mover after some of its writes; give what it said that it wrote."""
    command = [sys.executable, "-c", MOVER, str(path), str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as mover:
        acknowledged = [
            mover.stdout.readline() for _ in range(random.Random(life).randrange(1, longest))
        ]
        mover.send_signal(signal.SIGKILL)
        acknowledged += mover.stdout.readlines()
    return [unpack_overlay(line) for line in acknowledged if line.endswith(b"}\n")]


def assert_kept(path, whole):
    cache = Cache(path)
    found = unpack_overlay(cache.load_overlay("a", 1, 9))
    cache.close()
    # What was written last may be one newer: the kill came before it was said.
    assert found == whole[-1] or found.changed_at > whole[-1].changed_at
    assert len(found.boxes) == 40


@pytest.mark.parametrize("life", range(3))
def test_a_kill_loses_no_move_that_was_written(tmp_path, life):
    path = tmp_path / "cache.sqlite3"
    assert_kept(path, killed(path, life, 60))


@pytest.mark.slow
@pytest.mark.parametrize("life", range(100, 140))
def test_many_kills_of_longer_lives_lose_no_move_that_was_written(tmp_path, life):
    path = tmp_path / "cache.sqlite3"
    assert_kept(path, killed(path, life, 400))
