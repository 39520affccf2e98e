"""A monitor under its watch, for tests: started, asked what it knows, always ended."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from phdesk.cli.exits import WRONG_USE
from phdesk.models.status import Status
from phdesk.services.status_file import read_status

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
WATCH = """
import json, os, sys
from pathlib import Path
from phdesk.core.wall import vigil
from phdesk.models.wall import Limits
from phdesk.services import supervisor
from phdesk.services.status_file import MonitorFiles
from phdesk.services.supervisor import AlreadyRunsError, Plan, Supervisor

given = json.loads(sys.argv[1])
folder = Path(given["folder"])
files = MonitorFiles(
    status=folder / "run/monitor.json", spare=folder / "spare/monitor.json",
    place=folder / "place.json", log=folder / "log",
)
supervisor.STATUS_EVERY = given["seldom"] or supervisor.STATUS_EVERY
vigil.PAUSES = tuple(given["pauses"] or vigil.PAUSES)
plan = Plan(command=tuple(given["command"]), files=files, limits=Limits(**given["limits"]),
            port=given.get("port"), environ=dict(os.environ))
try:
    code = Supervisor(plan).run()
except AlreadyRunsError as error:
    print(error)
    code = 2
sys.exit(code)
"""


class Watched:
    """A watch over the window double."""

    def __init__(
        self, folder, limits=None, port=None, command=None, pauses=None, seldom=None, **environ
    ):
        self.folder = folder
        self.notes_file = folder / "notes"
        self.notes_file.touch()
        given = {
            "folder": str(folder),
            "limits": {"frozen_after": 4.0, **(limits or {})},
            "port": port,
            "pauses": pauses,
            "seldom": seldom,
            "command": command or [sys.executable, "-m", "tests.services.window_double"],
        }
        self.output = (folder / "output").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", WATCH, json.dumps(given)],
            cwd=ROOT,
            stdout=self.output,
            stderr=self.output,
            env={
                **os.environ, "QT_QPA_PLATFORM": "offscreen", "NOTES": str(self.notes_file),
                **environ,
            },
        )  # fmt: skip

    def close(self):
        refused = self.process.poll() == WRONG_USE  # the window is of another one
        window = None if refused else self.window_pid
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(5)
        self.output.close()
        if window is not None and psutil.pid_exists(window):
            self.until(lambda: not alive(window), "the window to go")

    @property
    def notes(self):
        return [json.loads(line) for line in self.notes_file.read_text().splitlines()]

    @property
    def starts(self):
        return [one for one in self.notes if one["what"] == "start"]

    @property
    def window_pid(self):
        return self.starts[-1]["pid"] if self.starts else None

    @property
    def status(self):
        now = datetime.now(UTC)
        found = read_status(self.folder / "run/monitor.json", now)
        if not isinstance(found, Status):
            found = read_status(self.folder / "spare/monitor.json", now)
        return found if isinstance(found, Status) else None

    @property
    def log(self):
        path = self.folder / "log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, at_most=10):
        return self.process.wait(at_most)

    def until(self, fact, what, at_most=PATIENCE):
        """Wait until something is so; gives how long that took."""
        began = time.monotonic()
        while time.monotonic() - began < at_most:
            found = fact()
            if found:
                return time.monotonic() - began
            time.sleep(0.02)
        pytest.fail(f"waited {at_most} s for {what}\n{self.log}\n{self.notes}\n{self.said}")

    @property
    def said(self):
        return (self.folder / "output").read_text(encoding="utf-8")

    def until_painting(self, life=None):
        """Wait until a window paints, and give its process."""

        def painting():
            status = self.status
            return (
                status
                and status.window.beats > 0
                and status.window.pid == self.window_pid
                and (life is None or status.window.starts == life)
            )

        self.until(painting, f"life {life} to paint")
        return self.window_pid

    def until_logged(self, words, at_most=PATIENCE):
        return self.until(lambda: words in self.log, repr(words), at_most)


def alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


__all__ = ["Watched", "alive", "signal"]
