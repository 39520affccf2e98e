"""Programs whose clocks run faster agree with each other, and wait as long as their clocks say."""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.soak.haste import COMPILER, hastened

pytestmark = pytest.mark.skipif(COMPILER is None, reason="needs Linux and a C compiler")
WAITS = """
import asyncio, json, queue, select, subprocess, sys, threading, time
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QMutex, Qt, QTimer, QWaitCondition

def by_queue():
    try:
        queue.Queue().get(timeout=5)
    except queue.Empty:
        pass

def by_lock():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=5)

def by_qt():
    app = QCoreApplication([])
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer)  # others may be 5 % early
    timer.timeout.connect(app.quit)
    timer.start(5000)
    app.exec()

def by_condition():
    mutex = QMutex()
    mutex.lock()
    QWaitCondition().wait(mutex, QDeadlineTimer(5000))

waits = {
    "sleep": lambda: time.sleep(5),
    "queue": by_queue,
    "lock": by_lock,
    "event": lambda: threading.Event().wait(5),
    "select": lambda: select.select([], [], [], 5),
    "asyncio": lambda: asyncio.run(asyncio.sleep(5)),
    "timer": by_qt,
    "condition": by_condition,
}
took = {}
for name, wait in waits.items():
    began = time.monotonic(), time.time()
    wait()
    took[name] = time.monotonic() - began[0], time.time() - began[1]
here = time.time()
other = subprocess.run([sys.executable, "-c", "import time; print(time.time())"],
                       capture_output=True, text=True).stdout
print(json.dumps([took, [here, float(other), time.time()]]))
"""


def test_waits_are_as_long_as_fast_clocks_say_and_take_less(tmp_path):
    environ = hastened(os.environ, 40, tmp_path)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", WAITS],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lasted = time.monotonic() - began
    took, (before, other, after) = json.loads(done.stdout)
    for steady, real in took.values():
        assert steady == pytest.approx(real, abs=1)
        assert steady > 4.7, "Qt's timers may come by a twentieth too early"
    assert sum(steady for steady, _ in took.values()) > lasted
    assert before < other < after, "programs agree on the time"


def test_what_cannot_be_made_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr("tests.soak.haste.COMPILER", None)
    with pytest.raises(RuntimeError, match="need Linux and a C compiler"):
        hastened({}, 5, tmp_path)
