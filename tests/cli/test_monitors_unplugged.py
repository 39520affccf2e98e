"""`phdesk monitor` with its watch on a real X server, while its monitors go and come."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_watching import status_in, until
from tests.x_server import Outputs, needs_xrandr, x_server

ROOT = Path(__file__).parents[2]


@pytest.fixture
def display():
    with x_server() as display:
        yield display


@pytest.fixture
def watch(tmp_path, display):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PHDESK_", "WAYLAND_"))}
    environ = {
        **kept,
        "PHDESK_HOME": str(tmp_path),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",  # else one is started for the display, and stays
    }
    made = []

    def start(*words):
        command = [sys.executable, "-m", "phdesk", "monitor", "--demo", *words]
        made.append(subprocess.Popen(command, cwd=ROOT, env=environ))

    yield start
    for process in made:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def shown(folder):
    """Say what is on each monitor: item, page and pages turned so far."""
    found = status_in(folder)
    beats = found.monitors if found is not None else ()
    return {one.monitor: (one.item, one.page, one.rotations) for one in beats if one.monitor}


def turned(folder, name):
    """Give what is shown on a monitor once it turned a page."""
    now = shown(folder).get(name)
    return now if now is not None and now[2] > 0 else None


@needs_xrandr
@pytest.mark.slow
def test_a_monitor_that_is_plugged_in_again_shows_what_it_showed(watch, tmp_path, display):
    outputs = Outputs(display)
    outputs.plug("TV-1", 960, 1080, 0, at="screen")
    outputs.plug("TV-2", 960, 1080, 960)
    watch("--dwell", "3s")
    until(lambda: turned(tmp_path, "TV-2"))
    first = status_in(tmp_path).window
    outputs.unplug("TV-2")
    there = shown(tmp_path)["TV-1"]
    until(lambda: shown(tmp_path)["TV-1"][2] >= there[2] + 2)
    rested = shown(tmp_path)["TV-2"]
    until(lambda: shown(tmp_path)["TV-1"][2] >= there[2] + 4)
    assert shown(tmp_path)["TV-2"] == rested, "its rotation rests"
    outputs.plug("TV-2", 960, 1080, 960)
    until(lambda: shown(tmp_path)["TV-2"][2] == rested[2] + 1)  # and goes on with the next page
    last = status_in(tmp_path).window
    assert (last.pid, last.starts) == (first.pid, 1)


@needs_xrandr
@pytest.mark.slow
def test_a_wall_that_starts_while_its_monitor_is_off_waits_for_it(watch, tmp_path, display):
    outputs = Outputs(display)
    outputs.know_mode(1280, 720)
    outputs.resize(1280, 720)
    outputs.switch_off()
    watch("--dwell", "3s")

    def waits():
        found = status_in(tmp_path)
        return found if found is not None and found.window.beats > 10 else None

    found = until(waits)
    (beat,) = found.monitors
    assert "the walls wait for one" in beat.problems[0]
    outputs.resize(1920, 1080)
    until(lambda: turned(tmp_path, "screen"))
    last = status_in(tmp_path).window
    assert (last.pid, last.starts) == (found.window.pid, 1)
