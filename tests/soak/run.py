"""Let a wall run under its watch, with faults, and look at it every few seconds."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil

from phdesk.models.status import Status
from phdesk.services.status_file import read_status
from tests.soak.figures import Sample
from tests.soak.weather import weathered
from tests.x_server import x_server

ROOT = Path(__file__).parents[2]
EVERY = 2.0  # seconds between samples
LOOK = 0.2
PATIENCE = 90.0  # seconds for the first beat
FRESH = 8  # minutes: all is calculated anew with every second refresh, and once while warming up
OWN = ("Anonymous:", "Swap:", "Pss_Shmem:")  # written, put out to disk, pictures shared with X
TRACEBACK = b"Traceback (most recent call last)"
OWN_VARIABLES = ("PHDESK_", "XDG_RUNTIME_DIR", "NOTIFY_SOCKET", "QT_QPA_PLATFORM")


class SoakError(Exception):
    """The monitor ended, or never began."""


class Soak:
    """A running monitor with all that it needs."""

    def __init__(self, watch, folder, weather):
        self.watch, self.folder, self.weather = watch, folder, weather
        self.samples = []
        self.lasted = 0.0  # seconds for which samples were taken
        self._watch_silence = 0.0
        self._silence = 0.0

    @property
    def status(self):
        found = read_status(self.folder / "monitor.json", datetime.now(UTC))
        return found if isinstance(found, Status) else None

    def wait_for_beats(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._expect_watch()
            status = self.status
            if status is not None and status.window.beats and status.monitors:
                return
            time.sleep(LOOK)
        raise SoakError(f"no beat came\n{self.log}")

    def run(self, seconds, tell):
        """Sample until the time is over; gives the samples."""
        began = time.monotonic()
        due = began
        while (now := time.monotonic()) - began < seconds:
            self.lasted = now - began
            self._expect_watch()
            status = self.status
            if status is not None:
                age = (datetime.now(UTC) - status.at).total_seconds()
                self._watch_silence = max(self._watch_silence, age)
                self._silence = max(self._silence, silence(status.window))
                if now >= due:
                    due = now + EVERY
                    self._sample(now - began, status, tell)
            time.sleep(LOOK)
        return self.samples

    @property
    def log(self):
        path = self.folder / "monitor.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def tracebacks(self):
        """Count what Python could not do, in all that window and watch wrote."""
        written = [*self.folder.glob("monitor.log*"), self.folder / "output"]
        return sum(one.read_bytes().count(TRACEBACK) for one in written)

    def _expect_watch(self):
        if self.watch.poll() is not None:
            raise SoakError(f"the watch ended with {self.watch.returncode}\n{self.log}")

    def _sample(self, at, status, tell):
        if status.window.pid is None:
            return  # none is there: the gap is judged
        try:
            window, watch = psutil.Process(status.window.pid), psutil.Process(status.pid)
            sample = Sample(
                at=at,
                memory=own_memory(window),
                resident=window.memory_info().rss,
                watch_memory=watch.memory_info().rss,
                files=window.num_fds() if os.name == "posix" else window.num_handles(),
                threads=window.num_threads(),
                rotations=sum(one.rotations for one in status.monitors),
                frames=sum(one.frame for one in status.monitors),
                item=next((one.item for one in status.monitors), ""),
                age=age_of(status),
                unknown=unknown(status),
                missed=sum(one.missed for one in status.monitors),
                late=sum(one.late for one in status.monitors),
                longest_wait=max((one.longest_wait for one in status.monitors), default=0.0),
                starts=status.window.starts,
                silence=self._silence,
                watch_silence=self._watch_silence,
            )
        except (psutil.Error, ValueError, OSError, StopIteration):
            return  # it is being started again, which is counted, or the gap is judged
        self.samples.append(sample)
        tell(sample)


def tiles_of(status):
    return [tile for beat in status.monitors for tile in beat.tiles]


def age_of(status):
    """Give the seconds since the oldest number on show was calculated."""
    known = [tile.calculated for tile in tiles_of(status) if tile.calculated is not None]
    return max(((status.at - one).total_seconds() for one in known), default=0.0)


def unknown(status):
    """Count the tiles on show without a number; a page without tiles counts as one."""
    tiles = tiles_of(status)
    return sum(tile.calculated is None for tile in tiles) if tiles else 1


def silence(window):
    """Give the longest silence of a window, also the one that lasts, if it has ever beaten."""
    return max(window.longest_silence, window.silent if window.beats else 0.0)


def own_memory(process):
    """Weigh what the process alone has written, wherever the system keeps it."""
    rollup = Path(f"/proc/{process.pid}/smaps_rollup")
    if not rollup.exists():
        return process.memory_full_info().uss
    lines = [one.split() for one in rollup.read_text().splitlines()]
    return sum(int(next(one[1] for one in lines if one[0] == name)) for name in OWN) * 1024


@contextmanager
def soaking(command, environ, seed=7):
    """Start display, server, faults and monitor; end all of it in reverse."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="phdesk-soak-")))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OWN_VARIABLES)}
        if not kept.get("DISPLAY"):
            if not shutil.which("Xvfb"):
                raise SoakError("there is no display, and no Xvfb to make one (Debian: xvfb)")
            kept["DISPLAY"] = stack.enter_context(x_server())
        demo = stack.enter_context(demo_server())
        proxy = weathered(demo["url"], seed)
        stack.callback(proxy.close)
        kept |= {
            "PHDESK_HOME": str(folder),
            "PHDESK_HOST": f"http://127.0.0.1:{proxy.port}",
            "PHDESK_API_KEY": demo["key"],
            "PHDESK_PROJECT": str(demo["project"]),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            **environ,
        }
        output = stack.enter_context((folder / "output").open("wb"))
        watch = subprocess.Popen(command, cwd=ROOT, env=kept, stdout=output, stderr=output)
        stack.callback(ended, watch)
        yield Soak(watch, folder, proxy.faults)


def ended(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def demo_server():
    words = [sys.executable, "-P", "-m", "phdesk.demo", "--fresh", str(FRESH)]
    with subprocess.Popen(
        words,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ) | {"PYTHONPATH": str(ROOT)},
    ) as server:
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.stdin.close()
            ended(server)
