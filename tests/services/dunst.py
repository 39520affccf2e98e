"""A real desktop for notifications: an X server, a session bus and dunst on it, and real clicks."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.services.buses import Bus
from tests.x_server import x_server

TOOLS = ("Xvfb", "dunst", "dunstctl", "dunstify", "xdotool", "dbus-daemon")
needs_dunst = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)),
    reason="needs a notification daemon and a mouse (Debian: dunst xvfb xdotool dbus-daemon)",
)
CHOOSE = "import sys; print(next(one for one in sys.stdin if {!r} in one), end='')"
SETTINGS = """
[global]
  monitor = 0
  geometry = "400x5-20+20"
  width = 400
  offset = 20x20
  origin = top-right
  stack_duplicates = no
  markup = full
  format = "<b>%s</b>\\n%b"
  mouse_left_click = do_action, close_current
  mouse_middle_click = context
  mouse_right_click = close_current
  dmenu = "{menu}"
"""
PATIENCE = 10.0


class Dunst:
    """The daemon; `button` is what its menu chooses at a middle click."""

    def __init__(self, folder, bus, display, button="Snooze"):
        self.environ = {**os.environ, **bus.environ, "DISPLAY": display}
        menu = folder / "menu"
        menu.write_text(f"#!{sys.executable}\n{CHOOSE.format(button)}\n")
        menu.chmod(0o755)
        self._settings = folder / "dunstrc"
        self._settings.write_text(SETTINGS.format(menu=menu))
        self._process = None
        self.start()

    def start(self):
        self._process = subprocess.Popen(
            ["dunst", "-conf", self._settings],
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self):
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        self._process.wait(10)

    def hang(self, *, on=True):
        self._process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def count(self, what="displayed"):
        done = self._run("dunstctl", "count", what)
        return int(done.stdout) if done.returncode == 0 else -1

    def click(self, button):
        """Press a button of the mouse on the topmost notification: it stands at the top right."""
        self._run("xdotool", "mousemove", "1100", "50", "click", str(button))

    def notify(self, text):
        """Show something of another program."""
        self._run("dunstify", "--appname", "other", "--timeout", "0", text)

    async def shows(self, many):
        """Wait until so many notifications stand on screen."""
        await until(lambda: self.count() == many)

    def _run(self, *words):
        return subprocess.run(words, env=self.environ, capture_output=True, timeout=10, check=False)


async def until(is_so):
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(0.02)


@contextmanager
def dunst_on(folder, **others):
    bus = Bus(bare=folder)
    try:
        with x_server("1280x720x24") as display:
            daemon = Dunst(folder, bus, display, **others)
            try:
                asyncio.run(until(lambda: daemon.count() == 0))
                yield daemon
            finally:
                daemon.stop()
    finally:
        bus.stop()
