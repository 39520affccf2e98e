"""Real monitors come and go: an X server with RANDR, a process with a window for each wall."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import pytest

from tests.x_server import Outputs, needs_xrandr, x_server

PATIENCE = 20  # seconds
LEFT, RIGHT = [0, 0, 960, 1080], [960, 0, 960, 1080]


class Walls:
    """The windows of another process, as it tells of them."""

    def __init__(self, display, names):
        environ = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # else one is started, and stays
        environ.pop("WAYLAND_DISPLAY", None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.views.monitor.walls_on_x", json.dumps(names)],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.now = {}

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(json.loads(line))

    def stop(self):
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()

    @property
    def shown(self):
        return {name: rect for name, (visible, rect, _) in self.now["walls"].items() if visible}

    @property
    def ids(self):
        return {name: number for name, (_, _, number) in self.now["walls"].items()}

    def waits_for(self, shown):
        """Read on until the windows are there."""
        end = time.monotonic() + PATIENCE
        while not self.now or self.shown != shown:
            try:
                self.now = self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.now} instead of {shown}") from None
        assert self._process.poll() is None


@pytest.fixture
def desk():
    with ExitStack() as stack:
        display = stack.enter_context(x_server())

        def walls(names):
            made = Walls(display, names)
            stack.callback(made.stop)
            return made

        yield Outputs(display), walls


def plug_both(outputs):
    outputs.plug("TV-1", 960, 1080, 0, at="screen")
    outputs.plug("TV-2", 960, 1080, 960)


@needs_xrandr
def test_a_wall_waits_for_its_monitor_and_comes_back_to_it(desk):
    outputs, start = desk
    plug_both(outputs)
    walls = start(["TV-1", "TV-2"])
    walls.waits_for({"TV-1": LEFT, "TV-2": RIGHT})
    before = walls.ids
    outputs.unplug("TV-2")
    walls.waits_for({"TV-1": LEFT})
    assert walls.now["strays"] == [], "it was never elsewhere"
    assert walls.now["problems"] == ["The monitor TV-2 is away; its wall waits for it."]
    outputs.plug("TV-2", 960, 1080, 960)
    walls.waits_for({"TV-1": LEFT, "TV-2": RIGHT})
    assert walls.ids == before, "the same windows"
    assert walls.now["problems"] == []


@needs_xrandr
def test_each_monitor_has_a_window_of_its_own_and_one_more_gets_one(desk):
    outputs, start = desk
    outputs.plug("TV-1", 960, 1080, 0, at="screen")
    walls = start([""])
    walls.waits_for({"TV-1": LEFT})
    outputs.plug("*TV-2", 960, 1080, 960)  # and it becomes the primary one
    walls.waits_for({"TV-1": LEFT, "TV-2": RIGHT})
    outputs.unplug("TV-2")
    walls.waits_for({"TV-1": LEFT})
    outputs.plug("*TV-2", 960, 1080, 960)
    walls.waits_for({"TV-1": LEFT, "TV-2": RIGHT})


@needs_xrandr
def test_a_wall_fills_its_monitor_at_another_resolution_and_after_it_was_off(desk):
    outputs, start = desk
    outputs.know_mode(1280, 720)
    walls = start(["screen"])
    walls.waits_for({"screen": [0, 0, 1920, 1080]})
    before = walls.ids
    outputs.resize(1280, 720)
    walls.waits_for({"screen": [0, 0, 1280, 720]})
    outputs.switch_off()
    walls.waits_for({})
    assert walls.now["problems"] == [
        "No monitor is connected or switched on; the walls wait for one."
    ]
    outputs.resize(1920, 1080)
    walls.waits_for({"screen": [0, 0, 1920, 1080]})
    assert walls.ids == before
