"""`phdesk monitor` with a real window under its watch, without a display."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from phdesk.models.status import Status
from phdesk.services.status_file import read_status

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def started(tmp_path):
    made = []

    def start(*words, **environ):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PHDESK_")}
        process = subprocess.Popen(
            [sys.executable, "-m", "phdesk", "monitor", *words],
            cwd=ROOT,
            env={
                **kept, "PHDESK_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", **environ
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        made.append(process)
        return process

    yield start
    for process in made:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)


def until(fact, at_most=60):
    end = time.monotonic() + at_most
    while time.monotonic() < end:
        if found := fact():
            return found
        time.sleep(0.02)
    return pytest.fail(f"waited {at_most} s")


def status_in(folder):
    found = read_status(folder / "monitor.json", datetime.now(UTC))
    return found if isinstance(found, Status) else None


def painting(folder, starts=1):
    found = status_in(folder)
    return found if found and found.window.beats and found.window.starts == starts else None


@posix
def test_a_window_that_is_killed_is_back_and_all_leave_when_asked(started, tmp_path):
    watch = started()
    first = until(lambda: painting(tmp_path))
    os.kill(first.window.pid, signal.SIGKILL)
    second = until(lambda: painting(tmp_path, starts=2), 10)
    assert second.window.pid != first.window.pid
    assert second.memory < 25_000_000
    if sys.platform == "linux":
        assert "Qt6" not in Path(f"/proc/{watch.pid}/maps").read_text()
    watch.send_signal(signal.SIGTERM)
    assert watch.wait(5) == 0
    assert status_in(tmp_path) is None


def test_what_was_typed_wrongly_is_told_once_and_not_tried_again(started):
    watch = started("nonsense!")
    out, err = watch.communicate(timeout=20)
    assert watch.returncode == 5
    assert out == ""
    assert [line for line in err.splitlines() if "nonsense!" in line]
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1


def test_a_place_where_no_window_can_be_is_told_likewise(started):
    watch = started(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    _, err = watch.communicate(timeout=20)
    assert (watch.returncode, err) == (2, "phdesk: there is no display here\n")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_window_without_a_watch_is_one_process(started, tmp_path):
    alone = started("--no-supervisor")
    until(lambda: "Qt6Widgets" in Path(f"/proc/{alone.pid}/maps").read_text())
    assert psutil.Process(alone.pid).children() == []
    assert status_in(tmp_path) is None
