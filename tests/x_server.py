"""An X server of a test's own, with monitors that can be plugged, unplugged and resized."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

needs_x = pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb (Debian: xvfb)")


@contextmanager
def x_server(size="1920x1080x24"):
    """Start one on a free display, and give its name."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-noreset", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=10)


class Outputs:
    """The monitors of such a server: plugged and unplugged, switched off, of another resolution."""

    def __init__(self, display):
        self._environ = {**os.environ, "DISPLAY": display}

    def plug(self, name, width, height, x, *, at="none"):
        """Let the desktop have a monitor; the first one takes the place of the output (`at`)."""
        self._xrandr("--setmonitor", name, f"{width}/300x{height}/200+{x}+0", at)

    def unplug(self, name):
        self._xrandr("--delmonitor", name)

    def know_mode(self, width, height):
        """Let the output have a resolution, with timings that no panel will see."""
        times = (
            width,
            width + 48,
            width + 80,
            width + 200,
            height,
            height + 3,
            height + 8,
            height + 20,
        )
        self._xrandr("--newmode", f"{width}x{height}", "74.25", *map(str, times))
        self._xrandr("--addmode", "screen", f"{width}x{height}")

    def resize(self, width, height):
        self._xrandr("--output", "screen", "--mode", f"{width}x{height}")

    def switch_off(self):
        """Leave the desktop without any; xrandr fails over what it would do next."""
        self._xrandr("--output", "screen", "--off", check=False)

    def _xrandr(self, *words, check=True):
        subprocess.run(
            ["xrandr", *words], env=self._environ, check=check, capture_output=True, timeout=20
        )


needs_xrandr = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xrandr")),
    reason="needs Xvfb and xrandr (Debian: xvfb x11-xserver-utils)",
)
