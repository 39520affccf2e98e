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
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
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
