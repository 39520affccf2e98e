import gc
import threading

import pytest
from PySide6.QtCore import QTimer

from phdesk.services import garbage as module
from phdesk.services.garbage import INTERVAL, QUIET, Garbage, due_generation


@pytest.fixture
def garbage(qtbot):
    garbage = Garbage()
    garbage.start()
    yield garbage
    garbage.stop()


class Cycle:
    def __init__(self, threads):
        self.me = self
        self.threads = threads

    def __del__(self):
        self.threads.append(threading.current_thread())


def test_cycles_are_destroyed_in_the_gui_thread(garbage, qtbot):
    threads = []
    Cycle(threads)

    def allocate():
        return [[number] for number in range(100_000)]

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert threads == []
    kept = allocate()
    garbage.collect()
    assert threads == [threading.current_thread()]
    assert kept


def test_the_automatic_collector_comes_back(garbage):
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("counts", "thresholds", "due"),
    [
        ((100, 0, 0), (700, 10, 10), None),
        ((701, 0, 0), (700, 10, 10), 0),
        ((701, 11, 0), (700, 10, 10), 1),
        ((0, 0, 11), (700, 10, 10), 2),
        ((3000, 5, 5), (2000, 10, 0), 0),
        ((9999, 99, 99), (0, 0, 0), None),
    ],
)
def test_the_oldest_due_generation_is_collected(counts, thresholds, due):
    assert due_generation(counts, thresholds) == due


def test_what_is_new_is_looked_through_soon_and_seldom_when_nothing_comes(garbage, qtbot):
    kept = [[number] for number in range(1000)]
    garbage.look_soon()
    qtbot.waitUntil(lambda: gc.get_count()[0] < 500)
    qtbot.waitUntil(lambda: garbage._timer.interval() == INTERVAL)
    assert kept


def test_what_comes_again_and_again_does_not_put_the_look_off(garbage, qtbot):
    kept = [[number] for number in range(1000)]
    busy = QTimer()
    busy.timeout.connect(garbage.look_soon)
    busy.start(1)
    qtbot.waitUntil(lambda: gc.get_count()[0] < 500)
    assert kept


def test_all_there_is_waits_until_nothing_has_come_for_a_while(garbage, monkeypatch):
    done, counts = [], [(900, 1, 101)]
    monkeypatch.setattr(gc, "get_count", lambda: counts[0])
    monkeypatch.setattr(gc, "collect", done.append)
    garbage.collect()
    assert done == [0], "somebody may be at work"
    counts[0] = (9, 1, 101)
    for _ in range(QUIET):
        garbage.collect()
    assert done == [0]
    garbage.collect()
    assert done == [0, 2]


def test_what_is_old_is_looked_through_too_where_it_never_rests(monkeypatch, qtbot):
    monkeypatch.setattr(module, "OFTEN", 20)
    restless, threads, busy = Garbage(restless=True), [], QTimer()
    old = Cycle(threads)
    gc.collect()  # of the oldest generation from now on
    restless.start()
    busy.timeout.connect(restless.look_soon)
    busy.start(1)
    del old
    try:
        qtbot.waitUntil(lambda: bool(threads))
    finally:
        restless.stop()
