"""The app before the heavy server: started, signed in, its loop listened to."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.app_parts import running, vault

SERVER = Path(__file__).with_name("heavy_server.py")
LONGEST = 120  # seconds that anything may take


@contextmanager
def heavy_app(tiles, size):
    """Give the app, signed in, with the dashboard open but not read yet."""
    QApplication.instance() or QApplication([])
    command = [sys.executable, str(SERVER), str(tiles), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip()
        environ = {
            "PHDESK_API_KEY": "phx_heavy",
            "PHDESK_HOST": f"http://127.0.0.1:{port}",
            "PHDESK_PROJECT": "1",
        }
        try:
            with (
                tempfile.TemporaryDirectory() as name,
                vault(),
                running(Path(name), size=(1400, 900), environ=environ) as app,
            ):
                yield app
        finally:
            server.terminate()


def until(fact):
    """Let the loop run until something is so."""
    loop, timer, began = QEventLoop(), QTimer(), time.monotonic()

    def look():
        if fact() or time.monotonic() - began > LONGEST:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(20)
    loop.exec()
    assert fact(), "it took too long"


def pause(seconds):
    """Let the loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class Gap(NamedTuple):
    """From one beat of the loop to the next, in seconds, and what this thread did meanwhile."""

    long: float
    work: float  # time of a core
    queued: float  # it could go on, but other threads and processes had the cores; Linux only


class Beat:
    """Notes the gaps between beats of the loop."""

    def __init__(self):
        self.gaps = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._last = self._now()
        self._timer.start(1)

    def _now(self):
        return time.perf_counter(), time.thread_time(), queued()

    def _on_beat(self):
        now = self._now()
        self.gaps.append(Gap(*(here - there for here, there in zip(now, self._last, strict=True))))
        self._last = now

    def stop(self):
        self._timer.stop()
        return sorted(self.gaps)


@cache
def _statistics():
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return None


def queued():
    """Give how long this thread has waited for a core so far, in seconds."""
    file = _statistics()
    return int(os.pread(file, 99, 0).split()[1]) / 1e9 if file is not None else 0.0
